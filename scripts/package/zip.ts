import { crc32, deflateRawSync } from "node:zlib";
import { SOURCE_DATE } from "../compile/source_date.ts";
import { concatenate, type Entry, sorted } from "./entry.ts";

const DEFLATE = 8;
const UNIX = 3;

/** A zip (PKWARE, APPNOTE.TXT 6.3): sorted, all of one time, with modes for those who unpack it on Unix. */
export function zip(entries: readonly Entry[]): Uint8Array<ArrayBuffer> {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { path, bytes, mode } of sorted(entries)) {
    const name = new TextEncoder().encode(path);
    const packed = deflateRawSync(bytes, { level: 6 });
    // Version 2.0, no flags, deflated, time and date, CRC-32, both sizes, length of the name, no extra field.
    const common = numbers(
      [2, 20],
      [2, 0],
      [2, DEFLATE],
      [2, dosTime()],
      [2, dosDate()],
      [4, crc32(bytes)],
      [4, packed.length],
      [4, bytes.length],
      [2, name.length],
      [2, 0],
    );
    const file = concatenate([numbers([4, 0x04034b50]), common, name, packed]);
    directory.push(
      numbers([4, 0x02014b50], [1, 20], [1, UNIX]),
      common,
      numbers([2, 0], [2, 0], [2, 0], [4, (0o100000 | mode) * 0x10000], [4, offset]),
      name,
    );
    files.push(file);
    offset += file.length;
  }
  const index = concatenate(directory);
  const count = entries.length;
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, index.length],
    [4, offset],
    [2, 0],
  );
  return concatenate([...files, index, end]);
}

function numbers(...fields: [bytes: 1 | 2 | 4, value: number][]): Uint8Array {
  return Uint8Array.from(
    fields.flatMap(([bytes, value]) =>
      Array.from({ length: bytes }, (_, i) => (value / 2 ** (8 * i)) & 0xff)
    ),
  );
}

function dosTime(): number {
  const date = SOURCE_DATE;
  return (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
}

function dosDate(): number {
  const date = SOURCE_DATE;
  return ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
}
