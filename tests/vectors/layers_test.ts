import assert from "node:assert/strict";
import { breaches, type Source } from "./layers.ts";

const SRC = new URL("../../src/", import.meta.url);

function readSources(folder = ""): Source[] {
  return [...Deno.readDirSync(new URL(folder, SRC))].flatMap(({ name, isDirectory }) => {
    const path = folder + name;
    if (isDirectory) return readSources(`${path}/`);
    return [{ path, text: Deno.readTextFileSync(new URL(path, SRC)) }];
  });
}

Deno.test("the sources keep to the picture: imports point inwards, and only adapters reach the outside", () => {
  const sources = readSources();
  assert.ok(sources.some(({ path }) => path === "domain/aws_files/ini.ts"));
  assert.deepEqual(breaches(sources), []);
});

const BREACHES: [path: string, text: string, told: string][] = [
  ["domain/a.ts", `import { b } from "../adapters/b.ts";`, "domain/a.ts imports adapters/b.ts"],
  ["domain/a.ts", `import {\n  b,\n} from "../workflows/b.ts";`, "domain/a.ts imports workflows/b.ts"],
  ["domain/a.ts", `import type { World } from "../world.ts";`, "domain/a.ts imports world.ts"],
  ["domain/a.ts", `export * from "../cli/a.ts";`, "domain/a.ts imports cli/a.ts"],
  ["domain/a.ts", `import x from "commander";`, "domain/a.ts imports npm:commander"],
  ["workflows/a.ts", `import { b } from "../adapters/b.ts";`, "workflows/a.ts imports adapters/b.ts"],
  ["workflows/a.ts", `const b = await import("../adapters/b.ts");`, "workflows/a.ts imports adapters/b.ts"],
  ["workflows/a.ts", `import { b } from "../commands/b.ts";`, "workflows/a.ts imports commands/b.ts"],
  ["workflows/a.ts", `import { world } from "../world.ts";`, "workflows/a.ts imports world.ts"],
  ["workflows/a.ts", `import { type World, world } from "../world.ts";`, "workflows/a.ts imports world.ts"],
  ["commands/a.ts", `import { b } from "../adapters/b.ts";`, "commands/a.ts imports adapters/b.ts"],
  ["commands/a.ts", `import { b } from "./b.ts";`, "commands/a.ts imports commands/b.ts"],
  ["cli/a.ts", `import { b } from "../adapters/b.ts";`, "cli/a.ts imports adapters/b.ts"],
  ["adapters/a.ts", `import { b } from "../workflows/b.ts";`, "adapters/a.ts imports workflows/b.ts"],
  ["adapters/a.ts", `import "../cli/a.ts";`, "adapters/a.ts imports cli/a.ts"],
  ["errors.ts", `import { b } from "./domain/b.ts";`, "errors.ts imports domain/b.ts"],
  ["domain/a.ts", `const b = Deno.cwd();`, "domain/a.ts says Deno."],
  ["workflows/a.ts", `await fetch("https://x");`, "workflows/a.ts says fetch("],
  ["adapters/a.ts", `Deno.exit(1);`, "adapters/a.ts says Deno.exit"],
  ["commands/a.ts", `process.exit(1);`, "commands/a.ts says process."],
  ["adapters/a.ts", `console.log(1);`, "adapters/a.ts says console."],
  ["domain/a.ts", `const now = Date.now();`, "domain/a.ts says Date.now"],
  ["domain/a.ts", `const now = new Date();`, "domain/a.ts says new Date()"],
  ["domain/a.ts", `async function b() {}`, "domain/a.ts says async"],
  ["domain/a.ts", `export type A = Promise<string>;`, "domain/a.ts says Promise"],
  ["domain/a.ts", "\n".repeat(301), "domain/a.ts has 301 lines"],
];
for (const [path, text, told] of BREACHES) {
  Deno.test(`a breach of the picture is seen: ${told}`, () =>
    assert.deepEqual(breaches([{ path, text }]), [told]));
}

Deno.test("a breach of the picture is seen: a circle, also one of types", () => {
  const circle = [
    { path: "domain/a.ts", text: `import { b } from "./b.ts";` },
    { path: "domain/b.ts", text: `import type { c } from "./c.ts";` },
    { path: "domain/c.ts", text: `export { a } from "./a.ts";` },
    { path: "domain/d.ts", text: `import { a } from "./a.ts";` },
  ];
  assert.deepEqual(breaches(circle), ["a", "b", "c"].map((name) => `domain/${name}.ts is in a circle`));
});

Deno.test("a breach of the picture is seen: a circle of rooms, without one of files", () => {
  const circle = [
    { path: "domain/x/a.ts", text: `import { b } from "../y/b.ts";` },
    { path: "domain/y/c.ts", text: `import { d } from "../x/d.ts";` },
    { path: "domain/z/e.ts", text: `import { d } from "../x/d.ts";` },
  ];
  assert.deepEqual(breaches(circle), ["x", "y"].map((room) => `domain/${room} is in a circle`));
});

Deno.test("what the picture allows is no breach: types of the world, comments, dates that are given", () => {
  const text =
    `import type { World } from "../world.ts";\nimport { type Ini, parseIni } from "../domain/ini.ts";\n`;
  assert.deepEqual(breaches([{ path: "workflows/a.ts", text }]), []);
  const types = `import {\n  type A,\n  type World,\n} from "../world.ts";\n`;
  assert.deepEqual(breaches([{ path: "adapters/a.ts", text: types }]), []);
  const comments = "/** Deno.cwd, await */\nconst a = new Date(0); // console.log\n";
  assert.deepEqual(breaches([{ path: "domain/a.ts", text: comments }]), []);
});
