import type { Grammar } from "./reader.ts";

/** What stands in quotes, where the grammar takes them off. */
export function unquote({ unquotes, unescapes }: Grammar, value: string): string {
  const quoted = unquotes?.exec(value)?.at(-1);
  if (quoted === undefined) return value;
  return unescapes ? unescape(quoted) : quoted;
}

/** With what a backslash and a character stand for. */
export function unescape(text: string, escaped = /\\(['"\\nt])/g): string {
  return text.replace(escaped, (_, character: string) => ESCAPES[character] ?? character);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t" };
