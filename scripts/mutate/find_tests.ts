/** The texts of a tree's files by their paths: "src/domain/aws_files/ini.ts". */
export type Tree = ReadonlyMap<string, string>;

/** Rings that need no permission; what only the spawned one sees is no matter of mutations. */
const RINGS = /^tests\/(pure|in_process)\/.*_test\.ts$/;

/** Test files that run some of a source file. Those of properties take their time, by themselves and to be loaded. */
export interface Tests {
  readonly quick: readonly string[];
  readonly slow: readonly string[];
}

/** By the imports; those nearest to the file first, since they find a fault soonest. */
export function findTests(tree: Tree, source: string): Tests {
  const tests = [...tree.keys()].filter((path) => RINGS.test(path)).toSorted();
  const found = tests.flatMap((path) => {
    const steps = stepsTo(tree, path, source);
    return steps === undefined ? [] : [{ path, steps }];
  }).toSorted((a, b) => a.steps - b.steps).map(({ path }) => path);
  const [slow = [], quick = []] = [true, false].map((isSlow) =>
    found.filter((path) => /from "fast-check"/.test(tree.get(path) ?? "") === isSlow)
  );
  return { quick, slow };
}

/** How many imports lie between two files; undefined where there is no way. */
function stepsTo(tree: Tree, from: string, goal: string): number | undefined {
  const seen = new Set([from]);
  let level = [from];
  for (let steps = 0; level.length > 0; steps++) {
    if (level.includes(goal)) return steps;
    const next = level.flatMap((path) => importsOf(path, tree.get(path) ?? "")).filter((path) =>
      tree.has(path) && !seen.has(path)
    );
    for (const path of next) seen.add(path);
    level = [...new Set(next)];
  }
  return undefined;
}

/** Static and dynamic imports of values, as paths in the tree. */
function importsOf(path: string, text: string): string[] {
  const found = text.matchAll(
    /^(?:import|export) (?!type )(?:[^;"]*? from )?"(\.[^"]+)"|\bimport\("(\.[^"]+)"/gm,
  );
  return [...found].map(([, fixed, late]) =>
    new URL(fixed ?? late ?? "", `file:///${path}`).pathname.slice(1)
  );
}
