import type { CommandTable, TableOption } from "../../src/domain/text/command_table.ts";
import { EXIT_CODES, FILES, VARIABLES } from "./facts.ts";

/** A page for man(1), in the macros of man(7) that both groff and mandoc know. */
export function writeManual(table: CommandTable, version: string): string {
  const { name, description, commands } = table;
  const [purpose = ""] = description.split(",");
  return [
    `.TH ${name.toUpperCase()} 1 "" "${name} ${version}" "User Commands"`,
    ".SH NAME",
    `${name} \\- ${roff(purpose.charAt(0).toLowerCase() + purpose.slice(1)).replaceAll("\n", " ")}`,
    ".SH SYNOPSIS",
    `.B ${name}`,
    roff("[options] [code...]"),
    ".br",
    `.B ${name}`,
    ".I command",
    roff("[options]"),
    ".SH DESCRIPTION",
    roff(description),
    ".SH OPTIONS",
    ...argumentLines(table),
    ...table.options.flatMap(optionLines),
    ".SH COMMANDS",
    ...commands.flatMap((command) => commandLines(command, table)),
    ...list("EXIT STATUS", EXIT_CODES),
    ...list("ENVIRONMENT", VARIABLES),
    ...list("FILES", FILES),
    ".SH SEE ALSO",
    "aws(1)",
    "",
  ].join("\n");
}

/** A command's options; those that the program has as well, by the same words, are only named. */
function commandLines({ name, usage, description, ...command }: CommandTable, root: CommandTable): string[] {
  const isShared = (option: TableOption): boolean =>
    root.options.some(({ long, description }) => long === option.long && description === option.description);
  const shared = command.options.filter(isShared).map(({ long }) => roff(long));
  return [
    ".SS",
    `\\fB${roff(name)}\\fR ${roff(usage.join(" "))}`,
    roff(description),
    ...argumentLines({ ...command, arguments: command.arguments.filter(({ form }) => form !== "[code...]") }),
    ...command.options.filter((option) => !isShared(option) && option.long !== "--help").flatMap(optionLines),
    ...(shared.length === 0 ? [] : [".PP", `Also, as above: ${shared.join(", ")}.`]),
  ];
}

function argumentLines({ arguments: words }: Pick<CommandTable, "arguments">): string[] {
  return words.flatMap(({ form, description, choices }) => [
    ".TP",
    `\\fI${roff(form)}\\fR`,
    roff(description + (choices.length === 0 ? "" : `: ${choices.join(", ")}`)),
  ]);
}

function optionLines({ short, long, value, description }: TableOption): string[] {
  const flags = [short, long].filter((flag) => flag !== undefined).map((flag) => `\\fB${roff(flag)}\\fR`);
  return [
    ".TP",
    flags.join(", ") + (value === undefined ? "" : ` \\fI${roff(value)}\\fR`),
    roff(description),
  ];
}

function list(title: string, facts: Readonly<Record<string, string>>): string[] {
  return [
    `.SH ${title}`,
    ...Object.entries(facts).flatMap(([term, text]) => [".TP", `\\fB${roff(term)}\\fR`, roff(text)]),
  ];
}

/** Text as text: a backslash, a hyphen that is no line break, and no character that would begin a macro. */
function roff(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replaceAll("`", "\\(ga").replaceAll("^", "\\(ha")
    .replaceAll("~", "\\(ti").replace(/^[.']/gm, "\\&$&");
}
