import { byLine } from "./variables.ts";

/**
 * Windows' cmd, one `set` a line, to be run with `for /f "delims=" %i in ('awsmfa env -s cmd') do @%i`. Inside
 * the quotes cmd takes every sign as it is, but for `%` in a batch file.
 */
export const writeCmd = byLine(
  (name, value) => `set "${name}=${value}"`,
  (name) => `set "${name}="`,
);
