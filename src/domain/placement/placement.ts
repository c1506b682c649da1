import { OWN_SOURCE } from "../aws_files/renamed_name.ts";
import { findCredentials, type LongTermKeys, sameKeys } from "../keys/credentials.ts";
import { findSection, sectionsOf } from "../aws_files/ini_edit.ts";
import { noSuchProfile, otherKeysInConfig, otherKeysThere } from "./placement_errors.ts";
import { type Profile, soundProfile, valueIn } from "../aws_files/profiles.ts";
import { refuseIncludeLoop } from "./includes.ts";
import { refuseOddKeys } from "./refuse_odd_keys.ts";
import { checkRole, type NamedRole, namesRole, roleOfProfile, type RoleStep, roleValue } from "./role.ts";
import {
  type EnvironmentCredentials,
  inheritedKeys,
  type KeyFiles,
  keysBeside,
  keysOfSource,
  ownKeys,
  resolveRoleChain,
  rolesBeside,
  type SourceKeys,
  sourceOfLink,
} from "./source_keys.ts";

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

/** Which keys log in, which roles they assume, and which profile's section gets the credentials. */
export interface Placement {
  readonly row: PlacementRow;
  readonly source: SourceKeys;
  /** None: the target gets the user's MFA session. */
  readonly roles: readonly RoleStep[];
  readonly target: string;
  /** What a question calls it: the profile that was asked for, whatever section its keys are in. */
  readonly requested: string;
  /** What the files say of the target and of the source; undefined where they don't know it. */
  readonly targetProfile: Profile | undefined;
  readonly sourceProfile: Profile | undefined;
  /** The profile that was asked for, where that is neither of them. */
  readonly askedProfile: Profile | undefined;
  /** The profile's own keys are another user's than the source: so is its device. */
  readonly isOfOthers: boolean;
  /** The profile that the one that was asked for is linked to, whose place this is. */
  readonly behind?: string;
}

/**
 * Applies the first row that fits. Throws {@linkcode NoCredentialsError} that says what was looked for, and
 * {@linkcode FileError} where the target can't be written: it stands twice, or holds other long-term keys.
 */
export function place(files: KeyFiles, request: PlacementRequest): Placement {
  const isOfFlags = request.sourceProfile !== undefined ||
    (request.environmentFirst && request.environment !== undefined);
  const behind = isOfFlags ? request.name : sourceOfLink(files, request.name);
  if (behind !== request.name) return placeBehind(files, request, behind);
  const profile = soundProfile(files, request.name);
  refuseIncludeLoop(files, profile);
  const { row, source, roles } = findRow(files, request, profile);
  refuseOddKeys(files, source);
  const target = request.to ?? request.name;
  const targetProfile = target === request.name ? profile : soundProfile(files, target);
  findSection(files.credentials, target);
  if (!request.force && !request.asTools) refuseOtherKeys(files, targetProfile, target, source);
  return {
    row,
    source,
    roles: [...roles, ...(request.role === undefined ? [] : [request.role])].map(checkRole),
    target,
    requested: row === "flags" ? source.profile : request.name,
    targetProfile,
    sourceProfile: source.from === "environment" ? undefined : soundProfile(files, source.profile),
    askedProfile: target === request.name ? undefined : profile,
    isOfOthers: row === "environment" && holdsOthers(files, request.name, profile, source.keys),
  };
}

/** A link is its source; where nothing is to be put there, its own settings count first, as for AWS's tools. */
function placeBehind(files: KeyFiles, request: PlacementRequest, source: string): Placement {
  const placement = { ...place(files, { ...request, name: source, named: true }), behind: source };
  if (!request.asTools || request.to !== undefined) return placement;
  return {
    ...placement,
    target: request.name,
    targetProfile: soundProfile(files, request.name),
    askedProfile: placement.targetProfile,
  };
}

/** True where the profile has keys, and they are others. */
function holdsOthers(
  files: KeyFiles,
  name: string,
  profile: Profile | undefined,
  keys: LongTermKeys,
): boolean {
  const places = [profile?.inCredentials ?? [], sectionsOf(files.backup, name), profile?.inConfig ?? []];
  const found = places.map(findCredentials).filter(({ kind }) => kind !== "none");
  return found.length > 0 && !found.some((each) => each.kind === "long-term" && sameKeys(each.keys, keys));
}

/** A value, and where it stands: "--serial", or "mfa_serial of profile 'work'". */
export interface Setting {
  readonly value: string;
  readonly source: string;
}

/** A setting of the target, else of the profile that was asked for, else of the source. */
export function setting(placement: Placement, key: string): Setting | undefined {
  for (const profile of [placement.targetProfile, placement.askedProfile, placement.sourceProfile]) {
    const value = profile?.get(key);
    if (value !== undefined) return { value, source: `${key} of profile '${profile?.name}'` };
  }
  return undefined;
}

/** The serial number of the MFA device that the profiles name; `aws_mfa_device` is broamski/aws-mfa's name for it. */
export function serialSetting(placement: Placement): Setting | undefined {
  if (placement.isOfOthers) return undefined;
  return setting(placement, "mfa_serial") ?? setting(placement, "aws_mfa_device");
}

/** The row in words, for `awsmfa status`. */
export function describeRow({ row, source, target, behind }: Placement): string {
  const where: Record<PlacementRow, string> = {
    flags: `the keys of profile '${source.profile}', named on the command line`,
    role: source.from === "environment"
      ? "the keys in the environment, which assume the role"
      : `the keys of source profile '${source.profile}', which assume the role`,
    "source profile": `the keys of source profile '${source.profile}'`,
    "section beside": `the keys in section [${source.section}] beside it`,
    "in place": `its own keys, which a login puts aside in the backup`,
    backup: `its own keys, which a login put aside in the backup`,
    config: `its own keys, in the config file`,
    session: `the session that it holds, and no long-term keys`,
    environment: `the keys in the environment`,
  };
  const whose = behind === undefined ? "" : `, of profile '${behind}', which it is linked to`;
  return `${where[row]}${whose}; the session goes to [${behind ?? target}]`;
}

interface Found {
  readonly row: PlacementRow;
  readonly source: SourceKeys;
  readonly roles: readonly NamedRole[];
}

function findRow(files: KeyFiles, request: PlacementRequest, profile: Profile | undefined): Found {
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
function refuseOtherKeys(
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
