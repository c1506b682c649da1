import { hostAndPort } from "../../domain/network/needed_hosts.ts";
import { forbiddenHost } from "../../domain/network/forbidden_host.ts";
import type { StsAccess, World } from "../../world.ts";

/**
 * Refuses what a call of STS would be refused for before anything is sent, such as a proxy's address that is none: so
 * that nobody is asked for a code in vain. Throws UsageError, FileError or NetworkError.
 */
export async function checkWay(world: World, access: StsAccess): Promise<void> {
  const url = access.endpoint === undefined ? undefined : new URL(access.endpoint);
  if (url !== undefined && !world.mayReach(hostAndPort(url))) throw forbiddenHost(url.host);
  await world.keepHosts(access);
  await world.prepareCalls(access);
}
