import type { FileKind } from "../section_header.ts";
import type { Grammar, Names } from "./reader.ts";

/** A value with the offset of its line in the text. */
export interface Value {
  readonly value: string;
  readonly at: number;
}

/** What one reader makes of one file. */
export interface FileReading {
  /** By name; those without a profile's name stand under their header, such as `[sso-session x]`. */
  readonly sections: ReadonlyMap<string, ReadonlyMap<string, Value>>;
  /** Where and why the whole file is refused. */
  readonly refused?: Refusal;
}

export interface Refusal {
  readonly at: number;
  readonly reason: string;
}

interface OpenValue {
  value: string;
  readonly at: number;
  readonly indent: number;
  readonly nested: boolean;
  /** Lines were added to it. */
  grown: boolean;
}

interface OpenSection {
  readonly inside: string;
  readonly prefixed: boolean;
  readonly counts: boolean;
  lost: boolean;
  readonly values: Map<string, OpenValue>;
}

/** A text as a grammar reads it. Time is linear in its length. */
export function readFile(grammar: Grammar, names: Names, text: string, kind: FileKind): FileReading {
  const blanks = blanksOf(grammar.blank);
  const sections = new Map<string, OpenSection>();
  const base = new Map<string, OpenValue>();
  let section: OpenSection | undefined;
  let open: OpenValue | undefined;
  /** The last empty key, for "dotted". */
  let parent: string | undefined;
  let refused: Refusal | undefined;
  const refuse = (at: number, reason: string): void => {
    refused ??= { at, reason };
  };

  const grow = (line: string): void => {
    if (open === undefined) return;
    open.value += `\n${line}`;
    open.grown = true;
  };

  const openSection = (inside: string, at: number): void => {
    open = parent = undefined;
    if (grammar.badName?.test(inside)) refuse(at, "the name in the header is not allowed");
    if (inside === names.base) {
      section = { inside, prefixed: false, counts: true, lost: false, values: base };
      return;
    }
    const name = nameOf(names, inside, kind);
    const prefixed = name !== undefined && name !== inside;
    const counts = name !== undefined || (kind === "config" && names.others?.test(inside) === true);
    const id = name ?? `[${inside}]`;
    const before = sections.get(id);
    const fresh = { inside, prefixed, counts, lost: false, values: new Map() };
    section = fresh;
    if (before === undefined) {
      sections.set(id, fresh);
    } else if (before.prefixed !== prefixed) {
      if (names.both === "later" || prefixed === (names.both === "prefixed")) sections.set(id, fresh);
      else section = { ...fresh, counts: false };
    } else if (grammar.sectionTwice === "refuse" && before.inside === inside) {
      refuse(at, "the section stands twice");
    } else if (grammar.sectionTwice === "merge") {
      section = before;
    } else if (grammar.sectionTwice !== "first") {
      sections.set(id, fresh);
    }
  };

  const setValue = (key: string, value: string, at: number, indent: number): void => {
    if (section === undefined) return;
    open = { value, at, indent, nested: value === "", grown: false };
    const twice = section.values.has(key);
    if (twice && grammar.keyTwice === "refuse") refuse(at, `${key} stands twice`);
    if (twice && grammar.keyTwice === "loses section") section.lost = true;
    if (!twice || grammar.keyTwice !== "first") section.values.set(key, open);
  };

  const readProperty = (line: string, at: number, indent: number, isIndented: boolean): void => {
    const split = line.search(grammar.delimiter);
    if (split < 0) {
      if (grammar.noDelimiter === "refuse") refuse(at, "the line has no '='");
      return;
    }
    const written = blanks.trim(line.slice(0, split));
    const text = blanks.trim(line.slice(split + 1));
    const value = unquote(grammar, text);
    if (grammar.badValue?.test(text)) refuse(at, "the value can't be read");
    if (written === "" && grammar.noKey === "refuse") refuse(at, "there is nothing before the '='");
    if (written === "" && grammar.noKey === "skip") return;
    const key = grammar.keyCase === "lower" ? written.toLowerCase() : written;
    if (grammar.indented === "dotted") {
      if (value === "") {
        parent = key;
        return;
      }
      if (!isIndented) parent = undefined;
      return setValue(parent === undefined ? key : `${parent}.${key}`, value, at, indent);
    }
    if (grammar.indented === "nested" && isIndented && open?.value === "") return;
    if (grammar.keys?.test(key) === false) {
      // A key that is not read: what stands below it is not read, either.
      open = { value, at, indent, nested: value === "" && grammar.blind !== true, grown: false };
      return;
    }
    setValue(key, value, at, indent);
  };

  const readIndented = (raw: string, at: number): void => {
    const line = blanks.trim(raw);
    if (grammar.indented === "lenient") {
      const split = line.search(grammar.delimiter);
      if (split >= 0) {
        const text = blanks.trim(line.slice(split + 1));
        if (grammar.badValue?.test(text)) refuse(at, "the value can't be read");
        const value = unquote(grammar, text);
        const key = blanks.trim(line.slice(0, split)).toLowerCase();
        if (open?.value !== "") setValue(key, blanks.trim(cutOff(grammar.cut, value)), at, 0);
      } else if (open !== undefined && open.value !== "") {
        grow(raw.replace(/^[ \t]+/, ""));
      }
      return;
    }
    if (section?.counts === false && grammar.blind === true) return;
    if (open === undefined) return refuse(at, "an indented line has no key above it");
    if (open.nested && grammar.nested?.test(line) === false) refuse(at, "an indented line has no '='");
    grow(line);
  };

  if (grammar.badByte === "no file" && !text.isWellFormed()) return { sections: new Map() };
  const start = grammar.skipsMark && text.startsWith("\ufeff") ? 1 : 0;
  eachLine(text, grammar.lineEnd, start, (raw, at) => {
    if (grammar.empty?.test(raw) ?? blanks.only(raw)) {
      if (grammar.indented === "deeper") grow("");
      return true;
    }
    if (grammar.comment.test(raw)) return true;
    const line = cutOff(grammar.cut, raw);
    const indent = blanks.indent(raw);
    const isIndented = raw.startsWith(" ") || raw.startsWith("\t");
    const goesOn = grammar.indented === "join"
      ? isIndented
      : grammar.indented === "deeper" && open !== undefined && indent > open.indent;
    const header = goesOn ? null : grammar.header.exec(line);
    if (goesOn) {
      readIndented(raw, at);
    } else if (header !== null) {
      openSection(insideOf(grammar, blanks, header[1] ?? ""), at);
    } else if (grammar.brokenHeader?.test(raw)) {
      refuse(at, "the header does not end with ']'");
    } else if (section === undefined && grammar.orphan === "refuse") {
      refuse(at, "there is no '[name]' above the first key");
    } else if (grammar.indented === "lenient" && isIndented) {
      readIndented(raw, at);
    } else if (section?.counts !== false || grammar.blind !== true) {
      readProperty(line, at, indent, indent > 0);
    }
    return refused === undefined;
  });
  if (grammar.badByte === "refuse" && !text.isWellFormed()) {
    refuse(text.search(/[\udc80-\udcff]/), "a byte is not UTF-8");
  }
  return { sections: closed(sections, base, blanks), ...(refused === undefined ? {} : { refused }) };
}

/** By name, as it counts. */
function closed(
  sections: ReadonlyMap<string, OpenSection>,
  base: ReadonlyMap<string, OpenValue>,
  blanks: Blanks,
): Map<string, ReadonlyMap<string, Value>> {
  const all = new Map<string, ReadonlyMap<string, Value>>();
  for (const [name, { values, lost }] of sections) {
    if (lost) continue;
    for (const value of values.values()) if (value.grown) value.value = blanks.trimEnd(value.value);
    all.set(name, base.size === 0 ? values : new Map([...base, ...values]));
  }
  return all;
}

function insideOf({ trimsName }: Grammar, blanks: Blanks, text: string): string {
  if (trimsName === undefined) return text;
  const inside = blanks.trim(text);
  return trimsName === "one blank" ? inside.replace(/[ \t]+/, " ") : inside;
}

function nameOf(names: Names, inside: string, kind: FileKind): string | undefined {
  const found = names[kind].exec(inside);
  const name = found?.slice(1).find((group) => group !== undefined);
  if (name === undefined || kind === "credentials" || names.words !== true || inside === "default") {
    return name;
  }
  const words = shellWords(inside);
  return words?.length === 2 ? words[1] : undefined;
}

/** The words of a line as Python's shlex.split finds them; undefined where a quote is not closed. */
export function shellWords(line: string): string[] | undefined {
  const words: string[] = [];
  const token = /[ \t\r\n]+|\\([^])|'([^']*)'|"((?:[^"\\]|\\[^])*)"|([^ \t\r\n\\'"]+)/gy;
  let word: string | undefined;
  while (token.lastIndex < line.length) {
    const found = token.exec(line);
    if (found === null) return undefined;
    const [, escaped, single, double, plain] = found;
    const part = escaped ?? single ?? double?.replace(/\\(["\\])/g, "$1") ?? plain;
    if (part !== undefined) word = (word ?? "") + part;
    else if (word !== undefined) words.push(word), word = undefined;
  }
  return word === undefined ? words : [...words, word];
}

function cutOff(comment: RegExp | undefined, line: string): string {
  const at = comment === undefined ? -1 : line.search(comment);
  return at < 0 ? line : line.slice(0, at);
}

function unquote({ unquotes }: Grammar, value: string): string {
  return unquotes && /^(["'])[^]*\1$/.test(value) ? value.slice(1, -1) : value;
}

interface Blanks {
  readonly only: (line: string) => boolean;
  readonly indent: (line: string) => number;
  readonly trim: (text: string) => string;
  readonly trimEnd: (text: string) => string;
}

const known = new Map<string, Blanks>();

function blanksOf(blank: string): Blanks {
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
  const trim = (text: string): string => trimEnd(text.slice(indent(text)));
  const made = { only: (line: string) => indent(line) === line.length, indent, trim, trimEnd };
  known.set(blank, made);
  return made;
}

/** Calls with every line and its offset, until the answer is false. */
function eachLine(
  text: string,
  lineEnd: RegExp,
  from: number,
  call: (line: string, at: number) => boolean,
): void {
  const plain = !/[\r\x85\u2028\u2029]/.test(text);
  const end = new RegExp(lineEnd, "g");
  for (let at = from; at < text.length;) {
    let [stop, next] = [text.indexOf("\n", at), 0];
    if (plain) {
      next = stop + 1;
    } else {
      end.lastIndex = at;
      stop = end.exec(text)?.index ?? -1;
      next = end.lastIndex;
    }
    if (stop < 0) stop = next = text.length;
    if (!call(text.slice(at, stop), at)) return;
    at = next;
  }
}
