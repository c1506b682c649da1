import assert from "node:assert/strict";
import { READERS } from "../../../src/domain/readers/reader_table.ts";
import { readBoth, type Reading, readingOf } from "../../../src/domain/readers/reading.ts";
import { run } from "../../../src/cli/run.ts";
import { CONFIG, CREDENTIALS, fakeWorld, withoutCached } from "../../support/fake_world.ts";
import { corpus } from "../../support/readers/corpus.ts";
import type { Layout } from "../../support/readers/layout.ts";
import { mutate } from "../../support/readers/mutate.ts";
import { seededRandom } from "../../support/seeded_random.ts";

/** This ring has no permissions; .ci/run gives it one, and asks for 10,000. */
const ASKED = { name: "env", variable: "AWSMFA_LOGINS" } as const;
const mayRead = Deno.permissions.querySync(ASKED).state === "granted";
const LOGINS = Number(mayRead && Deno.env.get(ASKED.variable) || 150);
const SEED = 24;

Deno.test(`of ${LOGINS} logins to mutated files each usual reader has the session or is named, and a restore gives the same bytes`, async () => {
  const random = seededRandom(SEED);
  const [first, ...others] = corpus;
  assert.ok(first);
  const counts = { logins: 0, refused: 0, readings: 0, sessions: 0, named: 0, restored: 0 };
  const faults: string[] = [];
  for (let n = 0; n < LOGINS; n++) {
    const layout = mutate(random, random.pick([first, ...others]));
    // A name that only a login gives was given by a hand: a restore takes it for a login's.
    if (/awsmfa_/i.test(JSON.stringify(layout))) continue;
    const profile = layout.asked[0] ?? "default";
    const fake = fakeWorld({ files: filesOf(layout) });
    const before = Object.fromEntries(fake.files);
    const args = ["-p", profile, "--serial", "GAHT12345678", "--region", "eu-west-1"];
    const code = await run([...args, "123456"], fake.world);
    const stderr = fake.err.join("");
    if (code !== 0) {
      counts.refused++;
      if (code === 1) faults.push(`unexpected: ${stderr} ${JSON.stringify(before)}`);
      if (JSON.stringify(withoutCached(Object.fromEntries(fake.files))) !== JSON.stringify(before)) {
        faults.push(`refused, and changed: ${JSON.stringify(before)}`);
      }
      continue;
    }
    counts.logins++;
    const note = /^note: .*$/m.exec(stderr)?.[0] ?? "";
    const texts = {
      credentials: fake.files.get(CREDENTIALS) || undefined,
      config: fake.files.get(CONFIG) || undefined,
    };
    for (const reader of READERS) {
      const had = readingOf(
        readBoth(reader, { credentials: before[CREDENTIALS], config: before[CONFIG] }),
        profile,
      );
      if (!reader.usual && had.kind !== "keys") continue;
      counts.readings++;
      if (hasSession(readingOf(readBoth(reader, texts), profile))) counts.sessions++;
      else if (note.includes(reader.name)) counts.named++;
      else faults.push(`${reader.id} is not named: ${note} ${JSON.stringify([before, texts])}`);
    }
    fake.err.length = 0;
    const undone = await run(["--restore"], fake.world);
    const after = withoutCached(Object.fromEntries(fake.files));
    if (undone === 0 && JSON.stringify(after) === JSON.stringify(before)) counts.restored++;
    else faults.push(`not restored: ${fake.err.join("")} ${JSON.stringify([before, after])}`);
  }
  assert.deepEqual(faults, [], JSON.stringify(counts));
  assert.ok(counts.logins > LOGINS / 5, JSON.stringify(counts));
});

function hasSession(reading: Reading): boolean {
  return reading.kind === "keys" && reading.accessKeyId === "ASIA0000000000000001" &&
    reading.sessionToken === "session//token==1" && reading.secretAccessKey === "temporary/secret+1";
}

/** With key ids as AWS gives them, and long-term keys in the place of sessions. */
function filesOf({ credentials, config }: Layout): Record<string, string> {
  const longTerm = (text: string): string =>
    text.replaceAll(/\b(?:AKIA|ASIA)(\d)\b/g, "AKIAUSER$1AAAAAAAAAA$1").replaceAll(
      /^aws_session_token = t\d.*\n/gm,
      "",
    );
  return {
    ...(credentials === undefined ? {} : { [CREDENTIALS]: longTerm(credentials) }),
    ...(config === undefined ? {} : { [CONFIG]: longTerm(config) }),
  };
}
