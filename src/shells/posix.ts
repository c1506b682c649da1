import { byLine } from "./variables.ts";

/** bash, zsh, dash, ksh and any other POSIX shell (POSIX.1-2024, XCU 2.2.2 "Single-Quotes"). */
export const writePosix = byLine(
  (name, value) => `export ${name}=${quotePosix(value)}`,
  (name) => `unset ${name}`,
);

/** One word for a POSIX shell. */
export function quotePosix(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
