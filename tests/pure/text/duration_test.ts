import assert from "node:assert/strict";
import { describeSeconds, parseDuration, SESSION_SECONDS } from "../../../src/domain/text/duration.ts";
import { UsageError } from "../../../src/errors.ts";

Deno.test("a duration is seconds, minutes, hours, or hours with minutes", () => {
  const cases: [text: string, seconds: number][] = [
    ["900", 900],
    ["3600", 3600],
    ["3600s", 3600],
    ["15m", 900],
    ["90m", 5400],
    ["12h", 43_200],
    ["1h30m", 5400],
    ["36h", 129_600],
    [" 2H ", 7200],
    ["129600", 129_600],
    ["1.5h", 5400],
    ["1d", 86_400],
    ["1d12h", 129_600],
  ];
  for (const [text, seconds] of cases) {
    assert.equal(parseDuration(text, "--duration", SESSION_SECONDS), seconds, text);
  }
});

Deno.test("what is no duration is refused, and the hint shows some", () => {
  for (
    const text of [
      "",
      " ",
      "abc",
      "-900",
      "1.h",
      "1.5",
      "h",
      "30m1h",
      "12h 30",
      "1e4",
      "0x384",
      "9000000000",
      "١٢h",
    ]
  ) {
    assert.throws(() => parseDuration(text, "--duration", SESSION_SECONDS), (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, `--duration: '${text}' isn't a duration`);
      assert.match(error.hint ?? "", /90m, 12h, 1h30m/);
      return true;
    });
  }
});

Deno.test("a duration that STS would refuse is refused, and its source named", () => {
  const cases: [text: string, why: string][] = [
    ["899", "too short"],
    ["0", "too short"],
    ["14m", "too short"],
    ["129601", "too long"],
    ["36h1m", "too long"],
    ["99999h", "too long"],
  ];
  for (const [text, why] of cases) {
    assert.throws(() => parseDuration(text, "AWSMFA_DURATION", SESSION_SECONDS), {
      message: `AWSMFA_DURATION: '${text}' is ${why}`,
      hint: "from 900 seconds (15m) to 129600 seconds (36h)",
    });
  }
});

Deno.test("a time that is left is told in words of whole minutes", () => {
  const cases: [seconds: number, words: string][] = [
    [-5, "0s"],
    [0, "0s"],
    [59.9, "59s"],
    [60, "1m"],
    [899.6, "15m"],
    [3599, "1h"],
    [3600, "1h"],
    [5400, "1h 30m"],
    [43_199.7, "12h"],
    [129_600, "36h"],
  ];
  for (const [seconds, words] of cases) assert.equal(describeSeconds(seconds), words);
  assert.equal(describeSeconds(71 * 3600), "71h");
  assert.equal(describeSeconds(97_729 * 3600), "4072 days");
});
