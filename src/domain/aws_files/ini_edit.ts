import { UsageError } from "../../errors.ts";
import type { Ini, Section } from "./ini.ts";
import type { Property } from "./property.ts";
import { checkProfileName, refuseInherited } from "./profile_name.ts";
import { writeHeader } from "./section_header.ts";
import { findSection, sectionsOf } from "./find_section.ts";

/** Keys and the values they shall have. */
export type Values = ReadonlyArray<readonly [key: string, value: string]>;

/**
 * The text with these keys set in the profile's section; everything else keeps its bytes. A key that is there
 * keeps its place and spacing, a new one comes after the last key, or `behind` another one, a new section at the end of
 * the file. Throws {@linkcode UsageError} for a name or value that would not be read back as it is.
 */
export function setValues(ini: Ini, profile: string, values: Values, behind?: string): string {
  checkSectionName(ini, profile);
  for (const [key, value] of values) refuseUnwritable(key, value);
  return putValues(ini, profile, values, behind);
}

/** The text with sections at its end for profiles that it has none of, each of them once: read once, however many. */
export function addSections(ini: Ini, sections: ReadonlyMap<string, Values>): string {
  // Each looks at what stands before it, and not at all of a text that grows.
  const parts = [ini.text];
  const end = lineEnd(ini);
  for (const [profile, values] of sections) {
    checkSectionName(ini, profile);
    for (const [key, value] of values) refuseUnwritable(key, value);
    parts.push(newSection({ ...ini, text: parts.at(-1) ?? "" }, profile, values, end));
  }
  return parts.join("");
}

/** Throws {@linkcode UsageError} where a profile's section can't be written: by its name, or since it would be a new one. */
export function checkSectionName(ini: Ini, profile: string): void {
  if (sectionsOf(ini, profile).length === 0) checkProfileName(profile, ini.file);
  refuseInherited(profile);
}

/** As {@linkcode setValues}, for values as they stood in a file: one may have a comment in it, or go on in indented lines. */
export function putValues(ini: Ini, profile: string, values: Values, behind?: string): string {
  const section = findSection(ini, profile);
  if (section === undefined) return appendSection(ini, profile, values);
  const edits: Edit[] = [];
  const missing: [string, string][] = [];
  for (const [key, value] of values) {
    const present = section.properties.filter((property) => property.key === key);
    if (present.length === 0) missing.push([key, value]);
    for (const property of present) edits.push(replaceValue(ini, property, value));
  }
  if (missing.length > 0) edits.push(insertKeys(ini, section, missing, behind));
  return applyEdits(ini.text, edits);
}

/** The text without these keys' lines in the profile's section. */
export function removeKeys(ini: Ini, profile: string, keys: readonly string[]): string {
  const section = findSection(ini, profile);
  const gone = section?.properties.filter(({ key }) => keys.includes(key)) ?? [];
  return applyEdits(ini.text, removals(ini, gone));
}

/** The text without the lines of these properties of it. */
export function removeProperties(ini: Ini, gone: readonly Property[]): string {
  return applyEdits(ini.text, removals(ini, gone));
}

/**
 * The text with keys of the profile's section under other names. `rename` is given a key as it is written, in upper
 * or lower case, and gives undefined for one that stays. No key is there twice by that: `wins` says which of two goes
 * on, the one that has the name already or the one that would get it; the other's lines are removed.
 */
export function renameKeys(
  ini: Ini,
  profile: string,
  rename: (key: string) => string | undefined,
  wins: "present" | "renamed" = "renamed",
): string {
  const section = findSection(ini, profile);
  if (section === undefined) return ini.text;
  const edits = new Map<Property, Edit>();
  for (const property of section.properties) {
    const line = ini.text.slice(property.start, property.end);
    const start = property.start + line.length - line.trimStart().length;
    const end = start + property.key.length;
    const name = rename(ini.text.slice(start, end));
    if (name === undefined) continue;
    const there = section.properties.filter((each) => each !== property && each.key === name.toLowerCase());
    if (there.length > 0 && wins === "present") edits.set(property, lineOf(property));
    else {
      for (const each of there) edits.set(each, lineOf(each));
      edits.set(property, { start, end, text: name });
    }
  }
  return applyEdits(ini.text, [...edits.values()]);
}

/** A section's own text, header and all, and the same without the lines of some of its properties. */
export function sectionText(ini: Ini, section: Section, without: readonly Property[] = []): string {
  return applyEdits(ini.text.slice(0, section.end), removals(ini, without)).slice(section.start);
}

/** The text without a section; the empty line before the last one goes with it. */
export function removeSection({ text }: Ini, { start, end }: Section): string {
  const above = text.slice(0, start);
  return end === text.length ? above.replace(/(?<=\n)\r?\n$/, "") : above + text.slice(end);
}

/** The text with a section replaced by `block`; one line end is added where text follows. */
export function replaceSection(ini: Ini, section: Section, block: string): string {
  const after = ini.text.slice(section.end);
  const joint = after === "" || block === "" || block.endsWith("\n") ? "" : lineEnd(ini);
  return ini.text.slice(0, section.start) + block + joint + after;
}

/** The text with `block` at its end, on a line of its own. */
export function appendBlock(ini: Ini, block: string): string {
  const joint = ini.text === "" || ini.text.endsWith("\n") ? "" : lineEnd(ini);
  return ini.text + joint + block;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A comment behind a value is a person's: it stays, on a line of its own. */
function removals(ini: Ini, gone: readonly Property[]): Edit[] {
  return gone.map(({ start, end, valueEnd }) => {
    const behind = ini.text.slice(valueEnd, end).trimStart();
    return { start, end, text: /^[#;]/.test(behind) ? behind : "" };
  });
}

/** Takes the whole line away. */
function lineOf({ start, end }: Property): Edit {
  return { start, end, text: "" };
}

function replaceValue(ini: Ini, property: Property, value: string): Edit {
  const { start, valueStart, valueEnd } = property;
  const [colon] = /[ \t]*:[ \t]*$/.exec(ini.text.slice(start, valueStart)) ?? [];
  if (colon !== undefined) {
    // The AWS CLI and Go alone read it.
    return {
      start: valueStart - colon.length,
      end: valueEnd,
      text: `${/\s/.test(colon) ? " = " : "="}${value}`,
    };
  }
  const wasEmpty = valueStart === valueEnd;
  const spaced = wasEmpty && /\s/.test(ini.text[valueStart - 2] ?? "");
  return { start: valueStart, end: valueEnd, text: spaced ? ` ${value}` : value };
}

function insertKeys(ini: Ini, section: Section, values: Values, behind: string | undefined): Edit {
  const last = section.properties.findLast(({ key }) => key === behind) ?? section.properties.at(-1);
  const at = last?.end ?? section.bodyStart;
  const before = ini.text.slice(last?.start ?? section.start, at);
  const [newline] = /\r?\n$/.exec(before) ?? [];
  const end = newline ?? lineEnd(ini);
  const { indent, equals } = last === undefined
    ? { indent: firstIndent(ini, section), equals: " = " }
    : spacing(before);
  const lines = values.map(([key, value]) => `${indent}${key}${equals}${value}${end}`).join("");
  return { start: at, end: at, text: (newline === undefined ? end : "") + lines };
}

/** How a key's line is laid out, one blank at most on each side of the delimiter: columns are not imitated. */
function spacing(line: string): { indent: string; equals: string } {
  const [, indent = "", before = "", delimiter, after = ""] =
    /^\ufeff?([ \t]*)[^=:]*?([ \t]*)([=:])([ \t]*)/.exec(line) ?? [];
  if (delimiter === ":") return { indent, equals: `${before}${after}` === "" ? "=" : " = " };
  // A key without a value says nothing of the blank after the delimiter: then it is as the one before it.
  const empty = /=[ \t]*\r?\n/.test(line);
  const blankAfter = empty ? before !== "" : after !== "";
  return { indent, equals: `${before === "" ? "" : " "}=${blankAfter ? " " : ""}` };
}

/**
 * In a section without keys: a line that is indented deeper than a new key would continue its value, be it one that is
 * skipped or the next header.
 */
function firstIndent(ini: Ini, { bodyStart }: Section): string {
  return /(?:^|\n)([^\S\n]*)[^\s#;]/.exec(ini.text.slice(bodyStart))?.[1] ?? "";
}

function appendSection(ini: Ini, profile: string, values: Values): string {
  return ini.text + newSection(ini, profile, values, lineEnd(ini));
}

/** A section with these line ends, and what goes before it at the end of this text. */
function newSection(ini: Ini, profile: string, values: Values, end: string): string {
  const lines = values.map(([key, value]) => `${key} = ${value}${end}`).join("");
  return `${jointBefore(ini, end)}${writeHeader(profile, ini.file)}${end}${lines}`;
}

/** What goes before a section at the end of the file: the end of the last line, and an empty one, where they are not there. */
export function jointBefore(ini: Ini, end = lineEnd(ini)): string {
  if (ini.text === "") return "";
  const isOpen = !ini.text.endsWith("\n");
  const lines = isOpen ? ini.text : ini.text.slice(0, -1);
  const last = lines.slice(lines.lastIndexOf("\n") + 1);
  return (isOpen ? end : "") + (last.trim() === "" ? "" : end);
}

/** The line end that the file uses first, `\n` in a new one. */
export function lineEnd(ini: Ini): string {
  const newline = ini.text.indexOf("\n");
  return newline > 0 && ini.text[newline - 1] === "\r" ? "\r\n" : "\n";
}

function refuseUnwritable(key: string, value: string): void {
  // deno-lint-ignore no-control-regex
  const controls = /[\u0000-\u0008\u000a-\u001f\u007f]/;
  if (controls.test(value) || value.trim() !== value || /(^|\s)[#;]/.test(value)) {
    throw new UsageError(
      `the value of '${key}' can't be written: it has a line break, a comment or spaces around it`,
    );
  }
}

function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = "";
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}
