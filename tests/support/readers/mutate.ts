import type { Random } from "../seeded_random.ts";
import type { Layout } from "./layout.ts";
import { BESIDE } from "./profile_layouts.ts";

type Mutation = (random: Random, lines: string[]) => void;

/** The layout after one to three mutations, as a hand, an editor or a program would make them. */
export function mutate(random: Random, layout: Layout): Layout {
  let mutated = layout;
  for (let left = 1 + random.integer(3); left > 0; left--) mutated = mutateOnce(random, mutated);
  return mutated;
}

function mutateOnce(random: Random, layout: Layout): Layout {
  const file = layout.config !== undefined && (layout.credentials === undefined || random.integer(3) === 0)
    ? "config"
    : "credentials";
  const lines = (layout[file] ?? "").split("\n");
  if (random.integer(24) === 0) return moved(random, layout, lines, file);
  random.pick(MUTATIONS)(random, lines);
  return { ...layout, [file]: lines.join("\n") };
}

/** A key that stands in the other file. */
function moved({ integer }: Random, layout: Layout, lines: string[], file: "config" | "credentials"): Layout {
  const other = file === "config" ? "credentials" : "config";
  const [line = ""] = lines.splice(integer(lines.length), 1);
  const name = layout.asked[0] ?? "default";
  const header = other === "credentials" || name === "default" ? `[${name}]` : `[profile ${name}]`;
  const text = `${layout[other] ?? ""}${line.startsWith("[") ? "" : `${header}\n`}${line}\n`;
  return { ...layout, [file]: lines.join("\n"), [other]: text };
}

const INDENTS = ["", " ", "  ", "\t", "    ", "\u00a0"] as const;
const ODD = [
  "\ufeff",
  "\u00a0",
  "\u0000",
  "\v",
  "\f",
  "\r",
  "\x1c",
  "\x85",
  "\u2028",
  "\u200b",
  "\\",
  ";",
  "#",
  "=",
  ":",
  "[",
  "]",
  '"',
  "'",
  "`",
  "é",
  "日",
  "\udce9",
  " ",
  "\t",
  "%",
  "&",
  ",",
  "(",
  "/",
  '"""',
  "\n",
] as const;

const MUTATIONS: readonly [Mutation, ...Mutation[]] = [
  ({ integer, pick }, lines) => edit(integer, lines, (line) => pick(INDENTS) + line.trimStart()),
  ({ integer, pick }, lines) => {
    const [indent, from] = [pick(INDENTS), integer(lines.length)];
    const to = from + 1 + integer(4);
    for (let i = from; i < Math.min(to, lines.length); i++) lines[i] = indent + (lines[i] ?? "").trimStart();
  },
  ({ integer, pick }, lines) =>
    insert(integer, lines, pick(INDENTS) + pick(["# text", "; text", "#", ";x = y", "# [work]", "#a = b"])),
  ({ integer, pick }, lines) =>
    edit(
      integer,
      lines,
      (line) => line + pick([" # text", " ; text", "# text", ";text", "\t# a = b", " #]", " # [x]"]),
    ),
  ({ integer, pick }, lines) =>
    insert(
      integer,
      lines,
      pick(["  ", "\t", " "]) +
        // No program has such a name: it may become the command of a credential_process.
        pick(["moreover", "moreover = x", "= x", "a b = c", "[x]", "moreover:x", "aws_session_token = t9"]),
    ),
  ({ integer, pick }, lines) =>
    insert(
      integer,
      lines,
      pick(["s3 =\n  a = b", "s3 =", "s3 =\n  # text\n  a = b", "api_versions =\n\ta = b\n\n  c = d"]),
    ),
  ({ integer }, lines) => insert(integer, lines, lines[integer(lines.length)] ?? ""),
  ({ integer, pick }, lines) =>
    insert(
      integer,
      lines,
      pick([
        "[work]",
        "[other]",
        "[default]",
        "[profile work]",
        "[profile default]",
        "[DEFAULT]",
        "[new]",
        "[]",
        "[ work ]",
      ]),
    ),
  ({ integer, pick }, lines) =>
    edit(
      integer,
      lines,
      (line) =>
        line.replace(/^([^=[]*)(=?)/, (_, key: string, rest: string) =>
          pick([
            key.toUpperCase(),
            key.replace(/^\w/, (character) => character.toUpperCase()),
          ]) + rest),
    ),
  ({ integer, pick }, lines) =>
    edit(
      integer,
      lines,
      (line) =>
        line.replace(
          /=\s*(.*)$/,
          (_, value: string) => "= " + pick([`"${value}"`, `'${value}'`, `"${value}`, `${value}"`, `'`, `"`]),
        ),
    ),
  ({ integer, pick }, lines) =>
    edit(
      integer,
      lines,
      (line) =>
        line.replace(/\s*=\s*/, () => pick(["=", " = ", "\t=\t", "  =", "=  ", " : ", ":", " ", " == "])),
    ),
  ({ integer, pick }, lines) =>
    edit(
      integer,
      lines,
      (line) =>
        line.replace(/^\s*\[\s*(.*?)\s*\]/, (_, name: string) =>
          pick([
            `[ ${name} ]`,
            `[${name} ]`,
            `[ ${name}]`,
            `[${name}]`,
            `["${name}"]`,
            `[${name.replace(" ", "  ")}]`,
            `[${name.replace(" ", "\t")}]`,
            `[${name}`,
            `${name}]`,
          ])),
    ),
  ({ integer, pick }, lines) => insert(integer, lines, pick(["", "", "  ", "\t", "\f"])),
  ({ integer, pick }, lines) =>
    edit(integer, lines, (line) => line + pick([" ", "\t", "\\", "  ", "\u00a0"])),
  ({ integer }, lines) => {
    if (integer(2) === 0) return edit(integer, lines, (line) => `${line}\r`);
    for (const [i, line] of lines.entries()) {
      if (i < lines.length - 1) lines[i] = `${line.replace(/\r$/, "")}\r`;
    }
  },
  ({ integer }, lines) => {
    if (lines.at(-1) === "" && integer(2) === 0) lines.pop();
  },
  ...Array.from({ length: 3 }, (): Mutation => ({ integer, pick }, lines) =>
    edit(integer, lines, (line) => {
      const at = integer(line.length + 1);
      return line.slice(0, at) + pick(ODD) + line.slice(at);
    })),
  ({ integer }, lines) => {
    const [line = ""] = lines.splice(integer(lines.length), 1);
    insert(integer, lines, line);
  },
  ({ integer }, lines) => {
    if (lines.length > 1) lines.splice(integer(lines.length), 1);
  },
  ...Array.from({ length: 3 }, (): Mutation => ({ integer, pick }, lines) => {
    const header = lines.findIndex((line) => /^\s*\[/.test(line));
    lines.splice(header + 1 + integer(4), 0, pick(BESIDE));
  }),
  ({ integer, pick }, lines) =>
    insert(
      integer,
      lines,
      pick(["note = C:\\certs\\", 'x = """a', "x = `a", "x = y\\", "x = 'a", "export x=y"]),
    ),
];

function edit(integer: Random["integer"], lines: string[], change: (line: string) => string): void {
  const at = integer(lines.length);
  lines[at] = change(lines[at] ?? "");
}

function insert(integer: Random["integer"], lines: string[], line: string): void {
  lines.splice(integer(lines.length + 1), 0, line);
}
