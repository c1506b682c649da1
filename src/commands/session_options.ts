import { type CommandUnknownOpts, Option } from "@commander-js/extra-typings";

/** Options of every command that gets a session. */
export interface SessionOptions {
  profile?: string;
  duration?: string;
  code?: string;
  mfaCode?: string;
  tokenCode?: string;
  codeCommand?: string;
  serial?: string;
  region?: string;
  sourceProfile?: string;
  roleArn?: string;
  externalId?: string;
  roleSessionName?: string;
  minRemaining?: string;
  force?: true;
}

/** The words and options of every command that gets a session. */
export function addSessionOptions(command: CommandUnknownOpts): CommandUnknownOpts {
  return command
    .argument(
      "[code...]",
      "the six digits that the device shows; '-' reads them from stdin; asked for if left out",
    )
    .option("-p, --profile <name>", "the profile (AWS_PROFILE, AWS_DEFAULT_PROFILE, else 'default')")
    .option(
      "-d, --duration <time>",
      "how long: seconds, 90m, 12h, 1h30m (AWSMFA_DURATION, else 12h; a role 1h)",
    )
    .option("-c, --code <code>", "the six digits; so do -m, --mfa-code and --token-code")
    .addOption(new Option("-m, --mfa-code <code>").hideHelp())
    .addOption(new Option("--token-code <code>").hideHelp())
    .option(
      "--code-command <command>",
      "a program that prints the code (AWSMFA_CODE_COMMAND, else mfa_process)",
    )
    .option("--serial <arn>", "the MFA device (AWSMFA_SERIAL, else mfa_serial of the profile, else derived)")
    .option("--region <name>", "where STS is asked (AWS_REGION, AWS_DEFAULT_REGION, else the profile's)")
    .option("--source-profile <name>", "the profile whose long-term keys log in")
    .option("--role-arn <arn>", "assume this role, which no profile names")
    .option("--external-id <id>", "what the role's trust policy wants")
    .option("--role-session-name <name>", "the name beside the role in CloudTrail (else the IAM user's)")
    .option("--min-remaining <time>", "without a code, a session that lasts this long is enough (else 5m)")
    .option("-f, --force", "ask AWS also where a session is enough");
}
