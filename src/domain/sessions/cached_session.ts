import { fingerprint } from "../text/fingerprint.ts";
import { parseOwnJson, recordOf, textOf } from "../text/json.ts";
import { formatExpiration } from "../keys/expiration.ts";
import { type NewCredentials } from "../changes/session_in_file.ts";
import { partitionOfRegion } from "../aws/partition.ts";
import type { RoleStep } from "../placement/role.ts";

/** Temporary credentials as awsmfa keeps them for the next profile, the next shell and the next command. */
export interface CachedSession {
  readonly id: CachedId;
  /** The device that proved it; empty for a role that was assumed with another tool's session. */
  readonly serial: string;
  /** The user's ARN, where AWS was asked for it. */
  readonly callerArn: string | undefined;
  /** For how long it was asked; undefined in what 0.1.0 kept. */
  readonly askedSeconds?: number | undefined;
  /** When it was had; undefined in what 0.1.0 kept. */
  readonly issued?: Date | undefined;
  readonly credentials: NewCredentials;
}

/**
 * All that a session is bound to: a long-term key, the roles that were assumed with it, none for the user's own, and
 * the STS that gave it. The file that keeps it is named by this list, and the one in the credentials file is compared
 * by it.
 */
export interface CachedId {
  readonly accessKeyId: string;
  readonly roles: readonly Omit<RoleStep, "seconds" | "profile">[];
  /** Undefined for AWS's own. */
  readonly endpoint?: string;
  /** Undefined for "aws". */
  readonly partition?: string;
  /** Of --no-mfa: it never takes the place of another one. */
  readonly mfa?: false;
}

const VERSION = 1;

/** The STS that is asked: another address than AWS's own, and the region that is asked in. */
export interface AskedSts {
  readonly endpoint: string | undefined;
  readonly region: string;
}

/** The id of what a placement ends in. A role's wished duration does not make it another session. */
export function cachedId(accessKeyId: string, roles: readonly RoleStep[], sts: AskedSts): CachedId {
  const partition = partitionOfRegion(sts.region);
  return {
    accessKeyId,
    roles: roles.map(({ arn, externalId, sessionName, tags, sourceIdentity }) => ({
      arn,
      externalId,
      sessionName,
      ...(tags === undefined ? {} : { tags }),
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
    })),
    // What 0.1.0 kept has neither.
    ...(sts.endpoint === undefined ? {} : { endpoint: sts.endpoint }),
    ...(partition === "aws" ? {} : { partition }),
  };
}

/** The same as one word, for the session in the credentials file. */
export function bindingOf(id: CachedId): string {
  return fingerprint(JSON.stringify(id));
}

/**
 * The file's name in awsmfa's folder: the key's id, which is no secret, and a hash of the roles. No name that a
 * person chose is part of it, so it never leads out of the folder.
 */
export function cachedSessionName(id: CachedId): string {
  const { accessKeyId, roles, ...sts } = id;
  const key = accessKeyId.replace(/[^A-Za-z0-9]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`)
    .slice(
      0,
      100,
    );
  if (Object.keys(sts).length > 0) return `${key}-${bindingOf(id)}.json`;
  return roles.length === 0 ? `${key}.json` : `${key}-${fingerprint(JSON.stringify(roles))}.json`;
}

export function formatCachedSession(
  { id, serial, callerArn, askedSeconds, issued, credentials }: CachedSession,
): string {
  const session = { ...credentials, expiration: formatExpiration(credentials.expiration) };
  const cached = { version: VERSION, id, serial, callerArn, askedSeconds, issued, session };
  return `${JSON.stringify(cached, null, 2)}\n`;
}

/** The session in a file for this id; undefined for a text that is none, or of another version of awsmfa. */
export function parseCachedSession(text: string | undefined, id: CachedId): CachedSession | undefined {
  const cached = parseOwnJson(text);
  if (JSON.stringify(cached["id"]) !== JSON.stringify(id)) return undefined;
  const credentials = credentialsIn(cached);
  const serial = cached["serial"] === "" ? "" : textOf(cached["serial"]);
  if (credentials === undefined || serial === undefined) return undefined;
  const { askedSeconds } = cached;
  const issued = new Date(textOf(cached["issued"]) ?? "");
  return {
    id,
    serial,
    callerArn: textOf(cached["callerArn"]),
    askedSeconds: typeof askedSeconds === "number" ? askedSeconds : undefined,
    issued: Number.isNaN(issued.getTime()) ? undefined : issued,
    credentials,
  };
}

/** Seconds from its first to its last; without end where nothing says so. */
export function lifetimeOf({ issued, credentials }: CachedSession): number {
  return issued === undefined ? Infinity : (credentials.expiration.getTime() - issued.getTime()) / 1000;
}

/** The same, whatever it is bound to. */
export function parseAnyCached(text: string | undefined): CachedSession | undefined {
  const id = recordOf(parseOwnJson(text)["id"]);
  const accessKeyId = textOf(id["accessKeyId"]);
  const [endpoint, partition] = [textOf(id["endpoint"]), textOf(id["partition"])];
  const roles = Array.isArray(id["roles"]) ? id["roles"].map(recordOf) : undefined;
  if (accessKeyId === undefined || roles === undefined) return undefined;
  return parseCachedSession(text, {
    accessKeyId,
    roles: roles.map((role) => ({
      arn: textOf(role["arn"]) ?? "",
      externalId: textOf(role["externalId"]),
      sessionName: textOf(role["sessionName"]),
      ...(Array.isArray(role["tags"]) ? { tags: role["tags"] } : {}),
      ...(textOf(role["sourceIdentity"]) === undefined
        ? {}
        : { sourceIdentity: String(role["sourceIdentity"]) }),
    })),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(partition === undefined ? {} : { partition }),
    ...(id["mfa"] === false ? { mfa: false } : {}),
  });
}

/** The credentials in a file, whatever they are bound to; undefined for a text that is none. */
export function parseCachedCredentials(text: string | undefined): NewCredentials | undefined {
  return credentialsIn(parseOwnJson(text));
}

function credentialsIn(cached: Record<string, unknown>): NewCredentials | undefined {
  if (cached["version"] !== VERSION) return undefined;
  const session = recordOf(cached["session"]);
  const accessKeyId = textOf(session["accessKeyId"]);
  const secretAccessKey = textOf(session["secretAccessKey"]);
  const sessionToken = textOf(session["sessionToken"]);
  const expiration = new Date(textOf(session["expiration"]) ?? "");
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expiration.getTime())) {
    return undefined;
  }
  const principalArn = textOf(session["principalArn"]);
  return { accessKeyId, secretAccessKey, sessionToken, expiration, principalArn };
}
