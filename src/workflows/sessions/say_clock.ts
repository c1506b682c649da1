import { describeClock } from "../../domain/aws/clock.ts";
import { SET_CLOCK } from "../../domain/aws/explain_refusal.ts";
import type { World } from "../../world.ts";

/** After an answer of AWS: says that the clock is off. Other tools hold what AWS gave against it. */
export async function sayClock(world: World): Promise<void> {
  const off = describeClock(await world.clockAheadSeconds());
  if (off !== undefined) world.err(`warning: this machine's clock is ${off}\nhint: ${SET_CLOCK}\n`);
}
