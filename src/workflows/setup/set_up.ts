import { canBeKeyId, type LongTermKeys, sameKeys } from "../../domain/keys/credentials.ts";
import { findSection } from "../../domain/aws_files/find_section.ts";
import { accountOfArn } from "../../domain/aws/partition.ts";
import type { Placement } from "../../domain/placement/placement.ts";
import { type Profile, soundProfile, valueIn } from "../../domain/aws_files/profiles.ts";
import { refuseForeignSource } from "../../domain/placement/foreign_source.ts";
import { roleValue } from "../../domain/placement/role.ts";
import { ACCOUNT_KEY } from "../../domain/keys/session_mark.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { keysBeside, ownKeys, type SourceKeys } from "../../domain/placement/source_keys.ts";
import { NoCredentialsError, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { askDevice } from "../devices/ask_device.ts";
import { askKeys } from "./ask_keys.ts";
import { callContext } from "../support/call_context.ts";
import { type AwsFiles, readAwsFiles } from "../support/aws_files.ts";
import { readDeviceMemory } from "../support/device_memory.ts";
import { routeWith } from "../support/sts_access.ts";
import { askRegion } from "./ask_region.ts";
import type { SetupRequest } from "./setup_request.ts";
import { save } from "./save_setup.ts";
import type { Setup } from "./setup_result.ts";

/**
 * Checks a profile's keys with AWS, asks for what is not there yet, and writes it. What is there is shown, and stays
 * where nothing else is answered. Throws a Failure, and then no file has changed.
 */
export async function setUp(world: World, request: SetupRequest): Promise<Setup> {
  const { profile: name } = request;
  const files = readAwsFiles(world);
  const profile = soundProfile(files, name);
  if (profile !== undefined) refuseOtherKinds(files, profile);
  for (const file of [files.config, files.credentials]) findSection(file, name);
  world.checkReplaceable([files.at.credentials, files.at.config]);

  const found = keysThere(files, name, profile);
  const access = routeWith(
    world,
    request.route,
    (key) => {
      const value = profile?.get(key);
      return value === undefined ? undefined : { value, source: `${key} of profile '${name}'` };
    },
    profile,
    files.config,
  );
  // The region is asked for once AWS has said whose keys these are.
  await world.keepHosts({ ...access, region: undefined });
  const { keys, callerArn, owner } = await askKeys(
    world,
    { ...request, there: proposable(found?.keys) },
    access,
  );
  const region = await askRegion(world, files, request, profile, owner.partition);
  const placement = inPlace(name, profile, keys);
  const itsAccess = { ...access, keys, region };
  const serial = await askDevice(world, {
    placement,
    access: itsAccess,
    context: callContext(placement, itsAccess, undefined),
    memory: readDeviceMemory(world, files.at),
    serial: request.serial,
    tried: new Set(),
  }, owner);
  const isNew = found === undefined || !sameKeys(found.keys, keys);
  // .NET calls a profile with mfa_serial not valid.
  const device = profile?.own("mfa_serial") === undefined ? "aws_mfa_device" : "mfa_serial";
  // Tools build host names of it: new keys may be of another account.
  const account = profile?.own(ACCOUNT_KEY) === undefined ? undefined : accountOfArn(callerArn);
  const values = ([["region", region], [device, serial], [ACCOUNT_KEY, account]] as const)
    .flatMap(([key, value]): [string, string][] =>
      value === undefined || isThere(profile, key, value) ? [] : [[key, value]]
    );
  const { changed, note } = await save(world, files, keys, isNew ? keys : undefined, { name, values });
  return { profile: name, callerArn, owner, accessKeyId: keys.accessKeyId, region, serial, changed, note };
}

/** What stands there is shown as a proposal: a secret in the place of the id is none. */
function proposable(keys: LongTermKeys | undefined): LongTermKeys | undefined {
  return keys !== undefined && canBeKeyId(keys.accessKeyId) ? keys : undefined;
}

/** Undefined also for half a key: it is asked for anew. */
function keysThere(files: AwsFiles, name: string, profile: Profile | undefined): SourceKeys | undefined {
  try {
    return keysBeside(files, name) ?? ownKeys(files, name, profile);
  } catch (error) {
    if (error instanceof NoCredentialsError) return undefined;
    throw error;
  }
}

/** Profiles that log in with the keys of another one, or by other ways than an access key. */
function refuseOtherKinds(files: AwsFiles, profile: Profile): void {
  const source = roleValue(profile, "source_profile");
  const isRole = roleValue(profile, "role_arn") !== undefined;
  if (isRole || (source !== undefined && source !== profile.name)) {
    throw new UsageError(
      `profile '${profile.name}' ${isRole ? "assumes a role" : "logs in"} with the keys of another profile`,
      source === undefined
        ? "awsmfa setup -p NAME"
        : (shell) => `awsmfa setup${profileOption(source, shell)}`,
    );
  }
  refuseForeignSource(profile, undefined, files);
}

/** The profile as it logs in once it is set up. */
function inPlace(name: string, profile: Profile | undefined, keys: LongTermKeys): Placement {
  return {
    row: "in place",
    source: { keys, profile: name, from: "section", section: name },
    roles: [],
    target: name,
    requested: name,
    targetProfile: profile,
    sourceProfile: profile,
    askedProfile: undefined,
    isOfOthers: false,
  };
}

/** What only a section without `profile ` says counts no more once there is one with it. */
function isThere(profile: Profile | undefined, key: string, value: string): boolean {
  return profile?.own(key) === value &&
    !(profile.unprefixed && valueIn(profile.inCredentials, key) === undefined);
}
