import type { LongTermKeys } from "../../domain/keys/credentials.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { Failure, NetworkError, RefusedError } from "../../errors.ts";
import type { SessionOrder } from "../sessions/session_order.ts";
import { call, describeKey, describeUse, type ListedKey, type RotationContext } from "./rotation_context.ts";
import { type BegunRotation, forgetRotation, saveRotation } from "./rotation_files.ts";

/** A rotation with both keys on the disk. */
export interface MadeRotation extends BegunRotation {
  readonly keys: { readonly old: LongTermKeys; readonly new: LongTermKeys };
}

/** The new key of an earlier run, or one that AWS makes now. */
export async function newKey(ctx: RotationContext, begun: BegunRotation | undefined): Promise<MadeRotation> {
  const { world, order, userName, access } = ctx;
  if (begun?.keys.new !== undefined) {
    world.err(`The rotation of ${begun.keys.old.accessKeyId} goes on.\n`);
    return { rotation: begun.rotation, keys: { old: begun.keys.old, new: begun.keys.new } };
  }
  const { files: { at }, placement: { source } } = order;
  const before = await freePlace(ctx, begun);
  const rotation = {
    oldKeyId: source.keys.accessKeyId,
    userName,
    before: before.map(({ accessKeyId }) => accessKeyId),
    started: world.now(),
    step: "create" as const,
  };
  await saveRotation(world, at, { rotation, keys: { old: source.keys, new: undefined } });
  const made = await createKey(ctx, { rotation, keys: { old: source.keys, new: undefined } });
  const keys = { old: source.keys, new: made };
  try {
    await saveRotation(world, at, { rotation: { ...rotation, step: "try" }, keys });
  } catch (error) {
    await call(ctx, "DeleteAccessKey", () => world.deleteAccessKey(access, userName, made.accessKeyId));
    throw error;
  }
  world.err(`New access key ${made.accessKeyId}: created, and saved.\n`);
  return { rotation, keys };
}

async function createKey(ctx: RotationContext, begun: BegunRotation): Promise<LongTermKeys> {
  const { world, access, userName, order } = ctx;
  try {
    return await call(ctx, "CreateAccessKey", () => world.createAccessKey(access, userName));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    // The answer may be all that was lost.
    const now = await call(ctx, "ListAccessKeys", () => world.listAccessKeys(access, userName));
    const orphan = now.find(({ accessKeyId }) => !begun.rotation.before.includes(accessKeyId));
    if (orphan !== undefined) throw lostAnswer(order, orphan.accessKeyId);
    await forgetRotation(world, order.files.at, begun);
    throw error;
  }
}

function lostAnswer(order: SessionOrder, accessKeyId: string): Failure {
  return new NetworkError(
    `AWS made the access key '${accessKeyId}', and the answer with its secret was lost: nobody can use it`,
    (shell) =>
      `delete it and make another: awsmfa rotate --delete-inactive ${accessKeyId}${
        profileOption(order.request.placement.name, shell)
      }`,
  );
}

/** The keys that are there once there is room for a new one. Throws where there is none. */
async function freePlace(
  ctx: RotationContext,
  begun: BegunRotation | undefined,
): Promise<readonly ListedKey[]> {
  const { world, order, access, userName, keys, options: { deleteInactive } } = ctx;
  const own = order.placement.source.keys.accessKeyId;
  const others = keys.filter(({ accessKeyId }) => accessKeyId !== own);
  const isOrphan = ({ accessKeyId, lastUse }: ListedKey): boolean =>
    begun !== undefined && !begun.rotation.before.includes(accessKeyId) && lastUse === undefined;
  const named = others.find(({ accessKeyId }) => accessKeyId === deleteInactive);
  if (deleteInactive !== undefined && named === undefined) {
    throw new RefusedError(
      deleteInactive === own
        ? `'${own}' is the key that is to be rotated`
        : `user '${userName}' has no access key '${deleteInactive}'`,
      `there are: ${keys.map(({ accessKeyId }) => accessKeyId).join(", ")}`,
    );
  }
  const [other] = others;
  if (other === undefined) return keys;
  const orphan = named === undefined && isOrphan(other) && await agrees(ctx, other) ? other : undefined;
  const gone = named ?? orphan;
  if (gone === undefined) throw isOrphan(other) ? lostAnswer(order, other.accessKeyId) : noRoom(ctx, other);
  if (gone.status === "Active" && !isOrphan(gone)) {
    throw new RefusedError(
      `the access key '${gone.accessKeyId}' is active, and is not deleted: ${
        describeUse(world, gone.lastUse)
      }`,
      `make it inactive first, and see who complains: aws iam update-access-key --status Inactive --access-key-id ${gone.accessKeyId}`,
    );
  }
  await call(ctx, "DeleteAccessKey", () => world.deleteAccessKey(access, userName, gone.accessKeyId));
  world.err(`Access key ${gone.accessKeyId}: deleted.\n`);
  return keys.filter((key) => key !== gone);
}

async function agrees({ world }: RotationContext, { accessKeyId }: ListedKey): Promise<boolean> {
  if (!world.interactive) return false;
  const answer = await world.ask(
    `${accessKeyId} is of a rotation that was cut off, and nobody has its secret. Delete it? [y/N] `,
  );
  return /^y(es)?$/i.test(answer?.trim() ?? "");
}

function noRoom({ world, order }: RotationContext, other: ListedKey): Failure {
  const { name } = order.request.placement;
  return new RefusedError(
    `the user has two access keys already, as many as AWS allows; the other one is ${
      describeKey(world, other)
    }`,
    (shell) =>
      other.status === "Active"
        ? `if nothing uses it, make it inactive: aws iam update-access-key --status Inactive --access-key-id ${other.accessKeyId}`
        : `awsmfa rotate --delete-inactive ${other.accessKeyId}${profileOption(name, shell)}`,
  );
}
