import { byLine } from "./variables.ts";

/**
 * csh and tcsh: history substitution looks into single quotes, so `!` needs a backslash there (tcsh(1), "History
 * substitution"). The semicolons are for `eval`, which joins the lines.
 */
export const writeCsh = byLine(
  (name, value) => `setenv ${name} '${value.replaceAll("'", `'\\''`).replace(/[!\n]/g, "\\$&")}';`,
  (name) => `unsetenv ${name};`,
);
