import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { compile, readManifest } from "../../scripts/compile.ts";
import { checkExecutable } from "../../scripts/compile/check_executable.ts";
import { TARGETS } from "../../scripts/compile/targets.ts";
import { packAll } from "../../scripts/package.ts";
import { signAll } from "../../scripts/sign.ts";
import { signSums } from "../../scripts/sign/sums.ts";
import { type Home, makeHome } from "../support/home.ts";
import { needs } from "../support/needs.ts";

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
    const finish = fileURLToPath(new URL("../../scripts/sign/finish.ts", import.meta.url));
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
