import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { withoutMark } from "../../support/session_mark.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const FILE = `# mine\n[default]\n${KEYS}region = eu-central-1\n\n[work]\n${KEYS}`;

function sessionText(n: number, expires = "2026-11-20T21:00:00Z"): string {
  const { accessKeyId, secretAccessKey, sessionToken } = home.sessionNumber(n);
  return `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n` +
    `aws_session_token = ${sessionToken}\nx_security_token_expires = ${expires}\n<rest>`;
}

Deno.test("the first login puts the keys aside, then the session in their place, and says until when", async () => {
  const { code, stdout, stderr, files, saves, requests } = await play(["123456"], {
    files: { [home.CREDENTIALS]: FILE },
  });
  assert.equal(stdout, "Logged in to 'default' until 2026-11-20 21:00 (12h).\n");
  assert.equal(
    stderr,
    `Your long-term keys are backed up in ${home.BACKUP}; awsmfa --restore puts them back.\n`,
  );
  assert.equal(code, 0);
  assert.deepEqual(saves, [home.CACHED, home.DEVICES, home.BACKUP, home.CREDENTIALS]);
  assert.equal(
    withoutMark(files[home.CREDENTIALS]),
    `# mine\n[default]\n${sessionText(1).replace("<rest>", "region = eu-central-1\n")}\n[work]\n${KEYS}`,
  );
  assert.ok(files[home.BACKUP]?.endsWith(`[default]\n${KEYS}region = eu-central-1\n\n`));
  assert.deepEqual(requests.map(({ request }) => request), [{
    serial: home.ALICES_DEVICE,
    code: "123456",
    seconds: 43_200,
  }]);
  assert.deepEqual(requests[0]?.access.keys, { accessKeyId: "AKIAALICE", secretAccessKey: "long/secret" });
});

Deno.test("the second login takes the keys from the backup, and leaves that alone", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: FILE } });
  const first = await playIn(fake, ["123456"]);
  const second = await playIn(fake, ["-d", "1h", "654321"]);
  assert.equal(second.stdout, "Logged in to 'default' until 2026-11-20 10:00 (1h).\n");
  assert.equal(second.stderr, "");
  assert.equal(second.code, 0);
  assert.deepEqual(second.saves, [
    home.CACHED,
    home.DEVICES,
    home.BACKUP,
    home.CREDENTIALS,
    home.CACHED,
    home.DEVICES,
    home.CREDENTIALS,
  ]);
  assert.equal(second.files[home.BACKUP], first.files[home.BACKUP]);
  assert.match(
    second.files[home.CREDENTIALS] ?? "",
    /^\[default\]\naws_access_key_id = ASIA0000000000000002$/m,
  );
  assert.equal(second.requests[1]?.access.keys.accessKeyId, "AKIAALICE");
});

Deno.test("a restore by another awsmfa while the files are read: the keys are found where it put them", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: FILE } });
  await playIn(fake, ["123456"]);
  const readText = (path: string): string | undefined => {
    if (path === home.BACKUP && fake.files.delete(home.BACKUP)) fake.files.set(home.CREDENTIALS, FILE);
    return fake.world.readText(path);
  };
  const { code, stderr, requests } = await playIn({ ...fake, world: { ...fake.world, readText } }, [
    "654321",
  ]);
  assert.equal(code, 0, stderr);
  assert.equal(requests[1]?.access.keys.accessKeyId, "AKIAALICE");
});

Deno.test("another profile logs in beside the first one, and both are put aside", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: FILE } });
  await playIn(fake, ["123456"]);
  const { code, stdout, stderr, files } = await playIn(fake, ["-p", "work", "654", "321"]);
  assert.match(stdout, /^Logged in to 'work'/);
  assert.match(stderr, /^Your long-term keys are backed up in /);
  assert.equal(code, 0);
  assert.match(files[home.CREDENTIALS] ?? "", /\[work\]\naws_access_key_id = ASIA0000000000000002\n/);
  assert.match(files[home.BACKUP] ?? "", /\[default\][^]*\[work\]\naws_access_key_id = AKIAALICE\n/);
});

Deno.test("keys in the config file alone give a session in credentials, where it wins", async () => {
  const { code, files, stdout } = await play(["123456"], { files: { [home.CONFIG]: `[default]\n${KEYS}` } });
  assert.match(stdout, /^Logged in to 'default'/);
  assert.equal(code, 0);
  assert.equal(files[home.CONFIG], `[default]\n${KEYS}`);
  assert.equal(withoutMark(files[home.CREDENTIALS]), `[default]\n${sessionText(1).replace("<rest>", "")}`);
});

Deno.test("a refused code changes no file", async () => {
  const files = { [home.CREDENTIALS]: FILE };
  assertFailed(await play(["123456"], { files, sts: home.refuseCode }), {
    code: 3,
    stderr: /^awsmfa: AWS rejected the MFA code of arn:aws:iam::111122223333:mfa\/alice: .*\nhint: wait/,
    files,
  });
});

Deno.test("a refused code leaves a session that is still valid, and the backup", async () => {
  let refused = false;
  const fake = home.fakeWorld({
    files: { [home.CREDENTIALS]: FILE },
    sts: () => refused ? home.refuseCode() : undefined,
  });
  const first = await playIn(fake, ["123456"]);
  refused = true;
  const second = await playIn(fake, ["654321"]);
  assert.equal(second.code, 3);
  assert.equal(second.stdout, "");
  assert.deepEqual(second.files, first.files);
});

Deno.test("what another program writes between read and save stays, and the session goes beside it", async () => {
  const { code, files } = await play(["123456"], {
    files: { [home.CREDENTIALS]: FILE },
    meanwhile: (files) => files.set(home.CREDENTIALS, FILE.replace("# mine\n", "# mine\n[new]\nx = 1\n")),
  });
  assert.equal(code, 0);
  assert.match(
    files[home.CREDENTIALS] ?? "",
    /^# mine\n\[new\]\nx = 1\n\[default\]\naws_access_key_id = ASIA/,
  );
});

Deno.test("another key that was written while the login went on stays, and the session is kept for its own", async () => {
  const rotated = FILE.replaceAll("AKIAALICE", "AKIAROTATED");
  let changes = true;
  const fake = home.fakeWorld({
    files: { [home.CREDENTIALS]: FILE },
    meanwhile: (files) => void (changes && files.set(home.CREDENTIALS, rotated)),
  });
  const { code, stdout, stderr, files } = await playIn(fake, ["123456"]);
  assert.equal(
    stderr,
    "awsmfa: profile 'default' was changed while the login went on, so the session wasn't put there; it is cached\n" +
      "hint: see what is there now, then log in again: awsmfa\n",
  );
  assert.deepEqual([code, stdout], [5, ""]);
  assert.deepEqual(home.withoutCached(files), { [home.CREDENTIALS]: rotated });
  changes = false;
  fake.files.set(home.CREDENTIALS, FILE);
  const again = await playIn(fake, []);
  assert.equal(again.code, 0);
  assert.equal(again.requests.length, 1);
});

Deno.test("--to a profile that got long-term keys while the login went on is refused as it would be before", async () => {
  const there = `${FILE}[work2]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other/secret\n`;
  const { code, files } = await play(["--to", "work2", "123456"], {
    files: { [home.CREDENTIALS]: FILE },
    meanwhile: (files) => files.set(home.CREDENTIALS, there),
  });
  assert.equal(code, 5);
  assert.deepEqual(home.withoutCached(files), { [home.CREDENTIALS]: there });
});

Deno.test("a clock that is off by two minutes or more is told by every command that gets something from AWS", async () => {
  const warning = (off: string): string =>
    `warning: this machine's clock is ${off} AWS's\nhint: Linux: sudo timedatectl set-ntp true; ` +
    "macOS: sudo sntp -sS time.apple.com; Windows: w32tm /resync\n";
  const files = { [home.CREDENTIALS]: FILE };
  for (const args of [["123456"], ["env", "123456"], ["exec", "123456", "--", "true"]]) {
    const behind = await play(args, { files, clockAheadSeconds: -600 });
    assert.equal(behind.stderr.startsWith(warning("10m behind")), true, behind.stderr);
    assert.equal(behind.code, 0);
    const right = await play(args, { files, clockAheadSeconds: 119 });
    assert.doesNotMatch(right.stderr, /clock/);
  }
});

Deno.test("what a save would be refused for is refused before a code is asked for", async () => {
  const files = { [home.CREDENTIALS]: `[default]\n${KEYS}aws_session_to\u212aen = x\n` };
  const played = await play([], { files, answers: ["123456"] });
  assertFailed(played, {
    code: 5,
    stderr: /^awsmfa: \S+credentials: the AWS CLI could not read the file any more, from line \d+ on: /,
    files,
  });
  assert.deepEqual([played.questions, played.requests], [[], []]);
});
