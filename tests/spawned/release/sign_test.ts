import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { compile, readManifest } from "../../../scripts/compile.ts";
import { checkExecutable } from "../../../scripts/compile/check_executable.ts";
import { TARGETS } from "../../../scripts/compile/targets.ts";
import { packAll } from "../../../scripts/package.ts";
import { signAll } from "../../../scripts/sign.ts";
import { signSums } from "../../../scripts/sign/sums.ts";
import { type Home, makeHome } from "../../support/home.ts";
import { needs } from "../../support/needs.ts";

const SIGNING = ["WINDOWS_CERTIFICATE", "WINDOWS_CERTIFICATE_PASSWORD", "MINISIGN_SECRET_KEY"];
/** What is signed here is made here: with AWSMFA_BIN these tests would only run a second time. */
const compiler = Deno.env.has("AWSMFA_BIN") ? undefined : Deno.env.get("DENO_COMPILER");
const tools = needs("openssl", "osslsigncode", "minisign");
const NAMES = ["linux-x64", "macos-arm64", "windows-x64"];
const targets = TARGETS.filter(({ name }) => NAMES.includes(name));

Deno.test({
  ignore: !compiler || tools.ignore,
  name:
    "a rehearsal with throwaway keys: all is signed and verified, and a flipped byte of any artifact is found out",
  fn: async () => {
    await using home = makeHome();
    const dist = home.file("dist");
    await Deno.mkdir(dist);
    await compile({ outDir: dist, targets });
    await makeKeys(home);
    setEnvironment(home);
    try {
      const outcomes = await signAll(dist);
      assert.deepEqual(outcomes.map(({ file, signed }) => [file, signed]), [
        ["awsmfa-macos-arm64", false],
        ["awsmfa-windows-x64.exe", true],
        ["SHA256SUMS", true],
      ]);
      const packed = await packAll(dist);
      assert.equal((await signSums(dist)).signed, true);
      await verifySums(home, 0);
      const sums = await Deno.readTextFile(`${dist}/SHA256SUMS`);
      for (const file of [...packed, ...targets.map(({ file }) => file), "manifest.json"]) {
        assert.match(sums, new RegExp(`^[0-9a-f]{64}  ${file.replaceAll(".", "\\.")}$`, "m"));
        await flipped(`${dist}/${file}`, 0.5, () => verifySums(home, 1));
      }
      await flipped(`${dist}/SHA256SUMS`, 0.1, () => verifySums(home, 1));

      const exe = `${dist}/awsmfa-windows-x64.exe`;
      await verifyAuthenticode(home, exe, 0);
      for (const place of [0.1, 0.5, 0.99]) await flipped(exe, place, () => verifyAuthenticode(home, exe, 1));

      const { bundle } = await readManifest(dist);
      const macos = targets.find(({ os }) => os === "macos");
      assert.ok(macos);
      await flipped(`${dist}/${macos.file}`, 0.3, async (bytes) => {
        await assert.rejects(checkExecutable(bytes, macos, bundle), /hash of page \d+ is wrong/);
      });
    } finally {
      for (const name of SIGNING) Deno.env.delete(name);
    }
  },
});

/** Of ../shared/tools; .ci/run says where macsign was built. */
const SHARED = new URL("../../../../shared/tools/", import.meta.url).pathname;
const MACSIGN = Deno.env.get("MACSIGN");
const MAC_SIGNERS = [
  { name: "rcodesign", isThere: existsSync(`${SHARED}rcodesign/rcodesign`) },
  { name: "macsign", isThere: MACSIGN !== undefined },
];

for (const { name, isThere } of MAC_SIGNERS) {
  Deno.test({
    ignore: !compiler || tools.ignore || !isThere,
    name:
      `a macOS program that ${name} signs: hardened runtime, both entitlements, the payload still whole; a flipped byte is found`,
    fn: async () => {
      await using home = makeHome();
      const dist = home.file("dist");
      await Deno.mkdir(dist);
      const macos = TARGETS.find((target) => target.name === "macos-arm64");
      assert.ok(macos);
      await compile({ outDir: dist, targets: [macos] });
      await makeKeys(home);
      home.write("password", "throwaway");
      const variables: Record<string, string> = name === "macsign"
        ? {
          MACOS_SIGNER: MACSIGN ?? "",
          MACOS_SIGNING_KEY: home.file("key.pem"),
          MACOS_SIGNING_CERTIFICATES: home.file("cert.pem"),
        }
        : {
          MACOS_CERTIFICATE: home.file("cert.p12"),
          MACOS_CERTIFICATE_PASSWORD_FILE: home.file("password"),
          MACOS_TIMESTAMP_URL: "none",
          PATH: `${SHARED}rcodesign:${Deno.env.get("PATH")}`,
        };
      const before = Object.keys(variables).map((variable) => [variable, Deno.env.get(variable)] as const);
      for (const [variable, value] of Object.entries(variables)) Deno.env.set(variable, value);
      try {
        const [outcome] = await signAll(dist);
        assert.deepEqual(outcome, {
          file: macos.file,
          signed: false,
          says: "signed, but NOT NOTARISED: no key for Apple's notary",
        });
      } finally {
        for (const [variable, value] of before) {
          if (value === undefined) Deno.env.delete(variable);
          else Deno.env.set(variable, value);
        }
      }
      const file = `${dist}/${macos.file}`;
      const check = async (): Promise<string> =>
        (await home.run(`${SHARED}macsign-check`, [file, home.file("cert.pem")])).stdout;
      const read = await check();
      for (
        const line of [
          /flags 0x10000 id awsmfa pages \d+ bad 0 /,
          /^entitlements: True True$/m,
          /^CMS: CMS Verification successful$/m,
        ]
      ) {
        assert.match(read, line);
      }
      assert.doesNotMatch(read, /WRONG/);
      await flipped(file, 0.3, async () => assert.match(await check(), / bad 1 /));
      if (MACSIGN === undefined) return;
      assert.match((await home.run(MACSIGN, ["verify", file])).stdout, /^ok: identifier "awsmfa", /);
      await flipped(
        file,
        0.3,
        async () => assert.notEqual((await home.run(MACSIGN, ["verify", file])).code, 0),
      );
    },
  });
}

Deno.test({
  ignore: !compiler,
  name: "what can't be signed is said plainly, and is a failure with --require-signatures",
  fn: async () => {
    await using home = makeHome();
    await compile({ outDir: home.path, targets: targets.filter(({ os }) => os !== "linux") });
    assert.deepEqual(await signAll(home.path), [
      { file: "awsmfa-macos-arm64", signed: false, says: "MACOS_CERTIFICATE is not set, and this is no Mac" },
      { file: "awsmfa-windows-x64.exe", signed: false, says: "WINDOWS_CERTIFICATE is not set" },
      { file: "SHA256SUMS", signed: false, says: "MINISIGN_SECRET_KEY is not set" },
    ]);
    const finish = fileURLToPath(new URL("../../../scripts/sign/finish.ts", import.meta.url));
    const script = `import { finish } from ${JSON.stringify(finish)};
finish([{ file: "SHA256SUMS", signed: true, says: "x" }, { file: "awsmfa-macos-x64", signed: false, says: "no key" }], Deno.args);`;
    home.write("finish.ts", script);
    const rows = [
      [[], 0],
      [["--require-signatures"], 1],
      [["--require-signatures=macos"], 1],
      [["--require-signatures=sums,windows"], 0],
    ] as const;
    for (const [args, code] of rows) {
      const ran = await home.run(Deno.execPath(), ["run", "-q", home.file("finish.ts"), ...args]);
      assert.equal(ran.code, code, ran.stderr);
      assert.match(ran.stdout, /^signed {2}SHA256SUMS: x\nNOT SIGNED {2}awsmfa-macos-x64: no key\n/);
    }
    const unknown = await home.run(Deno.execPath(), ["run", "-q", home.file("finish.ts"), "--force"]);
    assert.equal(unknown.code, 2);
  },
});

async function makeKeys(home: Home): Promise<void> {
  const ok = async (command: string, ...args: string[]): Promise<void> => {
    const { code, stderr } = await home.run(command, args);
    assert.equal(code, 0, stderr);
  };
  const [key, certificate] = [home.file("key.pem"), home.file("cert.pem")];
  await ok(
    "openssl",
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=awsmfa rehearsal",
    "-addext",
    "extendedKeyUsage=codeSigning",
    "-keyout",
    key,
    "-out",
    certificate,
  );
  await ok(
    "openssl",
    "pkcs12",
    "-export",
    // The form that Apple's tools export, and the only one that rcodesign reads.
    "-legacy",
    "-inkey",
    key,
    "-in",
    certificate,
    "-passout",
    "pass:throwaway",
    "-out",
    home.file("cert.p12"),
  );
  await ok("minisign", "-G", "-W", "-p", home.file("minisign.pub"), "-s", home.file("minisign.key"));
}

function setEnvironment(home: Home): void {
  Deno.env.set("WINDOWS_CERTIFICATE", home.file("cert.p12"));
  Deno.env.set("WINDOWS_CERTIFICATE_PASSWORD", "throwaway");
  Deno.env.set("MINISIGN_SECRET_KEY", home.file("minisign.key"));
}

/** The commands of the README. */
async function verifySums(home: Home, code: 0 | 1): Promise<void> {
  const script = 'minisign -V -q -p "$1" -m SHA256SUMS && sha256sum --check --quiet SHA256SUMS';
  const ran = await home.run("sh", [
    "-c",
    `cd "$2" && { ${script}; } || exit 1`,
    "sh",
    home.file("minisign.pub"),
    home.file("dist"),
  ]);
  assert.equal(ran.code, code, ran.stderr);
}

async function verifyAuthenticode(home: Home, file: string, code: 0 | 1): Promise<void> {
  const ran = await home.run("osslsigncode", ["verify", "-CAfile", home.file("cert.pem"), "-in", file]);
  assert.equal(ran.code, code, ran.stdout + ran.stderr);
}

/** One bit of a file is another one while `work` runs. */
async function flipped(
  path: string,
  place: number,
  work: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
): Promise<void> {
  const bytes = await Deno.readFile(path);
  const at = Math.floor(bytes.length * place);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await Deno.writeFile(path, bytes);
  await work(bytes);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await Deno.writeFile(path, bytes);
}
