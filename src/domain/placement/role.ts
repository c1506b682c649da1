import { UsageError } from "../../errors.ts";
import { type Profile, valueIn } from "../aws_files/profiles.ts";
import { parseDuration } from "../text/duration.ts";
import { readMark } from "../keys/session_mark.ts";

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
  /** aws-vault's names for what else sts:AssumeRole takes: "key=value,key=value", and names of keys. */
  readonly sessionTags?: string;
  readonly transitiveTags?: string;
  readonly sourceIdentity?: string;
}

/** A role that can be assumed: its values were checked. */
export interface RoleStep extends Omit<NamedRole, "duration" | "key" | "sessionTags" | "transitiveTags"> {
  /** As wished, in seconds; undefined: an hour. */
  readonly seconds: number | undefined;
  readonly tags?: readonly SessionTag[];
}

/** A session tag; a transitive one goes on along a chain of roles. */
export interface SessionTag {
  readonly key: string;
  readonly value: string;
  readonly transitive: boolean;
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

/** True where `role_arn` stands under its own name: no login has set it aside. */
export function namesRole({ inCredentials, inConfig }: Pick<Profile, "inCredentials" | "inConfig">): boolean {
  return Boolean(valueIn([...inCredentials, ...inConfig], "role_arn"));
}

/**
 * True for a `role_arn` that is set aside alone: a login leaves a session of its own with it, and sets its source aside
 * with it.
 */
export function isLeftOver(profile: Profile | undefined): boolean {
  if (profile === undefined || profile.own("role_arn") === undefined) return false;
  const { own, inCredentials } = profile;
  return !namesRole(profile) && own("source_profile") === undefined &&
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
    ...optional("sessionTags", profile.get("session_tags")),
    ...optional("transitiveTags", profile.get("transitive_session_tags")),
    ...optional("sourceIdentity", profile.get("source_identity")),
  };
}

function optional<K extends string>(name: K, value: string | undefined): { readonly [key in K]?: string } {
  const all: { [key in K]?: string } = {};
  if (value !== undefined) all[name] = value;
  return all;
}

/** The same, checked. Throws {@linkcode UsageError} for a value that can't be meant. */
export function checkRole(role: NamedRole): RoleStep {
  const of = (key: string, flag: string): string =>
    role.profile === undefined ? flag : `${key} of profile '${role.profile}'`;
  const { arn, profile, key = "role_arn", externalId, sessionName, duration, sourceIdentity } = role;
  const tags = checkTags(role, of("session_tags", "session_tags"), of("transitive_session_tags", ""));
  return {
    arn: checkRoleArn(arn, of(key, "--role-arn")),
    profile,
    externalId,
    sessionName: sessionName && checkSessionName(sessionName, of("role_session_name", "--role-session-name")),
    seconds: duration === undefined
      ? undefined
      : parseDuration(duration, of("duration_seconds", "--duration"), ROLE_SECONDS),
    ...(tags.length === 0 ? {} : { tags }),
    ...(sourceIdentity === undefined
      ? {}
      : { sourceIdentity: checkSessionName(sourceIdentity, of("source_identity", ""), "source identity") }),
  };
}

/** AWS STS API reference, Tag. Throws {@linkcode UsageError}. */
function checkTags(
  { sessionTags = "", transitiveTags = "" }: NamedRole,
  source: string,
  transitiveSource: string,
): SessionTag[] {
  const words = (text: string): string[] =>
    text.split(",").map((each) => each.trim()).filter((each) => each !== "");
  const transitive = words(transitiveTags);
  const tags = words(sessionTags).map((word) => {
    const [, key = "", value = ""] = /^([^=]+?)\s*=\s*(.*)$/s.exec(word) ?? [];
    if (key === "" || key.length > 128 || value.length > 256) {
      throw new UsageError(`${source}: '${word}' isn't a tag`, "for example team=data,cost-center=42");
    }
    return { key, value, transitive: transitive.includes(key) };
  });
  const stray = transitive.find((key) => !tags.some((tag) => tag.key === key));
  if (stray !== undefined) {
    throw new UsageError(
      `${transitiveSource}: '${stray}' is none of session_tags`,
      `session_tags = ${stray}=VALUE`,
    );
  }
  return tags;
}

/** An ARN of an IAM role, of any partition. Throws {@linkcode UsageError}. */
export function checkRoleArn(arn: string, source: string): string {
  if (/^arn:[a-z0-9-]+:iam::\d{12}:role\/[\w+=,.@/-]+$/.test(arn)) return arn;
  throw new UsageError(
    `${source}: '${arn}' isn't a role ARN`,
    "for example arn:aws:iam::123456789012:role/admin",
  );
}

/** What sts:AssumeRole takes as RoleSessionName. Throws {@linkcode UsageError}. */
export function checkSessionName(name: string, source: string, what = "role session name"): string {
  if (/^[\w+=,.@-]{2,64}$/.test(name)) return name;
  throw new UsageError(
    `${source}: '${name}' is not a ${what}`,
    "2 to 64 letters, digits and _ + = , . @ -",
  );
}
