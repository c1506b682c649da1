import { folderOf } from "../../domain/paths/folder_of.ts";
import { inFolder } from "../../domain/paths/in_folder.ts";
import { plainPath } from "../../domain/paths/plain_path.ts";
import { FileError } from "../../errors.ts";
import type { Owner } from "./create_file.ts";
import { explainFileError, withFile } from "./file_errors.ts";
import { newOwner } from "./new_owner.ts";
import { nodeFs } from "../system/node_fs.ts";
import { OWN_UID } from "../system/own_uid.ts";
import { isUnsupported } from "../system/unsupported.ts";

/** Where a write must go so that a symbolic link stays one, also where its target is not there yet. */
export function resolveLinks(path: string): string {
  let at = path;
  for (let links = 0; links < 40; links++) {
    const target = linkTarget(at);
    if (target === undefined) return at;
    at = /^([/\\]|[A-Za-z]:)/.test(target) ? target : inFolder(folderOf(at), target);
  }
  throw explainFileError(Object.assign(new Error(), { code: "ELOOP" }), "read", path);
}

/** Where a symbolic link points to; undefined for any other path. */
export function linkTarget(path: string): string | undefined {
  try {
    if (!Deno.lstatSync(path).isSymlink) return undefined;
    const target = Deno.readLinkSync(path);
    return Deno.build.os === "windows" ? plainPath(target) : target;
  } catch (error) {
    if (isMissing(error, path)) return undefined;
    throw explainFileError(error, "read", path) ?? error;
  }
}

/** Windows says of what would be in a file that it is not there; elsewhere that is an error of its own. */
function isMissing(error: unknown, path: string): boolean {
  if (!(error instanceof Deno.errors.NotFound)) return false;
  const folder = folderOf(path);
  if (Deno.build.os !== "windows" || folder === path || folder === ".") return true;
  if (linkTarget(folder) === undefined && exists(folder) && Deno.statSync(folder).isFile) {
    throw new FileError(`${folder} is a file, not a directory`, "move it away");
  }
  return true;
}

/** True for any path that is there, a dangling link too. Throws FileError. */
export function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (isMissing(error, path)) return false;
    throw explainFileError(error, "read", path) ?? error;
  }
}

/**
 * Makes a folder that only its owner can enter, if there is none. The answer: the folders that had to be made, the
 * innermost first. Throws FileError.
 */
export function makeFolder(folder: string): string[] {
  if (exists(folder)) return [];
  const above = makeFolder(folderOf(folder));
  const owner = withFile("make the directory", folder, () => newOwner(folderOf(folder)));
  withFile("make the directory", folder, () => {
    try {
      makePrivateFolder(folder);
    } catch (error) {
      // Another process made it a moment ago.
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  });
  if (owner !== undefined) giveFolder(folder, owner);
  return [folder, ...above];
}

/**
 * Makes one folder that only its owner can enter, whatever the umask. Throws what the system says; also where something
 * is in its place.
 */
export function makePrivateFolder(folder: string): void {
  Deno.mkdirSync(folder, { mode: 0o700 });
  if (Deno.build.os === "windows" || ((Deno.lstatSync(folder).mode ?? 0o700) & 0o777) === 0o700) return;
  // Of a folder without any right, not even its owner has a descriptor; with a link in its place nothing is done.
  if (!Deno.lstatSync(folder).isSymlink) tryChmod(folder);
}

/** Gives a folder of awsmfa's own the rights back that an umask took from its owner; 0.1.0 made some without them. */
export function repairOwnFolder(folder: string): void {
  const { mode, uid, isDirectory } = Deno.lstatSync(folder);
  if (mode === null || !isDirectory || uid !== OWN_UID || (mode & 0o700) === 0o700) return;
  tryChmod(folder);
}

/** A file system without modes refuses any other than its own. */
function tryChmod(folder: string): void {
  try {
    Deno.chmodSync(folder, 0o700);
  } catch (error) {
    if (!(error instanceof Deno.errors.PermissionDenied || isUnsupported(error))) throw error;
  }
}

/** By its descriptor, and only if it is still the one that root made. */
function giveFolder(folder: string, { uid, gid }: Owner): void {
  const fs = nodeFs();
  const { O_RDONLY, O_DIRECTORY, O_NOFOLLOW } = fs.constants;
  const fd = fs.openSync(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  try {
    const { uid: maker, nlink } = fs.fstatSync(fd);
    if (maker === 0 && nlink <= 2) fs.fchownSync(fd, uid, gid);
  } catch (error) {
    // In a user namespace that does not know this user the folder stays root's.
    if (!isUnsupported(error)) throw error;
  } finally {
    fs.closeSync(fd);
  }
}

/** The last part of a path. */
export function nameOf(path: string): string {
  return path.slice(path.search(/[^/\\]*$/));
}
