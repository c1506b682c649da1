import { quoteWord } from "../domain/shell/shell_word.ts";
import { byLine } from "./variables.ts";

/** elvish. */
export const writeElvish = byLine(
  (name, value) => `set-env ${name} ${quoteWord(value, "elvish")};`,
  (name) => `unset-env ${name};`,
);
