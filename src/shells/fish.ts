import { quoteWord } from "../domain/shell/shell_word.ts";
import { byLine } from "./variables.ts";

/** fish; `set -e` fails where there is no such variable, which is no failure here. */
export const writeFish = byLine(
  (name, value) => `set -gx ${name} ${quoteWord(value, "fish")};`,
  (name) => `set -e ${name}; or true;`,
);
