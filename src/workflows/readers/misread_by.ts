import { type Check, warning } from "../../domain/checks/check.ts";
import { isPassedOver } from "../../domain/sessions/session_at_odds.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { findProfile } from "../../domain/aws_files/profiles.ts";
import { excerptOf } from "../../domain/readers/excerpt.ts";
import { listOf } from "../../domain/text/list_of.ts";
import type { Place } from "../../domain/readers/reader.ts";
import { READERS } from "../../domain/readers/reader_table.ts";
import {
  type BothFiles,
  readBoth,
  type Reading,
  readingOf,
  refusedValue,
} from "../../domain/readers/reading.ts";
import { type Meant, viewOf } from "../../domain/readers/view_of.ts";
import type { FileKind } from "../../domain/aws_files/section_header.ts";
import type { AwsFiles } from "../support/aws_files.ts";
import { meantOf } from "./view_readers.ts";

/** The two files, and where they are. */
interface FilesAt extends Pick<AwsFiles, FileKind> {
  readonly at: Readonly<Record<FileKind, string>>;
}

/** Readers that misread in the same way, and what is said of them. */
interface Said {
  readonly names: string[];
  readonly check: (names: readonly string[]) => Check;
}

/** The usual readers that refuse a file, or have something else of the profile than awsmfa reads in it. */
export function misreadBy(files: FilesAt, profile: string): Check[] {
  const excerpts = {
    credentials: excerptOf(files.credentials, profile),
    config: excerptOf(files.config, profile),
  };
  const texts = {
    credentials: files.credentials.text === "" ? undefined : excerpts.credentials.text,
    config: files.config.text === "" ? undefined : excerpts.config.text,
  };
  const found = findProfile(files, profile);
  const meant = meantOf(found);
  const isPassed = isPassedOver(found);
  const isRenamedAtLogin = (reading: Misreading): boolean =>
    isPassed && reading.kind === "other" && reading.key === "role_arn";
  const [header] = found?.inCredentials ?? [];
  const said = new Map<string, Said>();
  for (const reader of READERS.filter(({ usual }) => usual)) {
    const reading = misreading(readBoth(reader, texts), profile, meant);
    if (reading === undefined) continue;
    const file: FileKind = ("file" in reading ? reading.file : undefined) ?? "credentials";
    const inExcerpt = "line" in reading ? reading.line : undefined;
    const line = inExcerpt === undefined ? header?.line : excerpts[file].lines[inExcerpt - 1] ?? inExcerpt;
    const place = line === undefined ? files.at[file] : `line ${line} of ${files.at[file]}`;
    // Of one line several readers say several things: the first one does.
    const id = `${reading.kind} ${
      reading.kind === "refused" ? place : wordsOf(reading, profile)(2)
    } ${place}`;
    const before = said.get(id);
    if (before !== undefined) before.names.push(reader.name);
    else {
      said.set(id, {
        names: [reader.name],
        check: (names) =>
          warning(
            file,
            `${place}: ${listOf(names)} ${wordsOf(reading, profile)(names.length)}`,
            isRenamedAtLogin(reading)
              ? (shell) => `awsmfa${profileOption(profile, shell)}`
              : `awsmfa edit ${file}`,
          ),
      });
    }
  }
  return [...said.values()].map(({ check, names }) => check(names));
}

/** What a reader makes of the profile; `value`: it can't use it over a value. */
type Misreading = Reading | { readonly kind: "value"; readonly reason: string } & Place;

function misreading(both: BothFiles, profile: string, meant: Meant | undefined): Misreading | undefined {
  const reading = readingOf(both, profile);
  if (reading.kind === "refused") return reading;
  const value = refusedValue(both, profile);
  if (value !== undefined) return { kind: "value", ...value };
  return meant === undefined || viewOf(reading, meant) === KINDS[meant.kind] ? undefined : reading;
}

const KINDS = { session: "session", "long-term": "long-term keys" } as const;

function wordsOf(reading: Misreading, profile: string): (readers: number) => string {
  const verb = (readers: number, one: string): string => readers === 1 ? one : one.replace(/s\b/, "");
  switch (reading.kind) {
    case "refused":
      return () => `can't read the file (${reading.reason})`;
    case "value":
      return () => `can't use '${profile}' (${reading.reason})`;
    case "other":
      return (readers) => `${verb(readers, "looks")} at ${reading.key} before the keys of '${profile}'`;
    case "none":
      return (readers) => `${verb(readers, "finds")} no keys in '${profile}' (${reading.reason})`;
    case "keys":
      return (readers) => `${verb(readers, "reads")} other keys in '${profile}'`;
  }
}
