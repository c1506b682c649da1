import type { Bytes } from "./bytes.ts";
import type { ExecutableParts } from "./executable_parts.ts";

const MACHINES: Record<number, ExecutableParts["arch"]> = { 0x8664: "x64", 0xaa64: "arm64" };
const RCDATA = 10;
const NAME = "D3N0L4ND";
const CONSOLE = 3;

/** A Windows program (Microsoft, "PE Format"); undefined for another format. Throws Error for an odd one. */
export function readPe(file: Bytes): ExecutableParts | undefined {
  if (file.u16(0) !== 0x5a4d) return undefined;
  const header = file.u32(0x3c);
  const optional = header + 24;
  if (file.u32(header) !== 0x4550 || file.u16(optional) !== 0x20b) throw new Error("no 64-bit PE program");
  if (file.u16(optional + 68) !== CONSOLE) throw new Error("no console program");
  const [resources, certificates] = [optional + 112 + 8 * 2, optional + 112 + 8 * 4];
  return {
    os: "windows",
    arch: MACHINES[file.u16(header + 4)],
    payload: readResource(file, header, file.u32(resources)),
    signed: file.u32(certificates) !== 0,
  };
}

/** The payload is the resource RCDATA/D3N0L4ND: three levels, type, name and language, lead to it. */
function readResource(file: Bytes, header: number, address: number): Uint8Array<ArrayBuffer> {
  const root = offsetOf(file, header, address);
  let entry = 0;
  for (const wanted of [(id: number) => id === RCDATA, isNamed(file, root), () => true]) {
    entry = findEntry(file, root, root + (entry & 0x7fffffff), wanted);
  }
  return file.slice(offsetOf(file, header, file.u32(root + entry)), file.u32(root + entry + 4));
}

function findEntry(file: Bytes, root: number, directory: number, wanted: (id: number) => boolean): number {
  const count = file.u16(directory + 12) + file.u16(directory + 14);
  for (let i = 0; i < count; i++) {
    const at = directory + 16 + 8 * i;
    if (wanted(file.u32(at))) return file.u32(at + 4);
  }
  throw new Error(`no resource of this program's own in the directory at ${directory - root}`);
}

function isNamed(file: Bytes, root: number): (id: number) => boolean {
  return (id) => {
    if (id < 0x80000000) return false;
    const at = root + (id & 0x7fffffff);
    return new TextDecoder("utf-16le").decode(file.slice(at + 2, 2 * file.u16(at))) === NAME;
  };
}

/** Where in the file an address of the loaded program is. */
function offsetOf(file: Bytes, header: number, address: number): number {
  const sections = header + 24 + file.u16(header + 20);
  for (let i = 0; i < file.u16(header + 6); i++) {
    const at = sections + 40 * i;
    const [start, size] = [file.u32(at + 12), file.u32(at + 16)];
    if (address >= start && address < start + size) return address - start + file.u32(at + 20);
  }
  throw new Error(`no section holds the address ${address}`);
}
