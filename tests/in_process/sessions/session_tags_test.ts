import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS, fakeWorld } from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const ROLE = "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n";
const filesWith = (more: string): Record<string, string> => ({ [CREDENTIALS]: KEYS, [CONFIG]: ROLE + more });

Deno.test("session_tags, transitive_session_tags and source_identity are sent, and are part of what is cached", async () => {
  const fake = fakeWorld({
    files: filesWith(
      "session_tags = team=data, cost=4=2\ntransitive_session_tags = team\nsource_identity = alice\n",
    ),
  });
  const exec = ["exec", "-p", "r", "--", "x"];
  assert.equal((await playIn(fake, ["exec", "-p", "r", "123456", "--", "x"])).code, 0);
  const { tags, sourceIdentity } = fake.roleRequests[0]?.request ?? {};
  assert.deepEqual(tags, [
    { key: "team", value: "data", transitive: true },
    { key: "cost", value: "4=2", transitive: false },
  ]);
  assert.equal(sourceIdentity, "alice");
  await playIn(fake, exec);
  assert.equal(fake.roleRequests.length, 1, "cached");
  fake.files.set(CONFIG, `${ROLE}session_tags = team=web\n`);
  await playIn(fake, exec);
  assert.deepEqual(fake.roleRequests.map(({ request }) => request.tags?.[0]?.value), ["data", "web"]);
});

Deno.test("tags that can't be meant are refused before anything is asked", async () => {
  for (
    const more of [
      "session_tags = team\n",
      "session_tags = a=b\ntransitive_session_tags = c\n",
      "source_identity = a b\n",
    ]
  ) {
    const played = await play(["exec", "-p", "r", "123456", "--", "x"], { files: filesWith(more) });
    assertFailed(played, {
      code: 2,
      stderr: /^awsmfa: (transitive_)?(session_tags|source_identity) of profile 'r': '/,
    });
    assert.deepEqual(played.requests, []);
  }
});
