import type { Ini, Section } from "./ini.ts";
import { sectionsNamed } from "./section_index.ts";

/** What stands in it every section of its file inherits, for the AWS CLI alone (Python, configparser, DEFAULTSECT). */
export const INHERITED_SECTION = "DEFAULT";

/** The sections of a file that a profile with these ones there inherits from; none where it has none there. */
export function inheritedSections(ini: Ini, own: readonly Section[]): readonly Section[] {
  if (own.length === 0) return [];
  const { read, unprefixed } = sectionsNamed(ini, INHERITED_SECTION);
  return [...read, ...unprefixed];
}
