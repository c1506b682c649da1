import { quoteWord } from "../domain/shell/shell_word.ts";
import { byLine } from "./variables.ts";

/** PowerShell; `$null` unsets in every version, and is no failure where there is no such variable. */
export const writePowershell = byLine(
  (name, value) => `$Env:${name} = ${quoteWord(value, "powershell")};`,
  (name) => `$Env:${name} = $null;`,
);
