import { shownUrl } from "../../domain/network/aws_answer.ts";
import { type Proxy, proxyForm } from "../../domain/network/proxy.ts";
import { NetworkError } from "../../errors.ts";
import { askProxy, type ProxyAnswer } from "./ask_proxy.ts";
import { lastPart, type Trip } from "./trip.ts";

/** What failed at a proxy, or on the way to it: nothing of its user and password is told. */
export async function explainProxy(detail: string, trip: Trip, proxy: Proxy): Promise<NetworkError> {
  const { host, variable } = proxy;
  // Behind a proxy the runtime looks up its name only.
  if (/dns error|failed to lookup/i.test(detail)) {
    return new NetworkError(
      `unknown host '${host}', the proxy that ${variable} names`,
      "is its name spelled right, and is this the network that has it?",
    );
  }
  if (/connection refused|server unreachable/i.test(detail)) {
    return new NetworkError(
      `can't reach the proxy ${host}: connection refused`,
      `is it running, and is its port right in ${variable}?`,
    );
  }
  if (proxy.url.startsWith("socks")) {
    return new NetworkError(
      `the SOCKS proxy ${host} did not connect to ${trip.url.host}: ${lastPart(detail)}`,
      `check the user and the password in ${variable}, or ask who runs the proxy`,
    );
  }
  if (/proxy auth|tunnel|handshake eof|connection reset|closed before message/i.test(detail)) {
    const answer = await answerOf(trip);
    return answer === undefined ? explainSilence(detail, trip, proxy) : explainAnswer(answer, trip, proxy);
  }
  if (/corrupt message|InvalidContentType/i.test(detail)) {
    return new NetworkError(
      `${proxy.url.startsWith("https:") ? `the proxy ${host}` : trip.url.host} does not speak TLS`,
      `a proxy is nearly always named with http://: ${variable}=${proxyForm(false)}`,
    );
  }
  return new NetworkError(
    `can't reach ${trip.url.host} through the proxy ${host}: ${lastPart(detail)}`,
    `check the network, and ${variable}`,
  );
}

/** Undefined where it answers nothing at all. */
async function answerOf({ way, url }: Trip): Promise<ProxyAnswer | undefined> {
  try {
    return await askProxy(way, url);
  } catch (error) {
    // Told apart from an answer, and that is all that it says.
    if (error instanceof TypeError || error instanceof DOMException) return undefined;
    throw error;
  }
}

function explainSilence(detail: string, { url }: Trip, { host, variable }: Proxy): NetworkError {
  return detail.includes("unsuccessful tunnel")
    ? new NetworkError(
      `the proxy ${host} refused to connect to ${url.host}`,
      "is the region spelled right? If it is, ask who runs the proxy",
    )
    : new NetworkError(
      `the proxy ${host} closed the connection`,
      `is it an HTTP proxy? check ${variable}, or ask who runs it`,
    );
}

function explainAnswer(answer: ProxyAnswer, { url }: Trip, proxy: Proxy): NetworkError {
  const { host } = proxy;
  const { status, location } = answer;
  const to = status >= 300 && status < 400 ? URL.parse(location ?? "", url) : null;
  if (status === 407) return explainPassword(answer, proxy);
  if (to !== null) {
    return new NetworkError(
      `the proxy ${host} answered with status ${status}, to ${shownUrl(to)}`,
      `a sign-in page? open ${shownUrl(to)} in a browser`,
    );
  }
  if (status === 429) {
    return new NetworkError(`the proxy ${host} had too many requests (status 429)`, "try again in a minute");
  }
  if (status >= 500) {
    return new NetworkError(
      `the proxy ${host} can't reach ${url.host} (status ${status})`,
      "is the region spelled right? If it is, ask who runs the proxy",
    );
  }
  const says = status === 401 || status === 403 ? ` (status ${status})` : "";
  return new NetworkError(
    `the proxy ${host} refused to connect to ${url.host}${says}`,
    `ask who runs the proxy to allow it, or add the host to NO_PROXY where a direct way is open`,
  );
}

function explainPassword({ schemes }: ProxyAnswer, { host, variable, hasUser }: Proxy): NetworkError {
  if (schemes !== "" && !/\bbasic\b/i.test(schemes)) {
    const [first = ""] = schemes.split(/[\s,]/);
    const kind = /^(ntlm|negotiate|kerberos)$/i.test(first) ? "NTLM or Kerberos" : "a kind of sign-in";
    return new NetworkError(
      `the proxy ${host} wants ${kind} (status 407), which awsmfa does not speak`,
      `start a local helper such as cntlm or px, and name that: ${variable}=http://127.0.0.1:3128`,
    );
  }
  return hasUser
    ? new NetworkError(
      `the proxy ${host} does not take the user and password of ${variable} (status 407)`,
      `${variable}=${proxyForm(true)}`,
    )
    : new NetworkError(
      `the proxy ${host} wants a user and a password (status 407)`,
      `${variable}=${proxyForm(true)}`,
    );
}
