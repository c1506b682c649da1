import {
  AssumeRoleCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
  STSServiceException,
} from "@aws-sdk/client-sts";
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
  const { Credentials } = await callSts(access, (client) =>
    client.send(
      new GetSessionTokenCommand({
        SerialNumber: request.serial,
        TokenCode: request.code,
        DurationSeconds: request.seconds,
      }),
    ));
  return sessionOf(Credentials);
}

/** Credentials of a role. Throws StsRefusal or NetworkError. */
export async function assumeRole(access: StsAccess, request: RoleRequest): Promise<RoleCredentials> {
  const { Credentials, AssumedRoleUser } = await callSts(access, (client) =>
    client.send(
      new AssumeRoleCommand({
        RoleArn: request.roleArn,
        RoleSessionName: request.sessionName,
        ExternalId: request.externalId,
        DurationSeconds: request.seconds,
        SerialNumber: request.mfa?.serial,
        TokenCode: request.mfa?.code,
      }),
    ));
  return { ...sessionOf(Credentials), principalArn: AssumedRoleUser?.Arn ?? throwNoAnswer() };
}

function sessionOf(credentials: Credentials | undefined): SessionCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) return throwNoAnswer();
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
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
    (config, seen) => send(new STSClient({ ...config, ...endpoint }), seen),
  );
}
