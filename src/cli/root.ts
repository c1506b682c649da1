import { UsageError } from "../errors.ts";
import {
  type CommandContext,
  type CommandWith,
  flagOf,
  type Given,
  type Options,
} from "./options/command.ts";
import { LOGIN_OPTIONS, LOGIN_WORDS, type LoginOptions } from "./options/login_words.ts";
import { SHOWN_COMMANDS } from "./table.ts";

const OPTIONS = {
  ...LOGIN_OPTIONS,
  restore: {
    short: "-r",
    description: "put the long-term keys back, of all profiles or of the one named with -p",
  },
  version: { short: "-V", description: "show the version" },
} satisfies Options;

/** `awsmfa [code]`: a login, or with `--restore` its opposite. */
export const root: CommandWith<typeof OPTIONS> = {
  ...LOGIN_WORDS,
  description:
    "Turns an IAM user's long-term AWS keys and the six digits of an MFA device into a session, and puts " +
    "it where the AWS CLI, the SDKs and Terraform look.",
  options: OPTIONS,
  more: `Examples:
  awsmfa 123456              log in: the default profile holds a session for 12 hours
  awsmfa -p work -d 1h       log in profile 'work' for an hour, and be asked for the code
  awsmfa status              who is logged in, and for how long
  eval "$(awsmfa env)"       a session for this shell only
  awsmfa exec -- terraform plan
  awsmfa --restore           put the long-term keys back, byte for byte

Exit codes: 0 done, 1 unexpected, 2 wrong usage, 3 refused by AWS, 4 no credentials,
5 a file could not be read or saved, 6 network, 130 cancelled`,
  run: runRoot,
};

async function runRoot(
  { restore, version, ...options }: Given<typeof OPTIONS>,
  context: CommandContext,
): Promise<void> {
  if (version) {
    refuseBehindDashes("--version", context);
    return context.world.out(`${await context.world.version()}\n`);
  }
  if (!restore) {
    const { runLogin } = await import("../commands/login.ts");
    return await runLogin(options, context, SHOWN_COMMANDS.map(({ name }) => name));
  }
  refuseBehindDashes("--restore", context);
  refuseWithRestore(options, context.words);
  const { runRestore } = await import("../commands/restore.ts");
  await runRestore(options, context);
}

/** What stands behind `--` is for a login. */
function refuseBehindDashes(option: string, { rest }: CommandContext): void {
  if (rest !== undefined) {
    throw new UsageError(`'${option}' takes nothing after --`, `awsmfa ${option}`);
  }
}

function refuseWithRestore(given: LoginOptions, words: readonly string[]): void {
  const foreign = Object.keys(given).find((name) => !/^(profile|json|dryRun)$/.test(name));
  const extra = words.length > 0 ? "a token code" : foreign && flagOf(foreign);
  if (extra !== undefined) {
    throw new UsageError(
      `--restore does not go with ${extra}`,
      "awsmfa --restore, or awsmfa --restore -p NAME",
    );
  }
}
