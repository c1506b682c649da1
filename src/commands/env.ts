import {
  noSessionVariables,
  OTHER_CREDENTIALS,
  sessionVariables,
  type Variables,
} from "../domain/sessions/variables.ts";
import { HANDED_OUT, handedOutIn, OWN_PROFILE } from "../domain/sessions/handed_out.ts";
import { unsetting } from "../domain/shell/shell_commands.ts";
import { syntaxOf } from "../domain/shell/shell_of_program.ts";
import { profileOption } from "../domain/shell/shell_word.ts";
import { UsageError } from "../errors.ts";
import { writeGithubMasks } from "../shells/formats.ts";
import { failureFor, namesLeftBy, SHELL_NAMES, writerOf } from "../shells/shell.ts";
import { getCredentials } from "../workflows/sessions/get_credentials.ts";
import { isOfSession, whoActs } from "../workflows/sessions/who_is_here.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith, Given, Options } from "../cli/options/command.ts";
import { filesFor } from "../cli/output/files_for.ts";
import { findShell, findSyntax, hintFor } from "../cli/output/find_shell.ts";
import { printWarning } from "../cli/output/print.ts";
import { CODE_ARGUMENT, SESSION_OPTIONS } from "../cli/options/session_options.ts";
import { readSessionRequest } from "../cli/options/session_request.ts";

const OPTIONS = {
  ...SESSION_OPTIONS,
  shell: {
    short: "-s",
    value: "<name>",
    description: `${SHELL_NAMES.join(", ")} [default: your shell]`,
    completes: SHELL_NAMES,
  },
  unset: { description: "Print commands that unset the variables" },
} satisfies Options;

/** `eval "$(awsmfa env)"`: a session for this shell, and no file changed. */
export const env: CommandWith<typeof OPTIONS> = {
  description:
    "Prints a session as shell variables, or as a file for another program. The AWS files aren't changed; the session is " +
    "cached for the next command.",
  argument: CODE_ARGUMENT,
  options: OPTIONS,
  more: `Use:
  bash, zsh, ksh, sh   eval "$(awsmfa env)"
  fish                 awsmfa env | source
  tcsh                 eval "\`awsmfa env\`"
  tclsh                eval [exec awsmfa env -s tclsh]
  PowerShell           awsmfa env | iex
  cmd                  for /f "delims=" %i in ('awsmfa env -s cmd') do @%i
  nushell              awsmfa env -s json | from json | load-env
  elvish               eval (awsmfa env -s elvish | slurp)
  docker               docker run --env-file <(awsmfa env -s docker) IMAGE
  GitHub Actions       awsmfa env -s github   (writes into the file of GITHUB_ENV, and masks the secrets)
  other programs       awsmfa env -s json: an object of what to set; with --unset an array of what to unset

When it fails, a shell gets one line that fails, so that no script goes on with former credentials.`,
  whenFailed,
  run: runEnv,
};

async function runEnv(options: Given<typeof OPTIONS>, { world, env, words }: CommandContext): Promise<void> {
  world.keepPermissions(["read", "write", "env", "net", "run"]);
  const shell = options.shell ?? await findShell(world);
  const write = writerOf(shell);
  const githubFile = shell === "github" ? findGithubFile(world) : undefined;
  const print = (variables: Variables): void => {
    if (githubFile === undefined) return world.out(write(variables));
    world.out(writeGithubMasks(secretsOf(variables)));
    world.appendText(githubFile, write(variables));
  };
  if (options.unset) return print(variablesToUnset(world, env, shell));
  const request = await readSessionRequest(world, words, options, whoActs);
  const given = await getCredentials(world, request, "asking");
  const variables = sessionVariables({ ...given, files: filesFor(world, env) }, env);
  print(variables);
  await warnOfLeft(world, shell, variables);
  if (given.unsaid.length > 0) {
    printWarning(
      world,
      `no variable says that profile '${given.profile}' has no ${
        given.unsaid.join(", ")
      } of [default], where programs ` +
        "look that are told no profile",
      `awsmfa exec${
        profileOption(given.profile, syntaxOf(shell) ?? await findSyntax(world))
      } -- PROGRAM gives it what --profile would`,
    );
  }
}

/** A file can't know what is in the environment that it is read into: it names all of a session. */
function variablesToUnset(world: World, env: World["env"], shell: string): Variables {
  if (syntaxOf(shell) === undefined) {
    const session = noSessionVariables(() => undefined, true);
    // An object of JSON can't say what is to be unset: the array has that, too.
    return shell !== "json" ? session : new Map([
      ...session,
      ...[...OTHER_CREDENTIALS, OWN_PROFILE, HANDED_OUT].map((name) => [name, undefined] as const),
    ]);
  }
  const key = env("AWS_ACCESS_KEY_ID");
  const isOwn = !key || handedOutIn(env) !== undefined || isOfSession(world, key);
  if (!isOwn) {
    world.err("AWS_ACCESS_KEY_ID is not from awsmfa: it stays, and so does what belongs to it.\n");
  }
  return noSessionVariables(env, isOwn);
}

async function warnOfLeft(world: World, shell: string, variables: Variables): Promise<void> {
  const left = namesLeftBy(shell, variables).filter((name) => world.env(name));
  if (left.length === 0) return;
  printWarning(
    world,
    `${left.join(" and ")} ${left.length === 1 ? "is" : "are"} set, and -s ${shell} can't unset ` +
      `${left.length === 1 ? "it" : "them"}: some tools will not use this session`,
    await hintFor(world, unsetting(...left)),
  );
}

/** `eval` must not go on with the former credentials as if these were the new ones. */
async function whenFailed(args: readonly string[], world: World): Promise<string> {
  return failureFor(namedShell(args) ?? await findShell(world));
}

/** Whatever else is wrong with the arguments, the last shell named is the one that reads stdout. */
function namedShell(args: readonly string[]): string | undefined {
  const flags = args.flatMap((arg, i) => {
    if (arg === "-s" || arg === "--shell") return args[i + 1] ?? [];
    const [, attached] = /^(?:-s|--shell=)(.+)$/.exec(arg) ?? [];
    return attached ?? [];
  });
  return flags.findLast((name) => SHELL_NAMES.includes(name));
}

function findGithubFile(world: World): string {
  const path = world.env("GITHUB_ENV");
  if (!path) {
    throw new UsageError("GITHUB_ENV is not set", "-s github is for a step of a GitHub Actions workflow");
  }
  return path;
}

function secretsOf(variables: Variables): string[] {
  return ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"].flatMap((name) => variables.get(name) ?? []);
}
