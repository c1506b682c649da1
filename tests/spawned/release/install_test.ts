import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { type Home, makeHome, type Ran } from "../../support/home.ts";
import { makeRelease } from "../../support/made_release.ts";
import { needs, works } from "../../support/needs.ts";
import {
  change,
  filesIn,
  flipMiddle,
  half,
  resum,
  type ServedRelease,
  serveRelease,
} from "../../support/served_release.ts";

const SCRIPT = fileURLToPath(new URL("../../../scripts/install.sh", import.meta.url));
const ARCHIVE = /^awsmfa-.*\.tar\.gz$/;
const ignore = Deno.build.os === "windows" || !(works(["curl", "--version"]) || works(["wget", "--version"]));

Deno.test({
  ignore,
  name: "install.sh puts the program into ~/.local/bin, says what to add to PATH and how to uninstall",
  fn: async () => {
    await using stage = await openRelease();
    const { home } = stage;
    const { code, stdout, stderr } = await stage.install(["--checksum-only"]);
    assert.equal(code, 0, stderr);
    const folder = home.file(".local/bin");
    assert.equal(
      stdout,
      `awsmfa ${config.version} is in ${folder}\n` +
        `Add it to PATH: echo 'export PATH="${folder}:$PATH"' >> ~/.profile\nUninstall: rm ${folder}/awsmfa\n`,
    );
    assert.deepEqual(filesIn(folder), ["awsmfa"]);
    const ran = await home.run(`${folder}/awsmfa`, ["--version"]);
    assert.equal(ran.stdout, `${config.version}\n`);

    // Over an older one, and with --to and --version.
    const to = home.file("my tools");
    home.write("my tools/awsmfa", "older");
    const again = await stage.install(["--checksum-only", "--to", to, "--version", `v${config.version}`], {
      PATH: `${PATH}:${to}`,
    });
    assert.equal(again.code, 0, again.stderr);
    assert.doesNotMatch(again.stdout, /Add it to PATH/);
    assert.deepEqual(filesIn(to), ["awsmfa"]);
    assert.notEqual(home.read("my tools/awsmfa"), "older");
  },
});

const REFUSED: [
  what: string,
  prepare: (stage: Release) => void | Promise<void>,
  args: string[],
  says: RegExp,
][] = [
  [
    "an archive that was tampered with",
    (stage) => change(stage, ARCHIVE, flipMiddle),
    [],
    /is not what SHA256SUMS says/,
  ],
  ["a download that was cut off", (stage) => change(stage, ARCHIVE, half), [], /is not what SHA256SUMS says/],
  ["a download whose connection broke", (stage) => void (stage.breakOff = ARCHIVE), [], /can't download/],
  [
    "sums that were cut off",
    (stage) => change(stage, /^SHA256SUMS$/, (bytes) => bytes.subarray(0, 100)),
    [],
    /has nothing for/,
  ],
  [
    "a release without this machine's archive",
    (stage) => change(stage, /^SHA256SUMS$/, () => ""),
    [],
    /has nothing for/,
  ],
  ["an archive that is not there", (stage) => void (stage.missing = ARCHIVE), [], /can't download/],
  ["another version than the one asked for", () => {}, ["--version", "9.9.9"], /this is not version 9\.9\.9/],
  [
    "a program that does not run",
    brokenProgram,
    [],
    /does not run on this machine\nhint: docs\/containers\.md has what it needs; nothing was installed\n$/,
  ],
  [
    "a sign-in page in place of the sums",
    (stage) => void (stage.page = "<!DOCTYPE html>\n<html>Sign in to this hotel</html>"),
    [],
    /SHA256SUMS isn't a list of checksums\nhint: did a sign-in page of the network answer\?/,
  ],
  ["an option that nobody knows", () => {}, ["--frobnicate"], /unknown option '--frobnicate'/],
];
for (const [what, prepare, args, says] of REFUSED) {
  Deno.test({
    ignore,
    name: `install.sh refuses ${what}, and leaves nothing behind`,
    fn: async () => {
      await using stage = await openRelease();
      await prepare(stage);
      stage.home.write(".local/bin/awsmfa", "the one from before");
      const { code, stdout, stderr } = await stage.install(["--checksum-only", ...args]);
      assert.deepEqual([code, stdout], [1, ""]);
      assert.match(stderr, says);
      assert.deepEqual(filesIn(stage.home.file(".local/bin")), ["awsmfa"]);
      assert.equal(stage.home.read(".local/bin/awsmfa"), "the one from before");
    },
  });
}

Deno.test({
  ignore: ignore || needs("minisign").ignore,
  name: "install.sh verifies the signature where minisign and the key are there, and refuses a wrong one",
  fn: async () => {
    await using stage = await openRelease();
    const { home } = stage;
    const [key, other] = [await makeKey(home, "right"), await makeKey(home, "other")];
    const sign = async (name: string, comment = `awsmfa ${config.version}`): Promise<void> => {
      const sums = home.file("dist/SHA256SUMS");
      const args = ["-S", "-W", "-s", home.file(`${name}.key`), "-m", sums, "-t", comment];
      assert.equal((await home.run("minisign", args)).code, 0);
    };
    await sign("right");
    const good = await stage.install([], { AWSMFA_MINISIGN_PUBLIC_KEY: key });
    assert.deepEqual([good.code, good.stderr], [0, ""]);
    Deno.removeSync(home.file(".local/bin/awsmfa"));
    for (
      const prepare of [
        (): Promise<void> => sign("other"),
        (): Promise<void> => sign("right", "awsmfa 9.9.9"),
        (): void => Deno.removeSync(home.file("dist/SHA256SUMS.minisig")),
      ]
    ) {
      await prepare();
      const bad = await stage.install([], { AWSMFA_MINISIGN_PUBLIC_KEY: key });
      assert.deepEqual([bad.code, bad.stdout, filesIn(home.file(".local/bin"))], [1, "", []]);
      assert.match(
        bad.stderr,
        /the signature (of SHA256SUMS is wrong|is of 'awsmfa 9\.9\.9')|can't download/,
      );
    }
    assert.notEqual(key, other);
  },
});

Deno.test({
  ignore,
  name:
    "install.sh installs nothing that it can't verify, unless it is told to, and downloads by https alone",
  fn: async () => {
    await using stage = await openRelease();
    stage.home.write("bin/uname", '#!/bin/sh\n[ "$1" = -s ] && echo Linux || echo x86_64\n');
    Deno.chmodSync(stage.home.file("bin/uname"), 0o700);
    const withoutMinisign = `PATH=${stage.home.file("bin")}\n`;
    const cases: [args: string[], env: Record<string, string>, before: string, says: RegExp][] = [
      [
        [],
        {},
        "",
        /^install: the signature can't be verified: no public key is known .*\nhint: --checksum-only /,
      ],
      [
        [],
        { AWSMFA_MINISIGN_PUBLIC_KEY: "RWS" },
        withoutMinisign,
        /^install: the signature can't be verified: minisign is not installed\nhint: --checksum-only /,
      ],
      [
        ["--checksum-only"],
        { AWSMFA_DOWNLOAD_URL: "http://192.0.2.1" },
        "",
        /^install: can't download http:\/\/192\.0\.2\.1: it is not https\n$/,
      ],
    ];
    for (const [args, env, before, says] of cases) {
      const ran = await stage.install(args, env, before + Deno.readTextFileSync(SCRIPT));
      assert.deepEqual([ran.code, ran.stdout], [1, ""]);
      assert.match(ran.stderr, says);
      assert.throws(() => filesIn(stage.home.file(".local")), Deno.errors.NotFound);
    }
  },
});

for (const tool of ["curl", "wget"]) {
  Deno.test({
    ignore: ignore || !works([tool, "--version"]),
    name: `install.sh with ${tool} follows no redirect to plain http, and installs nothing`,
    fn: async () => {
      await using stage = await openRelease();
      const asked: string[] = [];
      await using other = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ url }) => {
        asked.push(url);
        return new Response("x");
      });
      stage.movedTo = `http://127.0.0.1:${other.addr.port}/`;
      const without = tool === "curl" ? "wget" : "curl";
      const before = `command() { [ "$2" != ${without} ] && [ -n "$(which "$2")" ]; }\n`;
      const ran = await stage.install(["--checksum-only"], {}, before + Deno.readTextFileSync(SCRIPT));
      assert.deepEqual([ran.code, ran.stdout, asked], [1, "", []]);
      assert.match(
        ran.stderr,
        /^install: can't download |^install: \S+ leads to http:\S+, which is not https\n/m,
      );
      assert.throws(() => filesIn(stage.home.file(".local/bin/awsmfa")), Deno.errors.NotFound);
    },
  });
}

Deno.test({
  ignore,
  name: "install.sh puts no older program over a newer one, unless that version was asked for",
  fn: async () => {
    await using stage = await openRelease();
    const { home } = stage;
    home.write(".local/bin/awsmfa", "#!/bin/sh\necho 99.0.0\n");
    Deno.chmodSync(home.file(".local/bin/awsmfa"), 0o755);
    const older = await stage.install(["--checksum-only"]);
    assert.deepEqual([older.code, older.stdout], [1, ""]);
    assert.match(
      older.stderr,
      /is older than the installed 99\.0\.0\nhint: to go back: sh install\.sh --version /,
    );
    assert.equal((await stage.install(["--checksum-only", "--version", config.version])).code, 0);
  },
});

Deno.test({
  ignore,
  name: "install.sh makes a folder that only its owner can write into, whatever the umask",
  fn: async () => {
    await using stage = await openRelease();
    const { code, stderr } = await stage.install(
      ["--checksum-only"],
      {},
      `umask 000\n${Deno.readTextFileSync(SCRIPT)}`,
    );
    assert.equal(code, 0, stderr);
    for (const name of [".local", ".local/bin", ".local/bin/awsmfa"]) {
      assert.equal((Deno.statSync(stage.home.file(name)).mode ?? 0) & 0o777, 0o755, name);
    }
  },
});

Deno.test({
  ignore,
  name: "install.sh, cut off anywhere on its way, does nothing",
  fn: async () => {
    await using stage = await openRelease();
    const script = Deno.readTextFileSync(SCRIPT);
    for (const length of [0.3, 0.6, 0.9].map((part) => Math.floor(script.length * part))) {
      await stage.install([], {}, script.slice(0, length));
      assert.throws(() => filesIn(stage.home.file(".local")), Deno.errors.NotFound);
    }
  },
});

Deno.test({
  ...needs("shellcheck"),
  name: "shellcheck finds nothing in install.sh",
  fn: async () => {
    await using home = makeHome();
    assert.deepEqual(await home.run("shellcheck", [SCRIPT]), { code: 0, stdout: "", stderr: "" });
  },
});

interface Release extends ServedRelease {
  /** Runs the script as `sh` reads it from a pipe, in each of the shells that are there. */
  readonly install: (args?: readonly string[], env?: Record<string, string>, script?: string) => Promise<Ran>;
}

const PATH = Deno.env.get("PATH") ?? "";

async function openRelease(): Promise<Release> {
  const served = await serveRelease();
  const shell = works(["dash", "-c", "exit"]) ? "dash" : "sh";
  return Object.assign(served, {
    install: (args: readonly string[] = [], env = {}, script = Deno.readTextFileSync(SCRIPT)): Promise<Ran> =>
      served.home.run(shell, ["-s", "--", ...args], {
        env: { PATH, AWSMFA_DOWNLOAD_URL: served.url, ...env },
        stdin: script,
      }),
  });
}

async function brokenProgram({ home }: Release): Promise<void> {
  await makeRelease(home, "dist", "#!/bin/sh\nexit 1\n");
  await resum(home);
}

/** Resolves to the public key, as it is given on a command line. */
async function makeKey(home: Home, name: string): Promise<string> {
  const args = ["-G", "-W", "-p", home.file(`${name}.pub`), "-s", home.file(`${name}.key`)];
  assert.equal((await home.run("minisign", args)).code, 0);
  return home.read(`${name}.pub`).trimEnd().split("\n").at(-1) ?? "";
}
