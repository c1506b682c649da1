import assert from "node:assert/strict";
import { CREDENTIALS, fakeWorld, withoutCached } from "../../support/fake_world.ts";
import { playIn } from "../play.ts";

const files = {
  [CREDENTIALS]: "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n",
};
const legacyIn = (text = ""): string | undefined => /^aws_security_token = (.*)$/m.exec(text)?.[1];

Deno.test("--legacy-token writes the token under its old name, later logins keep it right, and a restore takes it away", async () => {
  const fake = fakeWorld({ files });
  const run = async (...args: string[]): Promise<string | undefined> => {
    const { code, stderr } = await playIn(fake, args);
    assert.equal(code, 0, stderr);
    return legacyIn(fake.files.get(CREDENTIALS));
  };
  assert.equal(await run("123456"), undefined);
  assert.equal(
    await run("--legacy-token"),
    "session//token==1",
    "the session at hand, which is not asked for again",
  );
  assert.equal(fake.requests.length, 1);
  assert.equal(await run("-f", "654321"), "session//token==2");
  const before = fake.saves.length;
  assert.equal(await run("--legacy-token"), "session//token==2");
  assert.equal(fake.saves.length, before, "it is there: no file is touched");
  assert.equal(await run("--restore"), undefined);
  assert.deepEqual(withoutCached(Object.fromEntries(fake.files)), files);
});

Deno.test("a dry run shows the line, and the token of neither name", async () => {
  const { code, stdout } = await playIn(fakeWorld({ files }), ["--legacy-token", "--dry-run"]);
  assert.equal(code, 0);
  assert.match(stdout, /^\+aws_security_token = \*\*\*\*$/m);
});
