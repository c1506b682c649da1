import { makingWritable, running } from "../../domain/shell/shell_commands.ts";
import { FileError, joinHints } from "../../errors.ts";
import { explainFileError, withFile } from "../disk/file_errors.ts";
import { trialBeside } from "./draft.ts";
import { refuseOther } from "../disk/regular_file.ts";
import type { Warn } from "./save_warnings.ts";

/**
 * Throws FileError where a file that is there can't be replaced: it is marked read-only or immutable, or mounted
 * read-only. Changes nothing.
 */
export function refuseUnwritable(path: string, realPath: string, info: Deno.FileInfo): void {
  refuseMark(path, info);
  if (Deno.build.os === "windows") return;
  try {
    Deno.openSync(realPath, { write: true }).close();
  } catch (error) {
    // A file is replaced, not written: who may change the folder needs no right to the file.
    if (isCode(error, "EACCES", "ETXTBSY")) return;
    if (isCode(error, "EPERM")) {
      throw new FileError(
        `can't save ${path}: it is marked immutable`,
        joinHints(running("lsattr", path), " shows it; ", running("chattr -i", path)),
      );
    }
    throw explainFileError(error, "save", path) ?? error;
  }
}

/** A save replaces the file, so that the system would not mind the mark. Throws {@linkcode FileError}. */
export function refuseMark(path: string, info: Deno.FileInfo): void {
  refuseOther("save", path, info);
  if (info.mode !== null && (info.mode & 0o222) === 0) {
    throw new FileError(`can't save ${path}: it is marked read-only`, makingWritable(path));
  }
}

/** The other name of a file keeps its text, with long-term keys in it. */
export function warnOfHardLink(path: string, { nlink }: Deno.FileInfo, warn: Warn): void {
  if (nlink === null || nlink < 2 || Deno.build.os === "windows") return;
  warn(
    `${path} is also there under another name (hard link), which keeps the text as it is now`,
    joinHints(running("find / -xdev -samefile", path), " shows it"),
  );
}

/** True for a file that is mounted by itself, as in containers: no other can be put in its place. */
export function isMountedAlone(realPath: string): boolean {
  if (Deno.build.os === "windows") return false;
  const probe = trialBeside(realPath);
  try {
    Deno.linkSync(realPath, probe);
  } catch (error) {
    return isCode(error, "EXDEV");
  }
  withFile("remove", probe, () => Deno.removeSync(probe));
  return false;
}

/** True for an error of the system with one of these codes (errno(3)). */
export function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** Two of AWS's files may be one and the same: what is saved last would win. */
export function sameFile(path: string, other: string): FileError {
  return new FileError(
    `can't save ${path}: it is the same file as ${other}`,
    "AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE must name two files",
  );
}
