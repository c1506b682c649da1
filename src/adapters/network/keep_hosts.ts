import { type CallTargets, neededHosts } from "../../domain/network/needed_hosts.ts";

/** Each of them names what is permitted of this machine. */
const LOOPBACK = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Gives up, for the rest of this process, every host but those that this way to AWS needs: the SDK and what it is made
 * of can send nothing anywhere else. Revoking a host takes away every pattern that it is under, too.
 * False where all of AWS's stay. `permitted` is what deno.json says; what a person permitted beside that, when they started awsmfa, stays.
 */
export function keepHosts(targets: CallTargets, permitted: readonly string[]): boolean {
  const { aws, loopback } = neededHosts(targets, permitted);
  if (!loopback) { for (const host of LOOPBACK) revoke(host); }
  if (aws === undefined) return false;
  for (const host of permitted) {
    if (host.startsWith("*.")) revoke(host.replace("*", "none"));
    else if (host.includes(":443") && !aws.includes(host)) revoke(host);
  }
  return true;
}

function revoke(host: string): void {
  Deno.permissions.revokeSync({ name: "net", host });
}
