import type { Section } from "../aws_files/ini.ts";
import { valueIn } from "../aws_files/profiles.ts";
import { isOwnValue, readMark } from "./session_mark.ts";

/** An access key: an IAM user's, or that of a session, which counts with its token only. */
export interface LongTermKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** AWS's key ids (IAM user guide, "Unique identifiers"). */
const KEY_ID = /^A[A-Z]{3}[A-Z2-7]{16}$/;

/** False for what AWS never hands out as a key id, such as one that was cut off. */
export function looksLikeKeyId(accessKeyId: string): boolean {
  return KEY_ID.test(accessKeyId);
}

/**
 * False for what may be a secret, pasted where the key id belongs, alone or behind the id. Other makers of an STS have
 * short words, such as "test", or longer ones of capital letters.
 */
export function canBeKeyId(accessKeyId: string): boolean {
  return /^([A-Z0-9_]{1,128}|\w{1,16})$/.test(accessKeyId);
}

/** Signs of a secret access key, as AWS hands them out. */
export const SECRET_LENGTH = 40;

/** Temporary credentials as STS gives them. */
export interface SessionCredentials extends LongTermKeys {
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** What the keys in some sections of one profile are. */
export type FoundCredentials =
  | { readonly kind: "none" }
  | { readonly kind: "long-term"; readonly keys: LongTermKeys }
  | { readonly kind: "session"; readonly keys: LongTermKeys }
  | { readonly kind: "partial"; readonly missing: "aws_access_key_id" | "aws_secret_access_key" };

/**
 * Tells long-term keys from a session: by what awsmfa wrote there itself, then by the key id's prefix (AKIA, ASIA: IAM
 * user guide, "Unique identifiers"), and where that is another, by the session token. So a token that `aws configure`
 * left behind deceives nobody, nor does a session of an STS that is not AWS's. Half of a session of awsmfa's is none
 * of the keys that stand beside it.
 */
export function findCredentials(sections: readonly Section[]): FoundCredentials {
  const accessKeyId = valueIn(sections, "aws_access_key_id") ?? "";
  const secretAccessKey = valueIn(sections, "aws_secret_access_key") ?? "";
  const mark = readMark(sections);
  if (mark !== undefined && accessKeyId !== "" && secretAccessKey !== "") {
    const isOwnId = isOwnValue(mark, "aws_access_key_id", accessKeyId);
    const isOwnSecret = isOwnValue(mark, "aws_secret_access_key", secretAccessKey);
    if (isOwnId && isOwnSecret) return { kind: "session", keys: { accessKeyId, secretAccessKey } };
    if (isOwnId) return { kind: "partial", missing: "aws_access_key_id" };
    if (isOwnSecret) return { kind: "partial", missing: "aws_secret_access_key" };
  }
  if (accessKeyId === "" && secretAccessKey === "") return { kind: "none" };
  if (accessKeyId === "") return { kind: "partial", missing: "aws_access_key_id" };
  if (secretAccessKey === "") return { kind: "partial", missing: "aws_secret_access_key" };
  if (isSessionKeyId(accessKeyId, valueIn(sections, "aws_session_token"))) {
    return { kind: "session", keys: { accessKeyId, secretAccessKey } };
  }
  return { kind: "long-term", keys: { accessKeyId, secretAccessKey } };
}

/** True for the key id of temporary credentials. */
export function isSessionKeyId(accessKeyId: string, sessionToken: string | undefined): boolean {
  if (accessKeyId.startsWith("ASIA")) return true;
  return !accessKeyId.startsWith("AKIA") && Boolean(sessionToken);
}

/** True where both are one key, secret included. */
export function sameKeys(a: LongTermKeys, b: LongTermKeys): boolean {
  return a.accessKeyId === b.accessKeyId && a.secretAccessKey === b.secretAccessKey;
}
