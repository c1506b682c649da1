import assert from "node:assert/strict";
import { READ_BEFORE_A_SESSION } from "../../../src/domain/aws_files/renamed_name.ts";
import { READERS } from "../../../src/domain/readers/reader_table.ts";
import { readBoth, readingOf } from "../../../src/domain/readers/reading.ts";
import { BACKUP, CONFIG, CREDENTIALS, fakeWorld } from "../../support/fake_world.ts";
import { BESIDE } from "../../support/readers/profile_layouts.ts";
import { withoutMark } from "../../support/session_mark.ts";
import { playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const SESSION = "aws_access_key_id = ASIA0000000000000001\naws_secret_access_key = temporary/secret+1\n" +
  "aws_session_token = session//token==1\nx_security_token_expires = 2026-11-20T21:00:00Z\n";
const ARN = "arn:aws:iam::111122223333:role/one";

/** Lines that keep some reader from a session beside them; ARNs as awsmfa takes them. */
const LINES = BESIDE.map((lines) => lines.replaceAll(/arn:aws:iam::1:role\/x/g, ARN))
  .filter((lines) => READ_BEFORE_A_SESSION.includes(lines.split(" ")[0] ?? ""));

/** Who has something else than the session of `work`. */
function withoutSession(files: Record<string, string>): string[] {
  const texts = { credentials: files[CREDENTIALS], config: files[CONFIG] };
  return READERS.filter((reader) => {
    const reading = readingOf(readBoth(reader, texts), "work");
    return reading.kind !== "keys" || !/^ASIA/.test(reading.accessKeyId) ||
      reading.sessionToken === undefined;
  }).map(({ id }) => id);
}

Deno.test("whatever stands beside keys in the credentials file: every reader has the session, and a logout gives the same bytes", async () => {
  assert.ok(LINES.length > 30);
  for (const lines of LINES) {
    const before = `[base]\n${KEYS}[work]\n${lines}\n${KEYS}region = eu-west-1\n`;
    const fake = fakeWorld({ files: { [CREDENTIALS]: before } });
    const args = [
      "--source-profile",
      "base",
      "-p",
      "work",
      "--serial",
      "arn:aws:iam::111122223333:mfa/alice",
    ];
    for (const more of [["123456"], ["--force", "654321"]]) {
      const { code, stderr, files } = await playIn(fake, [...args, ...more]);
      assert.equal(code, 0, lines + stderr);
      assert.deepEqual(withoutSession(files), [], lines);
    }
    assert.equal((await playIn(fake, ["logout", "-p", "work"])).code, 0, lines);
    assert.equal(fake.files.get(CREDENTIALS), before);
    assert.equal(fake.files.get(BACKUP), undefined);
  }
});

Deno.test("in config a login touches what decides between a role and a session, and no more", async () => {
  for (const lines of LINES) {
    const config = `[profile work]\n${lines}\n[profile other]\n${lines}\n`;
    const fake = fakeWorld({ files: { [CREDENTIALS]: `[base]\n${KEYS}`, [CONFIG]: config } });
    const args = [
      "--source-profile",
      "base",
      "-p",
      "work",
      "--serial",
      "arn:aws:iam::111122223333:mfa/alice",
    ];
    assert.equal((await playIn(fake, [...args, "123456"])).code, 0, lines);
    const isRole = lines.startsWith("role_arn");
    const mine = /^(?:role_arn|source_profile|credential_source|web_identity_token_file)\b/gm;
    const ofRole = /^(?:mfa_serial|role_session_name|external_id)\b/gm;
    const aside = lines.replace(mine, "awsmfa_$&");
    const expected = isRole ? aside.replace(ofRole, "awsmfa_$&") : aside;
    assert.equal(fake.files.get(CONFIG), `[profile work]\n${expected}\n[profile other]\n${lines}\n`);
    if (expected !== lines) assert.equal((await playIn(fake, ["--restore"])).code, 0, lines);
    else assert.equal((await playIn(fake, ["logout", "-p", "work"])).code, 0, lines);
    assert.equal(fake.files.get(CONFIG), config);
    assert.equal(fake.files.get(CREDENTIALS), `[base]\n${KEYS}`);
  }
});

Deno.test("a role that is split over both files in any way: every reader has its credentials, and a logout gives the same bytes", async () => {
  const role = [
    `role_arn = ${ARN}\n`,
    "source_profile = base\n",
    "mfa_serial = arn:aws:iam::111122223333:mfa/alice\n",
    "role_session_name = me\n",
    "external_id = x1\n",
  ];
  for (let split = 0; split < 2 ** role.length; split++) {
    const part = (bit: number): string => role.filter((_, i) => (split >> i & 1) === bit).join("");
    const [config, credentials] = [`[profile work]\n${part(0)}`, `[base]\n${KEYS}[work]\n${part(1)}`];
    const fake = fakeWorld({ files: { [CREDENTIALS]: credentials, [CONFIG]: config } });
    const { code, stderr, files } = await playIn(fake, ["-p", "work", "123456"]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(withoutSession(files), [], config);
    assert.equal((await playIn(fake, ["logout", "-p", "work"])).code, 0);
    assert.deepEqual([fake.files.get(CONFIG), fake.files.get(CREDENTIALS)], [config, credentials]);
  }
});

Deno.test("what was set aside is said once, and awsmfa goes on reading it", async () => {
  const serial = "arn:aws:iam::111122223333:mfa/phone";
  const before = `[work]\n${KEYS}MFA_Serial = ${serial}\nsso_region =\n`;
  const fake = fakeWorld({ files: { [CREDENTIALS]: before } });
  const first = await playIn(fake, ["-p", "work", "123456"]);
  assert.equal(
    first.stderr,
    `Your long-term keys are backed up in ${BACKUP}; awsmfa --restore puts them back.\n` +
      `mfa_serial and sso_region of 'work' are renamed in ${CREDENTIALS}, so that AWS tools use this ` +
      "session; awsmfa logout undoes it.\n",
  );
  assert.equal(
    withoutMark(fake.files.get(CREDENTIALS)),
    `[work]\n${SESSION}awsmfa_MFA_Serial = ${serial}\nawsmfa_sso_region =\n`,
  );
  const again = await playIn(fake, ["-p", "work", "--force", "654321"]);
  assert.equal(again.stderr, "");
  assert.deepEqual(fake.requests.map(({ request }) => request.serial), [serial, serial]);
  await playIn(fake, ["--restore"]);
  assert.equal(fake.files.get(CREDENTIALS), before);
});

Deno.test("a key that was written since stays at the restore, and the new keys of another login are backed up with it", async () => {
  const fake = fakeWorld({ files: { [CREDENTIALS]: `[work]\n${KEYS}mfa_serial = old\nsso_region = x\n` } });
  await playIn(fake, ["-p", "work", "--serial", "arn:aws:iam::111122223333:mfa/alice", "123456"]);
  // As aws configure would.
  const written = fake.files.get(CREDENTIALS)?.replace(/^aws_access.*\n/m, "aws_access_key_id = AKIANEW\n")
    .replace(/^aws_secret.*\n/m, "aws_secret_access_key = new/secret\nmfa_serial = new\n")
    .replace(/^aws_session.*\n/m, "") ?? "";
  fake.files.set(CREDENTIALS, written);
  await playIn(fake, ["-p", "work", "--serial", "arn:aws:iam::111122223333:mfa/alice", "654321"]);
  assert.match(
    fake.files.get(BACKUP) ?? "",
    /^\[work\]\naws_access_key_id = AKIANEW\naws_secret_access_key = new\/secret\nmfa_serial = new\nsso_region = x\n/m,
  );
  await playIn(fake, ["--restore"]);
  assert.equal(
    fake.files.get(CREDENTIALS)?.replace(/^(?:x_|awsmfa_session).*\n/gm, ""),
    "[work]\naws_access_key_id = AKIANEW\naws_secret_access_key = new/secret\nmfa_serial = new\nsso_region = x\n",
  );
});

Deno.test("a role that a hand or a merge left set aside is no role, and no restore makes one of it", async () => {
  const config = `[profile work]\nawsmfa_role_arn = ${ARN}\nregion = eu-west-1\n`;
  const fake = fakeWorld({ files: { [CREDENTIALS]: `[work]\n${KEYS}`, [CONFIG]: config } });
  const none = await playIn(fake, ["--restore"]);
  assert.equal(none.code, 4);
  const { code, stdout } = await playIn(fake, ["-p", "work", "123456"]);
  assert.match(stdout, /^Logged in to 'work' until /);
  assert.equal(code, 0);
  assert.match((await playIn(fake, ["-p", "work"])).stdout, /^Already logged in to 'work'/);
  assert.equal((await playIn(fake, ["--restore"])).code, 0);
  assert.deepEqual([fake.files.get(CREDENTIALS), fake.files.get(CONFIG)], [`[work]\n${KEYS}`, config]);
  const credentials = `[work]\nawsmfa_role_arn = ${ARN}\n${KEYS}`;
  const beside = fakeWorld({ files: { [CREDENTIALS]: credentials } });
  assert.equal((await playIn(beside, ["-p", "work", "123456"])).code, 0);
  assert.equal((await playIn(beside, ["--restore"])).code, 0);
  assert.equal(beside.files.get(CREDENTIALS), credentials);
});
