import { type Check, warning } from "../domain/check.ts";
import { mendedFiles } from "../domain/mended_files.ts";
import { isPassedOver } from "../domain/session_at_odds.ts";
import { profileOption } from "../domain/shell_word.ts";
import { findProfile } from "../domain/profiles.ts";
import { excerptOf } from "../domain/readers/excerpt.ts";
import { listOf } from "../domain/readers/list_of.ts";
import { READERS } from "../domain/readers/reader_table.ts";
import { readBoth, type Reading, readingOf } from "../domain/readers/reading.ts";
import { viewOf } from "../domain/readers/view_of.ts";
import type { FileKind } from "../domain/section_header.ts";
import { type AwsFiles, textsOf } from "./aws_files.ts";
import { meantOf } from "./view_readers.ts";

/** The usual readers that refuse a file, or have something else of the profile than awsmfa reads in it. */
export function checkReaders(files: AwsFiles, profile: string): Check[] {
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
  const isAsideAtLogin = (reading: Reading): boolean =>
    isPassed && reading.kind === "other" && reading.key === "role_arn";
  const [header] = found?.inCredentials ?? [];
  const said = new Map<
    string,
    { readonly check: (names: readonly string[]) => Check; readonly names: string[] }
  >();
  for (const reader of READERS.filter(({ usual }) => usual)) {
    const reading = readingOf(readBoth(reader, texts), profile);
    const isMeant = meant === undefined || viewOf(reading, meant) === KINDS[meant.kind];
    if (reading.kind !== "refused" && isMeant) continue;
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
            isAsideAtLogin(reading)
              ? (shell) => `awsmfa${profileOption(profile, shell)}`
              : `awsmfa edit ${file}`,
          ),
      });
    }
  }
  if (said.size === 0) return [];
  const [now, after] = [textsOf(files), mendedFiles(files)];
  return [...said.values()].map(({ check, names }) => {
    const { fix, ...rest } = check(names);
    const isMended = rest.what === "credentials" || rest.what === "config"
      ? now[rest.what] !== after[rest.what]
      : false;
    return { ...rest, ...(fix === undefined ? {} : { fix: isMended ? "awsmfa doctor --fix" : fix }) };
  });
}

const KINDS = { session: "session", "long-term": "long-term keys" } as const;

function wordsOf(reading: Reading, profile: string): (readers: number) => string {
  const verb = (readers: number, one: string): string => readers === 1 ? one : one.replace(/s\b/, "");
  switch (reading.kind) {
    case "refused":
      return () => `can't read the file (${reading.reason})`;
    case "other":
      return (readers) => `${verb(readers, "looks")} at ${reading.key} before the keys of '${profile}'`;
    case "none":
      return (readers) => `${verb(readers, "finds")} no keys in '${profile}' (${reading.reason})`;
    case "keys":
      return (readers) => `${verb(readers, "reads")} other keys in '${profile}'`;
  }
}
