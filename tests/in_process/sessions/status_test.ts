import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const SESSION = "aws_access_key_id = ASIAX\naws_secret_access_key = s3cret\naws_session_token = t0ken\n";
// deno-lint-ignore no-control-regex
const ESCAPE = /\x1b\[\d+m/g;
const ROLE = "arn:aws:iam::111122223333:role/admin";
const FILE =
  `[default]\n${KEYS}[old]\n${SESSION}x_security_token_expires = 2026-11-20T08:50:00Z\n[spare]\n${KEYS}`;
const ROLE_CONFIG = `[profile admin]\nrole_arn = ${ROLE}\nsource_profile = default\nregion = eu-west-1\n`;

async function loggedIn(setup: home.FakeSetup = {}): Promise<home.FakeWorld> {
  const config = `[default]\nmfa_serial = ${home.ALICES_DEVICE}\nregion = us-east-1\n${ROLE_CONFIG}`;
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: FILE, [home.CONFIG]: config }, ...setup });
  for (const args of [["123456"], ["-p", "admin"]]) assert.equal((await playIn(fake, args)).code, 0);
  fake.saves.length = 0;
  return fake;
}

Deno.test("the table: long-term, in place, role and expired profiles, the current one marked", async () => {
  const { code, stdout, stderr, saves } = await playIn(await loggedIn(), ["status"]);
  assert.equal(
    stdout,
    "Here: profile 'default'\n" +
      "  PROFILE  STATUS              LEFT     DEVICE  REGION\n" +
      "* default  logged in           12h      alice   us-east-1\n" +
      "  old      expired             10m ago\n" +
      "  spare    logged out, cached  12h\n" +
      "  admin    logged in, role     1h               eu-west-1\n",
  );
  assert.deepEqual([stderr, code, saves], ["", 0, []]);
});

Deno.test("the current profile is AWS_PROFILE's", async () => {
  const { stdout } = await playIn(await loggedIn({ env: { AWS_PROFILE: "admin" } }), ["status"]);
  assert.match(stdout, /^\* admin /m);
  assert.equal(stdout.match(/^\*/gm)?.length, 1);
});

Deno.test("the table is as wide and as colourful as the terminal", async () => {
  const wide = `[${"x".repeat(100)}]\n${KEYS}`;
  const { stdout } = await play(["status"], {
    files: { [home.CREDENTIALS]: wide },
    but: { columns: 60, colour: true },
  });
  for (const line of stdout.trimEnd().split("\n")) {
    assert.ok(line.replaceAll(ESCAPE, "").length <= 60, line);
  }
  assert.ok(stdout.startsWith("Here: profile 'default'\n\x1b[1m  PROFILE"), stdout);
});

Deno.test("as JSON: all of them, without secrets", async () => {
  const { code, stdout, stderr } = await playIn(await loggedIn(), ["status", "--json"]);
  const { profiles } = JSON.parse(stdout);
  assert.equal(profiles.length, 4);
  assert.deepEqual(profiles[0], {
    name: "default",
    state: "in place",
    current: true,
    expiration: "2026-11-20T21:00:00.000Z",
    secondsLeft: 43_200,
    device: home.ALICES_DEVICE,
    region: "us-east-1",
  });
  assert.deepEqual([profiles[3].state, profiles[3].roleArn], ["role", ROLE]);
  assert.deepEqual([stderr, code], ["", 0]);
});

Deno.test("without any profile there is no table, and how to begin is told", async () => {
  const { code, stdout, stderr } = await play(["status"]);
  assert.deepEqual([stdout, code], ["", 0]);
  assert.equal(stderr, "No profiles with keys or a session yet.\nhint: awsmfa setup\n");
  const json = await play(["status", "--json"]);
  assert.deepEqual([JSON.parse(json.stdout), json.stderr, json.code], [
    { here: "profile 'default'", profiles: [] },
    "",
    0,
  ]);
});

Deno.test("one profile: its state, and in words where its keys come from", async () => {
  for (const args of [["status", "-p", "default"], ["-p", "default", "status"]]) {
    const { code, stdout, stderr } = await playIn(await loggedIn(), args);
    assert.equal(
      stdout,
      "profile  default (current)\n" +
        "state    in place, until 2026-11-20 21:00 (12h)\n" +
        "keys     its own keys, which are backed up; the session goes to [default]\n" +
        `device   ${home.ALICES_DEVICE}\n` +
        "region   us-east-1\n",
    );
    assert.deepEqual([stderr, code], ["", 0]);
  }
});

Deno.test("one profile with a role: its ARN, and whose keys assume it", async () => {
  const { code, stdout } = await playIn(await loggedIn(), ["status", "-p", "admin"]);
  assert.match(stdout, /^profile {2}admin\nstate {4}role, until 2026-11-20 10:00 \(1h\)\n/);
  assert.match(
    stdout,
    /^keys {5}the keys of source profile 'default', which assume the role; the session goes to \[admin\]$/m,
  );
  assert.match(stdout, new RegExp(`^role {5}${ROLE}$`, "m"));
  assert.match(stdout, new RegExp(`^device {3}${home.ALICES_DEVICE}$`, "m"), "of its source");
  assert.equal(code, 0);
  const json = await playIn(await loggedIn(), ["status", "-p", "admin", "--json"]);
  const told = JSON.parse(json.stdout);
  assert.deepEqual([told.name, told.state, told.roleArn], ["admin", "role", ROLE]);
  assert.match(told.keys, /^the keys of source profile 'default'/);
});

Deno.test("where no profile names a device, it is said that it is derived", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: `[default]\n${KEYS}` } });
  await playIn(fake, ["123456"]);
  assert.match(
    (await playIn(fake, ["status", "-p", "default"])).stdout,
    /^device {3}found automatically$/m,
  );
});

Deno.test("a session of another tool, whose keys are nowhere, is valid all the same", async () => {
  const { code, stdout } = await play(["status", "-p", "a"], {
    files: { [home.CREDENTIALS]: `[a]\n${SESSION}` },
  });
  assert.match(stdout, /^state {4}session, it does not say until when/m);
  assert.match(stdout, new RegExp(`^keys .*not in ${home.BACKUP}$`, "m"));
  assert.equal(code, 0);
});

Deno.test("a session that took the place of awsmfa's is told as such, by status and doctor, and logout and a login say where it goes", async () => {
  for (const undo of [["logout"], ["--restore"], ["login"]]) {
    const fake = await loggedIn();
    const text = fake.files.get(home.CREDENTIALS) ?? "";
    const [own = ""] = /^\[default\]\n(?:[^[\n].*\n)*/m.exec(text) ?? [];
    const others = own.replace(/(_id = ).*/, "$1ASIA9").replace(/(_access_key = ).*/, "$1others/secret")
      .replace(/(_session_token = ).*/, "$1others");
    fake.files.set(home.CREDENTIALS, text.replace(own, others));
    assert.match((await playIn(fake, ["status"])).stdout, /^\* default +other session +alice/m);
    assert.match(
      (await playIn(fake, ["status", "-p", "default"])).stdout,
      /^state {4}a session that awsmfa did not write, it does not say until when \(\?\)$/m,
    );
    assert.match(
      (await playIn(fake, ["doctor", "--offline"])).stdout,
      /^warning +session +'default' has a session that awsmfa didn't write: .*\n +fix: awsmfa \(puts its own/m,
    );
    const undone = await playIn(fake, undo);
    assert.equal(undone.code, 0, undone.stderr);
    assert.match(
      undone.stderr,
      /profile 'default' had credentials that awsmfa didn't write\nhint: .*\[default@ASIA9\]/,
    );
    assert.match(fake.files.get(home.BACKUP) ?? "", /others\/secret/, undo.join(" "));
  }
});

Deno.test("one profile without a valid session ends with 4, and says how to log in", async () => {
  const cases: [name: string, stderr: string | RegExp][] = [
    ["old", /^awsmfa: profile 'old' holds a session, and its long-term keys are not in /],
    [
      "spare",
      "awsmfa: profile 'spare' isn't logged in\n" +
      "hint: awsmfa -p spare   (with its own keys, which a login backs up; the session goes to [spare])\n",
    ],
    ["none", /^awsmfa: no profile 'none' in /],
  ];
  for (const [name, stderr] of cases) {
    for (const json of [[], ["--json"]]) {
      assertFailed(await playIn(await loggedIn(), ["status", "-p", name, ...json]), { code: 4, stderr });
    }
  }
});

Deno.test("one profile whose session is over ends with 4, and says since when", async () => {
  const fake = await loggedIn();
  fake.clock.now = new Date("2026-11-20T21:10:00Z");
  const cases = [["default", "10m ago", ""], ["admin", "11h 10m ago", " -p admin"]] as const;
  for (const [name, ago, option] of cases) {
    assertFailed(await playIn(fake, ["status", "-p", name]), {
      code: 4,
      stderr: new RegExp(
        `^awsmfa: profile '${name}' isn't logged in: its session expired ${ago}\nhint: awsmfa${option}   \\(with `,
      ),
    });
  }
});

Deno.test("a status without -p ends with 0 whoever is logged in", async () => {
  assert.equal((await play(["status"], { files: { [home.CREDENTIALS]: `[spare]\n${KEYS}` } })).code, 0);
});

/** The first line of status, and how `--check` ends. */
async function here(env: Record<string, string>, fake?: home.FakeWorld): Promise<[string, number]> {
  const { world, ...rest } = fake ?? await loggedIn();
  const inShell = {
    ...rest,
    world: { ...world, env: (name: string) => ({ HOME: "/home/alice", ...env })[name] },
  };
  const { stdout } = await playIn(inShell, ["status"]);
  const { code } = await playIn(inShell, ["status", "--check"]);
  return [stdout.split("\n")[0] ?? "", code];
}

Deno.test("status first says who this shell is, and why; --check ends with 4 where there is no session here", async () => {
  const KEY = { AWS_ACCESS_KEY_ID: "AKIAX", AWS_SECRET_ACCESS_KEY: "x" };
  const END = { AWS_CREDENTIAL_EXPIRATION: "2026-11-20T12:00:00Z" };
  const SET = "sAWS_ACCESS_KEY_ID:ASIAX,sAWSMFA_PROFILE:admin";
  const SHELL = { AWS_ACCESS_KEY_ID: "ASIAX", AWS_SECRET_ACCESS_KEY: "x", AWS_SESSION_TOKEN: "x", ...END };
  const cases: [env: Record<string, string>, line: string, code: number][] = [
    [{}, "Here: profile 'default'", 0],
    [{ AWS_PROFILE: "spare" }, "Here: profile 'spare', from AWS_PROFILE", 4],
    [{ AWS_DEFAULT_PROFILE: "admin" }, "Here: profile 'admin', from AWS_DEFAULT_PROFILE", 0],
    [
      { ...SHELL, AWSMFA_PROFILE: "admin", AWSMFA_SET: SET },
      "Here: profile 'admin', from awsmfa env or exec; until 2026-11-20 12:00 (3h)",
      0,
    ],
    [
      {
        ...SHELL,
        AWS_CREDENTIAL_EXPIRATION: "2026-11-20T08:50:00Z",
        AWSMFA_PROFILE: "admin",
        AWSMFA_SET: SET,
      },
      "Here: profile 'admin', from awsmfa env or exec; ended 10m ago",
      4,
    ],
    [KEY, "Here: the long-term keys in the environment (AWS_ACCESS_KEY_ID), and no profile", 4],
    [
      SHELL,
      "Here: a session in the environment (AWS_ACCESS_KEY_ID), and no profile; until 2026-11-20 12:00 (3h)",
      0,
    ],
    [
      { AWS_ACCESS_KEY_ID: "AKIAX" },
      "Here: nobody: AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY",
      4,
    ],
  ];
  for (const [env, line, code] of cases) assert.deepEqual(await here(env), [line, code], JSON.stringify(env));
});

Deno.test("status tells of links, and of sessions that are cached", async () => {
  const fake = home.fakeWorld({
    files: { [home.CREDENTIALS]: `[default]\n${KEYS}`, [home.CONFIG]: ROLE_CONFIG },
  });
  await playIn(fake, ["link", "tool", "-p", "admin"]);
  await playIn(fake, ["env", "-s", "sh", "-p", "admin", "123456"]);
  const { stdout } = await playIn(fake, ["status"]);
  assert.match(stdout, /^\* default +logged out, cached +12h$/m);
  assert.match(stdout, /^ +admin +logged out, role, cached +1h +eu-west-1$/m);
  assert.match(stdout, /^ +tool +linked to admin, cached +1h +eu-west-1$/m);
  const { profiles } = JSON.parse((await playIn(fake, ["status", "--json"])).stdout);
  assert.deepEqual(
    [profiles[2].linkTo, profiles[2].cachedUntil, profiles[2].cachedSecondsLeft],
    ["admin", "2026-11-20T10:00:00.000Z", 3600],
  );
});
