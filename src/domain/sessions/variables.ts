import type { SessionCredentials } from "../keys/credentials.ts";
import { formatExpiration } from "../keys/expiration.ts";
import {
  formatHandedOut,
  HANDED_OUT,
  type HandedOut,
  OWN_PROFILE,
  ownSetting,
  readHandedOut,
} from "./handed_out.ts";

/** Environment variables by name; undefined: to be unset. */
export type Variables = ReadonlyMap<string, string | undefined>;

/** What names other credentials, and would contradict the session's. */
export const OTHER_CREDENTIALS = ["AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN"];
const SESSION = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
];
/** What of these the mark must not repeat. */
const SECRET = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"];

/** A session, and all that goes with it into an environment. */
export interface HandOut {
  readonly credentials: SessionCredentials;
  /** Of the credentials, where it is known: AWS's tools make addresses of it. */
  readonly accountId: string | undefined;
  readonly profile: string;
  /** What `--profile` would give besides, by the names of variables. */
  readonly settings: ReadonlyMap<string, string>;
  readonly options: HandedOut["options"];
  readonly files: HandedOut["files"];
  readonly keyId: HandedOut["keyId"];
  /** The token also by its name of old (boto 2). */
  readonly legacyToken?: boolean;
}

/**
 * The variables of a session, as AWS's tools read them (AWS SDKs and tools reference, "Environment variables"), and
 * the mark of what was set. `env` is what is there: what an earlier session set and this one does not is unset.
 */
export function sessionVariables(
  { credentials, accountId, profile, settings, options, files, keyId, legacyToken }: HandOut,
  env: (name: string) => string | undefined,
): Variables {
  const variables = new Map<string, string | undefined>([
    ["AWS_ACCESS_KEY_ID", credentials.accessKeyId],
    ["AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey],
    ["AWS_SESSION_TOKEN", credentials.sessionToken],
    ["AWS_CREDENTIAL_EXPIRATION", formatExpiration(credentials.expiration)],
    ...settings,
  ]);
  if (accountId !== undefined) variables.set("AWS_ACCOUNT_ID", accountId);
  else if (env("AWS_ACCOUNT_ID")) variables.set("AWS_ACCOUNT_ID", undefined);
  for (const name of OTHER_CREDENTIALS) variables.set(name, undefined);
  if (legacyToken) variables.set("AWS_SECURITY_TOKEN", credentials.sessionToken);
  return withMark(variables, { profile, options, files, keyId }, env);
}

/** For a program that runs with the session: also other ways to credentials are closed. */
export function programVariables(handOut: HandOut, env: (name: string) => string | undefined): Variables {
  return new Map([
    ...sessionVariables(handOut, env),
    ...OTHER_WAYS.map((name) => [name, undefined] as const),
  ]);
}

/** Ways to credentials besides keys, and what other tools say of theirs. */
const OTHER_WAYS = [
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_VAULT",
  "AWSUME_PROFILE",
  "AWSUME_EXPIRATION",
  "AWS_SSO_PROFILE",
  "AWS_SESSION_EXPIRATION",
];

/** For a program that gets its credentials from awsmfa whenever it asks: no keys, but the profile that asks. */
export function askingVariables(
  { profile, asking, configFile, ...more }: Pick<HandOut, "options" | "files" | "keyId"> & {
    readonly profile: string;
    /** The profile whose credential process is awsmfa, in the config file that is named. */
    readonly asking: string;
    readonly configFile: string;
  },
  env: (name: string) => string | undefined,
): Variables {
  const variables = new Map<string, string | undefined>([
    ["AWS_PROFILE", asking],
    ["AWS_CONFIG_FILE", configFile],
    // The SDKs for Go and others of old read the config file for this alone.
    ["AWS_SDK_LOAD_CONFIG", "1"],
    ...[...SESSION, "AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN", "AWS_ACCOUNT_ID", ...OTHER_WAYS].map((
      name,
    ) => [name, undefined] as const),
  ]);
  return withMark(variables, { profile, ...more }, env);
}

function withMark(
  variables: Map<string, string | undefined>,
  { profile, ...more }: Pick<HandOut, "profile" | "options" | "files" | "keyId">,
  env: (name: string) => string | undefined,
): Variables {
  variables.set(OWN_PROFILE, profile);
  const before = readHandedOut(env);
  for (const [name, value] of before?.set ?? []) {
    if (!variables.has(name) && env(name) === value) variables.set(name, undefined);
  }
  const set = new Map<string, string>();
  const was = new Map<string, string>();
  for (const [name, value] of variables) {
    const own = ownSetting(env, name);
    // What the person set, and is only said again, stays theirs.
    const isOurs = own !== value || SESSION.includes(name) || name === OWN_PROFILE;
    if (value !== undefined && !SECRET.includes(name) && isOurs) set.set(name, value);
    if (SECRET.includes(name) || SESSION.includes(name) || (own !== undefined && own === value)) continue;
    const former = own ?? before?.was.get(name);
    if (former !== undefined) was.set(name, former);
  }
  variables.set(HANDED_OUT, formatHandedOut({ ...more, set, was }));
  return variables;
}

/**
 * The opposite: nothing of a session is left, and what was unset for it comes back. `isOwn`: the keys in the
 * environment are a session of awsmfa's; others stay.
 */
export function noSessionVariables(
  env: (name: string) => string | undefined,
  isOwn: boolean,
): Variables {
  const handed = readHandedOut(env);
  const variables = new Map<string, string | undefined>();
  if (isOwn) { for (const name of SESSION) variables.set(name, undefined); }
  for (const [name, value] of handed?.set ?? []) {
    if (env(name) === value) variables.set(name, undefined);
  }
  if (isOwn && env("AWS_SECURITY_TOKEN") && env("AWS_SECURITY_TOKEN") === env("AWS_SESSION_TOKEN")) {
    variables.set("AWS_SECURITY_TOKEN", undefined);
  }
  for (const [name, value] of handed?.was ?? []) {
    if (!env(name) || variables.has(name)) variables.set(name, value);
  }
  for (const name of [OWN_PROFILE, HANDED_OUT]) if (env(name)) variables.set(name, undefined);
  return variables;
}

/** What an SDK expects of a credential process (AWS SDKs and tools reference, "Process credential provider"). */
export function formatProcessCredentials(credentials: SessionCredentials, accountId?: string): string {
  return `${
    JSON.stringify({
      Version: 1,
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: formatExpiration(credentials.expiration),
      AccountId: accountId,
    })
  }\n`;
}
