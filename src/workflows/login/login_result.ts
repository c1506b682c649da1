import type { ConfigStays } from "./check_before_code.ts";

/** Keys of one file that have other names while the session is there. */
export interface RenamedKeys {
  readonly keys: readonly string[];
  readonly path: string;
}

/** What came of a login. */
export interface Login {
  readonly profile: string;
  /** The profile that is linked to it, and that was asked for. */
  readonly link: string | undefined;
  readonly expiration: Date;
  /** `valid`: nothing was asked or called, and no file touched. `kept`: the session was kept from an earlier login. */
  readonly how: "new" | "kept" | "valid";
  readonly serial: string | undefined;
  /** The seconds that AWS was asked for, where it was. */
  readonly askedSeconds: number | undefined;
  readonly roleArn: string | undefined;
  /** By --no-mfa. */
  readonly withoutMfa: boolean;
  /** The file that this login put the long-term keys into, if it did. */
  readonly backedUpIn: string | undefined;
  /** The section of that backup that has other credentials than long-term keys, if they made room. */
  readonly replaced: string | undefined;
  readonly backupPath: string;
  /** Why the config file was not changed, though it should have been. */
  readonly configStays: ConfigStays | undefined;
  /** The keys of the profile that this login set aside, by file. */
  readonly renamedKeys: readonly RenamedKeys[];
  /** The profile's config section has no `profile ` prefix, and AWS tools skip it. */
  readonly unprefixedIn: string | undefined;
  /** The credentials file, and its permission bits where other users can read it. */
  readonly credentialsPath: string;
  readonly looseMode: number | undefined;
}
