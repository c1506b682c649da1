import { type Placement, type Setting, setting } from "../domain/placement.ts";
import { checkEndpoint } from "../domain/endpoint.ts";
import { readLimits } from "../domain/network/limits.ts";
import { checkRegion, USUAL_REGION } from "../domain/region.ts";
import type { StsAccess, World } from "../world.ts";

/** What flags and variables say of the way to STS: checked before a file is read. */
export type StsRoute = Omit<StsAccess, "keys" | "region" | "limits"> & {
  readonly region: string | undefined;
};

/** Throws UsageError for a bad region or address. */
export function findRoute(world: World, regionOption: string | undefined): StsRoute {
  return {
    region: firstRegion([
      ["--region", regionOption],
      ["AWS_REGION", world.env("AWS_REGION")],
      ["AWS_DEFAULT_REGION", world.env("AWS_DEFAULT_REGION")],
    ]),
    endpoint: findEndpoint(world, "AWS_ENDPOINT_URL_STS"),
    iamEndpoint: findEndpoint(world, "AWS_ENDPOINT_URL_IAM"),
    caBundle: bundleIn(world, "AWS_CA_BUNDLE"),
    fips: world.env("AWS_USE_FIPS_ENDPOINT")?.toLowerCase() === "true",
    dualstack: world.env("AWS_USE_DUALSTACK_ENDPOINT")?.toLowerCase() === "true",
  };
}

/** The same with the keys, and with what the profile says where nothing else does. Throws as findRoute does. */
export function accessWith(world: World, route: StsRoute, placement: Placement): StsAccess {
  const { keys, session } = placement.source;
  return {
    ...routeWith(world, route, (key) => setting(placement, key)),
    keys: session === undefined ? keys : { ...keys, sessionToken: session.token },
  };
}

/** The same without keys, for a profile whose settings are looked up by `find`. */
export function routeWith(
  world: World,
  route: StsRoute,
  find: (key: string) => Setting | undefined,
): Omit<StsAccess, "keys"> {
  const region = find("region");
  const endpoint = find("endpoint_url");
  const address = endpoint && checkEndpoint(endpoint.value, endpoint.source).href;
  const bundle = find("ca_bundle");
  return {
    ...route,
    caBundle: route.caBundle ?? (bundle && atHome(world, bundle)) ?? bundleIn(world, "REQUESTS_CA_BUNDLE"),
    limits: readLimits(world.env("AWSMFA_TIMEOUT"), find("cli_connect_timeout"), find("cli_read_timeout")),
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

function bundleIn(world: World, variable: string): Setting | undefined {
  const value = world.env(variable);
  return value ? atHome(world, { value, source: variable }) : undefined;
}

/** The AWS CLI takes `~/` for the home. */
function atHome(world: World, { value, source }: Setting): Setting {
  const home = world.env("HOME") || world.env("USERPROFILE");
  return home && /^~[/\\]/.test(value) ? { value: `${home}${value.slice(1)}`, source } : { value, source };
}

function findEndpoint(world: World, ofService: string): string | undefined {
  for (const variable of [ofService, "AWS_ENDPOINT_URL"]) {
    const address = world.env(variable);
    if (address) return checkEndpoint(address, variable).href;
  }
  return undefined;
}
