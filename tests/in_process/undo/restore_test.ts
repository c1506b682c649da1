import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const OTHER_KEYS = "aws_access_key_id = AKIAOTHER\naws_secret_access_key = other/secret\n";
const FILE = `# mine\r\n[default]\r\n${KEYS}\n[work]\n${OTHER_KEYS}region=eu-west-1`;

async function loggedIn(...profiles: string[]): Promise<ReturnType<typeof home.fakeWorld>> {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: FILE } });
  for (const [i, profile] of profiles.entries()) {
    const { code, stderr } = await playIn(fake, ["-p", profile, `12345${i}`]);
    assert.equal(code, 0, stderr);
  }
  fake.saves.length = 0;
  return fake;
}

Deno.test("--restore puts all keys back, byte for byte: credentials first, then the backup goes", async () => {
  for (const flag of ["--restore", "-r"]) {
    const { code, stdout, stderr, files, saves } = await playIn(await loggedIn("default", "work"), [flag]);
    assert.equal(
      stdout,
      "Profile 'default' has its long-term keys back.\nProfile 'work' has its long-term keys back.\n",
    );
    assert.equal(stderr, "");
    assert.equal(code, 0);
    assert.deepEqual(home.withoutCached(files), { [home.CREDENTIALS]: FILE });
    assert.deepEqual(saves, [home.CREDENTIALS, `-${home.BACKUP}`]);
  }
});

Deno.test("where nothing was put aside, nothing is touched: no lock is taken, and no file made", async () => {
  const updateTexts = (): never => {
    throw new Error("called");
  };
  for (const args of [["--restore"], ["--restore", "-p", "work"]]) {
    const files = { [home.CREDENTIALS]: FILE };
    assertFailed(await play(args, { files, but: { updateTexts } }), {
      code: 4,
      stderr: /^awsmfa: no long-term keys/,
      files,
    });
  }
});

Deno.test("--restore --profile puts one profile's keys back, and leaves the others' session", async () => {
  const fake = await loggedIn("default", "work");
  const one = await playIn(fake, ["--restore", "--profile", "default"]);
  assert.equal(one.stdout, "Profile 'default' has its long-term keys back.\n");
  assert.deepEqual([one.stderr, one.code], ["", 0]);
  assert.match(one.files[home.CREDENTIALS] ?? "", /AKIAALICE[^]*\[work\]\naws_access_key_id = ASIA/);
  assert.doesNotMatch(one.files[home.BACKUP] ?? "", /AKIAALICE/);
  const rest = await playIn(fake, ["--restore"]);
  assert.deepEqual(home.withoutCached(rest.files), { [home.CREDENTIALS]: FILE });
});

Deno.test("AWS_PROFILE does not narrow what --restore puts back", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: FILE }, env: { AWS_PROFILE: "work" } });
  await playIn(fake, ["-p", "default", "123456"]);
  const { code, files } = await playIn(fake, ["--restore"]);
  assert.equal(code, 0);
  assert.deepEqual(home.withoutCached(files), { [home.CREDENTIALS]: FILE });
});

Deno.test("a restore after the restore changes nothing, and says that nothing was put aside", async () => {
  const fake = await loggedIn("default");
  await playIn(fake, ["--restore"]);
  fake.saves.length = 0;
  assertFailed(await playIn(fake, ["--restore"]), {
    code: 4,
    stderr:
      `awsmfa: no long-term keys are backed up in ${home.BACKUP}\nhint: nothing was changed: the keys are where they were\n`,
    files: {
      [home.CREDENTIALS]: FILE,
      [home.CACHED]: fake.files.get(home.CACHED) ?? "",
      [home.DEVICES]: fake.files.get(home.DEVICES) ?? "",
    },
  });
});

Deno.test("without a backup --restore touches nothing", async () => {
  const files = { [home.CREDENTIALS]: FILE };
  assertFailed(await play(["--restore", "-p", "work"], { files }), {
    code: 4,
    stderr: /^awsmfa: no long-term keys of profile 'work' are backed up in /,
    files,
  });
  assertFailed(await play(["--restore"]), {
    code: 4,
    stderr: /^awsmfa: no long-term keys are backed up/,
    files: {},
  });
});

Deno.test("--restore of a profile that was not put aside names those that were", async () => {
  assertFailed(await playIn(await loggedIn("default"), ["--restore", "-p", "work"]), {
    code: 4,
    stderr: /^awsmfa: no long-term keys of profile 'work' .*\nhint: there are keys of 'default'\n$/,
  });
});

Deno.test("a profile that holds other long-term keys by now is left alone, and so is its backup", async () => {
  const fake = await loggedIn("default");
  const rotated = `[default]\n${OTHER_KEYS}`;
  fake.files.set(home.CREDENTIALS, rotated);
  const before = Object.fromEntries(fake.files);
  const { code, stdout, stderr, files, saves } = await playIn(fake, ["--restore"]);
  assert.equal(stdout, "");
  assert.equal(
    stderr,
    "warning: profile 'default' has other credentials now: they were left unchanged\n" +
      `hint: what was backed up stays in ${home.BACKUP}\n`,
  );
  assert.equal(code, 0);
  assert.deepEqual(files, before);
  assert.deepEqual(saves, []);
});

Deno.test("keys that a program registered over a role's session stay, and nothing is said to wait in the backup", async () => {
  const role = "role_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n";
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: `[default]\n${KEYS}[r]\n${role}` } });
  assert.equal((await playIn(fake, ["-p", "r", "123456"])).code, 0);
  // As AWSSDK.Core's RegisterProfile does: in place, without the token.
  const registered = (fake.files.get(home.CREDENTIALS) ?? "")
    .replace(
      /^aws_access_key_id = ASIA.*\naws_secret_access_key = .*\naws_session_token = .*\n/m,
      OTHER_KEYS,
    );
  fake.files.set(home.CREDENTIALS, registered);
  const { code, stderr, files } = await playIn(fake, ["--restore"]);
  assert.equal(
    stderr,
    "warning: profile 'r' has other credentials now: they were left unchanged\n" +
      "hint: none of its keys were backed up, so there is nothing to put back\n",
  );
  assert.equal(code, 0);
  assert.equal(files[home.CREDENTIALS], `[default]\n${KEYS}[r]\n${role}${OTHER_KEYS}`);
  assert.equal(files[home.BACKUP], undefined);
  assert.equal((await playIn(fake, ["--restore"])).code, 4);
});

Deno.test("a profile that has the same keys back already is told so, and its backup goes", async () => {
  const fake = await loggedIn("default");
  fake.files.set(home.CREDENTIALS, FILE);
  const { code, stdout, files } = await playIn(fake, ["--restore"]);
  assert.equal(stdout, "Profile 'default' already had its long-term keys.\n");
  assert.equal(code, 0);
  assert.deepEqual(home.withoutCached(files), { [home.CREDENTIALS]: FILE });
});

Deno.test("a backup of luhring/awsmfa, which is the whole file, comes back whole", async () => {
  const reduced =
    "[default]\naws_access_key_id = ASIA1\naws_secret_access_key = s3cret\naws_session_token = t0ken\n";
  const { code, stdout, files } = await play(["--restore"], {
    files: { [home.CREDENTIALS]: reduced, [home.BACKUP]: FILE },
  });
  assert.match(stdout, /^Profile 'default' has its long-term keys back\.\n/);
  assert.equal(code, 0);
  assert.deepEqual(files, { [home.CREDENTIALS]: FILE });
});

Deno.test("what another program writes between read and save stays", async () => {
  const { files: logged } = await loggedIn("default");
  const { code, files } = await play(["--restore"], {
    files: Object.fromEntries(logged),
    meanwhile: (files) => files.set(home.CREDENTIALS, `${files.get(home.CREDENTIALS)}\n[new]\nx = 1\n`),
  });
  assert.equal(code, 0);
  assert.deepEqual(home.withoutCached(files), { [home.CREDENTIALS]: `${FILE}\n[new]\nx = 1\n` });
});

Deno.test("a backup that can't be read names its line, and nothing is lost", async () => {
  const files = { [home.CREDENTIALS]: FILE, [home.BACKUP]: "[default]\nbroken secret\n" };
  assertFailed(await play(["--restore"], { files }), {
    code: 5,
    stderr: new RegExp(`^awsmfa: ${home.BACKUP}: line 2: .*\nhint: correct line 2 of `),
    files,
  });
});

Deno.test("restore is also a command word, and takes the profile before or behind it", async () => {
  for (const args of [["restore"], ["restore", "-p", "work"], ["-p", "work", "restore"]]) {
    const { code, stdout, stderr, files, saves } = await playIn(await loggedIn("work"), args);
    assert.equal(stdout, "Profile 'work' has its long-term keys back.\n");
    assert.deepEqual([stderr, code], ["", 0]);
    assert.deepEqual(home.withoutCached(files), { [home.CREDENTIALS]: FILE });
    assert.deepEqual(saves, [home.CREDENTIALS, `-${home.BACKUP}`]);
  }
  const json = await playIn(await loggedIn("work"), ["restore", "--json"]);
  assert.deepEqual(JSON.parse(json.stdout), { profiles: [{ profile: "work", outcome: "restored" }] });
});

const REAL = "/real/creds";
const REAL_BACKUP = `${REAL}_backup_by_awsmfa`;

Deno.test("what belongs to a file behind a link lies beside the file, and is found by either path", async () => {
  const fake = home.fakeWorld({ files: { [REAL]: FILE }, links: { [home.CREDENTIALS]: REAL } });
  const { code, files } = await playIn(fake, ["123456"]);
  assert.equal(code, 0);
  assert.deepEqual(Object.keys(files).toSorted(), [
    "/real/.awsmfa-creds/AKIAALICE.json",
    "/real/.awsmfa-creds/devices.json",
    REAL,
    REAL_BACKUP,
  ]);
  const byFile = home.fakeWorld({ files, env: { AWS_SHARED_CREDENTIALS_FILE: REAL } });
  assert.equal((await playIn(byFile, ["--restore"])).code, 0);
  assert.deepEqual([byFile.files.get(REAL), byFile.files.get(REAL_BACKUP)], [FILE, undefined]);
});

Deno.test("a backup that 0.1.0 left beside the link is restored, and a login moves it beside the file", async () => {
  const left = home.fakeWorld({ files: { [home.CREDENTIALS]: FILE } });
  await playIn(left, ["123456"]);
  const { [home.CREDENTIALS]: credentials = "", ...beside } = Object.fromEntries(left.files);
  const setup = { files: { ...beside, [REAL]: credentials }, links: { [home.CREDENTIALS]: REAL } };

  const restored = await play(["--restore"], setup);
  assert.deepEqual([restored.code, restored.files[REAL], restored.files[home.BACKUP]], [0, FILE, undefined]);

  const fake = home.fakeWorld(setup);
  assert.match((await playIn(fake, [])).stdout, /^Already logged in to/);
  const { files } = await playIn(fake, ["-p", "work", "654321"]);
  assert.equal(files[home.BACKUP], undefined);
  assert.match(files[REAL_BACKUP] ?? "", /\[default\][^]*\[work\]/);
  await playIn(fake, ["--restore"]);
  assert.deepEqual([fake.files.get(REAL), fake.files.get(REAL_BACKUP)], [FILE, undefined]);
});

Deno.test("a profile that is defined twice in the config file keeps no restore from the credentials file", async () => {
  const files = {
    [home.CREDENTIALS]:
      "[work]\naws_access_key_id = AKIAALICE\nrole_arn =\naws_secret_access_key = long/secret\n",
    [home.CONFIG]: "[profile work]\nregion = eu-west-1\n[profile work]\n",
  };
  const fake = home.fakeWorld({ files });
  assert.equal((await playIn(fake, ["-p", "work", "123456"])).code, 0);
  assert.equal((await playIn(fake, ["--restore"])).code, 0);
  assert.deepEqual([fake.files.get(home.CREDENTIALS), fake.files.get(home.CONFIG)], Object.values(files));
});
