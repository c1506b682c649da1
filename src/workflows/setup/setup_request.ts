import type { LongTermKeys } from "../../domain/keys/credentials.ts";
import type { Setting } from "../../domain/placement/placement.ts";
import type { StsRoute } from "../support/sts_access.ts";

/** What the command line says, checked; the rest is asked for on a terminal. */
export interface SetupRequest {
  readonly profile: string;
  readonly accessKeyId: string | undefined;
  readonly downloaded?: LongTermKeys | undefined;
  readonly region: string | undefined;
  readonly serial: Setting | undefined;
  readonly route: StsRoute;
}
