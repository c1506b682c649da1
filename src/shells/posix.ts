import { quoteWord } from "../domain/shell/shell_word.ts";
import { byLine } from "./variables.ts";

/** bash, zsh, dash, ksh and any other POSIX shell. */
export const writePosix = byLine(
  (name, value) => `export ${name}=${quotePosix(value)};`,
  (name) => `unset ${name};`,
);

/** One word for a POSIX shell. */
export function quotePosix(value: string): string {
  return quoteWord(value, "posix");
}
