import { folderOf } from "../../domain/paths/folder_of.ts";
import { listing } from "../../domain/shell/shell_commands.ts";
import { FileError } from "../../errors.ts";
import type { FilesEdit } from "../../world.ts";
import { removeDraft, writeDraft } from "./draft.ts";
import { finishInPlace, isEqual } from "./in_place.ts";
import type { Waiting } from "../locks/lock.ts";
import { type FileLocks, lockFiles } from "../locks/lock_files.ts";
import { resolveLinks } from "../disk/paths.ts";
import type { Warn } from "./save_warnings.ts";
import { ignoreSignals } from "../system/signals.ts";
import { sweepDrafts } from "./sweep.ts";
import { refuseUnwritable, sameFile, warnOfHardLink } from "./writable_place.ts";
import { isUnchanged, readState, replace, statOf, type Step, stepOf, undo } from "./saving_step.ts";

/** How often an update starts over because another program changed a file meanwhile. */
const ATTEMPTS = 10;

/** What is told while files are saved. */
export interface Telling {
  readonly waiting: Waiting;
  readonly warn: Warn;
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

/** Throws FileError where two steps save to one place. */
function refuseTwice(steps: readonly Step[]): void {
  const byPlace = new Map<string, string>();
  for (const { state: { path, realPath } } of steps) {
    const other = byPlace.get(realPath);
    if (other !== undefined) throw sameFile(path, other);
    byPlace.set(realPath, path);
  }
}
