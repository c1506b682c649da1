import { OWN_SOURCE } from "../aws_files/renamed_name.ts";
import { findCredentials, type LongTermKeys, sameKeys } from "../keys/credentials.ts";
import { sectionsOf } from "../aws_files/find_section.ts";
import { noSuchProfile, otherKeysInConfig, otherKeysThere } from "./placement_errors.ts";
import { type Profile, valueIn } from "../aws_files/profiles.ts";
import { type NamedRole, namesRole, roleOfProfile, roleValue } from "./role.ts";
import { resolveRoleChain } from "./role_chain.ts";
import {
  type EnvironmentCredentials,
  inheritedKeys,
  type KeyFiles,
  keysBeside,
  ownKeys,
  rolesBeside,
  type SourceKeys,
} from "./source_keys.ts";
import { keysOfSource } from "./keys_of_source.ts";

/** What the command line asks for. */
export interface PlacementRequest {
  readonly name: string;
  /** The name was given with --profile. */
  readonly named: boolean;
  readonly sourceProfile?: string | undefined;
  readonly to?: string | undefined;
  /** Of --role-arn: a role that no profile names. */
  readonly role?: NamedRole | undefined;
  /** AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, where they stand without a session token. */
  readonly environment?: LongTermKeys | undefined;
  /** All that is there, for a profile with `credential_source = Environment`. */
  readonly variables?: EnvironmentCredentials | undefined;
  /** They come before the profile, as for every AWS tool. */
  readonly environmentFirst?: boolean;
  /** Other long-term keys in the target are put aside. */
  readonly force?: boolean;
  /**
   * Nothing is to be put there: it is who AWS's tools are with this profile. So its own long-term keys come before what
   * these tools don't read: keys in a section beside it, and a role in an included profile, or behind no `profile `.
   */
  readonly asTools?: boolean;
  /** A session that the profile holds will do, where its long-term keys are nowhere. */
  readonly orSession?: boolean;
}

/** Which row of the table in design.md, "Which profile, which keys, where the session goes", applied. */
export type PlacementRow =
  | "flags"
  | "role"
  | "source profile"
  | "section beside"
  | "in place"
  | "backup"
  | "config"
  | "session"
  | "environment";

/** True where the profile has keys, and they are others. */
export function holdsOthers(
  files: KeyFiles,
  name: string,
  profile: Profile | undefined,
  keys: LongTermKeys,
): boolean {
  const places = [profile?.inCredentials ?? [], sectionsOf(files.backup, name), profile?.inConfig ?? []];
  const found = places.map(findCredentials).filter(({ kind }) => kind !== "none");
  return found.length > 0 && !found.some((each) => each.kind === "long-term" && sameKeys(each.keys, keys));
}

interface Found {
  readonly row: PlacementRow;
  readonly source: SourceKeys;
  readonly roles: readonly NamedRole[];
}

/** Where the keys come from and the session goes to, by the table of the README. Throws a Failure. */
export function findRow(files: KeyFiles, request: PlacementRequest, profile: Profile | undefined): Found {
  const { name } = request;
  if (request.sourceProfile !== undefined) {
    const arn = profile && roleValue(profile, "role_arn");
    const roles = profile !== undefined && arn !== undefined ? [roleOfProfile(profile, arn)] : [];
    return { row: "flags", source: keysOfSource(files, request.sourceProfile, undefined), roles };
  }
  if (request.environmentFirst && request.environment !== undefined) {
    // AWS_PROFILE names one that is nowhere: AWS's tools stop at that, whatever keys there are.
    if (profile === undefined && name !== "default") throw noSuchProfile(files, name);
    return environmentRow(name, request.environment);
  }
  const asRead = request.asTools ? keysAsRead(profile) : undefined;
  if (asRead !== undefined) return { row: OWN_ROWS[asRead.from], source: asRead, roles: [] };
  if (profile !== undefined && isRoleProfile(profile)) {
    return { row: "role", ...resolveRoleChain(files, profile, request.variables) };
  }
  const sourceName = profile && roleValue(profile, "source_profile");
  if (sourceName !== undefined && sourceName !== name && !hasOwnKeys(files, name, profile)) {
    return { row: "source profile", source: keysOfSource(files, sourceName, name), roles: [] };
  }
  const beside = keysBeside(files, name);
  if (beside !== undefined) {
    // For that tool, too, a role of the command line takes the place of this one.
    const roles = request.role === undefined ? rolesBeside(files, beside, name) : [];
    return { row: "section beside", source: beside, roles };
  }
  const own = ownKeys(files, name, profile);
  if (own !== undefined) return { row: OWN_ROWS[own.from], source: own, roles: [] };
  const inherited = inheritedKeys(files, profile);
  if (inherited !== undefined) return { row: "section beside", source: inherited, roles: [] };
  if (!request.named && request.environment !== undefined) {
    return environmentRow(name, request.environment);
  }
  if (profile === undefined) throw noSuchProfile(files, name);
  // The same look at the profile as at a source: it names what is not awsmfa's business.
  const orSession = (request.orSession ?? false) || request.role !== undefined;
  const source = keysOfSource(files, name, undefined, { orSession });
  return { row: source.session === undefined ? "config" : "session", source, roles: [] };
}

/** For AWS's tools, too, a `source_profile` without a role counts for nothing beside a profile's own keys. */
function hasOwnKeys(files: KeyFiles, name: string, profile: Profile | undefined): boolean {
  // Whoever wrote this one, for awsmfa alone, meant it.
  if (valueIn([...profile?.inCredentials ?? [], ...profile?.inConfig ?? []], OWN_SOURCE)) return false;
  return [profile?.inCredentials ?? [], sectionsOf(files.backup, name), profile?.inConfig ?? []]
    .some((sections) => findCredentials(sections).kind === "long-term");
}

/** The profile's own long-term keys, where AWS's tools find these and no role. */
function keysAsRead(profile: Profile | undefined): SourceKeys | undefined {
  if (profile === undefined) return undefined;
  const { name, inCredentials, inConfig, unprefixed } = profile;
  const found = findCredentials(inCredentials);
  const from = found.kind === "none" ? "config" : "section";
  const keys = from === "section" ? found : findCredentials(unprefixed ? [] : inConfig);
  // One that a login set aside is no role to them, where another tool has put keys into the place of its session.
  const isRole = namesRole(profile) && !unprefixed;
  return keys.kind !== "long-term" || isRole
    ? undefined
    : { keys: keys.keys, profile: name, from, section: name };
}

function environmentRow(name: string, keys: LongTermKeys): Found {
  return {
    row: "environment",
    source: { keys, profile: name, from: "environment", section: name },
    roles: [],
  };
}

const OWN_ROWS = {
  section: "in place",
  backup: "backup",
  config: "config",
  environment: "environment",
} as const;

function isRoleProfile(profile: Profile): boolean {
  return roleValue(profile, "role_arn") !== undefined;
}

/** Also keys in the config file, where tools read them now: a session in the credentials file would hide them. */
export function refuseOtherKeys(
  files: KeyFiles,
  profile: Profile | undefined,
  target: string,
  source: SourceKeys,
): void {
  const there = findCredentials(profile?.inCredentials ?? []);
  const isRead = profile !== undefined && !profile.unprefixed && !isRoleProfile(profile) &&
    source.from !== "backup";
  const inConfig = findCredentials(isRead ? profile.inConfig : []);
  if (there.kind === "long-term" && !sameKeys(there.keys, source.keys)) {
    throw otherKeysThere(files.credentials.path, target, source.profile);
  }
  if (there.kind === "none" && inConfig.kind === "long-term" && !sameKeys(inConfig.keys, source.keys)) {
    throw otherKeysInConfig(files.config.path, target, source.profile);
  }
}
