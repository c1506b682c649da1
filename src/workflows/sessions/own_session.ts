import { isSessionOver, StsRefusal } from "../../domain/aws/sts_refusal.ts";
import type { StsAccess, World } from "../../world.ts";
import { caching, forget, keep } from "./cached_sessions.ts";
import { obtainSession } from "./obtain_session.ts";
import type { SessionOrder } from "./session_order.ts";
import { findUserSession } from "./ready_session.ts";

/** Seconds that a cached session must still last. */
const ENOUGH = 900;

/** The order for the user's own session, whatever roles the profile has. */
export function ownOrder(order: SessionOrder): SessionOrder {
  return {
    ...order,
    placement: { ...order.placement, roles: [] },
    id: order.userId,
    roleSeconds: undefined,
    enough: ENOUGH,
    request: { ...order.request, minRemaining: ENOUGH },
  };
}

/** A new MFA session of the user, which is kept. Throws a Failure. */
export async function newSession(world: World, order: SessionOrder): Promise<StsAccess> {
  const { session, memory } = await obtainSession(world, order);
  await keep(world, order.files.at, [caching(world, order.files.at, session), memory]);
  return { ...order.access, keys: session.credentials };
}

/**
 * Makes a call with the user's MFA session: the one that is kept, or a new one where there is none or AWS takes it no
 * more. Throws what the call throws, and a Failure.
 */
export async function withOwnSession<T>(
  world: World,
  order: SessionOrder,
  call: (access: StsAccess) => Promise<T>,
): Promise<{ readonly access: StsAccess; readonly result: T }> {
  const cached = findUserSession(world, order);
  if (cached !== undefined) {
    const access = { ...order.access, keys: cached.credentials };
    try {
      return { access, result: await call(access) };
    } catch (error) {
      if (!(error instanceof StsRefusal) || !isSessionOver(error)) throw error;
      await forget(world, order.files.at, cached);
    }
  }
  const access = await newSession(world, order);
  return { access, result: await call(access) };
}

/**
 * The cached session for the key of one order is kept for that of another, of the same user, where AWS takes it
 * by now. Where it does not, the next login gets a new one. Throws NetworkError.
 */
export async function carrySession(world: World, from: SessionOrder, to: SessionOrder): Promise<void> {
  // A code that was given went into the cached session.
  const cached = findUserSession(world, { ...from, request: { ...from.request, code: undefined } });
  if (cached === undefined) return;
  if (!(await isTaken(world, { ...to.access, keys: cached.credentials }))) return;
  await keep(world, to.files.at, [caching(world, to.files.at, { ...cached, id: to.userId })]);
}

async function isTaken(world: World, access: StsAccess): Promise<boolean> {
  try {
    await world.caller(access);
    return true;
  } catch (error) {
    if (error instanceof StsRefusal) return false;
    throw error;
  }
}
