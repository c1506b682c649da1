import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Choice,
  type ChoiceState,
  drawChoice,
  type Key,
  markedChoice,
  matching,
  NOTHING_TYPED,
  press,
  type Screen,
} from "../../../src/domain/text/picker.ts";

const SCREEN: Screen = { columns: 80, rows: 24, colour: false };
const KEYS = ": type to filter, arrows to move, Enter to select, Escape to cancel";
const NONE = "no matches; Backspace to edit, Escape to cancel";

const FEW: Choice[] = [
  { name: "default", detail: "" },
  { name: "work", detail: "11h left" },
  { name: "work-admin", detail: "role admin, expired" },
];

/** "p00", "p01", ... */
function many(count: number): Choice[] {
  return Array.from({ length: count }, (_, i) => ({ name: `p${String(i).padStart(2, "0")}`, detail: "" }));
}

function pressAll(
  keys: readonly Key[],
  choices: readonly Choice[] = FEW,
  screen: Screen = SCREEN,
): ChoiceState {
  return keys.reduce((state, key) => press(state, key, choices, screen), NOTHING_TYPED);
}

function typing(text: string): Key[] {
  return [...text].map((character) => ({ character }));
}

/** The name that Enter would choose. */
function chosenBy(
  keys: readonly Key[],
  choices: readonly Choice[] = FEW,
  screen?: Screen,
): string | undefined {
  const at = markedChoice(pressAll(keys, choices, screen), choices);
  return at === undefined ? undefined : choices[at]?.name;
}

Deno.test("all choices match nothing typed, and else those with it anywhere in the name, in upper or lower case", () => {
  const cases: [filter: string, indices: number[]][] = [
    ["", [0, 1, 2]],
    ["work", [1, 2]],
    ["WORK", [1, 2]],
    ["rk-A", [2]],
    ["ault", [0]],
    [" ", []],
    ["left", []],
    ["role", []],
    [".*", []],
  ];
  for (const [filter, indices] of cases) assert.deepEqual(matching(FEW, filter), indices, filter);
  assert.deepEqual(matching([], ""), []);
});

Deno.test("typing filters, and marks the first that is left; Backspace takes back one sign, and one that is two units", () => {
  assert.equal(chosenBy(["down", ...typing("work")]), "work");
  assert.equal(chosenBy(typing("work-")), "work-admin");
  assert.equal(chosenBy([...typing("work-"), "backspace"]), "work");
  assert.equal(chosenBy([...typing("wx"), "backspace", "backspace"]), "default");
  assert.equal(chosenBy(["backspace", "down"]), "work");
  assert.equal(pressAll([...typing("a🔑"), "backspace"]).filter, "a");
  assert.deepEqual(pressAll([...typing("work"), "down", "clear"]), NOTHING_TYPED);
});

Deno.test("arrows move by one, and stop at both ends of what matches", () => {
  const cases: [keys: Key[], name: string][] = [
    [[], "default"],
    [["up"], "default"],
    [["down"], "work"],
    [["down", "down", "down", "down"], "work-admin"],
    [["down", "down", "down", "up"], "work"],
    [[...typing("work"), "down", "down"], "work-admin"],
    [["end"], "work-admin"],
    [["end", "home"], "default"],
    [[...typing("work"), "end", "up"], "work"],
  ];
  for (const [keys, name] of cases) assert.equal(chosenBy(keys), name, JSON.stringify(keys));
});

Deno.test("pages are as high as what fits", () => {
  const [sixty, eight] = [many(60), { ...SCREEN, rows: 8 }];
  assert.equal(chosenBy(["page down"], sixty), "p21");
  assert.equal(chosenBy(["page down"], sixty, eight), "p05");
  assert.equal(chosenBy(["page down", "page down", "page up"], sixty, eight), "p05");
  assert.equal(chosenBy(["page up"], sixty), "p00");
  assert.equal(chosenBy(["page down", "page down", "page down"], sixty), "p59");
});

Deno.test("Enter and Escape change nothing, and nothing is chosen where nothing matches", () => {
  const state = pressAll([...typing("work"), "down"]);
  for (const key of ["enter", "escape"] as const) assert.deepEqual(press(state, key, FEW, SCREEN), state);
  for (const keys of [typing("nobody"), [...typing("nobody"), "down", "end", "page down", "up"]] as const) {
    assert.equal(markedChoice(pressAll(keys), FEW), undefined);
    assert.equal(pressAll(keys).marked, 0);
  }
  assert.equal(markedChoice(NOTHING_TYPED, []), undefined);
});

Deno.test("the screen shows the question, the choices in columns with a mark, and the keys", () => {
  assert.deepEqual(drawChoice("Profile", pressAll(["down"]), FEW, SCREEN), [
    "Profile: ",
    "  default",
    "> work        11h left",
    "  work-admin  role admin, expired",
    `3${KEYS}`,
  ]);
});

Deno.test("with a filter it shows what was typed, and how many of all are left, in the same columns", () => {
  assert.deepEqual(drawChoice("Profile", pressAll(typing("wOrk")), FEW, SCREEN), [
    "Profile: wOrk",
    "> work        11h left",
    "  work-admin  role admin, expired",
    `2 of 3${KEYS}`,
  ]);
});

Deno.test("where nothing matches it says so, and how to go on", () => {
  assert.deepEqual(drawChoice("Profile", pressAll(typing("nobody")), FEW, SCREEN), ["Profile: nobody", NONE]);
});

Deno.test("with colour the marked line is inverted as well, and without there is no escape sequence at all", () => {
  const [, , marked] = drawChoice("Profile", pressAll(["down"]), FEW, { ...SCREEN, colour: true });
  assert.equal(marked, "\x1b[7m> work        11h left\x1b[0m");
  const states = [NOTHING_TYPED, pressAll(["down"]), pressAll(typing("nobody"))];
  // deno-lint-ignore no-control-regex
  for (const state of states) assert.doesNotMatch(drawChoice("Profile", state, FEW, SCREEN).join(""), /\x1b/);
  const coloured = states.map((state) =>
    drawChoice("Profile", state, FEW, { ...SCREEN, colour: true }).join("")
  );
  assert.deepEqual(coloured.map((text) => text.split("\x1b[7m").length - 1), [1, 1, 0]);
});

Deno.test("the marked choice stays in the window, in its middle but for both ends of the list", () => {
  const [choices, screen] = [many(60), { ...SCREEN, rows: 8 }];
  const cases: [downs: number, first: string, last: string][] = [
    [0, "p00", "p04"],
    [2, "p00", "p04"],
    [3, "p01", "p05"],
    [30, "p28", "p32"],
    [57, "p55", "p59"],
    [59, "p55", "p59"],
  ];
  for (const [downs, first, last] of cases) {
    const keys = Array.from({ length: downs }, (): Key => "down");
    const lines = drawChoice("Profile", pressAll(keys, choices, screen), choices, screen).slice(1, -1);
    assert.deepEqual([lines.length, lines[0]?.slice(2), lines.at(-1)?.slice(2)], [5, first, last]);
    const marked = lines.filter((line) => line.startsWith("> "));
    assert.deepEqual(marked, [`> p${String(downs).padStart(2, "0")}`]);
  }
});

Deno.test("what is longer than the line is cut, and shows that it is, and the last column stays free", () => {
  const choices: Choice[] = [{ name: "a-profile-with-a-name", detail: "11h left" }];
  const at = (columns: number): string[] =>
    drawChoice("Profile", pressAll(typing("name")), choices, { ...SCREEN, columns });
  assert.deepEqual(at(20), ["Profile: name", "> a-profile-with-a…", "1: type to filter,…"]);
  assert.equal(at(34)[1], "> a-profile-with-a-name  11h left");
  assert.equal(at(33)[1], "> a-profile-with-a-name  11h le…");
  assert.equal(at(10)[0], "Profile:…");
});

Deno.test("no sign of two units is cut in two", () => {
  const choices: Choice[] = [{ name: "🔑🔑🔑🔑", detail: "" }];
  const cut = [6, 5, 4].map((columns) => drawChoice("?", NOTHING_TYPED, choices, { ...SCREEN, columns })[1]);
  assert.deepEqual(cut, ["> 🔑…", "> …", "> …"]);
});

Deno.test("what a terminal would obey is not drawn as it is", () => {
  const choices: Choice[] = [{ name: "a\x1b[2Jb\x07\tc", detail: "role \x9b31m" }];
  const lines = drawChoice(
    "Profile",
    pressAll([{ character: "\x9b" }, "backspace"], choices),
    choices,
    SCREEN,
  );
  assert.equal(lines.length, 3);
  for (const line of lines) assert.doesNotMatch(line, /\p{Cc}/u);
});

const NAMED: Exclude<Key, object>[] = [
  "up",
  "down",
  "page up",
  "page down",
  "home",
  "end",
  "enter",
  "escape",
  "backspace",
  "clear",
];
const key: fc.Arbitrary<Key> = fc.oneof(
  fc.constantFrom(...NAMED),
  fc.constantFrom("a", "b", "-", "P", "🔑").map((character) => ({ character })),
);
const word = fc.oneof(
  fc.string({ maxLength: 12 }).filter((text) => !/[\n\r]/.test(text)),
  fc.array(fc.constantFrom("a", "b", "-", "p", "🔑", "Ü"), { maxLength: 120 }).map((characters) =>
    characters.join("")
  ),
);
const drawing = fc.record({
  question: word,
  choices: fc.array(fc.record({ name: word, detail: word }), { maxLength: 70 }),
  keys: fc.array(key, { maxLength: 40 }),
  screen: fc.record({
    columns: fc.integer({ min: 2, max: 200 }),
    rows: fc.integer({ min: 3, max: 60 }),
    colour: fc.boolean(),
  }),
});

Deno.test("after any keys the screen has no more lines than rows, and no line more signs than columns", () => {
  fc.assert(fc.property(drawing, ({ question, choices, keys, screen }) => {
    const lines = drawChoice(question, pressAll(keys, choices, screen), choices, screen);
    assert.ok(lines.length <= screen.rows, `${lines.length} lines`);
    for (const line of lines) {
      // deno-lint-ignore no-control-regex
      const characters = [...line.replace(/^\x1b\[7m(.*)\x1b\[0m$/s, "$1")];
      assert.ok(characters.length <= screen.columns, `${characters.length} signs`);
      assert.ok(!/[\n\r]/.test(line));
    }
  }));
});

Deno.test("after any keys the marked choice is one that matches, and is the one line with a mark", () => {
  fc.assert(fc.property(drawing, ({ choices, keys, screen: { rows } }) => {
    const screen = { rows, columns: 200, colour: false };
    const state = pressAll(keys, choices, screen);
    const matches = matching(choices, state.filter);
    const marked = markedChoice(state, choices);
    assert.equal(marked === undefined, matches.length === 0);
    if (marked !== undefined) assert.ok(matches.includes(marked));
    const lines = drawChoice("?", state, choices, screen).slice(1, -1);
    assert.equal(lines.filter((line) => line.startsWith(">")).length, marked === undefined ? 0 : 1);
    assert.equal(lines.length, Math.min(matches.length, rows - 3 || 1));
  }));
});
