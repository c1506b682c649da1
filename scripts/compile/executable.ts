import { permissionFlags } from "../permissions.ts";
import { runToEnd, SubprocessError } from "./subprocess.ts";
import { knownTo, type Target } from "./targets.ts";

/** The Deno that compiles. */
export interface Compiler {
  readonly command: string;
  /** The file that this command is. */
  readonly path: string;
  readonly env: Record<string, string>;
  /** "2.9.6". */
  readonly version: string;
}

/** The Deno that DENO_COMPILER names, with the `deno_dir` beside it where there is one; else the running Deno. */
export async function findCompiler(): Promise<Compiler> {
  const command = Deno.env.get("DENO_COMPILER") || Deno.execPath();
  const folder = `${command.replace(/[^/\\]*$/, "")}deno_dir`;
  const env: Record<string, string> = isFolder(folder) ? { DENO_DIR: folder } : {};
  const [, version] = /^deno (\S+)/.exec(await runToEnd(command, ["--version"], { env })) ?? [];
  if (version === undefined) throw new Error(`${command} is no Deno`);
  return { command, path: Deno.realPathSync(command), env, version };
}

/** The targets that this Deno can compile for; it names them when it is asked for one that nobody knows. */
export async function targetsOf({ command, env }: Compiler): Promise<readonly Target[]> {
  try {
    await runToEnd(command, ["compile", "--target", "nobodys-target", "none.js"], {
      env: { ...env, NO_COLOR: "1" },
    });
  } catch (error) {
    if (error instanceof SubprocessError) return knownTo(error.message);
    throw error;
  }
  return [];
}

/**
 * Compiles a JavaScript file, and what it imports, into an executable with awsmfa's permissions. Throws
 * SubprocessError.
 */
export async function compileExecutable(
  { command, env }: Compiler,
  entry: string,
  triple: string,
  output: string,
): Promise<void> {
  const args = ["compile", "--quiet", ...NOTHING_FROM_OUTSIDE, ...RUNTIME, ...permissionFlags()];
  await runToEnd(command, [...args, "--target", triple, "--output", output, entry], { env });
}

/** The bundle is all that goes in: no types are checked, no configuration and no package looked for. */
const NOTHING_FROM_OUTSIDE = ["--no-check", "--no-config", "--no-lock", "--no-remote", "--no-npm"];

/** V8's flags, for the check of the executable as well. */
export const V8_FLAGS: readonly string[] = [
  "--no-sparkplug",
  "--no-enable-lazy-source-positions",
  // No text becomes code: neither eval nor new Function.
  "--disallow-code-generation-from-strings",
];

const RUNTIME = [
  "--no-prompt",
  // Deno would let the program import code from six hosts of its own choice (`deno compile --help`, --allow-import).
  "--deny-import",
  // The code cache of a compiled program is a file of a predictable name in the world-writable temp folder: another
  // user of the machine could put it there first, and awsmfa would run what it holds.
  "--no-code-cache",
  // Two habits of V8 that pay in long runs only: compiling functions on a second thread, which a start waits for up to
  // 3 ms of 30, and parsing again for source positions at the first error, which --help and --version end with as well.
  `--v8-flags=${V8_FLAGS.join(",")}`,
];

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
