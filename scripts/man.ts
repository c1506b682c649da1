import config from "../deno.json" with { type: "json" };
import { wholeTable } from "../src/cli/command_table.ts";
import { writeManual } from "./man/manual.ts";
import { print } from "./print.ts";

// deno task man: prints awsmfa(1), made from the command table that --help shows.

/** The manual page, in roff. */
export async function manual(): Promise<string> {
  return writeManual(await wholeTable(), config.version);
}

if (import.meta.main) print((await manual()).trimEnd());
