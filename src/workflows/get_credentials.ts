import { accountOfArn } from "../domain/partition.ts";
import { type ProgramSettings, programSettings } from "../domain/program_settings.ts";
import { profileOption } from "../domain/shell_word.ts";
import type { HandOut } from "../domain/variables.ts";
import { NoCredentialsError } from "../errors.ts";
import type { World } from "../world.ts";
import { codeCommandOf } from "./code_command.ts";
import { keep, keptPath } from "./kept_sessions.ts";
import { type ObtainRequest, type Order, placeOrder } from "./order.ts";
import { findReady, type ReadySession } from "./ready_session.ts";
import { refuseGone } from "./who_is_here.ts";
import { sharingFailure } from "./shared_failure.ts";

/** Credentials for other programs, and what goes with them; the credentials file is not touched. */
export interface GivenCredentials extends Omit<HandOut, "files" | "legacyToken"> {
  /** What of the profile's settings no variable can say. */
  readonly unsaid: ProgramSettings["unsaid"];
}

/** A session of a profile: a kept one, or one from AWS, for which somebody may be asked. Throws a Failure. */
export async function getCredentials(world: World, request: ObtainRequest): Promise<GivenCredentials> {
  const order = placeOrder(world, request, true);
  return given(world, order, findReady(world, order) ?? await obtainAndKeep(world, order));
}

/**
 * The same without a conversation, for a program that can't have one. Throws NoCredentialsError where a code
 * would have to be typed.
 */
export async function getSilently(world: World, request: ObtainRequest): Promise<GivenCredentials> {
  const order = placeOrder(world, request, true);
  const ready = findReady(world, order);
  if (ready === undefined) refuseGone(order.placement.source.keys);
  if (ready === undefined && codeCommandOf(order.placement, request) === undefined) {
    const { name } = request.placement;
    throw new NoCredentialsError(
      `profile '${name}' has no valid session; type: awsmfa${profileOption(name)}`,
    );
  }
  return given(world, order, ready ?? await obtainAndKeep(world, order));
}

/**
 * With a code command, of several processes at once one asks AWS, and the others wait and take what it kept. One
 * that waits for a person's code must not keep the others from the same.
 */
async function obtainAndKeep(world: World, order: Order): Promise<ReadySession> {
  // What only a call needs is loaded on the way to it.
  const { keepWhatObtainNeeds, obtain } = await import("./obtain.ts");
  keepWhatObtainNeeds(world, order);
  const { files, placement, request } = order;
  const work = async (): Promise<ReadySession> => {
    const { toKeep, ...obtained } = await obtain(world, order);
    await keep(world, files.at, toKeep);
    return obtained;
  };
  if (codeCommandOf(placement, request) === undefined) return await work();
  const path = keptPath(world, files.at, order.userId);
  const since = world.now();
  return await world.withLock(
    path,
    async () => findReady(world, order) ?? await sharingFailure(world, files.at, since, work),
  );
}

function given(
  world: World,
  order: Order,
  { credentials, serial, callerArn }: ReadySession,
): GivenCredentials {
  const { placement, files, request: { regionNamed, placement: { sourceProfile, role } } } = order;
  const isRegion = (variable: string): boolean => /^AWS_(DEFAULT_)?REGION$/.test(variable);
  const wish = (variable: string): string | undefined =>
    (isRegion(variable) ? regionNamed : undefined) ?? (world.env(variable) || undefined);
  const { variables: settings, unsaid } = programSettings(files, placement.target, wish);
  const options = Object.entries({
    sourceProfile,
    roleArn: role?.arn,
    externalId: role?.externalId,
    roleSessionName: role?.sessionName,
  }).flatMap(([name, value]): [string, string][] => value === undefined ? [] : [[name, value]]);
  const arn = placement.roles.at(-1)?.arn ?? callerArn ?? serial;
  return {
    credentials,
    profile: placement.target,
    accountId: arn === undefined ? undefined : accountOfArn(arn),
    settings,
    unsaid,
    options: new Map(options),
    keyId: placement.row === "environment" ? placement.source.keys.accessKeyId : undefined,
  };
}
