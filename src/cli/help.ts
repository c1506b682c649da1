import type { CommandTable } from "../domain/text/command_table.ts";

/** Cells of a line, where the terminal has more: longer lines are hard to read. */
const WIDEST = 100;
const NARROWEST = 40;

/** Where there is less room for texts than this, they stand below what they are about. */
const LEAST_TEXT = 40;

/** What `--help` shows of a command, in lines of at most `columns` cells; `more` stands at its end. */
export function writeHelp(table: CommandTable, more: string | undefined, columns: number): string {
  const width = Math.max(NARROWEST, Math.min(columns, WIDEST));
  // A command of no group is told by the help of another.
  const groups = [...new Set(table.commands.flatMap(({ group }) => group ?? []))];
  const lists: [title: string, rows: Row[]][] = [
    ...groups.map((title): [string, Row[]] => [
      title,
      table.commands.filter(({ group }) => group === title).map((
        { name, summary },
      ) => [name, summary]),
    ]),
    [
      "Arguments",
      table.arguments.map(({ form, description, choices }) => [
        form,
        choices.length === 0 ? description : `${description}: ${choices.join(", ")}`,
      ]),
    ],
    [
      "Options",
      table.options.map(({ short, long, value, description }) => [
        `${short === undefined ? "    " : `${short}, `}${long}${value === undefined ? "" : ` ${value}`}`,
        description,
      ]),
    ],
  ];
  const blocks = [
    `${wrap(table.description, width).join("\n")}\n`,
    `Usage: ${table.usage.map((usage) => `${table.name} ${usage}`).join("\n       ")}\n`,
    ...lists.filter(([, rows]) => rows.length > 0).map(([title, rows]) => {
      const widest = Math.max(...rows.map(([term]) => term.length));
      return `${title}\n${rows.map((row) => writeRow(row, widest, width)).join("")}`;
    }),
    ...(more === undefined ? [] : [`${more.split("\n").map((line) => writeLine(line, width)).join("\n")}\n`]),
  ];
  return blocks.join("\n");
}

type Row = readonly [term: string, text: string];

function writeRow([term, text]: Row, widest: number, width: number): string {
  const indent = " ".repeat(widest + 4);
  if (width - indent.length < LEAST_TEXT) return `  ${term.trim()}\n${indented(text, width)}\n`;
  const [first = "", ...others] = wrap(text, width - indent.length);
  return `  ${term.padEnd(widest)}  ${first}\n${others.map((line) => `${indent}${line}\n`).join("")}`;
}

/** A line as it is; one that is too long with what stands behind its first words below them. */
function writeLine(line: string, width: number): string {
  if (line.length <= width) return line;
  const [, term, text] = /^(\s+\S.*?) {2,}(\S.*)$/.exec(line) ?? [];
  if (term !== undefined && text !== undefined) return `${term}\n${indented(text, width)}`;
  const [indent = ""] = /^\s*/.exec(line) ?? [];
  return wrap(line.trim(), width - indent.length).map((each) => `${indent}${each}`).join("\n");
}

function indented(text: string, width: number): string {
  return wrap(text, width - 6).map((line) => `      ${line}`).join("\n");
}

/** Lines of at most `width` cells where the words allow it. */
function wrap(text: string, width: number): string[] {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const line = lines.at(-1) ?? "";
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= width || line === "") lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
