import { brokenHeader, type FileKind, readHeader, type SectionHeader } from "./section_header.ts";

/** The characters of a key that the SDKs read; a line with another key is skipped. */
const KEY = /^[A-Za-z0-9\-_/.%@:+]+$/;
/** What is wrong with a line that has a carriage return in it. */
export const RETURN_WITHIN = "it has a carriage return in it, where the AWS CLI ends the line";
/** A name in brackets, which may have brackets and `#` in it, too, and a comment. */
const HEADER = /^\[(.*?)\]\s*(?:[#;].*)?$/s;

/** While a property may still grow by continuation lines. */
export interface OpenProperty {
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

/** What a line that begins with a bracket says, and what is wrong with it. */
export function readHeaderLine(
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
export function openProperty(raw: string, start: number, end: number, indent: number): OpenProperty | string {
  const delimiter = raw.search(/[=:]/);
  if (delimiter < 0) {
    return indent > 0
      ? "Expected a property definition, found continuation"
      : "Expected an '=' sign defining a property";
  }
  const key = raw.slice(0, delimiter).trim();
  if (key === "") return "Property did not have a name";
  const behind = raw.slice(delimiter + 1);
  const comment = behind.search(/\s[#;]/);
  const value = (comment < 0 ? behind : behind.slice(0, comment)).trim();
  const blank = value === "" ? 0 : behind.length - behind.trimStart().length;
  const valueStart = start + delimiter + 1 + blank;
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
export function continueProperty(
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
