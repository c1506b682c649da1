import { asQueryAnswer, describeAnswer, isAwsAnswer, shownUrl } from "../../domain/network/aws_answer.ts";
import { CLOCK_TOLERANCE_SECONDS, StsRefusal } from "../../domain/aws/sts_refusal.ts";
import { NetworkError } from "../../errors.ts";
import type { StsAccess } from "../../world.ts";
import { type Answer, exchange } from "./exchange.ts";
import { describeWay, wayTo } from "./way.ts";

/** A fetch that remembers what it saw. */
export interface ClockedFetch {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly seen: () => Seen;
}

export interface Seen {
  /** Requests sent so far. */
  readonly attempts: number;
  /** This machine's clock less the Date header of AWS's last answer. */
  readonly clockAheadSeconds: number;
  /** "direct", or the proxy. */
  readonly via: string;
}

/**
 * A fetch for one call of the SDK, whose tries share one limit on time. It answers with AWS's own answers only, and
 * throws what else happens in plain words, marked for the SDK where another try may help. A request that carries a
 * code is not sent again once AWS may have seen it: the code counts once.
 */
export function createFetch(access: StsAccess, carriesCode: boolean): ClockedFetch {
  const { connectSeconds, answerSeconds } = access.limits;
  let leftMs = (connectSeconds + answerSeconds) * 1000;
  let seen: Seen = { attempts: 0, clockAheadSeconds: 0, via: "direct" };
  return {
    seen: () => seen,
    fetch: async (request) => {
      const url = new URL(request.url);
      const way = await wayTo(url, access);
      const trip = { url, way, access, carriesCode };
      seen = { ...seen, attempts: seen.attempts + 1, via: describeWay(way) };
      try {
        const answer = await exchange(request, way, {
          connectMs: connectSeconds * 1000,
          answerMs: leftMs,
          spend: (milliseconds) => leftMs -= milliseconds,
        });
        if (!isAwsAnswer(answer.status, answer.text)) throw notAws(url, answer, carriesCode);
        seen = { ...seen, clockAheadSeconds: clockAhead(answer.headers) };
        refuseWrongClock(answer.status, seen);
        return new Response(answer.status < 400 ? answer.text : asQueryAnswer(answer.text), answer);
      } catch (error) {
        if (error instanceof StsRefusal) throw error;
        // What explains a failure is loaded where there is one.
        const { explainNetworkError } = await import("./network_errors.ts");
        const callAws = await explainNetworkError(error, trip);
        if (callAws instanceof NetworkError) callAws.via = seen.via;
        throw callAws;
      }
    },
  };
}

/** The SDK would quietly correct the clock and go on, and every other AWS tool on this machine still fail. */
function refuseWrongClock(status: number, { attempts, clockAheadSeconds }: Seen): void {
  if (status < 400 || Math.abs(clockAheadSeconds) < CLOCK_TOLERANCE_SECONDS) return;
  throw new StsRefusal("RequestExpired", "the clock is off", attempts, clockAheadSeconds);
}

function clockAhead(headers: Headers): number {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) ? 0 : Math.round((Date.now() - date) / 1000);
}

/** What answers in AWS's place says nothing of the user, the device or the clock. */
function notAws(url: URL, { status, headers }: Answer, carriesCode: boolean): NetworkError {
  const to = status >= 300 && status < 400 ? URL.parse(headers.get("location") ?? "", url) : null;
  const says = describeAnswer(status, headers.get("content-type"), to ?? undefined);
  const error = new NetworkError(
    `what answered for ${url.host} is not AWS (${says})`,
    to === null
      ? "a proxy or a web filter may have sent it: open any web page to see whether the network wants a sign-in first"
      : `a sign-in page? open ${shownUrl(to)} in a browser`,
  );
  const again = status >= 500 && !carriesCode;
  return again ? Object.assign(error, { $retryable: { throttling: false } }) : error;
}
