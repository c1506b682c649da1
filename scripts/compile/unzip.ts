import { inflateRawSync } from "node:zlib";

/** The one file in a zip archive (PKWARE's APPNOTE.TXT, 4.3). Throws where there are more, or none. */
export function firstOfZip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50 || view.getUint16(end + 10, true) !== 1) {
    throw new Error("no zip archive of one file");
  }
  const entry = view.getUint32(end + 16, true);
  const [method, size] = [view.getUint16(entry + 10, true), view.getUint32(entry + 20, true)];
  const local = view.getUint32(entry + 42, true);
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const data = bytes.subarray(start, start + size);
  if (method === 0) return new Uint8Array(data);
  if (method !== 8) throw new Error(`a zip archive with method ${method}`);
  return new Uint8Array(inflateRawSync(data));
}
