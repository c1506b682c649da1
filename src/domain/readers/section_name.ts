import type { FileKind } from "../aws_files/section_header.ts";
import type { Blanks } from "./blanks.ts";
import type { Grammar, Names } from "./reader.ts";
import { shellWords } from "../shell/shell_words.ts";

/** What stands in a header, as it counts. */
export function insideOf({ trimsName }: Grammar, blanks: Blanks, text: string): string {
  if (trimsName === undefined) return text;
  const inside = blanks.trim(text);
  return trimsName === "one blank" ? inside.replace(/[ \t]+/, " ") : inside;
}

/** The profile that a header names, if any. */
export function nameOf(names: Names, inside: string, kind: FileKind): string | undefined {
  const found = names[kind].exec(inside);
  const name = found?.slice(1).find((group) => group !== undefined);
  if (name === undefined || kind === "credentials" || names.words !== true || inside === "default") {
    return name;
  }
  const words = shellWords(inside);
  return words?.length === 2 ? words[1] : undefined;
}
