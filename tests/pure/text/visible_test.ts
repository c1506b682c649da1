import assert from "node:assert/strict";
import { visible, visibleLines } from "../../../src/errors.ts";

Deno.test("nothing that a terminal would obey is left in a line", () => {
  const cases: [text: string, shown: string][] = [
    ["plain, é, 日本 and \u{1f600}", "plain, é, 日本 and \u{1f600}"],
    ["a\x1b[2Jb", "a\\x1b[2Jb"],
    ["two\nlines\r\t", "two\\x0alines\\x0d\\x09"],
    ["\x9b31m", "\\x9b31m"],
    ["a\u202eb\u2066c\u200fd", "a\\u202eb\\u2066c\\u200fd"],
  ];
  for (const [text, shown] of cases) assert.equal(visible(text), shown);
});

Deno.test("of lines only their ends, columns and awsmfa's own colors are obeyed", () => {
  const own = "\x1b[7m> a\x1b[0m\tb\r\n\x1b[1mc\x1b[0m \x1b[31md\x1b[0m\n";
  assert.equal(visibleLines(own), own);
  const foreign = "\x1b[8mhidden\x1b[2J \x1b]0;title\x07 over\rwritten \u202e";
  assert.equal(
    visibleLines(foreign),
    "\\x1b[8mhidden\\x1b[2J \\x1b]0;title\\x07 over\\x0dwritten \\u202e",
  );
});
