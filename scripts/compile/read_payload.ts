import { bytesOf } from "./bytes.ts";

/** What `deno compile` puts into an executable. */
export interface Payload {
  /** How the program runs: only what is checked is named here. */
  readonly settings: {
    readonly permissions: Record<string, string[] | boolean | null>;
    readonly v8_flags: readonly string[];
    readonly entrypoint_key: string;
    readonly node_modules: unknown;
  };
  /** The embedded files: path -> bytes. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

type Entry =
  | { File: { n: string; o: [at: number, length: number] } }
  | { Dir: { name: string; entries: Entry[] } };

const MAGIC = "d3n0l4nd";

/**
 * Reads it, in the form of Deno 2.7 to 2.9 (denoland/deno, cli/lib/standalone/binary.rs): the magic, settings as
 * JSON, the list of files as JSON, their bytes, the magic. Throws Error where it is another one.
 */
export function readPayload(payload: Uint8Array<ArrayBuffer>): Payload {
  const bytes = bytesOf(payload);
  // A section is as long as its segment: zeros may follow.
  const end = payload.findLastIndex((byte) => byte !== 0) + 1;
  if (bytes.text(0, 8) !== MAGIC || bytes.text(end - 8, 8) !== MAGIC) throw new Error("no payload of Deno's");
  const decoder = new TextDecoder();
  const settingsLength = bytes.u64(8);
  const settings = JSON.parse(decoder.decode(bytes.slice(16, settingsLength)));
  const listAt = findList(payload, 16 + settingsLength);
  const listLength = bytes.u64(listAt - 8);
  const list: Entry[] = JSON.parse(decoder.decode(bytes.slice(listAt, listLength)));
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const contents = listAt + listLength + 8;
  walk(list, "", (path, at, length) => files.set(path, bytes.slice(contents + at, length)));
  return { settings, files };
}

/** Between settings and list stand counts of what this program has none of: npm packages, remote modules. */
function findList(payload: Uint8Array, from: number): number {
  const at = payload.indexOf(0x5b, from);
  if (at < 0 || at - from > 64 || payload.subarray(from, at - 8).some((byte) => byte !== 0)) {
    throw new Error("packages or remote modules in the executable, or a payload of another Deno");
  }
  return at;
}

function walk(
  entries: readonly Entry[],
  prefix: string,
  visit: (path: string, at: number, length: number) => void,
): void {
  for (const entry of entries) {
    if ("File" in entry) visit(prefix + entry.File.n, ...entry.File.o);
    else if ("Dir" in entry) walk(entry.Dir.entries, `${prefix}${entry.Dir.name}/`, visit);
    else throw new Error(`an entry of another kind in the executable: ${Object.keys(entry)[0]}`);
  }
}
