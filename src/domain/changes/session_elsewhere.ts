import { folderOf } from "../paths/folder_of.ts";
import { inFolder } from "../paths/in_folder.ts";
import { type Ini, withText } from "../aws_files/ini.ts";
import { removeKeys, setValues } from "../aws_files/ini_edit.ts";
import { sectionsOf } from "../aws_files/find_section.ts";
import { profilesWithRenamedKeys } from "./renamed_keys.ts";
import { valueIn } from "../aws_files/profiles.ts";

/**
 * Beside keys that logins set aside in a config file which is read with several credentials files: those of them that
 * hold the sessions. The keys get their names back when the last one is logged out.
 */
const KEY = "awsmfa_session_in";

/** The credentials files that hold sessions of a profile, as far as that is noted. */
export function notedFiles(config: Ini, profile: string): string[] {
  const text = valueIn(sectionsOf(config, profile), KEY) ?? "";
  return text.split(" ").filter((word) => word !== "").map((word) =>
    word.replace(/%(20|23|25|3B)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
  );
}

/** The same without this one. */
export function filesElsewhere(config: Ini, profile: string, credentialsPath: string): string[] {
  return notedFiles(config, profile).filter((path) => path !== credentialsPath);
}

/** What is said of a profile whose session is in other files, and not in this one. */
export function sayElsewhere(profile: string, where: string): string {
  return `the role of '${profile}' is set aside for a session in ${where}: here AWS's tools find neither`;
}

/** The config file with these noted; with none, the key goes. */
export function noteFilesOf(config: Ini, profile: string, paths: readonly string[]): Ini {
  if (paths.length === 0) {
    // A section that is defined twice can't be written, and need not be.
    return notedFiles(config, profile).length === 0
      ? config
      : withText(config, removeKeys(config, profile, [KEY]));
  }
  // Neither a blank nor what could begin a comment.
  const value = [...new Set(paths)].map((path) =>
    path.replace(/[ %#;]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
  ).join(" ");
  return withText(config, setValues(config, profile, [[KEY, value]]));
}

/**
 * The config file after a login that put its session into this credentials file. `isUsualPair`: every program here reads
 * the two together; then nothing is noted, unless an earlier login did.
 */
export function noteLogin(
  before: Ini,
  after: Ini,
  { profile, credentialsPath, isUsualPair }: {
    readonly profile: string;
    readonly credentialsPath: string;
    readonly isUsualPair: boolean;
  },
): string {
  const noted = notedFiles(before, profile);
  if ((isUsualPair && noted.length === 0) || !profilesWithRenamedKeys(after).includes(profile)) {
    return after.text;
  }
  const isUsualLoggedIn = noted.length === 0 && profilesWithRenamedKeys(before).includes(profile);
  const usual = isUsualLoggedIn ? [inFolder(folderOf(before.path), "credentials")] : [];
  return noteFilesOf(after, profile, [...noted, ...usual, credentialsPath]).text;
}
