import config from "../deno.json" with { type: "json" };
import { commandTable } from "../src/commands/command_table.ts";
import { wholeCommand } from "../src/commands/root.ts";
import type { CommandTable } from "../src/domain/command_table.ts";
import type { World } from "../src/world.ts";
import { writeManual } from "./man/manual.ts";
import { print } from "./print.ts";

// deno task man: prints awsmfa(1), made from the command table that --help shows.

/** Every command with its words and options. */
export async function wholeTable(): Promise<CommandTable> {
  // The table is only read: no command is run, and so nothing of the world is needed.
  const surroundings = { world: {} as World, rest: undefined, endWith: () => {} };
  return commandTable(await wholeCommand(surroundings, config.version));
}

/** The manual page, in roff. */
export async function manual(): Promise<string> {
  return writeManual(await wholeTable(), config.version);
}

if (import.meta.main) print((await manual()).trimEnd());
