import assert from "node:assert/strict";
import fc from "fast-check";
import { commonEnds } from "../../../src/domain/text/common_ends.ts";

function letterByLetter(one: string, other: string): { start: number; end: number } {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start++;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return { start, end };
}

Deno.test("what two texts share at both ends is what a comparison letter by letter finds", () => {
  const piece = fc.tuple(fc.constantFrom("a", "ab", "ba"), fc.constantFrom(0, 1, 2, 2047, 2048, 4095, 4097))
    .map(([text, times]) => text.repeat(times));
  fc.assert(fc.property(piece, piece, piece, piece, (before, one, other, behind) => {
    const texts: [string, string] = [before + one + behind, before + other + behind];
    assert.deepEqual(commonEnds(...texts), letterByLetter(...texts));
  }));
});
