import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { UsageError } from "../errors.ts";
import { type CommandContext, flagOf } from "./context.ts";
import { addLoginOptions, type LoginOptions, runLogin } from "./login.ts";
import { type CommandEntry, COMMANDS } from "./table.ts";

/** What the program is run in. */
type Surroundings = Omit<CommandContext, "before" | "whole">;
type RootOptions = LoginOptions & { restore?: true };

/**
 * Runs the program: `awsmfa [code]`, with `--restore` its opposite, or a command word, whose file is loaded then.
 * `prepare` is done to every command before it reads its arguments. Throws what a command throws, and commander's
 * CommanderError for help and for arguments that it does not know.
 */
export async function runProgram(
  args: readonly string[],
  context: Surroundings,
  version: string,
  prepare: (command: CommandUnknownOpts) => void,
): Promise<void> {
  const [first, ...others] = args;
  const entry = COMMANDS.find(({ name }) => name === first);
  if (entry === undefined) {
    await rootCommand(args, context, version, prepare).parseAsync([...args], { from: "user" });
    return;
  }
  // Where the word stands first, the program's own options need not be built.
  const own = { ...context, before: () => ({}), whole: () => wholeCommand(context, version) };
  await runEntry(entry, others, own, prepare);
}

/** With those command words that are among the arguments, or all where help is asked for. */
function rootCommand(
  args: readonly string[],
  context: Surroundings,
  version: string,
  prepare: (command: CommandUnknownOpts) => void,
): CommandUnknownOpts {
  const root = describeRoot(version);
  const own = { ...context, before: () => ({}), whole: () => wholeCommand(context, version) };
  root.action(() => runRoot(own, root));
  const wantsHelp = args.some((arg) => arg === "-h" || arg === "--help");
  for (const entry of COMMANDS) {
    if (wantsHelp || args.includes(entry.name)) {
      root.addCommand(standIn(entry, { ...own, before: () => root.opts() }, prepare), hiddenIf(entry));
    }
  }
  prepare(root);
  return root;
}

/** The same with every command in full, for what is made from the whole table: completions and the man page. */
export async function wholeCommand(
  context: Surroundings,
  version: string,
): Promise<CommandUnknownOpts> {
  const root = describeRoot(version);
  const own = { ...context, before: () => root.opts(), whole: () => Promise.resolve(root) };
  for (const entry of COMMANDS) {
    const build = await entry.load();
    root.addCommand(build(own).summary(entry.summary), hiddenIf(entry));
  }
  return root;
}

function describeRoot(version: string): CommandUnknownOpts {
  return addLoginOptions(new Command("awsmfa"))
    .description(
      "Turns an IAM user's long-term AWS keys and the six digits of an MFA device into a session,\n" +
        "and puts it where the AWS CLI, the SDKs and Terraform look.",
    )
    .usage("[options] [code...]\n       awsmfa [command] [options]")
    .option("-r, --restore", "put the long-term keys back, of all profiles or of the one named with -p")
    .helpOption("-h, --help", "show this")
    .version(version, "-V, --version", "show the version")
    .helpCommand(false)
    .enablePositionalOptions()
    .addHelpText("after", EXAMPLES);
}

function hiddenIf({ hidden }: CommandEntry): { hidden: boolean } {
  return { hidden: hidden ?? false };
}

/** Has the word and its summary, and gives all arguments on to the command itself. */
function standIn(
  entry: CommandEntry,
  context: CommandContext,
  prepare: (command: CommandUnknownOpts) => void,
): CommandUnknownOpts {
  const command = new Command(entry.name)
    .summary(entry.summary)
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .passThroughOptions();
  return command.action(() => runEntry(entry, command.args, context, prepare));
}

async function runEntry(
  { name, load, takesRest }: CommandEntry,
  args: readonly string[],
  context: CommandContext,
  prepare: (command: CommandUnknownOpts) => void,
): Promise<void> {
  if (context.rest !== undefined && !takesRest) {
    throw new UsageError(`'${name}' takes nothing after --`, `awsmfa ${name} --help`);
  }
  const build = await load();
  const command = build(context);
  // Its help begins with the program's name.
  new Command("awsmfa").addCommand(command);
  prepare(command);
  await command.parseAsync([...args], { from: "user" });
}

async function runRoot(context: CommandContext, root: CommandUnknownOpts): Promise<void> {
  const options: RootOptions = root.opts();
  if (options.restore === undefined) {
    return await runLogin(
      context,
      root.args,
      options,
      COMMANDS.filter(({ hidden }) => !hidden).map(({ name }) => name),
    );
  }
  refuseWithRestore(root.args, options);
  const { runRestore } = await import("./restore.ts");
  await runRestore(context.world, options);
}

const EXAMPLES = `
Examples:
  awsmfa 123456              log in: the default profile holds a session for 12 hours
  awsmfa -p work -d 1h       log in profile 'work' for an hour, and be asked for the code
  awsmfa status              who is logged in, and for how long
  eval "$(awsmfa env)"       a session for this shell only
  awsmfa exec -- terraform plan
  awsmfa --restore           put the long-term keys back, byte for byte

Exit codes: 0 done, 1 unexpected, 2 wrong usage, 3 refused by AWS, 4 no credentials,
5 a file could not be read or saved, 6 network, 130 cancelled`;

function refuseWithRestore(words: readonly string[], options: RootOptions): void {
  const foreign = Object.keys(options).find((name) => !/^(restore|profile|json)$/.test(name));
  const extra = words.length > 0 ? "a token code" : foreign && flagOf(foreign);
  if (extra !== undefined) {
    throw new UsageError(
      `--restore does not go with ${extra}`,
      "awsmfa --restore, or awsmfa --restore -p NAME",
    );
  }
}
