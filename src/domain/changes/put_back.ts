import { type Ini, type Section, withText } from "../aws_files/ini.ts";
import type { Property } from "../aws_files/property.ts";
import {
  lineEnd,
  putValues,
  removeKeys,
  removeProperties,
  replaceSection,
  sectionText,
} from "../aws_files/ini_edit.ts";
import { findSection } from "../aws_files/find_section.ts";
import { WRITTEN_KEYS } from "./session_in_file.ts";
import { ACCOUNT_KEY } from "../keys/session_mark.ts";

/**
 * The file with a section as it was before the login: the same bytes, or where somebody changed other lines since, the
 * keys alone. `own` is what awsmfa wrote there.
 */
export function putBack(file: Ini, section: Section, original: Ini, own: readonly Property[]): string {
  // An account that a person wrote stays.
  const keys = own.some(({ key }) => key === ACCOUNT_KEY) ? [...WRITTEN_KEYS, ACCOUNT_KEY] : WRITTEN_KEYS;
  if (!isUntouched(file, section, original, own, keys)) return restoreValues(file, section, original, keys);
  const was = lineEndsOf(original.text, file);
  const is = lineEndsOf(sectionText(file, section), file);
  // Those at the end of the file may have gone with a section that a login added; those before another are its own.
  const isLast = section.end === file.text.length;
  const ends = isLast && !was.startsWith(is) ? was : is;
  return replaceSection(file, section, original.text.slice(0, original.text.length - was.length) + ends);
}

/** The line ends behind a text, as the file has them: a carriage return of its own is none in a file of `\n`. */
export function lineEndsOf(text: string, file: Ini): string {
  const end = lineEnd(file);
  let at = text.length;
  while (text.endsWith(end, at)) at -= end.length;
  return text.slice(at);
}

/** True where the section differs from the one backed up in nothing but the values that a login writes. */
function isUntouched(
  file: Ini,
  section: Section,
  original: Ini,
  own: readonly Property[],
  written: readonly string[],
): boolean {
  const [before] = original.sections;
  if (before === undefined) return false;
  const keys = before.properties.map(({ key }) => key);
  // The role's ARN of former credentials goes with them.
  const stale = before.properties.filter(({ key }) =>
    key === "x_principal_arn" && !section.properties.some((each) => each.key === key)
  );
  const was = blanked(withText(original, removeProperties(original, stale)), before, written);
  const is = blanked(
    withText(file, removeProperties(file, own.filter(({ key }) => !keys.includes(key)))),
    section,
    written,
  );
  return withoutLineEnds(was) === withoutLineEnds(is);
}

function withoutLineEnds(text: string): string {
  return text.replace(/[\r\n]+$/, "");
}

/** A section's text without the values of the keys that a login writes: what people write around them stays. */
function blanked(ini: Ini, { name }: Section, written: readonly string[]): string {
  const section = findSection(ini, name);
  if (section === undefined) return "";
  let text = "";
  let at = section.start;
  for (const { key, start, valueStart, valueEnd } of section.properties) {
    if (!written.includes(key)) continue;
    // A login writes its keys in small letters, and with `=`.
    text += ini.text.slice(at, start) +
      ini.text.slice(start, valueStart).toLowerCase().replace(/[ \t]*[=:][ \t]*$/, "");
    at = valueEnd;
  }
  // At the beginning of a text it is no part of the section.
  return (text + ini.text.slice(at, section.end)).replace(/^\ufeff/, "");
}

/** Somebody changed other lines of the section since the login: they stay, and only the keys go back. */
function restoreValues(
  file: Ini,
  { name, properties }: Section,
  original: Ini,
  written: readonly string[],
): string {
  const [before] = original.sections;
  const values = written.flatMap((key): [string, string][] => {
    const property = before?.properties.findLast((property) => property.key === key);
    return property === undefined ? [] : [[key, original.text.slice(property.valueStart, property.valueEnd)]];
  });
  // One of two of the same key is enough to hold the value.
  const doubles = properties.filter(({ key }, i) =>
    written.includes(key) && properties.slice(i + 1).some((later) => later.key === key)
  );
  const single = withText(file, removeProperties(file, doubles));
  const restored = withText(file, putValues(single, name, values));
  return removeKeys(restored, name, written.filter((key) => !values.some(([kept]) => kept === key)));
}
