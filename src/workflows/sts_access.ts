import { unsetting } from "../domain/shell_commands.ts";
import { type Placement, type Setting, setting } from "../domain/placement.ts";
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
    endpoint: findEndpoint(world, "AWS_ENDPOINT_URL_STS"),
    iamEndpoint: findEndpoint(world, "AWS_ENDPOINT_URL_IAM"),
    caBundle: world.env("AWS_CA_BUNDLE") || undefined,
    fips: world.env("AWS_USE_FIPS_ENDPOINT")?.toLowerCase() === "true",
    dualstack: world.env("AWS_USE_DUALSTACK_ENDPOINT")?.toLowerCase() === "true",
  };
}

/** The same with the keys, and with what the profile says where nothing else does. Throws as findRoute does. */
export function accessWith(world: World, route: StsRoute, placement: Placement): StsAccess {
  return { ...routeWith(world, route, (key) => setting(placement, key)), keys: placement.source.keys };
}

/** The same without keys, for a profile whose settings are looked up by `find`. */
export function routeWith(
  world: World,
  route: StsRoute,
  find: (key: string) => Setting | undefined,
): Omit<StsAccess, "keys"> {
  const region = find("region");
  const endpoint = find("endpoint_url");
  const address = endpoint && checkReachable(world, endpoint.value, endpoint.source);
  return {
    ...route,
    region: route.region ?? (region && checkRegion(region.value, region.source)) ?? USUAL_REGION,
    endpoint: route.endpoint ?? address,
    iamEndpoint: route.iamEndpoint ?? address,
  };
}

function firstRegion(sources: [source: string, region: string | undefined][]): string | undefined {
  for (const [source, region] of sources) {
    if (region || (region === "" && source.startsWith("--"))) return checkRegion(region, source);
  }
  return undefined;
}

function findEndpoint(world: World, ofService: string): string | undefined {
  for (const variable of [ofService, "AWS_ENDPOINT_URL"]) {
    const address = world.env(variable);
    if (address) return checkReachable(world, address, variable);
  }
  return undefined;
}

/** An address that awsmfa may ask. Throws UsageError, and NetworkError for a host outside of its permissions. */
export function checkReachable(world: World, address: string, source: string): string {
  const url = checkEndpoint(address, source);
  if (world.mayReach(url.host)) return url.href;
  throw new NetworkError(
    `${source}: awsmfa is not permitted to reach '${url.host}', only AWS's own hosts and this machine`,
    source.startsWith("AWS_") ? unsetting(source) : `remove ${source}`,
  );
}
