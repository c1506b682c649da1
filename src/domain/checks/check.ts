import type { Hint } from "../../errors.ts";

/** One thing that `awsmfa doctor` looked at. `fix` is what to type, where there is something to do. */
export interface Check {
  readonly what: string;
  readonly state: "ok" | "warning" | "problem";
  readonly says: string;
  readonly fix?: Hint;
}

export function ok(what: string, says: string): Check {
  return { what, state: "ok", says };
}

export function warning(what: string, says: string, fix: Hint): Check {
  return { what, state: "warning", says, fix };
}

export function problem(what: string, says: string, fix: Hint): Check {
  return { what, state: "problem", says, fix };
}
