import { parseDuration, SESSION_SECONDS } from "../../domain/text/duration.ts";
import type { CachedSession } from "../../domain/sessions/cached_session.ts";
import { type Placement, setting } from "../../domain/placement/placement.ts";
import type { StsAccess, World } from "../../world.ts";
import { callContext } from "../support/call_context.ts";
import type { FolderEdit } from "../support/device_memory.ts";
import { callAws } from "../support/call_aws.ts";
import type { LoginSettings } from "../support/login_settings.ts";
import type { SessionOrder } from "./session_order.ts";
import { callWithCode } from "./call_with_code.ts";

/** A session that AWS gave just now. */
export interface NewSession {
  readonly session: CachedSession;
  readonly memory: FolderEdit;
  /** The seconds that were asked for; AWS may have given fewer. */
  readonly askedSeconds: number;
}

/** A new MFA session of the user. Throws a Failure. */
export async function obtainSession(
  world: World,
  { files: { at }, placement, access, request: settings, userId: id }: SessionOrder,
): Promise<NewSession> {
  const seconds = sessionSeconds(placement, settings);
  const { result: credentials, serial, callerArn, memory } = await callWithCode(
    world,
    { at, placement, access, settings, label: "asking AWS for a session" },
    ({ serial, code }) => world.requestSession(access, { serial, code, seconds }),
  );
  const session = { id, serial, callerArn, askedSeconds: seconds, credentials };
  return { session, memory, askedSeconds: seconds };
}

/** The ARN of the keys' owner. Throws a Failure. */
export async function whoIsIt(world: World, placement: Placement, access: StsAccess): Promise<string> {
  const context = callContext(placement, access, undefined);
  const { arn } = await callAws(world, "asking AWS who this is", context, () => world.caller(access));
  return arn;
}

/** How long the user's own session shall last. Throws UsageError for a setting that can't be meant. */
export function sessionSeconds(
  placement: Placement,
  { seconds, usualSeconds, atLeast = 0 }: LoginSettings,
): number {
  // With roles, the settings and the target's setting are about these.
  if (placement.roles.length > 0) return Math.max(SESSION_SECONDS.usual, atLeast);
  if (atLeast > 0) return Math.max(seconds ?? usualSeconds ?? SESSION_SECONDS.usual, atLeast);
  const found = setting(placement, "duration_seconds");
  return seconds ?? usualSeconds ?? (found && parseDuration(found.value, found.source, SESSION_SECONDS)) ??
    SESSION_SECONDS.usual;
}
