import { SESSION_SECONDS } from "../text/duration.ts";
import { CLOCK_TOLERANCE_SECONDS } from "./sts_refusal.ts";
import { sayAhead, SET_CLOCK } from "./explain_refusal.ts";

/** A clock that is this far off is worth a word; AWS refuses one that is 15 minutes off. */
const WORTH_A_WORD_SECONDS = 120;
/** Less than this is the way of the answer, whose Date header has whole seconds. */
const ON_THE_WAY_SECONDS = 5;

/**
 * When something ends by this machine's clock, which is `aheadSeconds` ahead of AWS's: all that awsmfa says and keeps of
 * a time is held against that clock. One that is off by more than AWS takes is none that it could have answered to.
 */
export function byOwnClock(end: Date, aheadSeconds: number): Date {
  const off = Math.abs(aheadSeconds);
  return off < ON_THE_WAY_SECONDS || off >= CLOCK_TOLERANCE_SECONDS
    ? end
    : new Date(end.getTime() + aheadSeconds * 1000);
}

/** What the clock may be off without a word, and more. */
const SLACK_SECONDS = 300;

/**
 * True where the clock was set back since a session was had, or is far behind: none that has `left` seconds lasts that
 * long. `lifetime` is what it lasted in all, where that is known.
 */
export function isClockBack(left: number, lifetime = Infinity): boolean {
  return left > Math.min(lifetime, SESSION_SECONDS.most) + SLACK_SECONDS;
}

/** The same in words, and what to do. */
export function sayClockBack(profile: string, left: number): [says: string, fix: string] {
  return [
    `the session of profile '${profile}' would end in ${
      describeHours(left)
    }, and none lasts that long: this machine's clock is wrong`,
    SET_CLOCK,
  ];
}

function describeHours(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  return hours < 100 ? `${hours}h` : `${Math.floor(hours / 24)} days`;
}

/** "10m behind AWS's"; undefined where the clock is right enough. */
export function describeClock(aheadSeconds: number): string | undefined {
  if (Math.abs(aheadSeconds) < WORTH_A_WORD_SECONDS) return undefined;
  return sayAhead(aheadSeconds);
}
