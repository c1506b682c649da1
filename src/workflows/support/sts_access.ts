import { type Placement, type Setting, setting } from "../../domain/placement/placement.ts";
import type { Ini } from "../../domain/aws_files/ini.ts";
import type { Profile, Profiles } from "../../domain/aws_files/profiles.ts";
import { endpointsOf, isTrue } from "../../domain/aws_files/program_settings.ts";
import { checkEndpoint } from "../../domain/network/endpoint.ts";
import { readLimits } from "../../domain/network/limits.ts";
import { checkRegion, USUAL_REGION } from "../../domain/aws/region.ts";
import type { StsAccess, World } from "../../world.ts";

/** What flags and variables say of the way to STS: checked before a file is read. */
export type StsRoute = Omit<StsAccess, "keys" | "region" | "limits" | "fips" | "dualstack"> & {
  readonly region: string | undefined;
  /** Undefined where the profile may say so. */
  readonly fips: boolean | undefined;
  readonly dualstack: boolean | undefined;
  /** AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: no address but AWS's own counts. */
  readonly ignoresEndpoints: boolean;
};

/** Throws UsageError for a bad region or address. */
export function findRoute(world: World, regionOption: string | undefined): StsRoute {
  const ignoresEndpoints = isTrue(world.env("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"));
  const endpoint = (variable: string): string | undefined =>
    ignoresEndpoints ? undefined : findEndpoint(world, variable);
  const said = (variable: string): boolean | undefined => {
    const value = world.env(variable);
    return value ? isTrue(value) : undefined;
  };
  return {
    region: firstRegion([
      ["--region", regionOption],
      ["AWS_REGION", world.env("AWS_REGION")],
      ["AWS_DEFAULT_REGION", world.env("AWS_DEFAULT_REGION")],
    ]),
    endpoint: endpoint("AWS_ENDPOINT_URL_STS"),
    iamEndpoint: endpoint("AWS_ENDPOINT_URL_IAM"),
    caBundle: bundleIn(world, "AWS_CA_BUNDLE"),
    fips: said("AWS_USE_FIPS_ENDPOINT"),
    dualstack: said("AWS_USE_DUALSTACK_ENDPOINT"),
    ignoresEndpoints,
  };
}

/**
 * The same with the keys, and with what the profile says where nothing else does: where AWS is, as AWS's tools would
 * take it of the profile itself, and where a role is wanted not of the source of its keys. Throws as findRoute does.
 */
export function accessWith(
  world: World,
  route: StsRoute,
  placement: Placement,
  { config }: Pick<Profiles, "config">,
): StsAccess {
  const { source: { keys, session }, roles, targetProfile, askedProfile, sourceProfile } = placement;
  const target = targetProfile ?? askedProfile;
  const says = (profile: Profile | undefined): boolean => {
    const { all, services } = endpointsOf(config, profile);
    return all !== undefined || services.size > 0;
  };
  // The source's own session is asked for as by its profile, where the target has no address of its own.
  const where = roles.length === 0 && !says(target) && says(sourceProfile) ? sourceProfile : target;
  return {
    ...routeWith(world, route, (key) => setting(placement, key), where, config),
    keys: session === undefined ? keys : { ...keys, sessionToken: session.token },
  };
}

/** The same without keys, for a profile whose settings are looked up by `find`. */
export function routeWith(
  world: World,
  { ignoresEndpoints, fips, dualstack, ...route }: StsRoute,
  find: (key: string) => Setting | undefined,
  profile: Profile | undefined,
  config: Ini,
): Omit<StsAccess, "keys"> {
  const region = find("region");
  const endpoints = ignoresEndpoints ? undefined : endpointsOf(config, profile);
  const endpoint = (service: string): string | undefined => {
    const ofService = endpoints?.services.get(service);
    const [url, source] = ofService === undefined
      ? [endpoints?.all, `endpoint_url of profile '${profile?.name}'`]
      : [ofService, `endpoint_url of the services of profile '${profile?.name}'`];
    return url && checkEndpoint(url, source).href;
  };
  const bundle = find("ca_bundle");
  return {
    ...route,
    caBundle: route.caBundle ?? (bundle && atHome(world, bundle)) ?? bundleIn(world, "REQUESTS_CA_BUNDLE"),
    limits: readLimits(world.env("AWSMFA_TIMEOUT"), find("cli_connect_timeout"), find("cli_read_timeout")),
    region: route.region ?? (region && checkRegion(region.value, region.source)) ?? USUAL_REGION,
    endpoint: route.endpoint ?? endpoint("STS"),
    iamEndpoint: route.iamEndpoint ?? endpoint("IAM"),
    fips: fips ?? isTrue(profile?.own("use_fips_endpoint")),
    dualstack: dualstack ?? isTrue(profile?.own("use_dualstack_endpoint")),
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
