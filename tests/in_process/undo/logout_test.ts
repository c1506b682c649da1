import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { marked } from "../../support/session_mark.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const OTHER_KEYS = "aws_access_key_id = AKIAOTHER\naws_secret_access_key = other/secret\n";
const SESSION = "aws_access_key_id = ASIAX\naws_secret_access_key = s3cret\naws_session_token = t0ken\n";
const FILE = `# mine\n[default]\n${KEYS}region = eu-west-1\n[work]\n${KEYS}`;
const STAYS_VALID = "AWS can't revoke sessions: copies stay valid until they expire.\n";

async function loggedIn(profiles: string[], setup: home.FakeSetup = {}): Promise<home.FakeWorld> {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: FILE }, ...setup });
  for (const [i, profile] of profiles.entries()) {
    assert.equal((await playIn(fake, ["-p", profile, `12345${i}`])).code, 0);
  }
  fake.saves.length = 0;
  return fake;
}

/** The device that worked is no secret: a logout leaves it, and the next login knows it. */
function remembered(files: Record<string, string>): Record<string, string> {
  assert.match(files[home.DEVICES] ?? "", /"AKIAALICE": "arn:aws:iam::111122223333:mfa\/alice"/);
  return { [home.DEVICES]: files[home.DEVICES] ?? "" };
}

Deno.test("a shell with keys of its own stays who it is, and a logout of the profile that nobody named says so first", async () => {
  const fake = home.fakeWorld({
    files: {
      [home.CREDENTIALS]: "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n",
    },
    env: { AWS_ACCESS_KEY_ID: "AKIABOB", AWS_SECRET_ACCESS_KEY: "bobs/secret" },
  });
  for (const [code, args, says] of [["123456", [], true], ["654321", ["-p", "default"], false]] as const) {
    assert.equal((await playIn(fake, ["-p", "default", code])).code, 0);
    const { stderr } = await playIn(fake, ["logout", ...args]);
    const warning =
      "warning: AWS_ACCESS_KEY_ID is set in the environment: this shell stays who it is, and profile 'default' is logged out\n" +
      "hint: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN\n";
    assert.equal(stderr.startsWith(warning), says, stderr);
  }
});

Deno.test("a logout puts the keys back, forgets the kept session, and says that AWS can't revoke it", async () => {
  const { code, stdout, stderr, files, saves } = await playIn(await loggedIn(["default"]), ["logout"]);
  assert.equal(
    stdout,
    "Profile 'default' has its long-term keys back.\nThe cached session was deleted.\n",
  );
  assert.equal(stderr, STAYS_VALID);
  assert.equal(code, 0);
  assert.deepEqual(files, { [home.CREDENTIALS]: FILE, ...remembered(files) });
  assert.deepEqual(saves, [home.CREDENTIALS, `-${home.BACKUP}`, `-${home.CACHED}`]);
});

Deno.test("a logout of one profile leaves the session of another in its section", async () => {
  for (const args of [["logout", "-p", "default"], ["-p", "default", "logout"]]) {
    const { code, files } = await playIn(await loggedIn(["default", "work"]), args);
    assert.equal(code, 0);
    assert.match(files[home.CREDENTIALS] ?? "", /^# mine\n\[default\]\naws_access_key_id = AKIAALICE\n/);
    assert.match(files[home.CREDENTIALS] ?? "", /\[work\]\naws_access_key_id = ASIA/);
    assert.match(files[home.BACKUP] ?? "", /\[work\]\n/);
  }
});

Deno.test("AWS_PROFILE names the profile that is logged out", async () => {
  const fake = await loggedIn(["default", "work"], { env: { AWS_PROFILE: "work" } });
  const { stdout, files } = await playIn(fake, ["logout"]);
  assert.match(stdout, /^Profile 'work' has its long-term keys back/);
  assert.match(files[home.CREDENTIALS] ?? "", /\[default\]\naws_access_key_id = ASIA/);
});

Deno.test("a session that another tool made is left as it is", async () => {
  const files = { [home.CREDENTIALS]: `[a]\n${SESSION}region = x\n[b]\n${KEYS}` };
  assertFailed(await play(["logout", "-p", "a"], { files }), {
    code: 4,
    stderr: "awsmfa: profile 'a' has a session that awsmfa didn't write\n" +
      "hint: it was left unchanged: end it with the tool that made it\n",
    files,
  });
});

Deno.test("a session that another tool put over awsmfa's is kept in the backup, and the keys come back", async () => {
  const fake = await loggedIn(["default"]);
  fake.files.set(home.CREDENTIALS, `[default]\n${SESSION}`);
  const { code, stdout, stderr, files } = await playIn(fake, ["logout"]);
  assert.match(stdout, /^Profile 'default' has its long-term keys back\.\n/);
  assert.equal(
    stderr,
    "warning: profile 'default' had credentials that awsmfa didn't write\n" +
      `hint: they are in [default@ASIAX] of ${home.BACKUP}\n${STAYS_VALID}`,
  );
  assert.equal(code, 0);
  assert.equal(files[home.CREDENTIALS], `[default]\n${KEYS}`);
  assert.match(files[home.BACKUP] ?? "", /\[default@ASIAX\]\n# awsmfa: replaced [^\n]*\n[^[]*s3cret\n/);
});

Deno.test("a session that nothing was backed up for goes, and the rest of its section stays", async () => {
  const credentials = `[a]\n${
    marked(`${SESSION}x_security_token_expires = 2026-11-20T20:00:00Z\nregion = x\n`)
  }[b]\n${KEYS}`;
  const { code, stdout, stderr, files } = await play(["logout", "-p", "a"], {
    files: { [home.CREDENTIALS]: credentials },
  });
  assert.equal(stdout, "Profile 'a' is logged out.\n");
  assert.deepEqual([stderr, code], [STAYS_VALID, 0]);
  assert.deepEqual(files, { [home.CREDENTIALS]: `[a]\nregion = x\n[b]\n${KEYS}` });
});

Deno.test("a session that is kept and in no file is forgotten", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: FILE } });
  await playIn(fake, ["env", "-s", "sh", "123456"]);
  fake.saves.length = 0;
  const { code, stdout, files, saves } = await playIn(fake, ["logout"]);
  assert.equal(
    stdout,
    "Profile 'default' is logged out.\nThe cached session was deleted.\n",
  );
  assert.equal(code, 0);
  assert.deepEqual(files, { [home.CREDENTIALS]: FILE, ...remembered(files) });
  assert.deepEqual(saves, [`-${home.CACHED}`]);
});

Deno.test("a logout of a role forgets its credentials and the user's session", async () => {
  const config = "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n";
  const fake = await loggedIn(["r"], { files: { [home.CREDENTIALS]: FILE, [home.CONFIG]: config } });
  const { code, files } = await playIn(fake, ["logout", "-p", "r"]);
  assert.equal(code, 0);
  assert.deepEqual(files, { [home.CREDENTIALS]: FILE, [home.CONFIG]: config, ...remembered(files) });
});

Deno.test("without a session a logout changes nothing, and neither does a second one", async () => {
  const expected = {
    code: 4,
    stderr: "awsmfa: profile 'default' holds no session\nhint: awsmfa status shows which profiles do\n",
    files: { [home.CREDENTIALS]: FILE },
  };
  assertFailed(await play(["logout"], { files: { [home.CREDENTIALS]: FILE } }), expected);
  const fake = await loggedIn(["default"]);
  await playIn(fake, ["logout"]);
  fake.saves.length = 0;
  const second = await playIn(fake, ["logout"]);
  assertFailed(second, {
    ...expected,
    files: { ...expected.files, ...remembered(second.files) },
  });
  assertFailed(await play(["logout", "-p", "none"]), {
    code: 4,
    stderr: /^awsmfa: profile 'none' holds no session\n/,
  });
});

Deno.test("a profile that holds other long-term keys by now is left alone, and so is its backup", async () => {
  const fake = await loggedIn(["default"]);
  fake.files.set(home.CREDENTIALS, `[default]\n${OTHER_KEYS}`);
  const backup = fake.files.get(home.BACKUP);
  const { code, stdout, stderr, files } = await playIn(fake, ["logout"]);
  assert.equal(stdout, "");
  assert.match(
    stderr,
    /^warning: profile 'default' has other credentials now: they were left unchanged\nhint: /,
  );
  assert.equal(code, 0);
  assert.equal(files[home.CREDENTIALS], `[default]\n${OTHER_KEYS}`);
  assert.equal(files[home.BACKUP], backup);
});

Deno.test("--json tells the outcome", async () => {
  const { code, stdout } = await playIn(await loggedIn(["default"]), ["logout", "--json"]);
  assert.deepEqual(JSON.parse(stdout), { profile: "default", outcome: "restored", forgotKept: true });
  assert.equal(code, 0);
});

Deno.test("a profile that can't log in any more, by whatever is wrong with it, can be logged out", async () => {
  for (
    const settings of [
      "role_arn = admin\nsource_profile = work\n",
      "role_arn = arn:aws:iam::111122223333:role/r\nsource_profile = nobody\n",
    ]
  ) {
    const fake = await loggedIn(["default"]);
    fake.files.set(home.CONFIG, `[default]\n${settings}`);
    assert.notEqual((await playIn(fake, ["-f", "654321"])).code, 0);
    const { code, stdout, files } = await playIn(fake, ["logout"]);
    assert.deepEqual([code, stdout], [0, "Profile 'default' has its long-term keys back.\n"]);
    assert.equal(files[home.CREDENTIALS], FILE);
  }
});
