import assert from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { manual } from "../../../scripts/man.ts";
import { sumsOf } from "../../../scripts/sign/sums.ts";
import { type Home, makeHome } from "../../support/home.ts";
import { MADE_PROGRAM, makeRelease } from "../../support/made_release.ts";
import { needs } from "../../support/needs.ts";

const V = config.version;
const CONTENT = [
  "LICENSE",
  "README.md",
  "THIRD_PARTY_LICENSES",
  "completions/_awsmfa",
  "completions/awsmfa.bash",
  "completions/awsmfa.fish",
  "completions/awsmfa.ps1",
  "man/awsmfa.1",
];

Deno.test("packing the same twice gives the same bytes", async () => {
  await using home = makeHome();
  const made = await makeRelease(home, "dist");
  assert.deepEqual(made.sort(), [
    `awsmfa-${V}-linux-arm64.tar.gz`,
    `awsmfa-${V}-linux-x64.tar.gz`,
    `awsmfa-${V}-macos-arm64.tar.gz`,
    `awsmfa-${V}-macos-x64.tar.gz`,
    `awsmfa-${V}-windows-x64.zip`,
    "awsmfa.json",
    "awsmfa.rb",
    `awsmfa_${V}_amd64.deb`,
    `awsmfa_${V}_arm64.deb`,
  ]);
  await makeRelease(home, "again");
  assert.equal(await sumsOf(home.file("dist")), await sumsOf(home.file("again")));
});

Deno.test("an archive holds the program and all that comes with it, of one time and owner", async () => {
  await using home = makeHome();
  await makeRelease(home, "dist");
  const folder = `awsmfa-${V}-linux-x64`;
  const archive = home.file(`dist/${folder}.tar.gz`);
  const files = (await list(home, "tar", "-tzf", archive)).filter((name) => !name.endsWith("/"));
  assert.deepEqual(files.sort(), [...CONTENT, "awsmfa"].map((name) => `${folder}/${name}`).sort());
  const details = await list(home, "tar", "--utc", "--full-time", "-tvzf", archive);
  for (const line of details) assert.match(line, / root\/root .* 1980-01-01 00:00:00 /);
  assert.ok(details.some((line) => line.startsWith("-rwxr-xr-x") && line.endsWith("/awsmfa")));
  await list(home, "tar", "-xzf", archive, "-C", home.path);
  assert.equal(home.read(`${folder}/awsmfa`), MADE_PROGRAM);
  assert.equal(home.read(`${folder}/man/awsmfa.1`), await manual());
});

Deno.test({
  ...needs("unzip"),
  name: "the zip for Windows can be unpacked, and its checksums are right",
  fn: async () => {
    await using home = makeHome();
    await makeRelease(home, "dist");
    const folder = `awsmfa-${V}-windows-x64`;
    const archive = home.file(`dist/${folder}.zip`);
    await list(home, "unzip", "-tq", archive);
    const files = await list(home, "unzip", "-Z1", archive);
    assert.deepEqual(files.sort(), [...CONTENT, "awsmfa.exe"].map((name) => `${folder}/${name}`).sort());
    await list(home, "unzip", "-q", archive, "-d", home.path);
    assert.equal(home.read(`${folder}/awsmfa.exe`), MADE_PROGRAM);
  },
});

Deno.test({
  ...needs("dpkg"),
  name: "the .deb is one that dpkg reads and installs",
  fn: async () => {
    await using home = makeHome();
    await makeRelease(home, "dist");
    const file = home.file(`dist/awsmfa_${V}_amd64.deb`);
    const fields = await list(home, "dpkg-deb", "--field", file, "Package", "Version", "Architecture");
    assert.deepEqual(fields, ["Package: awsmfa", `Version: ${V}`, "Architecture: amd64"]);
    const content = (await list(home, "dpkg-deb", "--contents", file)).map((line) =>
      line.split(/\s+/).at(-1)
    );
    for (
      const path of [
        "./usr/bin/awsmfa",
        "./usr/share/man/man1/awsmfa.1.gz",
        "./usr/share/doc/awsmfa/copyright",
      ]
    ) {
      assert.ok(content.includes(path), path);
    }
    if (Deno.uid() !== 0) return;
    const root = home.file("root");
    for (const folder of ["var/lib/dpkg/info", "var/lib/dpkg/updates"]) {
      Deno.mkdirSync(`${root}/${folder}`, { recursive: true });
    }
    home.write("root/var/lib/dpkg/status", "");
    // What it depends on is not in this root.
    await list(
      home,
      "dpkg",
      `--root=${root}`,
      "--force-depends",
      "--force-architecture",
      "--force-script-chrootless",
      "--log=/dev/null",
      "-i",
      file,
    );
    assert.equal(home.read("root/usr/bin/awsmfa"), MADE_PROGRAM);
    assert.equal((Deno.statSync(`${root}/usr/bin/awsmfa`).mode ?? 0) & 0o777, 0o755);
    await list(
      home,
      "dpkg",
      `--root=${root}`,
      "--force-script-chrootless",
      "--log=/dev/null",
      "-r",
      "awsmfa",
    );
    assert.throws(() => home.read("root/usr/bin/awsmfa"), Deno.errors.NotFound);
  },
});

Deno.test("the Homebrew formula and the Scoop manifest name the archives by their right hashes", async () => {
  await using home = makeHome();
  await makeRelease(home, "dist");
  const sums = new Map(
    (await sumsOf(home.file("dist"))).trimEnd().split("\n").map((line): [string, string] => [
      line.slice(66),
      line.slice(0, 64),
    ]),
  );
  const formula = home.read("dist/awsmfa.rb");
  const named = [...formula.matchAll(/url ".*\/v([^/]+)\/(.*)"\n\s+sha256 "(.*)"/g)];
  assert.equal(named.length, 4);
  for (const [, version, file = "", hash] of named) assert.deepEqual([version, hash], [V, sums.get(file)]);
  const { version, architecture, bin } = JSON.parse(home.read("dist/awsmfa.json"));
  const { url, hash, extract_dir } = architecture["64bit"];
  assert.deepEqual([version, bin, hash], [V, "awsmfa.exe", sums.get(url.replace(/.*\//, ""))]);
  assert.equal(`${extract_dir}.zip`, url.replace(/.*\//, ""));
});

Deno.test({
  ...needs("man"),
  name: "the manual page is rendered without a warning, and names every command",
  fn: async () => {
    await using home = makeHome();
    home.write("awsmfa.1", await manual());
    const { code, stdout, stderr } = await home.run("man", ["--warnings", "-l", home.file("awsmfa.1")], {
      env: { MANWIDTH: "80", MANPAGER: "cat", MAN_KEEP_FORMATTING: "" },
    });
    assert.deepEqual([code, stderr], [0, ""]);
    // deno-lint-ignore no-control-regex
    const text = stdout.replace(/.\x08/g, "");
    const { stdout: help } = await home.awsmfa(["--help"]);
    const commands = [...(help.split(/^Options$/m)[0] ?? "").matchAll(/^ {2}([a-z-]+) {2}/gm)]
      .map((
        [, name = ""],
      ) => name);
    assert.ok(commands.length > 5);
    for (const word of [...commands, "--profile", "EXIT STATUS", "credentials_backup_by_awsmfa"]) {
      assert.ok(text.includes(word), word);
    }
  },
});

/** The lines that a program prints, which must end well. */
async function list(home: Home, command: string, ...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await home.run(command, args);
  assert.equal(code, 0, stderr);
  return stdout.trimEnd().split("\n");
}
