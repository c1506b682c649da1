import { decodeBytes, encodeText } from "../domain/byte_text.ts";
import { FileError } from "../errors.ts";
import type { FilesEdit } from "../world.ts";
import { explainFileError, withFile } from "./file_errors.ts";
import { ignoreSignals } from "./signals.ts";

/** How often an update starts over because another program changed a file meanwhile. */
const ATTEMPTS = 10;

/** A file as it was when it was read. */
interface FileState {
  /** Behind all symbolic links. */
  readonly realPath: string;
  readonly bytes: Uint8Array | undefined;
  readonly text: string | undefined;
}

/** A file's text, undefined where there is none. Throws {@linkcode FileError}. */
export function readText(path: string): string | undefined {
  // Deno before 2.8 calls a link to a file that is not there a circle of links.
  const bytes = readBytes(resolveLinks(path), path);
  return bytes === undefined ? undefined : decodeBytes(bytes);
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
  const [first] = paths;
  if (first === undefined) return;
  const real = resolveLinks(first);
  makeFolder(folderOf(real));
  const lock = await lockBeside(real, onWait);
  const heedSignals = ignoreSignals();
  try {
    for (const path of paths) sweepLeftovers(resolveLinks(path));
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (saveAll(paths, edit)) return;
    }
    throw new FileError(
      `${first} keeps being changed by another program`,
      "end that program, then try again",
    );
  } finally {
    heedSignals();
    lock.close();
  }
}

/**
 * Throws {@linkcode FileError} where the file could not be saved: it is marked read-only, or its folder takes no
 * new file. No file of the user's is opened for writing; the lock file is made, as any save would.
 */
export function checkReplaceable(path: string): void {
  const real = resolveLinks(path);
  if (!exists(folderOf(real))) return;
  if (exists(real)) {
    const { isDirectory, mode } = withFile("read", path, () => Deno.statSync(real));
    if (isDirectory) throw new FileError(`cannot save ${path}: it is a folder`, "move the folder away");
    if (mode !== null && (mode & 0o222) === 0) {
      throw new FileError(`cannot save ${path}: it is marked read-only`, `chmod u+w ${path}`);
    }
  }
  openLock(real).close();
}

/** The permission bits of a file that others than its owner can read, else undefined; Windows has none. */
export function looseMode(path: string): number | undefined {
  if (Deno.build.os === "windows" || !exists(path)) return undefined;
  const mode = (withFile("read", path, () => Deno.statSync(path)).mode ?? 0) & 0o777;
  return (mode & 0o077) === 0 ? undefined : mode;
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
  try {
    // Every new text is on the disk before the first file changes: where one does not fit, none changes.
    for (const { path, text, state } of changes) {
      if (text === undefined) continue;
      const draft = `${state.realPath}${LEFTOVER}${crypto.randomUUID().slice(0, 8)}`;
      drafts.set(path, draft);
      withFile("save", path, () => writeWhole(draft, encodeText(text), state));
    }
    return changes.every(({ path, state }) => replace(path, state, drafts.get(path)));
  } finally {
    for (const draft of drafts.values()) if (exists(draft)) Deno.removeSync(draft);
  }
}

/** Puts the draft in the file's place, or removes the file; false where it was changed meanwhile. */
function replace(path: string, state: FileState, draft: string | undefined): boolean {
  if (!isUnchanged(state)) return false;
  if (draft === undefined) withFile("remove", path, () => Deno.removeSync(state.realPath));
  else withFile("save", path, () => Deno.renameSync(draft, state.realPath));
  syncFolder(folderOf(state.realPath));
  return true;
}

/** The new file has the mode and the owner of the one it replaces, else 0600. */
function writeWhole(temporary: string, bytes: Uint8Array, state: FileState): void {
  const file = Deno.openSync(temporary, { write: true, createNew: true, mode: 0o600 });
  try {
    for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    if (Deno.build.os !== "windows" && state.bytes !== undefined) {
      const before = Deno.statSync(state.realPath);
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

function readBytes(path: string, named = path): Uint8Array | undefined {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw explainFileError(error, "read", named) ?? error;
  }
}

/** Where a write must go so that a symbolic link stays one, also where its target is not there yet. */
function resolveLinks(path: string): string {
  let at = path;
  for (let links = 0; links < 40; links++) {
    const target = linkTarget(at);
    if (target === undefined) return at;
    at = /^([/\\]|[A-Za-z]:)/.test(target) ? target : `${folderOf(at)}/${target}`;
  }
  throw explainFileError(Object.assign(new Error(), { code: "ELOOP" }), "read", path);
}

function linkTarget(path: string): string | undefined {
  try {
    return Deno.lstatSync(path).isSymlink ? Deno.readLinkSync(path) : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw explainFileError(error, "read", path) ?? error;
  }
}

/** The lock lies beside the file for good: removing it would let two processes hold "the" lock. */
async function lockBeside(path: string, onWait: () => void): Promise<Deno.FsFile> {
  const lockPath = `${path}.awsmfa.lock`;
  const file = withFile(
    "lock",
    path,
    () => Deno.openSync(lockPath, { read: true, write: true, create: true, mode: 0o600 }),
  );
  const notice = setTimeout(onWait, 1000);
  try {
    await file.lock(true);
    return file;
  } catch (error) {
    file.close();
    throw explainFileError(error, "lock", path) ?? error;
  } finally {
    clearTimeout(notice);
  }
}

function openLock(path: string): Deno.FsFile {
  const options = { read: true, write: true, create: true, mode: 0o600 };
  return withFile("save", path, () => Deno.openSync(`${path}.awsmfa.lock`, options));
}

const LEFTOVER = ".awsmfa-";

/** Nobody else writes while the lock is held: what lies here was left by a process that was killed. */
function sweepLeftovers(path: string): void {
  const folder = folderOf(path);
  const start = path.slice(path.search(/[^/\\]+$/)) + LEFTOVER;
  for (const { name } of withFile("read", folder, () => [...Deno.readDirSync(folder)])) {
    if (name.startsWith(start)) withFile("remove", name, () => Deno.removeSync(`${folder}/${name}`));
  }
}

function makeFolder(folder: string): void {
  if (!exists(folder)) {
    withFile("make the folder", folder, () => Deno.mkdirSync(folder, { recursive: true, mode: 0o700 }));
  }
}

/** A rename is on the disk only when its folder is; Windows has no such call. */
function syncFolder(folder: string): void {
  if (Deno.build.os === "windows") return;
  using file = Deno.openSync(folder);
  file.syncSync();
}

function folderOf(path: string): string {
  const end = path.search(/[/\\][^/\\]*$/);
  return end < 0 ? "." : path.slice(0, end) || "/";
}

function exists(path: string): boolean {
  try {
    Deno.lstatSync(path);
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw explainFileError(error, "read", path) ?? error;
  }
}
