import { FileError, type Hint, joinHints } from "../../errors.ts";
import { findCredentials, type LongTermKeys, sameKeys } from "../keys/credentials.ts";
import { withText } from "../aws_files/ini.ts";
import { putKeys } from "../changes/new_keys.ts";
import { findProfile } from "../aws_files/profiles.ts";
import { checkProfileName } from "../aws_files/profile_name.ts";
import { profileOption } from "../shell/shell_word.ts";
import { removing } from "../shell/shell_commands.ts";
import { roleValue } from "../placement/role.ts";
import { isForeign } from "../placement/foreign_source.ts";
import { type KeyFiles, keysBeside, ownKeys } from "../placement/source_keys.ts";
import { type DownloadedKey, userOfFile } from "./access_keys_csv.ts";
import type { ForeignSetup } from "./foreign_setup.ts";

/** What the keys of IAM's console are called. */
export const CONSOLE_KEYS = "IAM's console";

/**
 * Downloaded access keys, put into the profile that is named, else into the default one where that is free and the key is
 * the only one, else into that of the user's name. Throws FileError where a profile holds other keys already.
 */
export function importAccessKeys(
  files: KeyFiles,
  path: string,
  found: readonly DownloadedKey[],
  profile: string | undefined,
): ForeignSetup {
  if (profile !== undefined && found.length > 1) {
    throw new FileError(`${path} has ${found.length} access keys, and -p names one profile`, "leave -p");
  }
  let now = files;
  const names: string[] = [];
  for (const { userName, keys } of found) {
    const name = profile ?? (found.length === 1 && mayHave(files, "default", keys) ? "default" : undefined) ??
      userName ?? (found.length === 1 ? userOfFile(path) : undefined);
    if (name === undefined) {
      throw new FileError(`${path} does not say whose key it is`, `name a profile: awsmfa import -p NAME`);
    }
    checkProfileName(name);
    if (!mayHave(now, name, keys)) {
      throw new FileError(
        `profile '${name}' has other keys, or gets a session in another way`,
        joinHints(
          (shell) => `awsmfa setup${profileOption(name, shell)} replaces keys`,
          "; or another profile: -p NAME",
        ),
      );
    }
    names.push(name);
    if (isThere(now, name, keys)) continue;
    const after = putKeys(now, name, keys);
    now = {
      credentials: withText(now.credentials, after.credentials),
      config: withText(now.config, after.config),
      backup: withText(now.backup, after.backup),
    };
  }
  return { tool: CONSOLE_KEYS, files: now, notes: [] };
}

function isThere(files: KeyFiles, name: string, keys: LongTermKeys): boolean {
  const there = keysBeside(files, name) ?? ownKeys(files, name, findProfile(files, name));
  return there !== undefined && sameKeys(there.keys, keys);
}

/** True where nothing else would be replaced, or stand beside the keys. */
function mayHave(files: KeyFiles, name: string, keys: LongTermKeys): boolean {
  if (isThere(files, name, keys)) return true;
  const profile = findProfile(files, name);
  if ((keysBeside(files, name) ?? ownKeys(files, name, profile)) !== undefined) return false;
  return profile === undefined ||
    (findCredentials(profile.inCredentials).kind === "none" && !isForeign(profile) &&
      ["role_arn", "source_profile"].every((key) => roleValue(profile, key) === undefined));
}

/** What is said of the file afterwards. */
export function sayWhereKeysLie(path: string): Hint {
  return (shell) => `the secret access key is in ${path} as well: ${removing(path)(shell)}`;
}
