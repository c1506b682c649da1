/**
 * How long a session must still last to be good enough: that many seconds, as --min-remaining says, or by what can be
 * done about it.
 */
export type Enough = number | "asking" | "renewing" | "last";

/**
 * asking: somebody may be asked for a code, as long as it is not every few minutes. renewing: it costs nobody anything,
 * and botocore refreshes 15 minutes before the end (botocore/credentials.py, RefreshableCredentials). last: there is no
 * other one, and a request that is signed now arrives in time.
 */
const SECONDS = { asking: 300, renewing: 900, last: 60 } as const;
/** Of a session that is short by itself, no more than this part is thrown away. */
const PART = 1 / 4;

/** True where a session that lasts for `left` seconds, of `lifetime` in all, is good enough. */
export function isEnough(left: number, lifetime: number, enough: Enough): boolean {
  const seconds = typeof enough === "number" ? enough : Math.min(SECONDS[enough], lifetime * PART);
  return left >= Math.max(seconds, 0);
}
