import { FileError } from "../../errors.ts";
import type { Ini, Section } from "./ini.ts";
import type { Property } from "./property.ts";
import { refuseFaults } from "./refuse_faults.ts";
import { sectionsNamed } from "./section_index.ts";

/**
 * The one section of a profile that can be written, or undefined. Throws {@linkcode FileError} where the profile stands
 * twice, or a line of it can't be read: then no single section can be written that every tool reads the same.
 */
export function findSection(ini: Ini, profile: string): Section | undefined {
  refuseFaults(ini, profile);
  const [first, second] = sectionsNamed(ini, profile).read;
  if (first !== undefined && second !== undefined) {
    const [one, other] = [first, second].map(({ start, bodyStart }) =>
      ini.text.slice(start, bodyStart).trim()
    );
    throw new FileError(
      `${ini.path}: profile '${profile}' is defined twice, in lines ${first.line} and ${second.line}`,
      `merge the two sections in ${ini.path}${
        one === other ? ": the AWS CLI can't read the file, either" : ""
      }`,
    );
  }
  return first;
}

/**
 * Throws {@linkcode FileError} where a key is in the section twice: readers differ in which they take, and the AWS CLI
 * reads no profile then.
 */
export function refuseDoubles(ini: Ini, section: Section): void {
  const seen = new Map<string, Property>();
  for (const property of section.properties) {
    const first = seen.get(property.key);
    seen.set(property.key, property);
    if (first === undefined) continue;
    const [one, other] = [first, property].map(({ start }) => lineAt(ini, start));
    throw new FileError(
      `${ini.path}: ${property.key} is defined twice in [${section.name}], in lines ${one} and ${other}`,
      `leave the one that counts: awsmfa edit ${ini.file}`,
    );
  }
}

/** The line, from 1, that a place of the text is in. */
export function lineAt({ text }: Pick<Ini, "text">, at: number): number {
  return text.slice(0, at).split("\n").length;
}

/**
 * The sections that count for a profile, in the order of the file: `[profile default]` hides `[default]` in the config
 * file (shared/vectors: "Default profiles with mixed prefixes...").
 */
export function sectionsOf(ini: Ini, profile: string): readonly Section[] {
  const { read } = sectionsNamed(ini, profile);
  const prefixed = read.filter((section) => section.prefixed);
  return prefixed.length > 0 ? prefixed : read;
}
