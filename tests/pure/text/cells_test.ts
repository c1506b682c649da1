import assert from "node:assert/strict";
import fc from "fast-check";
import { cellsOf, cutCells, padCells } from "../../../src/domain/text/cells.ts";

Deno.test("letters take one cell, East Asian characters and emoji two, what is drawn over others none", () => {
  const texts = [["work", 4], ["café", 4], ["cafe\u0301", 4], ["開発", 4], ["한글", 4], ["🔑a", 3], [
    "",
    0,
  ]] as const;
  for (const [text, cells] of texts) assert.equal(cellsOf(text), cells, text);
});

Deno.test("a text that is cut ends in an ellipsis and is never wider; one that is padded is as wide as asked", () => {
  assert.deepEqual([5, 4, 3, 2].map((cells) => cutCells("開発環境", cells)), ["開発…", "開…", "開…", "…"]);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 20 }), (text, cells) => {
      assert.ok(cellsOf(cutCells(text, cells)) <= cells);
      assert.ok(cellsOf(padCells(text, cells)) >= cells);
    }),
  );
});
