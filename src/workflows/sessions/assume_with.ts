import type { CachedSession } from "../../domain/sessions/cached_session.ts";
import type { NewCredentials } from "../../domain/changes/session_in_file.ts";
import type { World } from "../../world.ts";
import type { FolderEdit } from "../support/device_memory.ts";
import { caching } from "./cached_sessions.ts";
import { assumeWithSession } from "./obtain_role.ts";
import type { SessionOrder } from "./session_order.ts";

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

/** The role's credentials, from AWS with the user's session. Throws a Failure. */
export async function assumeWith(
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
