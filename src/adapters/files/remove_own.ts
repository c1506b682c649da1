import { inFolder } from "../../domain/paths/in_folder.ts";
import { isDisposable } from "../../domain/paths/own_names.ts";
import { withFile } from "../disk/file_errors.ts";
import type { OwnFiles } from "../../world.ts";
import type { Waiting } from "../locks/lock.ts";
import { lockFiles } from "../locks/lock_files.ts";
import { lockPathOf } from "../locks/lock_path.ts";
import { exists, resolveLinks } from "../disk/paths.ts";
import { whileInUse } from "../disk/while_in_use.ts";

/**
 * Removes what awsmfa made for itself: the disposable files of its own folders, the folders where nothing else is in
 * them, and the locks of these files. The locks are held meanwhile, so that no other awsmfa saves something between.
 * `dry` only tells. Throws FileError.
 */
export async function removeOwn(
  folders: readonly string[],
  files: readonly string[],
  dry: boolean,
  waiting: Waiting,
): Promise<OwnFiles> {
  const there = folders.filter((folder) => exists(folder) && Deno.lstatSync(folder).isDirectory);
  // One file of a folder stands for all in it: they have one lock.
  const guarded = [...files.map(resolveLinks), ...there.map((folder) => inFolder(folder, "devices.json"))]
    .filter((path) => exists(lockPathOf(path)) || there.some((folder) => path.startsWith(folder)));
  const locks = [...new Set(guarded.map(lockPathOf))];
  const removed: string[] = [];
  const left: string[] = [];
  const remove = (path: string): void => {
    if (!dry) withFile("remove", path, () => whileInUse(() => Deno.removeSync(path)));
    removed.push(path);
  };
  const held = await lockFiles(dry ? [] : guarded, waiting);
  try {
    for (const folder of there) {
      for (const { name, isDirectory } of withFile("read", folder, () => [...Deno.readDirSync(folder)])) {
        const path = inFolder(folder, name);
        if (locks.includes(path)) continue;
        if (isDirectory || !isDisposable(name)) left.push(path);
        else remove(path);
      }
    }
    if (Deno.build.os !== "windows") { for (const path of locks) remove(path); }
  } finally {
    held[Symbol.dispose]();
  }
  // Windows removes no file that is open.
  for (const path of locks.filter((path) => exists(path) && !removed.includes(path))) remove(path);
  for (const folder of there) if (!left.some((path) => path.startsWith(folder))) remove(folder);
  return { removed, left };
}
