import type { LongTermKeys } from "../domain/credentials.ts";
import { checkEndpoint } from "../domain/endpoint.ts";
import { checkRegion, USUAL_REGION } from "../domain/region.ts";
import { NetworkError } from "../errors.ts";
import type { StsAccess, World } from "../world.ts";

/** What flags and variables say of the way to STS: checked before a file is read. */
export type StsRoute = Omit<StsAccess, "keys" | "region"> & { readonly region: string | undefined };

/** Throws UsageError for a bad region or address, NetworkError for one that awsmfa may not reach. */
export function findRoute(world: World, regionOption: string | undefined): StsRoute {
  return {
    region: firstRegion([
      ["--region", regionOption],
      ["AWS_REGION", world.env("AWS_REGION")],
      ["AWS_DEFAULT_REGION", world.env("AWS_DEFAULT_REGION")],
    ]),
    endpoint: findEndpoint(world),
    caBundle: world.env("AWS_CA_BUNDLE") || undefined,
    fips: world.env("AWS_USE_FIPS_ENDPOINT")?.toLowerCase() === "true",
    dualstack: world.env("AWS_USE_DUALSTACK_ENDPOINT")?.toLowerCase() === "true",
  };
}

/** The same with the keys, and the profile's region where nothing else names one. */
export function accessWith(
  route: StsRoute,
  keys: LongTermKeys,
  profileRegion: string | undefined,
  profile: string,
): StsAccess {
  const region = route.region ?? firstRegion([[`region of profile '${profile}'`, profileRegion]]) ??
    USUAL_REGION;
  return { ...route, keys, region };
}

function firstRegion(sources: [source: string, region: string | undefined][]): string | undefined {
  for (const [source, region] of sources) if (region) return checkRegion(region, source);
  return undefined;
}

function findEndpoint(world: World): string | undefined {
  for (const variable of ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"]) {
    const address = world.env(variable);
    if (!address) continue;
    const url = checkEndpoint(address, variable);
    if (!world.mayReach(url.host)) {
      throw new NetworkError(
        `${variable}: awsmfa is not permitted to reach '${url.host}', only AWS's own hosts and this machine`,
        `unset ${variable}`,
      );
    }
    return url.href;
  }
  return undefined;
}
