import assert from "node:assert/strict";
import fc from "fast-check";
import { parseOwnJson, recordOf, textOf } from "../../../src/domain/text/json.ts";

Deno.test("an object's text gives the object, and any other text an empty one", () => {
  assert.deepEqual(parseOwnJson('{"a": 1}'), { a: 1 });
  for (const text of [undefined, "", "null", "7", '"a"', "{", '{"a":', "[default]", "\ufeff{}", "\udcff"]) {
    assert.deepEqual(parseOwnJson(text), {}, text);
  }
});

Deno.test("property: no text is too odd", () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
    assert.equal(typeof parseOwnJson(text), "object");
  }));
});

Deno.test("a value as an object, and as a text that is not empty", () => {
  assert.deepEqual(recordOf({ a: 1 }), { a: 1 });
  for (const value of [undefined, null, 1, "a", true]) assert.deepEqual(recordOf(value), {});
  assert.equal(textOf("a"), "a");
  for (const value of ["", undefined, null, 1, {}, ["a"]]) assert.equal(textOf(value), undefined);
});
