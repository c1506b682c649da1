import type { Fault, Ini, Section } from "./ini.ts";

/** The sections of one name in a file, in order. */
export interface NamedSections {
  /** Those of a profile that AWS tools read. */
  readonly read: readonly Section[];
  /** Those that lack the prefix `profile `. */
  readonly unprefixed: readonly Section[];
  /** The faults of all these, of those whose header is broken, and of a file of which nothing can be read. */
  readonly faults: readonly Fault[];
}

const NONE: NamedSections = { read: [], unprefixed: [], faults: [] };

/** Files have up to tens of thousands of profiles, and each is looked up many times. */
const indexes = new WeakMap<Ini, ReadonlyMap<string, NamedSections>>();

/** The sections that stand for a profile. */
export function sectionsNamed(ini: Ini, profile: string): NamedSections {
  let index = indexes.get(ini);
  if (index === undefined) {
    index = indexOf(ini);
    indexes.set(ini, index);
  }
  const ofAll = ini.faults.filter(({ hint }) => hint !== undefined);
  return index.get(profile) ?? (ofAll.length === 0 ? NONE : { ...NONE, faults: ofAll });
}

function indexOf(ini: Ini): ReadonlyMap<string, NamedSections> {
  const index = new Map<string, { read: Section[]; unprefixed: Section[]; faults: Fault[] }>();
  for (const section of ini.sections) {
    const { kind, name } = section;
    const isRead = kind === "profile" || kind === "cli-profile";
    if (!isRead && kind !== "unprefixed" && kind !== "broken") continue;
    const named = index.get(name) ?? { read: [], unprefixed: [], faults: [] };
    if (isRead) named.read.push(section);
    else if (kind === "unprefixed") named.unprefixed.push(section);
    named.faults.push(...section.faults);
    index.set(name, named);
  }
  return index;
}
