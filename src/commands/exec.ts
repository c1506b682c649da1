import { describeSeconds, parseDuration, SESSION_SECONDS } from "../domain/text/duration.ts";
import type { HandedOut } from "../domain/sessions/handed_out.ts";
import { configAsDefault } from "../domain/sessions/private_config.ts";
import { programVariables } from "../domain/sessions/variables.ts";
import { UsageError } from "../errors.ts";
import { locate, readAwsFiles } from "../workflows/support/aws_files.ts";
import { getCredentials, type GivenCredentials } from "../workflows/sessions/get_credentials.ts";
import type { ObtainRequest } from "../workflows/sessions/session_order.ts";
import { whoActs } from "../workflows/sessions/who_is_here.ts";
import type { Permission, World } from "../world.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { filesFor } from "../cli/output/files_for.ts";
import { CODE_ARGUMENT, SESSION_OPTIONS } from "../cli/options/session_options.ts";
import { readSessionRequest } from "../cli/options/session_request.ts";

const OPTIONS = {
  ...SESSION_OPTIONS,
  refresh: {
    description:
      "For long runs: the program gets new credentials from awsmfa when its own expire, and no key in its environment",
  },
  for: {
    value: "<time>",
    description: "With --refresh: ask for a code now if the session would expire sooner",
  },
} satisfies Options;

type ExecOptions = Given<typeof OPTIONS>;

/** `awsmfa exec -- PROGRAM`: one program with a session in its environment. Ends with that program's exit code. */
export const exec: CommandWith<typeof OPTIONS> = {
  description:
    "Runs a program with a session in its environment and exits with its exit code. The AWS files aren't changed; the " +
    "session is cached for the next command.",
  argument: CODE_ARGUMENT,
  options: OPTIONS,
  behindDashes: "-- PROGRAM [ARGUMENTS]",
  run: runExec,
};

async function runExec(
  { refresh, for: wished, ...options }: ExecOptions,
  { world, env, words, rest: program }: CommandContext,
): Promise<number> {
  world.keepPermissions(["read", "write", "env", "net", "run"]);
  if (program === undefined || program.length === 0) {
    const example = program === undefined && words.length > 0
      ? words.join(" ")
      : "aws sts get-caller-identity";
    throw new UsageError("no program given; put it after --", `awsmfa exec -- ${example}`);
  }
  if (wished !== undefined && !refresh) {
    throw new UsageError("--for goes with --refresh only", "awsmfa exec --refresh --for 3h -- PROGRAM");
  }
  const seconds = wished === undefined
    ? undefined
    : parseDuration(wished, "--for", { least: 60, most: SESSION_SECONDS.most });
  const read = await readSessionRequest(world, words, options, whoActs);
  const request = { ...read, runsProgram: true };
  return refresh
    ? await runRenewing(world, env, request, seconds, options, program)
    : await runOnce(world, env, await getCredentials(world, request, "asking"), program);
}

/** What the end of the private file needs. */
const TO_REMOVE: readonly Permission[] = ["read", "write"];

/** What no variable can say of the profile's settings is said by a config file of its own. */
async function runOnce(
  world: World,
  env: World["env"],
  given: GivenCredentials,
  program: readonly string[],
): Promise<number> {
  const run = (
    files: HandedOut["files"],
    settings = given.settings,
    afterwards: readonly Permission[] = [],
  ): Promise<number> =>
    world.runProgram(program, programVariables({ ...given, settings, files }, env), afterwards);
  if (given.unsaid.length === 0) return await run(filesFor(world, env));
  const text = configAsDefault(readAwsFiles(world), given.profile);
  return await world.withPrivateFile(
    locate(world).sessions,
    "config",
    text,
    async (path) =>
      await run(ownFiles(world), new Map([...given.settings, ["AWS_CONFIG_FILE", path]]), TO_REMOVE),
  );
}

async function runRenewing(
  world: World,
  env: World["env"],
  request: ObtainRequest,
  seconds: number | undefined,
  options: Given<typeof SESSION_OPTIONS>,
  program: readonly string[],
): Promise<number> {
  const { prepareRenewing } = await import("../workflows/sessions/renewing.ts");
  const flags = [
    ["--source-profile", options.sourceProfile],
    ["--role-arn", options.roleArn],
    ["--external-id", options.externalId],
    ["--role-session-name", options.roleSessionName],
    ["--duration", options.duration],
    ["--region", options.region],
    ["--code-command", options.codeCommand],
    ["--serial", options.serial],
  ] as const;
  const given = [
    ...flags.flatMap(([flag, value]) => value === undefined ? [] : [[flag, value]]),
    ...(options.noMfa ? [["--no-mfa"]] : []),
  ];
  const renewing = await prepareRenewing(world, env, request, seconds, given, ownFiles(world));
  const { until, text, variables } = renewing;
  const left = until && describeSeconds((until.getTime() - world.now().getTime()) / 1000);
  world.err(
    until === undefined
      ? "Credentials are renewed without a person, for as long as the program runs.\n"
      : `Credentials are renewed until ${world.localTime(until)} (${left}); then a new code is needed.\n`,
  );
  return await world.withPrivateFile(
    locate(world).sessions,
    "config",
    text,
    async (path) => await world.runProgram(program, variables(path), TO_REMOVE),
  );
}

/** The files that awsmfa itself goes on with inside of the program, which has another config file. */
function ownFiles(world: World): HandedOut["files"] {
  const names = ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];
  return new Map(names.map((name) => [name, world.env(name) ?? ""]));
}
