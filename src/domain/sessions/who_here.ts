import { isSessionKeyId, type LongTermKeys } from "../keys/credentials.ts";
import type { EnvironmentCredentials } from "../placement/source_keys.ts";
import { type HandedOut, handedOutIn, OWN_PROFILE } from "./handed_out.ts";

/** What names the user of a command: the option, a variable, or nothing. */
export type NamedBy =
  | "--profile"
  | typeof OWN_PROFILE
  | "AWS_ACCESS_KEY_ID"
  | "AWS_PROFILE"
  | "AWS_DEFAULT_PROFILE"
  | "default";

/** What of credentials is in the environment, as every AWS tool looks at it. */
export type EnvironmentKeys =
  | { readonly kind: "none" }
  | { readonly kind: "long-term"; readonly keys: LongTermKeys }
  | { readonly kind: "session"; readonly accessKeyId: string }
  /** An access key id without its secret: AWS's tools stop at it. */
  | { readonly kind: "half" };

/** Who a command is here, and why. */
export interface WhoHere {
  /** The profile; where keys in the environment come before it, the one whose settings count. */
  readonly name: string;
  readonly by: NamedBy;
  readonly environment: EnvironmentKeys;
  /** What `env` or `exec` handed out to this shell or program, where that counts. */
  readonly handed: HandedOut | undefined;
}

/**
 * Who am I here? The first row that fits:
 *
 * | here is                                                 | then it is                                        |
 * | ------------------------------------------------------- | ------------------------------------------------- |
 * | `--profile P`                                           | P                                                 |
 * | a session from `awsmfa env` or `exec`                   | the profile (user, role) of that session          |
 * | other keys, or another session, in the environment      | theirs: they come before every profile that is    |
 * |                                                         | not named. A login in place goes on with the next |
 * | AWS_PROFILE, else AWS_DEFAULT_PROFILE                   | that profile                                      |
 * | nothing of these                                        | `default`                                         |
 */
export function whoHere(env: (name: string) => string | undefined, option: string | undefined): WhoHere {
  const environment = environmentKeys(env);
  const handed = handedOutIn(env);
  const here = { environment, handed };
  if (option !== undefined) return { ...here, name: option, by: "--profile" };
  const own = env(OWN_PROFILE);
  if (handed !== undefined && own) return { ...here, name: own, by: OWN_PROFILE };
  const { name, variable } = profileFromVariables(env);
  const by = environment.kind === "none" ? variable ?? "default" : "AWS_ACCESS_KEY_ID";
  return { ...here, name, by };
}

/** The profile that the variables of AWS's tools name, and the one that names it. */
export function profileFromVariables(
  env: (name: string) => string | undefined,
): { name: string; variable: "AWS_PROFILE" | "AWS_DEFAULT_PROFILE" | undefined } {
  for (const variable of ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"] as const) {
    const name = env(variable);
    if (name) return { name, variable };
  }
  return { name: "default", variable: undefined };
}

/** A secret without its id is nothing to AWS's tools (botocore, credentials.py, EnvProvider). */
function environmentKeys(env: (name: string) => string | undefined): EnvironmentKeys {
  const found = environmentCredentials(env);
  if (found === undefined) return { kind: env("AWS_ACCESS_KEY_ID") ? "half" : "none" };
  const { keys, sessionToken } = found;
  const isSession = sessionToken !== undefined || isSessionKeyId(keys.accessKeyId, sessionToken);
  return isSession ? { kind: "session", accessKeyId: keys.accessKeyId } : { kind: "long-term", keys };
}

/** What a profile with `credential_source = Environment` has its credentials of; undefined where there are none. */
export function environmentCredentials(
  env: (name: string) => string | undefined,
): EnvironmentCredentials | undefined {
  const accessKeyId = env("AWS_ACCESS_KEY_ID");
  const secretAccessKey = env("AWS_SECRET_ACCESS_KEY");
  if (!accessKeyId || !secretAccessKey) return undefined;
  const sessionToken = env("AWS_SESSION_TOKEN") || env("AWS_SECURITY_TOKEN") || undefined;
  return { keys: { accessKeyId, secretAccessKey }, sessionToken };
}
