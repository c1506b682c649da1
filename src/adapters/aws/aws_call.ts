import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import { StsRefusal } from "../../domain/aws/sts_refusal.ts";
import { Failure, NetworkError } from "../../errors.ts";
import type { StsAccess } from "../../world.ts";
import { type ClockedFetch, createFetch } from "../network/fetch.ts";

/** What both clients of the SDK are told, so that they look nothing up in the environment and the AWS files. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials: StsAccess["keys"];
  readonly useFipsEndpoint: boolean;
  readonly useDualstackEndpoint: boolean;
  readonly requestHandler: FetchHttpHandler;
  readonly maxAttempts: number;
  readonly retryMode: "standard";
  readonly defaultsMode: "standard";
  readonly authSchemePreference: string[];
  readonly sigv4aSigningRegionSet: string[];
  readonly disableClockSkewCorrection: true;
  readonly ignoreConfiguredEndpointUrls: true;
  readonly userAgentAppId: string;
  readonly defaultUserAgentProvider: () => Promise<[string, string][]>;
}

/** AWS's texts are shorter: what is longer is somebody else's. */
const MOST_TEXT = 500;

/**
 * One call of a client of the SDK. `serviceError` is the class of errors that AWS answered itself. Throws
 * {@linkcode StsRefusal} for these, and {@linkcode NetworkError}.
 */
export async function call<T>(
  access: StsAccess,
  serviceError: abstract new (...args: never[]) => Error,
  send: (config: ClientConfig, seen: ClockedFetch["seen"]) => Promise<T>,
  carriesCode = false,
): Promise<T> {
  const clocked = createFetch(access, carriesCode);
  try {
    return await send(configFor(access, clocked), clocked.seen);
  } catch (error) {
    if (error instanceof Failure || error instanceof StsRefusal) throw error;
    if (error instanceof serviceError) {
      const { attempts, clockAheadSeconds } = clocked.seen();
      throw new StsRefusal(
        error.name.slice(0, 100),
        error.message.slice(0, MOST_TEXT),
        attempts,
        clockAheadSeconds,
      );
    }
    // The SDK marks what it could not read with the answer it had.
    if (error instanceof Error && "$response" in error) throw notAnswered(clocked.seen().via);
    throw error;
  }
}

/** What answered was not AWS, or what it gave is not what was asked for. */
export function notAnswered(via: string): NetworkError {
  const error = new NetworkError(
    "the answer didn't come from AWS: a proxy or a login page may have sent it",
    "open any web page to see whether the network wants a login first",
  );
  error.via = via;
  return error;
}

function configFor(access: StsAccess, { fetch }: ClockedFetch): ClientConfig {
  return {
    region: access.region,
    credentials: access.keys,
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
