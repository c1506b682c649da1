import type { World } from "../../world.ts";
import { codeCommandOf } from "../devices/code_command.ts";
import { readDeviceMemory } from "../support/device_memory.ts";
import { knownDevice } from "../devices/known_device.ts";
import type { SessionOrder } from "./session_order.ts";
import { findUserSession } from "./ready_session.ts";

/**
 * True where AWS is asked without a code first: with --no-mfa, and for a role where nothing names a device, nor says
 * where a code comes from. The role may want none, and the user may have none.
 */
export function goesWithoutCode(world: World, order: SessionOrder): boolean {
  const { request, placement, files } = order;
  if (request.noMfa) return true;
  return placement.roles.length > 0 && placement.source.session === undefined && request.code === undefined &&
    codeCommandOf(placement, request) === undefined && findUserSession(world, order) === undefined &&
    knownDevice({ placement, serial: request.serial, memory: readDeviceMemory(world, files.at) }) ===
      undefined;
}
