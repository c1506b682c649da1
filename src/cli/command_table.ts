import type { CommandTable, TableOption } from "../domain/text/command_table.ts";
import { type Command, flagOf, HELP, type Options } from "./options/command.ts";
import { root } from "./root.ts";
import { SHOWN_COMMANDS } from "./table.ts";

/** What the help of a command tells, or that of the program: its usual options, and its commands with a summary. */
export function helpTable(name: string | undefined, command: Command): CommandTable {
  if (name !== undefined) return tableOf(`awsmfa ${name}`, "", command);
  const options = Object.entries<Options[string]>({ ...root.options, ...HELP })
    .flatMap(([name, { usual, ...words }]) =>
      usual === undefined
        ? []
        : [tableOption([name, usual === true ? words : { ...words, description: usual }])]
    );
  return {
    ...programTable(
      SHOWN_COMMANDS.map(({ name, summary, group }) => ({ ...NOTHING, name, summary, group })),
    ),
    arguments: [],
    options,
  };
}

/** The program's words, and those of every command in full: for completions and the manual page. */
export async function wholeTable(): Promise<CommandTable> {
  const commands = [];
  for (const { name, summary, load } of SHOWN_COMMANDS) commands.push(tableOf(name, summary, await load()));
  return programTable(commands);
}

const NOTHING = { description: "", usage: [], arguments: [], options: [], commands: [] };

function programTable(commands: readonly CommandTable[]): CommandTable {
  const table = tableOf("awsmfa", "", root);
  return { ...table, usage: [...table.usage, "[command] [options]"], commands };
}

/** A command as data, without what is hidden. */
function tableOf(
  name: string,
  summary: string,
  { description, argument, behindDashes, ...command }: Command,
): CommandTable {
  const usage = ["[options]", argument?.form, behindDashes].filter((part) => part !== undefined).join(" ");
  return {
    name,
    summary,
    description,
    usage: [usage],
    arguments: argument === undefined ? [] : [{ choices: [], isPath: false, ...argument }],
    options: Object.entries<Options[string]>({ ...command.options, ...HELP })
      .filter(([, { hidden }]) => !hidden)
      .map(tableOption),
    commands: [],
  };
}

function tableOption(
  [name, { short, value, description, completes = [] }]: [string, Options[string]],
): TableOption {
  return { short, long: flagOf(name), value, description, completes };
}
