import { describeSeconds } from "../../domain/text/duration.ts";
import type { CachedSession } from "../../domain/sessions/cached_session.ts";
import { nameOfCaller } from "../../domain/aws/mfa_device.ts";
import type { Placement } from "../../domain/placement/placement.ts";
import { CHAINED_ROLE_SECONDS, ROLE_SECONDS, type RoleStep } from "../../domain/placement/role.ts";
import { isSessionOver, StsRefusal } from "../../domain/aws/sts_refusal.ts";
import { Failure } from "../../errors.ts";
import type { RoleCredentials, RoleRequest, StsAccess, World } from "../../world.ts";
import { callAws } from "../support/call_aws.ts";
import { codeCommandOf } from "../devices/code_command.ts";
import { refuseWithoutTerminal } from "../devices/token_code.ts";
import type { LoginSettings } from "../support/login_settings.ts";
import { callContext } from "../support/call_context.ts";
import type { Locations } from "../../domain/paths/locations.ts";
import { whoIsIt } from "./obtain_session.ts";
import { callWithCode, type WithCode } from "./call_with_code.ts";

/** Assumes a role for more than an hour, with the user's long-term keys and a code. Throws a Failure. */
export async function assumeWithCode(
  world: World,
  at: Locations,
  placement: Placement,
  access: StsAccess,
  settings: LoginSettings,
  seconds: number,
): Promise<WithCode<RoleCredentials>> {
  const [role] = placement.roles;
  if (role === undefined) throw new Error("no role to assume");
  if (settings.code === undefined && codeCommandOf(placement, settings) === undefined) {
    refuseWithoutTerminal(world);
    const [context, most] = [describeSeconds(seconds), describeSeconds(CHAINED_ROLE_SECONDS)];
    world.err(
      `A code is needed: AWS gives a role for ${context} for a code only, and from a cached session for ${most} at most.\n`,
    );
  }
  const { arn: roleArn, externalId } = role;
  const more = moreOf(role);
  const request = { at, placement, access, settings, label: labelOf(role), about: { roleArn, externalId } };
  return await callWithCode(world, request, async ({ serial, code, callerArn }) => {
    const sessionName = role.sessionName ??
      nameOfCaller(callerArn ?? await whoIsIt(world, placement, access));
    return await world.assumeRole(access, {
      roleArn,
      sessionName,
      externalId,
      seconds,
      ...more,
      mfa: { serial, code },
    });
  });
}

/** AWS does not take the user's session any more, or does not take it for this role. */
export class SessionRefused extends Error {
  readonly refusal: StsRefusal;
  /** In words, as for keys. */
  readonly failure: Failure;
  /** Another session of the user may be taken; else only a code with the request itself. */
  readonly isOver: boolean;

  constructor(refusal: StsRefusal, failure: Failure) {
    super(refusal.message);
    this.failure = failure;
    this.refusal = refusal;
    this.isOver = isSessionOver(refusal);
  }
}

/**
 * Assumes the roles one after the other, the first one with the user's session. Throws a Failure, and SessionRefused
 * where `isKept` and AWS refuses what it took when the session was new.
 */
export async function assumeWithSession(
  world: World,
  placement: Placement,
  access: StsAccess,
  session: Pick<CachedSession, "callerArn"> & { readonly credentials: StsAccess["keys"] },
  seconds: number,
  isCached: boolean,
): Promise<{ credentials: RoleCredentials; callerArn: string | undefined }> {
  const withSession = { ...access, keys: session.credentials };
  const needsName = placement.roles.some(({ sessionName }) => sessionName === undefined);
  const callerArn = session.callerArn ??
    (needsName ? await refusing(isCached, () => whoIsIt(world, placement, withSession)) : undefined);
  let keys: StsAccess["keys"] = session.credentials;
  let credentials: RoleCredentials | undefined;
  for (const [index, role] of placement.roles.entries()) {
    const isLast = index === placement.roles.length - 1;
    const itsSeconds = isLast ? seconds : Math.min(role.seconds ?? ROLE_SECONDS.usual, CHAINED_ROLE_SECONDS);
    const isFirst = keys === session.credentials;
    credentials = await refusing(
      isCached && isFirst,
      () => assume(world, placement, { ...access, keys }, role, callerArn ?? "", itsSeconds),
    );
    keys = credentials;
  }
  if (credentials === undefined) throw new Error("no role to assume");
  return { credentials, callerArn };
}

/** What a refusal means for a cached session is not what it means for the keys. */
async function refusing<T>(isCached: boolean, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!isCached || !(error instanceof Failure) || !(error.cause instanceof StsRefusal)) throw error;
    const refusal = error.cause;
    const refused = new SessionRefused(refusal, error);
    throw refused.isOver || refusal.code === "AccessDenied" ? refused : error;
  }
}

function assume(
  world: World,
  placement: Placement,
  access: StsAccess,
  role: RoleStep,
  callerArn: string,
  seconds: number,
): Promise<RoleCredentials> {
  const sessionName = role.sessionName ?? nameOfCaller(callerArn);
  const { arn: roleArn, externalId } = role;
  const context = { ...callContext(placement, access, undefined), roleArn, externalId };
  const request = { roleArn, sessionName, externalId, seconds, ...moreOf(role), mfa: undefined };
  return callAws(world, labelOf(role), context, () => world.assumeRole(access, request));
}

/** What few roles want. */
function moreOf({ tags, sourceIdentity }: RoleStep): Pick<RoleRequest, "tags" | "sourceIdentity"> {
  return {
    ...(tags === undefined ? {} : { tags }),
    ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
  };
}

function labelOf({ arn }: RoleStep): string {
  return `asking AWS for role ${arn.slice(arn.lastIndexOf("/") + 1)}`;
}
