import { findTests, type Tests, type Tree } from "./find_tests.ts";
import { mutate, type Mutation, nameOf } from "./mutation.ts";
import { type Verdict, WorkTree } from "./work_tree.ts";

const NONE: Tests = { quick: [], slow: [] };

/** A mutation, and what became of it. */
export interface Outcome {
  readonly mutation: Mutation;
  readonly verdict: Verdict;
}

/** What is wrong with the list: mutations that can't be put into their files, or that have another one's name. */
export function checkList(tree: Tree, list: readonly Mutation[]): string[] {
  const names = new Set<string>();
  return list.flatMap((mutation) => {
    const name = nameOf(mutation);
    const isTaken = names.has(name);
    names.add(name);
    if (isTaken) return [`${name}: two mutations have this name`];
    const source = tree.get(`src/${mutation.file}`);
    if (source === undefined) return [`${name}: there is no such file`];
    const mutated = mutate(source, mutation);
    return typeof mutated === "string" ? [] : [mutated.wrong];
  });
}

/**
 * Tries each mutation in a copy of the tree, some of them at once. The outcomes come in the order of the list. Throws
 * where a test fails without any of them.
 */
export async function runMutations(
  tree: Tree,
  list: readonly Mutation[],
  jobs: number,
  tell: (outcome: Outcome) => void,
): Promise<Outcome[]> {
  if (list.length === 0) return [];
  await using stack = new AsyncDisposableStack();
  const trees: WorkTree[] = [];
  while (trees.length < Math.min(jobs, list.length)) trees.push(stack.use(await WorkTree.make(tree)));
  const tests = new Map(list.map(({ file }) => [file, findTests(tree, `src/${file}`)]));
  const all = new Set([...tests.values()].flatMap(({ quick, slow }) => [...quick, ...slow]));
  if (await trees[0]?.run([...all]) !== "survived") {
    throw new Error("a test fails without any mutation: deno task test:pure");
  }

  const outcomes = new Map<Mutation, Outcome>();
  const left = [...list];
  await Promise.all(trees.map(async (its) => {
    for (let mutation = left.shift(); mutation !== undefined; mutation = left.shift()) {
      const outcome = { mutation, verdict: await its.try(mutation, tests.get(mutation.file) ?? NONE) };
      outcomes.set(mutation, outcome);
      tell(outcome);
    }
  }));
  return list.flatMap((mutation) => outcomes.get(mutation) ?? []);
}

/** What is printed of the outcomes, and whether all is as it should be: what survives is known, and no more than that. */
export function report(outcomes: readonly Outcome[]): { lines: string[]; ok: boolean } {
  const of = (wanted: Verdict, isKnown: boolean): Mutation[] =>
    outcomes.filter(({ verdict, mutation }) =>
      verdict === wanted && (mutation.known !== undefined) === isKnown
    ).map(({ mutation }) => mutation);
  const survived = of("survived", false);
  const known = of("survived", true);
  const noLonger = of("killed", true);
  const broken = outcomes.filter(({ verdict }) => verdict === "broken").map(({ mutation }) => mutation);
  const killed = of("killed", false).length + noLonger.length;
  const lines = [
    ...known.map((mutation) => `known     ${nameOf(mutation)} (${mutation.known})`),
    ...noLonger.map((mutation) =>
      `killed    ${nameOf(mutation)}, which is listed as known: take "known" away`
    ),
    ...broken.map((mutation) => `broken    ${nameOf(mutation)}: the source can't be loaded with it`),
    ...survived.flatMap((mutation) => [
      `survived  ${nameOf(mutation)}`,
      ...mutation.find.split("\n").map((line) => `          - ${line}`),
      ...mutation.put.split("\n").map((line) => `          + ${line}`),
    ]),
    `${outcomes.length} mutations: ${killed} killed, ${known.length} known to survive, ${survived.length} survived`,
  ];
  return { lines, ok: survived.length + noLonger.length + broken.length === 0 };
}
