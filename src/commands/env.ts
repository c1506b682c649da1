import { noSessionVariables, sessionVariables, type Variables } from "../domain/variables.ts";
import { UsageError } from "../errors.ts";
import { writeGithubMasks } from "../shells/formats.ts";
import { SHELL_NAMES, shellOfProgram, writerOf } from "../shells/shell.ts";
import { getCredentials } from "../workflows/get_credentials.ts";
import type { World } from "../world.ts";
import type { CommandContext, CommandWith, Given, Options } from "./command.ts";
import { CODE_ARGUMENT, SESSION_OPTIONS } from "./session_options.ts";
import { readSessionRequest } from "./session_request.ts";

const OPTIONS = {
  ...SESSION_OPTIONS,
  shell: {
    short: "-s",
    value: "<name>",
    description: `${SHELL_NAMES.join(", ")} (else the one that awsmfa was started from)`,
    completes: SHELL_NAMES,
  },
  unset: { description: "print what takes the variables away again" },
} satisfies Options;

/** `eval "$(awsmfa env)"`: a session for this shell, and no file changed. */
export const env: CommandWith<typeof OPTIONS> = {
  description:
    "Prints what sets the variables of a session in a shell, or a file of them for another program. The " +
    "AWS files are not changed; the session is kept for the next command.",
  argument: CODE_ARGUMENT,
  options: OPTIONS,
  more: `Use:
  bash, zsh, ksh, sh   eval "$(awsmfa env)"
  fish                 awsmfa env | source
  tcsh                 eval "\`awsmfa env\`"
  tclsh                eval [exec awsmfa env -s tclsh]
  PowerShell           awsmfa env | Out-String | Invoke-Expression
  cmd                  for /f "delims=" %i in ('awsmfa env -s cmd') do @%i
  nushell              awsmfa env -s json | from json | load-env
  elvish               eval (awsmfa env -s elvish | slurp)
  docker               docker run --env-file <(awsmfa env -s docker) IMAGE
  GitHub Actions       awsmfa env -s github   (writes into the file of GITHUB_ENV, and masks the secrets)`,
  run: runEnv,
};

async function runEnv(options: Given<typeof OPTIONS>, { world, words }: CommandContext): Promise<void> {
  world.keepPermissions(["read", "write", "env", "net", "run"]);
  const shell = options.shell ?? await findShell(world);
  const write = writerOf(shell);
  const githubFile = shell === "github" ? findGithubFile(world) : undefined;
  const print = (variables: Variables): void => {
    if (githubFile === undefined) return world.out(write(variables));
    world.out(writeGithubMasks(secretsOf(variables)));
    world.appendText(githubFile, write(variables));
  };
  if (options.unset) return print(noSessionVariables());
  const request = await readSessionRequest(world, words, options);
  const { credentials, region } = await getCredentials(world, request);
  print(sessionVariables(credentials, region));
}

/** The shell that awsmfa was started from, else the login shell. */
async function findShell(world: World): Promise<string> {
  for (const program of [await world.parentProgram(), world.env("SHELL")]) {
    const shell = program === undefined ? undefined : shellOfProgram(program);
    if (shell !== undefined) return shell;
  }
  return world.windows ? "powershell" : "sh";
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
