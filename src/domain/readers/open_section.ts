import type { Blanks } from "./blanks.ts";

/** A value with the offset of its line in the text. */
export interface Value {
  readonly value: string;
  readonly at: number;
}

/** While lines may still be added to it. */
export interface OpenValue {
  value: string;
  readonly at: number;
  readonly indent: number;
  readonly nested: boolean;
  /** Lines were added to it. */
  grown: boolean;
}

/** While keys may still be added to it. */
export interface OpenSection {
  readonly inside: string;
  readonly prefixed: boolean;
  readonly counts: boolean;
  lost: boolean;
  /** The section whose keys these are, too. */
  readonly above: OpenSection | undefined;
  readonly values: Map<string, OpenValue>;
}

/** Those that count: the other one of a name where the chosen one is lost, or `orEmpty`. */
export function chosenOf(
  sections: ReadonlyMap<string, OpenSection>,
  others: ReadonlyMap<string, OpenSection>,
  orEmpty: boolean,
): ReadonlyMap<string, OpenSection> {
  const isNone = (chosen: OpenSection | undefined): boolean =>
    chosen?.lost === true || orEmpty && chosen?.values.size === 0;
  return new Map([...sections, ...[...others].filter(([id]) => isNone(sections.get(id)))]);
}

/** The sections of a file, by name, as they count. */
export function closed(
  sections: ReadonlyMap<string, OpenSection>,
  base: ReadonlyMap<string, OpenValue>,
  blanks: Blanks,
): Map<string, ReadonlyMap<string, Value>> {
  const all = new Map<string, ReadonlyMap<string, Value>>();
  for (const value of base.values()) if (value.grown) value.value = blanks.trimEnd(value.value);
  for (const [name, { values, lost }] of sections) {
    if (lost) continue;
    for (const value of values.values()) if (value.grown) value.value = blanks.trimEnd(value.value);
    all.set(name, base.size === 0 ? values : new Map([...base, ...values]));
  }
  return all;
}

/** An empty value that is nobody's. */
export function nothing(at: number): OpenValue {
  return { value: "", at, indent: 0, nested: false, grown: false };
}
