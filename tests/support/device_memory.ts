import type { LoggedRequest } from "../../scripts/local_sts/server.ts";
import type { Stage } from "./stage.ts";

/** Where awsmfa remembers which device worked for a key. */
export const MEMORY_FILE = ".aws/awsmfa/devices.json";

/** As if this device had worked at an earlier login. */
export function rememberDevice({ home, user }: Stage, serial: string): void {
  home.write(
    MEMORY_FILE,
    JSON.stringify({ version: 1, devices: { [user.accessKeyId]: serial }, usedCodes: {} }),
  );
}

/** The device that is remembered for the stage's user. */
export function rememberedDevice({ home, user }: Stage): string {
  return JSON.parse(home.read(MEMORY_FILE)).devices[user.accessKeyId];
}

/** What was asked of AWS while `run` ran, a word each: the action, and the status where it is not 200. */
export async function asked({ sts }: Stage, run: () => Promise<unknown>): Promise<string[]> {
  const before = sts.requests.length;
  await run();
  return sts.requests.slice(before).map(describe);
}

function describe({ action, status }: LoggedRequest): string {
  return status === 200 ? action : `${action} ${status}`;
}
