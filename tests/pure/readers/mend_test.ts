import assert from "node:assert/strict";
import { mend } from "../../../src/domain/readers/mend.ts";
import { READERS } from "../../../src/domain/readers/reader_table.ts";
import { readBoth, type Reading, readingOf, wholeReading } from "../../../src/domain/readers/reading.ts";
import { corpus } from "../../support/readers/corpus.ts";
import { keys } from "../../support/readers/layout.ts";
import { mutate } from "../../support/readers/mutate.ts";
import { seededRandom } from "../../support/seeded_random.ts";

/** What a reader signs with. */
function signed(reading: Reading): unknown {
  return reading.kind === "keys"
    ? [reading.accessKeyId, reading.secretAccessKey, reading.sessionToken]
    : reading.kind;
}

/** Profiles with a comment in them, or behind the header. */
function sections(count: number, comment: string, behind = ""): string[] {
  return Array.from({ length: count }, (_, i) => `[p${i}]${behind}\n${comment}${keys(i)}`);
}

const CASES: [what: string, before: string, after: string][] = [
  [
    "a comment behind a header",
    `[a] # old\n${keys(1)}[b] ;x\n${keys(2)}`,
    `# old\n[a]\n${keys(1)}#x\n[b]\n${keys(2)}`,
  ],
  [
    "an indented section",
    `[a]\n  region = x\n  ${keys(1).replace("\n", "\n  ")}[b]\n${keys(2)}`,
    `[a]\nregion = x\n${keys(1)}[b]\n${keys(2)}`,
  ],
  ["a semicolon", `; mine\n[a]\n${keys(1)}`, `# mine\n[a]\n${keys(1)}`],
  [
    "more semicolons than are tried one by one",
    sections(300, "; of team\n").join(""),
    sections(300, "# of team\n").join(""),
  ],
  [
    "more comments behind headers than are tried one by one",
    sections(300, "", " # old").join(""),
    sections(300, "").map((section) => `# old\n${section}`).join(""),
  ],
  ["a mark", `\ufeff[a]\n${keys(1)}`, `[a]\n${keys(1)}`],
  ["nothing", `# mine\n[a]\n${keys(1)}`, `# mine\n[a]\n${keys(1)}`],
  [
    "what is meant otherwise by some",
    `[a]\n${keys(1)}region = x\n  more\n`,
    `[a]\n${keys(1)}region = x\n  more\n`,
  ],
];
for (const [what, before, after] of CASES) {
  Deno.test(`what is safe is mended: ${what}`, () => {
    assert.deepEqual(mend({ credentials: before, config: undefined }), {
      credentials: after,
      config: undefined,
    });
  });
}

Deno.test("a comment in a block is moved out of it where every reader that was fine reads the same", () => {
  const config = "[default]\ns3 =\n  max_queue_size = 5\n  # text\n  addressing_style = path\nregion = x\n";
  const mended = mend({ credentials: undefined, config });
  const java = READERS.filter(({ id }) => id === "java")[0];
  assert.ok(java);
  assert.ok(readBoth(java, { credentials: undefined, config }).config.refused !== undefined);
  assert.equal(readBoth(java, mended).config.refused, undefined);
});

Deno.test("whatever is mended, who could read a file reads the same of it, and nobody reads less", () => {
  const random = seededRandom(11);
  const [first, ...others] = corpus;
  assert.ok(first);
  const mutated = Array.from({ length: 150 }, () => mutate(random, random.pick([first, ...others])));
  let changed = 0;
  for (const { credentials, config } of [...corpus, ...mutated]) {
    const before = { credentials, config };
    const after = mend(before);
    if (after.credentials === credentials && after.config === config) continue;
    changed++;
    for (const reader of READERS) {
      const [was, is] = [readBoth(reader, before), readBoth(reader, after)];
      if (was.credentials.refused !== undefined || was.config.refused !== undefined) continue;
      const now = wholeReading(is);
      for (const [name, keys] of wholeReading(was)) {
        for (const [key, value] of keys) {
          assert.equal(now.get(name)?.get(key), value, JSON.stringify([reader.id, name, key, before, after]));
        }
        const [had, has] = [readingOf(was, name), readingOf(is, name)];
        if (had.kind === "keys") assert.deepEqual(signed(has), signed(had), JSON.stringify([before, after]));
      }
      assert.equal(is.credentials.refused ?? is.config.refused, undefined);
    }
  }
  assert.ok(changed > 20, String(changed));
});
