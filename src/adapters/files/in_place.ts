import { folderOf } from "../../domain/paths/folder_of.ts";
import { createFile, syncIfPossible } from "../disk/create_file.ts";
import { withFile } from "../disk/file_errors.ts";
import { newOwner } from "../disk/new_owner.ts";
import { exists } from "../disk/paths.ts";
import { readBytes } from "../disk/regular_file.ts";
import type { Warn } from "./save_warnings.ts";

/** What is being written into a file that can't be replaced. */
interface Journal {
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/**
 * Writes a file that is mounted by itself, and can't be replaced. Its old bytes are on the disk beside it until the new
 * ones are: {@linkcode finishInPlace} puts them back where a run was killed between. Throws FileError, and then the
 * file has its old bytes.
 */
export function writeInPlace(path: string, realPath: string, before: Uint8Array, after: Uint8Array): void {
  const journal = journalOf(realPath);
  withFile("save", path, () => {
    using file = createFile(journal, 0o600, newOwner(folderOf(realPath)));
    file.write(encodeJournal({ before, after }));
    file.sync();
  });
  try {
    withFile("save", path, () => overwrite(realPath, after));
  } catch (error) {
    withFile("save", path, () => overwrite(realPath, before));
    throw error;
  } finally {
    withFile("remove", journal, () => Deno.removeSync(journal));
  }
}

/** Puts the old bytes back into a file that a run was killed over. To be called while its lock is held. */
export function finishInPlace(realPath: string, warn: Warn): void {
  const path = journalOf(realPath);
  if (!exists(path)) return;
  const journal = decodeJournal(readBytes(path));
  const now = readBytes(realPath);
  const isWhole = journal === undefined || now === undefined || isEqual(now, journal.before) ||
    isEqual(now, journal.after);
  if (!isWhole && isTorn(now, journal)) overwrite(realPath, journal.before);
  else if (!isWhole) {
    const aside = `${path}-${crypto.randomUUID()}`;
    withFile("save", path, () => Deno.renameSync(path, aside));
    warn(
      `${realPath} was cut short by a run that was killed, and changed since; its text from before is in ${aside}`,
      `it holds keys: remove it when ${realPath} is in order`,
    );
    return;
  }
  withFile("remove", path, () => Deno.removeSync(path));
}

function journalOf(realPath: string): string {
  return `${realPath}.awsmfa-journal`;
}

/** Without cutting it first, so that what is not reached yet is still the old text. */
function overwrite(realPath: string, bytes: Uint8Array): void {
  using file = Deno.openSync(realPath, { write: true });
  for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
  file.truncateSync(bytes.length);
  syncIfPossible(() => file.syncSync());
}

/** True for the new bytes up to some place, and the old ones behind it. */
function isTorn(now: Uint8Array, { before, after }: Journal): boolean {
  let same = 0;
  while (same < now.length && same < after.length && now[same] === after[same]) same++;
  return isEqual(now.subarray(same), before.subarray(same));
}

export function isEqual(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

function encodeJournal({ before, after }: Journal): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ before: before.toBase64(), after: after.toBase64() }));
}

/** Undefined for one that was not written to its end: then the file was not touched yet. */
function decodeJournal(bytes: Uint8Array | undefined): Journal | undefined {
  try {
    const { before, after } = JSON.parse(new TextDecoder().decode(bytes));
    return { before: Uint8Array.fromBase64(before), after: Uint8Array.fromBase64(after) };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}
