import type { FileKind } from "../aws_files/section_header.ts";
import { READERS } from "./reader_table.ts";
import type { ReaderFiles } from "./reader.ts";
import { type BothFiles, readBoth, wholeReading } from "./reading.ts";

/** So many lines at most: each is tried with every reader. */
const MOST = 100;

/**
 * The two texts without what some reader refuses a file for, as far as that is safe: a comment behind a header or in a
 * block, an indented line, a `;` in the first column, a byte order mark. Whoever could read a file has all that it had.
 */
export function mend(files: ReaderFiles): ReaderFiles {
  let now = files;
  for (const better of improvements(files)) now = better;
  return now;
}

/** True where {@linkcode mend} would change something: the first line tells. */
export function isMendable(files: ReaderFiles): boolean {
  return improvements(files).next().done !== true;
}

/** The texts with one line more mended each time. */
function* improvements(files: ReaderFiles): Generator<ReaderFiles> {
  let [now, left] = [files, MOST];
  let readings = allOf(now);
  for (const kind of ["credentials", "config"] as const) {
    for (let tried = new Set<string>(); left > 0; left--) {
      const text = now[kind] ?? "";
      const ends = readings.flatMap((both) =>
        both[kind].refused === undefined ? [] : [both[kind].refused.at]
      );
      const next = ends.toSorted((a, b) => a - b).flatMap((at) => candidates(text, at))
        .find((candidate) => !tried.has(candidate));
      if (next === undefined) break;
      const then = { ...now, [kind]: next };
      const after = allOf(then);
      if (isBetter(kind, readings, after)) {
        [now, readings, tried] = [then, after, new Set()];
        yield now;
      } else tried.add(next);
    }
  }
}

/** True where every reader that was fine reads the same: but for these keys, which no reader looks at beside keys. */
export function readsSame(files: ReaderFiles, after: ReaderFiles, without: readonly string[]): boolean {
  const others = allOf(after);
  return allOf(files).every((was, i) => {
    const is = others[i];
    return isRefused(was) || (is !== undefined && isSame(was, is, without));
  });
}

function allOf(files: ReaderFiles): BothFiles[] {
  return READERS.map((reader) => readBoth(reader, files));
}

/** Some reader comes further, none less far, and who was fine reads the same. */
function isBetter(kind: FileKind, before: readonly BothFiles[], after: readonly BothFiles[]): boolean {
  let isProgress = false;
  for (const [i, was] of before.entries()) {
    const is = after[i];
    if (is === undefined) return false;
    if (!isRefused(was) && !isSame(was, is, [])) return false;
    const [left, stillLeft] = [leftOf(was, kind), leftOf(is, kind)];
    if (stillLeft > left) return false;
    if (stillLeft < left) isProgress = true;
  }
  return isProgress;
}

function isRefused({ credentials, config }: BothFiles): boolean {
  return credentials.refused !== undefined || config.refused !== undefined;
}

/** How much of the file a reader does not come to, from its end: lines may come or go above. */
function leftOf(both: BothFiles, kind: FileKind): number {
  const { refused } = both[kind];
  return refused === undefined ? 0 : (both.texts[kind] ?? "").length - refused.at;
}

/**
 * True where a reader has all that it had, value by value. It may have more: a section that it passed over, or a setting; but
 * no other source than the keys that it has.
 */
function isSame(was: BothFiles, is: BothFiles, without: readonly string[]): boolean {
  if (isRefused(is)) return false;
  const after = wholeReading(is);
  return [...wholeReading(was)].every(([name, keys]) => {
    const more = after.get(name) ?? new Map<string, string>();
    const had = [...keys].filter(([key]) => !without.includes(key.toLowerCase()));
    const gained = [...more.keys()].filter((key) => !keys.has(key) && !without.includes(key.toLowerCase()));
    return had.every(([key, value]) => more.get(key) === value) &&
      (!keys.has("aws_access_key_id") || !gained.some((key) => DECIDES.test(key)));
  });
}

/** Keys that say which credentials count. */
const DECIDES = /^(?:aws_|role_|source_profile|credential_|web_identity|sso_|login_|mfa_|external_id)/i;

/** The texts with the line in this place written as more readers take it. */
function candidates(text: string, at: number): string[] {
  if (text.startsWith("\ufeff")) return [text.slice(1)];
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const newline = text.indexOf("\n", start);
  const end = newline < 0 ? text.length : newline;
  const line = text.slice(start, end);
  const put = (lines: string, to = end): string => text.slice(0, start) + lines + text.slice(to);
  const [, header, comment] = /^[ \t]*(\[[^\]\n]*\])[ \t]*[#;](.*)$/.exec(line) ?? [];
  // All of a kind at once, where that is safe: there may be thousands.
  if (header !== undefined) {
    return [text.replace(HEADERS_WITH_COMMENT, "#$2\n$1\n"), put(`#${comment}\n${header}`)];
  }
  if (line.startsWith(";")) return [text.replace(/^;/gm, "#"), put(`#${line.slice(1)}`)];
  const [indent = ""] = /^[ \t]+/.exec(line) ?? [];
  if (indent === "") return [];
  const bare = line.slice(indent.length).replace(/^;/, "#");
  if (bare.startsWith("#")) return [put(bare), ...run(text, start, indent, put)];
  return [...run(text, start, indent, put), put(bare)];
}

const HEADERS_WITH_COMMENT = /^[ \t]*(\[[^\]\r\n]*\])[ \t]*[#;]([^\r\n]*)\n/gm;

/** With the lines below that are indented as much or more. */
function run(
  text: string,
  start: number,
  indent: string,
  put: (lines: string, to: number) => string,
): string[] {
  const lines = text.slice(start).split("\n");
  const past = lines.findIndex((line) => !line.startsWith(indent));
  const some = lines.slice(0, past < 0 ? lines.length : past);
  const length = some.join("\n").length;
  return some.length < 2
    ? []
    : [put(some.map((line) => line.slice(indent.length)).join("\n"), start + length)];
}
