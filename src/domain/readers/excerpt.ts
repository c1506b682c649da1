import type { Ini, Section } from "../aws_files/ini.ts";

/** The part of a file that says what readers make of one profile. */
export interface Excerpt {
  readonly text: string;
  /** The line of the file, from 1, that a line of the text is. */
  readonly lines: readonly number[];
}

/** Lines that every reader reads alike; a hundred at a time, so that no long file is too much for it. */
const PLAIN =
  /(?:(?:[A-Za-z][A-Za-z\d_-]*(?: = |=)[A-Za-z\d_+/=.,:@~?&%-]+|\[(?:profile |sso-session |services )?[A-Za-z\d.@%+/-][A-Za-z\d_.@%+/-]*\]|#[ \t!-~]*)?\r?\n){1,100}/y;

/** Of sections that are alike but for names and values, so many are looked at: what the first ones do, all of them do. */
const ALIKE = 3;

/**
 * The sections of a profile and those that it depends on, and every section with something that not all readers read
 * alike, each with its neighbors: whatever refuses the whole file is in one of them. So a file of 10,000 profiles is
 * looked through once, and not once by each reader; also where each of them has a comment of its own.
 */
export function excerptOf(ini: Ini, profile: string): Excerpt {
  const { sections, text } = ini;
  const wanted = new Set<number>();
  const want = (i: number): void => {
    for (let at = i - 1; at <= i + 1; at++) wanted.add(at);
  };
  const needed = namesFor(ini, profile);
  const odd = oddLines(text);
  const seen = new Map<string, number>();
  const isNew = ({ start, end }: Section): boolean => {
    const shape = shapeOf(text.slice(start, end));
    if (shape === undefined) return true;
    const times = seen.get(shape) ?? 0;
    seen.set(shape, times + 1);
    return times < ALIKE;
  };
  let next = 0;
  let line = odd[0] ?? Infinity;
  // A new section comes behind the last one.
  wanted.add(sections.length - 1);
  for (let i = 0; i < sections.length; i++) {
    const section = sections[i];
    if (section === undefined) break;
    while (line < section.start) line = odd[++next] ?? Infinity;
    if (needed.test(section.name) || hasDoubles(section.properties)) want(i);
    else if (line < section.end && isNew(section)) want(i);
  }
  for (const i of doublesOf(sections)) want(i);
  const parts = [text.slice(0, sections[0]?.start ?? text.length)];
  const lines = linesOf(parts[0] ?? "", 1);
  for (const [i, section] of sections.entries()) {
    if (!wanted.has(i)) continue;
    const part = text.slice(section.start, section.end);
    parts.push(part);
    lines.push(...linesOf(part, section.line));
  }
  return { text: parts.join(""), lines };
}

/** The line of the file that a line of `after` is: the excerpt with some lines put in, taken out or changed in one place. */
export function lineAfter({ text, lines }: Excerpt, after: string, line: number): number {
  const [was, is] = [text.split("\n"), after.split("\n")];
  const least = Math.min(was.length, is.length);
  let same = 0;
  while (same < least && was[same] === is[same]) same++;
  let behind = 0;
  while (behind < least - same && was.at(-1 - behind) === is.at(-1 - behind)) behind++;
  if (line <= same) return lines[line - 1] ?? line;
  const more = is.length - was.length;
  if (line > is.length - behind) return (lines[line - more - 1] ?? line) + more;
  return (lines[same - 1] ?? 0) + line - same;
}

/** The numbers of the lines of a part that begins in one of them; none for what follows its last line end. */
function linesOf(part: string, first: number): number[] {
  // The mark stands in the first line.
  if (part === "" || part === "\ufeff") return [];
  const count = part.split("\n").length - (part.endsWith("\n") ? 1 : 0);
  return Array.from({ length: count }, (_, i) => first + i);
}

/** Names of the profile itself, of those that all others inherit from, and of those in which it has a part by its name. */
function namesFor({ sections }: Ini, profile: string): RegExp {
  const own = sections.filter(({ name }) => name === profile).flatMap(({ properties }) => properties);
  const sources = own.filter(({ key }) => /(?:sso_session|source_profile|awsmfa_source)$/.test(key))
    .map(({ value }) => value);
  const parents = [...profile.matchAll(/\./g)].map(({ index }) => profile.slice(0, index));
  const names = ["DEFAULT", "default", ...sources, ...parents].map(literally).join("|");
  // Some take a name with a prefix in the credentials file, too, or with a dot.
  const name = literally(profile);
  return new RegExp(`^(?:${name}(?:\\..*)?|profile.*${name}|${names})$`, "s");
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

/**
 * A section without its name, its values and the words of its comments; undefined where something in it could reach
 * past its end: quotes, backslashes and brackets, a line that is neither a comment nor a key with its value.
 */
function shapeOf(section: string): string | undefined {
  HEADER.lastIndex = 0;
  const prefix = HEADER.exec(section)?.[1];
  if (prefix === undefined) return undefined;
  let shape = prefix;
  let literal = HEADER.lastIndex;
  let isValue = false;
  let isBare = false;
  // Written as a loop: of 10,000 sections it takes a tenth of what an expression does.
  for (let at = literal; at < section.length; at++) {
    const code = section.charCodeAt(at);
    const kind = code < 128 ? KINDS[code] : undefined;
    if (kind === "reaches") return undefined;
    if (kind === "line end") {
      if (isBare) return undefined;
      isValue = false;
    } else if (!isValue) {
      isValue = kind === "value follows";
      isBare = !isValue && (isBare || kind !== "blank");
    } else if (kind === "word") {
      shape += `${section.slice(literal, at)}v`;
      while (at < section.length && KINDS[section.charCodeAt(at)] === "word") at++;
      literal = at--;
    }
  }
  return isBare ? undefined : shape + section.slice(literal);
}

/** One that every reader reads alike: what follows another one is for some a part of the section above. */
const HEADER = /\[(profile |sso-session |services |)[A-Za-z\d.@%+/-][\w.@%+/-]*\](?=\r?\n)/y;

const KINDS: readonly (string | undefined)[] = Array.from({ length: 128 }, (_, code) => {
  const sign = String.fromCharCode(code);
  if (sign === "\n") return "line end";
  if (/[ \t\r]/.test(sign)) return "blank";
  if (/[A-Za-z\d_+/.,:@~?&%-]/.test(sign)) return "word";
  if (/[=#;]/.test(sign)) return "value follows";
  return /[\\"'`[\]{}()<>]/.test(sign) ? "reaches" : undefined;
});

/** The sections whose name another one has, too. */
function doublesOf(sections: readonly Section[]): number[] {
  const names = sections.map(({ name }) => name);
  if (new Set(names).size === names.length) return [];
  const times = new Map<string, number>();
  for (const name of names) times.set(name, (times.get(name) ?? 0) + 1);
  return names.flatMap((name, i) => times.get(name) === 1 ? [] : [i]);
}

/** Where lines begin that are not plain, in order. */
function oddLines(text: string): number[] {
  const odd: number[] = [];
  for (let at = 0; at < text.length;) {
    PLAIN.lastIndex = at;
    if (PLAIN.test(text)) {
      at = PLAIN.lastIndex;
      continue;
    }
    odd.push(at);
    const newline = text.indexOf("\n", at);
    at = newline < 0 ? text.length : newline + 1;
  }
  return odd;
}

function hasDoubles(properties: Section["properties"]): boolean {
  for (let i = 1; i < properties.length; i++) {
    const key = properties[i]?.key;
    for (let j = 0; j < i; j++) if (properties[j]?.key === key) return true;
  }
  return false;
}
