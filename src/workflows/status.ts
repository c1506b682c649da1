import { describeRow, place, serialSetting } from "../domain/placement.ts";
import { isLoggedIn, listStatus, type ProfileStatus, statusOf } from "../domain/status.ts";
import { NoCredentialsError } from "../errors.ts";
import type { World } from "../world.ts";
import { type AwsFiles, readAwsFiles } from "./aws_files.ts";

/** One profile, and in words where its keys come from, or why there are none. */
export interface DetailedStatus extends ProfileStatus {
  readonly keys: string;
}

export function listProfiles(world: World, current: string): ProfileStatus[] {
  return listStatus(readAwsFiles(world), world.now(), current);
}

/** Throws NoCredentialsError where the profile holds no session and has no keys to get one with. */
export function showProfile(world: World, name: string, current: string): DetailedStatus {
  const files = readAwsFiles(world);
  const status = statusOf(files, name, world.now(), current);
  return { ...status, ...describeKeys(files, status) };
}

/** The device may be named by the source of the keys. */
function describeKeys(files: AwsFiles, status: ProfileStatus): Pick<DetailedStatus, "keys" | "device"> {
  try {
    const placement = place(files, { name: status.name, named: true, asTools: true });
    return { keys: describeRow(placement), device: serialSetting(placement)?.value };
  } catch (error) {
    // Another tool's session may stand there without any keys.
    if (isLoggedIn(status) && error instanceof NoCredentialsError) {
      return { keys: error.message, device: status.device };
    }
    throw error;
  }
}
