import { folderOf } from "../../domain/paths/folder_of.ts";
import { listing, running } from "../../domain/shell/shell_commands.ts";
import { FileError, type Hint, joinHints } from "../../errors.ts";

/** Why, and what to type about the file at this path. */
type Reason = readonly [why: string, hintFor: (path: string) => Hint];

/** What shows the file, and what can be seen there. */
const listed = (what: string) => (path: string): Hint => joinHints(listing(path), ` ${what}`);
/** In a folder that is closed to this user, `ls` says no more than awsmfa can. */
const whoMay = (path: string): Hint => joinHints(listing(inSight(path)), " shows who may");
const same = (hint: string) => (): Hint => hint;
const ELSEWHERE = same("AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE can name files in another place");

/** What the operating system's refusal means for a person, by its code (errno(3)); undefined for another error. */
export function explainFileError(error: unknown, doing: string, path: string): FileError | undefined {
  if (!(error instanceof Error)) return undefined;
  const reason = reasonOnWindows(error) ?? REASONS[codeOf(error)] ?? rareReason(error);
  if (reason === undefined) return undefined;
  const [why, hintFor] = reason;
  return new FileError(`can't ${doing} ${path}: ${why}`, hintFor(path));
}

/** Runs `action`, and says which file it was where the operating system refuses. */
export function withFile<T>(doing: string, path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw explainFileError(error, doing, path) ?? error;
  }
}

function codeOf(error: Error): string {
  if ("code" in error && typeof error.code === "string") return error.code;
  // Deno has no code for this one.
  return Deno.build.os !== "windows" && error.message.includes("(os error 27)") ? "EFBIG" : error.name;
}

/** Its numbers tell more than Deno's codes, and its tools have other names. */
function reasonOnWindows({ message }: Error): Reason | undefined {
  if (Deno.build.os !== "windows") return undefined;
  const [, number = ""] = /\(os error (\d+)\)/.exec(message) ?? [];
  return REASONS_ON_WINDOWS[number];
}

/** By the system's own numbers (Win32 error codes). */
const REASONS_ON_WINDOWS: Record<string, Reason> = {
  5: [
    "permission denied, or another program has it open",
    (path) => joinHints(running("icacls", path), " shows who may"),
  ],
  19: ["the disk is write-protected", ELSEWHERE],
  32: ["another program has it open", same("close it there, then try again")],
  33: ["another program has it open", same("close it there, then try again")],
  39: ["no space left on the disk", same("make room on it; nothing was changed")],
  112: ["no space left on the disk", same("make room on it; nothing was changed")],
  267: ["part of the path isn't a directory", (path) => joinHints(running("dir", path), " shows it")],
};

/** Any other refusal of the operating system, in its own words. */
function rareReason({ message }: Error): Reason | undefined {
  const [, words] = /^([^:]+) \(os error \d+\)/.exec(message) ?? [];
  return words === undefined ? undefined : [words.toLowerCase(), listed("shows the file")];
}

/** The path, or the nearest folder above it, that this user can look at. */
function inSight(path: string): string {
  try {
    Deno.lstatSync(path);
    return path;
  } catch (error) {
    const isClosed = error instanceof Deno.errors.PermissionDenied && folderOf(path) !== path;
    return isClosed ? inSight(folderOf(path)) : path;
  }
}

const REASONS: Record<string, Reason> = {
  EACCES: ["permission denied", whoMay],
  PermissionDenied: ["permission denied", whoMay],
  EPERM: ["operation not permitted", listed("shows who may")],
  EROFS: ["the file system is read-only", ELSEWHERE],
  ReadOnlyFilesystem: ["the file system is read-only", ELSEWHERE],
  ENOSPC: ["no space left on the disk", same("df -h shows how full it is; nothing was changed")],
  EDQUOT: ["disk quota exceeded", same("quota shows how much is used; nothing was changed")],
  EFBIG: ["the file size limit is exceeded", same("ulimit -f shows the limit; nothing was changed")],
  EMFILE: ["too many open files", same("ulimit -n shows the limit; 64 is enough")],
  EIO: ["input/output error", same("the disk may be failing; nothing was changed")],
  EISDIR: ["it is a directory", same("move the directory away")],
  IsADirectory: ["it is a directory", same("move the directory away")],
  ENOTDIR: ["part of the path isn't a directory", listed("shows it")],
  NotADirectory: ["part of the path isn't a directory", listed("shows it")],
  ELOOP: ["its symbolic links form a loop", listed("shows the link")],
  FilesystemLoop: ["its symbolic links form a loop", listed("shows the link")],
  ENOENT: ["its directory doesn't exist", same("create the directory first")],
  NotFound: ["its directory doesn't exist", same("create the directory first")],
  NotCapable: [
    "awsmfa's own permissions don't cover it, as nothing in /dev and /proc",
    ELSEWHERE,
  ],
};
