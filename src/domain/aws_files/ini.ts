import type { FileKind, SectionHeader } from "./section_header.ts";
import {
  continueProperty,
  type OpenProperty,
  openProperty,
  readHeaderLine,
  RETURN_WITHIN,
} from "./ini_lines.ts";
import type { Property } from "./property.ts";

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

/** No variable, path or header of a request can have it. */
const NUL_WITHIN = "it has a NUL (U+0000) in it";
const BYTE_ORDER_MARK = "\ufeff";
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
