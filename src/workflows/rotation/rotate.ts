import type { LongTermKeys } from "../../domain/keys/credentials.ts";
import { unsetting } from "../../domain/shell/shell_commands.ts";
import { joinHints, NoCredentialsError, RefusedError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { inSessions } from "../support/aws_files.ts";
import { rememberingKeys } from "../support/device_memory.ts";
import { keep } from "../sessions/cached_sessions.ts";
import { newKey } from "./new_access_key.ts";
import { keepWhatObtainNeeds } from "../sessions/obtain.ts";
import { type ObtainRequest, placeOrder, type SessionOrder } from "../sessions/session_order.ts";
import { ownOrder } from "../sessions/own_session.ts";
import {
  describeKey,
  open,
  resultOf,
  type Rotated,
  type RotationContext,
  type RotationRequest,
} from "./rotation_context.ts";
import { type BegunRotation, forgetRotation, pathsOfRotation, readRotation } from "./rotation_files.ts";
import { removeOld, takeInUse } from "./take_in_use.ts";
import { noRotation, undo } from "./undo_rotation.ts";
import { youngKey } from "./young_key.ts";

/**
 * Puts a new access key in the place of a profile's own, in an order in which at every moment a key that works is on
 * the disk, and goes on where an earlier run was cut off. Throws a Failure.
 */
export async function rotate(
  world: World,
  request: ObtainRequest,
  options: RotationRequest,
): Promise<Rotated> {
  const place = (): SessionOrder => ownOrder(placeOrder(world, request, { asTools: true }));
  const order = place();
  refuseOtherSources(order);
  keepWhatObtainNeeds(world, order);
  const { files: { at } } = order;
  return await world.withLock(inSessions(world, at, "rotation"), async () => {
    const locked = place();
    try {
      return await rotateLocked(world, locked, options);
    } catch (error) {
      const begun = readRotation(world, at, locked.placement.source.keys.accessKeyId);
      if (begun !== undefined && begun.rotation.step !== "done") {
        world.err(
          `The rotation is not over; what there is of both keys is in ${
            pathsOfRotation(world, at, begun.rotation.oldKeyId).keys
          }.\n`,
        );
      }
      throw error;
    }
  });
}

async function rotateLocked(world: World, order: SessionOrder, options: RotationRequest): Promise<Rotated> {
  const { placement: { source }, files: { at } } = order;
  const young = await youngKey(world, order, options);
  if (young !== undefined) return young;
  const ctx = await open(world, order, options);
  let begun = readRotation(world, at, source.keys.accessKeyId);
  if (options.undo || begun?.rotation.step === "undo") return await undo(ctx, begun);
  if (options.finish) return await finish(ctx, begun);
  begun = await withoutOver(ctx, begun);
  sayKeys(ctx);
  const made = await newKey(ctx, begun);
  const rotated = await takeInUse(ctx, made);
  const isNew = begun?.keys.new === undefined;
  const fresh = isNew ? [{ accessKeyId: made.keys.new.accessKeyId, created: world.now() }] : [];
  await keep(world, at, [rememberingKeys(world, at, [...ctx.keys, ...fresh])]);
  return rotated;
}

function refuseOtherSources({ placement: { source } }: SessionOrder): void {
  if (source.session !== undefined) {
    throw new NoCredentialsError(
      `the long-term keys of profile '${source.profile}' are not known, so they can't be rotated`,
      "name the profile that holds them: awsmfa rotate -p NAME",
    );
  }
  if (source.from === "environment") {
    throw new NoCredentialsError(
      "the access key stands in AWS_ACCESS_KEY_ID, where no new one can be put",
      joinHints(
        unsetting("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"),
        ", or name a profile: awsmfa rotate -p NAME",
      ),
    );
  }
}

function sayKeys({ world, userName, keys }: RotationContext): void {
  world.err(`Access keys of user '${userName}':\n`);
  for (const key of keys) world.err(`  ${describeKey(world, key)}\n`);
}

/** A rotation that is over and one whose new key is gone are forgotten. Throws where one waits to be finished. */
async function withoutOver(
  { world, order, keys }: RotationContext,
  begun: BegunRotation | undefined,
): Promise<BegunRotation | undefined> {
  if (begun === undefined) return undefined;
  const { files: { at }, placement: { source } } = order;
  const statusOf = (key: LongTermKeys | undefined): string | undefined =>
    keys.find(({ accessKeyId }) => accessKeyId === key?.accessKeyId)?.status;
  const isInUse = begun.keys.new?.accessKeyId === source.keys.accessKeyId;
  const old = statusOf(begun.keys.old);
  if (isInUse && old !== undefined && old !== "Active" && begun.rotation.step === "done") {
    throw new RefusedError(
      `the last rotation is not finished: '${begun.keys.old.accessKeyId}' is inactive, and still there`,
      "awsmfa rotate --finish deletes it; --undo puts it back",
    );
  }
  const isGone = isInUse
    ? old === undefined
    : begun.keys.new !== undefined && statusOf(begun.keys.new) === undefined;
  if (!isGone) return begun;
  await forgetRotation(world, at, begun);
  return undefined;
}

async function finish(ctx: RotationContext, begun: BegunRotation | undefined): Promise<Rotated> {
  const { world, order: { files: { at }, placement: { source } }, keys } = ctx;
  if (begun === undefined || begun.keys.new?.accessKeyId !== source.keys.accessKeyId) {
    throw noRotation(ctx, begun);
  }
  const old = keys.find(({ accessKeyId }) => accessKeyId === begun.keys.old.accessKeyId);
  if (old?.status === "Active") {
    throw new RefusedError(
      `the old access key '${old.accessKeyId}' is still active`,
      "awsmfa rotate goes on, and makes it inactive",
    );
  }
  if (old === undefined) await forgetRotation(world, at, begun);
  else await removeOld(ctx, begun);
  return { ...resultOf(ctx, begun), outcome: "finished", oldKey: "deleted" };
}
