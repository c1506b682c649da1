import { folderOf } from "../../domain/paths/folder_of.ts";
import { listing } from "../../domain/shell/shell_commands.ts";
import { FileError, joinHints } from "../../errors.ts";
import { accessListOf } from "../disk/access_lists.ts";
import { createFile, type NewFile } from "../disk/create_file.ts";
import { withFile } from "../disk/file_errors.ts";
import { isOwnFile } from "../locks/lock_path.ts";
import { newOwner } from "../disk/new_owner.ts";
import type { Warn } from "./save_warnings.ts";
import { whileInUse } from "../disk/while_in_use.ts";

const UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";
/** What stands behind the file's name; a person's own copy may be called credentials.awsmfa-old. */
const DRAFT = new RegExp(`^\\.awsmfa(-|\\.try-)${UUID}`);

/** A path for a text that is not in its place yet; what a killed run left there, the next save removes. */
export function draftBeside(realPath: string): string {
  return `${realPath}.awsmfa-${crypto.randomUUID()}`;
}

/** The same for what is tried, and holds no text. */
export function trialBeside(realPath: string): string {
  return `${realPath}.awsmfa.try-${crypto.randomUUID()}`;
}

/** True for such a path. */
export function isTrial(path: string): boolean {
  return new RegExp(`\\.awsmfa\\.try-${UUID}$`).test(path);
}

/** True for the name of a draft of the file with this name, and for what an editor makes of that name. */
export function isDraftOf(fileName: string, name: string): boolean {
  if (name.startsWith(fileName)) return DRAFT.test(name.slice(fileName.length));
  // .credentials.awsmfa-UUID.swp, #credentials.awsmfa-UUID#
  return /^[.#]/.test(name) && name.startsWith(fileName, 1) &&
    new RegExp(`${DRAFT.source}.`).test(name.slice(fileName.length + 1));
}

/**
 * The bytes on the disk, beside the file that they are for. It has the mode and the owner of the one `before` it; what
 * awsmfa keeps for itself is always 0600. Stays open, so that nobody can put another file in its place unnoticed.
 */
export function writeDraft(
  realPath: string,
  bytes: Uint8Array,
  before: Deno.FileInfo | undefined,
  warn: Warn,
): NewFile {
  const draft = withFile("save", realPath, () => {
    const owner = before === undefined || before.uid === null || before.gid === null
      ? newOwner(folderOf(realPath))
      : { uid: before.uid, gid: before.gid };
    return createFile(draftBeside(realPath), modeOf(realPath, before, warn), owner);
  });
  try {
    withFile("save", realPath, () => {
      draft.write(bytes);
      draft.sync();
    });
  } catch (error) {
    removeDraft(draft);
    throw error;
  }
  if (draft.isOwnerRefused) {
    warn(
      `${realPath} belonged to another user or group, and is yours from now on`,
      joinHints(listing(realPath), " shows who may read it"),
    );
  }
  return draft;
}

/** Closes it, and removes it if it is still where it was made. */
export function removeDraft(draft: NewFile): void {
  const isStillThere = draft.isStillThere();
  draft[Symbol.dispose]();
  if (isStillThere) whileInUse(() => Deno.removeSync(draft.path));
}

/** Puts the draft in the place of its file. Throws FileError where somebody has taken the draft away. */
export function renameDraft(draft: NewFile, realPath: string): void {
  if (!draft.isStillThere()) {
    throw new FileError(
      `can't save ${realPath}: another user changes files in ${folderOf(realPath)}`,
      joinHints(listing(folderOf(realPath)), " shows who may"),
    );
  }
  // Windows renames no open file.
  if (Deno.build.os === "windows") draft[Symbol.dispose]();
  whileInUse(() => Deno.renameSync(draft.path, realPath));
  if (Deno.build.os !== "windows") draft[Symbol.dispose]();
}

/** Where an access list (ACL) is, the group's bits are its mask, and no right of the group. */
function modeOf(realPath: string, before: Deno.FileInfo | undefined, warn: Warn): number {
  if (before === undefined || before.mode === null || isOwnFile(realPath)) return 0o600;
  const mode = before.mode & 0o777;
  const list = accessListOf(realPath, mode);
  if (list === "none") return mode;
  warn(
    list === "some"
      ? `the access list (ACL) of ${realPath} is not kept: only its owner can read it now`
      : `the rights of the group of ${realPath} are not kept, since they may be those of an access list (ACL)`,
    `chmod and setfacl give them back`,
  );
  return mode & 0o707;
}
