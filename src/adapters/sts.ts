import {
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
  type STSClientConfig,
  STSServiceException,
} from "@aws-sdk/client-sts";
import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import type { SessionCredentials } from "../domain/credentials.ts";
import { StsRefusal } from "../domain/sts_refusal.ts";
import { Failure, NetworkError } from "../errors.ts";
import type { SessionRequest, StsAccess } from "../world.ts";
import { type ClockedFetch, createFetch } from "./fetch.ts";

/** The ARN of whoever the keys belong to. Throws {@linkcode StsRefusal} or {@linkcode NetworkError}. */
export async function callerArn(access: StsAccess): Promise<string> {
  const { Arn } = await call(access, (client) => client.send(new GetCallerIdentityCommand({})));
  return Arn ?? throwNoAnswer();
}

/** A session for the keys and the code. Throws {@linkcode StsRefusal} or {@linkcode NetworkError}. */
export async function requestSession(
  access: StsAccess,
  request: SessionRequest,
): Promise<SessionCredentials> {
  const { Credentials } = await call(access, (client) =>
    client.send(
      new GetSessionTokenCommand({
        SerialNumber: request.serial,
        TokenCode: request.code,
        DurationSeconds: request.seconds,
      }),
    ));
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) return throwNoAnswer();
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  };
}

async function call<T>(access: StsAccess, send: (client: STSClient) => Promise<T>): Promise<T> {
  const clocked = createFetch(access.caBundle);
  try {
    return await send(new STSClient(clientConfig(access, clocked)));
  } catch (error) {
    if (error instanceof Failure || error instanceof StsRefusal) throw error;
    const { attempts, clockAheadSeconds } = clocked.seen();
    if (error instanceof STSServiceException) {
      throw new StsRefusal(error.name, error.message, attempts, clockAheadSeconds);
    }
    // The SDK marks what it could not read with the answer it had.
    if (error instanceof Error && "$response" in error) return throwNoAnswer();
    throw error;
  }
}

/** All that the SDK would otherwise look up by itself in the environment and the two AWS files is given here. */
function clientConfig(access: StsAccess, { fetch }: ClockedFetch): STSClientConfig {
  return {
    region: access.region,
    credentials: access.keys,
    ...(access.endpoint === undefined ? {} : { endpoint: access.endpoint }),
    useFipsEndpoint: access.fips,
    useDualstackEndpoint: access.dualstack,
    requestHandler: new FetchHttpHandler({ customFetch: (input, init) => fetch(new Request(input, init)) }),
    maxAttempts: 3,
    retryMode: "standard",
    defaultsMode: "standard",
    authSchemePreference: [],
    sigv4aSigningRegionSet: [],
    disableClockSkewCorrection: true,
    ignoreConfiguredEndpointUrls: true,
    userAgentAppId: "awsmfa",
    defaultUserAgentProvider: () => Promise.resolve([["awsmfa", ""]]),
  };
}

function throwNoAnswer(): never {
  throw new NetworkError(
    "the answer did not come from AWS STS: a proxy or a login page may have sent it",
    "open any web page to see whether the network wants a login first",
  );
}
