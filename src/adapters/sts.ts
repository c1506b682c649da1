import {
  AssumeRoleCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
  STSServiceException,
} from "@aws-sdk/client-sts";
import { byOwnClock } from "../domain/clock.ts";
import type { SessionCredentials } from "../domain/credentials.ts";
import type { ClockedFetch } from "./fetch.ts";
import type { Caller, RoleCredentials, RoleRequest, SessionRequest, StsAccess } from "../world.ts";
import { call, throwNoAnswer } from "./aws_call.ts";

/** Whoever the keys belong to. Throws StsRefusal or NetworkError. */
export async function caller(access: StsAccess): Promise<Caller> {
  let clockAheadSeconds = 0;
  const { Arn } = await callSts(access, async (client, seen) => {
    const answer = await client.send(new GetCallerIdentityCommand({}));
    clockAheadSeconds = seen().clockAheadSeconds;
    return answer;
  });
  return { arn: Arn ?? throwNoAnswer(), clockAheadSeconds };
}

/** A session for the keys and the code. Throws StsRefusal or NetworkError. */
export async function requestSession(
  access: StsAccess,
  request: SessionRequest,
): Promise<SessionCredentials> {
  return await callSts(access, async (client, seen) => {
    const { Credentials } = await client.send(
      new GetSessionTokenCommand({
        SerialNumber: request.serial,
        TokenCode: request.code,
        DurationSeconds: request.seconds,
      }),
    );
    return sessionOf(Credentials, seen());
  });
}

/** Credentials of a role. Throws StsRefusal or NetworkError. */
export async function assumeRole(access: StsAccess, request: RoleRequest): Promise<RoleCredentials> {
  return await callSts(access, async (client, seen) => {
    const { Credentials, AssumedRoleUser } = await client.send(
      new AssumeRoleCommand({
        RoleArn: request.roleArn,
        RoleSessionName: request.sessionName,
        ExternalId: request.externalId,
        DurationSeconds: request.seconds,
        SerialNumber: request.mfa?.serial,
        TokenCode: request.mfa?.code,
      }),
    );
    return { ...sessionOf(Credentials, seen()), principalArn: AssumedRoleUser?.Arn ?? throwNoAnswer() };
  });
}

/** How far the clock was ahead at the last answer. */
let lastAheadSeconds = 0;

/** This machine's clock less AWS's, by the last answer; 0 before. */
export function clockAheadSeconds(): number {
  return lastAheadSeconds;
}

/** It ends by this machine's clock. */
function sessionOf(
  credentials: Credentials | undefined,
  { clockAheadSeconds }: ReturnType<ClockedFetch["seen"]>,
): SessionCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) return throwNoAnswer();
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: byOwnClock(Expiration, clockAheadSeconds),
  };
}

function callSts<T>(
  access: StsAccess,
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
  );
}
