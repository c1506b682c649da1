import type { Value } from "./open_section.ts";

/** What one reader makes of one file. */
export interface FileReading {
  /** By name; those without a profile's name stand under their header, such as `[sso-session x]`. */
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** Where and why the whole file is refused. */
  readonly refused?: Refusal;
}

export interface Refusal {
  readonly at: number;
  readonly reason: string;
  /** It counts as no file, and the other one is read. */
  readonly silent: boolean;
}
