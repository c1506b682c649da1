import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS } from "../../support/fake_world.ts";
import { play } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";

function profile(name: string, source: string, more = ""): string {
  return `[profile ${name}]\nrole_arn = arn:aws:iam::111122223333:role/${name}\nsource_profile = ${source}\n${more}`;
}

Deno.test("in a chain each role lasts as its profile says, an hour at most, and only the last as the command line says", async () => {
  const config = profile("one", "user", "duration_seconds = 7200\n") +
    profile("two", "one", "duration_seconds = 1800\n") + profile("three", "two") +
    profile("four", "three");
  const { code, roleRequests } = await play(["-p", "four", "-d", "20m", "123456"], {
    files: { [CREDENTIALS]: `[user]\n${KEYS}`, [CONFIG]: config },
  });
  assert.equal(code, 0);
  assert.deepEqual(roleRequests.map(({ request }) => request.seconds), [3600, 1800, 3600, 1200]);
});
