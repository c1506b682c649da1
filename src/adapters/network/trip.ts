import type { StsAccess } from "../../world.ts";
import type { Way } from "./way.ts";

/** What was on its way where, when something went wrong. */
export interface Trip {
  readonly url: URL;
  readonly way: Way;
  readonly access: StsAccess;
  readonly carriesCode: boolean;
}

/** What the runtime says of an error, without the address and the phase before it. */
export function lastPart(detail: string): string {
  return detail.slice(detail.lastIndexOf(": ") + 1).trim();
}
