import { bytesOf } from "./bytes.ts";
import type { ExecutableParts } from "./executable_parts.ts";
import { readElf } from "./read_elf.ts";
import { readMacho } from "./read_macho.ts";
import { readPe } from "./read_pe.ts";

/** Reads the bytes of a compiled program. Throws Error where these are none. */
export function readExecutable(bytes: Uint8Array<ArrayBuffer>): ExecutableParts {
  const file = bytesOf(bytes);
  const read = readElf(file) ?? readMacho(file) ?? readPe(file);
  if (read === undefined) throw new Error("no executable file");
  return read;
}
