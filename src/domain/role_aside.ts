import type { Ini } from "./ini.ts";
import { renameKeys, sectionsOf } from "./ini_edit.ts";
import { ROLE_KEYS, SET_ASIDE_PREFIX } from "./role.ts";

/**
 * The config file with the profile's role keys under names that AWS tools don't read, until it is logged out. One that
 * was written since an earlier login takes the place of the one that waits.
 */
export function setRoleAside(config: Ini, profile: string): string {
  return renameKeys(
    config,
    profile,
    (key) => ROLE_KEYS.includes(key.toLowerCase()) ? SET_ASIDE_PREFIX + key : undefined,
    "renamed",
  );
}

/** The opposite: the same bytes as before, but for a key that somebody wrote since: that one stays. */
export function putRoleBack(config: Ini, profile: string): string {
  return renameKeys(
    config,
    profile,
    (key) => isSetAside(key.toLowerCase()) ? key.slice(SET_ASIDE_PREFIX.length) : undefined,
    "present",
  );
}

/** The profiles whose role keys are set aside. */
export function profilesWithRoleAside(config: Ini): string[] {
  return config.sections
    .filter(({ kind, properties }) => /profile$/.test(kind) && properties.some(({ key }) => isSetAside(key)))
    .map(({ name }) => name);
}

/** True where AWS tools would assume the profile's role by themselves, whatever the credentials file holds. */
export function hasRoleInConfig(config: Ini, profile: string): boolean {
  return sectionsOf(config, profile).some(({ properties }) =>
    properties.some(({ key }) => key === "role_arn")
  );
}

function isSetAside(key: string): boolean {
  return key.startsWith(SET_ASIDE_PREFIX) && ROLE_KEYS.includes(key.slice(SET_ASIDE_PREFIX.length));
}
