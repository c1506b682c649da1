import assert from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { makeRelease } from "../../support/made_release.ts";
import { type Ran } from "../../support/home.ts";
import { needs, needsPwsh } from "../../support/needs.ts";
import {
  change,
  filesIn,
  flipMiddle,
  half,
  resum,
  type ServedRelease,
  serveRelease,
} from "../../support/served_release.ts";

const SCRIPT = new URL("../../../scripts/install.ps1", import.meta.url).pathname;
const { ignore } = needsPwsh();
const ARCHIVE = /^awsmfa-.*\.zip$/;
const SUMS = /^SHA256SUMS$/;

Deno.test({
  ignore,
  name:
    "install.ps1 installs through iex, over an older one and into any folder, and leaves the session as it was",
  fn: async () => {
    await using release = await serveRelease();
    const { home } = release;
    home.write("brackets [1] ‘x’/awsmfa.exe", "older");
    Deno.mkdirSync(home.file("work"));
    const before = "@(Get-Variable; Get-ChildItem Function:) | ForEach-Object Name | Sort-Object -Unique";
    const ran = await pwsh(
      release,
      `Set-Location ${home.file("work")}
       $ProgressPreference = 'Continue'
       $before = ${before}
       $env:AWSMFA_MINISIGN_PUBLIC_KEY = ''
       $block = [scriptblock]::Create((Get-Content -Raw ${SCRIPT}))
       & $block -ChecksumOnly
       & $block -ChecksumOnly -To '../brackets [1] ‘‘x’’' -Version v${config.version}
       & $block -ChecksumOnly -To relative
       try { Get-Content -Raw ${SCRIPT} | iex } catch { "$_" }
       $after = ${before}
       "new: $(@($after | Where-Object { $_ -notin $before -and $_ -notin 'block', 'before', '_', 'PSItem', 'LASTEXITCODE' }) -join ' ')"
       "$ErrorActionPreference $ProgressPreference $notThere"`,
    );
    assert.deepEqual([ran.code, ran.stderr], [0, ""]);
    const [usual, odd, relative] = [".local/bin", "brackets [1] ‘x’", "work/relative"].map(home.file);
    const told = (folder = "", quoted = folder): string =>
      `awsmfa ${config.version} is in ${folder}\nIt is not in your PATH, which was left unchanged.\n` +
      `Uninstall: Remove-Item -LiteralPath '${quoted}/awsmfa.exe'\n`;
    const [installed = "", rest = ""] = ran.stdout.split(/^install: /m);
    assert.equal(
      installed,
      told(usual) + told(odd, odd?.replace("‘x’", "‘‘x’’")) + told(relative),
    );
    assert.match(
      rest,
      /^the signature can't be verified: no public key is known \(AWSMFA_MINISIGN_PUBLIC_KEY\)\. /,
    );
    assert.match(
      rest,
      /\nhint: -ChecksumOnly verifies the checksum alone: .*\nnew: \nContinue Continue \n$/s,
    );
    for (const folder of [usual, odd, relative]) {
      assert.deepEqual(filesIn(folder ?? ""), ["awsmfa.exe"]);
      assert.notEqual(Deno.readTextFileSync(`${folder}/awsmfa.exe`), "older");
    }
  },
});

Deno.test({
  ignore: ignore || needs("minisign").ignore,
  name: "install.ps1 verifies the signature, and refuses a wrong one and a missing minisign",
  fn: async () => {
    await using release = await serveRelease();
    const { home } = release;
    const make = ["-G", "-W", "-p", home.file("pub"), "-s", home.file("key")];
    assert.equal((await home.run("minisign", make)).code, 0);
    const key = home.read("pub").trimEnd().split("\n").at(-1) ?? "";
    const sign = ["-S", "-W", "-s", home.file("key"), "-m", home.file("dist/SHA256SUMS")];
    assert.equal((await home.run("minisign", sign)).code, 0);
    const install = `& ${SCRIPT} -To ${home.file("to")}`;
    const good = await pwsh(release, install, { AWSMFA_MINISIGN_PUBLIC_KEY: key });
    assert.deepEqual([good.code, good.stderr], [0, ""]);
    Deno.removeSync(home.file("to/awsmfa.exe"));

    const none = await pwsh(release, `$env:PATH = '/nowhere'\n${install}`, {
      AWSMFA_MINISIGN_PUBLIC_KEY: key,
    });
    assert.match(none.stderr, /install: the signature can't be verified: minisign is not installed\./);
    change(release, SUMS, (bytes) => `${new TextDecoder().decode(bytes)}\n`);
    const bad = await pwsh(release, install, { AWSMFA_MINISIGN_PUBLIC_KEY: key });
    assert.match(bad.stderr, /install: the signature of SHA256SUMS is wrong\. Nothing was installed\./);
    assert.deepEqual([none.code, bad.code, filesIn(home.file("to"))], [1, 1, []]);
  },
});

const REFUSED: [what: string, prepare: (release: ServedRelease) => void | Promise<void>, says: RegExp][] = [
  [
    "an archive that was tampered with",
    (release) => change(release, ARCHIVE, flipMiddle),
    /is not what SHA256SUMS says/,
  ],
  ["a download that was cut off", (release) => change(release, ARCHIVE, half), /is not what SHA256SUMS says/],
  [
    "a download whose connection broke",
    (release) => void (release.breakOff = ARCHIVE),
    /(can't download http:\S+\.zip: |is not what SHA256SUMS says)/,
  ],
  [
    "sums that were cut off",
    (release) => change(release, SUMS, (bytes) => bytes.subarray(0, 100)),
    /has nothing for/,
  ],
  ["a release without its archive", (release) => change(release, SUMS, () => ""), /has nothing for Windows/],
  [
    "a sign-in page in place of the sums",
    (release) => void (release.page = "<!DOCTYPE html>\n<html>Sign in to this hotel</html>"),
    /SHA256SUMS isn't a list of checksums: did a sign-in page of the network answer\?/,
  ],
  [
    "an archive that is not there",
    (release) => void (release.missing = ARCHIVE),
    /can't download http:\S+\.zip: The remote server returned an error: \(404\) Not Found\.$/m,
  ],
  [
    "a release that moved to where nothing is encrypted",
    (release) => void (release.movedTo = "http://192.0.2.1/"),
    /can't download http:\S+: http:\/\/192\.0\.2\.1\/SHA256SUMS is not https/,
  ],
  ["a program that does not run", brokenProgram, /does not run on this machine/],
  [
    "a zip without the program",
    async ({ home }) => {
      for (const name of filesIn(home.file("dist")).filter((each) => ARCHIVE.test(each))) {
        home.write(`dist/${name}`, Uint8Array.fromHex("504b0506000000000000000000000000000000000000"));
      }
      await resum(home);
    },
    /has no awsmfa\.exe/,
  ],
];

Deno.test({
  ignore,
  name: `install.ps1 refuses ${REFUSED.map(([what]) => what).join(", ")}, and leaves nothing behind`,
  fn: async () => {
    await using stack = new AsyncDisposableStack();
    const releases: ServedRelease[] = [];
    for (const [, prepare] of REFUSED) {
      const release = stack.use(await serveRelease());
      await prepare(release);
      release.home.write("to/awsmfa.exe", "the one from before");
      releases.push(release);
    }
    const [first] = releases;
    assert.ok(first !== undefined);
    // In one PowerShell, since each takes a second to start.
    const lines = releases.map(({ home, url }) =>
      `$env:AWSMFA_DOWNLOAD_URL = '${url}'\n` +
      `try { & ${SCRIPT} -ChecksumOnly -To ${home.file("to")} } catch { "$_" }; '---'`
    );
    const { code, stdout, stderr } = await pwsh(first, lines.join("\n"));
    assert.deepEqual([code, stderr], [0, ""]);
    const told = stdout.split("---\n");
    for (const [i, [what, , says]] of REFUSED.entries()) {
      assert.match(told[i] ?? "", /^install: [^\n]+\n$/, what);
      assert.match(told[i] ?? "", says, what);
      const { home }: ServedRelease = releases[i] ?? first;
      assert.deepEqual(filesIn(home.file("to")), ["awsmfa.exe"], what);
      assert.equal(home.read("to/awsmfa.exe"), "the one from before", what);
    }
  },
});

Deno.test({
  ignore,
  name:
    "install.ps1 refuses http, an address where nothing answers, another version and a folder in the program's place",
  fn: async () => {
    await using release = await serveRelease();
    const { home } = release;
    Deno.mkdirSync(home.file("taken/awsmfa.exe"), { recursive: true });
    home.write("file", "");
    const cases: [args: string, url: string, says: RegExp][] = [
      [
        "",
        "http://192.0.2.1/x",
        /can't download http:\/\/192\.0\.2\.1\/x\/SHA256SUMS: http:\S+ is not https/,
      ],
      ["", "http://127.0.0.1:1", /can't download http:\/\/127\.0\.0\.1:1\/SHA256SUMS: Connection refused/],
      ["-Version 9.9.9", release.url, /this is not version 9\.9\.9, but awsmfa-/],
      [`-To ${home.file("taken")}`, release.url, /awsmfa\.exe is a folder/],
      [`-To ${home.file("file")}`, release.url, /can't write into \S+file: /],
      ["-Frobnicate", release.url, /Frobnicate/],
    ];
    const lines = cases.map(([args, url]) =>
      `$env:AWSMFA_DOWNLOAD_URL = '${url}'\ntry { & ${SCRIPT} -ChecksumOnly ${args} } catch { "$_" }; '---'`
    );
    const ran = await pwsh(release, lines.join("\n"));
    const told = ran.stdout.split("---\n");
    for (const [i, [, , says]] of cases.entries()) assert.match(told[i] ?? "", says);
    assert.deepEqual(filesIn(home.file("taken")), ["awsmfa.exe"]);
  },
});

/** Runs a text in a session that has nothing of anybody's. */
async function pwsh(
  { home, url }: ServedRelease,
  text: string,
  env: Record<string, string> = {},
): Promise<Ran> {
  home.write("run.ps1", text);
  return await home.run("pwsh", ["-NoProfile", "-NonInteractive", "-File", home.file("run.ps1")], {
    env: { AWSMFA_DOWNLOAD_URL: url, PATH: Deno.env.get("PATH") ?? "", NO_COLOR: "1", ...env },
  });
}

async function brokenProgram({ home }: ServedRelease): Promise<void> {
  await makeRelease(home, "dist", "#!/bin/sh\nexit 1\n");
  await resum(home);
}
