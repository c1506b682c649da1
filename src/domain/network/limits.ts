import { UsageError } from "../../errors.ts";
import type { Setting } from "../placement/placement.ts";

/** How long AWS may take, in seconds. */
export interface Limits {
  /** Until there is a connection, where it is a direct one. */
  readonly connectSeconds: number;
  /** From there on until the whole answer is here, all tries together. */
  readonly answerSeconds: number;
}

const USUAL: Limits = { connectSeconds: 10, answerSeconds: 20 };
/** For one of several questions at once, where nobody has said how long they may take. */
const SHORT: Limits = { connectSeconds: 5, answerSeconds: 5 };
const MOST_SECONDS = 600;

/**
 * AWSMFA_TIMEOUT, else the AWS CLI's two settings of the profile, where 0 is no limit (AWS CLI user guide, "Command
 * line options", --cli-read-timeout). Throws {@linkcode UsageError} for what is no number of seconds.
 */
export function readLimits(
  timeout: string | undefined,
  connect: Setting | undefined,
  read: Setting | undefined,
): Limits {
  if (timeout) {
    const seconds = secondsOf({ value: timeout, source: "AWSMFA_TIMEOUT" });
    return { connectSeconds: seconds, answerSeconds: seconds };
  }
  if (connect === undefined && read === undefined) return USUAL;
  return {
    connectSeconds: connect === undefined ? USUAL.connectSeconds : secondsOf(connect) || MOST_SECONDS,
    answerSeconds: read === undefined ? USUAL.answerSeconds : secondsOf(read) || MOST_SECONDS,
  };
}

/** What the person says stays. */
export function shortLimits(limits: Limits): Limits {
  return limits === USUAL ? SHORT : limits;
}

function secondsOf({ value, source }: Setting): number {
  const seconds = /^\d{1,6}$/.test(value) ? Number(value) : NaN;
  const least = source === "AWSMFA_TIMEOUT" ? 1 : 0;
  if (seconds >= least) return Math.min(seconds, MOST_SECONDS);
  throw new UsageError(
    `${source}: '${value}' is not a number of seconds`,
    `for example 30; at most ${MOST_SECONDS}`,
  );
}
