import type { CachedSession } from "../../domain/sessions/cached_session.ts";
import { needsOwnCode } from "../../domain/placement/role_seconds.ts";
import type { World } from "../../world.ts";
import { readDeviceMemory, secondsSinceUse } from "../support/device_memory.ts";
import type { SessionOrder } from "./session_order.ts";
import { findReady, findUserSession } from "./ready_session.ts";

/**
 * The order without its code, where awsmfa itself has just used that code for this device: it means the session that
 * came of it, for another profile or another command. AWS takes each code once. The same order where that session is
 * not what is wanted.
 */
export async function orderAfterSpentCode(world: World, order: SessionOrder): Promise<SessionOrder> {
  const { request, files: { at }, roleSeconds } = order;
  const { code, force, serial } = request;
  if (code === undefined || force) return order;
  const without: SessionOrder = { ...order, request: { ...request, code: undefined } };
  const ready = findReady(world, without);
  const user: CachedSession | undefined = findUserSession(world, without);
  const canAssume = user !== undefined && roleSeconds !== undefined && !needsOwnCode(roleSeconds);
  const device = user?.serial ?? ready?.serial;
  if ((ready === undefined && !canAssume) || !device) return order;
  if (serial !== undefined && serial.value !== device) return order;
  return await secondsSinceUse(world, readDeviceMemory(world, at), device, code) === undefined
    ? order
    : without;
}
