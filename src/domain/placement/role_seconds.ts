import { UsageError } from "../../errors.ts";
import { describeSeconds } from "../text/duration.ts";
import { CHAINED_ROLE_SECONDS, ROLE_SECONDS, type RoleStep } from "./role.ts";

/**
 * How long the last of some roles shall last, in seconds; undefined without a role. `wished` is what was asked for,
 * `usual` what counts where nothing else is said, up to an hour. A role that is assumed by another one lasts an hour at
 * most: a setting for longer is cut to that. Throws UsageError where AWS never gives that.
 */
export function roleSeconds(
  roles: readonly RoleStep[],
  wished: number | undefined,
  usual: number | undefined,
): number | undefined {
  const role = roles.at(-1);
  if (role === undefined) return undefined;
  const seconds = wished ?? role.seconds ?? Math.min(usual ?? ROLE_SECONDS.usual, CHAINED_ROLE_SECONDS);
  if (seconds > ROLE_SECONDS.most) {
    throw new UsageError(
      `${describeSeconds(seconds)} is too long for a role`,
      `at most ${ROLE_SECONDS.most} seconds (${describeSeconds(ROLE_SECONDS.most)})`,
    );
  }
  if (roles.length > 1 && seconds > CHAINED_ROLE_SECONDS) {
    if (wished === undefined) return CHAINED_ROLE_SECONDS;
    throw new UsageError(
      `${
        describeSeconds(seconds)
      } is too long for ${role.arn}: AWS gives a role that is assumed by another role an hour`,
      "--duration 1h",
    );
  }
  return seconds;
}

/** True where a cached session is of no use: AWS gives a role for more than an hour for a code only. */
export function needsOwnCode(seconds: number): boolean {
  return seconds > CHAINED_ROLE_SECONDS;
}
