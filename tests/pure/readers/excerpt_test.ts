import assert from "node:assert/strict";
import { FileError } from "../../../src/errors.ts";
import { type Ini, parseIni } from "../../../src/domain/aws_files/ini.ts";
import { excerptOf } from "../../../src/domain/readers/excerpt.ts";
import { READERS } from "../../../src/domain/readers/reader_table.ts";
import { readBoth, type Reading, readingOf } from "../../../src/domain/readers/reading.ts";
import { corpus } from "../../support/readers/corpus.ts";
import { keys } from "../../support/readers/layout.ts";
import { mutate } from "../../support/readers/mutate.ts";
import { seededRandom } from "../../support/seeded_random.ts";

/** Profiles that all readers read alike, before and behind what is looked at. */
const PLAIN = (from: number, prefix: string): string =>
  Array.from({ length: 4 }, (_, i) => `[${prefix}plain${from + i}]\nregion = eu-west-1\n${keys(7)}`).join("");

Deno.test("of an excerpt every reader says of the profile what it says of the whole files, lines and all", () => {
  const random = seededRandom(24);
  const mutated = Array.from(
    { length: 300 },
    () => mutate(random, random.pick([...corpus] as [typeof corpus[0]])),
  );
  const { checked, shorter } = compare(
    [...corpus, ...mutated],
    (text, prefix) => PLAIN(1, prefix) + text + (text.endsWith("\n") ? PLAIN(5, prefix) : ""),
  );
  assert.ok(checked > 15_000 && shorter > 1_000, `${checked} ${shorter}`);
});

Deno.test("it does so where many profiles are odd in the same way", () => {
  // The mark stands at the start of a file only, and what does not end takes the next profile in.
  const { checked, shorter } = compare(
    corpus,
    (text) => /^\ufeff|[^\n]$/.test(text) ? text : others(text, 0) + text + others(text, 4),
  );
  assert.ok(checked > 3_000 && shorter > 100, `${checked} ${shorter}`);
});

Deno.test("of profiles that each have a comment of their own a few are in an excerpt", () => {
  const text = Array.from(
    { length: 1000 },
    (_, i) => `[team-${i}]\n; kept by ${i % 7 ? "Ann" : "Bob, till 2027"}\n${keys(7)}`,
  ).join("");
  const { text: excerpt } = excerptOf(parsed(text, "credentials") as Ini, "team-500");
  assert.ok(excerpt.split("[").length < 30, excerpt);
  assert.match(excerpt, /\[team-500\]/);
});

/** A text four times, under other names. */
function others(text: string, from: number): string {
  return [0, 1, 2, 3].map((i) => text.replace(/^\[([^\]\n]*\w)\]/gm, `[$1-${from + i}]`)).join("");
}

/** What every reader says of each profile that is asked for, of an excerpt and of all. */
function compare(
  layouts: Iterable<typeof corpus[0]>,
  around: (text: string, prefix: string) => string,
): { checked: number; shorter: number } {
  let checked = 0;
  let shorter = 0;
  for (const layout of layouts) {
    const texts = {
      credentials: layout.credentials === undefined ? undefined : around(layout.credentials, ""),
      config: layout.config === undefined ? undefined : around(layout.config, "profile "),
    };
    const inis = [parsed(texts.credentials, "credentials"), parsed(texts.config, "config")];
    if (inis.some((ini) => ini === "refused")) continue;
    const [credentials, config] = inis as (Ini | undefined)[];
    for (const profile of layout.asked) {
      const some = {
        credentials: credentials && excerptOf(credentials, profile),
        config: config && excerptOf(config, profile),
      };
      if ((some.credentials?.text.length ?? 0) < (texts.credentials?.length ?? 0)) shorter++;
      for (const reader of READERS) {
        const whole = readingOf(readBoth(reader, texts), profile);
        const part = readingOf(
          readBoth(reader, { credentials: some.credentials?.text, config: some.config?.text }),
          profile,
        );
        checked++;
        assert.deepEqual(inWhole(part, some), whole, JSON.stringify([reader.id, profile, texts]));
      }
    }
  }
  return { checked, shorter };
}

function parsed(text: string | undefined, file: "credentials" | "config"): Ini | undefined | "refused" {
  try {
    return text === undefined ? undefined : parseIni(text, file, file);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return "refused";
  }
}

/** The reading with the lines of the whole files. */
function inWhole(
  reading: Reading,
  some: Record<"credentials" | "config", { lines: readonly number[] } | undefined>,
): unknown {
  const moved = <T>(value: T): T => {
    if (typeof value !== "object" || value === null) return value;
    const copy = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, moved(inner)]));
    const { file, line } = copy as { file?: "credentials" | "config"; line?: number };
    if (file !== undefined && line !== undefined) copy["line"] = some[file]?.lines[line - 1];
    return copy as T;
  };
  return moved(reading);
}
