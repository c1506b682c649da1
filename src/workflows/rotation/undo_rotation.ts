import type { LongTermKeys } from "../../domain/keys/credentials.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { type Failure, NoCredentialsError, RefusedError } from "../../errors.ts";
import { callContext } from "../support/call_context.ts";
import { replaceEverywhere } from "./replace_key.ts";
import { call, resultOf, type Rotated, type RotationContext } from "./rotation_context.ts";
import { type BegunRotation, forgetRotation, saveRotation } from "./rotation_files.ts";
import { placedAgain } from "./take_in_use.ts";
import { tryKey } from "./try_key.ts";

/** Puts the old key back where the new one is, and makes the new one inactive. */
export async function undo(ctx: RotationContext, begun: BegunRotation | undefined): Promise<Rotated> {
  const { world, order, access, userName, keys } = ctx;
  const { files: { at }, placement } = order;
  if (begun === undefined) throw noRotation(ctx, begun);
  const { old, new: made } = begun.keys;
  const isThere = (key: LongTermKeys): boolean => keys.some((each) => each.accessKeyId === key.accessKeyId);
  if (!isThere(old)) {
    throw new RefusedError(
      `the old access key '${old.accessKeyId}' was deleted: there is no way back`,
      "awsmfa rotate makes a new one",
    );
  }
  const oldAccess = { ...order.access, keys: old };
  await saveRotation(world, at, { ...begun, rotation: { ...begun.rotation, step: "undo" } });
  await call(ctx, "UpdateAccessKey", () => world.setAccessKeyActive(access, userName, old.accessKeyId, true));
  await tryKey(world, oldAccess, {
    ...callContext(placement, oldAccess, undefined),
    accessKeyId: old.accessKeyId,
  });
  const replaced = made === undefined ? [] : await replaceEverywhere(world, order.files, made, old);
  placedAgain(ctx, old);
  if (made !== undefined && isThere(made)) {
    await call(
      ctx,
      "UpdateAccessKey",
      () => world.setAccessKeyActive(access, userName, made.accessKeyId, false),
    );
  }
  await forgetRotation(world, at, begun);
  return { ...resultOf(ctx, begun), outcome: "undone", oldKey: "active", replaced };
}

export function noRotation({ order }: RotationContext, begun: BegunRotation | undefined): Failure {
  const { profile } = order.placement.source;
  return new NoCredentialsError(
    begun === undefined
      ? `no rotation of the access key of profile '${profile}' was begun`
      : `the rotation of '${begun.keys.old.accessKeyId}' has not come as far as that`,
    (shell) => `awsmfa rotate${profileOption(order.request.placement.name, shell)}`,
  );
}
