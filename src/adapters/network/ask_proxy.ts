import type { Way } from "./way.ts";

/** How a proxy answers. */
export interface ProxyAnswer {
  readonly status: number;
  /** The ways to authenticate that it names: "Basic realm=...", "NTLM". */
  readonly schemes: string;
  readonly location: string | null;
}

/** A proxy that looks a name up in vain takes its time. */
const MOST_MS = 10_000;

/**
 * What a proxy says of a host. The runtime tells no more of a tunnel than that it failed, so the proxy is asked for the
 * host's page in the plain way, with nothing of AWS's in the request: what it refuses one way it refuses the other way.
 * Throws what fetch throws.
 */
export async function askProxy({ client }: Way, { hostname, port }: URL): Promise<ProxyAnswer> {
  const response = await fetch(`http://${hostname}:${port || 443}/`, {
    client,
    redirect: "manual",
    signal: AbortSignal.timeout(MOST_MS),
  });
  await response.body?.cancel();
  return {
    status: response.status,
    schemes: response.headers.get("proxy-authenticate") ?? "",
    location: response.headers.get("location"),
  };
}
