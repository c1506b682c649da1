import {
  keyOfRenamed,
  READ_BEFORE_A_SESSION,
  renamedInConfig,
  renamedName,
} from "../aws_files/renamed_name.ts";
import type { Ini } from "../aws_files/ini.ts";
import { renameKeys } from "../aws_files/ini_edit.ts";
import { sectionsOf } from "../aws_files/find_section.ts";

/**
 * The file with the profile's keys that keep readers from a session under names that none of them reads, until it is
 * logged out. One that was written since an earlier login takes the place of the one that waits.
 */
export function renameForSession(ini: Ini, profile: string, isRole = false): string {
  const keys = keysToRename(ini, profile, isRole);
  if (keys.length === 0) return ini.text;
  return renameKeys(
    ini,
    profile,
    (key) => keys.includes(key.toLowerCase()) ? renamedName(key) : undefined,
    "renamed",
  );
}

/**
 * The opposite: the same bytes as before, but for a key that somebody wrote since: that one stays, and so do those that
 * had the other name before the login, in small letters in `stay`.
 */
export function renameBack(ini: Ini, profile: string, stay: readonly string[] = []): string {
  if (!hasRenamedKeys(ini, profile)) return ini.text;
  const rename = (key: string): string | undefined =>
    stay.includes(key.toLowerCase()) ? undefined : keyOfRenamed(key);
  return renameKeys(ini, profile, rename, "present");
}

/** The profiles with renamed keys. */
export function profilesWithRenamedKeys(ini: Ini): string[] {
  return ini.sections
    .filter(({ kind, properties }) =>
      /profile$/.test(kind) && properties.some(({ key }) => keyOfRenamed(key) !== undefined)
    )
    .map(({ name }) => name);
}

/**
 * The profile's keys that a login would rename in this file, in small letters. `isRole`: its `role_arn` may be in the
 * other file.
 */
export function keysToRename(ini: Ini, profile: string, isRole = false): string[] {
  const keys = sectionsOf(ini, profile).flatMap(({ properties }) => properties.map(({ key }) => key));
  const isHere = keys.some((key) => (keyOfRenamed(key) ?? key) === "role_arn");
  const some = ini.file === "credentials" ? READ_BEFORE_A_SESSION : renamedInConfig(isRole || isHere);
  return some.filter((key) => keys.includes(key));
}

function hasRenamedKeys(ini: Ini, profile: string): boolean {
  return sectionsOf(ini, profile).some(({ properties }) =>
    properties.some(({ key }) => keyOfRenamed(key) !== undefined)
  );
}
