import { profileFromVariables } from "../domain/sessions/who_here.ts";
import { describeSeconds } from "../domain/text/duration.ts";
import { folderOf } from "../domain/paths/folder_of.ts";
import { otherIdentities } from "../domain/readers/other_identity.ts";
import { runtimeVariables } from "../domain/network/runtime_variables.ts";
import { listing, running, setting, unsetting } from "../domain/shell/shell_commands.ts";
import { Failure, type Hint, MissingProfileError, UsageError } from "../errors.ts";
import { type Login, logIn, type LoginRequest } from "../workflows/login/log_in.ts";
import type { LoginPlan } from "../workflows/login/plan_login.ts";
import { whoActs, whoLogsIn } from "../workflows/sessions/who_is_here.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith } from "./command.ts";
import { LOGIN_OPTIONS, LOGIN_WORDS, type LoginOptions } from "./login_words.ts";
import { printPlan } from "./dry_run_option.ts";
import { hintFor } from "./find_shell.ts";
import { printJson, printWarning } from "./print.ts";
import { sayReplaced } from "./restore.ts";
import { readSessionRequest } from "./session_request.ts";
import { takeStsOptions } from "./sts_options.ts";

/** `awsmfa login [code]`: the same as `awsmfa [code]`. */
export const login: CommandWith<typeof LOGIN_OPTIONS> = {
  ...LOGIN_WORDS,
  description: "Logs a profile in. What follows -- are options of aws sts get-session-token.",
  options: LOGIN_OPTIONS,
  run: runLogin,
};

/** Variables that win over the session in the file. */
const WINNING = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE"];

/** Logs in and says what came of it. `commands` are the words that a mistyped code may have been meant as. */
export async function runLogin(
  given: LoginOptions,
  { world, words, rest }: CommandContext,
  commands: readonly string[] = [],
): Promise<void> {
  world.keepPermissions(["read", "write", "env", "net", "run"]);
  const options = takeStsOptions(rest ?? [], given);
  if (options.to === "") throw new UsageError("--to: the name is empty", "awsmfa --to NAME");
  if (options.save && options.sourceProfile === undefined && options.to === undefined) {
    throw new UsageError("--save has nothing to save", "awsmfa --source-profile NAME --to NAME --save");
  }
  if (options.choose && options.profile !== undefined) {
    throw new UsageError("--choose does not go with --profile", "awsmfa --choose, or awsmfa -p NAME");
  }
  const request = await readSessionRequest(
    world,
    words,
    options,
    options.to === undefined || options.sourceProfile !== undefined ? whoLogsIn : whoActs,
    commands,
  );
  // A warning says what takes these away, in the shell that can't be asked for once AWS was asked.
  if (WINNING.some((variable) => world.env(variable) !== undefined)) await world.parentProgram();
  const placement = {
    ...request.placement,
    to: options.to,
    ...(options.choose ? { name: await chooseFirst(world), named: true } : {}),
  };
  const wanted = {
    ...request,
    placement,
    save: options.save ?? false,
    legacyToken: options.legacyToken ?? false,
  };
  if (options.dryRun) return await printLoginPlan(world, wanted, options.json ?? false);
  const login = await orChoose(world, wanted, logIn);
  if (options.json) printJson(world, await loginJson(world, login));
  else await sayLogin(world, login);
}

/** Says what came of a login, and what may keep other tools from using it. */
export async function sayLogin(world: World, login: Login): Promise<void> {
  await warn(world, login);
  if (login.putAsideIn !== undefined) {
    world.err(`The long-term keys are in ${login.putAsideIn}; awsmfa --restore puts them back.\n`);
  }
  if (login.replaced !== undefined) {
    printWarning(world, ...sayReplaced(login.profile, login.replaced, login.backupPath));
  }
  for (const { keys, path } of login.setAside) {
    // What goes with a role needs no word of its own.
    const [first, ...others] = keys.includes("role_arn") ? ["role_arn"] : keys;
    const [what, is, it] = others.length === 0
      ? [first, "is", "it"]
      : [`${[first, ...others.slice(0, -1)].join(", ")} and ${others.at(-1)}`, "are", "them"];
    world.err(
      `${what} of '${login.profile}' ${is} set aside in ${path}, so that AWS tools use these ` +
        `credentials; awsmfa logout puts ${it} back.\n`,
    );
  }
  world.out(`${sentence(world, login)}\n`);
}

async function chooseFirst(world: World): Promise<string> {
  const { chooseProfile } = await import("../workflows/login/choose_profile.ts");
  return await chooseProfile(world);
}

/** Where no profile is named and there is no default one, a person at the terminal chooses. */
async function orChoose<T>(
  world: World,
  request: LoginRequest,
  run: (world: World, request: LoginRequest) => Promise<T>,
): Promise<T> {
  try {
    return await run(world, request);
  } catch (error) {
    const { placement } = request;
    const isUnnamed = !placement.named && profileFromVariables(world.env).variable === undefined &&
      !placement.environmentFirst;
    const isMissing = error instanceof MissingProfileError && error.profile === placement.name;
    if (!isMissing || !isUnnamed || !world.interactive) throw error;
    const { chooseIfAny } = await import("../workflows/login/choose_profile.ts");
    const name = await chooseIfAny(world);
    if (name === undefined) throw error;
    return await run(world, { ...request, placement: { ...placement, name, named: true } });
  }
}

/** What a login would do, as far as that can be told without asking AWS. */
async function printLoginPlan(world: World, request: LoginRequest, json: boolean): Promise<void> {
  world.keepPermissions(["read", "env", "net"]);
  const { planLogin } = await import("../workflows/login/plan_login.ts");
  const { changes, ...facts } = await orChoose(world, request, planLogin);
  await printPlan(world, [sayPlan(facts)], changes, { json, facts });
}

function sayPlan({ profile, how, asks }: Omit<LoginPlan, "changes">): string {
  if (how === "valid") {
    return `Profile '${profile}' holds a session that is good enough: nobody would be asked.`;
  }
  if (asks === undefined) {
    return `Profile '${profile}' would get a session that is kept: nobody would be asked.`;
  }
  const { region, seconds, roleArns, needsCode, withoutCode, device } = asks;
  const what = roleArns.length === 0 ? "a session" : `the role ${roleArns.join(", then ")},`;
  const whose = device === undefined ? "the device that AWS names" : `'${device.value}' (${device.source})`;
  return `Profile '${profile}' would get ${what} for ${describeSeconds(seconds)}, from STS in ${region}, ` +
    (withoutCode === "only"
      ? "without a code."
      : withoutCode === "first"
      ? `without a code where AWS gives it so, else for a code of ${whose}.`
      : needsCode
      ? `for a code of ${whose}.`
      : "with the session that is kept.");
}

function sentence(world: World, { profile, roleArn, withoutMfa, expiration, how }: Login): string {
  const session = withoutMfa ? "a session without MFA" : "an MFA session";
  const what = roleArn === undefined ? session : `credentials of role ${roleArn}`;
  const left = describeSeconds((expiration.getTime() - world.now().getTime()) / 1000);
  const until = `until ${world.localTime(expiration)} (in ${left})`;
  if (how === "valid") {
    return `Profile '${profile}' still holds ${what} ${until}; awsmfa --force logs in anyway.`;
  }
  return `Profile '${profile}' holds ${what} ${until}${
    how === "kept" ? ", kept from an earlier login" : ""
  }.`;
}

/** The same for programs; warnings go to stderr as well. */
export async function loginJson(world: World, login: Login): Promise<Record<string, unknown>> {
  const warnings = await warn(world, login);
  return {
    profile: login.profile,
    expiration: login.expiration.toISOString(),
    how: login.how,
    ...(login.serial ? { mfaSerial: login.serial } : {}),
    ...(login.roleArn === undefined ? {} : { roleArn: login.roleArn }),
    warnings: warnings.map(([message]) => message),
  };
}

type Warning = [message: string, hint: Hint];

async function warn(world: World, login: Login): Promise<Warning[]> {
  const warnings = warningsAfter(world, login);
  for (const [message, hint] of warnings) printWarning(world, message, await hintFor(world, hint));
  return warnings;
}

/** What may keep other tools from using the session. */
function warningsAfter(world: World, login: Login): Warning[] {
  const warnings: Warning[] = runtimeVariables(world.env);
  if (world.env("AWS_ACCESS_KEY_ID")) {
    warnings.push([
      "AWS_ACCESS_KEY_ID is set in the environment, and wins over the session in the file",
      unsetting("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
    ]);
  }
  const given = (login.expiration.getTime() - world.now().getTime()) / 1000;
  // The root user gets an hour, whatever it asks for (AWS STS API reference, GetSessionToken).
  if (login.askedSeconds !== undefined && given < login.askedSeconds - 300) {
    const whom = login.serial?.endsWith("root-account-mfa-device") ? " to the root user" : "";
    warnings.push([
      `asked for ${describeSeconds(login.askedSeconds)}, AWS gave ${describeSeconds(given)}${whom}`,
      "work as an IAM user or a role rather than as the root user",
    ]);
  }
  const others = otherIdentities(world, login.profile);
  warnings.push(...others);
  const { name, variable } = profileFromVariables(world.env);
  if (
    variable !== undefined && name !== login.profile && name !== login.link &&
    !others.some(([says]) => says.startsWith(variable))
  ) {
    warnings.push([
      `${variable} is '${name}', so other tools use that profile and not '${login.profile}'`,
      login.profile === "default" ? unsetting(variable) : setting(variable, login.profile),
    ]);
  }
  if (login.configStays !== undefined) {
    warnings.push([`${login.configStays.why}, so it stays as it is`, login.configStays.hint]);
  }
  if (login.unprefixedIn !== undefined) {
    warnings.push([
      `the AWS CLI ignores a section of ${login.unprefixedIn} that awsmfa read, since its name has no 'profile ' before it`,
      "write it as [profile NAME]",
    ]);
  }
  if (login.looseMode !== undefined) {
    warnings.push([
      `${login.credentialsPath} can be read by other users (mode 0${login.looseMode.toString(8)})`,
      running("chmod 600", login.credentialsPath),
    ]);
  }
  return [...warnings, ...warningsOfFolder(world, folderOf(login.credentialsPath))];
}

/** Whoever can write into the folder can put other files in the place of these. */
function warningsOfFolder(world: World, folder: string): [message: string, hint: Hint][] {
  try {
    world.checkPrivateFolder(folder);
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [[error.message, error.fix ?? listing(folder)]];
  }
}
