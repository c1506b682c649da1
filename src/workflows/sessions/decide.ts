import { type Step, stepFor, windowFor } from "../../domain/sessions/session_rule.ts";
import { sayClockBack } from "../../domain/aws/clock.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { Failure, NoCredentialsError, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { cachedTooLong } from "./cached_sessions.ts";
import { isHere } from "./obtain_and_cache.ts";
import type { SessionOrder } from "./session_order.ts";
import { canAssume, findReady, type ReadySession } from "./ready_session.ts";
import { goesWithoutCode } from "./goes_without_code.ts";
import { refuseGone } from "./who_is_here.ts";

/** What is done for an order, by the rule of session_rule.ts. */
export interface Decision {
  /** The order, and how long a session must last for it. */
  readonly order: SessionOrder;
  readonly step: Step;
  /** The session that is used. */
  readonly ready: ReadySession | undefined;
  /** The one that is used where a new one, which would cost nobody a code, can't be had. */
  readonly last: ReadySession | undefined;
  /** A person may be asked. */
  readonly asks: boolean;
}

/** Looks for what is at hand, and asks nobody. `asks`: a person may be asked later. Throws FileError as findReady does. */
export function decide(world: World, placed: SessionOrder, asks: boolean): Decision {
  const ways = {
    renews: isHere(placed) || canAssume(world, placed) || goesWithoutCode(world, placed),
    asks,
  };
  const { minRemaining } = placed.request;
  const order = { ...placed, enough: minRemaining ?? windowFor(ways) };
  const ready = findReady(world, order);
  if (ready === undefined) warnOfClock(world, order);
  const step = stepFor({ ...ways, isReady: ready !== undefined });
  const mayFallBack = step === "renew" && minRemaining === undefined;
  const last = mayFallBack ? findReady(world, { ...placed, enough: "last" }) : undefined;
  return { order, ready, last, step, asks };
}

function warnOfClock(world: World, { files, id, userId, placement }: SessionOrder): void {
  const left = cachedTooLong(world, files.at, id) ?? cachedTooLong(world, files.at, userId);
  if (left === undefined) return;
  const [says, fix] = sayClockBack(placement.source.profile, left);
  world.err(`warning: ${says}\nhint: ${fix}\n`);
}

/** Does what was decided; `obtain` gets a new session. Throws a Failure. */
export async function follow<T>(
  world: World,
  { order, step, ready, last, asks }: Decision,
  obtain: () => Promise<T>,
): Promise<T | ReadySession> {
  if (ready !== undefined) return ready;
  if (step === "ask") return await obtain();
  if (step === "fail") throw noSession(world, order);
  try {
    return await obtain();
  } catch (error) {
    // A code is wanted after all.
    if (last === undefined && !asks && error instanceof UsageError && !isHere(order)) {
      throw noSession(world, order);
    }
    if (last === undefined || !(error instanceof Failure)) throw error;
    world.err(`warning: ${error.message}; the session at hand is used until it ends\n`);
    return last;
  }
}

function noSession(world: World, { placement, request }: SessionOrder): NoCredentialsError {
  refuseGone(placement.source.keys);
  const { name } = request.placement;
  return new NoCredentialsError(
    `profile '${name}' has no valid session; run: awsmfa${profileOption(name, world.syntaxSoFar())}`,
  );
}
