import { parseDuration, SESSION_SECONDS } from "../../domain/text/duration.ts";
import { checkSerial } from "../../domain/aws/mfa_device.ts";
import type { NamedRole } from "../../domain/placement/role.ts";
import { tokenCodeOfWords } from "../../domain/aws/token_code.ts";
import { environmentCredentials } from "../../domain/sessions/who_here.ts";
import { UsageError } from "../../errors.ts";
import type { ObtainRequest } from "../../workflows/sessions/session_order.ts";
import { findRoute } from "../../workflows/support/sts_access.ts";
import { takeTokenCode } from "../../workflows/devices/token_code.ts";
import type { WhoIsHere, WhoOptions } from "../../workflows/sessions/who_is_here.ts";
import type { World } from "../../world.ts";
import type { SessionOptions } from "./session_options.ts";

/**
 * Flags first, then variables; each is checked here, before a file is read. `commands` are the words that a mistyped
 * code may have been meant as; `whoIs` tells who the command is. Throws UsageError, or NetworkError for an address
 * that may not be reached.
 */
export async function readSessionRequest(
  world: World,
  words: readonly string[],
  options: SessionOptions,
  whoIs: (world: World, options: WhoOptions) => WhoIsHere,
  commands: readonly string[] = [],
): Promise<ObtainRequest> {
  const { name, named, environment, environmentFirst, who, options: chosen } = whoIs(world, {
    profile: options.profile,
    sourceProfile: options.sourceProfile,
    roleArn: options.roleArn,
    externalId: options.externalId,
    roleSessionName: options.roleSessionName,
  });
  if (options.sourceProfile === "") throw new UsageError("--source-profile: the name is empty");
  // Scripts set the second one for the device of their user.
  const variable = world.env("AWSMFA_SERIAL") || !world.env("AWS_MFA_SERIAL")
    ? "AWSMFA_SERIAL"
    : "AWS_MFA_SERIAL";
  const [serial, serialSource] = flagOrVariable(world, options.serial, "--serial", variable);
  const [codeCommand] = flagOrVariable(world, options.codeCommand, "--code-command", "AWSMFA_CODE_COMMAND");
  const codeSeconds = world.env("AWSMFA_CODE_TIMEOUT");
  // A flag wins, also over a variable that can't be meant.
  const usual = options.duration === undefined ? world.env("AWSMFA_DURATION") || undefined : undefined;
  const request = {
    placement: {
      name,
      named,
      sourceProfile: chosen.sourceProfile,
      role: readRole(chosen),
      environment,
      variables: environmentCredentials(world.env),
      ...(environmentFirst ? { environmentFirst } : {}),
    },
    who,
    regionNamed: options.region,
    seconds: options.duration === undefined
      ? undefined
      : parseDuration(options.duration, "--duration", SESSION_SECONDS),
    usualSeconds: usual === undefined ? undefined : parseDuration(usual, "AWSMFA_DURATION", SESSION_SECONDS),
    serial: serial === undefined
      ? undefined
      : { value: checkSerial(serial, serialSource), source: serialSource },
    codeCommand,
    codeSeconds: codeSeconds ? parseDuration(codeSeconds, "AWSMFA_CODE_TIMEOUT", CODE_SECONDS) : undefined,
    route: findRoute(world, options.region),
    minRemaining: options.minRemaining === undefined
      ? undefined
      : parseDuration(options.minRemaining, "--min-remaining", { least: 0, most: 129_600 }),
    force: options.force ?? false,
  };
  if (options.noMfa) refuseWithNoMfa(words, options);
  return {
    ...request,
    noMfa: options.noMfa ?? false,
    code: await takeTokenCode(world, oneCode(words, options, commands)),
  };
}

function refuseWithNoMfa(words: readonly string[], options: SessionOptions): void {
  const { code, mfaCode, tokenCode, codeCommand, serial } = options;
  const other = [words[0] ?? code ?? mfaCode ?? tokenCode, codeCommand, serial].findIndex((value) =>
    value !== undefined
  );
  const named = ["an MFA code", "--code-command", "--serial"][other];
  if (named !== undefined) throw new UsageError(`--no-mfa can't be used with ${named}`, "leave one of them");
}

/** How long a code command may take. */
const CODE_SECONDS = { least: 1, most: 3600 };

function readRole({ roleArn, externalId, roleSessionName }: WhoOptions): NamedRole | undefined {
  if (roleArn !== undefined) {
    return {
      arn: roleArn,
      profile: undefined,
      externalId,
      sessionName: roleSessionName,
      duration: undefined,
    };
  }
  const [flag] = [externalId && "--external-id", roleSessionName && "--role-session-name"].filter(Boolean);
  if (flag) throw new UsageError(`${flag} goes with --role-arn only`, `awsmfa --role-arn ARN ${flag} VALUE`);
  return undefined;
}

function oneCode(
  words: readonly string[],
  options: SessionOptions,
  commands: readonly string[],
): string | undefined {
  const given = [tokenCodeOfWords(words, commands)];
  for (const value of [options.code, options.mfaCode, options.tokenCode]) {
    if (value !== undefined) given.push(tokenCodeOfWords([value]));
  }
  const codes = given.filter((code) => code !== undefined);
  if (codes.length > 1) {
    throw new UsageError("more than one MFA code given", "give the current one");
  }
  return codes[0];
}

function flagOrVariable(
  world: World,
  option: string | undefined,
  flag: string,
  variable: string,
): [value: string | undefined, source: string] {
  return option === undefined ? [world.env(variable) || undefined, variable] : [option, flag];
}
