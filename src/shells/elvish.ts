import { byLine } from "./variables.ts";

/** elvish: in single quotes a quote is doubled (elvish language reference, "Single-quoted string"). */
export const writeElvish = byLine(
  (name, value) => `set-env ${name} '${value.replaceAll("'", "''")}'`,
  (name) => `unset-env ${name}`,
);
