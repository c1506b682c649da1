import assert from "node:assert/strict";
import { writeHelp } from "../../../src/cli/help.ts";
import type { CommandTable } from "../../../src/domain/text/command_table.ts";

const TABLE: CommandTable = {
  name: "awsmfa env",
  summary: "",
  description: "Prints what sets the variables of a session in a shell.",
  usage: ["[options] [shell]", "[command] [options]"],
  arguments: [{ form: "[shell]", description: "the shell", choices: ["bash", "zsh"], isPath: false }],
  options: [
    { short: "-p", long: "--profile", value: "<name>", description: "whose session it is", completes: [] },
    { short: undefined, long: "--json", value: undefined, description: "print JSON", completes: [] },
  ],
  commands: [],
};

Deno.test("the help of a command: what it is for, its usage, then a table of what can be typed", () => {
  assert.equal(
    writeHelp(TABLE, "Use:\n  a command   what it is for", 70),
    `Prints what sets the variables of a session in a shell.

Usage: awsmfa env [options] [shell]
       awsmfa env [command] [options]

Arguments
  [shell]  the shell: bash, zsh

Options
  -p, --profile <name>  whose session it is
      --json            print JSON

Use:
  a command   what it is for
`,
  );
});

Deno.test("on a narrow terminal a text stands below what it is about", () => {
  assert.equal(
    writeHelp(TABLE, "Use:\n  a command of some length   what it is for, and more", 40),
    `Prints what sets the variables of a
session in a shell.

Usage: awsmfa env [options] [shell]
       awsmfa env [command] [options]

Arguments
  [shell]
      the shell: bash, zsh

Options
  -p, --profile <name>
      whose session it is
  --json
      print JSON

Use:
  a command of some length
      what it is for, and more
`,
  );
});

Deno.test("text is wrapped at the terminal's width, and on a very wide one at 100 signs", () => {
  const words = { ...TABLE, description: "word ".repeat(60).trim(), options: [], arguments: [] };
  for (const [columns, most] of [[20, 40], [60, 60], [400, 100]] as const) {
    const lengths = writeHelp(words, undefined, columns).split("\n").slice(2).map((line) => line.length);
    assert.ok(Math.max(...lengths) <= most && Math.max(...lengths) > most - 5, `${columns}: ${lengths}`);
  }
});
