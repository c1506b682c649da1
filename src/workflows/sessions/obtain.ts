import type { CachedSession } from "../../domain/sessions/cached_session.ts";
import { needsOwnCode } from "../../domain/placement/role_seconds.ts";
import type { NewCredentials } from "../../domain/changes/session_in_file.ts";
import { describeSeconds } from "../../domain/text/duration.ts";
import type { Placement } from "../../domain/placement/placement.ts";
import { sessionWithoutKeys } from "../../domain/placement/placement_errors.ts";
import { CHAINED_ROLE_SECONDS } from "../../domain/placement/role.ts";
import { profileOption, shellWord } from "../../domain/shell/shell_word.ts";
import { joinHints, NoCredentialsError, RefusedError, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { checkWay } from "../support/check_way.ts";
import { codeCommandOf } from "../devices/code_command.ts";
import type { FolderEdit } from "../support/device_memory.ts";
import { caching, forget, keep } from "./cached_sessions.ts";
import { assumeWithCode, assumeWithSession, SessionRefused } from "./obtain_role.ts";
import { obtainSession } from "./obtain_session.ts";
import type { SessionOrder } from "./session_order.ts";
import { findUserSession } from "./ready_session.ts";
import { sayClock } from "./say_clock.ts";
import { refuseGone } from "./who_is_here.ts";
import { goesWithoutCode } from "./goes_without_code.ts";
import { obtainWithoutCode } from "./without_code.ts";

/** What AWS gave. */
export interface Obtained {
  readonly credentials: NewCredentials;
  readonly serial: string;
  readonly callerArn: string | undefined;
  /** The seconds that AWS was asked for; it may have given fewer. */
  readonly askedSeconds: number;
  /** What awsmfa's own folder is to keep of it. */
  readonly toCache: readonly FolderEdit[];
}

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

/** A session that is the source itself, and of which no long-term keys are known: roles are had with it, for an hour. */
async function obtainWithGiven(world: World, order: SessionOrder, sessionToken: string): Promise<Obtained> {
  const { placement, roleSeconds, userId, request } = order;
  if (roleSeconds === undefined) throw sessionWithoutKeys(order.files, placement.source.profile);
  if (request.seconds !== undefined && needsOwnCode(request.seconds)) {
    throw new UsageError(
      `${describeSeconds(request.seconds)} is too long: AWS gives a role for ${
        describeSeconds(CHAINED_ROLE_SECONDS)
      } at most, where it is assumed with a session as that of '${placement.source.profile}'`,
      "--duration 1h",
    );
  }
  const credentials = { ...placement.source.keys, sessionToken, expiration: NEVER };
  const user = { id: userId, serial: "", callerArn: undefined, credentials };
  const seconds = Math.min(roleSeconds, CHAINED_ROLE_SECONDS);
  const { toCache: [cached], ...obtained } = await assumeWith(world, order, user, seconds, false);
  return { ...obtained, toCache: cached === undefined ? [] : [cached] };
}

/** It is not kept, and only asked with. */
const NEVER = new Date(8.64e15);

function refuseEnded(world: World, { source }: Placement, expiration: Date | undefined): void {
  if (expiration === undefined || expiration > world.now()) return;
  const { profile } = source;
  throw new NoCredentialsError(
    `the session in profile '${profile}' has ended, and its long-term keys are not known`,
    (shell) =>
      `renew it with what made it; if that was awsmfa: awsmfa --source-profile NAME --to ${
        shellWord(profile, shell)
      }`,
  );
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

async function assumeWith(
  world: World,
  { files, placement, access, id }: SessionOrder,
  user: CachedSession,
  seconds: number,
  isCached: boolean,
): Promise<Obtained> {
  const { credentials, callerArn } = await assumeWithSession(
    world,
    placement,
    access,
    user,
    seconds,
    isCached,
  );
  const { serial } = user;
  const toCache = [caching(world, files.at, { id, serial, callerArn, askedSeconds: seconds, credentials })];
  // A name that was asked for once is kept with the user's session.
  if (user.callerArn !== callerArn) toCache.push(caching(world, files.at, { ...user, callerArn }));
  return { credentials, serial, callerArn, askedSeconds: seconds, toCache };
}

function sayCut(world: World, { placement: { roles } }: SessionOrder, seconds: number): void {
  if ((roles.at(-1)?.seconds ?? 0) <= seconds || roles.length < 2) return;
  world.err(
    "AWS gives a role that is assumed by another role an hour: duration_seconds of the profile is not followed.\n",
  );
}

async function obtainUserSession(world: World, order: SessionOrder): Promise<CachedSession> {
  const { session, memory } = await obtainSession(world, order);
  await keep(world, order.files.at, [caching(world, order.files.at, session), memory]);
  return session;
}
