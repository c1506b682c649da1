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
    if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied) {
      return undefined;
    }
    throw error;
  }
}
