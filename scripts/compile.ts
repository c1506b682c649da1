import { fileURLToPath } from "node:url";
import config from "../deno.json" with { type: "json" };
import { type Bundle, bundle, ENTRY } from "./compile/bundle.ts";
import { checkExecutable } from "./compile/check_executable.ts";
import { compileExecutable, type Compiler, findCompiler, targetsOf } from "./compile/executable.ts";
import { sha256 } from "./compile/sha256.ts";
import { SOURCE_DATE } from "./compile/source_date.ts";
import { SubprocessError } from "./compile/subprocess.ts";
import { hostTarget, type Target, targetNamed, TARGETS } from "./compile/targets.ts";
import { checkToolchain, type Toolchain } from "./compile/toolchain.ts";
import { permissionFlags } from "./permissions.ts";
import { print } from "./print.ts";

// deno task compile [--require-pinned] [--all | --target NAME ...]
// Bundles, compiles and checks; without words for this machine.

/** What is compiled, and to where. */
export interface CompileOptions {
  /** Emptied only of what is written here: `bundle/`, the executables, `manifest.json`, `THIRD_PARTY_LICENSES`. */
  readonly outDir: string;
  /** The machine's own where nothing is said. */
  readonly targets?: readonly Target[];
  readonly compiler?: Compiler;
  /** What has no hash in toolchain.json is a failure: for releases. */
  readonly requirePinned?: boolean;
  /** Told of each executable that was made, and what was checked of it. */
  readonly say?: (line: string) => void;
}

/** What an executable can be checked against, and made again from: `manifest.json`. */
export interface Manifest {
  readonly version: string;
  readonly deno: { readonly bundled: string; readonly compiled: string };
  readonly toolchain: Toolchain;
  readonly permissions: readonly string[];
  /** Deno's name of the target -> file. */
  readonly targets: Readonly<Record<string, string>>;
  readonly packages: readonly string[];
  /** SHA-256 of the lines "HASH  FILE" of all of `bundle`. */
  readonly bundleSha256: string;
  /** File -> SHA-256. */
  readonly bundle: Readonly<Record<string, string>>;
}

const ROOT = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/**
 * Bundles awsmfa, and compiles an executable for each target, which is then held against the bundle and deno.json.
 * Resolves to the executables' paths; throws SubprocessError, and Error for one that is not as it should be.
 */
export async function compile(
  { outDir, targets = [hostTarget()], compiler, requirePinned = false, say = () => {} }: CompileOptions,
): Promise<string[]> {
  const deno = compiler ?? await findCompiler();
  const toolchain = await checkToolchain(deno, targets);
  const unpinned = Object.entries(toolchain.unpinned);
  if (unpinned.length > 0) {
    const says = `scripts/compile/toolchain.json has no SHA-256 of these for Deno ${deno.version}:\n${
      unpinned.map(([name, hash]) => `  ${name}: ${hash}`).join("\n")
    }`;
    if (requirePinned) throw new SubprocessError(says);
    say(says);
  }
  const bundled = await bundle(ROOT);
  await writeBundle(bundled, `${outDir}/bundle`);
  const manifest = await describe(bundled, deno.version, toolchain, targets);
  await Deno.writeTextFile(`${outDir}/manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`);
  await Deno.writeTextFile(`${outDir}/THIRD_PARTY_LICENSES`, bundled.licences);
  const paths: string[] = [];
  for (const target of targets) {
    const path = `${outDir}/${target.file}`;
    await compileExecutable(deno, `${outDir}/bundle/${ENTRY}`, target.triple, path);
    const bytes = await Deno.readFile(path);
    const checked = await checkExecutable(bytes, target, manifest.bundle);
    say(`${target.file}  ${(bytes.length / 1e6).toFixed(1)} MB  checked: ${checked.join("; ")}`);
    paths.push(path);
  }
  return paths;
}

/** What an earlier {@linkcode compile} left in a folder. */
export async function readManifest(outDir: string): Promise<Manifest> {
  return JSON.parse(await Deno.readTextFile(`${outDir}/manifest.json`));
}

async function writeBundle({ files }: Bundle, folder: string): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(folder, { recursive: true });
  for (const [name, text] of files) {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    // Deno puts the files' times into the executable: with these the same input gives the same executable.
    await Deno.utime(`${folder}/${name}`, SOURCE_DATE, SOURCE_DATE);
  }
}

async function describe(
  { files, packages }: Bundle,
  deno: string,
  toolchain: Toolchain,
  targets: readonly Target[],
): Promise<Manifest> {
  const hashes: Record<string, string> = {};
  for (const [name, text] of [...files].sort()) hashes[name] = await sha256(new TextEncoder().encode(text));
  const lines = Object.entries(hashes).map(([name, hash]) => `${hash}  ${name}\n`);
  return {
    version: config.version,
    deno: { bundled: Deno.version.deno, compiled: deno },
    toolchain,
    permissions: permissionFlags(),
    targets: Object.fromEntries(targets.map(({ triple, file }) => [triple, file])),
    packages,
    bundleSha256: await sha256(new TextEncoder().encode(lines.join(""))),
    bundle: hashes,
  };
}

/** The targets that are asked for, and a sentence on those that this Deno can't make. Exits with 2 on wrong usage. */
function readTargets(args: readonly string[], known: readonly Target[]): readonly Target[] {
  if (args.length === 0) return [hostTarget()];
  if (args.length === 1 && args[0] === "--all") {
    for (const { name } of TARGETS.filter((target) => !known.includes(target))) {
      print(`left out: ${name}, which this Deno can't compile for`);
    }
    return known;
  }
  const targets: Target[] = [];
  for (let i = 0; i < args.length; i += 2) {
    const target = args[i] === "--target" ? targetNamed(args[i + 1] ?? "") : undefined;
    if (target === undefined) {
      print(
        `deno task compile [--require-pinned] [--all | --target NAME ...]\ntargets: ${
          known.map(({ name }) => name).join(", ")
        }`,
      );
      Deno.exit(2);
    }
    targets.push(target);
  }
  return targets;
}

if (import.meta.main) {
  try {
    const compiler = await findCompiler();
    const [first, ...others] = Deno.args;
    const requirePinned = first === "--require-pinned";
    const targets = readTargets(requirePinned ? others : Deno.args, await targetsOf(compiler));
    await compile({ outDir: `${ROOT}/dist`, compiler, targets, requirePinned, say: print });
  } catch (error) {
    if (!(error instanceof SubprocessError)) throw error;
    print(error.message);
    Deno.exit(1);
  }
}
