import type { Entry } from "./backup_format.ts";
import type { Ini, Property, Section } from "./ini.ts";
import { removeProperties, replaceSection, sectionText } from "./ini_edit.ts";
import { writeHeader } from "./section_header.ts";

/** There was no section before the login: it goes, unless somebody wrote into it; a comment is of what is below. */
export function removeSession(
  file: Ini,
  section: Section,
  own: readonly Property[],
  entry: Entry,
): string {
  const rest = sectionText(file, section, own);
  const below = rest.slice(section.bodyStart - section.start);
  const header = rest.slice(0, section.bodyStart - section.start).trim();
  const isLast = section.end === file.text.length;
  const isLeft = header === writeHeader(section.name, "credentials") &&
    (isLast ? below.trim() === "" : /^(?:[ \t]*(?:[#;].*)?\r?\n)*$/.test(below));
  if (!isLeft) return removeProperties(file, own);
  const text = replaceSection(file, section, below.trim() === "" ? "" : below);
  if (!isLast || !text.endsWith(entry.extraLineEnd)) return text;
  return text.slice(0, text.length - entry.extraLineEnd.length);
}
