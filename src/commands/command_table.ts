import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import type { CommandTable, Completes, TableOption } from "../domain/command_table.ts";
import { SHELL_NAMES } from "../shells/shell.ts";

/** The program's words, read off the commands themselves: without what is hidden, in the order of `--help`. */
export function commandTable(command: CommandUnknownOpts): CommandTable {
  const help = command.createHelp();
  return {
    name: command.name(),
    summary: command.summary(),
    description: command.description(),
    usage: command.usage(),
    arguments: command.registeredArguments.map((argument) => ({
      form: formOf(argument),
      description: argument.description,
      choices: argument.argChoices ?? [],
    })),
    options: help.visibleOptions(command).map(({ short, long = "", flags, description }): TableOption => ({
      short,
      long,
      value: /[<[].*$/.exec(flags)?.[0],
      description,
      completes: COMPLETES[long] ?? [],
    })),
    commands: help.visibleCommands(command).filter((each) => each.name() !== "help").map(commandTable),
  };
}

/** The options whose values can be known. */
const COMPLETES: Record<string, Completes> = {
  "--profile": "profiles",
  "--source-profile": "profiles",
  "--to": "profiles",
  "--shell": SHELL_NAMES,
};

function formOf(argument: CommandUnknownOpts["registeredArguments"][number]): string {
  const name = argument.name() + (argument.variadic ? "..." : "");
  return argument.required ? `<${name}>` : `[${name}]`;
}
