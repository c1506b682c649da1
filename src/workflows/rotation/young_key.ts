import { ageInDays } from "../../domain/keys/access_key.ts";
import { ownerOf } from "../../domain/aws/caller.ts";
import { StsRefusal } from "../../domain/aws/sts_refusal.ts";
import type { World } from "../../world.ts";
import { checkWay } from "../support/check_way.ts";
import { rememberingKeys } from "../support/device_memory.ts";
import { keep } from "../sessions/cached_sessions.ts";
import type { SessionOrder } from "../sessions/session_order.ts";
import { withOwnSession } from "../sessions/own_session.ts";
import { iam, type Rotated, type RotationRequest } from "./rotation_context.ts";

/** Asked with the key itself: for a key that stays, no code is needed. */
export async function youngKey(
  world: World,
  order: SessionOrder,
  { olderThanSeconds }: RotationRequest,
): Promise<Rotated | undefined> {
  if (olderThanSeconds === undefined) return undefined;
  await checkWay(world, order.access);
  const created = await createdOf(world, order);
  if (created === undefined) return undefined;
  const { placement: { source: { profile, keys } }, files: { at } } = order;
  await keep(world, at, [rememberingKeys(world, at, [{ accessKeyId: keys.accessKeyId, created }])]);
  const isYoung = world.now().getTime() - created.getTime() < olderThanSeconds * 1000;
  if (!isYoung) return undefined;
  return {
    profile,
    outcome: "young",
    userName: undefined,
    oldKeyId: keys.accessKeyId,
    newKeyId: undefined,
    oldKey: "active",
    ageDays: ageInDays({ created }, world.now()),
    lastUse: undefined,
    replaced: [],
    loggedIn: false,
  };
}

/** Undefined where IAM does not tell without MFA; then it is asked with a session. */
async function createdOf(world: World, order: SessionOrder): Promise<Date | undefined> {
  try {
    return await world.accessKeyCreated(order.access);
  } catch (error) {
    if (!(error instanceof StsRefusal)) throw error;
  }
  const { access, result } = await withOwnSession(world, order, world.caller);
  const { userName = "" } = ownerOf(result.arn);
  const keys = await iam(world, order, "aws", "ListAccessKeys", () => world.listAccessKeys(access, userName));
  return keys.find(({ accessKeyId }) => accessKeyId === order.placement.source.keys.accessKeyId)?.created;
}
