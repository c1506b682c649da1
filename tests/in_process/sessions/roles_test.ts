import assert from "node:assert/strict";
import { StsRefusal } from "../../../src/domain/aws/sts_refusal.ts";
import * as home from "../../support/fake_world.ts";
import { withoutMark } from "../../support/session_mark.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const FILE = `[user]\n${KEYS}[twin]\n${KEYS}`;
const ROLE = "arn:aws:iam::111122223333:role/";

function profile(name: string, source: string, more = ""): string {
  return `[profile ${name}]\nrole_arn = ${ROLE}${name}\nsource_profile = ${source}\n${more}`;
}

const ROLES = ["one", "two", "three"].map((name) => profile(name, "user")).join("");

function setup(config = ROLES, more: home.FakeSetup = {}): home.FakeSetup {
  return { files: { [home.CREDENTIALS]: FILE, [home.CONFIG]: config }, ...more };
}

Deno.test("a role: its credentials go into its section, and its role keys are set aside", async () => {
  const { code, stdout, stderr, files, saves, requests, roleRequests } = await play(
    ["-p", "one", "123456"],
    setup(),
  );
  assert.equal(
    stdout,
    `Logged in to 'one' as role one (111122223333) until 2026-11-20 10:00 (1h).\n`,
  );
  assert.equal(
    stderr,
    `role_arn of 'one' is renamed in ${home.CONFIG}, so that AWS tools use this session; awsmfa logout undoes it.\n`,
  );
  assert.equal(code, 0);
  assert.equal(
    withoutMark(files[home.CREDENTIALS]),
    `${FILE}\n[one]\naws_access_key_id = ASIAROLE000000000001\naws_secret_access_key = role/secret+1\n` +
      "aws_session_token = role//token==1\nx_security_token_expires = 2026-11-20T10:00:00Z\n" +
      "x_principal_arn = arn:aws:sts::111122223333:assumed-role/one/alice\n",
  );
  assert.equal(
    files[home.CONFIG],
    ROLES.replace("role_arn", "awsmfa_role_arn").replace("source_profile", "awsmfa_source_profile"),
  );
  const [user, devices, role, ...rest] = saves;
  assert.deepEqual([user, devices], [home.CACHED, home.DEVICES]);
  assert.match(role ?? "", new RegExp(`^${home.CACHE_FOLDER}/AKIAALICE-[0-9a-f]{16}\\.json$`));
  assert.deepEqual(rest, [home.BACKUP, home.CREDENTIALS, home.CONFIG]);
  assert.deepEqual(requests.map(({ request }) => request), [{
    serial: home.ALICES_DEVICE,
    code: "123456",
    seconds: 43_200,
  }]);
  assert.deepEqual(roleRequests.map(({ request }) => request), [{
    roleArn: `${ROLE}one`,
    sessionName: "alice",
    externalId: undefined,
    seconds: 3600,
    mfa: undefined,
  }]);
  assert.equal(roleRequests[0]?.access.keys.accessKeyId, "ASIA0000000000000001");
  assert.equal(roleRequests[0]?.access.keys.sessionToken, "session//token==1");
});

Deno.test("one code is enough for three roles and two profiles", async () => {
  const fake = home.fakeWorld(setup(ROLES, { answers: ["123456"] }));
  for (const name of ["one", "two", "three", "user", "twin"]) {
    const { code, stdout, stderr } = await playIn(fake, ["-p", name]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, new RegExp(`^Logged in to '${name}' `));
  }
  assert.equal(fake.questions.length, 1);
  assert.equal(fake.requests.length, 1);
  assert.equal(fake.roleRequests.length, 4, "the first one was tried without a code");
  assert.equal(fake.identityCalls.length, 1);
  for (const name of ["one", "two", "three", "user", "twin"]) {
    assert.match((await playIn(fake, ["-p", name])).stdout, /^Already logged in/);
  }
  assert.deepEqual([fake.requests.length, fake.roleRequests.length, fake.identityCalls.length], [1, 4, 1]);
});

Deno.test("where the device is named, the user's name is asked of AWS once, and kept with the session", async () => {
  const fake = home.fakeWorld(
    setup(ROLES.replaceAll("source_profile = user\n", `$&mfa_serial = ${home.ALICES_DEVICE}\n`)),
  );
  await playIn(fake, ["-p", "one", "123456"]);
  assert.equal(fake.identityCalls.length, 1);
  assert.equal(fake.identityCalls[0]?.keys.sessionToken, "session//token==1");
  await playIn(fake, ["-p", "two"]);
  assert.equal(fake.identityCalls.length, 1);
  assert.deepEqual(fake.roleRequests.map(({ request }) => request.sessionName), ["alice", "alice"]);
});

Deno.test("a kept session that does not know the user's name yet learns it with the first role", async () => {
  const fake = home.fakeWorld(setup());
  await playIn(fake, ["-p", "user", "--serial", home.ALICES_DEVICE, "123456"]);
  assert.equal(fake.identityCalls.length, 0);
  assert.equal((await playIn(fake, ["-p", "one"])).code, 0);
  assert.equal((await playIn(fake, ["-p", "two"])).code, 0);
  assert.equal(fake.identityCalls.length, 1);
  assert.equal(
    JSON.parse(fake.files.get(home.CACHED) ?? "").callerArn,
    "arn:aws:iam::111122223333:user/alice",
  );
});

Deno.test("external_id, role_session_name, duration_seconds, mfa_serial and region of the role's profile count", async () => {
  const more = "external_id = E\nrole_session_name = me\nduration_seconds = 1800\n" +
    "mfa_serial = GAHT12345678\nregion = eu-west-1\n";
  const { code, requests, roleRequests, identityCalls } = await play(
    ["-p", "one", "123456"],
    setup(profile("one", "user", more)),
  );
  assert.equal(code, 0);
  assert.equal(requests[0]?.request.serial, "GAHT12345678");
  assert.equal(requests[0]?.request.seconds, 43_200);
  assert.deepEqual(roleRequests.map(({ request }) => request), [{
    roleArn: `${ROLE}one`,
    sessionName: "me",
    externalId: "E",
    seconds: 1800,
    mfa: undefined,
  }]);
  assert.deepEqual([requests[0]?.access.region, roleRequests[0]?.access.region], ["eu-west-1", "eu-west-1"]);
  assert.deepEqual(identityCalls, []);
});

Deno.test("mfa_serial and region of the source count where the role names none", async () => {
  const source = "[profile user]\nmfa_serial = GAHT12345678\nregion = eu-west-2\n";
  const { code, requests, roleRequests } = await play(["-p", "one", "123456"], setup(ROLES + source));
  assert.equal(code, 0);
  assert.equal(requests[0]?.request.serial, "GAHT12345678");
  assert.equal(roleRequests[0]?.access.region, "eu-west-2");
});

Deno.test("a chain of roles is assumed in order, each with the credentials of the one before", async () => {
  const config = profile("one", "user") + profile("two", "one", "external_id = E\n") +
    profile("three", "two");
  const { code, stdout, requests, roleRequests, saves } = await play(
    ["-p", "three", "123456"],
    setup(config),
  );
  assert.match(stdout, new RegExp(`^Logged in to 'three' as role three \\(111122223333\\) until `));
  assert.equal(code, 0);
  assert.equal(requests.length, 1);
  assert.deepEqual(
    roleRequests.map(({ access, request }) => [request.roleArn, request.externalId, access.keys.accessKeyId]),
    [
      [`${ROLE}one`, undefined, "ASIA0000000000000001"],
      [`${ROLE}two`, "E", "ASIAROLE000000000001"],
      [`${ROLE}three`, undefined, "ASIAROLE000000000002"],
    ],
  );
  assert.deepEqual(saves.filter((path) => path.startsWith(home.CACHE_FOLDER)).slice(0, -1), [
    home.CACHED,
    home.DEVICES,
  ]);
});

Deno.test("more than an hour is asked of AWS with the code itself, and why is told", async () => {
  const fake = home.fakeWorld(setup(profile("one", "user", "duration_seconds = 43200\n"), {
    answers: ["123456", "654321"],
  }));
  await playIn(fake, ["-p", "user"]);
  const { code, stdout, stderr, questions, requests, roleRequests } = await playIn(fake, ["-p", "one"]);
  assert.equal(
    stdout,
    `Logged in to 'one' as role one (111122223333) until 2026-11-20 21:00 (12h).\n`,
  );
  assert.match(
    stderr,
    /^A code is needed: AWS gives a role for 12h for a code only, and from a cached session for 1h at most\.\n/,
  );
  assert.equal(code, 0);
  assert.equal(questions.length, 2);
  assert.equal(requests.length, 1);
  assert.deepEqual(roleRequests.map(({ request }) => request), [{
    roleArn: `${ROLE}one`,
    sessionName: "alice",
    externalId: undefined,
    seconds: 43_200,
    mfa: { serial: home.ALICES_DEVICE, code: "654321" },
  }]);
  assert.equal(roleRequests[0]?.access.keys.accessKeyId, "AKIAALICE");
  const again = await playIn(fake, ["-p", "one"]);
  assert.match(again.stdout, /^Already logged in to .* as role/);
  assert.equal(again.questions.length, 2);
});

Deno.test("more than an hour with a code on the command line is asked for with no word", async () => {
  const { stderr, roleRequests, code } = await play(["-p", "one", "-d", "2h", "123456"], setup());
  assert.doesNotMatch(stderr, /A code is needed/);
  assert.equal(code, 0);
  assert.deepEqual(roleRequests[0]?.request.mfa, { serial: home.ALICES_DEVICE, code: "123456" });
});

Deno.test("a profile's duration that a chained role can't have is cut to an hour, and said", async () => {
  const config = profile("one", "user") + profile("two", "one", "duration_seconds = 43200\n");
  const { code, stdout, stderr, roleRequests } = await play(["-p", "two", "123456"], setup(config));
  assert.equal(code, 0, stderr);
  assert.match(stdout, /\(1h\)/);
  assert.match(stderr, /AWS gives a role that is assumed by another role an hour: duration_seconds /);
  assert.deepEqual(roleRequests.map(({ request }) => request.seconds), [3600, 3600]);
});

Deno.test("a duration that AWS never gives is refused before anybody is asked", async () => {
  const chain = profile("one", "user") + profile("two", "one");
  const cases: [args: string[], config: string, stderr: RegExp][] = [
    [
      ["-p", "one", "-d", "13h"],
      ROLES,
      /^awsmfa: 13h is too long for a role\nhint: at most 43200 seconds \(12h\)\n$/,
    ],
    [
      ["-p", "two", "-d", "2h"],
      chain,
      /^awsmfa: 2h is too long for \S+role\/two: AWS gives a role that is assumed by another role an hour\nhint: --duration 1h\n$/,
    ],
    [
      ["-p", "one"],
      profile("one", "user", "duration_seconds = 60\n"),
      /^awsmfa: duration_seconds of profile 'one': '60' is too short\n/,
    ],
  ];
  for (const [args, config, stderr] of cases) {
    const played = await play(args, setup(config, { answers: ["123456"] }));
    assertFailed(played, { code: 2, stderr });
    assert.deepEqual([played.questions, played.requests], [[], []]);
  }
});

Deno.test("--role-arn assumes a role that no profile names, with the keys of the profile", async () => {
  const args = [
    "-p",
    "user",
    "--role-arn",
    `${ROLE}path/free`,
    "--external-id",
    "E",
    "--role-session-name",
    "me",
  ];
  const { code, stdout, stderr, files, roleRequests } = await play([...args, "123456"], setup(""));
  assert.match(stdout, new RegExp(`^Logged in to 'user' as role path/free \\(111122223333\\) until `));
  assert.equal(
    stderr,
    `Your long-term keys are backed up in ${home.BACKUP}; awsmfa --restore puts them back.\n`,
  );
  assert.equal(code, 0);
  assert.deepEqual(
    roleRequests.map(({ request }) => [request.roleArn, request.externalId, request.sessionName]),
    [[`${ROLE}path/free`, "E", "me"]],
  );
  assert.match(
    files[home.CREDENTIALS] ?? "",
    /\[user\][^[]*x_principal_arn = arn:aws:sts::111122223333:assumed-role\/free\/me\n/,
  );
  assert.match(files[home.BACKUP] ?? "", /\[user\]\naws_access_key_id = AKIAALICE\n/);
});

Deno.test("a bad --role-arn or session name is wrong usage", async () => {
  const cases: [args: string[], stderr: RegExp][] = [
    [["--role-arn", "admin"], /^awsmfa: --role-arn: 'admin' isn't a role ARN\n/],
    [["--role-arn", `${ROLE}x`, "--role-session-name", "a b"], /^awsmfa: --role-session-name: 'a b' is not /],
  ];
  for (const [args, stderr] of cases) {
    assertFailed(await play(["-p", "user", ...args, "123456"], setup()), { code: 2, stderr });
  }
});

const ACCESS_DENIED =
  `User: arn:aws:iam::111122223333:user/alice is not authorized to perform: sts:AssumeRole on resource: ${ROLE}one`;
const REFUSED: [what: string, args: string[], code: string, text: string, stderr: RegExp][] = [
  [
    "the user may not assume it, and an external id may be missing",
    ["-p", "one"],
    "AccessDenied",
    ACCESS_DENIED,
    /^awsmfa: arn:aws:iam::111122223333:user\/alice may not assume arn:\S+:role\/one\nhint: .*external_id, --external-id\)\?\n$/,
  ],
  [
    "the external id is another one",
    ["-p", "user", "--role-arn", `${ROLE}one`, "--external-id", "E"],
    "AccessDenied",
    ACCESS_DENIED,
    /^awsmfa: \S+user\/alice may not assume \S+role\/one\nhint: .* name the user, and this external id\?\n$/,
  ],
  [
    "the duration is over the role's maximum",
    ["-p", "one", "-d", "12h"],
    "ValidationError",
    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    /^awsmfa: the role \S+role\/one doesn't allow sessions that long: .*\nhint: ask for less than its MaxSessionDuration: --duration 1h/,
  ],
  [
    "the duration is over a maximum that AWS names",
    ["-p", "one", "-d", "12h"],
    "ValidationError",
    "1 validation error detected: Value '43200' at 'durationSeconds' failed: Member must have value less than or equal to 3600",
    /\nhint: ask for less than 1h: /,
  ],
];
for (const [what, args, code, text, stderr] of REFUSED) {
  Deno.test(`a refused role changes neither AWS file, and the user's session is kept: ${what}`, async () => {
    const given = setup(ROLES, {
      assumeRole: () => {
        throw new StsRefusal(code, text, 1, 0);
      },
    });
    const played = await play([...args, "123456"], given);
    assert.deepEqual([played.code, played.stdout], [3, ""]);
    assert.match(played.stderr, stderr);
    assert.deepEqual(home.withoutCached(played.files), given.files);
    assert.deepEqual(played.saves, args.includes("12h") ? [] : [home.CACHED, home.DEVICES]);
  });
}

Deno.test("logout and --restore put role keys and sections back, byte for byte", async () => {
  const config =
    `# mine\n[profile one]\n\tRole_Arn=${ROLE}one # why\n\tsource_profile   = user\r\nregion = eu-west-1\n`;
  for (const undo of [["logout", "-p", "one"], ["--restore"], ["restore", "-p", "one"]]) {
    const fake = home.fakeWorld(setup(config));
    const { code: first, stderr } = await playIn(fake, ["-p", "one", "123456"]);
    assert.equal(first, 0, stderr);
    assert.match(fake.files.get(home.CONFIG) ?? "", /awsmfa_Role_Arn/);
    await playIn(fake, ["-p", "one", "--force", "654321"]);
    const { code, stdout } = await playIn(fake, undo);
    assert.equal(code, 0);
    assert.match(stdout, /^Profile 'one' is logged out\.\n/);
    assert.deepEqual(home.withoutCached(Object.fromEntries(fake.files)), {
      [home.CREDENTIALS]: FILE,
      [home.CONFIG]: config,
    });
  }
});

Deno.test("a role that another key of the profile's own would lose is refused without --force", async () => {
  const files = {
    [home.CREDENTIALS]: `${FILE}[one]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = x/y\n`,
  };
  const played = await play(["-p", "one", "123456"], { files: { ...files, [home.CONFIG]: ROLES } });
  assertFailed(played, {
    code: 5,
    stderr: /^awsmfa: profile 'one' in \S+ has other long-term keys than 'user', .*\nhint: --force backs /,
  });
  const forced = await play(["-p", "one", "-f", "123456"], { files: { ...files, [home.CONFIG]: ROLES } });
  assert.equal(forced.code, 0);
  assert.match(forced.files[home.BACKUP] ?? "", /\[one\]\naws_access_key_id = AKIAOTHER\n/);
});

Deno.test("--save over a role that is logged in leaves each key once, and so does the logout", async () => {
  const config = profile("one", "user");
  const fake = home.fakeWorld(
    setup(config, { files: { [home.CREDENTIALS]: `${FILE}[other]\n${KEYS}`, [home.CONFIG]: config } }),
  );
  await playIn(fake, ["-p", "one", "123456"]);
  const saved = await playIn(fake, ["-p", "one", "--source-profile", "other", "--save"]);
  assert.equal(
    saved.files[home.CONFIG],
    `[profile one]\nawsmfa_role_arn = ${ROLE}one\nawsmfa_source_profile = other\n`,
  );
  const after = await playIn(fake, ["logout", "-p", "one"]);
  assert.equal(after.files[home.CONFIG], `[profile one]\nrole_arn = ${ROLE}one\nsource_profile = other\n`);
});

Deno.test("a role that was refused and then corrected costs no second code", async () => {
  let right = false;
  const fake = home.fakeWorld(setup(ROLES, {
    assumeRole: () => {
      if (!right) throw new StsRefusal("AccessDenied", "no external id", 1, 0);
    },
  }));
  assert.equal((await playIn(fake, ["-p", "one", "123456"])).code, 3);
  right = true;
  const { code, requests } = await playIn(fake, ["-p", "one"]);
  assert.deepEqual([code, requests.length], [0, 1]);
});

Deno.test("a name, an external id or tags that were changed make it another session: the next login asks for it, without -f and without a code", async () => {
  const lines = [
    "role_session_name = zoe",
    "external_id = x1",
    "session_tags = team=data",
    "source_identity = zoe",
  ];
  const config = `[profile one]\nrole_arn = arn:aws:iam::111122223333:role/one\nsource_profile = user\n`;
  const fake = home.fakeWorld({ ...setup(config), answers: [] });
  assert.equal((await playIn(fake, ["-p", "one", "123456"])).code, 0);
  for (const [i, line] of lines.entries()) {
    fake.files.set(home.CONFIG, `${fake.files.get(home.CONFIG)}${line}\n`);
    const { code, stdout, stderr } = await playIn(fake, ["-p", "one"]);
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stdout, /^Already logged in/, line);
    assert.equal(fake.roleRequests.length, i + 2, line);
    assert.match((await playIn(fake, ["-p", "one"])).stdout, /^Already logged in/);
  }
  assert.deepEqual([fake.requests.length, fake.questions], [1, []]);
  assert.equal(fake.roleRequests.at(-1)?.request.sessionName, "zoe");
});
