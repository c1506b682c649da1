import { entriesOf, isBegunBy010, isWholeFile } from "../changes/backup_format.ts";
import { findCredentials } from "../keys/credentials.ts";
import { expirationIn } from "../keys/expiration.ts";
import type { Ini, Section } from "../aws_files/ini.ts";
import type { Placement } from "../placement/placement.ts";
import { findProfile, valueIn } from "../aws_files/profiles.ts";
import { namesRole } from "../placement/role.ts";
import { isOwnValue, readMark } from "../keys/session_mark.ts";
import { type KeyFiles, stemOfKeys } from "../placement/source_keys.ts";

/** True for a session that took the place of one of awsmfa's, as `aws configure set` writes it. */
export function isOtherSession(sections: readonly Section[], { backup }: KeyFiles): boolean {
  if (findCredentials(sections).kind !== "session") return false;
  const mark = readMark(sections);
  // Every login that put something into a backup of this form left a mark.
  if (mark === undefined) return isOwnForm(backup) && hasEntry(backup, sections[0]?.name);
  return ["aws_access_key_id", "aws_secret_access_key", "aws_session_token"].some((key) =>
    !isOwnValue(mark, key, valueIn(sections, key) ?? "")
  );
}

/**
 * A profile on the way of a placement whose section holds a valid session that awsmfa did not write, and that AWS's
 * tools use, where the placement uses other keys: these tools are somebody else. Undefined where there is none.
 */
export function otherSessionBeside(
  files: KeyFiles,
  { row, source, roles, target }: Placement,
  now: Date,
): string | undefined {
  // Who names the keys on the command line knows whose they are.
  if (source.session !== undefined || row === "flags" || row === "environment") return undefined;
  const names = [
    roles.length === 0 ? target : stemOfKeys(source.section) ?? source.section,
    // A role that a login set aside is none to the tools.
    ...roles.flatMap(({ profile }) => profile === undefined || hasRole(files, profile) ? [] : [profile]),
  ];
  return names.find((name) => holdsOthers(files, name, now));
}

function hasRole(files: KeyFiles, name: string): boolean {
  const profile = findProfile(files, name);
  return profile !== undefined && namesRole(profile);
}

function holdsOthers(files: KeyFiles, name: string, now: Date): boolean {
  const sections = findProfile(files, name)?.inCredentials ?? [];
  if (findCredentials(sections).kind !== "session") return false;
  const isUnknown = readMark(sections) === undefined && !hasEntry(files.backup, name);
  const end = hasOwnEnd(sections) ? undefined : expirationIn(sections);
  return (isUnknown || isOtherSession(sections, files)) && (end === undefined || end > now);
}

/** True where the end that stands there is that of awsmfa's session, and says nothing of the one that is there now. */
export function hasOwnEnd(sections: readonly Section[]): boolean {
  const key = "x_security_token_expires";
  return isOwnValue(readMark(sections), key, valueIn(sections, key) ?? "");
}

function hasEntry(backup: Ini, name: string | undefined): boolean {
  return entriesOf(backup).some((entry) => entry.name === name);
}

/** Of a backup that this version began. */
function isOwnForm(backup: Ini): boolean {
  return !isWholeFile(backup) && !isBegunBy010(backup);
}
