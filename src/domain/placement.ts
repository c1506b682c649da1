import { NoCredentialsError } from "../errors.ts";
import { findCredentials, type LongTermKeys } from "./credentials.ts";
import type { Ini } from "./ini.ts";
import { findSection, sectionsOf } from "./ini_edit.ts";
import { nearest } from "./near.ts";
import { findProfile, type Profile, profileNames, type Profiles } from "./profiles.ts";

/** Which keys log in, and which profile's section gets the session. */
export interface Placement {
  readonly target: string;
  readonly keys: LongTermKeys;
  /**
   * `in-place`: the target's own section in the credentials file, put aside at login. `backup`: put aside by an
   * earlier login. `config`: the config file, which the session in the credentials file hides.
   */
  readonly from: "in-place" | "backup" | "config";
  /** What the files say of the target; undefined where only the backup knows it. */
  readonly profile: Profile | undefined;
}

/**
 * Finds the keys of a profile (design.md, "Which profile, which keys, where the session goes"). `backup` is the
 * file with the keys put aside. Throws {@linkcode NoCredentialsError} that says what was looked for, and
 * {@linkcode FileError} where the target's section stands twice, since then it can't be written.
 */
export function place(profiles: Profiles, backup: Ini, name: string): Placement {
  const profile = findProfile(profiles, name);
  const putAside = findCredentials(sectionsOf(backup, name));
  if (profile === undefined && putAside.kind !== "long-term") return noSuchProfile(profiles, name);
  findSection(profiles.credentials, name);

  const inCredentials = findCredentials(profile?.inCredentials ?? []);
  if (inCredentials.kind === "long-term") {
    return { target: name, keys: inCredentials.keys, from: "in-place", profile };
  }
  if (inCredentials.kind === "partial") {
    return throwPartial(profiles.credentials.path, name, inCredentials.missing);
  }
  if (putAside.kind === "long-term") return { target: name, keys: putAside.keys, from: "backup", profile };
  const inConfig = findCredentials(profile?.inConfig ?? []);
  if (inConfig.kind === "long-term") return { target: name, keys: inConfig.keys, from: "config", profile };
  if (inConfig.kind === "partial") return throwPartial(profiles.config.path, name, inConfig.missing);
  if (inCredentials.kind === "session") {
    throw new NoCredentialsError(
      `profile '${name}' holds a session, and its long-term keys are not in ${backup.path}`,
      `put the long-term keys back into [${name}] of ${profiles.credentials.path}`,
    );
  }
  throw new NoCredentialsError(
    `profile '${name}' has no access key in ${profiles.credentials.path}, in its backup or in ${profiles.config.path}`,
    `aws configure --profile ${quote(name)}`,
  );
}

function noSuchProfile(profiles: Profiles, name: string): never {
  const { credentials, config } = profiles;
  const names = profileNames(profiles);
  const message = `no profile '${name}' in ${credentials.path} or ${config.path}`;
  if (names.length === 0) throw new NoCredentialsError(message, `aws configure --profile ${quote(name)}`);
  const few = names.length <= 8 ? names : nearest(name, names);
  throw new NoCredentialsError(
    message,
    few.length > 0
      ? `there ${few.length === 1 ? "is" : "are"} ${few.map((each) => `'${each}'`).join(", ")}`
      : `aws configure list-profiles shows the ${names.length} there are`,
  );
}

function throwPartial(path: string, name: string, missing: string): never {
  throw new NoCredentialsError(
    `profile '${name}' has no ${missing} in ${path}, only the other half of the key`,
    `aws configure set ${missing} VALUE --profile ${quote(name)}`,
  );
}

/** A name as a shell takes it, quoted only where it must be. */
function quote(name: string): string {
  return /^[\w./@:+-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}
