import type { Hint } from "../../errors.ts";

/** Tells a person what a save could not keep as it was. */
export type Warn = (says: string, hint: Hint) => void;

/** Says nothing twice: what is found before a code is asked for is found again by the save. */
export function warnOnce(warn: Warn): Warn {
  const said = new Set<string>();
  return (says, hint) => {
    if (said.has(says)) return;
    said.add(says);
    warn(says, hint);
  };
}
