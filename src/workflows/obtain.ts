import { keptId } from "../domain/kept_session.ts";
import { needsOwnCode } from "../domain/role_seconds.ts";
import type { NewCredentials } from "../domain/session_in_file.ts";
import type { World } from "../world.ts";
import { codeCommandOf } from "./code_command.ts";
import type { FolderEdit } from "./device_memory.ts";
import { keeping } from "./kept_sessions.ts";
import { assumeWithCode, assumeWithSession } from "./obtain_role.ts";
import { obtainSession } from "./obtain_session.ts";
import type { Order } from "./order.ts";
import { findUserSession } from "./ready_session.ts";

/** What AWS gave. */
export interface Obtained {
  readonly credentials: NewCredentials;
  readonly serial: string;
  /** The seconds that AWS was asked for; it may have given fewer. */
  readonly askedSeconds: number;
  /** What awsmfa's own folder is to keep of it. */
  readonly toKeep: readonly FolderEdit[];
}

/** What an order ends in, from AWS. Writes nothing. Throws a Failure. */
export async function obtain(world: World, order: Order): Promise<Obtained> {
  const { placement, request, roleSeconds } = order;
  // Where no program is to be run, not even for the code, the permission goes before anything is asked.
  if (codeCommandOf(placement, request) === undefined && !request.runsProgram) {
    world.keepPermissions(["read", "write", "env", "net"]);
  }
  if (roleSeconds === undefined) return await obtainOwn(world, order);
  return needsOwnCode(placement.roles, roleSeconds)
    ? await obtainLongRole(world, order, roleSeconds)
    : await obtainRole(world, order, roleSeconds);
}

/** The user's own session. */
async function obtainOwn(world: World, order: Order): Promise<Obtained> {
  const { files, placement, access, request } = order;
  const { session, memory, askedSeconds } = await obtainSession(world, files.at, placement, access, request);
  const { credentials, serial } = session;
  return { credentials, serial, askedSeconds, toKeep: [keeping(world, files.at, session), memory] };
}

/** A role for longer than a kept session could get it. */
async function obtainLongRole(world: World, order: Order, seconds: number): Promise<Obtained> {
  const { files, placement, access, request } = order;
  const proven = await assumeWithCode(world, files.at, placement, access, request, seconds);
  const { serial, callerArn, result: credentials, memory } = proven;
  const id = keptId(access.keys.accessKeyId, placement.roles);
  const kept = keeping(world, files.at, { id, serial, callerArn, credentials });
  return { credentials, serial, askedSeconds: seconds, toKeep: [kept, memory] };
}

/** The roles are assumed with the user's session: the kept one, or a new one. */
async function obtainRole(world: World, order: Order, seconds: number): Promise<Obtained> {
  const { files, placement, access, request } = order;
  const kept = findUserSession(world, order);
  const { session: user, memory } = kept === undefined
    ? await obtainSession(world, files.at, placement, access, request)
    : { session: kept, memory: undefined };
  const { credentials, callerArn } = await assumeWithSession(world, placement, access, user, seconds);
  const id = keptId(access.keys.accessKeyId, placement.roles);
  const toKeep = [keeping(world, files.at, { id, serial: user.serial, callerArn, credentials })];
  // A name that was asked for once is kept with the user's session.
  if (memory !== undefined || user.callerArn !== callerArn) {
    toKeep.push(keeping(world, files.at, { ...user, callerArn }));
  }
  if (memory !== undefined) toKeep.push(memory);
  return { credentials, serial: user.serial, askedSeconds: seconds, toKeep };
}
