import { isLoopback } from "./loopback.ts";

/** Where calls are to go. */
export interface CallTargets {
  /** Undefined where it is not known yet. */
  readonly region: string | undefined;
  /** Other addresses than AWS's own, of STS and of IAM. */
  readonly endpoint: string | undefined;
  readonly iamEndpoint: string | undefined;
}

/** Which of the hosts that the program may reach a way to AWS needs. */
export interface NeededHosts {
  /** Undefined where the region's hosts are not known by name: then all of AWS's stay. */
  readonly aws: readonly string[] | undefined;
  readonly loopback: boolean;
}

/**
 * `permitted` is what the program is started with: `host:port`, `*.host:port`, and this machine. Of AWS's hosts the
 * region's STS and its partition's IAM are needed, but where another address is named in the place of each.
 */
export function neededHosts(
  { region, endpoint, iamEndpoint }: CallTargets,
  permitted: readonly string[],
): NeededHosts {
  const named = [endpoint, iamEndpoint].flatMap((each) => each === undefined ? [] : [new URL(each)]);
  const loopback = named.some(({ hostname }) => isLoopback(hostname));
  const others = named.filter(({ hostname }) => !isLoopback(hostname));
  // One of AWS's own by another name, such as a VPC endpoint, is under a pattern only.
  if (others.some((url) => !permitted.includes(hostAndPort(url)))) return { aws: undefined, loopback };
  const sts = endpoint === undefined ? permitted.filter((host) => isStsOf(host, region)) : [];
  if (endpoint === undefined && sts.length === 0) return { aws: undefined, loopback };
  const iam = iamEndpoint === undefined ? permitted.filter((host) => /^iam(-fips)?\./.test(host)) : [];
  return { aws: [...sts, ...iam, ...others.map(hostAndPort)], loopback };
}

/** "sts.us-east-1.amazonaws.com:443" of an address. */
export function hostAndPort({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === "https:" ? 443 : 80)}`;
}

function isStsOf(host: string, region: string | undefined): boolean {
  return host.startsWith(`sts.${region}.`) || host.startsWith(`sts-fips.${region}.`);
}
