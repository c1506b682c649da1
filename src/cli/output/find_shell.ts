import { shellAmong, syntaxOf } from "../../domain/shell/shell_of_program.ts";
import type { ShellSyntax } from "../../domain/shell/shell_word.ts";
import { type Hint, hintIn } from "../../errors.ts";
import type { World } from "../../world.ts";

/** The shell that awsmfa was started from, else the login shell: one that `awsmfa env -s` knows. */
export async function findShell(world: World): Promise<string> {
  return shellAmong([await world.parentProgram(), world.env("SHELL")], world.windows);
}

/** How that shell reads what a person types. */
export async function findSyntax(world: World): Promise<ShellSyntax> {
  return syntaxOf(await findShell(world)) ?? "posix";
}

/** A hint for that shell, which is looked for only where it makes a difference. */
export async function hintFor(world: World, hint: Hint): Promise<string> {
  return hintIn(hint, typeof hint === "string" ? "posix" : await findSyntax(world));
}
