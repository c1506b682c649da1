import { folderOf } from "../../domain/paths/folder_of.ts";
import { decodeBytes } from "../../domain/text/byte_text.ts";
import type { FileInfo } from "../../world.ts";
import { withFile } from "../disk/file_errors.ts";
import { keepsModes } from "./keeps_modes.ts";
import { exists, linkTarget, resolveLinks } from "../disk/paths.ts";
import { readBytes, refuseOther } from "../disk/regular_file.ts";
import { refuseMark } from "./writable_place.ts";

/** A file's text, undefined where there is none. Throws {@linkcode FileError}. */
export function readText(path: string): string | undefined {
  const bytes = readBytes(path);
  return bytes === undefined ? undefined : decodeBytes(bytes);
}

/** Throws {@linkcode FileError} where one of these files is marked read-only, or is a folder. Touches nothing. */
export function refuseReadOnly(paths: readonly string[]): void {
  for (const path of paths) {
    const place = resolveLinks(path);
    if (exists(place)) refuseMark(path, withFile("read", path, () => Deno.statSync(place)));
  }
}

/** Adds to the end of a file. Throws {@linkcode FileError}. */
export function appendText(path: string, text: string): void {
  // Opening a pipe that nobody reads would wait for ever.
  if (exists(path)) refuseOther("save", path, withFile("save", path, () => Deno.statSync(path)));
  withFile("save", path, () => Deno.writeTextFileSync(path, text, { append: true }));
}

/** What there is to know of a file besides its bytes; undefined where there is none. */
export function fileInfo(path: string): FileInfo | undefined {
  if (!exists(path)) return undefined;
  const { mtime } = withFile("read", path, () => Deno.lstatSync(path));
  return { linkTo: linkTarget(path), modified: mtime ?? new Date(0) };
}

/** The names in a folder, in order; none where there is no folder. */
export function listFolder(path: string): string[] {
  if (!exists(path)) return [];
  return withFile("read", path, () => [...Deno.readDirSync(path)].map(({ name }) => name)).sort();
}

/** The permission bits of a file that others than its owner can read, else undefined; Windows has none. */
export function looseMode(path: string): number | undefined {
  const real = resolveLinks(path);
  if (Deno.build.os === "windows" || !exists(real)) return undefined;
  const { isFile, mode: bits } = withFile("read", path, () => Deno.statSync(real));
  const mode = isFile ? (bits ?? 0) & 0o777 : 0;
  return (mode & 0o077) === 0 || !keepsModes(folderOf(real)) ? undefined : mode;
}
