import assert from "node:assert/strict";
import { run } from "../../../src/cli/run.ts";
import { NetworkError } from "../../../src/errors.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const files = { [home.CREDENTIALS]: `[default]\n${KEYS}[work]\n${KEYS}` };
const SESSION = {
  Version: 1,
  AccessKeyId: "ASIA0000000000000001",
  SecretAccessKey: "temporary/secret+1",
  SessionToken: "session//token==1",
  Expiration: "2026-11-20T21:00:00Z",
  AccountId: "111122223333",
};
const COMMAND = ["--code-command", "totp aws"];

Deno.test("a session that is valid is printed as AWS's tools read it, and nobody is asked or called", async () => {
  const fake = home.fakeWorld({ files, answers: ["654321"] });
  await playIn(fake, ["123456"]);
  fake.saves.length = 0;
  fake.locks.length = 0;
  for (const args of [[], ["-p", "work"], ["-p", "default"]]) {
    const { code, stdout, stderr } = await playIn(fake, ["credential-process", ...args]);
    assert.deepEqual(JSON.parse(stdout), SESSION);
    assert.match(stdout, /^[^\n]+\n$/);
    assert.deepEqual([stderr, code], ["", 0]);
  }
  assert.deepEqual([fake.requests.length, fake.questions, fake.saves, fake.locks], [1, [], [], []]);
});

Deno.test("without a way to a new one a session is served until a minute before its end", async () => {
  const fake = home.fakeWorld({ files });
  await playIn(fake, ["env", "-s", "sh", "123456"]);
  fake.saves.length = 0;
  for (
    const [time, args, code] of [
      ["20:55:01", [], 0],
      ["20:59:00", [], 0],
      ["20:55:01", ["--min-remaining", "5m"], 4],
      ["20:59:01", [], 4],
    ] as const
  ) {
    fake.clock.now = new Date(`2026-11-20T${time}Z`);
    const played = await playIn(fake, ["credential-process", ...args]);
    assert.equal(played.code, code, time);
    if (code === 4) assertFailed(played, { code: 4, stderr: /has no valid session/ });
  }
});

const ROLE_FILES = {
  ...files,
  [home.CONFIG]: "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n",
};

Deno.test("a role is assumed anew with the user's session, 15 minutes before its end, with no question", async () => {
  const fake = home.fakeWorld({ files: ROLE_FILES });
  await playIn(fake, ["env", "-s", "sh", "-p", "r", "123456"]);
  for (const [time, roles] of [["09:45:00", 1], ["09:45:01", 2], ["10:15:00", 2], ["20:58:00", 3]] as const) {
    fake.clock.now = new Date(`2026-11-20T${time}Z`);
    const { code, stderr } = await playIn(fake, ["credential-process", "-p", "r"]);
    assert.deepEqual([code, stderr, fake.roles.length, fake.requests.length], [0, "", roles, 1], time);
  }
});

Deno.test("50 at once across the end of a role make one request", async () => {
  const fake = home.fakeWorld({ files: ROLE_FILES });
  await playIn(fake, ["env", "-s", "sh", "-p", "r", "123456"]);
  fake.clock.now = new Date("2026-11-20T10:00:01Z");
  const all = Array.from({ length: 50 }, () => run(["credential-process", "-p", "r"], fake.world));
  assert.ok((await Promise.all(all)).every((code) => code === 0), fake.err.join(""));
  assert.deepEqual([fake.roles.length, fake.requests.length], [2, 1]);
});

Deno.test("where the renewal fails the session at hand is served until its end, with a word", async () => {
  let isDown = false;
  const fake = home.fakeWorld({
    files: ROLE_FILES,
    assumeRole: () => {
      if (isDown) throw new NetworkError("can't reach AWS", "is there a network?");
    },
  });
  await playIn(fake, ["env", "-s", "sh", "-p", "r", "123456"]);
  isDown = true;
  fake.clock.now = new Date("2026-11-20T09:50:00Z");
  const { code, stderr, stdout } = await playIn(fake, ["credential-process", "-p", "r"]);
  assert.equal(stderr, "warning: can't reach AWS; the session at hand is used until it ends\n");
  assert.deepEqual([code, JSON.parse(stdout).Expiration], [0, "2026-11-20T10:00:00Z"]);
  fake.clock.now = new Date("2026-11-20T09:59:01Z");
  fake.saves.length = 0;
  assert.deepEqual((await playIn(fake, ["credential-process", "-p", "r"])).code, 6);
});

Deno.test("a code command renews 15 minutes before the end", async () => {
  const fake = home.fakeWorld({ files, codeCommand: () => "654321" });
  await playIn(fake, ["env", "-s", "sh", "123456"]);
  for (const [time, asked] of [["20:45:00", 1], ["20:45:01", 2]] as const) {
    fake.clock.now = new Date(`2026-11-20T${time}Z`);
    assert.equal((await playIn(fake, ["credential-process", ...COMMAND])).code, 0);
    assert.equal(fake.requests.length, asked, time);
  }
});

Deno.test("without a session it fails in one line that names the command, also where there is a terminal", async () => {
  const cases: [args: string[], stderr: string][] = [
    [[], "awsmfa: profile 'default' has no valid session; run: awsmfa\n"],
    [["-p", "work"], "awsmfa: profile 'work' has no valid session; run: awsmfa -p work\n"],
  ];
  for (const [args, stderr] of cases) {
    for (const setup of [{}, { answers: ["123456"] }]) {
      const played = await play(["credential-process", ...args], { files, ...setup });
      assertFailed(played, { code: 4, stderr, files });
      assert.deepEqual([played.questions, played.requests, played.identityCalls], [[], [], []]);
    }
  }
});

Deno.test("an MFA code is wrong usage", async () => {
  for (const args of [["123456"], ["-m", "123456"]]) {
    const played = await play(["credential-process", ...args], { files });
    assertFailed(played, {
      code: 2,
      stderr: /^awsmfa: credential-process doesn't take an MFA code\nhint: /,
      files,
    });
    assert.deepEqual(played.requests, []);
  }
});

Deno.test("with a code command it is run under the lock of the key, and its session kept and printed", async () => {
  const fake = home.fakeWorld({ files, codeCommand: () => "123456\n" });
  const { code, stdout, stderr, saves, commands, locks } = await playIn(fake, [
    "credential-process",
    ...COMMAND,
  ]);
  assert.deepEqual(JSON.parse(stdout), SESSION);
  assert.deepEqual([stderr, code], ["", 0]);
  assert.deepEqual([commands, locks, saves], [["totp aws"], [home.CACHED], [home.CACHED, home.DEVICES]]);
  const again = await playIn(fake, ["credential-process", ...COMMAND]);
  assert.equal(again.stdout, stdout);
  assert.deepEqual([again.commands.length, again.requests.length, again.locks.length], [1, 1, 1]);
});

Deno.test("50 at once on one session that is over make one request and get 50 right answers", async () => {
  const fake = home.fakeWorld({
    files,
    codeCommand: async () => {
      await Promise.resolve();
      return "123456\n";
    },
  });
  const all = Array.from({ length: 50 }, (_, i) => {
    const out: string[] = [];
    const world = { ...fake.world, out: (text: string) => void out.push(text) };
    const profile = i % 2 === 0 ? "default" : "work";
    return run(["credential-process", "-p", profile, ...COMMAND], world).then((code) => {
      assert.equal(code, 0, fake.err.join(""));
      assert.deepEqual(JSON.parse(out.join("")), SESSION);
    });
  });
  await Promise.all(all);
  assert.deepEqual([fake.commands.length, fake.requests.length], [1, 1]);
});

Deno.test("50 at once for a role make one session and one role", async () => {
  const config =
    "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\nmfa_process = totp aws\n";
  const fake = home.fakeWorld({ files: { ...files, [home.CONFIG]: config }, codeCommand: () => "123456\n" });
  const codes = await Promise.all(
    Array.from({ length: 50 }, () => run(["credential-process", "-p", "r"], fake.world)),
  );
  assert.ok(codes.every((code) => code === 0), fake.err.join(""));
  assert.deepEqual([fake.requests.length, fake.roleRequests.length, fake.commands.length], [1, 1, 1]);
  assert.equal(new Set(fake.out).size, 1);
  const inFolder = [...fake.files.keys()].filter((path) => path.startsWith(home.CACHE_FOLDER)).toSorted();
  assert.equal(inFolder.length, 3);
  assert.match(inFolder[0] ?? "", /\/AKIAALICE-[0-9a-f]{16}\.json$/);
  assert.deepEqual(inFolder.slice(1), [home.CACHED, home.DEVICES]);
});

Deno.test("a code that AWS refuses is told, and the lock is free for the next", async () => {
  let refuses = true;
  const fake = home.fakeWorld({
    files,
    codeCommand: () => "123456",
    sts: () => refuses ? home.refuseCode() : undefined,
  });
  assertFailed(await playIn(fake, ["credential-process", ...COMMAND]), {
    code: 3,
    stderr: /^awsmfa: AWS rejected the MFA code/,
    files,
  });
  refuses = false;
  assert.equal((await playIn(fake, ["credential-process", ...COMMAND])).code, 0);
});

const LINE = "credential_process = /usr/local/bin/awsmfa credential-process -p default";
const LINKED: [what: string, config: string | undefined, after: string][] = [
  ["a new file", undefined, `[profile tool]\n${LINE}\n`],
  [
    "behind other sections, with the region of the source",
    "# mine\n[default]\nregion = eu-west-1",
    `# mine\n[default]\nregion = eu-west-1\n\n[profile tool]\n${LINE}\nregion = eu-west-1\n`,
  ],
];
for (const [what, config, after] of LINKED) {
  Deno.test(`link writes a profile that asks awsmfa: ${what}`, async () => {
    const given: Record<string, string> = config === undefined
      ? { ...files }
      : { ...files, [home.CONFIG]: config };
    const fake = home.fakeWorld({ files: given });
    const { code, stdout, stderr, saves, files: left } = await playIn(fake, ["link", "tool"]);
    assert.equal(stdout, `Profile 'tool' in ${home.CONFIG}: ${LINE}\n`);
    assert.match(stderr, /^note: such a line is not followed by .*\n$/);
    assert.deepEqual([code, saves], [0, [home.CONFIG]]);
    assert.deepEqual(left, { ...given, [home.CONFIG]: after });
    fake.saves.length = 0;
    const again = await playIn(fake, ["link", "tool"]);
    assert.deepEqual([again.stdout, again.code, again.saves], [stdout, 0, []]);
  });
}

Deno.test("the line of a profile whose name has blanks is quoted", async () => {
  const { code, files: left } = await play(["link", "-p", "team a", "tool"], {
    files: { [home.CREDENTIALS]: `[team a]\n${KEYS}` },
  });
  assert.equal(code, 0);
  assert.equal(
    left[home.CONFIG],
    `[profile tool]\ncredential_process = /usr/local/bin/awsmfa credential-process -p 'team a'\n`,
  );
});

Deno.test("link takes the region of the source where the profile itself has none: without one the AWS CLI stops", async () => {
  const config = "[default]\nregion = eu-west-1\n[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\n" +
    "source_profile = default\n";
  const { files: left } = await play(["link", "tool", "-p", "r"], {
    files: { ...files, [home.CONFIG]: config },
  });
  assert.equal(
    left[home.CONFIG],
    `${config}\n[profile tool]\ncredential_process = /usr/local/bin/awsmfa credential-process -p r\nregion = eu-west-1\n`,
  );
});

Deno.test("link --remove takes its profile away, and no other", async () => {
  const before = "[default]\nregion = eu-west-1\n\n# mine\n[profile work]\nregion = eu-west-2\n";
  const fake = home.fakeWorld({ files: { ...files, [home.CONFIG]: before } });
  await playIn(fake, ["link", "tool", "-p", "work"]);
  const { code, stdout, stderr } = await playIn(fake, ["link", "--remove", "tool"]);
  assert.deepEqual([code, stdout, stderr], [0, `Profile 'tool' is removed from ${home.CONFIG}.\n`, ""]);
  assert.equal(fake.files.get(home.CONFIG), before);
  fake.saves.length = 0;
  for (
    const [name, why] of [["tool", "there is no profile 'tool'"], [
      "work",
      "profile 'work' is none of awsmfa's links",
    ]]
  ) {
    assertFailed(await playIn(fake, ["link", "--remove", name ?? ""]), {
      code: 4,
      stderr: new RegExp(`^awsmfa: ${why}`),
    });
  }
});

Deno.test("link makes no profile of the keys in the environment, which no file has", async () => {
  const env = { AWS_ACCESS_KEY_ID: "AKIAX", AWS_SECRET_ACCESS_KEY: "secret" };
  assertFailed(await play(["link", "tool"], { files, env }), {
    code: 4,
    stderr: /^awsmfa: the keys here are those of the environment, which a link can't use\nhint: .*-p NAME\n$/,
    files,
  });
  assert.equal((await play(["link", "tool", "-p", "default"], { files, env })).code, 0);
});

const REFUSED: [what: string, args: string[], setup: home.FakeSetup, code: number, stderr: RegExp][] = [
  [
    "the same name",
    ["link", "default"],
    {},
    2,
    /^awsmfa: profile 'default' can't get its credentials from itself\n/,
  ],
  [
    "a name that has keys",
    ["link", "work"],
    {},
    5,
    /^awsmfa: profile 'work' stands in \S+credentials already\nhint: choose another name\n$/,
  ],
  [
    "a name that config has",
    ["link", "tool"],
    { files: { ...files, [home.CONFIG]: "[profile tool]\nregion = x\n" } },
    5,
    /^awsmfa: profile 'tool' stands in \S+config already\n/,
  ],
  ["a source that is not there", ["link", "tool", "-p", "none"], {}, 4, /^awsmfa: no profile 'none' in /],
  ["a name that can't be written", ["link", "a]b"], {}, 2, /^awsmfa: profile name "a\]b" can't be written: /],
];
for (const [what, args, setup, code, stderr] of REFUSED) {
  Deno.test(`link refuses, and changes nothing: ${what}`, async () => {
    const given = { files, ...setup };
    assertFailed(await play(args, given), { code, stderr, files: given.files });
  });
}
