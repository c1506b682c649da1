import type { Compiler } from "./executable.ts";
import pinned from "./toolchain.json" with { type: "json" };
import { runToEnd } from "./subprocess.ts";
import { sha256 } from "./sha256.ts";
import type { Target } from "./targets.ts";
import { firstOfZip } from "./unzip.ts";

/** What an executable is made with: SHA-256 of the Deno that compiles, and of each base that it fetched. */
export interface Toolchain {
  readonly deno: string;
  /** Deno's name of the target -> SHA-256 of `denort`, which the bundle is put into. */
  readonly bases: Readonly<Record<string, string>>;
  /** Those for which toolchain.json has no hash: they are what was downloaded, whatever that is. */
  readonly unpinned: Readonly<Record<string, string>>;
}

const PINNED: Readonly<Record<string, Readonly<Record<string, string>>>> = pinned;

/**
 * Fetches what is needed, and holds it against the hashes in toolchain.json, before anything is compiled. Throws Error
 * for what has another hash.
 */
export async function checkToolchain(compiler: Compiler, targets: readonly Target[]): Promise<Toolchain> {
  const known = PINNED[compiler.version] ?? {};
  const deno = await sha256(await Deno.readFile(compiler.path));
  const found = new Map([[`deno ${Deno.build.target}`, deno]]);
  const bases: Record<string, string> = {};
  for (const { triple } of targets) {
    bases[triple] = await sha256(firstOfZip(await Deno.readFile(await fetchBase(compiler, triple))));
    found.set(triple, bases[triple]);
  }
  for (const [name, hash] of found) {
    const expected = known[name];
    if (expected !== undefined && expected !== hash) {
      throw new Error(
        `${name} of Deno ${compiler.version} has SHA-256 ${hash}, and toolchain.json says ${expected}`,
      );
    }
  }
  const unpinned = [...found].filter(([name]) => known[name] === undefined);
  return { deno, bases, unpinned: Object.fromEntries(unpinned) };
}

/** `deno compile` downloads the base of a target when it needs it first. Resolves to where that lies. */
async function fetchBase({ command, env, version }: Compiler, triple: string): Promise<string> {
  const folder = env["DENO_DIR"] ?? JSON.parse(await runToEnd(command, ["info", "--json"])).denoDir;
  const path = `${folder}/dl/release/v${version}/denort-${triple}.zip`;
  if (isThere(path)) return path;
  const temp = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${temp}/nothing.js`, "");
    const args = ["compile", "--quiet", "--no-config", "--target", triple, "--output", `${temp}/nothing`];
    await runToEnd(command, [...args, `${temp}/nothing.js`], { env });
  } finally {
    await Deno.remove(temp, { recursive: true });
  }
  return path;
}

function isThere(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
