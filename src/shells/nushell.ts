import type { Variables } from "../domain/sessions/variables.ts";

/** nushell: its records and double-quoted strings read what JSON writes (nushell book, "Working with records"). */
export function writeNushell(variables: Variables): string {
  const set = [...variables].filter(([, value]) => value !== undefined);
  const unset = [...variables].filter(([, value]) => value === undefined).map(([name]) => name);
  const lines = [
    set.length > 0 ? `load-env ${JSON.stringify(Object.fromEntries(set))};\n` : "",
    unset.length > 0 ? `hide-env --ignore-errors ${unset.join(" ")};\n` : "",
  ];
  return lines.join("");
}
