import type { SessionCredentials } from "../domain/credentials.ts";
import { setting } from "../domain/placement.ts";
import { profileOption } from "../domain/shell_word.ts";
import { NoCredentialsError } from "../errors.ts";
import type { World } from "../world.ts";
import { codeCommandOf } from "./code_command.ts";
import { keep, keptPath } from "./kept_sessions.ts";
import { type ObtainRequest, type Order, placeOrder } from "./order.ts";
import { findReady } from "./ready_session.ts";
import { sharingFailure } from "./shared_failure.ts";

/** Credentials for other programs; the credentials file is not touched. */
export interface GivenCredentials {
  readonly credentials: SessionCredentials;
  readonly profile: string;
  readonly region: string | undefined;
}

/** A session of a profile: a kept one, or one from AWS, for which somebody may be asked. Throws a Failure. */
export async function getCredentials(world: World, request: ObtainRequest): Promise<GivenCredentials> {
  const order = placeOrder(world, request, true);
  const ready = findReady(world, order)?.credentials;
  return given(order, ready ?? await obtainAndKeep(world, order));
}

/**
 * The same without a conversation, for a program that can't have one. Throws NoCredentialsError where a code
 * would have to be typed.
 */
export async function getSilently(world: World, request: ObtainRequest): Promise<GivenCredentials> {
  const order = placeOrder(world, request, true);
  const ready = findReady(world, order)?.credentials;
  if (ready === undefined && codeCommandOf(order.placement, request) === undefined) {
    const { name } = request.placement;
    throw new NoCredentialsError(
      `profile '${name}' has no valid session; type: awsmfa${profileOption(name)}`,
    );
  }
  return given(order, ready ?? await obtainAndKeep(world, order));
}

/**
 * With a code command, of several processes at once one asks AWS, and the others wait and take what it kept. One
 * that waits for a person's code must not keep the others from the same.
 */
async function obtainAndKeep(world: World, order: Order): Promise<SessionCredentials> {
  // What only a call needs is loaded on the way to it.
  const { keepWhatObtainNeeds, obtain } = await import("./obtain.ts");
  keepWhatObtainNeeds(world, order);
  const { files, placement, request } = order;
  const work = async (): Promise<SessionCredentials> => {
    const { credentials, toKeep } = await obtain(world, order);
    await keep(world, files.at, toKeep);
    return credentials;
  };
  if (codeCommandOf(placement, request) === undefined) return await work();
  const path = keptPath(world, files.at, order.userId);
  const since = world.now();
  return await world.withLock(
    path,
    async () => findReady(world, order)?.credentials ?? await sharingFailure(world, files.at, since, work),
  );
}

function given({ placement, request }: Order, credentials: SessionCredentials): GivenCredentials {
  const region = request.route.region ?? setting(placement, "region")?.value;
  return { credentials, profile: placement.target, region };
}
