/** Numbers and texts out of a file's bytes, for the readers of executables. Offsets are from the file's start. */
export interface Bytes {
  readonly all: Uint8Array<ArrayBuffer>;
  readonly u8: (at: number) => number;
  /** Little endian, as in ELF, Mach-O and PE of every target. */
  readonly u16: (at: number) => number;
  readonly u32: (at: number) => number;
  readonly u64: (at: number) => number;
  /** Big endian, as in a Mach-O's code signature. */
  readonly u32be: (at: number) => number;
  /** ASCII, up to the first zero. */
  readonly text: (at: number, length: number) => string;
  readonly slice: (at: number, length: number) => Uint8Array<ArrayBuffer>;
}

/** Throws RangeError, in each of its functions, for what lies outside. */
export function bytesOf(all: Uint8Array<ArrayBuffer>): Bytes {
  const view = new DataView(all.buffer, all.byteOffset, all.byteLength);
  const slice = (at: number, length: number): Uint8Array<ArrayBuffer> => {
    if (at < 0 || length < 0 || at + length > all.length) throw new RangeError(`no ${length} bytes at ${at}`);
    return all.subarray(at, at + length);
  };
  return {
    all,
    slice,
    u8: (at) => view.getUint8(at),
    u16: (at) => view.getUint16(at, true),
    u32: (at) => view.getUint32(at, true),
    u64: (at) => Number(view.getBigUint64(at, true)),
    u32be: (at) => view.getUint32(at, false),
    text: (at, length) => new TextDecoder("latin1").decode(slice(at, length)).replace(/\0.*$/s, ""),
  };
}
