import { chooseProxy, type Proxy } from "../../domain/network/proxy.ts";
import type { StsAccess } from "../../world.ts";
import { AUTHORITY_VARIABLES, clientFor } from "./http_client.ts";

/** How a host is reached. */
export interface Way {
  readonly client: Deno.HttpClient;
  readonly proxy: Proxy | undefined;
  /** Where authorities were looked for, in words. */
  readonly trusted: readonly string[];
}

/** Throws UsageError or FileError for a variable or a file that says what can't be followed. */
export async function wayTo(url: URL, { caBundle }: Pick<StsAccess, "caBundle">): Promise<Way> {
  const proxy = chooseProxy((name) => Deno.env.get(name), url);
  // Reading certificates takes a library, which few runs need.
  const extra = caBundle === undefined && !AUTHORITY_VARIABLES.some((name) => Deno.env.get(name))
    ? []
    : (await import("./authorities.ts")).extraAuthorities(caBundle);
  return {
    client: clientFor({ proxy, authorities: extra.flatMap(({ pems }) => pems) }),
    proxy,
    trusted: [...usualStores(), ...extra.map(({ from }) => from)],
  };
}

/** Where the host is not named it is STS's usual one: all of AWS's are reached in one way but for NO_PROXY. */
export async function prepareCalls(access: StsAccess): Promise<void> {
  await wayTo(new URL(access.endpoint ?? `https://sts.${access.region}.amazonaws.com/`), access);
}

/** "direct", or "through the proxy HOST (HTTPS_PROXY)". */
export function describeWay({ proxy }: Pick<Way, "proxy">): string {
  return proxy === undefined ? "direct" : `through the proxy ${proxy.host} (${proxy.variable})`;
}

function usualStores(): string[] {
  const wished = Deno.env.get("DENO_TLS_CA_STORE") || "mozilla,system";
  const names = { mozilla: "Mozilla's list", system: "the system's store" };
  return wished.split(",").map((store) => store.trim() === "system" ? names.system : names.mozilla);
}
