import { forbiddenHost } from "../../domain/network/forbidden_host.ts";
import { NetworkError } from "../../errors.ts";
import { explainCertificate } from "./certificate_errors.ts";
import { BrokenAnswerError, LateError } from "./exchange.ts";
import { explainProxy } from "./proxy_errors.ts";
import { lastPart, type Trip } from "./trip.ts";

const CHECK_NETWORK = "check the network, and HTTPS_PROXY where one is needed";
const NEXT_CODE = "wait for the next code, then try again";

/**
 * What a failed exchange means, in plain words; any other error as it is. One that may pass is marked so that the SDK
 * tries once more (it looks at `$retryable`, Smithy's "retryable trait"), but for a code that AWS may have seen.
 */
export async function explainNetworkError(error: unknown, trip: Trip): Promise<unknown> {
  const { url: { host }, carriesCode } = trip;
  if (error instanceof LateError) return late(error, trip);
  if (error instanceof BrokenAnswerError) {
    return carriesCode
      ? new NetworkError(`the answer of ${host} was cut off; the code may be used`, NEXT_CODE)
      : again(new NetworkError(`the answer of ${host} was cut off`, CHECK_NETWORK));
  }
  if (!(error instanceof Error)) return error;
  if (error.name === "NotCapable") return forbiddenHost(host);
  if (!(error instanceof TypeError)) return error;
  const detail = error.cause instanceof Error ? error.cause.message : error.message;
  // hyper-util says of each error whether there was a connection.
  const wasSent = !detail.includes("client error (Connect)");
  if (wasSent && carriesCode) {
    return new NetworkError(`${host} closed the connection; the code may be used`, NEXT_CODE);
  }
  return await explainCertificate(detail, trip) ??
    (trip.way.proxy === undefined
      ? explainDirect(detail, trip)
      : await explainProxy(detail, trip, trip.way.proxy));
}

function late({ phase }: LateError, { url: { host }, way, access, carriesCode }: Trip): NetworkError {
  const { connectSeconds, answerSeconds } = access.limits;
  if (phase === "connection") {
    return new NetworkError(`no connection to ${host} in ${connectSeconds}s`, CHECK_NETWORK);
  }
  const from = way.proxy === undefined ? host : `${host}, through the proxy ${way.proxy.host},`;
  const seconds = connectSeconds + answerSeconds;
  return carriesCode
    ? new NetworkError(`${from} didn't answer in time (${seconds}s); the code may be used`, NEXT_CODE)
    : new NetworkError(
      `${from} didn't answer in time (${seconds}s)`,
      `${CHECK_NETWORK}; AWSMFA_TIMEOUT=60 waits longer`,
    );
}

function explainDirect(detail: string, { url: { host }, access }: Trip): NetworkError {
  if (/dns error|failed to lookup/i.test(detail)) {
    return new NetworkError(
      `unknown host '${host}'`,
      "check the network, and that the region is spelled right",
    );
  }
  if (/connection refused/i.test(detail)) {
    return new NetworkError(`can't reach ${host}: connection refused`, CHECK_NETWORK);
  }
  if (/closed before message|connection reset|broken pipe|handshake eof/i.test(detail)) {
    return again(new NetworkError(`${host} closed the connection`, CHECK_NETWORK));
  }
  if (/os error (101|113|51|65|10051|10065)\)/.test(detail)) {
    const says = `can't reach ${host}: there is no route to it`;
    return access.dualstack || access.endpoint !== undefined
      ? new NetworkError(says, CHECK_NETWORK)
      : new NetworkError(
        says,
        "on a network with IPv6 only: AWS_USE_DUALSTACK_ENDPOINT=true; else check the network",
      );
  }
  return again(new NetworkError(`can't reach ${host}: ${lastPart(detail)}`, CHECK_NETWORK));
}

function again(error: NetworkError): NetworkError {
  return Object.assign(error, { $retryable: { throttling: false } });
}
