import { findCredentials, sameKeys } from "../../domain/keys/credentials.ts";
import { isClockBack } from "../../domain/aws/clock.ts";
import { isEnough } from "../../domain/sessions/enough.ts";
import { bindingOf, type CachedSession } from "../../domain/sessions/cached_session.ts";
import { valueIn } from "../../domain/aws_files/profiles.ts";
import { expirationIn, formatExpiration } from "../../domain/keys/expiration.ts";
import type { NewCredentials } from "../../domain/changes/session_in_file.ts";
import { needsOwnCode } from "../../domain/placement/role_seconds.ts";
import { isOwnValue, readMark } from "../../domain/keys/session_mark.ts";
import type { World } from "../../world.ts";
import { readCached, secondsLeft } from "./cached_sessions.ts";
import type { ObtainRequest, SessionOrder } from "./session_order.ts";

/** A session that is good enough, so that nobody need be asked. */
export interface ReadySession {
  readonly credentials: NewCredentials;
  /** The device that proved it, where that is known. */
  readonly serial: string | undefined;
  /** The user's ARN, where AWS was asked for it. */
  readonly callerArn?: string | undefined;
}

/**
 * A session for an order that is good enough: kept in awsmfa's folder, or standing in the target's section. Throws
 * FileError where the folder is one that others could have put it into.
 */
export function findReady(world: World, order: SessionOrder): ReadySession | undefined {
  if (!mayUseCached(order.request)) return undefined;
  return cachedSessionFor(world, order) ?? readyInTarget(world, order) ?? givenSession(world, order);
}

/** The session of a profile that has no keys is what AWS's tools take there. */
function givenSession(world: World, { placement, enough }: SessionOrder): ReadySession | undefined {
  const { source: { keys, session }, roles } = placement;
  if (session?.expiration === undefined || roles.length > 0) return undefined;
  if (!isEnough(secondsLeft(world, session.expiration), Infinity, enough)) return undefined;
  const credentials = { ...keys, sessionToken: session.token, expiration: session.expiration };
  return { credentials, serial: undefined };
}

/** The user's own cached session, and with which roles can be assumed without a code. */
export function findUserSession(
  world: World,
  { files, userId, request }: SessionOrder,
): CachedSession | undefined {
  if (!mayUseCached(request)) return undefined;
  // It is for one request; the role lasts longer than it.
  return readCached(world, files.at, userId, request.minRemaining ?? "last");
}

/** True where a role is wanted, and can be assumed with a session that is there: that needs no code. */
export function canAssume(world: World, order: SessionOrder): boolean {
  const { roleSeconds, placement: { source } } = order;
  if (roleSeconds === undefined) return false;
  return source.session !== undefined ||
    (!needsOwnCode(roleSeconds) && findUserSession(world, order) !== undefined);
}

/** The cached session that is wanted. One that was asked for another time than --duration says is another one. */
function cachedSessionFor(
  world: World,
  { files, id, request, enough }: SessionOrder,
): CachedSession | undefined {
  const cached = readCached(world, files.at, id, enough);
  return request.seconds === undefined || cached?.askedSeconds === request.seconds ? cached : undefined;
}

/** False where AWS is to be asked in any case. */
export function mayUseCached({ code, force }: ObtainRequest): boolean {
  return code === undefined && !force;
}

/** The session in the target's section, if awsmfa wrote it for this order and it lasts long enough. */
export function readyInTarget(world: World, order: SessionOrder): ReadySession | undefined {
  const { placement: { targetProfile }, id, request, enough } = order;
  const sections = targetProfile?.inCredentials ?? [];
  const found = findCredentials(sections);
  const expiration = expirationIn(sections);
  const sessionToken = valueIn(sections, "aws_session_token");
  if (found.kind !== "session" || expiration === undefined || !sessionToken) return undefined;
  const left = secondsLeft(world, expiration);
  if (!isEnough(left, Infinity, enough) || isClockBack(left)) return undefined;
  const credentials = {
    ...found.keys,
    sessionToken,
    expiration,
    principalArn: valueIn(sections, "x_principal_arn"),
  };
  const mark = readMark(sections);
  const isMarked = mark?.binding === bindingOf(id) &&
    isOwnValue(mark, "aws_secret_access_key", found.keys.secretAccessKey) &&
    isOwnValue(mark, "aws_session_token", sessionToken) &&
    isOwnValue(mark, "x_security_token_expires", formatExpiration(expiration));
  // One of 0.1.0 has no mark, and --duration is known of kept ones alone.
  if (isMarked && request.seconds === undefined) return { credentials, serial: undefined };
  const cached = cachedSessionFor(world, order)?.credentials;
  const isCached = cached?.sessionToken === sessionToken && sameKeys(cached, found.keys) &&
    formatExpiration(cached.expiration) === formatExpiration(expiration);
  return isCached ? { credentials, serial: undefined } : undefined;
}
