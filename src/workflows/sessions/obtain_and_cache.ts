import type { World } from "../../world.ts";
import { codeCommandOf } from "../devices/code_command.ts";
import { cachedPath, keep } from "./cached_sessions.ts";
import type { Obtained } from "./assume_with.ts";
import type { SessionOrder } from "./session_order.ts";
import { findReady, type ReadySession } from "./ready_session.ts";
import { orderAfterSpentCode } from "./spent_code.ts";
import { sharingFailure } from "./shared_failure.ts";

/** A session, and whether AWS was asked for it. */
export type OnceObtained = Omit<Obtained, "toCache"> | ReadySession;

/**
 * With a code that is given, a code command, or where all is `silent`, of several processes at once one asks AWS, and
 * the others wait and take what it kept. One that waits for a person's code must not keep the others from the same.
 */
export async function obtainAndCache(
  world: World,
  order: SessionOrder,
  silent = false,
): Promise<OnceObtained> {
  // What only a call needs is loaded on the way to it.
  const { keepWhatObtainNeeds, obtain } = await import("./obtain.ts");
  keepWhatObtainNeeds(world, order);
  const { files } = order;
  const work = async (order: SessionOrder): Promise<OnceObtained> => {
    const { toCache, ...obtained } = await obtain(world, order);
    await keep(world, files.at, toCache);
    return obtained;
  };
  if (!silent && !isHere(order)) return await work(order);
  const path = cachedPath(world, files.at, order.userId);
  const since = world.now();
  return await world.withLock(
    path,
    async () => {
      const now = await orderAfterSpentCode(world, order);
      const ready = findReady(world, now);
      if (ready !== undefined) return ready;
      // A person who typed a code sees the failure, and it leaves no file behind.
      if (order.request.code !== undefined) return await work(now);
      return await sharingFailure(world, files.at, since, () => work(now));
    },
  );
}

/** True where nobody has to be waited for until a code is there. */
export function isHere({ placement, request }: SessionOrder): boolean {
  return request.code !== undefined || request.noMfa === true ||
    codeCommandOf(placement, request) !== undefined;
}
