import { inFolder } from "../domain/in_folder.ts";
import { withFile } from "./file_errors.ts";
import { exists } from "./paths.ts";
import { isInUse } from "./while_in_use.ts";

/** Removes a folder that was made for a save, where it holds nothing but the lock, because nothing was saved. */
export function removeWithLocks(folder: string, lockPaths: readonly string[]): void {
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
