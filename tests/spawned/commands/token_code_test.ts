import assert from "node:assert/strict";
import { assertFails } from "../../support/failure.ts";
import { openStage } from "../../support/stage.ts";

Deno.test("a code is taken in one word, in two, with a dash, and from stdin", async () => {
  await using stage = await openStage();
  const ways: [
    title: string,
    args: (code: string) => string[],
    stdin: (code: string) => string | undefined,
  ][] = [
    ["one word", (code) => [code], () => undefined],
    ["one word with a blank", (code) => [halves(code).join(" ")], () => undefined],
    ["two words", halves, () => undefined],
    ["a dash between", (code) => [halves(code).join("-")], () => undefined],
    ["after a flag", (code) => ["--profile", "default", code], () => undefined],
    ["before a flag", (code) => [code, "--profile", "default"], () => undefined],
    ["stdin", () => ["-"], (code) => `${code}\n`],
    ["stdin with a blank and CRLF", () => ["-"], (code) => `${halves(code).join(" ")}\r\n`],
    ["stdin without a line end", () => ["-"], (code) => code],
    ["stdin with more lines", () => ["-"], (code) => `${code}\nmore\n`],
  ];
  for (const [title, args, stdin] of ways) {
    const code = stage.code();
    const input = stdin(code);
    const ran = await stage.awsmfa([...args(code), "--serial", stage.user.serial], {
      ...(input === undefined ? {} : { stdin: input }),
    });
    assert.equal(ran.code, 0, `${title}: ${ran.stderr}`);
    assert.equal(stage.sts.requests.at(-1)?.params.TokenCode, code, title);
  }
});

Deno.test("what is no code is refused before a request", async () => {
  await using stage = await openStage();
  const six = "six digits: awsmfa 123456; a profile is named with -p:";
  const rows: [args: string[], says: string, hint: string, stdin?: string][] = [
    [[], "an MFA code is required, but there is no terminal to ask for it", "awsmfa 123456"],
    [["12345"], "an MFA code has six digits, not 5", "awsmfa 123456"],
    [["1234567"], "an MFA code has six digits, not 7", "awsmfa 123456"],
    [["123456", "654321"], "more than one MFA code given", "give the current one"],
    [["work"], "unknown command 'work'", "awsmfa --help; for a profile: awsmfa -p work"],
    [["work", "123456"], "unknown command 'work'", "awsmfa --help; for a profile: awsmfa -p work"],
    [
      ["wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
      "the argument isn't an MFA code",
      `${six} awsmfa -p NAME 123456`,
    ],
    [["-"], "stdin has no MFA code", "six digits: echo 123456 | awsmfa -", "hello\n"],
    [["-"], "stdin has no MFA code", "six digits: echo 123456 | awsmfa -", ""],
    [["-"], "stdin has no MFA code", "six digits: echo 123456 | awsmfa -", "\n123456\n"],
  ];
  for (const [args, says, hint, stdin] of rows) {
    await assertFails(stage, args, { code: 2, says, hint }, stdin === undefined ? {} : { stdin });
  }
});

function halves(code: string): string[] {
  return [code.slice(0, 3), code.slice(3)];
}
