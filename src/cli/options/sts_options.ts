import { UsageError } from "../../errors.ts";

/** The options that `aws sts get-session-token` and `assume-role` share with a login. */
export interface StsOptions {
  profile?: string;
  duration?: string;
  serial?: string;
  region?: string;
  tokenCode?: string;
  roleArn?: string;
  roleSessionName?: string;
  externalId?: string;
}

/** AWS's names for them (AWS CLI command reference, sts get-session-token and assume-role). */
const STS_NAMES: Record<string, keyof StsOptions> = {
  "--duration-seconds": "duration",
  "--serial-number": "serial",
  "--token-code": "tokenCode",
  "--region": "region",
  "--profile": "profile",
  "--role-arn": "roleArn",
  "--role-session-name": "roleSessionName",
  "--external-id": "externalId",
};

/**
 * Takes what stands behind `--` as options of the AWS CLI: `awsmfa login 123456 -- --duration-seconds 3600`.
 * Throws UsageError for one that has no meaning here.
 */
export function takeStsOptions<T extends StsOptions>(words: readonly string[], options: T): T {
  const taken: StsOptions = {};
  const rest = words.flatMap((word) => /^--[a-z-]+=/.test(word) ? splitOnce(word) : [word]);
  for (let i = 0; i < rest.length; i += 2) {
    const [name = "", value] = rest.slice(i, i + 2);
    const key = Object.hasOwn(STS_NAMES, name) ? STS_NAMES[name] : undefined;
    if (key === undefined) {
      throw new UsageError(
        `${name.startsWith("-") ? `option '${name}'` : "a word"} after -- has no meaning here`,
        `what has: ${Object.keys(STS_NAMES).join(" ")}`,
      );
    }
    if (value === undefined) throw new UsageError(`option '${name}' after -- has no value`, `${name} VALUE`);
    if (options[key] !== undefined || taken[key] !== undefined) {
      throw new UsageError(`option '${name}' is given twice`, "give it once");
    }
    taken[key] = value;
  }
  return { ...options, ...taken };
}

function splitOnce(word: string): string[] {
  const at = word.indexOf("=");
  return [word.slice(0, at), word.slice(at + 1)];
}
