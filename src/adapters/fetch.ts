import { CLOCK_TOLERANCE_SECONDS, StsRefusal } from "../domain/sts_refusal.ts";
import { FileError } from "../errors.ts";
import { readText } from "./files.ts";
import { explainNetworkError } from "./network_errors.ts";

/** One try may take this long, two of them less than the 15 seconds after which a dead network is reported. */
const TRY_MS = 6_500;

/** A fetch that remembers what it saw. */
export interface ClockedFetch {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Requests sent so far, and this machine's clock less the answers' Date header. */
  readonly seen: () => { attempts: number; clockAheadSeconds: number };
}

/**
 * A fetch for one call of the SDK: with the authorities of `caBundle`, a limit on time, and errors in plain words,
 * marked for the SDK as worth another try or not. Throws {@linkcode FileError} for an unreadable bundle.
 */
export function createFetch(caBundle: string | undefined): ClockedFetch {
  const client = caBundle === undefined ? undefined : clientWith(caBundle);
  const started = Date.now();
  let attempts = 0;
  let clockAheadSeconds = 0;
  return {
    seen: () => ({ attempts, clockAheadSeconds }),
    fetch: async (request) => {
      attempts++;
      const signal = AbortSignal.timeout(TRY_MS);
      const init = client === undefined ? { signal } : { signal, client };
      try {
        const response = await fetch(request, init);
        clockAheadSeconds = clockAhead(response);
        // The SDK would quietly correct the clock and go on, and every other AWS tool on this machine still fail.
        if (response.status >= 400 && Math.abs(clockAheadSeconds) >= CLOCK_TOLERANCE_SECONDS) {
          await response.body?.cancel();
          throw new StsRefusal("RequestExpired", "the clock is off", attempts, clockAheadSeconds);
        }
        return response;
      } catch (error) {
        if (error instanceof StsRefusal) throw error;
        const again = Date.now() - started < TRY_MS + 500;
        throw explainNetworkError(error, new URL(request.url), again);
      }
    },
  };
}

function clockAhead(response: Response): number {
  const date = Date.parse(response.headers.get("date") ?? "");
  return Number.isNaN(date) ? 0 : Math.round((Date.now() - date) / 1000);
}

/** One connection pool for all calls of a run: kept by bundle, as a run has one. */
const clients = new Map<string, Deno.HttpClient>();

function clientWith(caBundle: string): Deno.HttpClient {
  const known = clients.get(caBundle);
  if (known !== undefined) return known;
  const pem = readText(caBundle);
  if (pem === undefined) throw badBundle(caBundle, "is not there");
  if (!pem.includes("-----BEGIN CERTIFICATE-----")) throw badBundle(caBundle, "holds no PEM certificate");
  const client = createClient(pem, caBundle);
  clients.set(caBundle, client);
  return client;
}

function createClient(pem: string, caBundle: string): Deno.HttpClient {
  try {
    return Deno.createHttpClient({ caCerts: [pem] });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw badBundle(caBundle, "holds a certificate that can't be read");
  }
}

function badBundle(caBundle: string, why: string): FileError {
  return new FileError(
    `AWS_CA_BUNDLE: ${caBundle} ${why}`,
    "name a PEM file of certificate authorities, or unset AWS_CA_BUNDLE",
  );
}
