import { type AccessKey, ageInDays, type LastUse } from "../../domain/keys/access_key.ts";
import { ownerOf } from "../../domain/aws/caller.ts";
import { explainIamRefusal } from "../../domain/aws/iam_refusal.ts";
import { StsRefusal } from "../../domain/aws/sts_refusal.ts";
import { RefusedError } from "../../errors.ts";
import type { StsAccess, World } from "../../world.ts";
import { callContext } from "../support/call_context.ts";
import { checkWay } from "../support/check_way.ts";
import { callAws } from "../support/call_aws.ts";
import type { SessionOrder } from "../sessions/session_order.ts";
import { withOwnSession } from "../sessions/own_session.ts";
import type { ReplacedIn } from "./replace_key.ts";
import type { BegunRotation } from "./rotation_files.ts";

/** What the command line says, checked; one of the first three at most. */
export interface RotationRequest {
  readonly finish: boolean;
  readonly undo: boolean;
  /** Delete the old key at the end of this run. */
  readonly remove: boolean;
  /** A key that may be deleted to make room. */
  readonly deleteInactive: string | undefined;
  /** A key that is younger stays. */
  readonly olderThanSeconds: number | undefined;
}

/** What became of a user's keys. */
export interface Rotated {
  readonly profile: string;
  readonly outcome: "rotated" | "young" | "finished" | "undone";
  readonly userName: string | undefined;
  readonly oldKeyId: string;
  readonly newKeyId: string | undefined;
  readonly oldKey: "active" | "inactive" | "deleted";
  readonly ageDays: number | undefined;
  /** Of the old key, before this run; undefined where it was never used, or AWS does not say. */
  readonly lastUse: LastUse | undefined;
  readonly replaced: readonly ReplacedIn[];
  /** Whether a login with the new key, code and all, went well. */
  readonly loggedIn: boolean;
}

/** All that a step needs. */
export interface RotationContext {
  readonly world: World;
  readonly order: SessionOrder;
  readonly options: RotationRequest;
  /** Of the user's MFA session. */
  readonly access: StsAccess;
  readonly userName: string;
  readonly partition: string;
  readonly keys: readonly ListedKey[];
}

/** A key with what IAM tells of its use; null where it does not. */
export interface ListedKey extends AccessKey {
  readonly lastUse: LastUse | undefined | null;
}

/** Who it is, a session with MFA, and the keys that there are. */
export async function open(
  world: World,
  order: SessionOrder,
  options: RotationRequest,
): Promise<RotationContext> {
  const { placement } = order;
  await checkWay(world, order.access);
  const context = callContext(placement, order.access, undefined);
  const { arn } = await callAws(world, "asking AWS who this is", context, () => world.caller(order.access));
  const { userName, partition } = ownerOf(arn);
  if (userName === undefined) {
    throw new RefusedError(
      `the access key of profile '${placement.source.profile}' is the root user's, which should have none`,
      "make an IAM user for daily work, then delete this key: AWS console > Security credentials",
    );
  }
  const { access, result } = await iam(
    world,
    order,
    partition,
    "ListAccessKeys",
    () => withOwnSession(world, order, (session) => world.listAccessKeys(session, userName)),
  );
  const keys: ListedKey[] = [];
  for (const key of result) keys.push({ ...key, lastUse: await lastUseOf(world, access, key.accessKeyId) });
  if (!keys.some(({ accessKeyId }) => accessKeyId === placement.source.keys.accessKeyId)) {
    throw new RefusedError(
      `IAM does not list the access key '${placement.source.keys.accessKeyId}' among those of user '${userName}'`,
      "try again in a minute",
    );
  }
  return { world, order, options, access, userName, partition, keys };
}

/** Null where the user may not ask: a rotation goes on without it. */
async function lastUseOf(
  world: World,
  access: StsAccess,
  accessKeyId: string,
): Promise<ListedKey["lastUse"]> {
  try {
    return await world.accessKeyLastUse(access, accessKeyId);
  } catch (error) {
    if (error instanceof StsRefusal) return null;
    throw error;
  }
}

export function describeKey(world: World, key: ListedKey): string {
  const days = ageInDays(key, world.now());
  const age = days === undefined ? "" : `, ${days} days old`;
  return `${key.accessKeyId}: ${key.status.toLowerCase()}${age}, ${describeUse(world, key.lastUse)}`;
}

export function describeUse(world: World, use: ListedKey["lastUse"]): string {
  if (use === null) return "last use not told";
  if (use === undefined) return "never used";
  return `last used ${world.localTime(use.at)} (${use.service}, ${use.region})`;
}

export function resultOf(
  { world, order, userName, keys }: RotationContext,
  begun: BegunRotation,
): Omit<Rotated, "outcome" | "oldKey"> {
  const old = keys.find(({ accessKeyId }) => accessKeyId === begun.keys.old.accessKeyId);
  return {
    profile: order.placement.source.profile,
    userName,
    oldKeyId: begun.keys.old.accessKeyId,
    newKeyId: begun.keys.new?.accessKeyId,
    ageDays: old && ageInDays(old, world.now()),
    lastUse: old?.lastUse ?? undefined,
    replaced: [],
    loggedIn: false,
  };
}

export function call<T>(
  { world, order, partition }: RotationContext,
  action: string,
  send: () => Promise<T>,
): Promise<T> {
  return iam(world, order, partition, action, send);
}

/** A call of IAM, whose refusal is told. Throws a Failure. */
export async function iam<T>(
  world: World,
  { placement, access }: SessionOrder,
  partition: string,
  action: string,
  send: () => Promise<T>,
): Promise<T> {
  try {
    return await world.showWaiting(`asking IAM (${action})`, send());
  } catch (error) {
    if (!(error instanceof StsRefusal)) throw error;
    throw explainIamRefusal(error, action, partition, callContext(placement, access, undefined));
  }
}
