import type { Hint } from "../../errors.ts";
import { parseOwnJson, recordOf, textOf } from "../text/json.ts";

/** What a file is that is no set-up, and what is done instead. */
export interface ForeignFile {
  readonly what: string;
  readonly fix: Hint;
}

const LOGIN = "awsmfa -p NAME gets a session, and renews it";
const SETUP = "awsmfa setup takes an access key";

/** What lies about in homes of people with AWS tools, told by its content; undefined for what is not known. */
export function sayForeignFile(text: string): ForeignFile | undefined {
  if (text.includes("\0")) return { what: "no text", fix: "name the file that the other tool reads" };
  return sayJson(parseOwnJson(text)) ?? sayText(text);
}

function sayJson(data: Record<string, unknown>): ForeignFile | undefined {
  const has = (...keys: string[]): boolean => keys.every((key) => Object.hasOwn(data, key));
  const credentials = recordOf(data["Credentials"] ?? data["roleCredentials"]);
  if (textOf(credentials["AccessKeyId"] ?? credentials["accessKeyId"]) !== undefined) {
    return { what: "an answer of AWS with a session in it, which ends, and no configuration", fix: LOGIN };
  }
  if (textOf(recordOf(data["AccessKey"])["AccessKeyId"]) !== undefined) {
    return { what: "the answer of aws iam create-access-key", fix: SETUP };
  }
  if (has("Version", "AccessKeyId", "SecretAccessKey")) {
    return { what: "what a credential_process prints, and no configuration", fix: LOGIN };
  }
  if (has("accessToken", "expiresAt") || has("clientId", "clientSecret")) {
    return {
      what: "a token of IAM Identity Center, which isn't an access key",
      fix: "aws sso login uses it; awsmfa has no part in that",
    };
  }
  return undefined;
}

const VARIABLE =
  /^\s*(?:export\s+|(?:set|SET)(?:env|x)?\s+(?:-\S+\s+)?"?|\$env:)?AWS_(?:ACCESS_KEY_ID|SECRET_ACCESS_KEY)\b/m;

function sayText(text: string): ForeignFile | undefined {
  const has = (...patterns: RegExp[]): boolean => patterns.every((pattern) => pattern.test(text));
  if (has(VARIABLE)) return { what: "a list of variables for a shell", fix: SETUP };
  if (has(/^AWSAccessKeyId\s*=/m)) {
    return {
      what: "an access key of the root user, as AWS's console gave it",
      fix: "better make one for an IAM user; awsmfa setup takes this one, too",
    };
  }
  if (has(/^\s*url\s*=/m, /^\s*provider\s*=/m)) {
    return {
      what: "the configuration of saml2aws, which logs in through another provider",
      fix: "go on with saml2aws",
    };
  }
  if (has(/^SSOConfig:/m)) {
    return {
      what: "the configuration of aws-sso, which logs in to IAM Identity Center",
      fix: "go on with aws-sso",
    };
  }
  if (has(/^-----BEGIN [A-Z ]+-----/m)) {
    return { what: "a key or certificate in PEM", fix: "name the file that the other tool reads" };
  }
  return undefined;
}
