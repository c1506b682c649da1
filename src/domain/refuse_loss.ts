import { isWholeFile } from "./backup_format.ts";
import { findCredentials, type SessionCredentials } from "./credentials.ts";
import { FileError } from "../errors.ts";
import { type Ini, type Property, withText } from "./ini.ts";
import { lineAt } from "./ini_edit.ts";
import { ownershipOf } from "./session_mark.ts";

/** The two files that hold keys. */
interface KeyTexts {
  readonly credentials: string;
  /** Undefined for none. */
  readonly backup: string | undefined;
}

/**
 * The last look before a save: every value that authenticates somebody, and that awsmfa did not write, must be in one of
 * the two files after it. Throws {@linkcode FileError} that names the line of one that is not, so that a layout which
 * nobody thought of ends in a refusal, and not in a loss.
 */
export function refuseLoss(
  before: { readonly credentials: Ini; readonly backup: Ini },
  after: KeyTexts,
  cached: readonly SessionCredentials[] = [],
): void {
  const kept = new Set(
    [withText(before.credentials, after.credentials), withText(before.backup, after.backup)]
      .flatMap((ini) => foreignIn(ini, [])).map(({ value }) => value),
  );
  for (const ini of [before.credentials, before.backup]) {
    // A former credentials file that is put back takes the place of a session of the tool that kept it.
    const isReplaced = ini === before.credentials && isWholeFile(before.backup) && before.backup.text !== "";
    const lost = foreignIn(ini, cached, isReplaced).find(({ value }) => !kept.has(value));
    if (lost === undefined) continue;
    throw new FileError(
      `${ini.path}: ${lost.key} in line ${lineAt(ini, lost.start)} would be lost, so nothing was changed`,
      `copy what you need of it, then correct the file: awsmfa edit credentials`,
    );
  }
}

function foreignIn(ini: Ini, cached: readonly SessionCredentials[], withoutSessions = false): Property[] {
  return ini.sections
    .filter((section) => !(withoutSessions && findCredentials([section]).kind === "session"))
    .flatMap((section) => ownershipOf(section, cached).foreign);
}
