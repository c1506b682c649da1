import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { compile } from "../../scripts/compile.ts";
import { type Bundle, bundle, ENTRY } from "../../scripts/compile/bundle.ts";
import { SubprocessError } from "../../scripts/compile/subprocess.ts";
import { hostTarget } from "../../scripts/compile/targets.ts";
import { makeHome } from "../support/home.ts";

const ROOT = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

Deno.test("the same source gives the same bundle, wherever it lies", async () => {
  await using home = makeHome();
  const elsewhere = home.file("some/where/deeper");
  copyProgram(elsewhere);

  const here = await bundle(ROOT);
  assert.deepEqual(here, await bundle(elsewhere));
  assert.deepEqual(here, await bundle(ROOT));
});

Deno.test("the bundle holds the program and the packages that it uses, and nothing else of the checkout", async () => {
  const { files, packages } = await bundle(ROOT);
  assert.ok(packages.includes(config.imports["@aws-sdk/client-sts"].replace("npm:", "")));
  assert.ok(!packages.some((name) => name.startsWith("fast-check@")), "a test's package");
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

Deno.test("what a start has to read names neither the SDK nor a module of the network", async () => {
  const { files } = await bundle(ROOT);
  const read = readAtStart(files);
  assert.ok(read.length < files.size);
  for (const file of read) {
    assert.doesNotMatch(files.get(file) ?? "", /["']node:(https?|http2|tls|net)["']|GetSessionToken/, file);
  }
});

Deno.test("the executable is this version, and the manifest says what it was made of", async (t) => {
  await using home = makeHome();
  const made = await compileOrSay(home.path);
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
    },
  });
});

/** The files that are loaded before the program does anything: those that `from` and bare imports lead to. */
function readAtStart(files: Bundle["files"]): string[] {
  const read = new Set([ENTRY]);
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
async function compileOrSay(outDir: string): Promise<string[] | string> {
  try {
    return await compile({ outDir });
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
