import { shellOfProgram } from "../shells/shell.ts";
import type { World } from "../world.ts";

/** The shell that awsmfa was started from, else the login shell: one that `awsmfa env -s` knows. */
export async function findShell(world: World): Promise<string> {
  for (const program of [await world.parentProgram(), world.env("SHELL")]) {
    const shell = program === undefined ? undefined : shellOfProgram(program);
    if (shell !== undefined) return shell;
  }
  return world.windows ? "powershell" : "sh";
}
