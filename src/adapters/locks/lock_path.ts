import { folderOf } from "../../domain/paths/folder_of.ts";
import { inFolder } from "../../domain/paths/in_folder.ts";
import { nameOf } from "../disk/paths.ts";

/** What a lock's name ends with; the one beside the credentials file is also that of awsmfa 0.1.0. */
export const LOCK = ".awsmfa.lock";
const BACKUP = "_backup_by_awsmfa";

/**
 * The lock that guards a file, behind all links. A backup has that of the file that it belongs to, and awsmfa's own
 * folder has one for all in it.
 */
export function lockPathOf(realPath: string): string {
  const folder = folderOf(realPath);
  if (isKeptByAwsmfa(realPath)) return inFolder(folder, LOCK);
  return `${realPath.endsWith(BACKUP) ? realPath.slice(0, -BACKUP.length) : realPath}${LOCK}`;
}

/** True for the files that awsmfa makes for itself: they are for nobody but their owner, whatever they were before. */
export function isOwnFile(realPath: string): boolean {
  return realPath.endsWith(BACKUP) || isKeptByAwsmfa(realPath);
}

/** True for a file in awsmfa's own folder of sessions and devices. */
export function isKeptByAwsmfa(realPath: string): boolean {
  return /^\.?awsmfa(-.*)?$/.test(nameOf(folderOf(realPath))) &&
    /\.json$|[/\\]rotation_\w+_keys$/.test(realPath);
}
