import { FileError } from "../errors.ts";
import { type FileKind, readHeader, type SectionHeader } from "./section_header.ts";

/** A key with its value, and where they stand in the text (offsets in UTF-16 units, `end` exclusive). */
export interface Property {
  /** Lower case. */
  readonly key: string;
  /** Trimmed; the lines of a continued or nested value are joined by `\n`. */
  readonly value: string;
  /** The whole lines, with their line ends. */
  readonly start: number;
  readonly end: number;
  /** The value on the first line, up to the comment or the end of the last continuation line. */
  readonly valueStart: number;
  readonly valueEnd: number;
}

/** A section: its header line and all that follows until the next header. */
export interface Section extends SectionHeader {
  /** 1-based line of the header. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  /** Where the line after the header begins. */
  readonly bodyStart: number;
  readonly properties: readonly Property[];
}

/** One of the two AWS files, read but not changed: `text` is all of it. */
export interface Ini {
  readonly path: string;
  readonly file: FileKind;
  readonly text: string;
  readonly sections: readonly Section[];
}

/** The signs of a key that the SDKs read; a line with another key is skipped. */
const KEY = /^[A-Za-z0-9\-_/.%@:+]+$/;
const BYTE_ORDER_MARK = "\ufeff";

/** While a property may still grow by continuation lines. */
interface OpenProperty {
  key: string;
  value: string;
  start: number;
  end: number;
  valueStart: number;
  valueEnd: number;
  indent: number;
  nested: boolean;
  /** The key has signs that no SDK reads: the line and its continuations are skipped. */
  skipped: boolean;
}

/** A section whose end is not known yet. */
interface OpenSection extends SectionHeader {
  line: number;
  start: number;
  end: number;
  bodyStart: number;
  properties: Property[];
}

/** The same file with another text; undefined is none. Parsed again only where it is another one. Throws FileError. */
export function withText(ini: Ini, text: string | undefined): Ini {
  return (text ?? "") === ini.text ? ini : parseIni(text ?? "", ini.file, ini.path);
}

/**
 * Reads a file as the AWS SDKs do (shared/vectors, profile-parser-tests.json), and where they differ, as
 * generously as the AWS CLI. Throws {@linkcode FileError} with the line number, and never the line's text.
 */
export function parseIni(text: string, file: FileKind, path: string): Ini {
  const sections: OpenSection[] = [];
  let section: OpenSection | undefined;
  let property: OpenProperty | undefined;
  let line = 0;

  const fail = (what: string): never => {
    throw new FileError(`${path}: line ${line}: ${what}`, `correct line ${line} of ${path}`);
  };
  const closeProperty = (): void => {
    if (property !== undefined && !property.skipped) section?.properties.push(property);
    property = undefined;
  };

  let start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  while (start < text.length) {
    line++;
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline + 1;
    const raw = text.slice(start, newline < 0 ? text.length : newline);
    const trimmed = raw.trim();
    const first = trimmed[0];
    if (trimmed === "" || first === "#" || first === ";") {
      start = next;
      continue;
    }
    const indent = raw.length - raw.trimStart().length;
    if (property !== undefined && indent > property.indent) {
      continueProperty(property, trimmed, start + indent + trimmed.length, next, fail);
    } else if (first === "[") {
      closeProperty();
      if (section !== undefined) section.end = start;
      const header = readHeader(headerText(trimmed, fail), file);
      section = { ...header, line, start, end: text.length, bodyStart: next, properties: [] };
      sections.push(section);
    } else if (section === undefined) {
      fail("Expected a profile definition: '[name]' must come before the first key");
    } else if (indent > 0 && property === undefined && !trimmed.includes("=")) {
      fail("Expected a property definition, found continuation");
    } else {
      closeProperty();
      property = openProperty(raw, start, next, indent, fail);
    }
    start = next;
  }
  closeProperty();
  return { path, file, text, sections };
}

/** The value of the last line with this key, as the SDKs read it. */
export function lastValue(section: Section, key: string): string | undefined {
  return section.properties.findLast((property) => property.key === key)?.value;
}

function headerText(trimmed: string, fail: (what: string) => never): string {
  const comment = trimmed.search(/[#;]/);
  const header = comment < 0 ? trimmed : trimmed.slice(0, comment).trimEnd();
  if (!header.endsWith("]")) fail("Profile definition must end with ']'");
  return header.slice(1, -1).trim();
}

function openProperty(
  raw: string,
  start: number,
  end: number,
  indent: number,
  fail: (what: string) => never,
): OpenProperty {
  const equals = raw.indexOf("=");
  if (equals < 0) fail("Expected an '=' sign defining a property");
  const key = raw.slice(0, equals).trim();
  if (key === "") fail("Property did not have a name");
  const afterEquals = raw.slice(equals + 1);
  const comment = afterEquals.search(/\s[#;]/);
  const value = (comment < 0 ? afterEquals : afterEquals.slice(0, comment)).trim();
  const blank = value === "" ? 0 : afterEquals.length - afterEquals.trimStart().length;
  const valueStart = start + equals + 1 + blank;
  return {
    key: key.toLowerCase(),
    value,
    start,
    end,
    valueStart,
    valueEnd: valueStart + value.length,
    indent,
    nested: value === "",
    skipped: !KEY.test(key),
  };
}

function continueProperty(
  property: OpenProperty,
  trimmed: string,
  valueEnd: number,
  end: number,
  fail: (what: string) => never,
): void {
  if (property.nested && !property.skipped) {
    const equals = trimmed.indexOf("=");
    if (equals < 0) fail("Expected an '=' sign defining a sub-property");
    if (equals === 0) fail("Sub-property did not have a name");
  }
  property.value += `\n${trimmed}`;
  property.valueEnd = valueEnd;
  property.end = end;
}
