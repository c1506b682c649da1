import { checkAccessKeyId } from "../domain/changes/new_keys.ts";
import { checkProfileName } from "../domain/aws_files/profile_name.ts";
import { checkSerial } from "../domain/aws/mfa_device.ts";
import { checkRegion } from "../domain/aws/region.ts";
import { profileOption, type ShellSyntax } from "../domain/shell/shell_word.ts";
import { readTokenCode, tokenCodeOfWords } from "../domain/aws/token_code.ts";
import { sayWhereKeysLie } from "../domain/imports/import_access_keys.ts";
import { UsageError } from "../errors.ts";
import { readDownloadedKey } from "../workflows/setup/downloaded_keys.ts";
import { logIn } from "../workflows/login/log_in.ts";
import type { Login } from "../workflows/login/login_result.ts";
import { setUp } from "../workflows/setup/set_up.ts";
import type { Setup } from "../workflows/setup/setup_result.ts";
import type { SetupRequest } from "../workflows/setup/setup_request.ts";
import { findRoute } from "../workflows/support/sts_access.ts";
import { whoLogsIn } from "../workflows/sessions/who_is_here.ts";
import { profileFromVariables } from "../domain/sessions/who_here.ts";
import type { World } from "../world.ts";
import { withoutPerson } from "../workflows/support/without_person.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { DRY_RUN_OPTION } from "../cli/options/dry_run_option.ts";
import { printPlan } from "../cli/output/print_plan.ts";
import { findSyntax, hintFor } from "../cli/output/find_shell.ts";
import { loginJson, sayLogin } from "../cli/output/say_login.ts";
import { printJson } from "../cli/output/print.ts";
import { PROFILE_OPTION } from "../cli/options/profile_option.ts";
import { readSessionRequest } from "../cli/options/session_request.ts";

const OPTIONS = {
  ...PROFILE_OPTION,
  accessKeyId: {
    value: "<id>",
    description: "Access key ID; its secret is then read from stdin, or asked for",
  },
  csv: {
    value: "<file>",
    description: "Access key file from the IAM console: NAME_accessKeys.csv",
    completes: "files",
  },
  region: { value: "<name>", description: "AWS region of the profile" },
  serial: { value: "<arn>", description: "MFA device [default: the one that IAM lists]" },
  code: { short: "-c", value: "<code>", description: "Log in as well, with this MFA code" },
  json: { description: "Print the result as JSON, without secrets" },
  ...DRY_RUN_OPTION,
} satisfies Options;

type SetupOptions = Given<typeof OPTIONS>;

/** `awsmfa setup`: a profile with an access key and its device, ready to log in. */
export const setup: CommandWith<typeof OPTIONS> = {
  description:
    "Asks for an access key, checks it with AWS, finds the MFA device, and writes the profile into both " +
    "files. Press Enter to keep a value shown in brackets.",
  options: OPTIONS,
  more: `Without a terminal:
  awsmfa setup -p work --csv alice_accessKeys.csv --region eu-central-1
  awsmfa setup -p work --access-key-id AKIA... --region eu-central-1 < file-with-the-secret`,
  run: runSetup,
};

async function runSetup(options: SetupOptions, context: CommandContext): Promise<void> {
  // A secret on stdin comes from no person.
  const world = context.world.piped ? withoutPerson(context.world) : context.world;
  world.keepPermissions(options.dryRun ? ["read", "env", "net"] : ["read", "write", "env", "net"]);
  const request = readSetupRequest(world, options);
  const left = options.csv === undefined ? undefined : await hintFor(world, sayWhereKeysLie(options.csv));
  const code = options.code === undefined ? undefined : tokenCodeOfWords([options.code]);
  if (code === "-") {
    throw new UsageError("--code - can't be used with setup: stdin is for the secret", "-c 123456");
  }
  if (world.interactive) {
    world.err(
      `Profile '${request.profile}': its access key and MFA device. Enter keeps what is in [ ].\n`,
    );
  }
  if (options.dryRun) return await printSetupPlan(world, request, options.json ?? false);
  const done = await setUp(world, request);
  if (left !== undefined) world.err(`note: ${left}\n`);
  if (done.note !== undefined) world.err(`note: ${done.note}\n`);
  if (options.json || code !== undefined) return await finish(world, done, code, options);
  world.out(`${sentence(done)}\n`);
  const typed = await askForLogin(world, done);
  if (typed !== undefined) await sayLogin(world, await logInNow(world, done, typed, options));
  world.err(daysToCome(done.profile, await findSyntax(world)));
}

/** Without a conversation: stdout is empty where the login fails, though the profile is set up. */
async function finish(
  world: World,
  done: Setup,
  code: string | undefined,
  options: SetupOptions,
): Promise<void> {
  let login: Login | undefined;
  try {
    login = code === undefined ? undefined : await logInNow(world, done, code, options);
  } catch (error) {
    world.err(`${sentence(done)}\n`);
    throw error;
  }
  if (options.json) {
    return printJson(world, { ...jsonOf(done), ...(login && { login: await loginJson(world, login) }) });
  }
  world.out(`${sentence(done)}\n`);
  if (login !== undefined) await sayLogin(world, login);
  world.err(daysToCome(done.profile, await findSyntax(world)));
}

function readSetupRequest(
  world: World,
  { profile, accessKeyId, csv, region, serial }: SetupOptions,
): SetupRequest {
  if (profile === "") throw new UsageError("--profile: the name is empty", "awsmfa -p NAME");
  const name = profile ?? profileFromVariables(world.env).name;
  checkProfileName(name);
  if (csv !== undefined && accessKeyId !== undefined) {
    throw new UsageError("--csv can't be used with --access-key-id", "awsmfa setup --csv FILE");
  }
  return {
    profile: name,
    accessKeyId: accessKeyId === undefined ? undefined : checkAccessKeyId(accessKeyId),
    downloaded: csv === undefined ? undefined : readDownloadedKey(world, csv),
    region: region === undefined ? undefined : checkRegion(region, "--region"),
    serial: serial === undefined ? undefined : { value: checkSerial(serial, "--serial"), source: "--serial" },
    route: findRoute(world, region),
  };
}

async function printSetupPlan(world: World, request: SetupRequest, json: boolean): Promise<void> {
  const { dryRun } = await import("../workflows/support/dry_run.ts");
  const { world: dry, changes } = dryRun(world);
  const facts = jsonOf(await setUp(dry, request));
  await printPlan(world, [], changes, { json, facts });
}

/** The code for a first login; undefined for Enter, where nobody can be asked, and where nothing is new. */
async function askForLogin(world: World, { profile, changed }: Setup): Promise<string | undefined> {
  if (!world.interactive || changed.length === 0) return undefined;
  for (
    let question = `Code for a first login to '${profile}' (Enter: later): `;;
    question = "Enter six digits, or press Enter to skip: "
  ) {
    const typed = await world.ask(question);
    if (typed === undefined || typed.trim() === "") return undefined;
    const code = readTokenCode(typed);
    if (code !== undefined) return code;
  }
}

/** With the flags that the set-up was given: they win over variables here as well. */
async function logInNow(
  world: World,
  { profile }: Setup,
  code: string,
  { serial, region }: SetupOptions,
): Promise<Login> {
  const flags = { ...(serial === undefined ? {} : { serial }), ...(region === undefined ? {} : { region }) };
  const request = await readSessionRequest(world, [], { profile, code, ...flags }, whoLogsIn);
  return await logIn(world, { ...request, save: false });
}

function sentence({ profile, accessKeyId, region, serial, changed }: Setup): string {
  const device = serial === undefined ? "the device is found when you log in" : `device ${serial}`;
  const what = `key ${accessKeyId}, region ${region}, ${device}`;
  return changed.length === 0
    ? `Profile '${profile}' is set up as it was: ${what}.`
    : `Profile '${profile}' is set up: ${what}.`;
}

function daysToCome(profile: string, shell: ShellSyntax): string {
  const option = profileOption(profile, shell);
  const lines: [command: string, what: string][] = [
    [`awsmfa${option}`, "log in, for 12 hours"],
    ["awsmfa status", "who is logged in, and for how long"],
    [`awsmfa --restore${option}`, "put the long-term keys back"],
  ];
  const widest = Math.max(...lines.map(([command]) => command.length));
  return `From now on:\n${lines.map(([command, what]) => `  ${command.padEnd(widest)}  ${what}\n`).join("")}`;
}

function jsonOf({ owner, callerArn, serial, note: _, ...rest }: Setup): Record<string, unknown> {
  return { ...rest, arn: callerArn, account: owner.account, partition: owner.partition, mfaSerial: serial };
}
