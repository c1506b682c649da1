import type { Bytes } from "./bytes.ts";
import type { ExecutableParts } from "./executable_parts.ts";

const MACHINES: Record<number, ExecutableParts["arch"]> = { 0x3e: "x64", 0xb7: "arm64" };
const EXECUTABLE = [2, 3];

/** A Linux executable (System V ABI, "ELF header"); undefined for another format. Throws Error for an odd one. */
export function readElf(file: Bytes): ExecutableParts | undefined {
  if (file.u32(0) !== 0x464c457f) return undefined;
  const [class64, littleEndian, type] = [file.u8(4) === 2, file.u8(5) === 1, file.u16(16)];
  if (!class64 || !littleEndian || !EXECUTABLE.includes(type)) throw new Error("no 64-bit ELF executable");
  const end = file.all.length;
  // Behind what the linker wrote stands the payload, and behind that, as the last 16 bytes, a magic number, a hash
  // and how many bytes these are together (denoland/sui, lib.rs, struct Elf).
  if (file.u32(end - 16) !== 0x501e) throw new Error("no payload at the end of the ELF file");
  const length = file.u64(end - 8);
  return { os: "linux", arch: MACHINES[file.u16(18)], payload: file.slice(end - length, length - 16) };
}
