import type { ArgumentWords, Given, Options } from "./command.ts";
import { PROFILE_OPTION } from "./profile_option.ts";

/** Options of every command that gets a session. */
export const SESSION_OPTIONS = {
  ...PROFILE_OPTION,
  duration: {
    usual: "Session length, e.g. 90m [default: 12h; roles: 1h]",
    short: "-d",
    value: "<time>",
    description: "Session length, for example 90m or 12h [env: AWSMFA_DURATION] [default: 12h; roles: 1h]",
  },
  code: {
    short: "-c",
    value: "<code>",
    description: "MFA code (aliases: -m, --mfa-code, --token-code)",
  },
  mfaCode: { short: "-m", value: "<code>", description: "Same as --code", hidden: true },
  tokenCode: { value: "<code>", description: "Same as --code", hidden: true },
  codeCommand: {
    value: "<command>",
    description: "Command that prints the MFA code [env: AWSMFA_CODE_COMMAND] [default: mfa_process]",
  },
  serial: {
    value: "<arn>",
    description: "MFA device ARN or serial number [env: AWSMFA_SERIAL] [default: mfa_serial, then detected]",
  },
  region: {
    value: "<name>",
    description: "AWS region for STS [env: AWS_REGION, AWS_DEFAULT_REGION] [default: the profile's]",
  },
  sourceProfile: {
    value: "<name>",
    description: "Profile whose long-term keys to use",
    completes: "profiles",
  },
  roleArn: { value: "<arn>", description: "Role to assume, if it isn't in a profile" },
  externalId: { value: "<id>", description: "External ID required by the role" },
  roleSessionName: {
    value: "<name>",
    description: "Role session name shown in CloudTrail [default: IAM user name]",
  },
  noMfa: {
    description: "Get a session without MFA, for users without a device and roles that don't need it",
  },
  minRemaining: {
    value: "<time>",
    description: "Reuse a session that is valid for at least this long [default: 5m]",
  },
  force: {
    usual: "Log in even if a session is still valid",
    short: "-f",
    description: "Get a new session even if one is still valid",
  },
} satisfies Options;

export type SessionOptions = Given<typeof SESSION_OPTIONS>;

/** The words of every command that gets a session. */
export const CODE_ARGUMENT: ArgumentWords = {
  form: "[code...]",
  description: "Six-digit MFA code, or - to read it from stdin; prompts if omitted",
};
