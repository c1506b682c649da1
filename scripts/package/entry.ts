/** A file in an archive. Folders are made of the paths. */
export interface Entry {
  /** With `/`, none at the start. */
  readonly path: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mode: 0o644 | 0o755;
}

/** A file of text that anybody may read. */
export function textEntry(path: string, text: string): Entry {
  return { path, bytes: new TextEncoder().encode(text), mode: 0o644 };
}

/** In the order of their paths, so that the same files give the same archive. */
export function sorted(entries: readonly Entry[]): Entry[] {
  return entries.toSorted((a, b) => a.path < b.path ? -1 : 1);
}

/** Every folder on the way to the files, outermost first. */
export function foldersOf(entries: readonly Entry[]): string[] {
  const folders = new Set<string>();
  for (const { path } of entries) {
    for (let at = path.indexOf("/"); at >= 0; at = path.indexOf("/", at + 1)) folders.add(path.slice(0, at));
  }
  return [...folders].sort();
}

/** The parts one after another. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
