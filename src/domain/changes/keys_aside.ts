import { asideInConfig, asideName, keyAside, READ_BEFORE_A_SESSION } from "../aws_files/aside_name.ts";
import type { Ini } from "../aws_files/ini.ts";
import { renameKeys, sectionsOf } from "../aws_files/ini_edit.ts";

/**
 * The file with the profile's keys that keep readers from a session under names that none of them reads, until it is
 * logged out. One that was written since an earlier login takes the place of the one that waits.
 */
export function setKeysAside(ini: Ini, profile: string, isRole = false): string {
  const keys = keysToSetAside(ini, profile, isRole);
  if (keys.length === 0) return ini.text;
  return renameKeys(
    ini,
    profile,
    (key) => keys.includes(key.toLowerCase()) ? asideName(key) : undefined,
    "renamed",
  );
}

/**
 * The opposite: the same bytes as before, but for a key that somebody wrote since: that one stays, and so do those that
 * had the other name before the login, in small letters in `stay`.
 */
export function putKeysBack(ini: Ini, profile: string, stay: readonly string[] = []): string {
  if (!hasKeysAside(ini, profile)) return ini.text;
  const rename = (key: string): string | undefined =>
    stay.includes(key.toLowerCase()) ? undefined : keyAside(key);
  return renameKeys(ini, profile, rename, "present");
}

/** The profiles with keys that are set aside. */
export function profilesWithKeysAside(ini: Ini): string[] {
  return ini.sections
    .filter(({ kind, properties }) =>
      /profile$/.test(kind) && properties.some(({ key }) => keyAside(key) !== undefined)
    )
    .map(({ name }) => name);
}

/**
 * The profile's keys that a login would set aside in this file, in small letters. `isRole`: its `role_arn` may be in the
 * other file.
 */
export function keysToSetAside(ini: Ini, profile: string, isRole = false): string[] {
  const keys = sectionsOf(ini, profile).flatMap(({ properties }) => properties.map(({ key }) => key));
  const isHere = keys.some((key) => (keyAside(key) ?? key) === "role_arn");
  const some = ini.file === "credentials" ? READ_BEFORE_A_SESSION : asideInConfig(isRole || isHere);
  return some.filter((key) => keys.includes(key));
}

function hasKeysAside(ini: Ini, profile: string): boolean {
  return sectionsOf(ini, profile).some(({ properties }) =>
    properties.some(({ key }) => keyAside(key) !== undefined)
  );
}
