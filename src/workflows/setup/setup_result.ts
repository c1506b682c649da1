import type { KeyOwner } from "../../domain/aws/caller.ts";

/** A profile that is set up. */
export interface Setup {
  readonly profile: string;
  readonly callerArn: string;
  readonly owner: KeyOwner;
  readonly accessKeyId: string;
  readonly region: string;
  /** The device that the profile names; undefined where a login finds it. */
  readonly serial: string | undefined;
  /** The files that were changed. */
  readonly changed: readonly string[];
  /** Who does not find the keys in what was written. */
  readonly note: string | undefined;
}
