import { type CallContext, isWrongKey, StsRefusal } from "../../domain/aws/sts_refusal.ts";
import { explainRefusal } from "../../domain/aws/explain_refusal.ts";
import { RefusedError } from "../../errors.ts";
import type { StsAccess, World } from "../../world.ts";

const PAUSE_MS = 5000;
/** With a pause between two of them, over ten seconds. */
const IN_A_ROW = 3;
const MOST_MS = 90_000;

/**
 * Waits until AWS takes a key three times in a row: IAM is consistent only after a while, and one lucky answer proves
 * nothing (IAM user guide, "Changes that I make are not always immediately visible"). Throws a Failure.
 */
export async function tryKey(world: World, access: StsAccess, context: CallContext): Promise<void> {
  const end = world.now().getTime() + MOST_MS;
  for (let good = 0;;) {
    good = await isTaken(world, access, context) ? good + 1 : 0;
    if (good === IN_A_ROW) return;
    if (world.now().getTime() >= end) {
      throw new RefusedError(
        `AWS does not take the key '${access.keys.accessKeyId}' yet, after ${MOST_MS / 1000}s`,
        "try again in some minutes: awsmfa rotate goes on from here, and the old key still works",
      );
    }
    await world.sleep(PAUSE_MS);
  }
}

async function isTaken(world: World, access: StsAccess, context: CallContext): Promise<boolean> {
  try {
    await world.caller(access);
    return true;
  } catch (error) {
    if (!(error instanceof StsRefusal)) throw error;
    if (isWrongKey(error)) return false;
    throw explainRefusal(error, context);
  }
}
