import { folderOf } from "../../domain/paths/folder_of.ts";
import { inFolder } from "../../domain/paths/in_folder.ts";
import { isDraftOf, isTrial } from "./draft.ts";
import { withFile } from "../disk/file_errors.ts";
import { isKeptByAwsmfa } from "../locks/lock_path.ts";
import { exists, nameOf } from "../disk/paths.ts";

/**
 * Removes the drafts of these files, whose locks are held: what lies there was left by a run that was killed. In
 * awsmfa's own folder, which has one lock, those of all its files.
 */
export function sweepDrafts(lockedFiles: readonly string[]): void {
  for (const folder of new Set(lockedFiles.map(folderOf))) {
    if (!exists(folder)) continue;
    const files = lockedFiles.filter((path) => folderOf(path) === folder);
    const isOwnFolder = files.some(isKeptByAwsmfa);
    for (const { name, isDirectory } of withFile("read", folder, () => [...Deno.readDirSync(folder)])) {
      const ofOwn = isOwnFolder ? /^(.*\.json)\.awsmfa[-.]/.exec(name)?.[1] : undefined;
      const isDraft = ofOwn === undefined
        ? files.some((path) => isDraftOf(nameOf(path), name))
        : isDraftOf(ofOwn, name);
      const path = inFolder(folder, name);
      // A folder of that name is somebody's own.
      if (isDraft && !isDirectory && !isBeingTried(path)) removeIfAllowed(path);
    }
  }
}

/** How long a trial, which takes no lock, may take at most: an hour in a machine that sleeps. */
const TRIAL_MS = 3_600_000;

/** True for what another awsmfa tries at this moment: it holds no text, and is gone in a moment. */
function isBeingTried(path: string): boolean {
  if (!isTrial(path)) return false;
  try {
    const { mtime } = Deno.lstatSync(path);
    return mtime !== null && Date.now() - mtime.getTime() < TRIAL_MS;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return true;
    throw error;
  }
}

/** In a shared folder another user's file may lie there: no reason not to save. */
function removeIfAllowed(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotFound)) {
      throw error;
    }
  }
}
