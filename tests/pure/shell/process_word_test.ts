import assert from "node:assert/strict";
import fc from "fast-check";
import { processWord } from "../../../src/domain/shell/credential_process.ts";
import { shellWords } from "../../../src/domain/shell/shell_words.ts";

Deno.test("a word of a credential_process is quoted only where a shell needs it, and then so that .NET reads it, too", () => {
  const words = [
    ["work", "work"],
    ["büro", "büro"],
    ["a%b", "a%b"],
    ["a=b", "a=b"],
    ["/opt/aws mfa/awsmfa", "'/opt/aws mfa/awsmfa'"],
    ["my work", "'my work'"],
    ["it's", `"it's"`],
    ["CORP\\alice", '"CORP\\alice"'],
    ["$x", "'$x'"],
    ["it's $5", `'it'"'"'s $5'`],
    ["R&D", "'R&D'"],
    ["#1", "'#1'"],
  ];
  for (const [text = "", expected = ""] of words) assert.equal(processWord(text), expected);
});

Deno.test("shlex reads every name back, as it is and with its backslashes doubled where none is at the end", () => {
  const name = fc.string({ unit: fc.constantFrom(..."ab'\"$` \\=%&;#é~"), minLength: 1, maxLength: 8 })
    .filter((text) => !/\\(?:["$`\\]|$)/.test(text));
  fc.assert(
    fc.property(name, (text) => {
      const word = processWord(text);
      assert.deepEqual(shellWords(word), [text]);
      // Outside of single quotes a shell takes two for one.
      assert.deepEqual(shellWords(word.replaceAll("\\", "\\\\")), [text]);
    }),
    { numRuns: 3000 },
  );
});
