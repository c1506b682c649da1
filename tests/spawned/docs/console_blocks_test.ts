import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { awsmfaOnPath } from "../../support/awsmfa_on_path.ts";
import { openStage } from "../../support/stage.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const CONSOLE = /^```console\n([^]*?)^```$/gm;

/** A command of a console block, and what the page says that it prints. */
interface Step {
  readonly command: string;
  readonly shown: string;
}

/** README and docs, with the console blocks in them. */
function pages(): { page: string; steps: Step[] }[] {
  const docs = [...Deno.readDirSync(`${ROOT}docs`)].map(({ name }) => `docs/${name}`).toSorted();
  return ["README.md", ...docs.filter((path) => path.endsWith(".md"))].map((page) => ({
    page,
    steps: [...Deno.readTextFileSync(ROOT + page).matchAll(CONSOLE)].flatMap(([, block = ""]) =>
      stepsOf(block)
    ),
  }));
}

function stepsOf(block: string): Step[] {
  assert.ok(block.startsWith("$ "), block);
  return block.slice(2).split(/^\$ /m).map((text) => {
    const end = text.indexOf("\n");
    return { command: text.slice(0, end), shown: text.slice(end + 1) };
  });
}

/** Dates differ, and so does what a page can't know: "...". */
function sameText(actual: string, shown: string): boolean {
  const literal = shown.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, "DATE").split("...")
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literal.join(".*")}$`, "s").test(
    actual.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, "DATE"),
  );
}

for (const { page, steps } of pages()) {
  if (steps.length === 0) continue;
  Deno.test(`what ${page} shows of a console is what is printed`, async () => {
    await using stage = await openStage();
    const env = awsmfaOnPath(stage.home);
    for (const { command, shown } of steps) {
      const typed = command.replace("123456", stage.code());
      const { stdout } = await stage.home.run("sh", ["-c", `${typed} 2>&1`], { env });
      const actual = stdout.replaceAll(stage.home.path, "~");
      assert.ok(sameText(actual, shown), `$ ${command}\n${actual}\nis not\n${shown}`);
    }
  });
}

Deno.test("README has a console block, and shows commands and what they print", () => {
  const [readme] = pages();
  assert.ok((readme?.steps.length ?? 0) >= 3);
  assert.ok(readme?.steps.every(({ shown }) => shown !== ""));
});
