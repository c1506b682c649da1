import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
  STSServiceException,
} from "@aws-sdk/client-sts";
import { byOwnClock } from "../../domain/aws/clock.ts";
import type { SessionCredentials } from "../../domain/keys/credentials.ts";
import { type GivenSession, readGivenSession } from "../../domain/network/given_session.ts";
import { CLOCK_TOLERANCE_SECONDS } from "../../domain/aws/sts_refusal.ts";
import type { Caller, RoleCredentials, RoleRequest, SessionRequest, StsAccess } from "../../world.ts";
import { call, notAnswered } from "./aws_call.ts";
import type { ClockedFetch, Seen } from "../network/fetch.ts";

/** Whoever the keys belong to. Throws StsRefusal or NetworkError. */
export function caller(access: StsAccess): Promise<Caller> {
  return callSts(access, false, async (client, seen) => {
    const { Arn } = await client.send(new GetCallerIdentityCommand({}));
    const { clockAheadSeconds, via } = seen();
    if (!Arn) throw notAnswered(via);
    return { arn: Arn, clockAheadSeconds, via };
  });
}

/** A session for the keys and the code. Throws StsRefusal or NetworkError. */
export function requestSession(access: StsAccess, request: SessionRequest): Promise<SessionCredentials> {
  return callSts(access, true, async (client, seen) => {
    const { Credentials } = await client.send(
      new GetSessionTokenCommand({
        SerialNumber: request.serial,
        TokenCode: request.code,
        DurationSeconds: request.seconds,
      }),
    );
    return sessionOf(Credentials, request.seconds, seen());
  });
}

/** A session for the keys alone. Throws StsRefusal or NetworkError. */
export function sessionWithoutMfa(access: StsAccess, seconds: number): Promise<SessionCredentials> {
  return callSts(access, false, async (client, seen) => {
    const { Credentials } = await client.send(new GetSessionTokenCommand({ DurationSeconds: seconds }));
    return sessionOf(Credentials, seconds, seen());
  });
}

/** Credentials of a role. Throws StsRefusal or NetworkError. */
export function assumeRole(access: StsAccess, request: RoleRequest): Promise<RoleCredentials> {
  const transitive = request.tags?.filter((tag) => tag.transitive).map(({ key }) => key) ?? [];
  return callSts(access, request.mfa !== undefined, async (client, seen) => {
    const { Credentials, AssumedRoleUser } = await client.send(
      new AssumeRoleCommand({
        RoleArn: request.roleArn,
        RoleSessionName: request.sessionName,
        ExternalId: request.externalId,
        DurationSeconds: request.seconds,
        SerialNumber: request.mfa?.serial,
        TokenCode: request.mfa?.code,
        SourceIdentity: request.sourceIdentity,
        Tags: request.tags?.map(({ key, value }) => ({ Key: key, Value: value })),
        TransitiveTagKeys: transitive.length === 0 ? undefined : transitive,
      }),
    );
    const principalArn = AssumedRoleUser?.Arn;
    if (!principalArn) throw notAnswered(seen().via);
    return { ...sessionOf(Credentials, request.seconds, seen()), principalArn };
  });
}

/** How far the clock was ahead at the last answer. */
let lastAheadSeconds = 0;

/** This machine's clock less AWS's, by the last answer; 0 before. */
export function clockAheadSeconds(): number {
  return lastAheadSeconds;
}

/**
 * It ends by this machine's clock. A clock that AWS puts up with is no reason to refuse a session: its end is held
 * against AWS's own clock.
 */
function sessionOf(
  given: GivenSession | undefined,
  askedSeconds: number,
  { clockAheadSeconds, via }: Seen,
): SessionCredentials {
  const ahead = Math.abs(clockAheadSeconds) < CLOCK_TOLERANCE_SECONDS ? clockAheadSeconds : 0;
  const session = readGivenSession(given ?? {}, askedSeconds, new Date(Date.now() - ahead * 1000));
  if (session === undefined) throw notAnswered(via);
  return { ...session, expiration: byOwnClock(session.expiration, clockAheadSeconds) };
}

function callSts<T>(
  access: StsAccess,
  carriesCode: boolean,
  send: (client: STSClient, seen: ClockedFetch["seen"]) => Promise<T>,
): Promise<T> {
  const endpoint = access.endpoint === undefined ? {} : { endpoint: access.endpoint };
  return call(
    access,
    STSServiceException,
    async (config, seen) => {
      const answer = await send(new STSClient({ ...config, ...endpoint }), seen);
      lastAheadSeconds = seen().clockAheadSeconds;
      return answer;
    },
    carriesCode,
  );
}
