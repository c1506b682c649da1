import config from "../deno.json" with { type: "json" };
import { type Bundle, bundle, ENTRY } from "./compile/bundle.ts";
import { compileExecutable, findCompiler } from "./compile/executable.ts";
import { SubprocessError } from "./compile/subprocess.ts";
import { hostTarget, type Target } from "./compile/targets.ts";
import { permissionFlags } from "./permissions.ts";
import { print } from "./print.ts";

/** What is compiled, and to where. */
export interface CompileOptions {
  /** Emptied only of what is written here: `bundle/`, the executables, `manifest.json`. */
  readonly outDir: string;
  /** The machine's own where nothing is said. */
  readonly targets?: readonly Target[];
}

const ROOT = new URL("..", import.meta.url).pathname.replace(/\/$/, "");

/**
 * Bundles awsmfa, and compiles an executable for each target. Resolves to the executables' paths; throws
 * SubprocessError.
 */
export async function compile({ outDir, targets = [hostTarget()] }: CompileOptions): Promise<string[]> {
  const compiler = await findCompiler();
  const bundled = await bundle(ROOT);
  await writeBundle(bundled, `${outDir}/bundle`);
  const paths = targets.map(({ file }) => `${outDir}/${file}`);
  for (const [i, { triple }] of targets.entries()) {
    await compileExecutable(compiler, `${outDir}/bundle/${ENTRY}`, triple, paths[i] ?? "");
  }
  const manifest = await describe(bundled, compiler.version, targets);
  await Deno.writeTextFile(`${outDir}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  return paths;
}

async function writeBundle({ files }: Bundle, folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, text] of files) await Deno.writeTextFile(`${folder}/${name}`, text);
}

/** What an executable can be checked against, and made again from. */
async function describe(
  { files, packages }: Bundle,
  deno: string,
  targets: readonly Target[],
): Promise<unknown> {
  const hashes: Record<string, string> = {};
  for (const [name, text] of files) hashes[name] = await sha256(text);
  return {
    version: config.version,
    deno: { bundled: Deno.version.deno, compiled: deno },
    permissions: permissionFlags(),
    targets: Object.fromEntries(targets.map(({ triple, file }) => [triple, file])),
    packages,
    bundle: hashes,
  };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex();
}

if (import.meta.main) {
  try {
    for (const path of await compile({ outDir: `${ROOT}/dist` })) {
      print(`${path}  ${(Deno.statSync(path).size / 1e6).toFixed(1)} MB`);
    }
  } catch (error) {
    if (!(error instanceof SubprocessError)) throw error;
    print(error.message);
    Deno.exit(1);
  }
}
