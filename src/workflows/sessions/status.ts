import { describeRow, place, type Placement, serialSetting } from "../../domain/placement/placement.ts";
import { isLoggedIn, listStatus, type ProfileStatus, statusOf } from "../../domain/sessions/status.ts";
import { ageInDays } from "../../domain/keys/access_key.ts";
import { type DeviceMemory, NOTHING_REMEMBERED } from "../../domain/aws/device_memory.ts";
import { findProfile } from "../../domain/aws_files/profiles.ts";
import { linkIn } from "../../domain/placement/linked_profile.ts";
import { lastValue } from "../../domain/aws_files/ini.ts";
import { refuseFaults } from "../../domain/aws_files/refuse_faults.ts";
import { filesElsewhere } from "../../domain/changes/session_elsewhere.ts";
import { cachedId } from "../../domain/sessions/cached_session.ts";
import { environmentCredentials } from "../../domain/sessions/who_here.ts";
import { Failure, NoCredentialsError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { type AwsFiles, readAwsFiles } from "../support/aws_files.ts";
import { readDeviceMemory } from "../support/device_memory.ts";
import { formerFolders } from "../support/former_folders.ts";
import { readCached, secondsLeft } from "./cached_sessions.ts";
import { accessWith, findRoute } from "../support/sts_access.ts";

/** One profile, and in words where its keys come from, or why there are none. */
export interface DetailedStatus extends ListedStatus {
  readonly keys: string;
}

/** A profile, and what awsmfa has for it besides what stands in the files. */
export interface ListedStatus extends ProfileStatus {
  /** The end of a session that is cached for it: `env`, `exec` and a login need no code until then. */
  readonly cachedUntil?: Date;
  readonly cachedSecondsLeft?: number;
  /** It is a role's. */
  readonly cachedRole?: boolean;
  /** The other credentials file that its session is in, and that its role is set aside for. */
  readonly elsewhere?: string;
  /** The profile whose session it gets from awsmfa whenever a tool asks. */
  readonly linkTo?: string;
  /** When its access key was made, as far as IAM was asked by a rotation. */
  readonly keyCreated?: Date;
  readonly keyAgeDays?: number;
}

/** All profiles, and whether the one that counts in a place is among those that the two files know. */
export interface StatusList {
  readonly profiles: readonly ListedStatus[];
  readonly isKnown: boolean;
}

/** `name` is the profile whose settings count here; it is `current` where programs use its keys, too. */
export function listProfiles(world: World, name: string, isCurrent: boolean): StatusList {
  const files = readAwsFiles(world);
  const profiles = listIn(world, files, isCurrent ? name : undefined);
  return { profiles, isKnown: findProfile(files, name) !== undefined };
}

function listIn(world: World, files: AwsFiles, current: string | undefined): ListedStatus[] {
  const hasCached = [files.at, ...formerFolders(world, files.at)].some(({ sessions }) =>
    world.listFolder(sessions).some((name) => name.endsWith(".json"))
  );
  const listed = listStatus(files, world.now(), current ?? "");
  if (listed.length === 0) { for (const file of [files.credentials, files.config]) refuseFaults(file); }
  const links = linksIn(files);
  const linked = [...links].filter(([name]) => !listed.some((each) => each.name === name))
    .map(([name]) => statusOf(files, name, world.now(), current ?? ""));
  const { keysCreated } = hasCached ? remembered(world, files) : NOTHING_REMEMBERED;
  return [...listed, ...linked].map((status) => {
    const linkTo = links.get(status.name);
    const mayBeCached = hasCached && !isLoggedIn(status);
    const placement = mayBeCached || keysCreated.size > 0
      ? placementOf(files, linkTo ?? status.name)
      : undefined;
    return {
      ...status,
      ...(current === undefined ? { current: false } : {}),
      ...(linkTo === undefined ? {} : { linkTo }),
      ...mayBeCached ? findCachedOf(world, files, placement) : {},
      ...keyAge(world, placement, keysCreated),
      ...elsewhereOf(files, status),
    };
  });
}

function elsewhereOf({ config, at }: AwsFiles, status: ProfileStatus): Pick<ListedStatus, "elsewhere"> {
  const [elsewhere] = isLoggedIn(status) ? [] : filesElsewhere(config, status.name, at.credentials);
  return elsewhere === undefined ? {} : { elsewhere };
}

function linksIn({ config }: AwsFiles): Map<string, string> {
  return new Map(config.sections.flatMap((section): [string, string][] => {
    const to = linkIn(lastValue(section, "credential_process") ?? "");
    return to === undefined || !/profile$/.test(section.kind) ? [] : [[section.name, to]];
  }));
}

/** Nothing where another user could have put it there: doctor tells of that. */
function remembered(world: World, { at }: AwsFiles): DeviceMemory {
  try {
    return readDeviceMemory(world, at);
  } catch (error) {
    if (error instanceof Failure) return NOTHING_REMEMBERED;
    throw error;
  }
}

function keyAge(
  world: World,
  placement: Placement | undefined,
  created: DeviceMemory["keysCreated"],
): Pick<ListedStatus, "keyCreated" | "keyAgeDays"> {
  const keyCreated = created.get(placement?.source.keys.accessKeyId ?? "");
  const keyAgeDays = ageInDays({ created: keyCreated }, world.now());
  return keyCreated === undefined || keyAgeDays === undefined ? {} : { keyCreated, keyAgeDays };
}

/** Undefined for a profile that can't be had a session for. */
function placementOf(files: AwsFiles, name: string): Placement | undefined {
  try {
    return place(files, { name, named: true, asTools: true });
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}

/** Nothing also where the way to AWS has a setting that is refused. */
function findCachedOf(
  world: World,
  files: AwsFiles,
  placement: Placement | undefined,
): Pick<ListedStatus, "cachedUntil" | "cachedSecondsLeft" | "cachedRole"> {
  if (placement === undefined) return {};
  try {
    const access = accessWith(world, findRoute(world, undefined), placement, files);
    const id = cachedId(access.keys.accessKeyId, placement.roles, access);
    const until = readCached(world, files.at, id, "last")?.credentials.expiration;
    if (until === undefined) return {};
    return {
      cachedUntil: until,
      cachedSecondsLeft: secondsLeft(world, until),
      cachedRole: placement.roles.length > 0,
    };
  } catch (error) {
    if (error instanceof Failure) return {};
    throw error;
  }
}

/** Throws NoCredentialsError where the profile holds no session and has no keys to get one with. */
export function showProfile(world: World, name: string, current: string): DetailedStatus {
  const files = readAwsFiles(world);
  const status = statusOf(files, name, world.now(), current);
  const linkTo = linksIn(files).get(name);
  const linked = linkTo === undefined
    ? {}
    : { linkTo, ...findCachedOf(world, files, placementOf(files, linkTo)) };
  return { ...status, ...linked, ...describeKeys(world, files, status), ...elsewhereOf(files, status) };
}

/** The device may be named by the source of the keys. */
function describeKeys(
  world: World,
  files: AwsFiles,
  status: ProfileStatus,
): Pick<DetailedStatus, "keys" | "device"> {
  try {
    const variables = environmentCredentials(world.env);
    const placement = place(files, { name: status.name, named: true, asTools: true, variables });
    return { keys: describeRow(placement), device: serialSetting(placement)?.value };
  } catch (error) {
    // Another tool's session may stand there without any keys.
    if (isLoggedIn(status) && error instanceof NoCredentialsError) {
      return { keys: error.message, device: status.device };
    }
    throw error;
  }
}
