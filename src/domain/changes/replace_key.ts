import type { LongTermKeys } from "../keys/credentials.ts";
import type { Ini, Section } from "../aws_files/ini.ts";
import type { Property } from "../aws_files/property.ts";
import { refuseFaults } from "../aws_files/refuse_faults.ts";

/** A text with a key in another's place, and the names of the sections that held it. */
export interface ReplacedKey {
  readonly text: string;
  readonly sections: readonly string[];
}

/**
 * Puts one long-term key into the place of another, in every section that holds both its id and its secret; every
 * other byte stays, and so does a section with the id alone. Throws FileError where a line of one of them can't be read.
 */
export function replaceKey(ini: Ini, old: LongTermKeys, now: LongTermKeys): ReplacedKey {
  const holding = ini.sections.filter((section) =>
    propertiesWith(section, ID, old.accessKeyId).length > 0 &&
    propertiesWith(section, SECRET, old.secretAccessKey).length > 0
  );
  for (const { name } of holding) refuseFaults(ini, name);
  const edits = holding.flatMap((section) => [
    ...propertiesWith(section, ID, old.accessKeyId).map((each) => ({ ...each, value: now.accessKeyId })),
    ...propertiesWith(section, SECRET, old.secretAccessKey)
      .map((each) => ({ ...each, value: now.secretAccessKey })),
  ]);
  let text = ini.text;
  for (const { valueStart, valueEnd, value } of edits.toSorted((a, b) => b.valueStart - a.valueStart)) {
    text = text.slice(0, valueStart) + value + text.slice(valueEnd);
  }
  return { text, sections: [...new Set(holding.map(({ name }) => name))] };
}

const ID = "aws_access_key_id";
const SECRET = "aws_secret_access_key";

function propertiesWith({ properties }: Section, key: string, value: string): Property[] {
  return properties.filter((each) => each.key === key && each.value === value);
}
