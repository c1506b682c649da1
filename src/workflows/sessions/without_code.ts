import type { CachedSession } from "../../domain/sessions/cached_session.ts";
import { Failure, joinHints, RefusedError } from "../../errors.ts";
import { StsRefusal } from "../../domain/aws/sts_refusal.ts";
import type { World } from "../../world.ts";
import { callContext } from "../support/call_context.ts";
import { callAws } from "../support/call_aws.ts";
import { assumeWithSession } from "./obtain_role.ts";
import { sessionSeconds } from "./obtain_session.ts";
import type { SessionOrder } from "./session_order.ts";

/** What AWS gave without a code. */
export type WithoutCode = Pick<CachedSession, "credentials" | "callerArn"> & {
  readonly askedSeconds: number;
};

/** Throws a Failure; undefined where AWS wants a code for the role, and one may be asked for. */
export async function obtainWithoutCode(world: World, order: SessionOrder): Promise<WithoutCode | undefined> {
  const { roleSeconds, request, placement, access } = order;
  if (roleSeconds === undefined) return await ownSession(world, order);
  try {
    const user = { callerArn: undefined, credentials: access.keys };
    const role = await assumeWithSession(world, placement, access, user, roleSeconds, false);
    if (!request.noMfa) world.err("No code was needed: AWS gives this role without MFA.\n");
    return { ...role, askedSeconds: roleSeconds };
  } catch (error) {
    const isDenied = error instanceof Failure && error.cause instanceof StsRefusal &&
      error.cause.code.startsWith("AccessDenied");
    if (!isDenied) throw error;
    if (!request.noMfa) return undefined;
    throw new RefusedError(
      error.message,
      joinHints(error.fix ?? "", "; it may want MFA: leave --no-mfa"),
    );
  }
}

async function ownSession(
  world: World,
  { access, placement, request }: SessionOrder,
): Promise<WithoutCode> {
  const seconds = sessionSeconds(placement, request);
  const context = callContext(placement, access, undefined);
  const credentials = await callAws(
    world,
    "asking AWS for a session",
    context,
    () => world.sessionWithoutMfa(access, seconds),
  );
  return { credentials, callerArn: undefined, askedSeconds: seconds };
}
