import { NO_FILE } from "../../domain/paths/locations.ts";
import { listing, unsetting } from "../../domain/shell/shell_commands.ts";
import { FileError, joinHints } from "../../errors.ts";
import { explainFileError, withFile } from "./file_errors.ts";
import { exists, resolveLinks } from "./paths.ts";

/** AWS's files have some KB. What is larger is something else, or was made to fill the memory. */
const MOST_BYTES = 10 * 1024 * 1024;

/**
 * The bytes of an ordinary file of at most 10 MB, undefined where there is none. `check` may refuse it by what its
 * descriptor says. Throws {@linkcode FileError}, and never waits for a pipe.
 */
export function readBytes(
  path: string,
  check: (info: Deno.FileInfo) => void = () => {},
): Uint8Array | undefined {
  const found = statIfThere(path);
  if (found === undefined) return undefined;
  // As for the AWS tools, a way to say that there is no file.
  if (found.isCharDevice && resolveLinks(path) === NO_FILE) return new Uint8Array();
  refuseOther("read", path, found);
  return withFile("read", path, () => {
    using file = Deno.openSync(path);
    // Another file may have taken its place a moment ago.
    const info = file.statSync();
    refuseOther("read", path, info);
    check(info);
    return readAll(path, file, info.size);
  });
}

/** Throws FileError for what is no ordinary file. */
export function refuseOther(doing: string, path: string, info: Deno.FileInfo): void {
  if (info.isFile) return;
  if (info.isDirectory) {
    throw new FileError(`can't ${doing} ${path}: it is a directory`, "move the directory away");
  }
  if (path === NO_FILE) {
    throw new FileError(
      `can't ${doing} ${path}: a variable names it, which says that there is no such file`,
      unsetting("AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"),
    );
  }
  const kind = info.isFifo ? "a named pipe" : info.isSocket ? "a socket" : "a device";
  throw new FileError(
    `can't ${doing} ${path}: it is ${kind}, not a file`,
    joinHints(listing(path), " shows it"),
  );
}

function statIfThere(path: string): Deno.FileInfo | undefined {
  try {
    return Deno.statSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    // Deno before 2.8 calls a link to a file that is not there a circle of links.
    if (error instanceof Deno.errors.FilesystemLoop && !exists(resolveLinks(path))) return undefined;
    throw explainFileError(error, "read", path) ?? error;
  }
}

/** Counts while it reads: the size may be wrong, or change. */
function readAll(path: string, file: Deno.FsFile, size: number): Uint8Array {
  let bytes = new Uint8Array(Math.min(size, MOST_BYTES) + 1);
  let length = 0;
  for (;;) {
    const count = size > MOST_BYTES ? 0 : file.readSync(bytes.subarray(length));
    if (size > MOST_BYTES || length + (count ?? 0) > MOST_BYTES) {
      const megabytes = Math.round(Math.max(size, length) / 1024 / 1024);
      throw new FileError(
        `can't read ${path}: it has ${megabytes} MB, and awsmfa reads files of at most 10 MB`,
        joinHints("is it the right file? ", listing(path)),
      );
    }
    if (count === null) return bytes.subarray(0, length);
    length += count;
    if (length === bytes.length) {
      const more = new Uint8Array(bytes.length * 2);
      more.set(bytes);
      bytes = more;
    }
  }
}
