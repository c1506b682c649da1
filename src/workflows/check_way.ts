import { forbiddenHost } from "../domain/network/forbidden_host.ts";
import type { StsAccess, World } from "../world.ts";

/**
 * Refuses what a call of STS would be refused for before anything is sent, such as a proxy's address that is none: so
 * that nobody is asked for a code in vain. Throws UsageError, FileError or NetworkError.
 */
export async function checkWay(world: World, access: StsAccess): Promise<void> {
  const host = access.endpoint === undefined ? undefined : new URL(access.endpoint).host;
  if (host !== undefined && !world.mayReach(host)) throw forbiddenHost(host);
  await world.prepareCalls(access);
}
