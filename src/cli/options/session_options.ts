import type { ArgumentWords, Given, Options } from "./command.ts";
import { PROFILE_OPTION } from "./profile_option.ts";

/** Options of every command that gets a session. */
export const SESSION_OPTIONS = {
  ...PROFILE_OPTION,
  duration: {
    short: "-d",
    value: "<time>",
    description: "how long: seconds, 90m, 12h, 1h30m (AWSMFA_DURATION, else 12h; a role 1h)",
  },
  code: {
    short: "-c",
    value: "<code>",
    description: "the six digits; so do -m, --mfa-code and --token-code",
  },
  mfaCode: { short: "-m", value: "<code>", description: "as --code", hidden: true },
  tokenCode: { value: "<code>", description: "as --code", hidden: true },
  codeCommand: {
    value: "<command>",
    description: "a program that prints the code (AWSMFA_CODE_COMMAND, else mfa_process)",
  },
  serial: {
    value: "<arn>",
    description: "the MFA device (AWSMFA_SERIAL, else mfa_serial of the profile, else derived)",
  },
  region: {
    value: "<name>",
    description: "where AWS is asked (AWS_REGION, AWS_DEFAULT_REGION, else the profile's)",
  },
  sourceProfile: {
    value: "<name>",
    description: "the profile whose long-term keys log in",
    completes: "profiles",
  },
  roleArn: { value: "<arn>", description: "assume this role, which no profile names" },
  externalId: { value: "<id>", description: "what the role's trust policy wants" },
  roleSessionName: {
    value: "<name>",
    description: "the name beside the role in CloudTrail (else the IAM user's)",
  },
  noMfa: { description: "ask AWS without a code: for a user without a device, and a role that wants none" },
  minRemaining: {
    value: "<time>",
    description: "without a code, a session that lasts this long is enough (else 5m)",
  },
  force: { short: "-f", description: "ask AWS also where a session is enough" },
} satisfies Options;

export type SessionOptions = Given<typeof SESSION_OPTIONS>;

/** The words of every command that gets a session. */
export const CODE_ARGUMENT: ArgumentWords = {
  form: "[code...]",
  description: "the six digits that the device shows; '-' reads them from stdin; asked for if left out",
};
