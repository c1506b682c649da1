import type { FileKind } from "../aws_files/section_header.ts";
import { blanksOf } from "./blanks.ts";
import { cutOff } from "./cut_off.ts";
import { eachLine } from "./each_line.ts";
import { chosenOf, closed, nothing, type OpenSection, type OpenValue } from "./open_section.ts";
import type { FileReading, Refusal } from "./file_reading.ts";
import { inCase } from "./in_case.ts";
import { longComments } from "./long_comments.ts";
import type { Grammar, Names } from "./reader.ts";
import { insideOf, nameOf } from "./section_name.ts";
import { unescape, unquote } from "./unquote.ts";
import { whatIsOdd } from "./what_is_odd.ts";

const NO_HEADER = "there is no '[name]' above the first key";

/** A text as a grammar reads it. Time is linear in its length. */
export function readFile(grammar: Grammar, names: Names, text: string, kind: FileKind): FileReading {
  const blanks = blanksOf(grammar.blank);
  const valueEnd = blanksOf(grammar.valueEnd ?? grammar.blank);
  const sections = new Map<string, OpenSection>();
  const base = new Map<string, OpenValue>();
  /** Those that count where the chosen one of their name turns out to be empty, or lost. */
  const bare = new Map<string, OpenSection>();
  let section: OpenSection | undefined;
  let open: OpenValue | undefined;
  /** What takes the next lines, up to a mark or, without one, while they end in a backslash. */
  let taking:
    | { readonly into: OpenValue; readonly mark: string | undefined; readonly at: number }
    | undefined;
  /** Where a line without delimiter stands that takes the next ones, too, and what they are so far. */
  let swallowing: { readonly at: number; readonly indent: number; text: string } | undefined;
  /** The last empty key, for "dotted" and "hash". */
  let parent: string | undefined;
  /** An empty key of the line above, which may turn out to be none. */
  let maybeBlock: string | undefined;
  const comments = grammar.longComments ? longComments(grammar.comment, blanks, text) : undefined;
  let refused: Refusal | undefined;
  const refuse = (at: number, reason: string, silent = grammar.forgiving === true): void => {
    refused ??= { at, reason, silent };
  };
  const checkValue = (value: string, at: number): void => {
    if (grammar.brokenValue?.test(value)) refuse(at, "the value can't be read", false);
    if (grammar.badValue?.test(value)) {
      refuse(at, "the value can't be read", grammar.badValueIs === "no file");
    }
  };

  const grow = (line: string): void => {
    if (open === undefined) return;
    open.value += `\n${line}`;
    // Only an empty line may be the last one.
    open.grown = grammar.indented === "deeper";
  };

  const openSection = (inside: string, at: number, above?: OpenSection): void => {
    open = undefined;
    if (grammar.indented !== "hash") parent = undefined;
    if (grammar.badName?.test(inside)) refuse(at, "the name in the header is not allowed");
    if (inside === names.base) {
      section = { inside, prefixed: false, counts: true, lost: false, above: undefined, values: base };
      return;
    }
    const name = nameOf(names, inside, kind);
    const prefixed = name !== undefined && name !== inside;
    const counts = name !== undefined || (kind === "config" && names.others?.test(inside) === true);
    const id = name ?? `[${inside}]`;
    const before = sections.get(id);
    const fresh = { inside, prefixed, counts, lost: false, above, values: new Map() };
    section = fresh;
    if (before === undefined) {
      sections.set(id, fresh);
    } else if (before.prefixed !== prefixed && names.both !== "merged") {
      const isChosen = names.both === "later" || prefixed === names.both.startsWith("prefixed");
      const keepsOther = names.both === "prefixed with keys" || grammar.keyTwice === "loses section";
      if (keepsOther) bare.set(id, isChosen ? before : fresh);
      if (isChosen) sections.set(id, fresh);
      else if (!keepsOther) section = { ...fresh, counts: false };
    } else if (grammar.sectionTwice === "refuse" && before.inside === inside) {
      refuse(at, "the section is defined twice");
    } else if (grammar.sectionTwice === "merge") {
      section = before;
    } else if (grammar.sectionTwice !== "first") {
      sections.set(id, fresh);
    }
  };

  const setValue = (key: string, value: string, at: number, indent: number): void => {
    if (section === undefined) return;
    open = taking?.into ?? { value, at, indent, nested: value === "", grown: false };
    for (let into: OpenSection | undefined = section; into !== undefined; into = into.above) {
      const twice = into.values.has(key);
      if (twice && grammar.keyTwice === "refuse") refuse(at, `${key} is defined twice`);
      if (twice && grammar.keyTwice === "loses section") into.lost = true;
      if (!twice || grammar.keyTwice !== "first") into.values.set(key, open);
    }
    maybeBlock = value === "" && section.prefixed && grammar.prefixedBlocks ? key : undefined;
    // A key without a name is none that lines below could belong to.
    if (key === "" && grammar.indented === "lenient") open = undefined;
  };

  /** False where the line does not belong to the value above it. */
  const take = (raw: string, at: number): boolean => {
    if (taking === undefined) return false;
    const { into, mark } = taking;
    const line = grammar.spansParts ? blanks.trimEnd(raw) : blanks.trim(raw);
    const end = mark === undefined ? -1 : grammar.spansParts ? raw.indexOf(mark) : raw.lastIndexOf(mark);
    if (mark === undefined && line.endsWith("\\")) {
      into.value += line.slice(0, -1);
    } else if (mark !== undefined && end < 0) {
      into.value += `${raw}\n`;
    } else {
      taking = undefined;
      into.value += mark === undefined ? line : raw.slice(0, end);
      if (mark !== undefined && grammar.spansParts) into.value += scanValue(raw.slice(end + 1), at);
    }
    return true;
  };

  /** The value of a line, and what becomes of the next ones. */
  const scanValue = (text: string, at: number): string => {
    const mark = grammar.spans?.exec(text)?.[0];
    if (mark !== undefined) {
      const end = grammar.spansParts ? text.indexOf(mark, mark.length) : text.lastIndexOf(mark);
      const part = text.slice(mark.length, end);
      if (end >= mark.length) {
        return grammar.spansParts ? unescape(part) + scanValue(text.slice(end + 1), at) : part;
      }
      taking = { into: { ...nothing(at), value: `${text.slice(mark.length)}\n` }, mark, at };
      return taking.into.value;
    }
    if (grammar.joins && text.endsWith("\\")) {
      taking = { into: { ...nothing(at), value: text.slice(0, -1) }, mark: undefined, at };
      return taking.into.value;
    }
    if (grammar.spansParts) return unescape(text, /\\([^])/g);
    return unquote(grammar, grammar.cutsValue ? blanks.trim(cutOff(grammar.cutsValue, text)) : text);
  };

  const readProperty = (line: string, at: number, indent: number, isCut: boolean, isLast: boolean): void => {
    const split = line.search(grammar.delimiter);
    const behind = split < 0 ? "" : line.slice(split + 1);
    const trimmed = valueEnd.trimEnd(blanks.trimStart(behind));
    const text = trimmed === "" && grammar.dropsEmpty === "but blanks" ? behind.slice(-1) : trimmed;
    const value = scanValue(text, at);
    if (grammar.dropsEmpty && text === "") {
      if (isCut && grammar.indented === "block") refuse(at, "a comment stands where the value is missing");
      open = nothing(at);
    }
    if (split < 0) {
      const { noDelimiter } = grammar;
      if (isLast && grammar.indented === "block") refuse(at, "the last line has no '='");
      if (noDelimiter instanceof RegExp ? noDelimiter.test(blanks.trim(line)) : noDelimiter === "refuse") {
        refuse(at, whatIsOdd(line, "the line has no '='"));
      }
      if (noDelimiter === "swallow") swallowing = { at, indent, text: line };
      if (grammar.ignored === "bare") open = undefined;
      return;
    }
    const written = blanks.trim(line.slice(0, split));
    const bare = grammar.quotedKey?.exec(written)?.at(-1) ?? written;
    checkValue(text, at);
    if (grammar.badKey?.test(bare)) refuse(at, "the key can't be read");
    if (written === "" && grammar.noKey === "refuse") refuse(at, "there is nothing before the '='");
    if (written === "" && grammar.noKey === "skip") return;
    const key = inCase(grammar, bare);
    if (grammar.indented === "dotted") {
      if (value === "") {
        parent = key;
        return;
      }
      if (indent === 0) parent = undefined;
      return setValue(parent === undefined ? key : `${parent}.${key}`, value, at, indent);
    }
    if (grammar.indented === "nested" && indent > 0 && open?.value === "") return;
    if (grammar.indented === "hash" && section !== undefined) {
      if (value === "") {
        parent = `${line.slice(0, indent)}${key}`;
      } else if (indent === 0) {
        parent = undefined;
      } else {
        if (parent === undefined) return;
        const there = section.values.get(parent);
        if (there === undefined) setValue(parent, "\n", at, 0);
        else if (there.value !== "\n") refuse(at, `${parent} has a value, and keys below it`);
        return;
      }
    }
    if (grammar.dropsEmpty && value === "") return;
    const isTaken = grammar.keys?.test(key) !== false;
    if (isTaken && section === undefined && grammar.orphan === "key") refuse(at, NO_HEADER);
    if (grammar.ignored === "bare" && (!isTaken || section?.counts === false)) {
      open = undefined;
    } else if (!isTaken) {
      // What stands below such a key is not read, either.
      open = { ...nothing(at), value, indent, nested: value === "" && grammar.ignored !== "skipped" };
    } else {
      setValue(key, value, at, indent);
    }
  };

  const readIndented = (raw: string, at: number): void => {
    const line = blanks.trim(raw);
    if (grammar.indented === "lenient") {
      const split = line.search(grammar.delimiter);
      if (split >= 0) {
        const text = blanks.trim(line.slice(split + 1));
        checkValue(text, at);
        const value = unquote(grammar, text);
        const key = blanks.trim(line.slice(0, split)).toLowerCase();
        if (open?.value !== "") setValue(key, blanks.trim(cutOff(grammar.cut, value)), at, 0);
      } else if (open !== undefined && open.value !== "") {
        grow(raw.replace(/^[ \t]+/, ""));
      }
      return;
    }
    if (section?.counts === false && grammar.ignored === "skipped") return;
    if (open === undefined) return refuse(at, "an indented line has no key above it");
    if (open.nested && grammar.nested?.test(line) === false) refuse(at, "an indented line has no '='");
    grow(line);
  };

  if (grammar.badByte === "no file" && !text.isWellFormed()) return { sections: new Map() };
  const start = grammar.skipsMark && text.startsWith("\ufeff") ? 1 : 0;
  eachLine(text, grammar.lineEnd, start, (raw, at) => {
    if (take(raw, at)) return true;
    if (comments?.goesOn(at + raw.length)) return true;
    const isLoose = comments?.isBefore() === true;
    comments?.pass(raw, at + raw.length, swallowing !== undefined);
    if (swallowing !== undefined) {
      const split = raw.search(grammar.delimiter);
      swallowing.text = `${swallowing.text}\n${split < 0 ? raw : raw.slice(0, split)}`;
      if (split < 0) return true;
      const key = blanks.trim(swallowing.text.replaceAll("\\\n", ""));
      swallowing = undefined;
      const value = scanValue(blanks.trim(raw.slice(split + 1)), at);
      // Over two lines it is nobody's key.
      if (!key.includes("\n")) setValue(key, value, at, 0);
      return true;
    }
    if (maybeBlock !== undefined && (blanks.only(raw) || blanks.indent(raw) > 0)) {
      section?.values.delete(maybeBlock);
    }
    maybeBlock = undefined;
    if (grammar.indented === "block" && open?.value === "") {
      if (blanks.indent(raw) > 0) return true;
      open = undefined;
    }
    if (grammar.empty?.test(raw) ?? blanks.only(raw)) {
      if (grammar.indented === "deeper") grow("");
      return true;
    }
    if (grammar.comment.test(raw)) {
      if (grammar.indented === "nested" && blanks.indent(raw) === 0) open = undefined;
      return true;
    }
    const line = cutOff(grammar.cut, raw);
    const indent = isLoose ? 0 : blanks.indent(raw);
    if (isLoose && blanks.indent(raw) > 0 && grammar.comment.test(blanks.trimStart(raw))) {
      refuse(at, "a comment is indented");
    }
    const isIndented = grammar.indentation?.test(raw) ?? indent > 0;
    const goesOn = grammar.indented === "join"
      ? isIndented
      : grammar.indented === "deeper" && open !== undefined && indent > open.indent;
    const header = goesOn ? null : grammar.header.exec(grammar.cutsHeader ? line : raw);
    if (goesOn) {
      readIndented(raw, at);
    } else if (header !== null) {
      const above = grammar.headerIsKey && raw.includes("=") ? section : undefined;
      if (above !== undefined) readProperty(raw, at, 0, false, false);
      openSection(insideOf(grammar, blanks, header[1] ?? ""), at, above);
      const behind = grammar.behindHeader === undefined ? "" : header[2] ?? "";
      if (grammar.behindHeader?.test(behind)) refuse(at, "text stands behind the header");
      if (!blanks.only(behind)) readProperty(behind, at, 0, false, false);
    } else if (grammar.brokenHeader?.test(raw)) {
      refuse(at, "the header does not end with ']'");
    } else if (section === undefined && grammar.orphan === "refuse") {
      refuse(at, whatIsOdd(raw, NO_HEADER));
    } else if (grammar.indented === "lenient" && isIndented) {
      readIndented(raw, at);
    } else if (section?.counts !== false || grammar.ignored !== "skipped") {
      readProperty(line, at, indent, line.length < raw.length, at + raw.length === text.length);
    }
    return refused === undefined;
  });
  if (swallowing?.indent === 0) refuse(swallowing.at, "the line has no '='");
  if (taking?.mark !== undefined) refuse(taking.at, `the value's ${taking.mark} is not closed`);
  if (grammar.badByte === "refuse" && !text.isWellFormed()) {
    refuse(text.search(/[\udc80-\udcff]/), "a byte is not UTF-8");
  }
  return refused === undefined
    ? { sections: closed(chosenOf(sections, bare, names.both === "prefixed with keys"), base, blanks) }
    : { sections: new Map(), refused };
}
