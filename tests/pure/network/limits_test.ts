import assert from "node:assert/strict";
import { readLimits, shortLimits } from "../../../src/domain/network/limits.ts";
import { UsageError } from "../../../src/errors.ts";

const named = (value: string): { value: string; source: string } => ({
  value,
  source: "cli_read_timeout of profile 'x'",
});

Deno.test("AWSMFA_TIMEOUT counts for both limits, before the AWS CLI's two settings", () => {
  assert.deepEqual(readLimits("60", named("5"), named("5")), { connectSeconds: 60, answerSeconds: 60 });
  assert.deepEqual(readLimits(undefined, named("5"), named("7")), { connectSeconds: 5, answerSeconds: 7 });
  assert.deepEqual(readLimits("", named("5"), undefined), { connectSeconds: 5, answerSeconds: 20 });
  assert.deepEqual(readLimits(undefined, undefined, undefined), { connectSeconds: 10, answerSeconds: 20 });
});

Deno.test("0 of the AWS CLI is no limit, and nobody waits for more than 10 minutes", () => {
  assert.deepEqual(readLimits(undefined, named("0"), named("0")), {
    connectSeconds: 600,
    answerSeconds: 600,
  });
  assert.deepEqual(readLimits("999999", undefined, undefined), { connectSeconds: 600, answerSeconds: 600 });
});

Deno.test("what is no number of seconds is refused by its name", () => {
  for (const value of ["0", "1m", "-1", "1.5", "ten"]) {
    assert.throws(() => readLimits(value, undefined, undefined), (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, `AWSMFA_TIMEOUT: '${value}' is not a number of seconds`);
      return true;
    });
  }
  assert.throws(
    () => readLimits(undefined, named("x"), undefined),
    /cli_read_timeout of profile 'x': 'x' is not a number of seconds/,
  );
});

Deno.test("one of several questions at once has less time, but for what the person says", () => {
  assert.deepEqual(shortLimits(readLimits(undefined, undefined, undefined)), {
    connectSeconds: 5,
    answerSeconds: 5,
  });
  const said = readLimits("10", undefined, undefined);
  assert.equal(shortLimits(said), said);
});
