import assert from "node:assert/strict";
import { StsRefusal } from "../../../src/domain/aws/sts_refusal.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const ROLE = "arn:aws:iam::111122223333:role/ro";
const NEXT = "arn:aws:iam::444455556666:role/next";
const FILES = {
  [home.CREDENTIALS]: `[default]\n${KEYS}`,
  [home.CONFIG]: `[profile ro]\nrole_arn = ${ROLE}\nsource_profile = default\n` +
    `[profile next]\nrole_arn = ${NEXT}\nsource_profile = ro\n` +
    `[profile long]\nrole_arn = ${ROLE}\nsource_profile = default\nduration_seconds = 43200\n`,
};
const OPEN: home.FakeSetup = { files: FILES, rolesWithoutMfa: true };
const SAYS = "No code was needed: AWS gives this role without MFA.\n";

Deno.test("a role that wants no MFA is had without a code, where nothing names a device: also where nobody can be asked", async () => {
  for (const more of [{}, { answers: [] }]) {
    const fake = home.fakeWorld({ ...OPEN, ...more });
    const { code, stdout, stderr } = await playIn(fake, ["-p", "ro"]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Logged in to 'ro' as role /);
    assert.ok(stderr.startsWith(SAYS), stderr);
    assert.deepEqual([fake.requests, fake.questions], [[], []]);
    assert.equal(fake.roleRequests[0]?.access.keys.accessKeyId, "AKIAALICE");
    assert.equal(fake.files.has(home.DEVICES), false, "no device is remembered");
    assert.equal(fake.files.has(home.CACHED), false, "and no session of the user kept");
    assert.match((await playIn(fake, ["-p", "ro"])).stdout, /^Already logged in/);
  }
});

Deno.test("a role over it goes the same way, one for 12 hours at once, and each tool gets it from credential-process", async () => {
  const chain = await play(["env", "-s", "sh", "-p", "next"], OPEN);
  assert.equal(chain.code, 0, chain.stderr);
  assert.deepEqual(chain.roleRequests.map(({ request }) => request.roleArn), [ROLE, NEXT]);
  const long = await play(["exec", "-p", "long", "--", "x"], OPEN);
  assert.deepEqual([long.code, long.roleRequests[0]?.request.seconds], [0, 43_200]);
  const fake = home.fakeWorld(OPEN);
  assert.equal((await playIn(fake, ["credential-process", "-p", "ro"])).code, 0);
  fake.clock.now = new Date("2026-11-20T09:50:00Z");
  const renewed = await playIn(fake, ["credential-process", "-p", "ro"]);
  assert.equal(JSON.parse(renewed.stdout).AccessKeyId, "ASIAROLE000000000002");
});

Deno.test("one that wants MFA is asked a code for, as soon as AWS says no", async () => {
  const fake = home.fakeWorld({ files: FILES, answers: ["123456"] });
  const { code, stderr } = await playIn(fake, ["-p", "ro"]);
  assert.equal(code, 0, stderr);
  assert.doesNotMatch(stderr, /No code/);
  assert.deepEqual([fake.questions.length, fake.requests.length, fake.roleRequests.length], [1, 1, 2]);
  assert.equal(fake.identityCalls.length, 1, "whose the keys are is asked once");
  const nobody = await play(["-p", "ro"], { files: FILES });
  assertFailed(nobody, { code: 2, stderr: /^awsmfa: an MFA code is required, but there is no terminal/ });
  const silent = await play(["credential-process", "-p", "ro"], { files: FILES });
  assertFailed(silent, {
    code: 4,
    stderr: /^awsmfa: profile 'ro' has no valid session; run: awsmfa -p ro\n$/,
  });
});

Deno.test("nothing is tried without a code where a device, a code or a code command is named, and another refusal stops it", async () => {
  const device = "arn:aws:iam::111122223333:mfa/alice";
  const ways: [args: string[], setup: home.FakeSetup][] = [
    [["-p", "ro", "123456"], OPEN],
    [["-p", "ro", "--serial", device], { ...OPEN, answers: ["123456"] }],
    [["-p", "ro"], { ...OPEN, env: { AWSMFA_SERIAL: device }, answers: ["123456"] }],
    [["-p", "ro", "--code-command", "x"], { ...OPEN, codeCommand: () => "123456" }],
    [["-p", "ro"], {
      ...OPEN,
      files: { ...FILES, [home.CONFIG]: `${FILES[home.CONFIG]}[default]\nmfa_serial = ${device}\n` },
      answers: ["123456"],
    }],
  ];
  for (const [args, setup] of ways) {
    const played = await play(args, setup);
    assert.deepEqual([played.code, played.requests.length], [0, 1], played.stderr);
    assert.ok(played.roleRequests.every(({ access }) => access.keys.sessionToken !== undefined));
  }
  const assumeRole = (): never => {
    throw new StsRefusal("RegionDisabledException", "x", 1, 0);
  };
  const off = await play(["-p", "ro"], { ...OPEN, answers: ["123456"], assumeRole });
  assertFailed(off, { code: 3, stderr: /STS is not enabled/ });
});

Deno.test("--no-mfa: the user's own session without a code, which never takes the place of one with MFA", async () => {
  const fake = home.fakeWorld({ files: FILES });
  const { code, stdout, stderr } = await playIn(fake, ["--no-mfa"]);
  assert.equal(code, 0, stderr);
  assert.match(
    stdout,
    /^Logged in to 'default' without MFA until 2026-11-20 21:00 \(12h\)\.\n$/,
  );
  assert.deepEqual([fake.withoutMfa.length, fake.requests.length], [1, 0]);
  assert.match((await playIn(fake, ["--no-mfa"])).stdout, /^Already logged in to 'default' without MFA /);
  assert.match((await playIn(fake, ["123456"])).stdout, /^Logged in to 'default' /);
  assert.equal(fake.requests.length, 1);
  assert.match((await playIn(fake, ["--no-mfa", "--json"])).stdout, /"how": "kept"/);
  assert.match((await playIn(fake, [])).stdout, /^Logged in to .*, reusing an earlier login/);
  assert.deepEqual([fake.withoutMfa.length, fake.requests.length], [1, 1]);
});

Deno.test("--no-mfa of a role: as it is, or AWS's no, and no question", async () => {
  const given = await play(["-p", "ro", "--no-mfa"], { ...OPEN, answers: ["123456"] });
  assert.deepEqual([given.code, given.questions], [0, []]);
  assert.doesNotMatch(given.stderr, /No code/);
  const refused = await play(["-p", "ro", "--no-mfa"], { files: FILES, answers: ["123456"] });
  assertFailed(refused, {
    code: 3,
    stderr: /may not assume .*\nhint: .*; it may want MFA: leave --no-mfa\n$/,
  });
  const renewing = await play(["exec", "--refresh", "-p", "ro", "--no-mfa", "--", "x"], OPEN);
  assert.match(renewing.stderr, /^Credentials are renewed without a person, /m);
  assert.equal(renewing.code, 0, renewing.stderr);
});

Deno.test("--no-mfa can't be used with what names a code or a device", async () => {
  const cases: [args: string[], what: string][] = [
    [["123456"], "an MFA code"],
    [["-c", "123456"], "an MFA code"],
    [["--code-command", "x"], "--code-command"],
    [["--serial", "GAHT12345678"], "--serial"],
  ];
  for (const [args, what] of cases) {
    assertFailed(await play(["--no-mfa", ...args], { files: FILES }), {
      code: 2,
      stderr: `awsmfa: --no-mfa can't be used with ${what}\nhint: leave one of them\n`,
    });
  }
});
