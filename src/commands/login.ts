import { Command } from "@commander-js/extra-typings";
import { describeSeconds, parseSessionDuration } from "../domain/duration.ts";
import { profileFromEnvironment } from "../domain/locations.ts";
import { checkSerial } from "../domain/mfa_device.ts";
import { tokenCodeOfWords } from "../domain/token_code.ts";
import { UsageError } from "../errors.ts";
import { type Login, logIn } from "../workflows/log_in.ts";
import { findRoute } from "../workflows/sts_access.ts";
import { takeTokenCode } from "../workflows/token_code.ts";
import type { World } from "../world.ts";
import { runRestore } from "./restore.ts";
import { printJson, printWarning } from "./print.ts";

interface LoginOptions {
  profile?: string;
  duration?: string;
  serial?: string;
  region?: string;
  restore?: true;
  json?: true;
}

/** `awsmfa [code]`: the main job, and with `--restore` its opposite. */
export function loginCommand(world: World, version: string): Command {
  const command = new Command("awsmfa")
    .description(
      "Turns an IAM user's long-term AWS keys and the six digits of an MFA device into a session,\n" +
        "and puts it where the AWS CLI, the SDKs and Terraform look.",
    )
    .argument(
      "[code...]",
      "the six digits that the device shows; '-' reads them from stdin; asked for if left out",
    )
    .option(
      "-p, --profile <name>",
      "the profile to log in (AWS_PROFILE, AWS_DEFAULT_PROFILE, else 'default')",
    )
    .option("-d, --duration <time>", "how long: seconds, 90m, 12h, 1h30m (AWSMFA_DURATION, else 12h)")
    .option("--serial <arn>", "the MFA device (AWSMFA_SERIAL, else mfa_serial of the profile, else derived)")
    .option("--region <name>", "where STS is asked (AWS_REGION, AWS_DEFAULT_REGION, else the profile's)")
    .option("-r, --restore", "put the long-term keys back, of all profiles or of the one named with -p")
    .option("--json", "print the result as JSON, without secrets")
    .helpOption("-h, --help", "show this")
    .version(version, "-V, --version", "show the version")
    .addHelpText("after", EXAMPLES)
    .action(async (words, options) => {
      if (options.restore === undefined) return await runLogin(world, words, options);
      refuseWithRestore(words, options);
      await runRestore(world, options);
    });
  return command as unknown as Command;
}

const EXAMPLES = `
Examples:
  awsmfa 123456              log in: the default profile holds a session for 12 hours
  awsmfa -p work -d 1h       log in profile 'work' for an hour, and be asked for the code
  awsmfa --restore           put the long-term keys back, byte for byte

Exit codes: 0 done, 1 unexpected, 2 wrong usage, 3 refused by AWS, 4 no credentials,
5 a file could not be read or saved, 6 network, 130 cancelled`;

async function runLogin(world: World, words: string[], options: LoginOptions): Promise<void> {
  world.keepPermissions(["read", "write", "env", "net"]);
  const { profile, seconds, serial, route } = readOptions(world, options);
  const code = await takeTokenCode(world, tokenCodeOfWords(words));
  const login = await logIn(world, { profile, seconds, serial, route, code });
  const warnings = warningsAfter(world, login);
  for (const [message, hint] of warnings) printWarning(world, message, hint);
  if (options.json) {
    printJson(world, {
      profile: login.profile,
      expiration: login.expiration.toISOString(),
      mfaSerial: login.serial,
      warnings: warnings.map(([message]) => message),
    });
    return;
  }
  if (login.putAsideIn !== undefined) {
    world.err(`The long-term keys are in ${login.putAsideIn}; awsmfa --restore puts them back.\n`);
  }
  const left = describeSeconds((login.expiration.getTime() - world.now().getTime()) / 1000);
  world.out(
    `Profile '${login.profile}' holds an MFA session until ${
      world.localTime(login.expiration)
    } (in ${left}).\n`,
  );
}

/** Flags first, then variables; each is checked here, before a file is read. */
function readOptions(world: World, options: LoginOptions): Omit<Parameters<typeof logIn>[1], "code"> {
  if (options.profile === "") throw new UsageError("--profile: the name is empty", "awsmfa -p NAME 123456");
  const [duration, durationSource] = flagOrVariable(world, options.duration, "--duration", "AWSMFA_DURATION");
  const [serial, serialSource] = flagOrVariable(world, options.serial, "--serial", "AWSMFA_SERIAL");
  return {
    profile: options.profile ?? profileFromEnvironment(world.env).name,
    seconds: duration === undefined ? undefined : parseSessionDuration(duration, durationSource),
    serial: serial === undefined ? undefined : checkSerial(serial, serialSource),
    route: findRoute(world, options.region),
  };
}

function flagOrVariable(
  world: World,
  option: string | undefined,
  flag: string,
  variable: string,
): [value: string | undefined, source: string] {
  return option === undefined ? [world.env(variable) || undefined, variable] : [option, flag];
}

function refuseWithRestore(words: string[], options: LoginOptions): void {
  const extra = words.length > 0
    ? "a token code"
    : Object.keys(options).map((name) => `--${name}`).find((name) =>
      !/^--(restore|profile|json)$/.test(name)
    );
  if (extra !== undefined) {
    throw new UsageError(
      `--restore does not go with ${extra}`,
      "awsmfa --restore, or awsmfa --restore -p NAME",
    );
  }
}

/** What may keep other tools from using the session. */
function warningsAfter(world: World, login: Login): [message: string, hint: string][] {
  const warnings: [string, string][] = [];
  if (world.env("AWS_ACCESS_KEY_ID")) {
    warnings.push([
      "AWS_ACCESS_KEY_ID is set in the environment, and wins over the session in the file",
      "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN",
    ]);
  }
  const { name, variable } = profileFromEnvironment(world.env);
  if (variable !== undefined && name !== login.profile) {
    warnings.push([
      `${variable} is '${name}', so other tools use that profile and not '${login.profile}'`,
      login.profile === "default" ? `unset ${variable}` : `export ${variable}=${login.profile}`,
    ]);
  }
  if (login.looseMode !== undefined) {
    warnings.push([
      `${login.credentialsPath} can be read by other users (mode 0${login.looseMode.toString(8)})`,
      `chmod 600 ${login.credentialsPath}`,
    ]);
  }
  return warnings;
}
