import { findCredentials } from "../keys/credentials.ts";
import { findProfile, profileNames, valueIn } from "../aws_files/profiles.ts";
import { roleValue } from "../placement/role.ts";
import { isPassedOver, otherRoleOf } from "./session_at_odds.ts";
import { expirationIn } from "../keys/expiration.ts";
import type { KeyFiles } from "../placement/source_keys.ts";
import { hasOwnEnd, isOtherSession } from "./other_session.ts";
import { sectionsOf } from "../aws_files/find_section.ts";
import { sectionsNamed } from "../aws_files/section_index.ts";

/**
 * What a profile holds now. `in place`: a session, and its long-term keys are in the backup. `other session`: one that
 * stands in the place of awsmfa's, and that awsmfa did not write. `unreadable`: a line of it
 * can't be read, which `awsmfa doctor` names.
 */
export type ProfileState =
  | "long-term"
  | "in place"
  | "session"
  | "other session"
  | "role"
  | "expired"
  | "unreadable"
  | "none";

export interface ProfileStatus {
  readonly name: string;
  readonly state: ProfileState;
  /** The one that tools use when none is named. */
  readonly current: boolean;
  /** When the session ends or ended; undefined where there is none, or nothing says. */
  readonly expiration: Date | undefined;
  readonly secondsLeft: number | undefined;
  /** Of the role that it names or holds credentials of. */
  readonly roleArn: string | undefined;
  readonly device: string | undefined;
  readonly region: string | undefined;
  /** AWS's tools don't use the session: the profile's role is there again. */
  readonly passedOver?: true;
  /** Who the session is, where that is not `roleArn`. */
  readonly sessionArn?: string;
  /** The profile whose keys log it in, where it has none and no role. */
  readonly source?: string;
}

/** Every profile that holds keys or a session, or names a role or a source; in the order of the files. */
export function listStatus(files: KeyFiles, now: Date, current: string): ProfileStatus[] {
  const broken = [files.credentials, files.config].flatMap(({ sections }) =>
    sections.filter(({ kind }) => kind === "broken").map(({ name }) => name)
  );
  return [...new Set([...profileNames(files), ...broken])]
    .map((name) => statusOf(files, name, now, current))
    .filter(({ state, roleArn, source }) =>
      state !== "none" || roleArn !== undefined || source !== undefined
    );
}

/** One profile; of state "none" where it holds nothing or is not there. */
export function statusOf(files: KeyFiles, name: string, now: Date, current: string): ProfileStatus {
  const profile = findProfile(files, name);
  const sections = profile?.inCredentials ?? [];
  const isOthers = isOtherSession(sections, files);
  const expiration = findCredentials(sections).kind === "session" && !(isOthers && hasOwnEnd(sections))
    ? expirationIn(sections)
    : undefined;
  const secondsLeft = expiration && Math.floor((expiration.getTime() - now.getTime()) / 1000);
  const state = stateOf(files, name, secondsLeft);
  const roleArn = roleValue(profile, "role_arn");
  const sessionArn = state === "role" ? otherRoleOf(profile) : undefined;
  const source = state === "none" && roleArn === undefined ? roleValue(profile, "source_profile") : undefined;
  const isPassed = /^(in place|session|role)$/.test(state) && isPassedOver(profile);
  return {
    name,
    state,
    current: name === current,
    expiration,
    secondsLeft,
    roleArn: roleArn ?? ((!isOthers && valueIn(sections, "x_principal_arn")) || undefined),
    device: profile?.get("mfa_serial") ?? profile?.get("aws_mfa_device"),
    region: profile?.get("region"),
    ...(isPassed ? { passedOver: true } : {}),
    ...(sessionArn === undefined ? {} : { sessionArn }),
    ...(source === undefined ? {} : { source }),
  };
}

/**
 * True where the profile holds a session that is valid now, and that AWS's tools use. One that doesn't say when it ends
 * is taken for valid.
 */
export function isLoggedIn({ state, passedOver }: ProfileStatus): boolean {
  return /^(in place|session|other session|role)$/.test(state) && !passedOver;
}

function stateOf(files: KeyFiles, name: string, secondsLeft: number | undefined): ProfileState {
  const { credentials, config, backup } = files;
  if ([credentials, config, backup].some((ini) => sectionsNamed(ini, name).faults.length > 0)) {
    return "unreadable";
  }
  const profile = findProfile(files, name);
  const found = findCredentials(profile?.inCredentials ?? []);
  if (found.kind !== "session") {
    const inConfig = findCredentials(profile?.inConfig ?? []);
    return found.kind === "long-term" || inConfig.kind === "long-term" ? "long-term" : "none";
  }
  if (secondsLeft !== undefined && secondsLeft <= 0) return "expired";
  if (isOtherSession(profile?.inCredentials ?? [], files)) return "other session";
  if (valueIn(profile?.inCredentials ?? [], "x_principal_arn") !== undefined) return "role";
  return findCredentials(sectionsOf(backup, name)).kind === "long-term" ? "in place" : "session";
}
