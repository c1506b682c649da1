import type { Bytes } from "./bytes.ts";
import type { ExecutableParts } from "./executable_parts.ts";

const CPUS: Record<number, ExecutableParts["arch"]> = { 0x01000007: "x64", 0x0100000c: "arm64" };
const LC_SEGMENT_64 = 0x19;
const LC_CODE_SIGNATURE = 0x1d;
const TRAILER = "<~sui-data~>";

/** A macOS executable (Apple, mach-o/loader.h); undefined for another format. Throws Error for an odd one. */
export function readMacho(file: Bytes): ExecutableParts | undefined {
  if (file.u32(0) !== 0xfeedfacf) return undefined;
  if (file.u32(12) !== 2) throw new Error("no Mach-O executable");
  let payload: Uint8Array<ArrayBuffer> | undefined;
  let signature: number | undefined;
  let at = 32;
  for (let left = file.u32(16); left > 0; left--) {
    const kind = file.u32(at);
    if (kind === LC_SEGMENT_64 && file.text(at + 8, 16) === "__SUI") payload ??= firstSection(file, at);
    if (kind === LC_CODE_SIGNATURE) signature = file.u32(at + 8);
    at += file.u32(at + 4);
  }
  const arch = CPUS[file.u32(4)];
  payload ??= behindTheEnd(file);
  if (payload === undefined) throw new Error("no payload in the Mach-O file");
  return { os: "macos", arch, payload, ...(signature === undefined ? {} : { codeSignature: signature }) };
}

/** On arm64 the payload is a section of its own segment (denoland/sui, lib.rs, struct Macho). */
function firstSection(file: Bytes, segment: number): Uint8Array<ArrayBuffer> {
  const section = segment + 72;
  return file.slice(file.u32(section + 48), file.u64(section + 40));
}

/** On x64 it stands behind the end: a mark, four bytes, its length, itself. The last one counts. */
function behindTheEnd(file: Bytes): Uint8Array<ArrayBuffer> | undefined {
  const mark = new TextEncoder().encode(TRAILER);
  for (let at = file.all.lastIndexOf(0x3c); at >= 0; at = file.all.lastIndexOf(0x3c, at - 1)) {
    if (!mark.every((byte, i) => file.all[at + i] === byte)) continue;
    return file.slice(at + mark.length + 12, file.u64(at + mark.length + 4));
  }
  return undefined;
}
