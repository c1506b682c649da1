import type { Ini } from "./ini.ts";
import { findProfile, type Profile, type Profiles } from "./profiles.ts";

/** What a program is to get of a profile besides credentials. */
export interface ProgramSettings {
  /** By the names of variables. */
  readonly variables: ReadonlyMap<string, string>;
  /**
   * The settings that no variable can say: where a program looks into `[default]`, it finds another value, or one where
   * the profile has none.
   */
  readonly unsaid: readonly string[];
}

/** A setting, its variables, and what stands for "none" in these; undefined where nothing does. */
type Row = readonly [key: string, variables: readonly string[], none?: string];

/** AWS SDKs and tools reference, "Settings reference"; `output` is the AWS CLI's. */
const SETTINGS: readonly Row[] = [
  ["region", ["AWS_REGION", "AWS_DEFAULT_REGION"]],
  ["output", ["AWS_DEFAULT_OUTPUT"], "json"],
  ["ca_bundle", ["AWS_CA_BUNDLE"]],
  ["use_fips_endpoint", ["AWS_USE_FIPS_ENDPOINT"], "false"],
  ["use_dualstack_endpoint", ["AWS_USE_DUALSTACK_ENDPOINT"], "false"],
  ["retry_mode", ["AWS_RETRY_MODE"]],
  ["max_attempts", ["AWS_MAX_ATTEMPTS"]],
  ["defaults_mode", ["AWS_DEFAULTS_MODE"], "legacy"],
  ["sts_regional_endpoints", ["AWS_STS_REGIONAL_ENDPOINTS"]],
  ["account_id_endpoint_mode", ["AWS_ACCOUNT_ID_ENDPOINT_MODE"], "preferred"],
  ["request_checksum_calculation", ["AWS_REQUEST_CHECKSUM_CALCULATION"], "when_supported"],
  ["response_checksum_validation", ["AWS_RESPONSE_CHECKSUM_VALIDATION"], "when_supported"],
  ["disable_request_compression", ["AWS_DISABLE_REQUEST_COMPRESSION"], "false"],
  ["request_min_compression_size_bytes", ["AWS_REQUEST_MIN_COMPRESSION_SIZE_BYTES"]],
  ["sigv4a_signing_region_set", ["AWS_SIGV4A_SIGNING_REGION_SET"]],
  ["s3_use_arn_region", ["AWS_S3_USE_ARN_REGION"]],
  ["s3_disable_multiregion_access_points", ["AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS"], "false"],
  ["s3_us_east_1_regional_endpoint", ["AWS_S3_US_EAST_1_REGIONAL_ENDPOINT"]],
  ["sdk_ua_app_id", ["AWS_SDK_UA_APP_ID"]],
];
const IGNORE = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";

/**
 * What `--profile P` would give a program, and nothing of `[default]`, where a program looks that is told no profile.
 * `setByUser` is what a person set: a variable that has a value there is left as it is.
 */
export function programSettings(
  files: Profiles,
  name: string,
  setByUser: (variable: string) => string | undefined,
): ProgramSettings {
  const profile = findProfile(files, name);
  const fallback = name === "default" ? undefined : findProfile(files, "default");
  const variables = new Map<string, string>();
  const unsaid: string[] = [];
  for (const [key, names, none] of SETTINGS) {
    if (key === "region") {
      unsaid.push(...addRegion(variables, profile?.get(key), fallback?.own(key), setByUser));
      continue;
    }
    if (names.some(setByUser)) continue;
    const [own, others] = [profile?.own(key), fallback?.own(key)];
    const value = own ?? (others === undefined ? undefined : none);
    if (value !== undefined) { for (const variable of names) variables.set(variable, value); }
    else if (others !== undefined) unsaid.push(key);
  }
  unsaid.push(
    ...addEndpoints(variables, files.config, profile, fallback, setByUser),
    ...blocks(profile, fallback),
  );
  return { variables, unsaid };
}

/** The addresses of a profile: for all services, and by the names that variables have for single ones. */
export interface Endpoints {
  readonly all: string | undefined;
  readonly services: ReadonlyMap<string, string>;
}

/** AWS SDKs and tools reference, "Service-specific endpoints". None where the profile says to ignore them. */
export function endpointsOf(config: Ini, profile: Profile | undefined): Endpoints {
  if (isTrue(profile?.own("ignore_configured_endpoint_urls"))) {
    return { all: undefined, services: new Map() };
  }
  const name = profile?.own("services");
  const sections = config.sections.filter((section) =>
    section.kind === "other" && section.prefixed && section.name === name
  );
  const services = new Map<string, string>();
  for (const { key, value } of sections.flatMap(({ properties }) => properties)) {
    const [, url] = /^\s*endpoint_url\s*=\s*(\S+)/m.exec(value) ?? [];
    if (url !== undefined) services.set(key.toUpperCase().replaceAll("-", "_"), url);
  }
  return { all: profile?.own("endpoint_url"), services };
}

/** How a setting says yes. */
export function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}

/**
 * Each tool takes what it would take with --profile: boto3 and the first AWS CLI know AWS_DEFAULT_REGION alone, and the
 * SDK for JavaScript AWS_REGION. Where the profile has none, the one that a person set is for all of them.
 */
function addRegion(
  variables: Map<string, string>,
  own: string | undefined,
  others: string | undefined,
  setByUser: (variable: string) => string | undefined,
): string[] {
  const [first, second] = [setByUser("AWS_REGION"), setByUser("AWS_DEFAULT_REGION")];
  const region = first ?? second ?? own;
  if (region === undefined) return others === undefined ? [] : ["region"];
  variables.set("AWS_REGION", region).set("AWS_DEFAULT_REGION", second ?? own ?? region);
  return [];
}

function addEndpoints(
  variables: Map<string, string>,
  config: Ini,
  profile: Profile | undefined,
  fallback: Profile | undefined,
  setByUser: (variable: string) => string | undefined,
): string[] {
  const variable = (service: string): string => `AWS_ENDPOINT_URL_${service}`;
  if (setByUser(IGNORE) || setByUser("AWS_ENDPOINT_URL")) return [];
  const [own, others] = [endpointsOf(config, profile), endpointsOf(config, fallback)];
  if (own.all !== undefined) variables.set("AWS_ENDPOINT_URL", own.all);
  for (const [service, url] of own.services) {
    if (!setByUser(variable(service))) variables.set(variable(service), url);
  }
  if (isTrue(profile?.own("ignore_configured_endpoint_urls"))) {
    variables.set(IGNORE, "true");
    return [];
  }
  const leaks = own.all === undefined &&
    (others.all !== undefined ||
      [...others.services.keys()].some((service) =>
        !own.services.has(service) && !setByUser(variable(service))
      ));
  if (!leaks) return [];
  // It would close the addresses of variables, too.
  const isAlone = own.services.size === 0 &&
    !["STS", "IAM", "S3", ...others.services.keys()].some((service) => setByUser(variable(service)));
  if (!isAlone) return ["endpoint_url"];
  variables.set(IGNORE, "true");
  return [];
}

/** Settings that are blocks of lines, such as `s3`. */
function blocks(profile: Profile | undefined, fallback: Profile | undefined): string[] {
  const of = (each: Profile | undefined): Map<string, string> =>
    new Map(
      (each?.inConfig ?? []).flatMap(({ properties }) => properties)
        .filter(({ value }) => value.startsWith("\n")).map(({ key, value }) => [key, value]),
    );
  if (fallback === undefined) return [];
  const [own, others] = [of(profile), of(fallback)];
  return [...new Set([...own.keys(), ...others.keys()])].filter((key) => own.get(key) !== others.get(key));
}
