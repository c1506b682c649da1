import { NetworkError } from "../errors.ts";

/**
 * What a failed fetch means, in plain words. With `again`, an error that may pass is marked so that the SDK tries
 * once more: it looks at a `$retryable` property (Smithy, "retryable trait").
 */
export function explainNetworkError(error: unknown, url: URL, again: boolean): unknown {
  if (!(error instanceof Error)) return error;
  const detail = error.cause instanceof Error ? error.cause.message : error.message;
  if (error.name === "NotCapable") return outsideAllowed(url.host);
  if (error.name === "TimeoutError" || error.name === "AbortError") {
    return mark(new NetworkError(`${url.host} did not answer in time`, CHECK_NETWORK), again);
  }
  if (!(error instanceof TypeError)) return error;
  for (const [pattern, explain, passing] of MEANINGS) {
    if (pattern.test(detail)) return mark(explain(url.host), again && passing);
  }
  return mark(new NetworkError(`cannot reach ${url.host}: ${lastPart(detail)}`, CHECK_NETWORK), again);
}

/** For an address that the program's own permissions don't cover. */
function outsideAllowed(host: string): NetworkError {
  return new NetworkError(
    `awsmfa is not permitted to reach '${host}': it talks to AWS's own hosts and to this machine only`,
    "unset AWS_ENDPOINT_URL and AWS_ENDPOINT_URL_STS",
  );
}

const CHECK_NETWORK = "check the network, and HTTPS_PROXY where one is needed";

const MEANINGS: [pattern: RegExp, explain: (host: string) => NetworkError, passing: boolean][] = [
  [
    /dns error|failed to lookup/i,
    (host) =>
      new NetworkError(`unknown host '${host}'`, "check the network, and that the region is spelled right"),
    false,
  ],
  [
    /proxy auth|proxy authentication/i,
    (host) =>
      new NetworkError(
        `the proxy wants a password before it connects to ${host}`,
        "HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT",
      ),
    false,
  ],
  [
    /unsuccessful tunnel|tunnel error/i,
    (host) =>
      new NetworkError(
        `the proxy refused to connect to ${host}`,
        "ask who runs the proxy, or add the host to NO_PROXY",
      ),
    false,
  ],
  [
    /certificate|UnknownIssuer|invalid peer/i,
    (host) =>
      new NetworkError(
        `cannot trust ${host}: its TLS certificate is not from a known authority`,
        "where a proxy inspects TLS, name its certificates: AWS_CA_BUNDLE=FILE.pem",
      ),
    false,
  ],
  [
    /connection refused/i,
    (host) =>
      new NetworkError(`cannot reach ${host}: connection refused (by it, or by the proxy)`, CHECK_NETWORK),
    false,
  ],
  [
    /closed before message|connection reset|broken pipe|handshake eof/i,
    (host) => new NetworkError(`${host} broke the connection`, CHECK_NETWORK),
    true,
  ],
];

function mark(error: NetworkError, again: boolean): NetworkError {
  return again ? Object.assign(error, { $retryable: { throttling: false } }) : error;
}

function lastPart(detail: string): string {
  return detail.slice(detail.lastIndexOf(": ") + 1).trim();
}
