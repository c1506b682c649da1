import { findCredentials } from "./credentials.ts";
import { type Ini, withText } from "./ini.ts";
import { findSection, removeKeys } from "./ini_edit.ts";
import { profilesIn, type RestoredProfile, restoreKeys } from "./restore_keys.ts";
import { profilesWithRoleAside, putRoleBack } from "./role_aside.ts";
import { OWNED_KEYS } from "./session_in_file.ts";

/** The three files that a login may write. */
export interface WrittenFiles {
  readonly credentials: Ini;
  readonly backup: Ini;
  readonly config: Ini;
}

/** Their texts after a logout; no `backup` where nothing is left in it. */
export interface FilesAfterLogout {
  readonly credentials: string;
  readonly backup: string | undefined;
  readonly config: string;
  readonly profiles: readonly RestoredProfile[];
}

/** Undoes logins: of every profile that something was put aside for, or of `only` one. */
export function undoLogins(files: WrittenFiles, only: string | undefined): FilesAfterLogout {
  const restored = restoreKeys(files.credentials, files.backup, only);
  const done = new Set(restored.profiles.map(({ profile }) => profile));
  const rolesAside = profilesWithRoleAside(files.config);
  const others = (only === undefined ? rolesAside : [only]).filter((profile) => !done.has(profile));

  let credentials = withText(files.credentials, restored.credentials);
  const loggedOut: RestoredProfile[] = [];
  for (const profile of others) {
    const section = findSection(credentials, profile);
    const holdsSession = section !== undefined && findCredentials([section]).kind === "session";
    if (!holdsSession && !rolesAside.includes(profile)) continue;
    loggedOut.push({ profile, outcome: "logged out" });
    if (holdsSession) credentials = withText(credentials, removeKeys(credentials, profile, OWNED_KEYS));
  }
  let config = files.config;
  for (const profile of rolesAside) {
    if (only === undefined || only === profile) config = withText(config, putRoleBack(config, profile));
  }
  return {
    credentials: credentials.text,
    backup: restored.backup,
    config: config.text,
    profiles: [...restored.profiles, ...loggedOut],
  };
}

/** The profiles whose logins can be undone without naming them. */
export function profilesToUndo({ backup, config }: WrittenFiles): string[] {
  return [...new Set([...profilesIn(backup).map(({ name }) => name), ...profilesWithRoleAside(config)])];
}
