import { describeSeconds } from "../../domain/text/duration.ts";
import { folderOf } from "../../domain/paths/folder_of.ts";
import { otherIdentities } from "../../domain/readers/other_identity.ts";
import { runtimeVariables } from "../../domain/network/runtime_variables.ts";
import { profileFromVariables } from "../../domain/sessions/who_here.ts";
import { listing, running, setting, unsetting } from "../../domain/shell/shell_commands.ts";
import { Failure, type Hint } from "../../errors.ts";
import type { Login } from "../../workflows/login/login_result.ts";
import type { World } from "../../world.ts";
import { hintFor } from "./find_shell.ts";
import { printWarning } from "./print.ts";
import { sayReplaced } from "./say_undone.ts";

/** Says what came of a login, and what may keep other tools from using it. */
export async function sayLogin(world: World, login: Login): Promise<void> {
  await warn(world, login);
  if (login.backedUpIn !== undefined) {
    world.err(`Your long-term keys are backed up in ${login.backedUpIn}; awsmfa --restore puts them back.\n`);
  }
  if (login.replaced !== undefined) {
    printWarning(world, ...sayReplaced(login.profile, login.replaced, login.backupPath));
  }
  for (const { keys, path } of login.renamedKeys) {
    // What goes with a role needs no word of its own.
    const [first, ...others] = keys.includes("role_arn") ? ["role_arn"] : keys;
    const [what, is] = others.length === 0
      ? [first, "is"]
      : [`${[first, ...others.slice(0, -1)].join(", ")} and ${others.at(-1)}`, "are"];
    world.err(
      `${what} of '${login.profile}' ${is} renamed in ${path}, so that AWS tools use this session; ` +
        "awsmfa logout undoes it.\n",
    );
  }
  world.out(`${sentence(world, login)}\n`);
}

function sentence(world: World, { profile, roleArn, withoutMfa, expiration, how }: Login): string {
  const what = roleArn === undefined ? withoutMfa ? " without MFA" : "" : ` as role ${nameOfRole(roleArn)}`;
  const left = describeSeconds((expiration.getTime() - world.now().getTime()) / 1000);
  const until = `${what} until ${world.localTime(expiration)} (${left})`;
  if (how === "valid") {
    return `Already logged in to '${profile}'${until}; awsmfa --force gets a new session.`;
  }
  return `Logged in to '${profile}'${until}${how === "kept" ? ", reusing an earlier login" : ""}.`;
}

/** "deploy/prod (333333333333)"; what is no role's ARN as it is. */
function nameOfRole(arn: string): string {
  const [, account, name] = /^arn:[^:]*:iam::(\d*):role\/(.+)$/.exec(arn) ?? [];
  return name === undefined ? arn : `${name} (${account})`;
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
