import { ignoreOwnFolder } from "./ignore_own_folder.ts";
import { folderOf } from "../../domain/paths/folder_of.ts";
import { decodeBytes, encodeText } from "../../domain/text/byte_text.ts";
import type { FileChange } from "../../world.ts";
import { syncIfPossible } from "../disk/create_file.ts";
import type { NewFile } from "../disk/create_file.ts";
import { renameDraft, writeDraft } from "./draft.ts";
import { explainFileError, withFile } from "../disk/file_errors.ts";
import { isEqual, writeInPlace } from "./in_place.ts";
import { exists, resolveLinks } from "../disk/paths.ts";
import { readBytes } from "../disk/regular_file.ts";
import type { Warn } from "./save_warnings.ts";
import { whileInUse } from "../disk/while_in_use.ts";
import { isCode } from "./writable_place.ts";

/** A file as it was when it was read. */
interface FileState {
  readonly path: string;
  /** Behind all symbolic links. */
  readonly realPath: string;
  readonly bytes: Uint8Array | undefined;
  readonly text: string | undefined;
}

/** A change of a file, and what it is about to put in its place: undefined removes it. */
export interface Step {
  readonly state: FileState;
  readonly bytes: Uint8Array | undefined;
  readonly optional: boolean;
  draft: NewFile | undefined;
}

/** A change of a file as a step of a save. Throws Error for a file that was not read before. */
export function stepOf({ path, text, optional }: FileChange, state: FileState | undefined): Step {
  if (state === undefined) throw new Error(`${path} was not read before it was changed`);
  const isSame = text === state.text;
  return {
    state,
    bytes: isSame ? state.bytes : text === undefined ? undefined : encodeText(text),
    optional: optional ?? false,
    draft: undefined,
  };
}

/** Puts the draft in the file's place, or removes the file. */
export function replace(step: Step): void {
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
export function undo(done: readonly Step[], warn: Warn): void {
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

/** True where the file has the bytes that it had when it was read. */
export function isUnchanged({ realPath, bytes }: FileState): boolean {
  return isEqual(readBytes(realPath), bytes);
}

/** A file as it is now, with its bytes. Throws FileError. */
export function readState(path: string): FileState {
  const realPath = resolveLinks(path);
  const bytes = readBytes(realPath);
  return { path, realPath, bytes, text: bytes === undefined ? undefined : decodeBytes(bytes) };
}

/** What the system says of the file; undefined where there is none. Throws FileError. */
export function statOf({ path, realPath }: FileState): Deno.FileInfo | undefined {
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
