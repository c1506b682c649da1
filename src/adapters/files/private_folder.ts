import { folderOf } from "../../domain/paths/folder_of.ts";
import { decodeBytes } from "../../domain/text/byte_text.ts";
import { listing, movingAway, removing, running } from "../../domain/shell/shell_commands.ts";
import { FileError, joinHints } from "../../errors.ts";
import { withFile } from "../disk/file_errors.ts";
import { keepsModes } from "./keeps_modes.ts";
import { OWN_UID } from "../system/own_uid.ts";
import { exists, repairOwnFolder } from "../disk/paths.ts";
import { readBytes } from "../disk/regular_file.ts";

/**
 * Throws FileError where a folder is there, and is another user's, or others than its owner can write into it: they
 * could have put there what is in it.
 */
export function checkPrivateFolder(path: string): void {
  if (Deno.build.os === "windows" || !exists(path)) return;
  const { isDirectory, mode, uid } = withFile("read", path, () => Deno.statSync(path));
  if (!isDirectory) {
    throw new FileError(`${path} isn't a directory`, joinHints("move it away: ", movingAway(path)));
  }
  const mayWrite = Deno.permissions.querySync({ name: "write" }).state === "granted";
  if (mayWrite) repairOwnFolder(path);
  const isLoose = mode !== null && (mode & 0o022) !== 0;
  if (isLoose && keepsModes(path)) {
    throw new FileError(
      `${path} can be written by other users (mode ${shown(mode)})`,
      running("chmod 700", path),
    );
  }
  if (!isLoose) refuseForeign(path, uid);
}

/**
 * The text of a file in such a folder, undefined where there is none. Throws FileError for one that another user may
 * have made: a foreign owner, a second name, or rights of others.
 */
export function readPrivateText(path: string): string | undefined {
  checkPrivateFolder(folderOf(path));
  const bytes = readBytes(path, ({ uid, nlink, mode }) => {
    if (Deno.build.os === "windows" || mode === null) return;
    const isLoose = (mode & 0o077) !== 0;
    if (isLoose && !keepsModes(folderOf(path))) return;
    refuseForeign(path, uid);
    if (isLoose) {
      throw new FileError(
        `${path} is open to other users (mode ${shown(mode)})`,
        joinHints("remove it: ", removing(path)),
      );
    }
    if (nlink !== null && nlink > 1) {
      throw new FileError(
        `${path} is also there under another name (hard link)`,
        joinHints("remove it: ", removing(path)),
      );
    }
  });
  return bytes && decodeBytes(bytes);
}

/** Root works for whoever owns the folder around it (sudo that keeps HOME), and for nobody else. */
function refuseForeign(path: string, uid: number | null): void {
  if (uid === OWN_UID || uid === null) return;
  if (OWN_UID === 0 && uid === withFile("read", path, () => Deno.statSync(folderOf(path))).uid) return;
  throw new FileError(
    `${path} belongs to another user (uid ${uid})`,
    joinHints(listing(path), " shows it; remove it"),
  );
}

function shown(mode: number): string {
  return `0${(mode & 0o777).toString(8)}`;
}
