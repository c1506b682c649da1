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
    description: "Put the long-term keys back: of all profiles, or of one with -p",
  },
  version: { short: "-V", description: "Show the version", usual: true },
} satisfies Options;

/** `awsmfa [code]`: a login, or with `--restore` its opposite. */
export const root: CommandWith<typeof OPTIONS> = {
  ...LOGIN_WORDS,
  description: "Log in to AWS with an MFA code.",
  options: OPTIONS,
  more: `Examples
  awsmfa 123456         Log in to the default profile
  awsmfa -p work -d 1h  Log in to "work" for an hour; asks for the code
  awsmfa --restore      Put the long-term keys back

Run 'awsmfa help login' for every login option, or 'awsmfa help exit-codes'.`,
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
    throw new UsageError(`'${option}' doesn't take anything after --`, `awsmfa ${option}`);
  }
}

function refuseWithRestore(given: LoginOptions, words: readonly string[]): void {
  const foreign = Object.keys(given).find((name) => !/^(profile|json|dryRun)$/.test(name));
  const extra = words.length > 0 ? "an MFA code" : foreign && flagOf(foreign);
  if (extra !== undefined) {
    throw new UsageError(
      `--restore can't be used with ${extra}`,
      "awsmfa --restore, or awsmfa --restore -p NAME",
    );
  }
}
