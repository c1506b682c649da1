import { UsageError } from "../errors.ts";
import { type Profile, valueIn } from "./profiles.ts";
import { parseDuration } from "./duration.ts";
import { readMark } from "./session_mark.ts";

/** A role as a profile or the command line names it. */
export interface NamedRole {
  readonly arn: string;
  /** The profile that names it, undefined for --role-arn. */
  readonly profile: string | undefined;
  /** The key there. */
  readonly key?: "assume_role";
  readonly externalId: string | undefined;
  readonly sessionName: string | undefined;
  readonly duration: string | undefined;
}

/** A role that can be assumed: its values were checked. */
export interface RoleStep extends Omit<NamedRole, "duration" | "key"> {
  /** As wished, in seconds; undefined: an hour. */
  readonly seconds: number | undefined;
}

/** What sts:AssumeRole takes, in seconds (AWS STS API reference, AssumeRole, DurationSeconds). */
export const ROLE_SECONDS = { least: 900, most: 43_200, usual: 3_600 } as const;
/** A role that is assumed with temporary credentials lasts an hour at most (IAM user guide, "Role chaining"). */
export const CHAINED_ROLE_SECONDS = 3_600;

/**
 * A key of a profile with a role. A `role_arn` under the name that a login gives it, and with nothing that a login
 * would have left with it, is none: a hand or a merge left it.
 */
export function roleValue(profile: Profile | undefined, key: string): string | undefined {
  if (profile === undefined) return undefined;
  const own = key === "role_arn" && isLeftOver(profile) ? undefined : profile.own(key);
  return own ?? roleValue(profile.included(), key);
}

/**
 * True for a `role_arn` that is set aside alone: a login leaves a session of its own with it, and sets its source aside
 * with it.
 */
export function isLeftOver(profile: Profile | undefined): boolean {
  if (profile === undefined || profile.own("role_arn") === undefined) return false;
  const { own, inCredentials, inConfig } = profile;
  return !valueIn([...inCredentials, ...inConfig], "role_arn") && own("source_profile") === undefined &&
    own("credential_source") === undefined &&
    (readMark(inCredentials) === undefined || !valueIn(inCredentials, "x_principal_arn"));
}

/** The role of a profile with `role_arn`, as it stands there. */
export function roleOfProfile(profile: Profile, arn: string): NamedRole {
  return {
    arn,
    profile: profile.name,
    externalId: profile.get("external_id"),
    sessionName: profile.get("role_session_name"),
    duration: profile.get("duration_seconds"),
  };
}

/** The same, checked. Throws {@linkcode UsageError} for a value that can't be meant. */
export function checkRole(role: NamedRole): RoleStep {
  const of = (key: string, flag: string): string =>
    role.profile === undefined ? flag : `${key} of profile '${role.profile}'`;
  const { arn, profile, key = "role_arn", externalId, sessionName, duration } = role;
  return {
    arn: checkRoleArn(arn, of(key, "--role-arn")),
    profile,
    externalId,
    sessionName: sessionName && checkSessionName(sessionName, of("role_session_name", "--role-session-name")),
    seconds: duration === undefined
      ? undefined
      : parseDuration(duration, of("duration_seconds", "--duration"), ROLE_SECONDS),
  };
}

/** An ARN of an IAM role, of any partition. Throws {@linkcode UsageError}. */
export function checkRoleArn(arn: string, source: string): string {
  if (/^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn)) return arn;
  throw new UsageError(
    `${source}: '${arn}' is not the ARN of a role`,
    "such as arn:aws:iam::123456789012:role/admin",
  );
}

/** What sts:AssumeRole takes as RoleSessionName. Throws {@linkcode UsageError}. */
export function checkSessionName(name: string, source: string): string {
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return name;
  throw new UsageError(
    `${source}: '${name}' is not a role session name`,
    "2 to 64 letters, digits and _ + = , . @ -",
  );
}
