import { permissionFlags } from "../permissions.ts";
import { runToEnd } from "./subprocess.ts";

/** The Deno that compiles. */
export interface Compiler {
  readonly command: string;
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
  return { command, env, version };
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

const RUNTIME = [
  "--no-prompt",
  // The code cache of a compiled program is a file of a predictable name in the world-writable temp folder: another
  // user of the machine could put it there first, and awsmfa would run what it holds.
  "--no-code-cache",
  // Two habits of V8 that pay in long runs only: compiling functions on a second thread, which a start waits for up to
  // 3 ms of 30, and parsing again for source positions at the first error, which --help and --version end with as well.
  "--v8-flags=--no-concurrent-sparkplug,--no-enable-lazy-source-positions",
];

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}
