import { bytesOf } from "./bytes.ts";
import { readElf } from "./read_elf.ts";
import { readMacho } from "./read_macho.ts";
import { readPe } from "./read_pe.ts";
import type { Target } from "./targets.ts";

/** What an executable file is, and what Deno put into it. */
export interface ReadExecutable {
  readonly os: Target["os"];
  /** Undefined for a machine that awsmfa is not made for. */
  readonly arch: Target["arch"] | undefined;
  /** What `deno compile` put in: see read_payload.ts. */
  readonly payload: Uint8Array<ArrayBuffer>;
  /** Where a Mach-O's code signature starts. */
  readonly codeSignature?: number;
  /** True where a PE holds an Authenticode signature; nothing is said of whether it is right. */
  readonly signed?: boolean;
}

/** Reads the bytes of a compiled program. Throws Error where these are none. */
export function readExecutable(bytes: Uint8Array<ArrayBuffer>): ReadExecutable {
  const file = bytesOf(bytes);
  const read = readElf(file) ?? readMacho(file) ?? readPe(file);
  if (read === undefined) throw new Error("no executable file");
  return read;
}
