import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS, type FakeSetup, fakeWorld } from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const ROLE = "arn:aws:iam::111122223333:role/ci";
const NEXT = "arn:aws:iam::444455556666:role/next";
const FILES = {
  [CONFIG]: `[profile ci]\nrole_arn = ${ROLE}\ncredential_source = Environment\n` +
    `[profile next]\nrole_arn = ${NEXT}\nsource_profile = ci\n`,
};
const KEYS = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "env/secret" };
const SETUP: FakeSetup = { files: FILES, env: KEYS };

Deno.test("credential_source = Environment: long-term keys there get a session with a code, and assume the role", async () => {
  const { code, stdout, stderr, requests, roleRequests, files } = await play(["-p", "ci", "123456"], SETUP);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^Logged in to 'ci' as role ci \(111122223333\) until /);
  assert.equal(requests[0]?.access.keys.accessKeyId, "AKIAENV");
  assert.deepEqual(roleRequests.map(({ request }) => request.roleArn), [ROLE]);
  assert.match(files[CONFIG] ?? "", /^awsmfa_credential_source = Environment$/m);
  assert.match(files[CREDENTIALS] ?? "", /^\[ci\]\naws_access_key_id = ASIAROLE/);
});

Deno.test("a role over such a one, env and status: one code, and a logout puts the source back", async () => {
  const fake = fakeWorld(SETUP);
  assert.equal((await playIn(fake, ["env", "-s", "sh", "-p", "next", "123456"])).code, 0);
  assert.deepEqual(fake.roleRequests.map(({ request }) => request.roleArn), [ROLE, NEXT]);
  assert.equal((await playIn(fake, ["-p", "ci"])).code, 0);
  assert.equal(fake.requests.length, 1);
  const status = await playIn(fake, ["status", "-p", "ci"]);
  assert.match(status.stdout, /^keys {5}the keys in the environment, which assume the role; /m);
  assert.equal((await playIn(fake, ["logout", "-p", "ci"])).code, 0);
  assert.equal(fake.files.get(CONFIG), FILES[CONFIG]);
});

Deno.test("a session in the environment assumes the role itself, without a code", async () => {
  const env = { ...KEYS, AWS_ACCESS_KEY_ID: "ASIAENV", AWS_SESSION_TOKEN: "env//token" };
  const { code, stderr, requests, roleRequests } = await play(["-p", "ci"], { files: FILES, env });
  assert.equal(code, 0, stderr);
  assert.deepEqual(requests, []);
  const { accessKeyId, secretAccessKey, sessionToken } = roleRequests[0]?.access.keys ?? {};
  assert.deepEqual([accessKeyId, secretAccessKey, sessionToken], ["ASIAENV", "env/secret", "env//token"]);
});

Deno.test("without keys there, or with half of one, it is said what is missing; another source is the machine's", async () => {
  for (const env of [{}, { AWS_ACCESS_KEY_ID: "AKIAENV" }]) {
    assertFailed(await play(["-p", "ci", "123456"], { files: FILES, env }), {
      code: 4,
      stderr:
        /^awsmfa: profile 'ci' takes its keys from the environment .*\nhint: set AWS_ACCESS_KEY_ID and /,
    });
  }
  const files = { [CONFIG]: (FILES[CONFIG] ?? "").replace("Environment", "Ec2InstanceMetadata") };
  assertFailed(await play(["-p", "ci", "123456"], { files, env: KEYS }), {
    code: 4,
    stderr: /through the machine it runs on \(credential_source\)/,
  });
});

Deno.test("with another source beside it nobody knows which is meant", async () => {
  const files = { [CONFIG]: (FILES[CONFIG] ?? "").replace("Environment", "Environment\nsource_profile = x") };
  assertFailed(await play(["-p", "ci", "123456"], { files, env: KEYS }), {
    code: 4,
    stderr: /has both source_profile and credential_source/,
  });
});
