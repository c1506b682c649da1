import assert from "node:assert/strict";
import { answersOf, fingerprint, type Recorded } from "../../../scripts/record_readers/recorded.ts";
import { disagreement, rowOf, told } from "../../support/readers/agreement.ts";
import { corpus } from "../../support/readers/corpus.ts";
import { EXPLAINED } from "../../support/readers/explained.ts";
import awsCreds from "../../vectors/readers/aws-creds.json" with { type: "json" };
import cli from "../../vectors/readers/cli.json" with { type: "json" };
import cli2 from "../../vectors/readers/cli2.json" with { type: "json" };
import crt from "../../vectors/readers/crt.json" with { type: "json" };
import go from "../../vectors/readers/go.json" with { type: "json" };
import go1 from "../../vectors/readers/go1.json" with { type: "json" };
import java from "../../vectors/readers/java.json" with { type: "json" };
import java1 from "../../vectors/readers/java1.json" with { type: "json" };
import js from "../../vectors/readers/js.json" with { type: "json" };
import minio from "../../vectors/readers/minio.json" with { type: "json" };
import net from "../../vectors/readers/net.json" with { type: "json" };
import reqsign from "../../vectors/readers/reqsign.json" with { type: "json" };
import ruby from "../../vectors/readers/ruby.json" with { type: "json" };
import rust from "../../vectors/readers/rust.json" with { type: "json" };
import tf from "../../vectors/readers/tf.json" with { type: "json" };

const ALL: readonly Recorded[] = [
  awsCreds,
  cli,
  cli2,
  crt,
  go,
  go1,
  java,
  java1,
  js,
  minio,
  net,
  reqsign,
  ruby,
  rust,
  tf,
];
const questions = corpus.flatMap((layout) => layout.asked.map((profile) => ({ layout, profile })));
const needed = new Set<unknown>();

for (const recorded of ALL) {
  const { reader, about } = recorded;
  Deno.test(`${reader} reads ${corpus.length} layouts as ${about} did`, () => {
    assert.equal(recorded.questions, fingerprint(corpus), "record again: scripts/record_readers.ts");
    const answers = answersOf(recorded);
    assert.equal(answers.length, questions.length);
    const row = rowOf(reader);
    const wrong = questions.flatMap(({ layout, profile }, i) => {
      const found = disagreement(row, layout, profile, answers[i] ?? "nothing");
      if (found === undefined) return [];
      needed.add(found.callAws);
      return found.callAws === undefined ? [told(found)] : [];
    });
    assert.deepEqual(wrong, []);
  });
}

Deno.test("each disagreement that is explained is one", () => {
  const idle = EXPLAINED.filter((each) =>
    each.byChance !== true && each.mutated !== true && !needed.has(each)
  );
  assert.deepEqual(idle.map(({ why }) => why), []);
});
