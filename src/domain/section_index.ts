import type { Ini, Section } from "./ini.ts";

/** The sections of one name in a file, in order. */
export interface NamedSections {
  /** Those of a profile that AWS tools read. */
  readonly read: readonly Section[];
  /** Those that lack the prefix `profile `. */
  readonly unprefixed: readonly Section[];
}

const NONE: NamedSections = { read: [], unprefixed: [] };

/** Files have up to tens of thousands of profiles, and each is looked up many times. */
const indexes = new WeakMap<Ini, ReadonlyMap<string, NamedSections>>();

/** The sections that stand for a profile. */
export function sectionsNamed(ini: Ini, profile: string): NamedSections {
  let index = indexes.get(ini);
  if (index === undefined) {
    index = indexOf(ini);
    indexes.set(ini, index);
  }
  return index.get(profile) ?? NONE;
}

function indexOf(ini: Ini): ReadonlyMap<string, NamedSections> {
  const index = new Map<string, { read: Section[]; unprefixed: Section[] }>();
  for (const section of ini.sections) {
    const isRead = section.kind === "profile" || section.kind === "cli-profile";
    if (!isRead && section.kind !== "unprefixed") continue;
    const named = index.get(section.name) ?? { read: [], unprefixed: [] };
    (isRead ? named.read : named.unprefixed).push(section);
    index.set(section.name, named);
  }
  return index;
}
