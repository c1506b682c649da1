import assert from "node:assert/strict";
import { readTokenCode, tokenCodeOfWords, tokenCodesIn } from "../../../src/domain/aws/token_code.ts";
import { UsageError } from "../../../src/errors.ts";

Deno.test("six digits are an MFA code, also with blanks or a dash between them", () => {
  for (const typed of ["123456", " 123456\r", "123 456", "123-456", "12 34 56", "1 2 3 4 5 6"]) {
    assert.equal(readTokenCode(typed), "123456", typed);
  }
  assert.equal(readTokenCode("000000"), "000000");
});

Deno.test("anything else is none", () => {
  for (
    const typed of [
      "",
      "12345",
      "1234567",
      "12345a",
      "-123456",
      "123456-",
      "１２３４５６",
      "123.456",
      "123456 123456",
    ]
  ) {
    assert.equal(readTokenCode(typed), undefined, typed);
  }
});

Deno.test("the words of the command line are one code, a dash for stdin, or none", () => {
  assert.equal(tokenCodeOfWords([]), undefined);
  assert.equal(tokenCodeOfWords(["-"]), "-");
  assert.equal(tokenCodeOfWords(["123456"]), "123456");
  assert.equal(tokenCodeOfWords(["123", "456"]), "123456");
  assert.equal(tokenCodeOfWords(["123 456"]), "123456");
});

Deno.test("other words are refused, each with what to type", () => {
  const cases: [words: string[], message: string, hint: RegExp][] = [
    [["12345"], "an MFA code has six digits, not 5", /^awsmfa 123456$/],
    [["1234567"], "an MFA code has six digits, not 7", /^awsmfa 123456$/],
    [["123", "4567"], "an MFA code has six digits, not 7", /^awsmfa 123456$/],
    [["123456", "654321"], "more than one MFA code given", /the current one/],
    [["work"], "unknown command 'work'", /^awsmfa --help; for a profile: awsmfa -p work$/],
    [["work", "123456"], "unknown command 'work'", /awsmfa -p work$/],
    [["123456", "work"], "unknown command 'work'", /awsmfa -p work$/],
    [["a1b2c3"], "the argument isn't an MFA code", /awsmfa -p NAME 123456$/],
    [[""], "the argument isn't an MFA code", /awsmfa -p NAME 123456$/],
  ];
  for (const [words, message, hint] of cases) {
    assert.throws(() => tokenCodeOfWords(words), (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, message);
      assert.match(error.hint ?? "", hint);
      return true;
    });
  }
});

Deno.test("a code beside a dash is refused", () => {
  for (const words of [["-", "123456"], ["123456", "-"], ["123456-"]]) {
    assert.throws(() => tokenCodeOfWords(words), {
      message: "an MFA code can't start with a dash",
      hint: "awsmfa 123456, or awsmfa - to read it from stdin",
    });
  }
  assert.throws(() => tokenCodeOfWords(["-", "-"]), UsageError);
});

Deno.test("a word that may be a secret is not repeated", () => {
  const secrets = [
    "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCd",
    "IQoJb3JpZ2luX2VjEHoaCXVzLWVhc3QtMSJGMEQCIA",
    "AKIAIOSFODNN7EXAMPLE",
    "ASIAIOSFODNN7EXAMPLE",
    "pass word",
    "p/w",
    "hunter2",
  ];
  for (const secret of secrets) {
    assert.throws(() => tokenCodeOfWords([secret]), (error) => {
      assert.ok(error instanceof UsageError);
      assert.ok(!`${error.message}${error.hint}`.includes(secret), error.message);
      assert.equal(error.message, "the argument isn't an MFA code");
      return true;
    });
  }
});

Deno.test("a word that is nearly a command is told so, and one that is not is no command", () => {
  const commands = ["login", "logout", "status"];
  assert.throws(() => tokenCodeOfWords(["stauts"], commands), {
    message: "unknown command 'stauts'",
    hint: "did you mean awsmfa status?",
  });
  assert.throws(() => tokenCodeOfWords(["work"], commands), { message: "unknown command 'work'" });
  assert.equal(tokenCodeOfWords(["123456"], commands), "123456");
});

const PRINTED: [printed: string, codes: string[]][] = [
  ["123456\n", ["123456"]],
  ["123 456\n", ["123456"]],
  ["AWS:alice  123456\n", ["123456"]],
  ["123456 lasts 12s\n", ["123456"]],
  ["\u001b[32m123456\u001b[0m\n", ["123456"]],
  ["AWS: 123456\nnext in 12s\n", ["123456"]],
  ["123456\n123456\n", ["123456"]],
  ["AWS:alice  123456\nAWS:bob  654321\n", ["123456", "654321"]],
  ["1234567\n", []],
  ["account 123456789012\n", []],
  ["2026-11-28 12:00:00\n", []],
  ["", []],
];
for (const [printed, codes] of PRINTED) {
  Deno.test(`the codes in what a program printed: ${JSON.stringify(printed)}`, () => {
    assert.deepEqual(tokenCodesIn(printed), codes);
  });
}
