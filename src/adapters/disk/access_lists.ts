import { withFile } from "./file_errors.ts";
import { exists, resolveLinks } from "./paths.ts";

const known = new Map<string, boolean>();

/**
 * Looks for access lists (ACLs) on files of which the group may do more than others: Deno can't see them, and `ls` can.
 * To be called while a program may be run.
 */
export function lookForAccessLists(paths: readonly string[]): void {
  for (const path of paths) {
    const real = resolveLinks(path);
    if (Deno.build.os === "windows" || known.has(real) || !exists(real)) continue;
    const { mode } = withFile("read", path, () => Deno.statSync(real));
    if (mode === null || !groupMayDoMore(mode)) continue;
    const [, mark] = /^\S{10}(\S?)/.exec(runLs(real) ?? "") ?? [];
    if (mark !== undefined) known.set(real, mark === "+");
  }
}

/** "unknown" where nobody could be asked. */
export function accessListOf(realPath: string, mode: number): "none" | "some" | "unknown" {
  if (Deno.build.os === "windows" || !groupMayDoMore(mode)) return "none";
  if (!known.has(realPath) && Deno.permissions.querySync({ name: "run" }).state === "granted") {
    lookForAccessLists([realPath]);
  }
  const found = known.get(realPath);
  return found === undefined ? "unknown" : found ? "some" : "none";
}

/** Else a list gives nobody more than the mode says. */
function groupMayDoMore(mode: number): boolean {
  return ((mode >> 3) & 0o7 & ~mode) !== 0;
}

function runLs(path: string): string | undefined {
  try {
    const { stdout, success } = new Deno.Command("ls", {
      args: ["-ld", path],
      stdin: "null",
      stderr: "null",
    }).outputSync();
    return success ? new TextDecoder().decode(stdout) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
