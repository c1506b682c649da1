import { entriesOf } from "./backup_format.ts";
import type { SessionCredentials } from "../keys/credentials.ts";
import { type Ini, withText } from "../aws_files/ini.ts";
import { removeProperties } from "../aws_files/ini_edit.ts";
import { findSection } from "../aws_files/find_section.ts";
import { profilesWithRenamedKeys, renameBack } from "./renamed_keys.ts";
import { backUpForeign, type RestoredProfile, restoreKeys } from "./restore_keys.ts";
import { madeByLogin, withoutAdded } from "./made_by_login.ts";
import { findProfile } from "../aws_files/profiles.ts";
import { isLeftOver } from "../placement/role.ts";
import type { FileKind } from "../aws_files/section_header.ts";
import { filesElsewhere, notedFiles, noteFilesOf } from "./session_elsewhere.ts";
import { ownershipOf } from "../keys/session_mark.ts";

/** The three files that a login may write. */
export interface WrittenFiles {
  readonly credentials: Ini;
  readonly backup: Ini;
  readonly config: Ini;
  /** The sessions that awsmfa caches: one in the file that 0.1.0 wrote is known by them. */
  readonly cached?: readonly SessionCredentials[];
}

/** Their texts after a logout; no `backup` where nothing is left in it. */
export interface FilesAfterLogout {
  readonly credentials: string;
  readonly backup: string | undefined;
  readonly config: string;
  readonly profiles: readonly RestoredProfile[];
  /** The files that a login made, and that go where nothing is left in them. */
  readonly made: readonly FileKind[];
  /**
   * True where the backup is all that changed: it has now what the logout replaces, and is to be saved before that
   * is done again.
   */
  readonly again: boolean;
}

/** Undoes logins: of every profile that something was backed up for, or of `only` one. */
export function undoLogins(files: WrittenFiles, only: string | undefined): FilesAfterLogout {
  const { cached } = files;
  const backup = backUpForeign(files.credentials, files.backup, only, cached);
  if (backup !== files.backup) {
    const { credentials, config } = files;
    return {
      credentials: credentials.text,
      backup: backup.text,
      config: config.text,
      profiles: [],
      made: [],
      again: true,
    };
  }
  const restored = restoreKeys(files.credentials, backup, only, cached);
  const done = new Set(restored.profiles.map(({ profile }) => profile));
  const withRenamed = profilesWithRenamed(files);
  const others = (only === undefined ? withRenamed : [only]).filter((profile) => !done.has(profile));

  let credentials = withText(files.credentials, restored.credentials);
  const loggedOut: RestoredProfile[] = [];
  for (const profile of others) {
    const section = findSection(credentials, profile);
    const own = section === undefined ? [] : ownershipOf(section, cached).own;
    if (own.length === 0 && !withRenamed.includes(profile)) continue;
    loggedOut.push({ profile, outcome: "logged out" });
    credentials = withText(credentials, removeProperties(credentials, own));
    credentials = withText(credentials, renameBack(credentials, profile));
  }
  const undone = [...restored.profiles, ...loggedOut].map(({ profile }) => profile);
  let config = withoutAdded(files.config, backup, undone);
  for (const profile of withRenamed) {
    if (only === undefined || only === profile) {
      config = putBackUnlessNeeded(config, profile, credentials.path);
    }
  }
  return {
    credentials: credentials.text,
    backup: restored.backup,
    config: config.text,
    profiles: [...restored.profiles, ...loggedOut],
    made: madeByLogin(backup).files,
    again: false,
  };
}

/** The role of a profile has its name back, unless a session in another credentials file still needs the other name. */
function putBackUnlessNeeded(config: Ini, profile: string, credentialsPath: string): Ini {
  const others = filesElsewhere(config, profile, credentialsPath);
  const noted = noteFilesOf(config, profile, others);
  return others.length > 0 ? noted : withText(noted, renameBack(noted, profile));
}

/** The profiles whose logins can be undone without naming them. */
export function profilesToUndo(files: WrittenFiles): string[] {
  return [...new Set([...entriesOf(files.backup).map(({ name }) => name), ...profilesWithRenamed(files)])];
}

/** The profiles with keys that a login of this credentials file renamed; a role that a hand or a merge left is none. */
function profilesWithRenamed(files: WrittenFiles): string[] {
  const names = [files.credentials, files.config].flatMap((ini) => profilesWithRenamedKeys(ini));
  return [...new Set(names)].filter((name) => {
    const noted = notedFiles(files.config, name);
    const isHere = noted.length === 0 || noted.includes(files.credentials.path);
    return isHere && !isLeftOver(findProfile(files, name));
  });
}
