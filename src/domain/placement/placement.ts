import { findSection } from "../aws_files/find_section.ts";
import { type Profile, soundProfile } from "../aws_files/profiles.ts";
import { refuseIncludeLoop } from "./includes.ts";
import { refuseOddKeys } from "./refuse_odd_keys.ts";
import { checkRole, type RoleStep } from "./role.ts";
import type { KeyFiles, SourceKeys } from "./source_keys.ts";
import { sourceOfLink } from "./behind_links.ts";
import {
  findRow,
  holdsOthers,
  type PlacementRequest,
  type PlacementRow,
  refuseOtherKeys,
} from "./placement_row.ts";

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
 * {@linkcode FileError} where the target can't be written: it is defined twice, or holds other long-term keys.
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
    "in place": `its own keys, which a login backs up`,
    backup: `its own keys, which are backed up`,
    config: `its own keys, in the config file`,
    session: `the session that it holds, and no long-term keys`,
    environment: `the keys in the environment`,
  };
  const whose = behind === undefined ? "" : `, of profile '${behind}', which it is linked to`;
  return `${where[row]}${whose}; the session goes to [${behind ?? target}]`;
}
