import assert from "node:assert/strict";
import { openStage } from "../../support/stage.ts";

// A clock that is less than 15 minutes off is one that AWS takes: in WSL, in a VM after a sleep.
for (const [way, awsAhead] of [["behind", 600], ["ahead of", -600]] as const) {
  Deno.test(`with a clock that is 10 minutes ${way} AWS's a session ends by that clock, and it is told`, async () => {
    await using stage = await openStage();
    stage.sts.behave({ clockOffsetSeconds: awsAhead });
    const before = Date.now();
    const login = await stage.login(["-d", "15m"]);
    const after = Date.now();
    assert.match(login.stdout, /^Logged in to 'default' until .* \(15m\)\.\n$/);
    assert.match(
      login.stderr,
      new RegExp(`^warning: this machine's clock is 10m ${way} AWS's\nhint: Linux: .*\n`),
    );
    assert.doesNotMatch(login.stderr, /root user/);
    const [, ends = ""] = /^x_security_token_expires = (.*)$/m.exec(stage.home.read(".aws/credentials")) ??
      [];
    const left = Date.parse(ends) - 900_000;
    // The answer's Date and the expiration have whole seconds.
    assert.ok(left >= before - 3000 && left <= after + 3000, `${ends} for ${new Date(before).toISOString()}`);
  });
}

Deno.test("of a clock that is right nothing is told", async () => {
  await using stage = await openStage();
  assert.doesNotMatch((await stage.login()).stderr, /clock/);
});
