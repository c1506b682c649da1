import { quoteWord } from "../domain/shell/shell_word.ts";
import { byLine } from "./variables.ts";

/** tclsh. */
export const writeTcl = byLine(
  (name, value) => `set ::env(${name}) ${quoteWord(value, "tcl")};`,
  (name) => `unset -nocomplain ::env(${name});`,
);
