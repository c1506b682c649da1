import { createHash } from "node:crypto";
import { bytesOf } from "./bytes.ts";

const EMBEDDED_SIGNATURE = 0xfade0cc0;
const CODE_DIRECTORY = 0xfade0c02;
const SHA256 = 2;

/**
 * Checks that a Mach-O's code signature covers the file as it is, which macOS demands of every arm64 program: the
 * hash of each page (Apple, xnu, osfmk/kern/cs_blobs.h). Resolves to how many; throws Error for the first that is
 * wrong. Who signed is not looked at.
 */
export function checkCodeSignature(bytes: Uint8Array<ArrayBuffer>, signature: number): number {
  const file = bytesOf(bytes);
  if (file.u32be(signature) !== EMBEDDED_SIGNATURE) throw new Error("no code signature");
  const directory = findCodeDirectory(bytes, signature);
  const [hashes, pages, limit] = [
    directory + file.u32be(directory + 16),
    file.u32be(directory + 28),
    file.u32be(directory + 32),
  ];
  const [hashSize, hashType, pageSize] = [
    file.u8(directory + 36),
    file.u8(directory + 37),
    2 ** file.u8(directory + 39),
  ];
  if (hashType !== SHA256) throw new Error(`hashes of type ${hashType}, not SHA-256`);
  if (limit !== signature || pages !== Math.ceil(limit / pageSize)) {
    throw new Error("the code signature does not cover all that stands before it");
  }
  for (let page = 0; page < pages; page++) {
    const at = page * pageSize;
    const digest = createHash("sha256").update(file.slice(at, Math.min(pageSize, limit - at))).digest();
    const signed = file.slice(hashes + page * hashSize, hashSize);
    if (digest.compare(signed) !== 0) throw new Error(`the code signature's hash of page ${page} is wrong`);
  }
  return pages;
}

function findCodeDirectory(bytes: Uint8Array<ArrayBuffer>, signature: number): number {
  const file = bytesOf(bytes);
  for (let i = 0; i < file.u32be(signature + 8); i++) {
    const blob = signature + file.u32be(signature + 12 + 8 * i + 4);
    if (file.u32be(blob) === CODE_DIRECTORY) return blob;
  }
  throw new Error("no code directory in the code signature");
}
