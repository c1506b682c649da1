import type { CachedSession } from "../../domain/sessions/cached_session.ts";
import { needsOwnCode } from "../../domain/placement/role_seconds.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { joinHints, NoCredentialsError, RefusedError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { checkWay } from "../support/check_way.ts";
import { codeCommandOf } from "../devices/code_command.ts";
import { caching, forget, keep } from "./cached_sessions.ts";
import { assumeWithCode, SessionRefused } from "./obtain_role.ts";
import { obtainSession } from "./obtain_session.ts";
import type { SessionOrder } from "./session_order.ts";
import { findUserSession } from "./ready_session.ts";
import { sayClock } from "./say_clock.ts";
import { refuseGone } from "./who_is_here.ts";
import { goesWithoutCode } from "./goes_without_code.ts";
import { obtainWithoutCode } from "./without_code.ts";
import { obtainWithGiven, refuseEnded } from "./obtain_with_given.ts";
import { assumeWith, type Obtained } from "./assume_with.ts";

/** What an order ends in, from AWS. The user's own session is kept before a role is asked for. Throws a Failure. */
export async function obtain(outer: World, order: SessionOrder): Promise<Obtained> {
  const { roleSeconds } = order;
  const world = askingWhoOnce(outer);
  const { keys, session: given } = order.placement.source;
  refuseGone(keys);
  if (given !== undefined) refuseEnded(world, order.placement, given.expiration);
  await checkWay(world, order.access);
  const without = given === undefined && goesWithoutCode(world, order)
    ? await withoutCode(world, order)
    : undefined;
  const obtained = without ??
    (given !== undefined
      ? await obtainWithGiven(world, order, given.token)
      : roleSeconds === undefined
      ? await obtainOwn(world, order)
      : needsOwnCode(roleSeconds)
      ? await obtainLongRole(world, order, roleSeconds)
      : await obtainRole(world, order, roleSeconds));
  await sayClock(world);
  return obtained;
}

/** Whose the keys are is asked once, also where AWS is asked again with a code. */
function askingWhoOnce(world: World): World {
  const known = new Map<string, ReturnType<World["caller"]>>();
  const caller: World["caller"] = (access) => {
    const { accessKeyId } = access.keys;
    const answer = known.get(accessKeyId) ?? world.caller(access);
    known.set(accessKeyId, answer);
    return answer;
  };
  return { ...world, caller };
}

/** Undefined where a code is to be asked for. It has no device, and none is remembered. */
async function withoutCode(world: World, order: SessionOrder): Promise<Obtained | undefined> {
  const given = await obtainWithoutCode(world, order);
  if (given === undefined) return undefined;
  const cached = { id: order.id, serial: "", ...given };
  return { ...given, serial: "", toCache: [caching(world, order.files.at, cached)] };
}

/** Gives up what getting the credentials does not need: running programs, where not even the code comes from one. */
export function keepWhatObtainNeeds(world: World, { placement, request }: SessionOrder): void {
  if (codeCommandOf(placement, request) === undefined && !request.runsProgram) {
    world.keepPermissions(["read", "write", "env", "net"]);
  }
}

/** The user's own session. */
async function obtainOwn(world: World, order: SessionOrder): Promise<Obtained> {
  const { session, memory, askedSeconds } = await obtainSession(world, order);
  const { credentials, serial, callerArn } = session;
  return {
    credentials,
    serial,
    callerArn,
    askedSeconds,
    toCache: [caching(world, order.files.at, session), memory],
  };
}

/** A role for longer than a cached session could get it. */
async function obtainLongRole(world: World, order: SessionOrder, seconds: number): Promise<Obtained> {
  const { files, placement, access, request, id } = order;
  const proven = await assumeWithCode(world, files.at, placement, access, request, seconds);
  const { serial, callerArn, result: credentials, memory } = proven;
  const cached = caching(world, files.at, { id, serial, callerArn, askedSeconds: seconds, credentials });
  return { credentials, serial, callerArn, askedSeconds: seconds, toCache: [cached, memory] };
}

/**
 * The roles are assumed with the user's session: the kept one, or a new one. A new one is kept first: where AWS refuses
 * the role, the code that it cost is not lost. Where AWS takes the kept one no more, it is forgotten; where the role
 * takes none, or only a younger one, a code goes with the request itself.
 */
async function obtainRole(world: World, order: SessionOrder, seconds: number): Promise<Obtained> {
  sayCut(world, order, seconds);
  const cached = findUserSession(world, order);
  if (cached === undefined) {
    return await assumeWith(world, order, await obtainUserSession(world, order), seconds, false);
  }
  try {
    return await assumeWith(world, order, cached, seconds, true);
  } catch (error) {
    if (!(error instanceof SessionRefused)) throw error;
    const { refusal: { code }, isOver } = error;
    if (isOver) await forget(world, order.files.at, cached);
    const { placement, request } = order;
    const what = isOver
      ? `AWS no longer accepts the cached session of profile '${placement.source.profile}' (${code})`
      : `AWS doesn't accept the cached session for role ${placement.roles[0]?.arn} (${code})`;
    if (!world.interactive && codeCommandOf(placement, request) === undefined) {
      const command = `awsmfa${profileOption(request.placement.name, world.syntaxSoFar())}`;
      if (isOver) throw new NoCredentialsError(`${what}; it was removed; run: ${command}`);
      const { message, fix = "ask for another role" } = error.failure;
      throw new RefusedError(message, joinHints(fix, `; if it wants a younger session: ${command} -f`));
    }
    world.err(`${what}: ${isOver ? "it was removed, and a code is needed" : "it is tried with a code"}.\n`);
    if (isOver) return await assumeWith(world, order, await obtainUserSession(world, order), seconds, false);
    if (placement.roles.length > 1) throw error.failure;
    return await obtainLongRole(world, order, seconds);
  }
}

async function obtainUserSession(world: World, order: SessionOrder): Promise<CachedSession> {
  const { session, memory } = await obtainSession(world, order);
  await keep(world, order.files.at, [caching(world, order.files.at, session), memory]);
  return session;
}

function sayCut(world: World, { placement: { roles } }: SessionOrder, seconds: number): void {
  if ((roles.at(-1)?.seconds ?? 0) <= seconds || roles.length < 2) return;
  world.err(
    "AWS gives a role that is assumed by another role an hour: duration_seconds of the profile is not followed.\n",
  );
}
