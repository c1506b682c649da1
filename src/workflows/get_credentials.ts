import type { SessionCredentials } from "../domain/credentials.ts";
import { keptId } from "../domain/kept_session.ts";
import { place, type Placement, type PlacementRequest, setting } from "../domain/placement.ts";
import { profileOption } from "../domain/shell_word.ts";
import { NoCredentialsError } from "../errors.ts";
import type { World } from "../world.ts";
import { type AwsFiles, readAwsFiles } from "./aws_files.ts";
import { codeCommandOf } from "./code_command.ts";
import { keep, keptPath } from "./kept_sessions.ts";
import { findReady, obtain, type ObtainRequest } from "./obtain.ts";

/** Credentials for other programs; the credentials file is not touched. */
export interface GivenCredentials {
  readonly credentials: SessionCredentials;
  readonly profile: string;
  readonly region: string | undefined;
}

/** What a command that hands credentials on is told, checked. */
export interface GetRequest extends ObtainRequest {
  readonly placement: PlacementRequest;
}

/** A session of a profile: a kept one, or one from AWS, for which somebody may be asked. Throws a Failure. */
export async function getCredentials(world: World, request: GetRequest): Promise<GivenCredentials> {
  const files = readAwsFiles(world);
  const placement = place(files, { ...request.placement, force: true });
  // One that waits for a person's code must not keep the others from the same: only a program's code is locked.
  if (codeCommandOf(placement, request) !== undefined) {
    return await getLocked(world, files, placement, request);
  }
  return await obtainAndKeep(world, files, placement, request);
}

/**
 * The same without a conversation, for a program that can't have one. Throws NoCredentialsError where a code
 * would have to be typed.
 */
export async function getSilently(world: World, request: GetRequest): Promise<GivenCredentials> {
  const files = readAwsFiles(world);
  const placement = place(files, { ...request.placement, force: true });
  if (codeCommandOf(placement, request) !== undefined) {
    return await getLocked(world, files, placement, request);
  }
  const ready = findReady(world, files, placement, request);
  if (ready !== undefined) return given(placement, ready.credentials, request);
  const { name } = request.placement;
  throw new NoCredentialsError(
    `profile '${name}' has no valid session; type: awsmfa${profileOption(name)}`,
  );
}

/** Of several processes at once, one asks AWS, and the others wait and take what it kept. */
async function getLocked(
  world: World,
  files: AwsFiles,
  placement: Placement,
  request: GetRequest,
): Promise<GivenCredentials> {
  const ready = findReady(world, files, placement, request);
  if (ready !== undefined) return given(placement, ready.credentials, request);
  const user = keptId(placement.source.keys.accessKeyId, []);
  return await world.withLock(
    keptPath(world, files.at, user),
    () => obtainAndKeep(world, files, placement, request),
  );
}

async function obtainAndKeep(
  world: World,
  files: AwsFiles,
  placement: Placement,
  request: GetRequest,
): Promise<GivenCredentials> {
  const { credentials, toKeep } = await obtain(world, files, placement, request);
  await keep(world, files.at, toKeep);
  return given(placement, credentials, request);
}

function given(
  placement: Placement,
  credentials: SessionCredentials,
  { route }: GetRequest,
): GivenCredentials {
  const region = route.region ?? setting(placement, "region")?.value;
  return { credentials, profile: placement.target, region };
}
