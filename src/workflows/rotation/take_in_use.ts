import type { LongTermKeys } from "../../domain/keys/credentials.ts";
import type { RotationStep } from "../../domain/changes/rotation.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { Cancelled, Failure, FileError, RefusedError } from "../../errors.ts";
import { callContext } from "../support/call_context.ts";
import { codeCommandOf } from "../devices/code_command.ts";
import { callAws } from "../support/call_aws.ts";
import type { MadeRotation } from "./new_access_key.ts";
import { placeOrder, type SessionOrder } from "../sessions/session_order.ts";
import { carrySession, newSession, ownOrder } from "../sessions/own_session.ts";
import { replaceEverywhere } from "./replace_key.ts";
import { call, resultOf, type Rotated, type RotationContext } from "./rotation_context.ts";
import { type BegunRotation, forgetRotation, saveRotation } from "./rotation_files.ts";
import { tryKey } from "./try_key.ts";

/** Tries the new key, puts it in the old one's place, and makes that inactive. */
export async function takeInUse(ctx: RotationContext, made: MadeRotation): Promise<Rotated> {
  const { world, order, access, userName, options } = ctx;
  const { files: { at }, placement } = order;
  const { keys } = made;
  const step = (next: RotationStep): Promise<void> =>
    saveRotation(world, at, { ...made, rotation: { ...made.rotation, step: next } });
  const newAccess = { ...order.access, keys: keys.new };
  const context = { ...callContext(placement, newAccess, undefined), accessKeyId: keys.new.accessKeyId };
  world.err("Trying the new key: three times in a row, in 10 seconds ...\n");
  await tryKey(world, newAccess, context);
  await step("replace");
  const replaced = await replaceEverywhere(world, order.files, keys.old, keys.new);
  for (const { path, sections } of replaced) {
    world.err(`Replaced in ${path}: ${sections.map((name) => `[${name}]`).join(", ")}\n`);
  }
  const now = placedAgain(ctx, keys.new);
  await step("deactivate");
  await call(
    ctx,
    "UpdateAccessKey",
    () => world.setAccessKeyActive(access, userName, keys.old.accessKeyId, false),
  );
  await step("done");
  world.err(`Old access key ${keys.old.accessKeyId}: inactive.\n`);
  const loggedIn = await tryLogin(ctx, now);
  if (options.remove) await removeOld(ctx, { ...made, rotation: { ...made.rotation, step: "delete" } });
  return {
    ...resultOf(ctx, made),
    outcome: "rotated",
    oldKey: options.remove ? "deleted" : "inactive",
    replaced,
    loggedIn,
  };
}

/** What the files lead to now. Throws FileError where that is not the key that was put there. */
export function placedAgain({ world, order }: RotationContext, key: LongTermKeys): SessionOrder {
  const now = ownOrder(placeOrder(world, order.request, { asTools: true }));
  const { source } = now.placement;
  if (source.keys.accessKeyId === key.accessKeyId) return now;
  throw new FileError(
    `profile '${source.profile}' holds '${source.keys.accessKeyId}' now, and not the new key '${key.accessKeyId}'`,
    "was it changed meanwhile? awsmfa rotate goes on; --undo puts the old key back",
  );
}

/** With a code where somebody can be asked for one; else as far as it goes without. True where it was with a code. */
async function tryLogin({ world, order }: RotationContext, now: SessionOrder): Promise<boolean> {
  const request = { ...now.request, code: undefined };
  const canAsk = world.interactive || codeCommandOf(now.placement, request) !== undefined;
  try {
    if (canAsk) await newSession(world, { ...now, request });
    else {
      await callAws(
        world,
        "asking AWS who this is",
        callContext(now.placement, now.access, undefined),
        () => world.caller(now.access),
      );
      await carrySession(world, order, now);
    }
    return canAsk;
  } catch (error) {
    if (error instanceof Cancelled) return false;
    if (!(error instanceof Failure)) throw error;
    throw new RefusedError(
      `the new key is in place, and a login with it failed: ${error.message}`,
      (shell) =>
        `awsmfa${
          profileOption(order.request.placement.name, shell)
        } tries again; awsmfa rotate --undo puts the old key back`,
    );
  }
}

/** Deletes the old key, which is inactive, and forgets the rotation. */
export async function removeOld(ctx: RotationContext, begun: BegunRotation): Promise<void> {
  const { world, order: { files: { at } }, access, userName } = ctx;
  const { oldKeyId } = begun.rotation;
  await saveRotation(world, at, { ...begun, rotation: { ...begun.rotation, step: "delete" } });
  await call(ctx, "DeleteAccessKey", () => world.deleteAccessKey(access, userName, oldKeyId));
  await forgetRotation(world, at, begun);
  world.err(`Old access key ${oldKeyId}: deleted.\n`);
}
