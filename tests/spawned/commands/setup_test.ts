import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { awsCli, keyUsed } from "../../support/consumers.ts";
import { asked } from "../../support/device_memory.ts";
import { assertFails } from "../../support/failure.ts";
import { needs } from "../../support/needs.ts";
import { assertNoSecret, secretsBelow } from "../../support/secrets.ts";
import { openStage, section, type Stage, type StageOptions } from "../../support/stage.ts";
import { CTRL_C, CTRL_D, openAwsmfa, type Terminal } from "../../support/terminal.ts";

const KEY_QUESTION = "Access key ID: ";
const SECRET_QUESTION = "Secret access key (not shown): ";
const REGION_QUESTION = "Region [us-east-1]: ";
const LOGIN_QUESTION = "Code for a first login to 'default' (Enter: later): ";
const ALICES = "These are the keys of 'alice', an IAM user of account 123456789012.\r\n";
const DAYS = "From now on:\n  awsmfa            log in, for 12 hours\n" +
  "  awsmfa status     who is logged in, and for how long\n" +
  "  awsmfa --restore  put the long-term keys back\n";
const BACKUP = ".aws/credentials_backup_by_awsmfa";

/** Says at the end whether the terminal is as it was; goes on where Ctrl-C reaches the shell as well. */
const COMPARE = `trap : INT; before=$(stty -g); "$@"; code=$?
[ "$before" = "$(stty -g)" ] && echo 'as before'; exit $code`;
const COMPARING = ["sh", "-c", COMPARE, "sh"];

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ ...needs("python3"), name, fn });
}

/** A home without any file, and a user who has a key. */
async function openEmpty(options: StageOptions = {}): Promise<Stage> {
  const stage = await openStage(options);
  Deno.removeSync(stage.home.file(".aws"), { recursive: true });
  return stage;
}

function deviceQuestion({ user }: Stage): string {
  return `MFA device [${user.serial}]: `;
}

/** Types both halves of the stage's key, and waits until AWS has said whose it is. */
async function typeKey(
  { user }: Stage,
  terminal: Terminal,
  secret = `${user.secretAccessKey}\r`,
): Promise<void> {
  await terminal.shows(KEY_QUESTION);
  await terminal.type(`${user.accessKeyId}\r`);
  await terminal.shows(SECRET_QUESTION);
  await terminal.type(secret);
  await terminal.shows(REGION_QUESTION);
}

/** Takes what is proposed: region, device, and the login for later. */
async function takeTheRest(stage: Stage, terminal: Terminal): Promise<void> {
  await terminal.type("\r");
  await terminal.shows(deviceQuestion(stage));
  await terminal.type("\r");
  await terminal.shows(LOGIN_QUESTION);
  await terminal.type("\r");
  assert.equal(await terminal.ends(), 0, terminal.screen());
}

/** The files that a set-up without a login leaves, and their modes. */
function assertSetUp(stage: Stage): void {
  const { home, user } = stage;
  assert.equal(home.read(".aws/credentials"), section("default", user));
  assert.equal(home.read(".aws/config"), `[default]\nregion = us-east-1\naws_mfa_device = ${user.serial}\n`);
  assertPrivate(stage);
}

function assertPrivate(stage: Stage): void {
  for (const [name, file] of Object.entries(stage.files())) {
    assert.match(file, file.startsWith("folder") ? /^folder 700$/ : /^600 /, name);
  }
  assert.equal(stage.files()[".aws"], "folder 700");
}

function assertNoSecretOn(terminal: Terminal, stage: Stage): void {
  const secrets = [stage.user.secretAccessKey, ...secretsBelow(stage.home.path)];
  assertNoSecret(terminal.screen(), secrets, "on the terminal");
}

Deno.test({
  ...needs("python3", "aws"),
  name: "from an empty home to a session that the AWS CLI uses: five questions, and no secret on the screen",
  fn: async () => {
    await using stage = await openEmpty();
    const requests = await asked(stage, async () => {
      await using terminal = openAwsmfa(stage, ["setup"]);
      await typeKey(stage, terminal);
      await terminal.type("\r");
      await terminal.shows(deviceQuestion(stage));
      await terminal.type("\r");
      await terminal.shows(LOGIN_QUESTION);
      await terminal.type(`${stage.code()}\r`);
      assert.equal(await terminal.ends(), 0, terminal.screen());
      assert.ok(terminal.screen().includes(ALICES), terminal.screen());
      assert.match(
        terminal.screen(),
        /\r\nLogged in to 'default' until [^\r]+ \(12h\)\.\r\n/,
      );
      assert.ok(terminal.screen().endsWith(DAYS.replaceAll("\n", "\r\n")), terminal.screen());
      assertNoSecretOn(terminal, stage);
    });
    assert.deepEqual(requests, ["GetCallerIdentity", "ListMFADevices", "GetSessionToken"]);
    assert.match(await keyUsed(stage, awsCli, {}), /^ASIA/);
    assertPrivate(stage);

    await stage.restore();
    assertSetUp(stage);
  },
});

test("Enter keeps the login for later, and a second run keeps all that is there", async () => {
  await using stage = await openEmpty();
  await using first = openAwsmfa(stage, ["setup"]);
  await typeKey(stage, first);
  await takeTheRest(stage, first);
  assertSetUp(stage);
  assertNoSecretOn(first, stage);

  const before = stage.files();
  await using again = openAwsmfa(stage, ["setup"]);
  for (
    const question of [`Access key ID [${stage.user.accessKeyId}]: `, REGION_QUESTION, deviceQuestion(stage)]
  ) {
    await again.shows(question);
    await again.type("\r");
  }
  assert.equal(await again.ends(), 0, again.screen());
  assert.ok(again.screen().includes("\r\nProfile 'default' is set up as it was: key "), again.screen());
  assert.deepEqual(stage.files(), before);
});

const PASTES: [what: string, paste: (secret: string) => string][] = [
  ["with a line end inside", (secret) => `${secret.slice(0, 20)}\r${secret.slice(20)}\r`],
  ["with line ends of a file inside", (secret) => `${secret.slice(0, 9)}\r\n${secret.slice(9)}\r\n`],
  ["with two line ends behind it", (secret) => `${secret}\n\n`],
  ["with blanks around it", (secret) => `  ${secret}\t \r`],
];
for (const [what, paste] of PASTES) {
  test(`a secret may be pasted ${what}`, async () => {
    await using stage = await openEmpty();
    await using terminal = openAwsmfa(stage, ["setup"]);
    await typeKey(stage, terminal, paste(stage.user.secretAccessKey));
    await takeTheRest(stage, terminal);
    assertSetUp(stage);
    assertNoSecretOn(terminal, stage);
  });
}

test("a secret may be typed: Backspace takes a sign back, Ctrl-U all of them, and arrows none", async () => {
  await using stage = await openEmpty();
  await using terminal = openAwsmfa(stage, ["setup"]);
  await terminal.shows(KEY_QUESTION);
  await terminal.type(`${stage.user.accessKeyId}\r`);
  await terminal.shows(SECRET_QUESTION);
  const secret = stage.user.secretAccessKey;
  for (const sign of ["wrong", "\x15", "\x7f", ...secret.slice(0, 39), "é", "\x7f", "\x1b[D", "\b"]) {
    await terminal.type(sign);
  }
  await terminal.type(`${secret.slice(38)}\r`);
  await terminal.shows(REGION_QUESTION);
  await takeTheRest(stage, terminal);
  assertSetUp(stage);
  assertNoSecretOn(terminal, stage);
});

test("a wrong secret is asked for again, by its length or by AWS, and stands nowhere", async () => {
  await using stage = await openEmpty();
  const wrong = stage.user.secretAccessKey.split("").reverse().join("");
  await using terminal = openAwsmfa(stage, ["setup"]);
  await terminal.shows(KEY_QUESTION);
  await terminal.type(`${stage.user.accessKeyId}\r`);
  await terminal.shows(SECRET_QUESTION);
  await terminal.type(`${wrong.slice(1)}\r`);
  await terminal.shows("that is not a secret access key: it has 39 characters (");
  await terminal.shows(SECRET_QUESTION, 2);
  await terminal.type(`${wrong}\r`);
  await terminal.shows(
    `the secret access key of profile 'default' does not belong to '${stage.user.accessKeyId}'`,
  );
  await terminal.shows(KEY_QUESTION, 2);
  await terminal.type(`${stage.user.accessKeyId}\r`);
  await terminal.shows(SECRET_QUESTION, 3);
  await terminal.type(`${stage.user.secretAccessKey}\r`);
  await terminal.shows(REGION_QUESTION);
  await takeTheRest(stage, terminal);
  assertSetUp(stage);
  assertNoSecret(terminal.screen(), [wrong, stage.user.secretAccessKey], "on the terminal");
});

Deno.test({
  ...needs("python3", "strace"),
  name: "nothing is echoed any more once the secret is asked for: who types at once is safe",
  fn: async () => {
    await using stage = await openEmpty();
    const log = stage.home.file("calls");
    await using terminal = openAwsmfa(stage, ["setup"], {}, [
      "strace",
      "-f",
      "-qq",
      "-s",
      "200",
      "-e",
      "trace=write,ioctl",
      "-o",
      log,
    ]);
    await typeKey(stage, terminal);
    await terminal.type(CTRL_C);
    assert.equal(await terminal.ends(), 130, terminal.screen());
    const calls = stage.home.read("calls").split("\n");
    const question = calls.findIndex((call) => call.includes(SECRET_QUESTION));
    const off = calls.findIndex((call) => /ioctl\(\d+, .*TCSETS/.test(call));
    assert.ok(question > 0, "it is shown");
    assert.ok(off > 0 && off < question, "the terminal's echo is turned off after the question is shown");
  },
});

/** What is typed until each question, and the question. */
const QUESTIONS: [at: string, reach: (stage: Stage, terminal: Terminal) => Promise<void>][] = [
  ["the key id", (_stage, terminal) => terminal.shows(KEY_QUESTION)],
  ["the secret", async ({ user }, terminal) => {
    await terminal.shows(KEY_QUESTION);
    await terminal.type(`${user.accessKeyId}\r`);
    await terminal.shows(SECRET_QUESTION);
  }],
  ["half a secret", async ({ user }, terminal) => {
    await terminal.shows(KEY_QUESTION);
    await terminal.type(`${user.accessKeyId}\r`);
    await terminal.shows(SECRET_QUESTION);
    await terminal.type(user.secretAccessKey.slice(0, 20));
  }],
  ["the region", typeKey],
  ["the device", async (stage, terminal) => {
    await typeKey(stage, terminal);
    await terminal.type("\r");
    await terminal.shows(deviceQuestion(stage));
  }],
];
for (const [at, reach] of QUESTIONS) {
  test(`Ctrl-C at ${at} ends it with 130, nothing was written, and the terminal is as it was`, async () => {
    await using stage = await openEmpty();
    const before = stage.files();
    await using terminal = openAwsmfa(stage, ["setup"], {}, COMPARING);
    await reach(stage, terminal);
    await terminal.type(CTRL_C);
    assert.equal(await terminal.ends(), 130, terminal.screen());
    assert.ok(terminal.screen().endsWith("as before\r\n"), terminal.screen());
    assert.deepEqual(stage.files(), before);
    assertNoSecretOn(terminal, stage);
  });
}

test("Ctrl-D at the hidden question ends it with 130, too", async () => {
  await using stage = await openEmpty();
  await using terminal = openAwsmfa(
    stage,
    ["setup", "--access-key-id", stage.user.accessKeyId],
    {},
    COMPARING,
  );
  await terminal.shows(SECRET_QUESTION);
  await terminal.type(CTRL_D);
  assert.equal(await terminal.ends(), 130, terminal.screen());
  assert.ok(
    terminal.screen().endsWith("\r\nawsmfa: cancelled; nothing was changed\r\nas before\r\n"),
    terminal.screen(),
  );
  assert.deepEqual(stage.files(), {});
});

test("Ctrl-C at the first login leaves what was set up", async () => {
  await using stage = await openEmpty();
  await using terminal = openAwsmfa(stage, ["setup"]);
  await typeKey(stage, terminal);
  await terminal.type("\r");
  await terminal.shows(deviceQuestion(stage));
  await terminal.type("\r");
  await terminal.shows(LOGIN_QUESTION);
  await terminal.type(CTRL_C);
  assert.equal(await terminal.ends(), 130, terminal.screen());
  assertSetUp(stage);
});

test("with several devices one is chosen by its number, and logs in", async () => {
  await using stage = await openEmpty({
    user: { name: "alice", devices: [{ name: "phone" }, { name: "key", kind: "fido" }, { name: "tablet" }] },
  });
  const tablet = "arn:aws:iam::123456789012:mfa/tablet";
  await using terminal = openAwsmfa(stage, ["setup"]);
  await typeKey(stage, terminal);
  await terminal.type("\r");
  await terminal.shows("Which device? 1 to 2: ");
  await terminal.type("2\r");
  await terminal.shows(`MFA device [${tablet}]: `);
  await terminal.type("\r");
  await terminal.shows(LOGIN_QUESTION);
  await terminal.type(`${stage.sts.code(tablet)}\r`);
  assert.equal(await terminal.ends(), 0, terminal.screen());
  assert.equal(valuesOf(stage.home.read(".aws/config"), "default").aws_mfa_device, tablet);
});

test("a new key takes the place of the old one, which is kept, and never shown", async () => {
  await using stage = await openStage();
  const old = { accessKeyId: "AKIAQYLPMN5HHHFPZAM2", secretAccessKey: "old/".repeat(10) };
  stage.home.write(".aws/credentials", section("default", old));
  await using terminal = openAwsmfa(stage, ["setup"]);
  await terminal.shows(`Access key ID [${old.accessKeyId}]: `);
  await terminal.type(`${stage.user.accessKeyId}\r`);
  await terminal.shows(SECRET_QUESTION);
  await terminal.type(`${stage.user.secretAccessKey}\r`);
  await terminal.shows(REGION_QUESTION);
  await takeTheRest(stage, terminal);
  assertSetUp(stage);
  assert.ok(stage.home.read(BACKUP).endsWith(`aws_secret_access_key = ${old.secretAccessKey}\n`));
  assertNoSecretOn(terminal, stage);
});

Deno.test("a script gives the secret on stdin; every file is private, and a login works", async () => {
  await using stage = await openEmpty();
  const { accessKeyId, secretAccessKey, serial } = stage.user;
  const args = ["setup", "-p", "work", "--access-key-id", accessKeyId, "--region", "eu-central-1"];
  const ran = await stage.awsmfa(args, { stdin: `${secretAccessKey}\n` });
  assert.deepEqual(ran, {
    code: 0,
    stdout: `Profile 'work' is set up: key ${accessKeyId}, region eu-central-1, device ${serial}.\n`,
    stderr: ALICES.replace("\r", "") + DAYS
      .replace("awsmfa            log", "awsmfa -p work            log")
      .replace("status     who", "status             who")
      .replace("--restore  put", "--restore -p work  put"),
  });
  assert.equal(stage.home.read(".aws/credentials"), section("work", stage.user));
  assert.equal(
    stage.home.read(".aws/config"),
    `[profile work]\nregion = eu-central-1\naws_mfa_device = ${serial}\n`,
  );
  assertPrivate(stage);

  const before = stage.files();
  for (
    const [more, stdin] of [[args, `${secretAccessKey}\r\n`], [["setup", "-p", "work"], undefined]] as const
  ) {
    const again = await stage.awsmfa(more, stdin === undefined ? {} : { stdin });
    assert.deepEqual([again.code, again.stdout.slice(0, 37)], [0, "Profile 'work' is set up as it was: k"]);
    assert.deepEqual(stage.files(), before);
  }
  await stage.login(["-p", "work"]);
  assert.match(valuesOf(stage.home.read(".aws/credentials"), "work").aws_access_key_id ?? "", /^ASIA/);
});

Deno.test({
  ...awsCli.ready,
  name: "a script with a code is done in one run: the AWS CLI uses the session",
  fn: async () => {
    await using stage = await openEmpty();
    const args = ["setup", "--access-key-id", stage.user.accessKeyId, "--code", stage.code()];
    const ran = await stage.awsmfa(args, { stdin: stage.user.secretAccessKey });
    assert.equal(ran.code, 0, ran.stderr);
    assert.match(await keyUsed(stage, awsCli, {}), /^ASIA/);
    assertPrivate(stage);
  },
});

Deno.test("--json is one document, and --dry-run writes nothing: neither has the secret", async () => {
  await using stage = await openEmpty();
  const args = ["setup", "--json", "--access-key-id", stage.user.accessKeyId];
  const stdin = stage.user.secretAccessKey;
  const dry = await stage.awsmfa([...args, "--dry-run"], { stdin });
  assert.deepEqual([dry.code, JSON.parse(dry.stdout).dryRun, stage.files()], [0, true, {}]);
  const real = await stage.awsmfa(args, { stdin });
  assert.equal(real.code, 0, real.stderr);
  const { arn, changed } = JSON.parse(real.stdout);
  assert.deepEqual([arn, changed.length], [stage.user.arn, 2]);
  assertSetUp(stage);
});

const NO_TERMINAL = {
  code: 2,
  says: "an access key is required, but there is no terminal to ask for it",
  hint: "awsmfa setup --access-key-id ID < FILE   (the secret access key is read from stdin)",
};
const NO_STDIN = {
  code: 2,
  says: "stdin has no secret access key",
  hint: "awsmfa setup --access-key-id ID < FILE",
};

Deno.test("without a terminal and with half of the flags nothing is asked, called or written", async () => {
  await using stage = await openEmpty();
  const { accessKeyId, secretAccessKey, serial } = stage.user;
  await assertFails(stage, ["setup"], NO_TERMINAL);
  await assertFails(stage, ["setup", "--region", "eu-central-1", "--serial", serial], NO_TERMINAL, {
    stdin: secretAccessKey,
  });
  for (const stdin of [undefined, "", "\n", `\n${secretAccessKey}\n`]) {
    const options = stdin === undefined ? {} : { stdin };
    await assertFails(stage, ["setup", "--access-key-id", accessKeyId], NO_STDIN, options);
  }
  assert.deepEqual(stage.files(), {});
});

Deno.test("without a terminal a key that AWS refuses ends it with 3, and nothing was written", async () => {
  await using stage = await openEmpty();
  const { accessKeyId, secretAccessKey } = stage.user;
  const wrong = secretAccessKey.split("").reverse().join("");
  for (const [id, stdin] of [[accessKeyId, wrong], ["AKIAQYLPMN5HHHFPZAM2", secretAccessKey]] as const) {
    const ran = await stage.awsmfa(["setup", "--access-key-id", id], { stdin });
    assert.deepEqual([ran.code, ran.stdout, stage.files()], [3, "", {}], ran.stderr);
    assert.match(ran.stderr, new RegExp(`^awsmfa: [^\n]*'${id}'[^\n]*\nhint: [^\n]+\n$`));
    assertNoSecret(ran.stderr, [wrong, secretAccessKey], "in the error");
  }
});

Deno.test("a key id that is the secret, given in the wrong place, is not repeated", async () => {
  await using stage = await openEmpty();
  await assertFails(stage, ["setup", "--access-key-id", stage.user.secretAccessKey], {
    code: 2,
    says: "that is not an access key id",
    hint: "20 capital letters and digits, such as AKIAIOSFODNN7EXAMPLE",
  });
});

Deno.test("a key of China: its region is proposed, and the one of another partition refused", async () => {
  await using stage = await openEmpty({ user: { partition: "aws-cn" } });
  const { accessKeyId, secretAccessKey: stdin, serial } = stage.user;
  const args = ["setup", "--access-key-id", accessKeyId];
  const ran = await stage.awsmfa([...args, "--region", "cn-northwest-1"], { stdin });
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(
    ran.stdout,
    `Profile 'default' is set up: key ${accessKeyId}, region cn-northwest-1, device ${serial}.\n`,
  );
});
