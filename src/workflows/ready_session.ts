import { findCredentials } from "../domain/credentials.ts";
import { keptId, type KeptSession } from "../domain/kept_session.ts";
import { valueIn } from "../domain/profiles.ts";
import { isSessionOfRole } from "../domain/role.ts";
import { expirationIn, type NewCredentials } from "../domain/session_in_file.ts";
import type { World } from "../world.ts";
import { readKept, secondsLeft } from "./kept_sessions.ts";
import type { ObtainRequest, Order } from "./order.ts";

/** A session that is good enough, so that nobody need be asked. */
export interface ReadySession {
  readonly credentials: NewCredentials;
  /** The device that proved it, where that is known. */
  readonly serial: string | undefined;
}

/**
 * A session for an order that is good enough: kept in awsmfa's folder, or standing in the target's section. Throws
 * FileError where the folder is one that others could have put it into.
 */
export function findReady(world: World, order: Order): ReadySession | undefined {
  const { files, placement, request } = order;
  if (!mayUseKept(request)) return undefined;
  const id = keptId(placement.source.keys.accessKeyId, placement.roles);
  return readKept(world, files.at, id, request.minRemaining) ?? readyInTarget(world, order);
}

/** The user's own session that is kept, and with which roles can be assumed without a code. */
export function findUserSession(world: World, { files, placement, request }: Order): KeptSession | undefined {
  if (!mayUseKept(request)) return undefined;
  return readKept(world, files.at, keptId(placement.source.keys.accessKeyId, []), request.minRemaining);
}

/** False where AWS is to be asked in any case. */
export function mayUseKept({ code, force }: ObtainRequest): boolean {
  return code === undefined && !force;
}

/** The session in the target's section, if it is one of this placement and lasts long enough. */
export function readyInTarget(
  world: World,
  { files, placement: { source, targetProfile, roles, chosen }, request: { minRemaining } }: Order,
): ReadySession | undefined {
  const sections = targetProfile?.inCredentials ?? [];
  const found = findCredentials(sections);
  const expiration = expirationIn(sections);
  const sessionToken = valueIn(sections, "aws_session_token");
  const principalArn = valueIn(sections, "x_principal_arn");
  if (found.kind !== "session" || expiration === undefined || !sessionToken) return undefined;
  const role = roles.at(-1);
  const isIt = role === undefined ? !principalArn : isSessionOfRole(principalArn ?? "", role.arn);
  if (!isIt || secondsLeft(world, expiration) < minRemaining) return undefined;
  if (chosen) {
    const kept = readKept(world, files.at, keptId(source.keys.accessKeyId, roles), minRemaining);
    if (kept?.credentials.accessKeyId !== found.keys.accessKeyId) return undefined;
  }
  return { credentials: { ...found.keys, sessionToken, expiration, principalArn }, serial: undefined };
}
