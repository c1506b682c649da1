import { corpus } from "../tests/support/readers/corpus.ts";
import { print } from "./print.ts";
import { refusingSts } from "./record_readers/refusing_sts.ts";
import { realReaders } from "./record_readers/real_readers.ts";
import { fingerprint, recorded } from "./record_readers/recorded.ts";
import { preparePwsh } from "./record_readers/pwsh.ts";
import { writeQuestions } from "./record_readers/questions.ts";

// deno run --allow-read --allow-write --allow-env --allow-run --allow-sys --allow-net=127.0.0.1 scripts/record_readers.ts
//   [ID...]      asks the real readers about every layout of the corpus, and writes tests/vectors/readers/ID.json
//
// AWSMFA_READERS names another folder than ../shared/tools, for readers that print the secret, too: gotSecret.

const FOLDER = new URL("../tests/vectors/readers/", import.meta.url).pathname;

if (import.meta.main) {
  const root = Deno.makeTempDirSync({ prefix: "awsmfa-readers-" });
  try {
    await using sts = refusingSts();
    const asking = { home: `${root}/home`, sts: sts.url, pwsh: preparePwsh(`${root}/pwsh`) };
    Deno.mkdirSync(asking.home);
    Deno.mkdirSync(`${root}/files`);
    const questions = writeQuestions(corpus, `${root}/files`);
    for (const { id, row, about, ask } of realReaders) {
      if (Deno.args.length > 0 && !Deno.args.includes(id)) continue;
      const answers = await ask(questions, asking);
      const text = JSON.stringify(recorded(row, about, fingerprint(corpus), answers));
      Deno.writeTextFileSync(`${FOLDER}${id}.json`, `${text}\n`);
      print(`${id}: ${answers.length} answers`);
    }
  } finally {
    Deno.removeSync(root, { recursive: true });
  }
}
