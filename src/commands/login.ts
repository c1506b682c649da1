import { profileFromVariables } from "../domain/sessions/who_here.ts";
import { describeSeconds } from "../domain/text/duration.ts";
import { MissingProfileError, UsageError } from "../errors.ts";
import { logIn, type LoginRequest } from "../workflows/login/log_in.ts";
import type { LoginPlan } from "../workflows/login/plan_login.ts";
import { whoActs, whoLogsIn } from "../workflows/sessions/who_is_here.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith } from "../cli/options/command.ts";
import { LOGIN_OPTIONS, LOGIN_WORDS, type LoginOptions } from "../cli/options/login_words.ts";
import { printPlan } from "../cli/output/print_plan.ts";
import { printJson } from "../cli/output/print.ts";
import { loginJson, sayLogin } from "../cli/output/say_login.ts";
import { readSessionRequest } from "../cli/options/session_request.ts";
import { takeStsOptions } from "../cli/options/sts_options.ts";

/** `awsmfa login [code]`: the same as `awsmfa [code]`. */
export const login: CommandWith<typeof LOGIN_OPTIONS> = {
  ...LOGIN_WORDS,
  description: "Logs in to a profile. Options after -- are those of `aws sts get-session-token`.",
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
    throw new UsageError("--choose can't be used with --profile", "awsmfa --choose, or awsmfa -p NAME");
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
    return `Profile '${profile}' already has a session that lasts long enough; no code needed.`;
  }
  if (asks === undefined) {
    return `Profile '${profile}' would reuse a cached session; no code needed.`;
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
      : "with the cached session.");
}
