import type { LongTermKeys } from "../keys/credentials.ts";
import type { Reading } from "./reading.ts";

/** What a profile has, as awsmfa reads it. */
export interface Meant {
  readonly kind: "session" | "long-term";
  readonly keys: LongTermKeys;
  readonly sessionToken: string | undefined;
}

/** What a reader uses of it. */
export type View =
  | "session"
  | "long-term keys"
  | "other keys"
  | "session's key without its token"
  | "another source"
  | "nothing";

/** What a reading is, measured by what the profile is meant to have. */
export function viewOf(reading: Reading, meant: Meant | undefined): View {
  if (reading.kind === "other") return "another source";
  if (reading.kind !== "keys") return "nothing";
  const isMeant = reading.accessKeyId === meant?.keys.accessKeyId &&
    reading.secretAccessKey === meant.keys.secretAccessKey;
  if (!isMeant) return "other keys";
  if (meant.kind === "long-term") return reading.sessionToken === undefined ? "long-term keys" : "other keys";
  return reading.sessionToken === meant.sessionToken ? "session" : "session's key without its token";
}
