import { folderOf } from "../../domain/paths/folder_of.ts";
import { createFile } from "../disk/create_file.ts";
import { trialBeside } from "./draft.ts";
import { withFile } from "../disk/file_errors.ts";
import { checkLock } from "../locks/lock.ts";
import { lockPathOf } from "../locks/lock_path.ts";
import { newOwner } from "../disk/new_owner.ts";
import { exists, resolveLinks } from "../disk/paths.ts";
import type { Warn } from "./save_warnings.ts";
import { ignoreSignals } from "../system/signals.ts";
import { isMountedAlone, refuseUnwritable, sameFile, warnOfHardLink } from "./writable_place.ts";

/** The session, the backup, what is kept of both, and a lock: some disks give each of them a block of 4 KB. */
const ROOM = 24 * 1024;

/**
 * Tries what a save of these files will do, so that nobody is asked for a code in vain: each is there to be replaced,
 * its lock can be had, its folder takes a new file with room for the text, and lets it be renamed. Throws
 * {@linkcode FileError} where one of them is refused. Leaves nothing but the locks' files.
 */
export function checkReplaceable(paths: readonly string[], warn: Warn): void {
  const places = paths.map((path) => ({ path, realPath: resolveLinks(path) }));
  for (const [i, { path, realPath }] of places.entries()) {
    const other = places.slice(0, i).find((place) => place.realPath === realPath);
    if (other !== undefined) throw sameFile(path, other.path);
    tryToSave(path, realPath, warn);
  }
}

function tryToSave(path: string, realPath: string, warn: Warn): void {
  const info = exists(realPath) ? withFile("read", path, () => Deno.statSync(realPath)) : undefined;
  if (info !== undefined) {
    refuseUnwritable(path, realPath, info);
    warnOfHardLink(path, info, warn);
  }
  const folder = folderOf(realPath);
  // It is made by the save.
  if (!exists(folder)) return tryToMake(path, nearestFolder(folder));
  checkLock(lockPathOf(realPath), realPath);
  // A save sweeps it.
  withFile("read", folder, () => Deno.readDirSync(folder).next());
  withFile("save", path, () => {
    tryToOpen(folder);
    tryRoom(realPath, (info?.size ?? 0) + ROOM);
    // The file itself is written, since no other can be put in its place.
    if (info !== undefined && isMountedAlone(realPath)) Deno.openSync(realPath, { write: true }).close();
  });
}

/** Writes so many bytes beside a file, and renames what it wrote, as a save does. */
function tryRoom(realPath: string, size: number): void {
  const [first, second] = [trialBeside(realPath), trialBeside(realPath)];
  const heedSignals = ignoreSignals();
  try {
    using file = createFile(first, 0o600, newOwner(folderOf(realPath)));
    file.write(new Uint8Array(size));
    file.sync();
    file[Symbol.dispose]();
    Deno.renameSync(first, second);
  } finally {
    for (const path of [first, second]) if (exists(path)) Deno.removeSync(path);
    heedSignals();
  }
}

/** What a request, the locks and the save have open at once. */
const MOST_OPEN = 6;

function tryToOpen(folder: string): void {
  const files: Deno.FsFile[] = [];
  try {
    if (Deno.build.os === "windows") return;
    while (files.length < MOST_OPEN) files.push(Deno.openSync(folder));
  } finally {
    for (const file of files) file.close();
  }
}

function tryToMake(path: string, folder: string): void {
  withFile("save", path, () => Deno.removeSync(Deno.makeTempDirSync({ dir: folder, prefix: ".awsmfa-" })));
}

function nearestFolder(folder: string): string {
  return exists(folder) ? folder : nearestFolder(folderOf(folder));
}
