import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeBytes, encodeText } from "../../../src/domain/text/byte_text.ts";

/** Random bytes are seldom almost UTF-8; these pieces often are. */
const PIECES = [[0x41], [0x0a], [0xc3, 0xa9], [0xc3], [0xa9], [0xe2, 0x82, 0xac], [0xe2, 0x82], [
  0xed,
  0xa0,
  0x80,
]]
  .concat([[0xf0, 0x9f, 0x94, 0x91], [0xf0, 0x9f, 0x94], [0xf5, 0x80], [0xef, 0xbb, 0xbf], [0xc0, 0x80], [
    0xff,
  ]]);
const nearlyUtf8 = fc.array(fc.constantFrom(...PIECES)).map((pieces) => Uint8Array.from(pieces.flat()));

Deno.test("any bytes come back as they were", () => {
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), nearlyUtf8), (bytes) => {
      assert.deepEqual([...encodeText(decodeBytes(bytes))], [...bytes]);
    }),
    { numRuns: 20_000 },
  );
});

Deno.test("well-formed text is the text itself, and encodes as UTF-8", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const bytes = new TextEncoder().encode(text);
      assert.equal(decodeBytes(bytes), text);
      assert.deepEqual(encodeText(text), bytes);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("a byte order mark is kept", () => {
  assert.equal(decodeBytes(Uint8Array.of(0xef, 0xbb, 0xbf, 0x5b)), "\ufeff[");
  assert.equal(decodeBytes(Uint8Array.of(0xef, 0xbb, 0xbf, 0xff)), "\ufeff\udcff");
});

Deno.test("a byte that is not UTF-8 is escaped alone, and its neighbours are read", () => {
  const cases: [bytes: number[], text: string][] = [
    [[0x63, 0xe9, 0x20], "c\udce9 "],
    [[0xc3, 0xa9, 0xff], "é\udcff"],
    [[0xc0, 0x80], "\udcc0\udc80"],
    [[0xe0, 0x80, 0x80], "\udce0\udc80\udc80"],
    [[0xed, 0xa0, 0x80], "\udced\udca0\udc80"],
    [[0xf4, 0x90, 0x80, 0x80], "\udcf4\udc90\udc80\udc80"],
    [[0xf0, 0x9f, 0x94, 0x91, 0x80], "🔑\udc80"],
    [[0xe2, 0x82], "\udce2\udc82"],
  ];
  for (const [bytes, text] of cases) assert.equal(decodeBytes(Uint8Array.from(bytes)), text);
});
