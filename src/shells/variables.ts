import type { Variables } from "../domain/sessions/variables.ts";

/** Writes variables down so that a shell, or another program, reads back the very same values. */
export type Writer = (variables: Variables) => string;

/** A writer from one line for a variable that is set and one, or none, for a variable that is unset. */
export function byLine(
  set: (name: string, value: string) => string,
  unset: (name: string) => string | undefined,
): Writer {
  return (variables) =>
    [...variables].map(([name, value]) => value === undefined ? unset(name) : set(name, value))
      .map((line) => line === undefined ? "" : `${line}\n`)
      .join("");
}
