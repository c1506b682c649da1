import type { CommandTable } from "../domain/text/command_table.ts";

/** Signs of a line, where the terminal has more: longer lines are hard to read. */
const WIDEST = 100;
const NARROWEST = 40;

/** What `--help` shows of a command, in lines of at most `columns` signs; `more` stands at its end as it is. */
export function writeHelp(table: CommandTable, more: string | undefined, columns: number): string {
  const width = Math.max(NARROWEST, Math.min(columns, WIDEST));
  const lists: [title: string, rows: [term: string, text: string][]][] = [
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
        `${short === undefined ? "" : `${short}, `}${long}${value === undefined ? "" : ` ${value}`}`,
        description,
      ]),
    ],
    ["Commands", table.commands.map(({ name, summary }) => [name, summary])],
  ];
  const widest = Math.max(...lists.flatMap(([, rows]) => rows.map(([term]) => term.length)));
  const blocks = [
    `Usage: ${table.usage.map((usage) => `${table.name} ${usage}`).join("\n       ")}\n`,
    `${wrap(table.description, width).join("\n")}\n`,
    ...lists.filter(([, rows]) => rows.length > 0).map(([title, rows]) =>
      `${title}:\n${rows.map(([term, text]) => writeRow(term, text, widest, width)).join("")}`
    ),
    ...(more === undefined ? [] : [`${more}\n`]),
  ];
  return blocks.join("\n");
}

function writeRow(term: string, text: string, widest: number, width: number): string {
  const indent = " ".repeat(widest + 4);
  const [first = "", ...others] = wrap(text, width - indent.length);
  return `  ${term.padEnd(widest)}  ${first}\n${others.map((line) => `${indent}${line}\n`).join("")}`;
}

/** Lines of at most `width` signs where the words allow it. */
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
