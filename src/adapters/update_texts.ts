import { decodeBytes, encodeText } from "../domain/byte_text.ts";
import { FileError } from "../errors.ts";
import type { FilesEdit } from "../world.ts";
import { withFile } from "./file_errors.ts";
import { refuseMark } from "./files.ts";
import { lockBeside } from "./lock.ts";
import { exists, folderOf, makeFolder, nameOf, resolveLinks } from "./paths.ts";
import { readBytes } from "./regular_file.ts";
import { ignoreSignals } from "./signals.ts";

/** How often an update starts over because another program changed a file meanwhile. */
const ATTEMPTS = 10;

const LEFTOVER = ".awsmfa-";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** A file as it was when it was read. */
interface FileState {
  /** Behind all symbolic links. */
  readonly realPath: string;
  readonly bytes: Uint8Array | undefined;
  readonly text: string | undefined;
}

/**
 * Reads the files under a lock beside the first one, and saves what `edit` makes of them, in its order: each is
 * written beside, flushed to the disk and renamed, so that it is at every moment the old one or the new one.
 * `onWait` is called once if another process holds the lock. Throws {@linkcode FileError}.
 */
export async function updateTexts(
  paths: readonly string[],
  edit: FilesEdit,
  onWait: () => void,
): Promise<void> {
  await holdTexts(paths, (save) => Promise.resolve(save(edit)), onWait);
}

/** The same for work that takes its time: the lock is held until it ends, and `save` is how it saves meanwhile. */
export async function holdTexts<T>(
  paths: readonly string[],
  work: (save: (edit: FilesEdit) => void) => Promise<T>,
  onWait: () => void,
): Promise<T> {
  const [first = ""] = paths;
  const real = resolveLinks(first);
  makeFolder(folderOf(real));
  using _lock = await lockBeside(real, onWait);
  return await work((edit) => saveUnderLock(paths, edit));
}

function saveUnderLock(paths: readonly string[], edit: FilesEdit): void {
  const heedSignals = ignoreSignals();
  try {
    sweepLeftovers(paths.map(resolveLinks));
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (saveAll(paths, edit)) return;
    }
    throw new FileError(
      `${paths[0]} keeps being changed by another program`,
      "end that program, then try again",
    );
  } finally {
    heedSignals();
  }
}

/**
 * A path for a text that is not in its place yet: the next save removes what a killed run left there, and what an
 * editor made of that name.
 */
export function draftBeside(realPath: string): string {
  return `${realPath}${LEFTOVER}${crypto.randomUUID()}`;
}

/** False where one of the files is not what `edit` saw any more. */
function saveAll(paths: readonly string[], edit: FilesEdit): boolean {
  const states = new Map(paths.map((path) => [path, readState(path)]));
  const changes = edit(paths.map((path) => states.get(path)?.text)).map((change) => {
    const state = states.get(change.path);
    if (state === undefined) throw new Error(`${change.path} was not read before it was changed`);
    return { ...change, state };
  }).filter(({ text, state }) => text !== state.text);
  const drafts = new Map<string, string>();
  const folders: string[] = [];
  try {
    // Every new text is on the disk before the first file changes: where one does not fit, none changes.
    for (const { path, text, state } of changes) {
      if (text === undefined) continue;
      const before = state.bytes === undefined ? undefined : Deno.statSync(state.realPath);
      if (before !== undefined) refuseMark(path, before);
      const draft = draftBeside(state.realPath);
      drafts.set(path, draft);
      folders.unshift(...makeFolder(folderOf(state.realPath)));
      withFile("save", path, () => writeWhole(draft, encodeText(text), before));
    }
    return changes.every(({ path, state }) => {
      const isReplaced = replace(path, state, drafts.get(path));
      if (isReplaced) drafts.delete(path);
      return isReplaced;
    });
  } finally {
    for (const draft of drafts.values()) if (exists(draft)) Deno.removeSync(draft);
    for (const folder of folders) removeIfEmpty(folder);
  }
}

/** Puts the draft in the file's place, or removes the file; false where it was changed meanwhile. */
function replace(path: string, state: FileState, draft: string | undefined): boolean {
  if (!isUnchanged(state)) return false;
  // A link is removed, and what it points to is not.
  if (draft === undefined) withFile("remove", path, () => Deno.removeSync(path));
  else withFile("save", path, () => Deno.renameSync(draft, state.realPath));
  syncFolder(folderOf(state.realPath));
  return true;
}

/** The new file has the mode and the owner of the one `before` it, else 0600. */
function writeWhole(temporary: string, bytes: Uint8Array, before: Deno.FileInfo | undefined): void {
  const file = Deno.openSync(temporary, { write: true, createNew: true, mode: 0o600 });
  try {
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    if (Deno.build.os !== "windows" && before !== undefined) {
      const now = file.statSync();
      if (before.uid !== now.uid || before.gid !== now.gid) Deno.chownSync(temporary, before.uid, before.gid);
      if (before.mode !== null) Deno.chmodSync(temporary, before.mode & 0o777);
    }
    file.syncSync();
  } finally {
    file.close();
  }
}

function isUnchanged(state: FileState): boolean {
  const now = readBytes(state.realPath);
  const before = state.bytes;
  if (now === undefined || before === undefined) return now === before;
  if (now.length !== before.length) return false;
  for (let i = 0; i < now.length; i++) if (now[i] !== before[i]) return false;
  return true;
}

function readState(path: string): FileState {
  const realPath = resolveLinks(path);
  const bytes = readBytes(realPath);
  return { realPath, bytes, text: bytes === undefined ? undefined : decodeBytes(bytes) };
}

/** A rename is on the disk only when its folder is; Windows has no such call. */
function syncFolder(folder: string): void {
  if (Deno.build.os === "windows") return;
  using file = Deno.openSync(folder);
  file.syncSync();
}

/** Nobody else writes while the lock is held: what lies here was left by a process that was killed. */
function sweepLeftovers(paths: readonly string[]): void {
  for (const folder of new Set(paths.map(folderOf))) {
    if (!exists(folder)) continue;
    const starts = paths.filter((path) => folderOf(path) === folder)
      .map((path) => nameOf(path) + LEFTOVER);
    // A person's own copy may be called credentials.awsmfa-old.
    const isDraft = (name: string): boolean =>
      starts.some((start) => {
        const at = name.indexOf(start);
        return at !== -1 && UUID.test(name.slice(at + start.length));
      });
    for (const { name } of withFile("read", folder, () => [...Deno.readDirSync(folder)])) {
      if (isDraft(name)) withFile("remove", name, () => Deno.removeSync(`${folder}/${name}`));
    }
  }
}

/** For a folder that was made for a save that failed. */
function removeIfEmpty(folder: string): void {
  if (!exists(folder)) return;
  if (withFile("read", folder, () => [...Deno.readDirSync(folder)]).length === 0) Deno.removeSync(folder);
}
