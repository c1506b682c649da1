import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { asked, rememberedDevice } from "../../support/device_memory.ts";
import { needs } from "../../support/needs.ts";
import { assertNoSecret, secretsBelow } from "../../support/secrets.ts";
import { openStage, type Stage } from "../../support/stage.ts";
import { CTRL_C, CTRL_D, openAwsmfa, type Terminal } from "../../support/terminal.ts";

const QUESTION = "Code of mfa/alice for profile 'default': ";
const REFUSED =
  "AWS rejected the MFA code of arn:aws:iam::123456789012:mfa/alice: it's wrong, expired or already used";
const CHOICE = "Which device? 1 to 2: ";
const PHONE = "arn:aws:iam::123456789012:mfa/phone";
const TABLET = "arn:aws:iam::123456789012:mfa/tablet";

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ ...needs("python3"), name, fn });
}

test("a refused code leads to the question again, and the right one logs in", async () => {
  await using stage = await openStage();
  const requests = await asked(stage, async () => {
    await using terminal = openAwsmfa(stage);
    await terminal.shows(QUESTION);
    await typeWrong(stage, terminal);
    await terminal.shows(`${REFUSED}.\r\n${QUESTION}`);
    await terminal.type(`${stage.code()}\r`);
    assert.equal(await terminal.ends(), 0, terminal.screen());
    assertNoSecret(terminal.screen(), secretsBelow(stage.home.path), "on the terminal");
  });
  assert.deepEqual(requests, ["GetCallerIdentity", "GetSessionToken 403", "GetSessionToken"]);
  assertLoggedIn(stage);
});

test("so does a wrong code of the command line", async () => {
  await using stage = await openStage();
  await using terminal = openAwsmfa(stage, [stage.sts.wrongCode(stage.user.serial)]);
  await terminal.shows(`${REFUSED}.\r\n${QUESTION}`);
  await terminal.type(`${stage.code()}\r`);
  assert.equal(await terminal.ends(), 0, terminal.screen());
  assertLoggedIn(stage);
});

test("three refused codes end it with 3, in two lines, and no file changes", async () => {
  await using stage = await openStage();
  const before = stage.files();
  const requests = await asked(stage, async () => {
    await using terminal = openAwsmfa(stage);
    for (const count of [1, 2, 3]) {
      await terminal.shows(QUESTION, count);
      await typeWrong(stage, terminal);
    }
    assert.equal(await terminal.ends(), 3, terminal.screen());
    // A slow answer has its sign of life before it, blanked out.
    const words =
      `awsmfa: ${REFUSED}\r\nhint: wait for the next code, and check that it's from this device\r\n`;
    assert.ok(terminal.screen().endsWith(words), terminal.screen());
  });
  const refusals = Array.from({ length: 3 }, () => "GetSessionToken 403");
  assert.deepEqual(requests, ["GetCallerIdentity", ...refusals]);
  assert.deepEqual(stage.files(), before);
});

for (const [name, keys] of [["Ctrl-C", CTRL_C], ["Ctrl-D", CTRL_D]] as const) {
  test(`${name} at the second question ends with 130, and no file changes`, async () => {
    await using stage = await openStage();
    const before = stage.files();
    await using terminal = openAwsmfa(stage);
    await terminal.shows(QUESTION);
    await typeWrong(stage, terminal);
    await terminal.shows(QUESTION, 2);
    await terminal.type(keys);
    assert.equal(await terminal.ends(), 130, terminal.screen());
    assert.deepEqual(stage.files(), before);
  });
}

test("only a refused code is asked for again: another refusal ends it at once", async () => {
  await using stage = await openStage({ user: { denied: ["sts:GetSessionToken"] } });
  await using terminal = openAwsmfa(stage);
  await terminal.shows(QUESTION);
  await terminal.type(`${stage.code()}\r`);
  assert.equal(await terminal.ends(), 3);
  assert.equal(terminal.screen().split(QUESTION).length, 2, terminal.screen());
});

test("a code command is not asked twice, and nobody is asked in its place", async () => {
  await using stage = await openStage();
  const requests = await asked(stage, async () => {
    const command = `echo ${stage.sts.wrongCode(stage.user.serial)}`;
    await using terminal = openAwsmfa(stage, ["--code-command", command]);
    assert.equal(await terminal.ends(), 3, terminal.screen());
    assert.ok(!terminal.screen().includes("Code of"));
  });
  assert.deepEqual(requests, ["GetCallerIdentity", "GetSessionToken 403"]);
});

test("of several devices one is chosen by its number, and its code is not asked for again", async () => {
  await using stage = await openTwoDevices();
  const requests = await asked(stage, async () => {
    await using terminal = openAwsmfa(stage);
    await terminal.shows(QUESTION);
    await terminal.type(`${stage.sts.code(TABLET)}\r`);
    await terminal.shows(`  1  phone  (${PHONE})\r\n  2  tablet  (${TABLET})\r\n${CHOICE}`);
    for (const [i, typed] of ["", "0", "3", "tablet", "2x"].entries()) {
      await terminal.type(`${typed}\r`);
      await terminal.shows(CHOICE, i + 2);
    }
    await terminal.type("2\r");
    assert.equal(await terminal.ends(), 0, terminal.screen());
  });
  assert.deepEqual(requests, [
    "GetCallerIdentity",
    "GetSessionToken 403",
    "ListMFADevices",
    "GetSessionToken",
  ]);
  assert.equal(rememberedDevice(stage), TABLET);
  assertLoggedIn(stage);
  assert.deepEqual(
    await asked(stage, () => stage.awsmfa([stage.sts.code(TABLET)])),
    ["GetSessionToken"],
    "nobody is asked which one any more",
  );
});

test("who chooses the wrong device, or types a wrong code for it, is asked for a code of that device", async () => {
  await using stage = await openTwoDevices();
  await using terminal = openAwsmfa(stage);
  await terminal.shows(QUESTION);
  await terminal.type(`${stage.sts.code(TABLET)}\r`);
  await terminal.shows(CHOICE);
  await terminal.type("1\r");
  await terminal.shows("Code of mfa/phone for profile 'default': ");
  await terminal.type(`${stage.sts.code(PHONE)}\r`);
  assert.equal(await terminal.ends(), 0, terminal.screen());
  assert.equal(rememberedDevice(stage), PHONE);
});

for (const [name, keys] of [["Ctrl-C", CTRL_C], ["Ctrl-D", CTRL_D]] as const) {
  test(`${name} at the choice of a device ends with 130, and no file changes`, async () => {
    await using stage = await openTwoDevices();
    const before = stage.files();
    await using terminal = openAwsmfa(stage, [stage.sts.code(TABLET)]);
    await terminal.shows(CHOICE);
    await terminal.type(keys);
    assert.equal(await terminal.ends(), 130, terminal.screen());
    assert.deepEqual(stage.files(), before);
  });
}

test("a code that was just used is not sent: it waits for the new one, and Ctrl-C ends the wait", async () => {
  await using stage = await openStage();
  const code = stage.code();
  assert.equal((await stage.awsmfa([code])).code, 0);
  const before = stage.files();
  const requests = await asked(stage, async () => {
    await using terminal = openAwsmfa(stage, ["-f"]);
    await terminal.shows(QUESTION);
    await terminal.type(`${code}\r`);
    await terminal.shows("s ...\r\n");
    assert.match(
      terminal.screen(),
      /\r\nthis code was used \d\d?s ago; a new one comes in ([1-9]|[12]\d|30)s \.\.\.\r\n/,
    );
    await terminal.type(CTRL_C);
    assert.equal(await terminal.ends(), 130, terminal.screen());
  });
  assert.deepEqual(requests, []);
  assert.deepEqual(stage.files(), before);
});

function openTwoDevices(): Promise<Stage> {
  return openStage({ user: { name: "alice", devices: [{ name: "phone" }, { name: "tablet" }] } });
}

async function typeWrong({ sts, user }: Stage, terminal: Terminal): Promise<void> {
  await terminal.type(`${sts.wrongCode(user.serial)}\r`);
}

function assertLoggedIn({ home }: Stage): void {
  assert.match(valuesOf(home.read(".aws/credentials"), "default").aws_access_key_id ?? "", /^ASIA/);
}
