import { type ShellSyntax, shellWord } from "../domain/shell_word.ts";
import { FileError } from "../errors.ts";

/** What the operating system's refusal means for a person, by its code (errno(3)); undefined for another error. */
export function explainFileError(error: unknown, doing: string, path: string): FileError | undefined {
  if (!(error instanceof Error)) return undefined;
  const [why, hint] = reasonOnWindows(error) ?? REASONS[codeOf(error)] ?? rareReason(error) ?? [];
  if (why === undefined) return undefined;
  const fix = hint?.includes("PATH")
    ? (shell: ShellSyntax): string => hint.replace("PATH", () => shellWord(path, shell))
    : hint;
  return new FileError(`cannot ${doing} ${path}: ${why}`, fix);
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
function reasonOnWindows({ message }: Error): [why: string, hint: string] | undefined {
  if (Deno.build.os !== "windows") return undefined;
  const [, number = ""] = /\(os error (\d+)\)/.exec(message) ?? [];
  return REASONS_ON_WINDOWS[number];
}

/** By the system's own numbers (Win32 error codes). */
const REASONS_ON_WINDOWS: Record<string, [why: string, hint: string]> = {
  5: ["permission denied, or another program has it open", "icacls PATH shows who may"],
  19: [
    "the disk is write-protected",
    "AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE can name files elsewhere",
  ],
  32: ["another program has it open", "close it there, then try again"],
  33: ["another program has it open", "close it there, then try again"],
  39: ["no space left on the disk", "make room on it; nothing was changed"],
  112: ["no space left on the disk", "make room on it; nothing was changed"],
  267: ["a part of the path is no folder", "dir PATH shows it"],
};

/** Any other refusal of the operating system, in its own words. */
function rareReason({ message }: Error): [why: string, hint: string] | undefined {
  const [, words] = /^([^:]+) \(os error \d+\)/.exec(message) ?? [];
  return words === undefined ? undefined : [words.toLowerCase(), "ls -ld PATH shows the file"];
}

const REASONS: Record<string, [why: string, hint: string]> = {
  EACCES: ["permission denied", "ls -ld PATH shows who may"],
  PermissionDenied: ["permission denied", "ls -ld PATH shows who may"],
  EPERM: ["operation not permitted", "ls -ld PATH shows who may"],
  EROFS: [
    "the file system is read-only",
    "AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE can name files in another place",
  ],
  ReadOnlyFilesystem: [
    "the file system is read-only",
    "AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE can name files in another place",
  ],
  ENOSPC: ["no space left on the disk", "df -h shows how full it is; nothing was changed"],
  EDQUOT: ["disk quota exceeded", "quota shows how much is used; nothing was changed"],
  EFBIG: ["the file size limit is exceeded", "ulimit -f shows the limit; nothing was changed"],
  EIO: ["input/output error", "the disk may be failing; nothing was changed"],
  EISDIR: ["it is a folder", "move the folder away"],
  IsADirectory: ["it is a folder", "move the folder away"],
  ENOTDIR: ["a part of the path is no folder", "ls -ld PATH shows it"],
  NotADirectory: ["a part of the path is no folder", "ls -ld PATH shows it"],
  ELOOP: ["its symbolic links lead in a circle", "ls -l PATH shows the link"],
  FilesystemLoop: ["its symbolic links lead in a circle", "ls -l PATH shows the link"],
  ENOENT: ["its folder is not there", "make the folder first"],
  NotFound: ["its folder is not there", "make the folder first"],
  NotCapable: [
    "awsmfa's own permissions don't cover it, as nothing in /dev and /proc",
    "AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE can name files in another place",
  ],
};
