import { withoutHandedOut } from "../domain/sessions/handed_out.ts";
import { whoHere } from "../domain/sessions/who_here.ts";
import { nearest } from "../domain/text/nearest.ts";
import { UsageError } from "../errors.ts";
import type { World } from "../world.ts";
import { withoutPerson } from "../workflows/support/without_person.ts";
import { type Command, type CommandContext, flagOf, HELP } from "./options/command.ts";
import { type ReadArgs, readArgs, twice } from "./read_args.ts";
import { COMMANDS, SHOWN_COMMANDS } from "./table.ts";

/** A command, and what it was called with. */
interface Call extends Pick<ReadArgs, "given" | "words"> {
  readonly command: Command;
  /** "status"; undefined for the program's own command. */
  readonly name: string | undefined;
}

/** The command that the arguments name, known before the rest of them is understood. */
interface Named {
  command?: Command;
}

/**
 * Runs the command that the arguments name, whose file is loaded then, or the program's own. Resolves to the exit
 * code. Throws what a command throws, and UsageError for arguments that can't be meant.
 */
export async function dispatch(args: readonly string[], world: World): Promise<number> {
  const named: Named = {};
  // Most commands give up running programs, and can't ask then which shell a hint is for. That matters for quotes,
  // and in PowerShell, which leaves its mark in the environment, for every other word as well.
  const mayBePowershell = !world.windows && world.env("PSModulePath") !== undefined;
  if (
    mayBePowershell ||
    [...args, whoHere(world.env, undefined).name].some((word) => /[^\w ./:@+=-]/.test(word))
  ) {
    await world.parentProgram();
  }
  try {
    return await runNamed(args, world, named);
  } catch (error) {
    const command = named.command ?? await commandMeant(args);
    const instead = await command?.whenFailed?.(args, world);
    if (instead) world.out(instead);
    throw error;
  }
}

/** The command of arguments that can't be read as far as its word: `awsmfa --frob env`. */
async function commandMeant(args: readonly string[]): Promise<Command | undefined> {
  return await COMMANDS.find(({ name }) => args.includes(name))?.load();
}

async function runNamed(args: readonly string[], world: World, named: Named): Promise<number> {
  const dashes = args.indexOf("--");
  const [typed, rest] = dashes < 0 ? [args, undefined] : [args.slice(0, dashes), args.slice(dashes + 1)];
  if (typed[0] === "help" && typed[1] === EXIT_CODES_TOPIC) {
    world.out((await import("./exit_codes.ts")).EXIT_CODES);
    return 0;
  }
  const call = await readCall(inOtherWords(typed), named);
  const { command, name, words } = call;
  const { help, noInput, ...given } = call.given;
  const loadTables = (): Promise<typeof import("./command_table.ts")> => import("./command_table.ts");
  if (help !== undefined) {
    const [{ helpTable }, { writeHelp }] = [await loadTables(), await import("./help.ts")];
    world.out(writeHelp(helpTable(name, command), command.more, world.columns));
    return 0;
  }
  refuseWords(call, rest);
  const wholeTable: CommandContext["wholeTable"] = async () => await (await loadTables()).wholeTable();
  const here = {
    ...world,
    env: withoutHandedOut(world.env, given["profile"] !== undefined || !HERE.includes(name)),
  };
  return await command.run(given, {
    world: noInput ? withoutPerson(here) : here,
    env: world.env,
    words,
    rest,
    wholeTable,
  }) ?? 0;
}

/** What `awsmfa help` knows besides commands. */
const EXIT_CODES_TOPIC = "exit-codes";

/** What other programs are asked in these words. */
function inOtherWords(args: readonly string[]): readonly string[] {
  const [first, second, ...more] = args;
  if (first === "version" && second === undefined) return ["--version"];
  if (first === "ls" || first === "list") return ["status", ...args.slice(1)];
  if (first !== "help") return args;
  if (second === undefined) return ["--help"];
  if (!COMMANDS.some(({ name }) => name === second)) {
    const names = [...SHOWN_COMMANDS.map(({ name }) => name), EXIT_CODES_TOPIC];
    const [meant] = nearest(second, names);
    throw new UsageError(
      `unknown command '${second}'`,
      meant === undefined ? "awsmfa --help" : `did you mean awsmfa help ${meant}?`,
    );
  }
  return [second, "--help", ...more];
}

/** The commands that take the profile of this shell where none is named, and with it its files. */
const HERE: readonly (string | undefined)[] = [
  undefined,
  "login",
  "env",
  "exec",
  "credential-process",
  "link",
  "status",
  "devices",
  "rotate",
  "doctor",
  "logout",
  "edit",
];

/** The program's own options may stand before a command word, where the command knows them too. */
async function readCall(args: readonly string[], named: Named): Promise<Call> {
  const [first, ...others] = args;
  const atOnce = COMMANDS.find(({ name }) => name === first);
  // Where the word stands first, the program's own options need not be known.
  if (atOnce !== undefined) {
    named.command = await atOnce.load();
    return readCommand(atOnce.name, named.command, others, {});
  }

  const { root } = await import("./root.ts");
  const read = readArgs(args, { ...root.options, ...HELP }, "awsmfa", COMMANDS.map(({ name }) => name));
  const entry = COMMANDS.find(({ name }) => name === read.command?.name);
  if (entry === undefined) return { ...read, command: root, name: undefined };
  named.command = await entry.load();
  return readCommand(entry.name, named.command, read.command?.args ?? [], read.given);
}

function readCommand(
  name: string,
  command: Command,
  args: readonly string[],
  before: ReadArgs["given"],
): Call {
  const options = { ...command.options, ...HELP };
  const foreign = Object.keys(before).find((option) => !Object.hasOwn(options, option));
  if (foreign !== undefined) {
    throw new UsageError(`${flagOf(foreign)} can't be used with '${name}'`, `awsmfa ${name} --help`);
  }
  const { given, words } = readArgs(args, options, `awsmfa ${name}`);
  const doubled = Object.keys(before).find((key) => given[key] !== undefined && given[key] !== before[key]);
  if (doubled !== undefined) throw twice(flagOf(doubled), `awsmfa ${name}`);
  return { command, name, words, given: { ...before, ...given } };
}

function refuseWords({ name, command, words }: Call, rest: readonly string[] | undefined): void {
  const hint = name === undefined ? "awsmfa --help" : `awsmfa ${name} --help`;
  const { form, choices } = command.argument ?? {};
  const [first] = words;
  if (form?.startsWith("<") && first === undefined) throw new UsageError(`missing argument ${form}`, hint);
  const most = form === undefined ? 0 : form.includes("...") ? Infinity : 1;
  if (words.length > most) {
    throw new UsageError(`too many arguments: '${name}' takes ${most === 0 ? "none" : "one"}`, hint);
  }
  if (choices !== undefined && first !== undefined && !choices.includes(first)) {
    throw new UsageError(
      `'${first}' is not a ${form?.replace(/[<[\]>]/g, "")} that '${name}' knows`,
      choices.join(", "),
    );
  }
  if (rest !== undefined && command.behindDashes === undefined) {
    throw new UsageError(`'${name}' doesn't take anything after --`, hint);
  }
}
