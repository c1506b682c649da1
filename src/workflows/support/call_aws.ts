import { type CallContext, StsRefusal } from "../../domain/aws/sts_refusal.ts";
import { explainRefusal } from "../../domain/aws/explain_refusal.ts";
import type { World } from "../../world.ts";

/** Calls AWS, shows on the terminal that it takes a while, and tells what a refusal means. Throws a Failure. */
export async function callAws<T>(
  world: World,
  label: string,
  context: CallContext,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await world.showWaiting(label, call());
  } catch (error) {
    if (!(error instanceof StsRefusal)) throw error;
    const failure = explainRefusal(error, context);
    failure.cause = error;
    throw failure;
  }
}
