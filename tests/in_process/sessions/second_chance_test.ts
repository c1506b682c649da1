import assert from "node:assert/strict";
import fc from "fast-check";
import { StsRefusal } from "../../../src/domain/aws/sts_refusal.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const FILES = { [home.CREDENTIALS]: `[default]\n${KEYS}` };
const ASIDE = `Your long-term keys are backed up in ${home.BACKUP}; awsmfa --restore puts them back.\n`;
const QUESTION = "Code of mfa/alice for profile 'default': ";
const WRONG = `AWS rejected the MFA code of ${home.ALICES_DEVICE}: it's wrong, expired or already used`;
const HINT = "hint: wait for the next code, and check that it's from this device\n";

/** STS takes this code only. */
function taking(right: string, more: home.FakeSetup = {}): home.FakeSetup {
  return {
    files: FILES,
    sts: (_access, { code }) => code === right ? undefined : home.refuseCode(),
    ...more,
  };
}

function codes({ requests }: Pick<home.FakeWorld, "requests">): string[] {
  return requests.map(({ request }) => request.code);
}

Deno.test("on a terminal a refused code is asked for again, with the reason, and the login goes on", async () => {
  const played = await play([], taking("333333", { answers: ["111111", "222222", "333333"] }));
  assert.equal(played.stdout, "Logged in to 'default' until 2026-11-20 21:00 (12h).\n");
  assert.equal(played.stderr, `${WRONG}.\n${WRONG}.\n${ASIDE}`);
  assert.equal(played.code, 0);
  assert.deepEqual(played.questions, [QUESTION, QUESTION, QUESTION]);
  assert.deepEqual(codes(played), ["111111", "222222", "333333"]);
  assert.deepEqual(played.saves, [home.CACHED, home.DEVICES, home.BACKUP, home.CREDENTIALS]);
  assert.equal(played.identityCalls.length, 1);
});

Deno.test("after three refused codes the login ends, and nothing was changed", async () => {
  const answers = ["111111", "222222", "333333", "444444"];
  for (const args of [[], ["env", "-s", "sh"], ["exec", "--", "x"]]) {
    const played = await play(args, taking("444444", { answers }));
    assert.equal(played.stdout, played.failure);
    assert.equal(played.stderr, `${WRONG}.\n${WRONG}.\nawsmfa: ${WRONG}\n${HINT}`);
    assert.equal(played.code, 3);
    assert.deepEqual(codes(played), ["111111", "222222", "333333"]);
    assert.deepEqual([played.questions.length, played.saves, played.files], [3, [], FILES]);
    assert.deepEqual(played.programs, []);
  }
});

Deno.test("a code of the command line that is refused is asked for, where there is a terminal", async () => {
  const played = await play(["111111"], taking("222222", { answers: ["222222"] }));
  assert.equal(played.stderr, `${WRONG}.\n${ASIDE}`);
  assert.equal(played.code, 0);
  assert.deepEqual([played.questions, codes(played)], [[QUESTION], ["111111", "222222"]]);
});

Deno.test("the end of input at the second question cancels, and nothing was changed", async () => {
  const played = await play([], taking("222222", { answers: ["111111"] }));
  assert.equal(played.stdout, "");
  assert.equal(played.stderr, `${WRONG}.\nawsmfa: cancelled; nothing was changed\n`);
  assert.deepEqual([played.code, played.saves, played.files], [130, [], FILES]);
});

Deno.test("without a terminal, or with a code command, there is one chance", async () => {
  const alone = await play(["111111"], taking("222222"));
  assertFailed(alone, { code: 3, stderr: `awsmfa: ${WRONG}\n${HINT}`, files: FILES });
  assert.equal(alone.requests.length, 1);
  const command = await play(
    ["--code-command", "x"],
    taking("222222", { codeCommand: () => "111111", answers: ["222222"] }),
  );
  assertFailed(command, {
    code: 3,
    stderr: `awsmfa: ${WRONG} (it is the code that the code command 'x' printed)\n` +
      "hint: does the code command 'x' know the device that is asked for? It is told AWSMFA_PROFILE and AWSMFA_SERIAL\n",
    files: FILES,
  });
  assert.deepEqual([command.requests.length, command.commands.length, command.questions], [1, 1, []]);
});

Deno.test("what is no matter of the code is not asked for again", async () => {
  for (const code of ["InvalidClientTokenId", "SignatureDoesNotMatch", "Throttling", "AccessDenied"]) {
    const sts = (): never => {
      throw new StsRefusal(code, "not authorized", 1, 0);
    };
    const played = await play([], { files: FILES, answers: ["111111", "222222"], sts });
    assertFailed(played, { code: 3, stderr: /^awsmfa: /, files: FILES });
    assert.equal(played.questions.length, 1);
  }
});

Deno.test("the chances are three in all, also where the device changes between them", async () => {
  const PHONE = "arn:aws:iam::111122223333:mfa/phone";
  const played = await play([], {
    files: FILES,
    answers: ["111111", "222222", "333333", "444444"],
    mfaDevices: () => [PHONE],
    sts: (_access, { serial }) => serial === PHONE ? home.refuseCode() : home.refuseDevice(),
  });
  assert.equal(played.code, 3);
  assert.equal(played.questions.length, 3);
  assert.equal(played.requests.length, 4);
});

/** A world in which 111111 was used just now, at the start of its minute, less some seconds. */
async function usedAgo(seconds: number, setup: home.FakeSetup = {}): Promise<home.FakeWorld> {
  const fake = home.fakeWorld({ files: FILES, ...setup });
  assert.equal((await playIn(fake, ["111111"])).code, 0);
  fake.clock.now = new Date(fake.clock.now.getTime() + seconds * 1000);
  fake.saves.length = 0;
  fake.requests.length = 0;
  return fake;
}

const USED: [seconds: number, says: string][] = [
  [0, "this code was used 0s ago; a new one comes in 30s"],
  [12, "this code was used 12s ago; a new one comes in 18s"],
  [29, "this code was used 29s ago; a new one comes in 1s"],
  [30, "this code was used 30s ago; a new one comes in 30s"],
  [75, "this code was used 75s ago; a new one comes in 15s"],
];
for (const [seconds, says] of USED) {
  Deno.test(`a code that was used ${seconds}s ago is recognised, and not sent for another session`, async () => {
    const fake = await usedAgo(seconds);
    const before = Object.fromEntries(fake.files);
    assertFailed(await playIn(fake, ["111111", "-d", "1h"]), {
      code: 3,
      stderr: `awsmfa: ${says}\nhint: AWS takes each code once: wait for the next one\n`,
      files: before,
    });
    assert.deepEqual([fake.requests, fake.sleeps], [[], []]);
  });
}

Deno.test("it means the session that came of it, in every command and for another profile of the same device", async () => {
  for (const args of [[], ["-p", "work"], ["env", "-s", "sh"], ["exec", "-p", "work"]]) {
    const fake = await usedAgo(12, {
      files: { [home.CREDENTIALS]: `${FILES[home.CREDENTIALS]}[work]\n${KEYS}` },
    });
    const played = await playIn(fake, [...args, "111111", ...(args.includes("exec") ? ["--", "x"] : [])]);
    assert.equal(played.code, 0, played.stderr);
    assert.deepEqual([fake.requests, fake.questions], [[], []]);
  }
});

Deno.test("with one code, a role and other profiles are logged in one after the other", async () => {
  const config = "[profile adm]\nrole_arn = arn:aws:iam::111122223333:role/adm\nsource_profile = default\n";
  const fake = home.fakeWorld({
    files: { [home.CREDENTIALS]: `${FILES[home.CREDENTIALS]}[work]\n${KEYS}`, [home.CONFIG]: config },
  });
  for (const profile of ["default", "adm", "work"]) {
    const { code, stderr } = await playIn(fake, ["-p", profile, "111111"]);
    assert.equal(code, 0, stderr);
  }
  assert.deepEqual([codes(fake), fake.roleRequests.length], [["111111"], 1]);
});

Deno.test("once its time is over, a code is sent again: by chance it may be a new one", async () => {
  const fake = await usedAgo(90);
  assert.equal((await playIn(fake, ["111111"])).code, 0);
  assert.deepEqual(codes(fake), ["111111"]);
});

Deno.test("another code, another device, or a clock that was set back: nothing is held up", async () => {
  const other = await usedAgo(12);
  assert.equal((await playIn(other, ["222222"])).code, 0);
  const device = await usedAgo(12);
  assert.equal((await playIn(device, ["--serial", "GAHT12345678", "111111"])).code, 0);
  const back = await usedAgo(-3600);
  assert.equal((await playIn(back, ["111111"])).code, 0);
  for (const { requests, sleeps } of [other, device, back]) {
    assert.deepEqual([requests.length, sleeps], [1, []]);
  }
});

Deno.test("a code that AWS refused was not used: it may be sent again", async () => {
  let refuses = true;
  const fake = home.fakeWorld({ files: FILES, sts: () => refuses ? home.refuseCode() : undefined });
  assert.equal((await playIn(fake, ["111111"])).code, 3);
  refuses = false;
  assert.equal((await playIn(fake, ["111111"])).code, 0);
  assert.deepEqual(codes(fake), ["111111", "111111"]);
});

Deno.test("on a terminal awsmfa waits for the new code, then asks for it", async () => {
  for (const [args, answers] of [[["-f"], ["111111", "222222"]], [["-f", "111111"], ["222222"]]] as const) {
    const fake = await usedAgo(12, { answers });
    const { code, stdout, stderr, questions, sleeps, saves } = await playIn(fake, args);
    assert.equal(stdout, "Logged in to 'default' until 2026-11-20 21:00 (12h).\n");
    assert.equal(stderr, "this code was used 12s ago; a new one comes in 18s ...\n");
    assert.equal(code, 0);
    assert.deepEqual(questions, Array(answers.length).fill(QUESTION));
    assert.deepEqual([sleeps, codes(fake)], [[18_000], ["222222"]]);
    assert.equal(fake.clock.now.toISOString(), "2026-11-20T09:00:30.000Z");
    assert.deepEqual(saves, [home.CACHED, home.DEVICES, home.CREDENTIALS]);
  }
});

Deno.test("the same code typed once more is still known, and waited for again", async () => {
  const fake = await usedAgo(12, { answers: ["111111", "111111", "222222"] });
  const { code, sleeps, stderr } = await playIn(fake, ["-f"]);
  assert.equal(code, 0);
  assert.match(
    stderr,
    /used 12s ago; .* 18s \.\.\.\nthis code was used 30s ago; a new one comes in 30s \.\.\.\n$/,
  );
  assert.deepEqual([sleeps, codes(fake)], [[18_000, 30_000], ["222222"]]);
});

Deno.test("a wait for a new code is none of the three chances", async () => {
  const fake = await usedAgo(12, { answers: ["111111", "222222", "333333", "444444"] });
  const { code } = await playIn({ ...fake, world: { ...fake.world, requestSession: refusing(fake) } }, [
    "-f",
  ]);
  assert.equal(code, 3);
  assert.deepEqual(codes(fake), ["222222", "333333", "444444"]);
});

function refusing(fake: home.FakeWorld): home.FakeWorld["world"]["requestSession"] {
  return (access, request) => {
    fake.requests.push({ access, request });
    return Promise.try(home.refuseCode);
  };
}

Deno.test("with a code command awsmfa waits, and runs it again", async () => {
  for (const args of [["-f"], ["env", "-s", "sh", "-f"], ["credential-process", "-f"]]) {
    const printed = ["111111", "222222"];
    const fake = await usedAgo(12, { codeCommand: () => printed.shift() ?? "" });
    const { code, stderr, commands, sleeps, questions } = await playIn(fake, [
      ...args,
      "--code-command",
      "totp",
    ]);
    assert.equal(stderr, "this code was used 12s ago; a new one comes in 18s ...\n");
    assert.equal(code, 0);
    assert.deepEqual([commands, sleeps, questions], [["totp", "totp"], [18_000], []]);
    assert.deepEqual(codes(fake), ["222222"]);
  }
});

Deno.test("a code command that prints the same for ever ends with AWS's refusal, and not in a circle", async () => {
  const fake = await usedAgo(0, { codeCommand: () => "111111" });
  const world = { ...fake.world, requestSession: refusing(fake) };
  const { code, sleeps, commands } = await playIn({ ...fake, world }, ["-f", "--code-command", "totp"]);
  assert.equal(code, 3);
  assert.deepEqual([sleeps, commands.length, codes(fake)], [[30_000, 30_000, 30_000], 4, ["111111"]]);
});

Deno.test("property: of a code nothing is stored but a hash with a salt, which is new each time", async () => {
  const code = fc.stringMatching(/^[0-9]{6}$/);
  await fc.assert(
    fc.asyncProperty(code, async (typed) => {
      const fake = home.fakeWorld({ files: FILES });
      assert.equal((await playIn(fake, [typed])).code, 0);
      const { usedCodes, ...rest } = JSON.parse(fake.files.get(home.DEVICES) ?? "");
      assert.deepEqual(rest, { version: 1, devices: { AKIAALICE: home.ALICES_DEVICE } });
      assert.deepEqual(Object.keys(usedCodes), [home.ALICES_DEVICE]);
      const { hash, ...used } = usedCodes[home.ALICES_DEVICE];
      assert.deepEqual(used, { salt: "salt-1", at: Date.parse("2026-11-20T09:00:00Z") });
      assert.match(hash, /^[0-9a-f]{64}$/);
      assert.notEqual(hash, await fake.world.hash(typed));
      const text = fake.files.get(home.DEVICES) ?? "";
      for (const secret of ["long/secret", "temporary/secret+1", "session//token==1"]) {
        assert.ok(!text.includes(secret));
      }
      fake.clock.now = new Date(fake.clock.now.getTime() + 90_000);
      await playIn(fake, [typed]);
      const again = JSON.parse(fake.files.get(home.DEVICES) ?? "").usedCodes[home.ALICES_DEVICE];
      assert.deepEqual([again.salt, again.hash === hash], ["salt-2", false]);
    }),
    { numRuns: 30 },
  );
});

const ROLE = "arn:aws:iam::111122223333:role/r";
const ROLE_CONFIG = `[profile r]\nrole_arn = ${ROLE}\nsource_profile = default\nduration_seconds = 7200\n`;

Deno.test("a role that takes a code of its own gives the same second chance, and knows a used code", async () => {
  const fake = home.fakeWorld({
    files: { ...FILES, [home.CONFIG]: ROLE_CONFIG },
    answers: ["111111", "222222", "222222", "333333"],
    assumeRole: (_access, { mfa }) => mfa?.code === "111111" ? home.refuseCode() : undefined,
  });
  const first = await playIn(fake, ["-p", "r"]);
  assert.equal(first.code, 0, first.stderr);
  assert.match(first.stderr, new RegExp(`^A code is needed: [^\n]+\n${WRONG}\\.\nrole_arn of 'r' `));
  const second = await playIn(fake, ["-p", "default"]);
  assert.equal(second.stderr, `this code was used 0s ago; a new one comes in 30s ...\n${ASIDE}`);
  assert.deepEqual([second.code, codes(fake), fake.sleeps], [0, ["333333"], [30_000]]);
  assert.deepEqual(fake.roleRequests.map(({ request }) => request.mfa?.code), [
    undefined,
    "111111",
    "222222",
  ]);
});

Deno.test("the root user gets an hour, whatever is asked: told, and what was given is shown", async () => {
  const callerArn = (): string => "arn:aws:iam::111122223333:root";
  const setup: home.FakeSetup = { files: FILES, callerArn };
  const fake = home.fakeWorld(setup);
  const requestSession: home.FakeWorld["world"]["requestSession"] = (access, request) =>
    fake.world.requestSession(access, { ...request, seconds: Math.min(request.seconds, 3600) });
  const rooted = { ...fake, world: { ...fake.world, requestSession } };
  const warning = "warning: asked for 12h, AWS gave 1h to the root user\n" +
    "hint: work as an IAM user or a role rather than as the root user\n";
  const { code, stdout, stderr } = await playIn(rooted, ["111111"]);
  assert.equal(stdout, "Logged in to 'default' until 2026-11-20 10:00 (1h).\n");
  assert.equal(stderr, warning + ASIDE);
  assert.equal(code, 0);
  assert.equal(fake.requests[0]?.request.serial, "arn:aws:iam::111122223333:mfa/root-account-mfa-device");
  const json = await playIn(rooted, ["--json", "222222"]);
  assert.equal(json.stderr, warning);
  assert.deepEqual(JSON.parse(json.stdout).warnings, ["asked for 12h, AWS gave 1h to the root user"]);
  const hour = await playIn(rooted, ["-d", "1h", "333333"]);
  assert.deepEqual([hour.stderr, hour.code], ["", 0]);
});
