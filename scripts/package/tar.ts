import { gzipSync } from "node:zlib";
import { SOURCE_DATE } from "../compile/source_date.ts";
import { concatenate, type Entry, foldersOf, sorted } from "./entry.ts";

const BLOCK = 512;

/**
 * A tar in the ustar format (POSIX.1-2024, pax, "ustar Interchange Format"): sorted, all of root's, all of one time.
 * `prefix` stands before each path, "./" as in a .deb. Paths have at most 100 signs.
 */
export function tar(entries: readonly Entry[], prefix = ""): Uint8Array<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  for (const folder of foldersOf(entries)) parts.push(header(`${prefix}${folder}/`, 0o755, 0, "5"));
  for (const { path, bytes, mode } of sorted(entries)) {
    parts.push(
      header(prefix + path, mode, bytes.length, "0"),
      bytes,
      new Uint8Array(-bytes.length & (BLOCK - 1)),
    );
  }
  return concatenate([...parts, new Uint8Array(2 * BLOCK)]);
}

/** The same bytes on every machine: no time, and no system named. */
export function gzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const zipped = new Uint8Array(gzipSync(bytes, { level: 6 }));
  zipped[9] = 255;
  return zipped;
}

function header(path: string, mode: number, size: number, type: "0" | "5"): Uint8Array {
  if (path.length > 100) throw new RangeError(`${path} is too long for ustar`);
  const block = new Uint8Array(BLOCK);
  const put = (at: number, text: string): void => block.set(new TextEncoder().encode(text), at);
  const octal = (at: number, length: number, value: number): void =>
    put(at, `${value.toString(8).padStart(length - 1, "0")}\0`);
  put(0, path);
  octal(100, 8, mode);
  octal(108, 8, 0);
  octal(116, 8, 0);
  octal(124, 12, size);
  octal(136, 12, SOURCE_DATE.getTime() / 1000);
  put(148, " ".repeat(8));
  put(156, type);
  put(257, "ustar\x0000");
  put(265, "root");
  put(297, "root");
  put(148, `${block.reduce((sum, byte) => sum + byte, 0).toString(8).padStart(6, "0")}\0 `);
  return block;
}
