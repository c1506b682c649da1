import { type Check, ok, problem, warning } from "../../domain/checks/check.ts";
import { NOTHING_REMEMBERED } from "../../domain/aws/device_memory.ts";
import { place, type Setting } from "../../domain/placement/placement.ts";
import type { PlacementRequest } from "../../domain/placement/placement_row.ts";
import { profileNames } from "../../domain/aws_files/profiles.ts";
import { profileFromVariables } from "../../domain/sessions/who_here.ts";
import { configure } from "../../domain/placement/placement_errors.ts";
import { Failure, FileError, MissingProfileError, NoCredentialsError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { locate, readAwsFiles } from "../support/aws_files.ts";
import { checkAccess } from "./check_access.ts";
import { checkCached, checkFiles, checkLocks } from "./check_files.ts";
import { checkEnvironment } from "./check_environment.ts";
import { checkReaders } from "./check_readers.ts";
import { checkPlacement } from "./check_placement.ts";
import { describeLeft } from "../setup/edit_file.ts";
import { checkWindowsAccess } from "./check_windows_access.ts";
import { readDeviceMemory } from "../support/device_memory.ts";
import { accessWith, type StsRoute } from "../support/sts_access.ts";

/** What is asked of the doctor, checked. */
export interface DoctorRequest {
  readonly placement: PlacementRequest;
  readonly route: StsRoute;
  readonly serial: Setting | undefined;
  readonly offline: boolean;
}

/** All checks, the offline ones first. */
export async function examine(world: World, request: DoctorRequest): Promise<Check[]> {
  try {
    locate(world);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [problem("home", error.message, error.fix ?? "set HOME")];
  }
  const checks = [
    ...checkFiles(world),
    ...await checkLocks(world),
    ...await checkLeftCopies(world),
    ...await checkWindowsAccess(world),
    ...checkEnvironment(world, request.placement.name),
    ...checkCached(world),
  ];
  try {
    const files = readAwsFiles(world);
    checks.push(...checkReaders(files, request.placement.name));
    const placement = place(files, { ...request.placement, asTools: true });
    // A folder that can't be trusted is a problem already.
    const isPrivate = !checks.some(({ state, what }) => state === "problem" && what === "kept");
    const memory = isPrivate ? readDeviceMemory(world, files.at) : NOTHING_REMEMBERED;
    checks.push(...checkPlacement(world, files, placement, request.serial, memory));
    if (request.offline) return checks;
    const access = accessWith(world, request.route, placement, files);
    return [...checks, ...await checkAccess(world, placement, access)];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // What is wrong with a file was found before.
    const isTold = error instanceof FileError &&
      checks.some(({ state, what }) => state === "problem" && /^(config|credentials|backup)$/.test(what));
    if (isTold) return checks;
    const told = isWithoutDefault(world, request.placement, error)
      ? ok("profile", "none is named, and no 'default' has keys: awsmfa -p NAME")
      : problemOf(error, request.placement.name);
    return [...checks, told];
  }
}

/** Where others are there, no default profile, or one without keys, is a habit, for safety. */
function isWithoutDefault(world: World, { name, named }: PlacementRequest, error: Failure): boolean {
  const isDefault = !named && profileFromVariables(world.env).variable === undefined;
  return isDefault && error instanceof MissingProfileError && error.profile === name &&
    profileNames(readAwsFiles(world)).some((each) => each !== name);
}

/** Edits that were cut off. */
async function checkLeftCopies(world: World): Promise<Check[]> {
  const at = locate(world);
  const checks: Check[] = [];
  for (const file of ["config", "credentials"] as const) {
    for (const { folder, text } of await leftCopies(world, at[file])) {
      const isTold = text !== (world.readText(at[file]) ?? "");
      if (isTold) checks.push(warning(file, describeLeft(file, folder), `awsmfa edit ${file}`));
    }
  }
  return checks;
}

/** None where the folder can't be read: the file in it can't be either, and is told. */
async function leftCopies(world: World, path: string): ReturnType<World["leftCopies"]> {
  try {
    return await world.leftCopies(path);
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

/** The hint is what to type, but for keys that are nowhere: there it says what was found instead. */
function problemOf(error: Failure, name: string): Check {
  const { message, hint, fix } = error;
  if (!(error instanceof NoCredentialsError) || /^(aws|correct|shorten) /.test(hint ?? "")) {
    return problem("profile", message, fix ?? "awsmfa status");
  }
  const isWayToKeys = hint === undefined || hint.startsWith("awsmfa setup");
  return problem("profile", isWayToKeys ? message : `${message} (${hint})`, configure(name));
}
