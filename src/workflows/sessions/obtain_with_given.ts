import { needsOwnCode } from "../../domain/placement/role_seconds.ts";
import { describeSeconds } from "../../domain/text/duration.ts";
import type { Placement } from "../../domain/placement/placement.ts";
import { sessionWithoutKeys } from "../../domain/placement/placement_errors.ts";
import { CHAINED_ROLE_SECONDS } from "../../domain/placement/role.ts";
import { shellWord } from "../../domain/shell/shell_word.ts";
import { NoCredentialsError, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { SessionOrder } from "./session_order.ts";
import { assumeWith, type Obtained } from "./assume_with.ts";

/** A session that is the source itself, and of which no long-term keys are known: roles are had with it, for an hour. */
export async function obtainWithGiven(
  world: World,
  order: SessionOrder,
  sessionToken: string,
): Promise<Obtained> {
  const { placement, roleSeconds, userId, request } = order;
  if (roleSeconds === undefined) throw sessionWithoutKeys(order.files, placement.source.profile);
  if (request.seconds !== undefined && needsOwnCode(request.seconds)) {
    throw new UsageError(
      `${describeSeconds(request.seconds)} is too long: AWS gives a role for ${
        describeSeconds(CHAINED_ROLE_SECONDS)
      } at most, where it is assumed with a session as that of '${placement.source.profile}'`,
      "--duration 1h",
    );
  }
  const credentials = { ...placement.source.keys, sessionToken, expiration: NEVER };
  const user = { id: userId, serial: "", callerArn: undefined, credentials };
  const seconds = Math.min(roleSeconds, CHAINED_ROLE_SECONDS);
  const { toCache: [cached], ...obtained } = await assumeWith(world, order, user, seconds, false);
  return { ...obtained, toCache: cached === undefined ? [] : [cached] };
}

/** It is not kept, and only asked with. */
const NEVER = new Date(8.64e15);

/** Throws NoCredentialsError for a session in the file that is over. */
export function refuseEnded(world: World, { source }: Placement, expiration: Date | undefined): void {
  if (expiration === undefined || expiration > world.now()) return;
  const { profile } = source;
  throw new NoCredentialsError(
    `the session in profile '${profile}' has ended, and its long-term keys are not known`,
    (shell) =>
      `renew it with what made it; if that was awsmfa: awsmfa --source-profile NAME --to ${
        shellWord(profile, shell)
      }`,
  );
}
