import { quoteWord } from "../domain/shell/shell_word.ts";
import { byLine } from "./variables.ts";

/** csh and tcsh. */
export const writeCsh = byLine(
  (name, value) => `setenv ${name} ${quoteWord(value, "csh")};`,
  (name) => `unsetenv ${name};`,
);
