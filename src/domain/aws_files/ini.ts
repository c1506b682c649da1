import { brokenHeader, type FileKind, readHeader, type SectionHeader } from "./section_header.ts";

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

/** A line that some AWS tools can't read, or refuse the whole file for: what depends on it can't be told. */
export interface Fault {
  /** 1-based. */
  readonly line: number;
  /** Never the line's text. */
  readonly says: string;
  /** Where nothing of the file can be read: what to do. */
  readonly hint?: string;
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
  /** Of its header and its lines, in order. */
  readonly faults: readonly Fault[];
}

/** One of the two AWS files, read but not changed: `text` is all of it. */
export interface Ini {
  readonly path: string;
  readonly file: FileKind;
  readonly text: string;
  readonly sections: readonly Section[];
  /** Those of its sections, and of the lines above the first one, in order. */
  readonly faults: readonly Fault[];
}

/** The characters of a key that the SDKs read; a line with another key is skipped. */
const KEY = /^[A-Za-z0-9\-_/.%@:+]+$/;
const RETURN_WITHIN = "it has a carriage return in it, where the AWS CLI ends the line";
/** No variable, path or header of a request can have it. */
const NUL_WITHIN = "it has a NUL (U+0000) in it";
const BYTE_ORDER_MARK = "\ufeff";
/** A name in brackets, which may have brackets and `#` in it, too, and a comment. */
const HEADER = /^\[(.*?)\]\s*(?:[#;].*)?$/s;

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
  /** The key has characters that no SDK reads: the line and its continuations are skipped. */
  skipped: boolean;
}

/** A section whose end is not known yet. */
interface OpenSection extends SectionHeader {
  line: number;
  start: number;
  end: number;
  bodyStart: number;
  properties: Property[];
  faults: Fault[];
}

/** The same file with another text; undefined is none. Parsed again only where it is another one. */
export function withText(ini: Ini, text: string | undefined): Ini {
  return (text ?? "") === ini.text ? ini : parseIni(text ?? "", ini.file, ini.path);
}

/**
 * Reads a file as the AWS SDKs do (shared/vectors, profile-parser-tests.json), and where they differ, as
 * generously as the AWS CLI. A line that can't be read is a fault of the section that it stands in, and of no other one.
 */
export function parseIni(text: string, file: FileKind, path: string): Ini {
  const sections: OpenSection[] = [];
  const faults: Fault[] = [];
  let section: OpenSection | undefined;
  let property: OpenProperty | undefined;
  let line = 0;

  const unreadable = wrongEncoding(text);
  if (unreadable !== undefined) return { path, file, text, sections, faults: [unreadable] };
  const fault = (says: string | undefined): void => {
    if (says === undefined) return;
    const found = { line, says };
    faults.push(found);
    section?.faults.push(found);
  };
  const closeProperty = (): void => {
    if (property !== undefined && !property.skipped) section?.properties.push(property);
    property = undefined;
  };

  const hasReturns = text.includes("\r");
  const hasNuls = text.includes("\0");
  let start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  while (start < text.length) {
    line++;
    const newline = text.indexOf("\n", start);
    const next = newline < 0 ? text.length : newline + 1;
    const raw = text.slice(start, newline < 0 ? text.length : newline);
    const trimmed = raw.trim();
    const first = trimmed[0];
    const returns = hasReturns && trimmed.includes("\r") ? RETURN_WITHIN : undefined;
    if (trimmed === "" || first === "#" || first === ";") {
      fault(returns);
      start = next;
      continue;
    }
    const indent = raw.length - raw.trimStart().length;
    if (property !== undefined && indent > property.indent) {
      fault(continueProperty(property, trimmed, start + indent + trimmed.length, next));
    } else if (first === "[") {
      closeProperty();
      if (section !== undefined) section.end = start;
      const { header, says } = readHeaderLine(trimmed, file);
      section = { ...header, line, start, end: text.length, bodyStart: next, properties: [], faults: [] };
      sections.push(section);
      fault(says);
    } else {
      closeProperty();
      const opened = openProperty(raw, start, next, indent);
      if (section === undefined) {
        // Of a text that is no such file at all, one line says it.
        if (faults.length === 0) {
          fault("Expected a profile definition: '[name]' must come before the first key");
        }
      } else if (typeof opened === "string") fault(opened);
      else property = opened;
    }
    fault(returns);
    if (hasNuls && section !== undefined && trimmed.includes("\0")) fault(NUL_WITHIN);
    start = next;
  }
  closeProperty();
  return { path, file, text, sections, faults };
}

/** UTF-16, and lines that end with a carriage return alone: then there is no line that all AWS tools would read. */
function wrongEncoding(text: string): Fault | undefined {
  // Its byte order mark as decodeBytes gives it, or the first letter's zero byte.
  if (/^(?:\udcff\udcfe|\udcfe\udcff|.?\0)/s.test(text)) {
    return { line: 1, says: "the file is in UTF-16, which AWS tools don't read", hint: "save it as UTF-8" };
  }
  if (text.includes("\n") || !text.trimEnd().includes("\r")) return undefined;
  const says = "the lines end with a carriage return alone, which only some AWS tools read";
  return { line: 1, says, hint: "save it with the line endings of Unix (LF) or of Windows (CR LF)" };
}

/** The value of the last line with this key, as the SDKs read it. */
export function lastValue(section: Section, key: string): string | undefined {
  return section.properties.findLast((property) => property.key === key)?.value;
}

/** What a line that begins with a bracket says, and what is wrong with it. */
function readHeaderLine(
  trimmed: string,
  file: FileKind,
): { readonly header: SectionHeader; readonly says: string | undefined } {
  const [, inside] = HEADER.exec(trimmed) ?? [];
  if (inside !== undefined) return { header: readHeader(inside.trim(), file), says: undefined };
  const end = trimmed.lastIndexOf("]");
  const meant = end < 0 ? trimmed.replace(/[#;].*$/s, "").slice(1) : trimmed.slice(1, end);
  return {
    header: brokenHeader(readHeader(meant.trim(), file)),
    says: "Profile definition must end with ']'" + (end < 0 ? "" : ": text stands behind it"),
  };
}

/** A string says what is wrong with the line. */
function openProperty(raw: string, start: number, end: number, indent: number): OpenProperty | string {
  const character = raw.search(/[=:]/);
  if (character < 0) {
    return indent > 0
      ? "Expected a property definition, found continuation"
      : "Expected an '=' sign defining a property";
  }
  const key = raw.slice(0, character).trim();
  if (key === "") return "Property did not have a name";
  const behind = raw.slice(character + 1);
  const comment = behind.search(/\s[#;]/);
  const value = (comment < 0 ? behind : behind.slice(0, comment)).trim();
  const blank = value === "" ? 0 : behind.length - behind.trimStart().length;
  const valueStart = start + character + 1 + blank;
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

/** Gives what is wrong with the line. */
function continueProperty(
  property: OpenProperty,
  trimmed: string,
  valueEnd: number,
  end: number,
): string | undefined {
  property.value += `\n${trimmed}`;
  property.valueEnd = valueEnd;
  property.end = end;
  if (!property.nested || property.skipped) return undefined;
  const equals = trimmed.indexOf("=");
  if (equals > 0) return undefined;
  return equals < 0 ? "Expected an '=' sign defining a sub-property" : "Sub-property did not have a name";
}
