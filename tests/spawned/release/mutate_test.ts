import assert from "node:assert/strict";
import { findTests } from "../../../scripts/mutate/find_tests.ts";
import { mutate, type Mutation } from "../../../scripts/mutate/mutation.ts";
import { checkList, report, runMutations } from "../../../scripts/mutate/run_mutations.ts";
import { MUTATIONS } from "../../../scripts/mutate/mutations.ts";
import { readShare, shareOf } from "../../../scripts/mutate/share.ts";

const ADULT =
  `import { LEAST } from "./least.ts";\nexport const isAdult = (age: number): boolean => age >= LEAST;\n`;
const TEST = `import { isAdult } from "../../src/domain/adult.ts";
Deno.test("a child is none", () => {
  if (isAdult(17)) throw new Error("17");
});
`;

/** A program with one test, which does not look at the year that counts. */
const TREE = new Map([
  ["deno.json", "{}"],
  ["src/domain/adult.ts", ADULT],
  ["src/domain/least.ts", "export const LEAST = 18;\n"],
  ["src/domain/other.ts", "export const OTHER = 1;\n"],
  ["tests/pure/adult_test.ts", TEST],
  ["tests/pure/chance_test.ts", `import fc from "fast-check";\nimport "../../src/domain/adult.ts";\nfc;\n`],
  ["tests/in_process/far_test.ts", `import "../pure/adult_test.ts";\n`],
  ["tests/in_process/run_test.ts", `await import("../../src/domain/other.ts");\n`],
  ["tests/spawned/run_test.ts", `import "../../src/domain/other.ts";\n`],
]);

/** The same without the test that wants a library. */
const SMALL = new Map([...TREE].filter(([path]) => !path.includes("chance")));

function mutation(find: string, put: string, more: Partial<Mutation> = {}): Mutation {
  return { file: "domain/adult.ts", find, put, breaks: `${find} -> ${put}`, ...more };
}

Deno.test("a fault that a test finds is killed, one that none finds survives, and one that can't be loaded is told", async () => {
  const list = [
    mutation(">=", "<"),
    mutation(">=", ">"),
    mutation("=>", "=> (("),
    mutation("export", "nobody(); export"),
    mutation("OTHER", "ANOTHER", { file: "domain/other.ts" }),
    mutation("LEAST;", "LEAST + 1;", { known: "nobody asks" }),
    mutation("18", "17", { file: "domain/least.ts", known: "nobody asked" }),
  ];
  const { lines, ok } = report(await runMutations(SMALL, list, 2, () => {}));
  assert.deepEqual(lines, [
    "known     domain/adult.ts: LEAST; -> LEAST + 1; (nobody asks)",
    'killed    domain/least.ts: 18 -> 17, which is listed as known: take "known" away',
    "broken    domain/adult.ts: => -> => ((: the source can't be loaded with it",
    "broken    domain/adult.ts: export -> nobody(); export: the source can't be loaded with it",
    "survived  domain/adult.ts: >= -> >",
    "          - >=",
    "          + >",
    "survived  domain/other.ts: OTHER -> ANOTHER",
    "          - OTHER",
    "          + ANOTHER",
    "7 mutations: 2 killed, 1 known to survive, 2 survived",
  ]);
  assert.equal(ok, false);
});

Deno.test("all is well where every fault is found, or known", async () => {
  const told: string[] = [];
  const list = [mutation(">=", "<"), mutation(">=", ">", { known: "a year is a year" })];
  const outcomes = await runMutations(SMALL, list, 1, ({ verdict }) => told.push(verdict));
  assert.equal(report(outcomes).ok, true);
  assert.deepEqual(told, ["killed", "survived"]);
});

Deno.test("where a test fails anyway, nothing can be told of the faults", async () => {
  const tree = new Map(SMALL).set("src/domain/least.ts", "export const LEAST = 17;\n");
  await assert.rejects(runMutations(tree, [mutation(">=", "<")], 1, () => {}), /without any mutation/);
});

Deno.test("the tests of a file are those that import it, by any way: the nearest first, those of properties apart", () => {
  assert.deepEqual(findTests(TREE, "src/domain/least.ts"), {
    quick: ["tests/pure/adult_test.ts", "tests/in_process/far_test.ts"],
    slow: ["tests/pure/chance_test.ts"],
  });
  assert.deepEqual(findTests(TREE, "src/domain/other.ts"), {
    quick: ["tests/in_process/run_test.ts"],
    slow: [],
  });
});

Deno.test("a mutation whose text is not there, or twice, or in no file, is told by its name", () => {
  assert.equal(mutate(ADULT, mutation(">=", "$&")), ADULT.replace(">=", () => "$&"));
  assert.deepEqual(
    checkList(TREE, [
      mutation("<=", ">"),
      mutation("LEAST", "MOST"),
      mutation(">=", ">="),
      mutation(">=", "<", { file: "domain/child.ts" }),
      mutation(">=", "<"),
      mutation(">=", "<"),
    ]),
    [
      "domain/adult.ts: <= -> >: the text to find is not in the file: <=",
      "domain/adult.ts: LEAST -> MOST: the text to find is 2 times in the file: LEAST",
      "domain/adult.ts: >= -> >=: it changes nothing",
      "domain/child.ts: >= -> <: there is no such file",
      "domain/adult.ts: >= -> <: two mutations have this name",
    ],
  );
});

Deno.test("shares are all mutations, each once; there are 150 or more", () => {
  const all = [1, 2, 3, 4, 5].flatMap((part) => shareOf(MUTATIONS, { part, of: 5 }));
  assert.deepEqual(new Set(all), new Set(MUTATIONS));
  assert.equal(all.length, MUTATIONS.length);
  assert.ok(MUTATIONS.length >= 150);
  assert.deepEqual(readShare("2/5"), { part: 2, of: 5 });
  for (const text of ["", "2", "0/5", "6/5", "1/0", "a/b", "1/5/2"]) assert.equal(readShare(text), undefined);
});
