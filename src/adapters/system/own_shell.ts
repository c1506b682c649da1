import { isOfTheSystem } from "./is_of_the_system.ts";

/**
 * What a line of the system's own shell prints; undefined where that can't be run: a container may have none. Linux
 * tells much about processes in /proc, which Deno lets nobody read; the shell's own commands can. Never fails for
 * the folder that awsmfa is in, or for a variable.
 */
export function printedByShell(
  shell: "/bin/sh" | "/bin/bash",
  script: string,
  ...args: string[]
): string | undefined {
  try {
    const { stdout } = new Deno.Command(shell, {
      args: ["-c", script, shell, ...args],
      cwd: "/",
      stdin: "null",
      stderr: "null",
    }).outputSync();
    return new TextDecoder().decode(stdout);
  } catch (error) {
    // Whatever the system says, such as that no more files may be open: what awsmfa starts for itself fails nothing.
    if (isOfTheSystem(error)) return undefined;
    throw error;
  }
}
