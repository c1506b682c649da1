import assert from "node:assert/strict";
import { valuesOf, withoutLoginLines } from "../../support/aws_file.ts";
import { allConsumers, assertAllUseSession } from "../../support/consumers.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

// broamski/aws-mfa has the keys in [NAME-long-term], and writes the session into [NAME], with keys of its own.
const FILE = ".aws/credentials";

Deno.test({
  ...allConsumers,
  name: "the layout of broamski/aws-mfa works as it is, on top of that tool's expired session",
  fn: async () => {
    await using stage = await openStage({ user: { deviceName: "phone" } });
    const { home, sts, user } = stage;
    const original = layout(stage, "2026-01-02 03:04:05");
    home.write(FILE, original);
    const { stdout } = await stage.login(["-p", "work", "-d", "1h"]);

    assert.match(stdout, /^Logged in to 'work' until .* \(1h\)\.\n$/);
    assert.deepEqual(
      sts.requests.map(({ action, params }) => [action, params.SerialNumber]),
      [["GetSessionToken", user.serial]],
      "aws_mfa_device names the device",
    );
    const text = home.read(FILE);
    assert.equal(withoutLoginLines(text, "work"), withoutLoginLines(original, "work"), "every other byte");
    const work = valuesOf(text, "work");
    assert.equal(work.aws_security_token, work.aws_session_token, "its old name for the token follows");
    assert.equal(work.assumed_role, "False");
    assert.equal(`${work.expiration?.replace(" ", "T")}Z`, work.x_security_token_expires);
    await assertAllUseSession(stage, "work");

    const out = await stage.awsmfa(["logout", "-p", "work"]);
    assert.deepEqual([out.code, out.stdout.split("\n")[0]], [0, "Profile 'work' is logged out."]);
    assert.equal(home.read(FILE), original, "byte for byte");
  },
});

Deno.test("a session of broamski/aws-mfa is not taken for awsmfa's own: a code is asked for", async () => {
  await using stage = await openStage();
  stage.home.write(FILE, layout(stage, "2099-01-02 03:04:05"));
  const before = stage.files();
  const { code, stderr } = await stage.awsmfa(["-p", "work"]);
  assert.match(stderr, /^awsmfa: an MFA code is required/);
  assert.equal(code, 2);
  assert.deepEqual(stage.files(), before);
});

Deno.test("status shows what broamski/aws-mfa left: the keys, and when its session ended", async () => {
  await using stage = await openStage();
  stage.home.write(FILE, layout(stage, "2026-01-02 03:04:05"));
  const { code, stdout } = await stage.awsmfa(["status", "--json"]);
  assert.equal(code, 0);
  const profiles: { name: string; state: string; expiration?: string }[] = JSON.parse(stdout).profiles;
  assert.deepEqual(profiles.map(({ name, state, expiration }) => [name, state, expiration]), [
    ["work-long-term", "long-term", undefined],
    ["work", "expired", "2026-01-02T03:04:05.000Z"],
  ]);
});

function layout({ user }: Stage, expiration: string): string {
  return `${section("work-long-term", user)}aws_mfa_device = ${user.serial}\n\n` +
    `[work]\nassumed_role = False\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\n` +
    `aws_secret_access_key = ${"s".repeat(40)}\naws_session_token = ${"t".repeat(300)}\n` +
    `aws_security_token = ${"t".repeat(300)}\nexpiration = ${expiration}\nregion = eu-west-1\n`;
}
