import { inFolder } from "../../domain/paths/in_folder.ts";
import { withFile } from "../disk/file_errors.ts";
import { exists } from "../disk/paths.ts";
import { isInUse } from "../disk/while_in_use.ts";

/**
 * Gives locks back, and removes the folders that were made for them where nothing was saved: while the locks are held,
 * but on Windows, which removes no file that is open, after that.
 */
export function giveBack(
  locks: readonly Disposable[],
  madeFolders: readonly string[],
  lockPaths: readonly string[],
): void {
  const isWindows = Deno.build.os === "windows";
  if (!isWindows) removeMade(madeFolders, lockPaths);
  for (const lock of locks) lock[Symbol.dispose]();
  if (isWindows) removeMade(madeFolders, lockPaths);
}

/** Removes folders that hold nothing but these locks. */
export function removeMade(folders: readonly string[], lockPaths: readonly string[]): void {
  for (const folder of folders) removeWithLocks(folder, lockPaths);
}

function removeWithLocks(folder: string, lockPaths: readonly string[]): void {
  if (!exists(folder)) return;
  withFile("remove", folder, () => {
    const inside = [...Deno.readDirSync(folder)].map(({ name }) => inFolder(folder, name));
    if (!inside.every((path) => lockPaths.includes(path))) return;
    try {
      for (const path of inside) Deno.removeSync(path);
      Deno.removeSync(folder);
    } catch (error) {
      // On Windows another process may have taken the lock by then, and goes on in that folder.
      if (Deno.build.os !== "windows" || !isInUse(error)) throw error;
    }
  });
}
