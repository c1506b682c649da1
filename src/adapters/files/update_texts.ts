import { ignoreOwnFolder } from "./ignore_own_folder.ts";
import { folderOf } from "../../domain/paths/folder_of.ts";
import { decodeBytes, encodeText } from "../../domain/text/byte_text.ts";
import { listing } from "../../domain/shell/shell_commands.ts";
import { FileError } from "../../errors.ts";
import type { FileChange, FilesEdit } from "../../world.ts";
import { syncIfPossible } from "../disk/create_file.ts";
import type { NewFile } from "../disk/create_file.ts";
import { removeDraft, renameDraft, writeDraft } from "./draft.ts";
import { explainFileError, withFile } from "../disk/file_errors.ts";
import { finishInPlace, isEqual, writeInPlace } from "./in_place.ts";
import type { Waiting } from "../locks/lock.ts";
import { type FileLocks, lockFiles } from "../locks/lock_files.ts";
import { exists, resolveLinks } from "../disk/paths.ts";
import { readBytes } from "../disk/regular_file.ts";
import type { Warn } from "./save_warnings.ts";
import { ignoreSignals } from "../system/signals.ts";
import { sweepDrafts } from "./sweep.ts";
import { whileInUse } from "../disk/while_in_use.ts";
import { isCode, refuseUnwritable, warnOfHardLink } from "./writable_place.ts";

/** How often an update starts over because another program changed a file meanwhile. */
const ATTEMPTS = 10;

/** What is told while files are saved. */
export interface Telling {
  readonly waiting: Waiting;
  readonly warn: Warn;
}

/** A file as it was when it was read. */
interface FileState {
  readonly path: string;
  /** Behind all symbolic links. */
  readonly realPath: string;
  readonly bytes: Uint8Array | undefined;
  readonly text: string | undefined;
}

/** A change of a file, and what it is about to put in its place: undefined removes it. */
interface Step {
  readonly state: FileState;
  readonly bytes: Uint8Array | undefined;
  readonly optional: boolean;
  draft: NewFile | undefined;
}

/**
 * Reads the files, each under a lock of its own, and saves what `edit` makes of them, in its order: each is written
 * beside, flushed to the disk and renamed, so that it is at every moment the old one or the new one. Where one can't
 * be saved, those before it get their old bytes back. Throws {@linkcode FileError}.
 */
export async function updateTexts(
  paths: readonly string[],
  edit: FilesEdit,
  telling: Telling,
): Promise<void> {
  const { waiting, warn } = telling;
  using locks = await lockFiles(paths.map(resolveLinks), waiting);
  saveUnderLocks(paths, edit, locks, warn);
}

function saveUnderLocks(paths: readonly string[], edit: FilesEdit, locks: FileLocks, warn: Warn): void {
  const heedSignals = ignoreSignals();
  try {
    const locked = paths.map(resolveLinks).filter(locks.holds);
    sweepDrafts(locked);
    for (const realPath of locked) finishInPlace(realPath, warn);
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (saveAll(paths, edit, locks, warn)) return;
    }
    throw new FileError(
      `${paths[0]} keeps being changed by another program`,
      "end that program, then try again",
    );
  } finally {
    heedSignals();
  }
}

/** False where one of the files is not what `edit` saw any more. */
function saveAll(paths: readonly string[], edit: FilesEdit, locks: FileLocks, warn: Warn): boolean {
  const states = new Map(paths.map((path) => [path, readState(path)]));
  const wanted = edit(paths.map((path) => states.get(path)?.text))
    .map((change) => stepOf(change, states.get(change.path)))
    .filter(({ state, bytes }) => !isEqual(state.bytes, bytes));
  refuseTwice(wanted);
  const steps: Step[] = [];
  const done: Step[] = [];
  try {
    // Every new text is on the disk before the first file changes: where one does not fit, none changes. What need
    // not be saved comes last, so that it takes no room from the others.
    for (const step of wanted.toSorted((a, b) => Number(a.optional) - Number(b.optional))) {
      if (attempt(step, () => prepare(step, locks, warn), warn)) steps.push(step);
    }
    return wanted.filter((step) => steps.includes(step)).every((step) => {
      if (!isUnchanged(step.state)) return false;
      done.unshift(step);
      attempt(step, () => replace(step), warn);
      return true;
    });
  } catch (error) {
    undo(done, warn);
    throw error;
  } finally {
    for (const { draft } of steps) if (draft !== undefined) removeDraft(draft);
  }
}

/** Writes the draft of a step that can be taken. */
function prepare(step: Step, locks: FileLocks, warn: Warn): void {
  const { state } = step;
  const info = statOf(state);
  if (info !== undefined) refuseUnwritable(state.path, state.realPath, info);
  locks.refuseUnlocked(state.realPath);
  if (info !== undefined) warnOfHardLink(state.path, info, warn);
  if (step.bytes !== undefined) step.draft = writeDraft(state.realPath, step.bytes, info, warn);
}

/** False for what can't be done and need not be. */
function attempt({ state, optional }: Step, action: () => void, warn: Warn): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (!optional || !(error instanceof FileError)) throw error;
    warn(
      `the session is used, but not cached: ${error.message}`,
      error.fix ?? listing(folderOf(state.path)),
    );
    return false;
  }
}

function stepOf({ path, text, optional }: FileChange, state: FileState | undefined): Step {
  if (state === undefined) throw new Error(`${path} was not read before it was changed`);
  const isSame = text === state.text;
  return {
    state,
    bytes: isSame ? state.bytes : text === undefined ? undefined : encodeText(text),
    optional: optional ?? false,
    draft: undefined,
  };
}

/** Two of AWS's files may be one and the same: what is saved last would win. */
function refuseTwice(steps: readonly Step[]): void {
  const byPlace = new Map<string, string>();
  for (const { state: { path, realPath } } of steps) {
    const other = byPlace.get(realPath);
    if (other !== undefined) {
      throw new FileError(
        `can't save ${path}: it is the same file as ${other}`,
        "AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE must name two files",
      );
    }
    byPlace.set(realPath, path);
  }
}

/** Puts the draft in the file's place, or removes the file. */
function replace(step: Step): void {
  const { state: { path, realPath, bytes: before }, bytes, draft } = step;
  if (draft === undefined || bytes === undefined) {
    // A link is removed, and what it points to is not.
    withFile("remove", path, () => whileInUse(() => Deno.removeSync(path)));
  } else {
    try {
      renameDraft(draft, realPath);
      step.draft = undefined;
    } catch (error) {
      if (!isCode(error, "EBUSY") || before === undefined || Deno.build.os === "windows") {
        throw explainFileError(error, "save", path) ?? error;
      }
      writeInPlace(path, realPath, before, bytes);
    }
  }
  if (bytes !== undefined) ignoreOwnFolder(realPath);
  syncFolder(folderOf(realPath));
}

/** Gives files their old bytes back, the last one first: each state on the way was one on the way there. */
function undo(done: readonly Step[], warn: Warn): void {
  for (const { state, bytes } of done) {
    // It was not reached, or another program wrote into it meanwhile.
    if (!isUnchanged({ ...state, bytes })) continue;
    if (state.bytes === undefined) {
      withFile("remove", state.path, () => whileInUse(() => Deno.removeSync(state.realPath)));
    } else {
      const draft = writeDraft(state.realPath, state.bytes, bytes && statOf(state), warn);
      replace({ state: { ...state, bytes }, bytes: state.bytes, optional: false, draft });
    }
  }
}

function isUnchanged({ realPath, bytes }: FileState): boolean {
  return isEqual(readBytes(realPath), bytes);
}

function readState(path: string): FileState {
  const realPath = resolveLinks(path);
  const bytes = readBytes(realPath);
  return { path, realPath, bytes, text: bytes === undefined ? undefined : decodeBytes(bytes) };
}

function statOf({ path, realPath }: FileState): Deno.FileInfo | undefined {
  return exists(realPath) ? withFile("save", path, () => Deno.statSync(realPath)) : undefined;
}

/** A rename is on the disk only when its folder is; Windows has no such call, and a folder that can't be read none. */
function syncFolder(folder: string): void {
  if (Deno.build.os === "windows") return;
  try {
    using file = Deno.openSync(folder);
    syncIfPossible(() => file.syncSync());
  } catch (error) {
    if (!isCode(error, "EACCES")) throw explainFileError(error, "save", folder) ?? error;
  }
}
