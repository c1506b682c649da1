import assert from "node:assert/strict";
import { FileError } from "../../../src/errors.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const OTHER_KEYS = "aws_access_key_id = AKIABOB\naws_secret_access_key = other/secret\n";
const FILE = `[default]\n${KEYS}[work]\n${KEYS}[bob]\n${OTHER_KEYS}`;

/** A world in which the default profile is logged in until 21:00. */
async function loggedIn(setup: home.FakeSetup = {}): Promise<home.FakeWorld> {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: FILE }, ...setup });
  const { code, stderr } = await playIn(fake, ["123456"]);
  assert.equal(code, 0, stderr);
  fake.saves.length = 0;
  return fake;
}

function at(fake: home.FakeWorld, time: string): home.FakeWorld {
  fake.clock.now = new Date(`2026-11-20T${time}Z`);
  return fake;
}

const STILL = "Already logged in to 'default' until 2026-11-20 21:00 (12h); " +
  "awsmfa --force gets a new session.\n";

Deno.test("while a session is valid, a login without a code asks nobody, calls nobody and saves nothing", async () => {
  for (const answers of [undefined, ["654321"]]) {
    const fake = await loggedIn(answers === undefined ? {} : { answers });
    const before = Object.fromEntries(fake.files);
    const { code, stdout, stderr, files, saves, questions, requests, identityCalls } = await playIn(fake, []);
    assert.equal(stdout, STILL);
    assert.deepEqual([stderr, code], ["", 0]);
    assert.deepEqual([saves, questions], [[], []]);
    assert.deepEqual([requests.length, identityCalls.length], [1, 1]);
    assert.deepEqual(files, before);
  }
});

Deno.test("the same as JSON", async () => {
  const { stdout, stderr, code } = await playIn(await loggedIn(), ["--json"]);
  assert.deepEqual(JSON.parse(stdout), {
    profile: "default",
    expiration: "2026-11-20T21:00:00.000Z",
    how: "valid",
    warnings: [],
  });
  assert.deepEqual([stderr, code], ["", 0]);
});

Deno.test("a code on the command line is always used", async () => {
  const { code, stdout, requests } = await playIn(await loggedIn(), ["654321"]);
  assert.match(stdout, /^Logged in to 'default' until /);
  assert.equal(code, 0);
  assert.equal(requests.length, 2);
});

Deno.test("--force asks although a session is valid", async () => {
  for (const args of [["--force"], ["login", "-f"], ["-f", "login"]]) {
    const { code, stdout, questions, requests } = await playIn(await loggedIn({ answers: ["654321"] }), args);
    assert.match(stdout, /^Logged in to 'default' until /);
    assert.equal(code, 0);
    assert.equal(questions.length, 1);
    assert.equal(requests[1]?.request.code, "654321");
  }
});

const ENOUGH: [args: string[], time: string, isEnough: boolean][] = [
  [[], "20:55:00", true],
  [[], "20:55:01", false],
  [["--min-remaining", "30m"], "20:30:00", true],
  [["--min-remaining", "30m"], "20:30:01", false],
  [["--min-remaining", "0"], "20:59:59", true],
  [["--min-remaining", "0"], "21:00:01", false],
  [["login", "--min-remaining", "1h"], "20:30:00", false],
];
for (const [args, time, isEnough] of ENOUGH) {
  Deno.test(`a session until 21:00 is ${isEnough ? "" : "not "}enough at ${time}: awsmfa ${args.join(" ")}`, async () => {
    const fake = at(await loggedIn({ answers: ["654321"] }), time);
    const { code, requests, questions, stdout } = await playIn(fake, args);
    assert.equal(code, 0);
    assert.equal(requests.length, isEnough ? 1 : 2);
    assert.equal(questions.length, isEnough ? 0 : 1);
    assert.equal(stdout.includes("Already logged in"), isEnough);
  });
}

Deno.test("the next profile of the same key gets the kept session, without a question", async () => {
  const fake = await loggedIn({ answers: ["654321"] });
  const { code, stdout, stderr, files, saves, requests, identityCalls, questions } = await playIn(fake, [
    "-p",
    "work",
  ]);
  assert.equal(
    stdout,
    "Logged in to 'work' until 2026-11-20 21:00 (12h), reusing an earlier login.\n",
  );
  assert.equal(
    stderr,
    `Your long-term keys are backed up in ${home.BACKUP}; awsmfa --restore puts them back.\n`,
  );
  assert.equal(code, 0);
  assert.deepEqual(saves, [home.BACKUP, home.CREDENTIALS]);
  assert.deepEqual([requests.length, identityCalls.length, questions.length], [1, 1, 0]);
  assert.match(files[home.CREDENTIALS] ?? "", /\[work\]\naws_access_key_id = ASIA0000000000000001\n/);
});

Deno.test("a profile of another key asks", async () => {
  const { questions, requests, code } = await playIn(await loggedIn({ answers: ["654321"] }), ["-p", "bob"]);
  assert.equal(code, 0);
  assert.deepEqual(questions, ["Code of mfa/alice for profile 'bob': "]);
  assert.equal(requests[1]?.access.keys.accessKeyId, "AKIABOB");
});

Deno.test("after a restore, the kept session logs in again", async () => {
  const fake = await loggedIn();
  await playIn(fake, ["--restore"]);
  const { code, stdout, requests } = await playIn(fake, []);
  assert.match(stdout, /reusing an earlier login\.\n$/);
  assert.equal(code, 0);
  assert.equal(requests.length, 1);
});

Deno.test("a kept file that is cut off, foreign or of another version is replaced, and never a crash", async () => {
  const good = (await loggedIn()).files.get(home.CACHED) ?? "";
  const bad = [
    "",
    good.slice(0, 100),
    "null",
    "[default]\n",
    "\udcff\u0000",
    good.replace('"version": 1', '"version": 2'),
    good.replace('"accessKeyId": "AKIAALICE"', '"accessKeyId": "AKIABOB"'),
  ];
  for (const text of bad) {
    const { code, stdout, requests, files } = await play([], {
      files: { [home.CREDENTIALS]: FILE, [home.CACHED]: text },
      answers: ["123456"],
    });
    assert.match(stdout, /^Logged in to 'default' until 2026-11-20 21:00 \(12h\)\.\n$/);
    assert.equal(code, 0);
    assert.equal(requests.length, 1);
    assert.equal(files[home.CACHED], good);
  }
});

Deno.test("a folder that others can write to is refused before anybody is asked, also with a code or --force", async () => {
  const checkPrivateFolder = (path: string): void => {
    assert.equal(path, home.CACHE_FOLDER);
    throw new FileError(`${path} can be written by other users (mode 0777)`, `chmod 700 ${path}`);
  };
  const files = { [home.CREDENTIALS]: FILE };
  const commands = [[], ["123456"], ["--force"], ["env", "-s", "sh", "123456"], [
    "exec",
    "123456",
    "--",
    "true",
  ]];
  for (
    const args of [...commands, ["credential-process"], ["credential-process", "--code-command", "x", "-f"]]
  ) {
    const played = await play(args, { files, answers: ["123456"], but: { checkPrivateFolder } });
    assertFailed(played, {
      code: 5,
      stderr:
        `awsmfa: ${home.CACHE_FOLDER} can be written by other users (mode 0777)\nhint: chmod 700 ${home.CACHE_FOLDER}\n`,
      files,
    });
    assert.deepEqual([played.questions, played.requests, played.programs], [[], [], []]);
  }
});

Deno.test("a session in the target is not taken for that of another source that the flags name", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: FILE }, answers: ["654321"] });
  await playIn(fake, ["--to", "shared", "123456"]);
  const again = await playIn(fake, ["--to", "shared"]);
  assert.match(again.stdout, /^Already logged in to 'shared'/);
  assert.equal(again.requests.length, 1);
  const other = await playIn(fake, ["--source-profile", "bob", "--to", "shared"]);
  assert.match(other.stdout, /^Logged in to 'shared'/);
  assert.equal(other.code, 0);
  assert.equal(other.questions.length, 1);
  assert.deepEqual(other.requests.map(({ access }) => access.keys.accessKeyId), ["AKIAALICE", "AKIABOB"]);
});

Deno.test("a session in the file is not taken for that of keys in the environment", async () => {
  const SESSION = "aws_access_key_id = ASIAX\naws_secret_access_key = s3cret\naws_session_token = t0ken\n" +
    "x_security_token_expires = 2026-11-20T20:00:00Z\n";
  const { code, questions, requests } = await play([], {
    files: { [home.CREDENTIALS]: `[default]\n${SESSION}` },
    env: { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "env/secret" },
    answers: ["123456"],
  });
  assert.equal(code, 0);
  assert.equal(questions.length, 1);
  assert.equal(requests[0]?.access.keys.accessKeyId, "AKIAENV");
});

Deno.test("a refused code leaves the kept session and the file as they were", async () => {
  let refuses = false;
  const fake = await loggedIn({ sts: () => refuses ? home.refuseCode() : undefined });
  refuses = true;
  const before = Object.fromEntries(fake.files);
  assertFailed(await playIn(fake, ["654321"]), {
    code: 3,
    stderr: /^awsmfa: AWS rejected the MFA code/,
    files: before,
  });
});

Deno.test("--duration gets a session that was asked for as long, and AWSMFA_DURATION takes what is there", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: `[default]\n${KEYS}` } });
  await playIn(fake, ["-d", "1h", "111111"]);
  for (const args of [["-d", "1h"], [], ["env", "-s", "sh", "-d", "1h"]]) {
    assert.equal((await playIn(fake, args)).code, 0, args.join(" "));
  }
  for (const args of [["-d", "15m"], ["-d", "2h"], ["env", "-s", "sh", "-d", "15m"]]) {
    assert.match((await playIn(fake, args)).stderr, /an MFA code is required/, args.join(" "));
  }
  const usual = home.fakeWorld({
    files: { [home.CREDENTIALS]: `[default]\n${KEYS}` },
    env: { AWSMFA_DURATION: "15m" },
  });
  await playIn(usual, ["-d", "1h", "111111"]);
  assert.equal((await playIn(usual, [])).code, 0);
  assert.equal(fake.requests.length + usual.requests.length, 2);
});
