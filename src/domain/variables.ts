import type { SessionCredentials } from "./credentials.ts";
import { formatExpiration } from "./expiration.ts";

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

/** The variables of a session, as AWS's tools read them (AWS SDKs and tools reference, "Environment variables"). */
export function sessionVariables(credentials: SessionCredentials, region: string | undefined): Variables {
  const variables = new Map<string, string | undefined>([
    ["AWS_ACCESS_KEY_ID", credentials.accessKeyId],
    ["AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey],
    ["AWS_SESSION_TOKEN", credentials.sessionToken],
    ["AWS_CREDENTIAL_EXPIRATION", formatExpiration(credentials.expiration)],
  ]);
  if (region !== undefined) variables.set("AWS_REGION", region).set("AWS_DEFAULT_REGION", region);
  for (const name of OTHER_CREDENTIALS) variables.set(name, undefined);
  return variables;
}

/** The opposite: nothing of a session is left. The region stays, which is no credential. */
export function noSessionVariables(): Variables {
  return new Map(SESSION.map((name) => [name, undefined]));
}

/** For a program that runs with the session: also other ways to credentials are closed. */
export function programVariables(credentials: SessionCredentials, region: string | undefined): Variables {
  const others = [
    "AWS_ROLE_ARN",
    "AWS_ROLE_SESSION_NAME",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  ];
  return new Map([
    ...sessionVariables(credentials, region),
    ...others.map((name) => [name, undefined] as const),
  ]);
}

/** What an SDK expects of a credential process (AWS SDKs and tools reference, "Process credential provider"). */
export function formatProcessCredentials(credentials: SessionCredentials): string {
  return `${
    JSON.stringify({
      Version: 1,
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: formatExpiration(credentials.expiration),
    })
  }\n`;
}
