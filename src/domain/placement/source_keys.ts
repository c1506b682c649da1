import { NoCredentialsError } from "../../errors.ts";
import { findCredentials, type LongTermKeys } from "../keys/credentials.ts";
import type { Ini } from "../aws_files/ini.ts";
import { INHERITED_SECTION, inheritedSections } from "../aws_files/inherited_section.ts";
import { sectionsOf } from "../aws_files/ini_edit.ts";
import { shellWord } from "../shell/shell_word.ts";
import { refuseForeignSource } from "./foreign_source.ts";
import { linkedProfile } from "./linked_profile.ts";
import { expirationIn } from "../keys/expiration.ts";
import {
  findProfile,
  MOST_IN_CHAIN,
  type Profile,
  type Profiles,
  soundProfile,
  valueIn,
} from "../aws_files/profiles.ts";
import { refuseFaults } from "../aws_files/refuse_faults.ts";
import { type NamedRole, roleOfProfile, roleValue } from "./role.ts";
import {
  longChain,
  loopOf,
  noKeys,
  noSuchProfile,
  partialKeys,
  sessionWithoutKeys,
  splitKeys,
} from "./placement_errors.ts";

/** The files that keys are looked for in. */
export interface KeyFiles extends Profiles {
  /** Keys that an in-place login put aside. */
  readonly backup: Ini;
}

/** Long-term keys, or a session of which there are none; and where they were found. */
export interface SourceKeys {
  readonly keys: LongTermKeys;
  /** The profile whose settings count for the call: region, mfa_serial. */
  readonly profile: string;
  /** `section`: of this name in the credentials file. */
  readonly from: "section" | "backup" | "config" | "environment";
  readonly section: string;
  /** Where the keys are those of a session; without an end where nothing says so. */
  readonly session?: { readonly token: string; readonly expiration: Date | undefined };
}

/** Keys in the environment; with a token those of a session. */
export interface EnvironmentCredentials {
  readonly keys: LongTermKeys;
  readonly sessionToken: string | undefined;
}

/** Where the way to a role begins, and the roles in the order in which they are assumed. */
export interface RoleChain {
  readonly source: SourceKeys;
  readonly roles: readonly NamedRole[];
}

/** What other tools append to a profile's name for its long-term keys: broamski/aws-mfa, huvcodes/aws-cli-mfa. */
const LONG_TERM_SUFFIXES = ["-long-term", "_permanent"];

/** The profile that a section with such a suffix holds the keys of: "work" of "work-long-term"; undefined for others. */
export function stemOfKeys(section: string): string | undefined {
  const suffix = LONG_TERM_SUFFIXES.find((each) => section.endsWith(each) && section !== each);
  return suffix === undefined ? undefined : section.slice(0, -suffix.length);
}

/**
 * The chain of a profile with `role_arn`, by the rules of shared/vectors, assume-role-tests.json: a source's own
 * keys win over its role. Throws {@linkcode NoCredentialsError} for a loop, a missing source or missing keys.
 */
export function resolveRoleChain(
  files: KeyFiles,
  profile: Profile,
  environment?: EnvironmentCredentials,
  visited: readonly string[] = [],
): RoleChain {
  const arn = roleValue(profile, "role_arn");
  if (arn === undefined) throw new Error(`profile '${profile.name}' has no role_arn`);
  const role = roleOfProfile(profile, arn);
  const named = roleValue(profile, "source_profile");
  if (named === undefined && roleValue(profile, "credential_source") === ENVIRONMENT) {
    return { source: ofEnvironment(profile, environment), roles: [role] };
  }
  refuseForeignSource(profile, named, files);
  if (named === undefined) {
    throw new NoCredentialsError(
      `profile '${profile.name}' has role_arn, but no source_profile whose keys could assume the role`,
      (shell) => `aws configure set source_profile NAME --profile ${shellWord(profile.name, shell)}`,
    );
  }
  const source = behindLinks(files, named, [...visited, profile.name]);
  const found = (): SourceKeys => keysOfSource(files, source, profile.name, { orSession: true });
  if (source === profile.name) return { source: found(), roles: [role] };
  if (visited.includes(source)) throw loopOf(files, [...visited, profile.name, source]);
  if (visited.length >= MOST_IN_CHAIN) throw longChain(files, visited[0] ?? source, "source_profile");
  const sourceProfile = soundProfile(files, source);
  const isRole = sourceProfile !== undefined && roleValue(sourceProfile, "role_arn") !== undefined;
  if (!isRole || ownKeys(files, source, sourceProfile) !== undefined) {
    const keys = found();
    return { source: keys, roles: [...rolesBeside(files, keys, source), role] };
  }
  const chain = resolveRoleChain(files, sourceProfile, environment, [...visited, profile.name]);
  return { source: chain.source, roles: [...chain.roles, role] };
}

/**
 * The profile that a command acts on where it is told a name: what `awsmfa link` made is its source, unless it has a
 * role, keys or a session of its own. Throws {@linkcode NoCredentialsError} for a loop.
 */
export function sourceOfLink(files: KeyFiles, name: string): string {
  const profile = findProfile(files, name);
  const isOther = profile === undefined || roleValue(profile, "role_arn") !== undefined ||
    findCredentials(profile.inCredentials).kind !== "none";
  return isOther ? name : behindLinks(files, name);
}

/**
 * The profile that gives a source its credentials: the source, or the one that `awsmfa link` linked it to, which AWS's
 * tools get through awsmfa. Keys that it has itself come first, as for them. `above` are the profiles on the way to it.
 */
function behindLinks(files: KeyFiles, source: string, above: readonly string[] = []): string {
  const way = [source];
  for (let name = source;;) {
    const profile = soundProfile(files, name);
    const next = linkedProfile(profile);
    if (next === undefined || (ownKeys(files, name, profile) ?? keysBeside(files, name)) !== undefined) {
      return name;
    }
    if (way.includes(next) || above.includes(next)) throw loopOf(files, [...above, ...way, next]);
    if (way.length >= MOST_IN_CHAIN) throw longChain(files, source, "credential_process");
    way.push(next);
    name = next;
  }
}

/** The value of `credential_source` that awsmfa can follow (AWS SDKs and Tools reference guide, "Assume role"). */
const ENVIRONMENT = "Environment";

function ofEnvironment({ name }: Profile, environment: EnvironmentCredentials | undefined): SourceKeys {
  if (environment === undefined) {
    throw new NoCredentialsError(
      `profile '${name}' takes its keys from the environment (credential_source), and there are none`,
      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    );
  }
  const { keys, sessionToken } = environment;
  const source = { keys, profile: name, from: "environment", section: name } as const;
  if (sessionToken === undefined) return source;
  return { ...source, session: { token: sessionToken, expiration: undefined } };
}

/** The keys of a profile that another one names as its source. Throws {@linkcode NoCredentialsError}. */
export function keysOfSource(
  files: KeyFiles,
  name: string,
  referrer: string | undefined,
  { visited = [], orSession = false }: {
    readonly visited?: readonly string[];
    readonly orSession?: boolean;
  } = {},
): SourceKeys {
  const linked = referrer === undefined ? sourceOfLink(files, name) : behindLinks(files, name);
  if (linked !== name) return keysOfSource(files, linked, name, { visited: [...visited, name], orSession });
  const profile = soundProfile(files, name);
  const own = ownKeys(files, name, profile);
  if (own !== undefined) return own;
  const beside = keysBeside(files, name);
  if (beside !== undefined) return beside;
  const inherited = inheritedKeys(files, profile);
  if (inherited !== undefined) return inherited;
  if (profile === undefined) throw noSuchProfile(files, name, referrer);
  const next = roleValue(profile, "source_profile");
  if (next !== undefined && next !== name && roleValue(profile, "role_arn") === undefined) {
    if (visited.includes(next)) throw loopOf(files, [name, next]);
    if (visited.length >= MOST_IN_CHAIN) throw longChain(files, visited[0] ?? name, "source_profile");
    return keysOfSource(files, next, name, { visited: [...visited, name], orSession });
  }
  const session = orSession ? sessionOf(profile) : undefined;
  if (session !== undefined) return session;
  refuseForeignSource(profile, next, files);
  throw findCredentials(profile.inCredentials).kind === "session"
    ? sessionWithoutKeys(files, name, referrer)
    : noKeys(files, name, referrer);
}

/** The session that a profile holds: awsmfa's, or that of another tool. */
function sessionOf({ name, inCredentials }: Profile): SourceKeys | undefined {
  const found = findCredentials(inCredentials);
  const token = valueIn(inCredentials, "aws_session_token") || valueIn(inCredentials, "aws_security_token");
  if (found.kind !== "session" || !token) return undefined;
  const session = { token, expiration: expirationIn(inCredentials) };
  return { keys: found.keys, profile: name, from: "section", section: name, session };
}

/** Keys in a section that another tool made for them: `[NAME-long-term]` or `[NAME_permanent]`. */
export function keysBeside(files: KeyFiles, name: string): SourceKeys | undefined {
  for (const section of sectionsBeside(name)) {
    refuseFaults(files.credentials, section);
    const found = findCredentials(sectionsOf(files.credentials, section));
    if (found.kind === "partial") throw partialKeys(files.credentials.path, section, found.missing);
    if (found.kind === "long-term") return { keys: found.keys, profile: section, from: "section", section };
  }
  return undefined;
}

/**
 * The role of a profile whose keys were found in such a section, by broamski/aws-mfa's `assume_role` there (its README).
 * Without one, and for other keys, none.
 */
export function rolesBeside(files: KeyFiles, { from, section }: SourceKeys, name: string): NamedRole[] {
  const holder = from === "section" && stemOfKeys(section) === name ? findProfile(files, section) : undefined;
  const arn = holder?.own("assume_role");
  if (holder === undefined || arn === undefined) return [];
  return [{ ...roleOfProfile(holder, arn), key: "assume_role" }];
}

/** The sections in which other tools look for a profile's keys. */
export function sectionsBeside(name: string): string[] {
  return LONG_TERM_SUFFIXES.map((suffix) => name + suffix);
}

/** The profile's own keys: in its section, put aside from there, or in its config section. */
export function ownKeys(files: KeyFiles, name: string, profile: Profile | undefined): SourceKeys | undefined {
  const inCredentials = findCredentials(profile?.inCredentials ?? []);
  if (inCredentials.kind === "long-term") {
    return { keys: inCredentials.keys, profile: name, from: "section", section: name };
  }
  if (inCredentials.kind === "partial") {
    const isInConfig = Boolean(valueIn(profile?.inConfig ?? [], inCredentials.missing));
    throw isInConfig
      ? splitKeys(files, name, inCredentials.missing)
      : partialKeys(files.credentials.path, name, inCredentials.missing);
  }
  refuseFaults(files.backup, name);
  const backedUp = findCredentials(sectionsOf(files.backup, name));
  if (backedUp.kind === "long-term") {
    return { keys: backedUp.keys, profile: name, from: "backup", section: name };
  }
  const inConfig = findCredentials(profile?.inConfig ?? []);
  if (inConfig.kind === "partial") throw partialKeys(files.config.path, name, inConfig.missing);
  if (inConfig.kind === "long-term") {
    return { keys: inConfig.keys, profile: name, from: "config", section: name };
  }
  return undefined;
}

/** Keys that a profile of the credentials file inherits from `[DEFAULT]` there, as the AWS CLI does. */
export function inheritedKeys(files: KeyFiles, profile: Profile | undefined): SourceKeys | undefined {
  if (profile === undefined) return undefined;
  const found = findCredentials(inheritedSections(files.credentials, profile.inCredentials));
  return found.kind === "long-term"
    ? { keys: found.keys, profile: profile.name, from: "section", section: INHERITED_SECTION }
    : undefined;
}
