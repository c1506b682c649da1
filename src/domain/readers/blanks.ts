/** What counts as blank for a reader: indentation, and what is cut off at both ends. */
export interface Blanks {
  readonly only: (line: string) => boolean;
  readonly indent: (line: string) => number;
  readonly trim: (text: string) => string;
  readonly trimStart: (text: string) => string;
  readonly trimEnd: (text: string) => string;
}

const known = new Map<string, Blanks>();

/** By the inside of a character class. */
export function blanksOf(blank: string): Blanks {
  const before = known.get(blank);
  if (before !== undefined) return before;
  const one = new RegExp(`[${blank}]`);
  const isBlank = (text: string, at: number): boolean => {
    const code = text.charCodeAt(at);
    // Nearly every sign is one of these, and they are many in a large file.
    return (code <= 0x20 || code >= 0x7f) && one.test(text.charAt(at));
  };
  const indent = (line: string): number => {
    let i = 0;
    while (i < line.length && isBlank(line, i)) i++;
    return i;
  };
  const trimEnd = (text: string): string => {
    let end = text.length;
    while (end > 0 && isBlank(text, end - 1)) end--;
    return text.slice(0, end);
  };
  const trimStart = (text: string): string => text.slice(indent(text));
  const trim = (text: string): string => trimEnd(trimStart(text));
  const made = { only: (line: string) => indent(line) === line.length, indent, trim, trimStart, trimEnd };
  known.set(blank, made);
  return made;
}
