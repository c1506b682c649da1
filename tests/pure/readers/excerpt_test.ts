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
  let checked = 0;
  let shorter = 0;
  for (const layout of [...corpus, ...mutated]) {
    const around = (text: string | undefined, prefix: string): string | undefined =>
      text === undefined
        ? undefined
        : PLAIN(1, prefix) + text + (text.endsWith("\n") ? PLAIN(5, prefix) : "");
    const texts = { credentials: around(layout.credentials, ""), config: around(layout.config, "profile ") };
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
  assert.ok(checked > 15_000 && shorter > 1_000, `${checked} ${shorter}`);
});

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
