import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { compile, readManifest } from "../../../scripts/compile.ts";
import { type Bundle, bundle } from "../../../scripts/compile/bundle.ts";
import { checkCodeSignature } from "../../../scripts/compile/check_code_signature.ts";
import { checkExecutable } from "../../../scripts/compile/check_executable.ts";
import { findCompiler, targetsOf } from "../../../scripts/compile/executable.ts";
import { readExecutable } from "../../../scripts/compile/read_executable.ts";
import { sha256 } from "../../../scripts/compile/sha256.ts";
import { SubprocessError } from "../../../scripts/compile/subprocess.ts";
import { checkToolchain } from "../../../scripts/compile/toolchain.ts";
import { zip } from "../../../scripts/package/zip.ts";
import { hostTarget, type Target, TARGETS } from "../../../scripts/compile/targets.ts";
import { makeHome } from "../../support/home.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");

/** Without DENO_COMPILER the bases of other machines may have to be downloaded: only with it are these made. */
const compilable: readonly Target[] = Deno.env.get("DENO_COMPILER") && !Deno.env.has("AWSMFA_BIN")
  ? await targetsOf(await findCompiler())
  : [];

Deno.test("the same source gives the same bundle, wherever it lies", async () => {
  await using home = makeHome();
  // A blank in a path is no %20.
  const elsewhere = home.file("some where/deeper");
  copyProgram(elsewhere);

  const here = await bundle(ROOT);
  assert.deepEqual(here, await bundle(elsewhere));
  assert.deepEqual(here, await bundle(ROOT));
});

Deno.test("the bundle holds the program and the packages that it uses, and nothing else of the checkout", async () => {
  const { files, packages } = await bundle(ROOT);
  assert.ok(packages.includes(config.imports["@aws-sdk/client-sts"].replace("npm:", "")));
  assert.ok(!packages.some((name) => name.startsWith("fast-check@")), "a test's package");
  const elsewhere = packages.filter((name) =>
    /credential-provider-(?!env|node)|nested-clients|^bowser/.test(name)
  );
  assert.deepEqual(elsewhere, [], "ways to credentials that awsmfa never goes");
  for (const [file, text] of files) {
    assert.doesNotMatch(text, /node_modules\/|\/tests\/|registry\.npmjs\.org\//, file);
  }

  await using home = makeHome();
  copyProgram(home.path);
  home.write("scripts/any.ts", "export const any = Deno.args.length;");
  home.write(
    "src/main.ts",
    `import { any } from "../scripts/any.ts";\n${home.read("src/main.ts")}\nDeno.exit(any);`,
  );
  await assert.rejects(bundle(home.path), /scripts\/any\.ts must not be in the bundle/);
});

Deno.test("what a start has to read names neither the SDK nor node's modules of the network and of require", async () => {
  const { files } = await bundle(ROOT);
  // A command that may find a session ready, and those that never call AWS.
  const commands = /^(main|status|restore|logout|env|exec|credential_process|complete)(-\d+)?\.js$/;
  const starts = [...files.keys()].filter((file) => commands.test(file));
  assert.equal(starts.length, 8);
  const read = readWith(starts, files);
  assert.ok(read.length < files.size);
  for (const file of read) {
    assert.doesNotMatch(
      files.get(file) ?? "",
      /["']node:(https?|http2|tls|net|module)["']|GetSessionToken|ListMFADevices/,
      file,
    );
  }
});

Deno.test("a login loads nothing of node", async () => {
  const { files } = await bundle(ROOT);
  const starts = [...files.keys()].filter((file) =>
    /^(main|login|sts|way|authorities)(-\d+)?\.js$/.test(file)
  );
  assert.equal(starts.length, 5);
  for (const file of readWith(starts, files)) {
    assert.doesNotMatch(files.get(file) ?? "", /\b(from|import)["']node:/, file);
  }
});

/** How Apache-2.0, MIT, BSD and ISC begin to grant something. */
const LICENCE =
  /Apache License\n\s+Version 2\.0|Permission is hereby granted|Redistribution and use in source|Permission to use, copy, modify/;

Deno.test("every package in the bundle stands in THIRD_PARTY_LICENSES, before a licence's text", async () => {
  const { packages, licences } = await bundle(ROOT);
  const parts = licences.split(/^={80}$/m).slice(1);
  for (const id of [...packages, "Deno, the runtime"]) {
    const part = parts.find((text) => text.split("\n").includes(id));
    assert.match(part ?? "", LICENCE, id);
  }
});

Deno.test("the executable is this version, the same each time, and the manifest says what it was made of", async (t) => {
  await using home = makeHome();
  const made = await compileOrSay(home.path, [hostTarget()]);
  await t.step({
    name: "with a Deno that can compile",
    ignore: typeof made === "string" && Deno.env.get("CI") !== "true",
    fn: async () => {
      if (typeof made === "string") assert.fail(made);
      const [path = ""] = made;
      assert.deepEqual(await home.run(path, ["--version"]), {
        code: 0,
        stdout: `${config.version}\n`,
        stderr: "",
      });

      const manifest = JSON.parse(home.read("manifest.json"));
      assert.equal(manifest.version, config.version);
      assert.equal(manifest.targets[hostTarget().triple], path.slice(home.path.length + 1));
      assert.deepEqual(
        Object.keys(manifest.bundle).sort(),
        [...Deno.readDirSync(home.file("bundle"))].map(({ name }) => name).sort(),
      );
      assert.match(home.read("THIRD_PARTY_LICENSES"), /^@aws-sdk\/client-sts@/m);
      const [again = ""] = await compile({ outDir: home.file("again") });
      assert.equal(await sha256(Deno.readFileSync(path)), await sha256(Deno.readFileSync(again)));
    },
  });
});

Deno.test("a Deno or a base with another hash than the pinned one compiles nothing", async () => {
  await using home = makeHome();
  home.write("deno", "#!/bin/sh\necho deno 2.7.11\n");
  Deno.chmodSync(home.file("deno"), 0o755);
  const compiler = { command: home.file("deno"), path: home.file("deno"), env: {}, version: "2.7.11" };
  await assert.rejects(
    checkToolchain(compiler, []),
    /^Error: deno \S+ of Deno 2\.7\.11 has SHA-256 [0-9a-f]{64}, and toolchain\.json says [0-9a-f]{64}$/,
  );
  // A version that nobody pinned: what was found is told, and a release refuses it.
  const triple = "x86_64-unknown-linux-gnu";
  const bytes = new TextEncoder().encode("a base, and so on, and so on, and so on");
  home.write(`dir/dl/release/v0.0.1/denort-${triple}.zip`, zip([{ path: "denort", bytes, mode: 0o755 }]));
  const other = { ...compiler, env: { DENO_DIR: home.file("dir") }, version: "0.0.1" };
  const found = await checkToolchain(other, TARGETS.filter((target) => target.triple === triple));
  assert.deepEqual(found.bases, { [triple]: await sha256(bytes) });
  assert.deepEqual(Object.keys(found.unpinned), [`deno ${Deno.build.target}`, triple]);
  await assert.rejects(
    compile({ outDir: home.file("out"), targets: [], compiler: other, requirePinned: true }),
    /toolchain\.json has no SHA-256 of these for Deno 0\.0\.1:\n {2}deno /,
  );
});

for (const target of TARGETS) {
  Deno.test({
    name: `the executable for ${target.name} is what it should be, and one that is not is found out`,
    ignore: !compilable.includes(target),
    fn: async () => {
      await using home = makeHome();
      const [path = ""] = await compile({ outDir: home.path, targets: [target] });
      const bytes = Deno.readFileSync(path);
      const { bundle: hashes } = await readManifest(home.path);
      const checked = await checkExecutable(bytes, target, hashes);
      assert.equal(checked.some((what) => what.startsWith("code signature")), target.name === "macos-arm64");

      const other = TARGETS.find(({ os, arch }) => os !== target.os || arch !== target.arch);
      if (other) await assert.rejects(checkExecutable(bytes, other, hashes), /made for/);
      await assert.rejects(
        checkExecutable(bytes, target, { ...hashes, "more.js": "" }),
        /more\.js is missing/,
      );
      const { "main.js": _, ...less } = hashes;
      await assert.rejects(checkExecutable(bytes, target, less), /main\.js has no business in it/);

      const at = findLast(bytes, "Put the long-term keys back".toLowerCase());
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      await assert.rejects(checkExecutable(bytes, target, hashes), /is not the bundle's/);
    },
  });
}

Deno.test({
  name: "the code signature of the macOS arm64 executable covers every byte before it",
  ignore: !compilable.some(({ name }) => name === "macos-arm64"),
  fn: async () => {
    await using home = makeHome();
    const targets = TARGETS.filter(({ name }) => name === "macos-arm64");
    const [path = ""] = await compile({ outDir: home.path, targets });
    const bytes = Deno.readFileSync(path);
    const { codeSignature = 0 } = readExecutable(bytes);
    for (const at of [4096 * 3 + 7, Math.floor(codeSignature / 2), codeSignature - 1]) {
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      assert.throws(
        () => checkCodeSignature(bytes, codeSignature),
        new RegExp(`hash of page ${Math.floor(at / 4096)} is wrong`),
      );
      bytes[at] = (bytes[at] ?? 0) ^ 1;
    }
    assert.ok(checkCodeSignature(bytes, codeSignature) > 10_000);
  },
});

/** The files that are loaded before the program does anything: those that `from` and bare imports lead to. */
/** These files, and all that are loaded with them. */
function readWith(starts: readonly string[], files: Bundle["files"]): string[] {
  const read = new Set(starts);
  for (const file of read) {
    for (
      const [, name = ""] of (files.get(file) ?? "").matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g)
    ) {
      read.add(name);
    }
  }
  return [...read];
}

/** Undoes nothing: without a base for `deno compile`, which it may have to download, the reason is the answer. */
async function compileOrSay(outDir: string, targets: readonly Target[]): Promise<string[] | string> {
  try {
    return await compile({ outDir, targets });
  } catch (error) {
    if (error instanceof SubprocessError) return error.message;
    throw error;
  }
}

function copyProgram(to: string): void {
  copyFolder(`${ROOT}/src`, `${to}/src`);
  for (const file of ["deno.json", "deno.lock"]) Deno.copyFileSync(`${ROOT}/${file}`, `${to}/${file}`);
}

function copyFolder(from: string, to: string): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const { name, isDirectory } of Deno.readDirSync(from)) {
    if (isDirectory) copyFolder(`${from}/${name}`, `${to}/${name}`);
    else Deno.copyFileSync(`${from}/${name}`, `${to}/${name}`);
  }
}

function findLast(bytes: Uint8Array, text: string): number {
  const wanted = new TextEncoder().encode(text);
  for (let at = bytes.lastIndexOf(wanted[0] ?? 0); at >= 0; at = bytes.lastIndexOf(wanted[0] ?? 0, at - 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return at;
  }
  throw new Error(`'${text}' is nowhere in the executable`);
}
