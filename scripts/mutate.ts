import { MUTATIONS } from "./mutate/mutations.ts";
import { checkList, type Outcome, report, runMutations } from "./mutate/run_mutations.ts";
import { nameOf } from "./mutate/mutation.ts";
import { readShare, type Share, shareOf, WHOLE } from "./mutate/share.ts";
import { readTree } from "./mutate/work_tree.ts";
import { print } from "./print.ts";

// deno task mutate [--share 1/5] [--jobs N] [--file TEXT]
// Puts one fault after the other into copies of the sources, and prints those that no test finds; ends with 1 where there
// is one that is not known. No mutation tester runs on Deno's tests (stryker-mutator/stryker-js, issue 2977).

const USAGE = "deno task mutate [--share 1/5] [--jobs N] [--file TEXT]";

if (import.meta.main) {
  const wishes = readRotateOptions(Deno.args);
  if (wishes === undefined) {
    print(USAGE);
    Deno.exit(2);
  }
  Deno.exit(await mutateAll(wishes) ? 0 : 1);
}

interface Wishes {
  readonly share: Share;
  readonly jobs: number;
  /** Only mutations with this in their names. */
  readonly file: string;
}

async function mutateAll({ share, jobs, file }: Wishes): Promise<boolean> {
  const tree = await readTree(new URL("..", import.meta.url).pathname.replace(/\/$/, ""));
  const wrong = checkList(tree, MUTATIONS);
  if (wrong.length > 0) {
    for (const line of wrong) print(line);
    print("The code has changed: correct the list, scripts/mutate/in_*.ts.");
    return false;
  }
  const list = shareOf(MUTATIONS.filter((mutation) => nameOf(mutation).includes(file)), share);
  let done = 0;
  const { lines, ok } = report(
    await runMutations(tree, list, jobs, (outcome) => tell(outcome, ++done, list.length)),
  );
  for (const line of lines) print(line);
  return ok;
}

/** Which one ends first differs from run to run: that is no part of the result. */
function tell({ mutation, verdict }: Outcome, done: number, all: number): void {
  Deno.stderr.writeSync(new TextEncoder().encode(`${done}/${all} ${verdict} ${nameOf(mutation)}\n`));
}

function readRotateOptions(args: readonly string[]): Wishes | undefined {
  let wishes: Wishes = { share: WHOLE, jobs: navigator.hardwareConcurrency, file: "" };
  for (let i = 0; i < args.length; i += 2) {
    const [flag, value = ""] = args.slice(i, i + 2);
    const share = readShare(value);
    if (flag === "--share" && share !== undefined) wishes = { ...wishes, share };
    else if (flag === "--jobs" && /^[1-9]\d?$/.test(value)) wishes = { ...wishes, jobs: Number(value) };
    else if (flag === "--file" && value !== "") wishes = { ...wishes, file: value };
    else return undefined;
  }
  return wishes;
}
