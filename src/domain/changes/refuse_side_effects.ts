import { FileError } from "../../errors.ts";
import { commonEnds } from "../text/common_ends.ts";
import { READERS } from "../readers/reader_table.ts";
import { type FileKind, readHeader, writeHeader } from "../aws_files/section_header.ts";
import type { Reader, ReaderFiles } from "../readers/reader.ts";
import { type BothFiles, readBoth, wholeReading } from "../readers/reading.ts";

/** Those that nearly everybody has: the AWS CLI and boto3, the CDK, Terraform. */
const GUARDED = READERS.filter(({ id }) => ["cli", "js", "go"].includes(id));

/** Where the two files are, for the words of a refusal. */
interface Paths {
  readonly credentials: string;
  readonly config: string;
}

/**
 * The last look before a save: whoever could read a file before can read it after, and reads every section as before,
 * but for those of `profiles`, which may be any. Throws {@linkcode FileError} that names the line or the section, so
 * that a layout which nobody thought of ends in a refusal, and not in another profile that is broken.
 */
export function refuseSideEffects(
  before: ReaderFiles,
  after: ReaderFiles,
  profiles: readonly string[] | "any",
  paths: Paths,
  putBack: readonly string[] = [],
): void {
  if (before.credentials === after.credentials && before.config === after.config) return;
  const [credentials, config] = [
    around(before.credentials, after.credentials),
    around(before.config, after.config),
  ];
  for (const reader of GUARDED) {
    const was = readBoth(reader, { credentials: credentials.before, config: config.before });
    // Who reads nothing of it has nothing to lose.
    if (isRefused(was)) continue;
    const is = readBoth(reader, { credentials: credentials.after, config: config.after });
    if (refusedAsBefore(reader, is, putBack)) continue;
    refuseNewRefusal(reader, is, after, { credentials: credentials.start, config: config.start }, paths);
    refuseOtherSections(reader, was, is, profiles, (section) => headerOf(section, before, paths));
  }
}

/** Above this size a text is looked at around what changes in it alone: 10,000 profiles are 1 MB. */
const WHOLE = 200_000;
/** So many sections before and behind the change. */
const SECTIONS = 20;

interface Excerpt {
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Where it begins in both. */
  readonly start: number;
}

/** Both texts, or of long ones the same part of each: the change, and some sections on either side. */
function around(before: string | undefined, after: string | undefined): Excerpt {
  if (before === undefined || after === undefined || Math.max(before.length, after.length) <= WHOLE) {
    return { before, after, start: 0 };
  }
  const common = commonEnds(before, after);
  let start = common.start;
  for (let i = 0; i < SECTIONS && start > 0; i++) start = Math.max(before.lastIndexOf("\n[", start - 1), 0);
  let end = before.length - common.end;
  for (let i = 0; i < SECTIONS && end < before.length; i++) {
    const next = before.indexOf("\n[", end + 1);
    end = next < 0 ? before.length : next;
  }
  const rest = before.length - end;
  return { before: before.slice(start, end), after: after.slice(start, after.length - rest), start };
}

function isRefused({ credentials, config }: BothFiles): boolean {
  return credentials.refused !== undefined || config.refused !== undefined;
}

/**
 * True where a reader refuses what a restore puts back, and refused it before the login, too: then the session's own
 * lines were all that it could read. `putBack` are the texts of those sections.
 */
function refusedAsBefore(reader: Reader, is: BothFiles, putBack: readonly string[]): boolean {
  return isRefused(is) &&
    putBack.some((credentials) => isRefused(readBoth(reader, { credentials, config: undefined })));
}

function refuseNewRefusal(
  { name }: Reader,
  files: BothFiles,
  whole: ReaderFiles,
  starts: { readonly credentials: number; readonly config: number },
  paths: Paths,
): void {
  for (const kind of ["credentials", "config"] as const) {
    const { refused } = files[kind];
    if (refused === undefined) continue;
    const line = (whole[kind] ?? "").slice(0, starts[kind] + refused.at).split("\n").length;
    throw new FileError(
      `${paths[kind]}: ${name} could not read the file any more, from line ${line} on: ${refused.reason}`,
      `nothing was changed; correct what is above that line: awsmfa edit ${kind}`,
    );
  }
}

function refuseOtherSections(
  reader: Reader,
  was: BothFiles,
  is: BothFiles,
  profiles: readonly string[] | "any",
  placeOf: (section: string) => Header | undefined,
): void {
  const [before, after] = [wholeReading(was), wholeReading(is)];
  for (const section of new Set([...before.keys(), ...after.keys()])) {
    // A header whose name this reader does not take stands there as it is written, and for some with its quotes.
    const name = section.replace(/^\[?(?:profile\s+)?(["']?)(.*?)\1\]?$/, "$2");
    if (profiles === "any" || profiles.includes(name) || isSame(before.get(section), after.get(section))) {
      continue;
    }
    const header = placeOf(section);
    if (header !== undefined && profiles.includes(header.name)) {
      throw new FileError(
        `${header.place}: ${reader.name} does not read this header as that of '${header.name}'; nothing was saved`,
        `write it as ${header.plain}: awsmfa edit ${header.file}`,
      );
    }
    throw new FileError(
      `${reader.name} would read ${section} otherwise, which is not to be changed; nothing was saved`,
      "awsmfa doctor shows what is odd in the two files",
    );
  }
}

interface Header {
  readonly name: string;
  readonly file: FileKind;
  /** "line 3 of PATH". */
  readonly place: string;
  /** As every reader has it. */
  readonly plain: string;
}

/** The header that a reader has this name of, as awsmfa reads it; undefined where no line begins with that. */
function headerOf(section: string, texts: ReaderFiles, paths: Paths): Header | undefined {
  for (const file of ["credentials", "config"] as const) {
    const lines = (texts[file] ?? "").split("\n");
    const at = lines.findIndex((line) => line.replace(/^\s*\[(?:profile\s)?/, "").startsWith(`${section}]`));
    const [, inside] = /^\s*\[([^\]]*)\]/.exec(lines[at] ?? "") ?? [];
    if (inside === undefined) continue;
    const { name } = readHeader(inside.trim(), file);
    return { name, file, place: `line ${at + 1} of ${paths[file]}`, plain: writeHeader(name, file) };
  }
  return undefined;
}

function isSame(
  a: ReadonlyMap<string, string> | undefined,
  b: ReadonlyMap<string, string> | undefined,
): boolean {
  if (a === undefined || b === undefined) return (a ?? b)?.size === 0 || a === b;
  return a.size === b.size && [...a].every(([key, value]) => b.get(key) === value);
}
