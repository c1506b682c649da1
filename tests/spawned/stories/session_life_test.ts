import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { assertFails } from "../../support/failure.ts";
import { cachedFile } from "../../support/cached_session.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const FILE = ".aws/credentials";
const NO_TERMINAL = {
  code: 2,
  says: "an MFA code is required, but there is no terminal to ask for it",
  hint: "awsmfa 123456",
};

Deno.test("while a session is valid nothing is asked and nothing called, also without a terminal", async () => {
  await using stage = await openStage();
  await stage.login(["-d", "1h"]);
  const [before, count] = [stage.files(), stage.sts.requests.length];
  for (const args of [[], ["login"], ["-p", "default"], ["--min-remaining", "30m"], ["-d", "1h"]]) {
    const { code, stdout, stderr } = await stage.awsmfa(args);
    assert.deepEqual([code, stderr], [0, ""], args.join(" "));
    assert.match(
      stdout,
      /^Already logged in to 'default' until .* \(1h\); awsmfa --force gets a new session\.\n$/,
    );
  }
  const json = await stage.awsmfa(["--json"]);
  const { how, profile } = JSON.parse(json.stdout);
  assert.deepEqual([how, profile], ["valid", "default"]);
  assert.deepEqual(stage.files(), before);
  assert.equal(stage.sts.requests.length, count);
});

Deno.test("a session that is too short for --min-remaining, and --force, ask for a code", async () => {
  await using stage = await openStage();
  await stage.login(["-d", "1h"]);
  for (const args of [["--min-remaining", "2h"], ["--force"], ["-f"]]) {
    await assertFails(stage, args, NO_TERMINAL);
  }
  const [before] = [keyIdOf(stage)];
  await stage.login(["--force"]);
  assert.notEqual(keyIdOf(stage), before);
});

Deno.test("a code that is given is used, also while a session is valid", async () => {
  await using stage = await openStage();
  await stage.login();
  const [before, count] = [keyIdOf(stage), stage.sts.requests.length];
  await stage.login();
  assert.notEqual(keyIdOf(stage), before);
  assert.equal(stage.sts.requests.slice(count).at(-1)?.action, "GetSessionToken");
});

Deno.test("an expired session in the file is replaced, and its keys are those of the backup", async () => {
  await using stage = await openStage();
  const { home } = stage;
  const before = stage.files();
  await stage.login(["-d", "1h"]);
  expire(stage);
  await assertFails(stage, [], NO_TERMINAL);
  const status = await stage.awsmfa(["status", "-p", "default"]);
  assert.equal(status.code, 4);
  assert.match(
    status.stderr,
    /^awsmfa: profile 'default' isn't logged in: its session expired .* ago\nhint: /,
  );
  await stage.login();
  assert.equal((await stage.awsmfa([])).code, 0);
  assert.notEqual(valuesOf(home.read(FILE), "default").x_security_token_expires, "2026-01-02T03:04:05Z");
  await stage.restore();
  assert.deepEqual(stage.filesOfUser(), before);
});

Deno.test("a logout puts the keys back, forgets the kept session and says what AWS can't", async () => {
  await using stage = await openStage();
  const before = stage.files();
  await stage.login();
  const count = stage.sts.requests.length;
  const { code, stdout, stderr } = await stage.awsmfa(["logout"]);
  assert.equal(code, 0);
  assert.equal(
    stdout,
    "Profile 'default' has its long-term keys back.\nThe cached session was deleted.\n",
  );
  assert.equal(stderr, "AWS can't revoke sessions: copies stay valid until they expire.\n");
  assert.deepEqual(stage.filesOfUser(), before);
  const left = [...Deno.readDirSync(stage.home.file(".aws/awsmfa"))].map(({ name }) => name).sort();
  const lock = `${cachedFile(stage).replace(/^.*\//, "")}.awsmfa.lock`;
  assert.deepEqual(
    left,
    [".awsmfa.lock", ".gitignore", lock, "devices.json"],
    "the device is the user's still",
  );
  assert.equal(stage.sts.requests.length, count, "nobody is asked");
  await assertFails(stage, [], NO_TERMINAL);
  await assertFails(stage, ["logout"], {
    code: 4,
    says: "profile 'default' holds no session",
    hint: "awsmfa status shows which profiles do",
  });
});

Deno.test("a logout of one profile leaves the others logged in", async () => {
  await using stage = await openStage();
  const other = stage.sts.addUser({ name: "bob" });
  stage.home.write(FILE, section("default", stage.user) + section("bob", other));
  await stage.login();
  assert.equal((await stage.awsmfa([stage.sts.code(other.serial), "-p", "bob"])).code, 0);
  await stage.awsmfa(["logout", "-p", "bob"]);
  assert.match(keyIdOf(stage), /^ASIA/);
  assert.equal(keyIdOf(stage, "bob"), other.accessKeyId);
});

Deno.test("restore is a word too, and a kept session brings the profile back without a code", async () => {
  await using stage = await openStage();
  const before = stage.files();
  await stage.login();
  const session = keyIdOf(stage);
  const { code, stdout } = await stage.awsmfa(["restore"]);
  assert.deepEqual([code, stdout], [0, "Profile 'default' has its long-term keys back.\n"]);
  assert.deepEqual(stage.filesOfUser(), before);
  const count = stage.sts.requests.length;
  const again = await stage.awsmfa([]);
  assert.match(again.stdout, /, reusing an earlier login\.\n$/);
  assert.equal(keyIdOf(stage), session);
  assert.equal(stage.sts.requests.length, count);
  assert.equal((await stage.awsmfa(["restore", "-p", "default", "--json"])).code, 0);
  assert.deepEqual(stage.filesOfUser(), before);
});

Deno.test("keys of the environment log in the default profile, and it says that they win", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  Deno.removeSync(home.file(FILE));
  const env = { AWS_ACCESS_KEY_ID: user.accessKeyId, AWS_SECRET_ACCESS_KEY: user.secretAccessKey };
  // No file at all: the profile isn't there yet.
  const { stdout, stderr } = await stage.login([], { env });
  assert.match(stdout, /^Logged in to 'default' until /);
  assert.equal(
    stderr,
    "warning: AWS_ACCESS_KEY_ID is set in the environment, and wins over the session in the file\n" +
      "hint: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN\n",
  );
  assert.match(keyIdOf(stage), /^ASIA/);
  assert.ok(!home.read(FILE).includes(user.secretAccessKey), "they are written nowhere");
  const named = await stage.awsmfa([stage.code(), "-p", "work"], { env });
  assert.equal(named.code, 4, "a profile that is named is not the environment's");
});

function keyIdOf(stage: Stage, profile = "default"): string {
  return valuesOf(stage.home.read(FILE), profile).aws_access_key_id ?? "";
}

/** As if the night had passed: both the session in the file and the kept one are over. */
function expire(stage: Stage): void {
  const { home } = stage;
  const past = "2026-01-02T03:04:05Z";
  home.write(FILE, home.read(FILE).replace(/(x_security_token_expires = ).*/, `$1${past}`));
  const kept = cachedFile(stage);
  home.write(kept, home.read(kept).replace(/("expiration": )"[^"]*"/, `$1"${past}"`));
}
