import { parseOwnJson, recordOf, textOf } from "./json.ts";
import { formatExpiration, type NewCredentials } from "./session_in_file.ts";
import type { RoleStep } from "./role.ts";

/** Temporary credentials as awsmfa keeps them for the next profile, the next shell and the next command. */
export interface KeptSession {
  readonly id: KeptId;
  /** The device that proved it. */
  readonly serial: string;
  /** The user's ARN, where AWS was asked for it. */
  readonly callerArn: string | undefined;
  readonly credentials: NewCredentials;
}

/** What a session was given for: a long-term key, and the roles that were assumed with it, none for the user's own. */
export interface KeptId {
  readonly accessKeyId: string;
  readonly roles: readonly Omit<RoleStep, "seconds" | "profile">[];
}

const VERSION = 1;

/** The id of what a placement ends in. A role's wished duration does not make it another session. */
export function keptId(accessKeyId: string, roles: readonly RoleStep[]): KeptId {
  return {
    accessKeyId,
    roles: roles.map(({ arn, externalId, sessionName }) => ({ arn, externalId, sessionName })),
  };
}

/**
 * The file's name in awsmfa's folder: the key's id, which is no secret, and a hash of the roles. No name that a
 * person chose is part of it, so it never leads out of the folder.
 */
export function keptSessionName({ accessKeyId, roles }: KeptId): string {
  const key = accessKeyId.replace(/[^A-Za-z0-9]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}_`).slice(
    0,
    100,
  );
  return roles.length === 0 ? `${key}.json` : `${key}-${hash(JSON.stringify(roles))}.json`;
}

export function formatKeptSession({ id, serial, callerArn, credentials }: KeptSession): string {
  const session = { ...credentials, expiration: formatExpiration(credentials.expiration) };
  return `${JSON.stringify({ version: VERSION, id, serial, callerArn, session }, null, 2)}\n`;
}

/** The session in a file for this id; undefined for a text that is none, or of another version of awsmfa. */
export function parseKeptSession(text: string | undefined, id: KeptId): KeptSession | undefined {
  const kept = parseOwnJson(text);
  const session = recordOf(kept["session"]);
  if (kept["version"] !== VERSION) return undefined;
  if (JSON.stringify(kept["id"]) !== JSON.stringify(id)) return undefined;
  const accessKeyId = textOf(session["accessKeyId"]);
  const secretAccessKey = textOf(session["secretAccessKey"]);
  const sessionToken = textOf(session["sessionToken"]);
  const serial = textOf(kept["serial"]);
  const expiration = new Date(textOf(session["expiration"]) ?? "");
  if (!accessKeyId || !secretAccessKey || !sessionToken || !serial || Number.isNaN(expiration.getTime())) {
    return undefined;
  }
  const principalArn = textOf(session["principalArn"]);
  return {
    id,
    serial,
    callerArn: textOf(kept["callerArn"]),
    credentials: { accessKeyId, secretAccessKey, sessionToken, expiration, principalArn },
  };
}

/** FNV-1a, 64 bits (RFC 9923): for names only; what a file holds is compared with the whole id. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, "0");
}
