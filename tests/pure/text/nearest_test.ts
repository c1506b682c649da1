import assert from "node:assert/strict";
import { nearest } from "../../../src/domain/text/nearest.ts";

const NAMES = ["default", "production", "staging", "stage-2", "dev", "prod-eu", "prod-us", "prod-ap", "work"];

Deno.test("a slip of a letter finds the name", () => {
  assert.deepEqual(nearest("defualt", NAMES), ["default"]);
  assert.deepEqual(nearest("wor", NAMES), ["work"]);
  assert.deepEqual(nearest("DEV", NAMES), ["dev"]);
});

Deno.test("the beginning of a name finds it, three names at most, the nearest first", () => {
  assert.deepEqual(nearest("prod", NAMES), ["prod-eu", "prod-us", "prod-ap"]);
  assert.deepEqual(nearest("stag", NAMES), ["staging", "stage-2"]);
});

Deno.test("a name that is far from all finds none", () => {
  assert.deepEqual(nearest("customer", NAMES), []);
  assert.deepEqual(nearest("x", []), []);
});
