import assert from "node:assert/strict";
import { formatDeviceMemory } from "../../../src/domain/aws/device_memory.ts";
import { maskSecrets } from "../../../src/domain/keys/mask.ts";
import { applyDiff } from "../../support/apply_diff.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, type Played, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const OTHER_KEYS = "aws_access_key_id = AKIAOTHER\naws_secret_access_key = other/secret\n";
const FILE = `# mine\n[default]\n${KEYS}region = eu-central-1\n\n[work]\n${KEYS}`;
const FILES = { [home.CREDENTIALS]: FILE };
const PHONE = "arn:aws:iam::111122223333:mfa/phone";
const ROLE = "arn:aws:iam::111122223333:role/deploy";
const FROM_AWS = "(from AWS)";
const ROLE_CONFIG = `[profile deploy]\nrole_arn = ${ROLE}\nsource_profile = default\n`;

/** What would be touched by a run that is none: must not be, in a dry one. */
const UNTOUCHED: home.FakeSetup["but"] = {
  checkReplaceable: () => assert.fail("the lock file would be made"),
  withLock: () => assert.fail("a lock would be taken"),
  showWaiting: () => assert.fail("AWS would be asked"),
};

/** Runs awsmfa in such a world, where nobody is asked, nothing is called, and no file changes. */
async function dryRun(fake: home.FakeWorld, args: readonly string[]): Promise<Played> {
  const before = Object.fromEntries(fake.files);
  const counts = doneIn(fake);
  const played = await playIn({ ...fake, world: { ...fake.world, ...UNTOUCHED } }, [...args, "--dry-run"]);
  assert.deepEqual(played.files, before);
  assert.deepEqual(doneIn(fake), counts);
  assert.doesNotMatch(played.stdout + played.stderr, /long\/secret|other\/secret|temporary\/|session\/\//);
  if (played.code === 0) assert.deepEqual(fake.kept.at(-1), ["read", "env"]);
  return played;
}

function doneIn(fake: home.FakeWorld): number[] {
  const { saves, questions, requests, identityCalls, deviceLists, roleRequests, commands, programs } = fake;
  return [saves, questions, requests, identityCalls, deviceLists, roleRequests, commands, programs]
    .map(({ length }) => length);
}

function dry(args: readonly string[], setup: home.FakeSetup = {}): Promise<Played> {
  return dryRun(home.fakeWorld({ files: FILES, ...setup }), args);
}

async function after(args: readonly string[], setup: home.FakeSetup = {}): Promise<home.FakeWorld> {
  const fake = home.fakeWorld({ files: FILES, ...setup });
  const { code, stderr } = await playIn(fake, args);
  assert.equal(code, 0, stderr);
  return fake;
}

Deno.test("a first login: what would be asked, and the diff of both files, without a secret", async () => {
  const { code, stdout, stderr } = await dry([]);
  assert.equal(
    stdout,
    "Profile 'default' would get a session for 12h, from STS in eu-central-1, for a code of the device " +
      `that AWS names.
--- /dev/null
+++ ${home.CACHED}
--- /dev/null
+++ ${home.DEVICES}
--- /dev/null
+++ ${home.BACKUP}
@@ -0,0 +1,7 @@
+# Long-term keys backed up by awsmfa. \`awsmfa --restore\` puts them back.
+# awsmfa: backup, form 1
+[default]
+aws_access_key_id = AKIAALICE
+aws_secret_access_key = ****
+region = eu-central-1
+
--- ${home.CREDENTIALS}
+++ ${home.CREDENTIALS}
@@ -1,6 +1,9 @@
 # ****
 [default]
-aws_access_key_id = AKIAALICE
-aws_secret_access_key = ****
+aws_access_key_id = (from AWS)
+aws_secret_access_key = ****
+aws_session_token = ****
+x_security_token_expires = 2026-11-20T21:00:00Z
+awsmfa_session = ****
 region = eu-central-1
${" "}
`,
  );
  assert.deepEqual([stderr, code], ["", 0]);
});

Deno.test("login is the same word in front, and a code is not used", async () => {
  const { stdout } = await dry([]);
  for (const args of [["login"], ["123456"], ["login", "123456"], ["-f"]]) {
    assert.equal((await dry(args)).stdout, stdout);
  }
  assert.equal((await dry(["-"], { stdin: "123456\n" })).stdout, stdout);
});

Deno.test("at a terminal nobody is asked, and no code command is run", async () => {
  const { stdout } = await dry([]);
  assert.equal((await dry([], { answers: ["123456"], picks: ["work"] })).stdout, stdout);
  const codeCommand = (): never => assert.fail("a code command is run");
  for (const env of [{}, { AWSMFA_CODE_COMMAND: "x" }]) {
    assert.equal((await dry(["--code-command", "oathtool s3cret"], { env, codeCommand })).code, 0);
  }
});

const SAID: [what: string, args: string[], setup: home.FakeSetup, says: string][] = [
  [
    "a device that is named by a flag",
    ["--serial", PHONE],
    {},
    `Profile 'default' would get a session for 12h, from STS in eu-central-1, for a code of '${PHONE}' (--serial).`,
  ],
  [
    "by a variable",
    [],
    { env: { AWSMFA_SERIAL: PHONE } },
    `Profile 'default' would get a session for 12h, from STS in eu-central-1, for a code of '${PHONE}' (AWSMFA_SERIAL).`,
  ],
  [
    "by the profile",
    ["-p", "work"],
    {
      files: { ...FILES, [home.CONFIG]: `[profile work]\nmfa_serial = ${PHONE}\nduration_seconds = 3600\n` },
    },
    `Profile 'work' would get a session for 1h, from STS in us-east-1, for a code of '${PHONE}' ` +
    "(mfa_serial of profile 'work').",
  ],
  [
    "a device that worked at the last login",
    ["-d", "90m", "--region", "eu-west-3"],
    {
      files: {
        ...FILES,
        [home.DEVICES]: formatDeviceMemory({
          devices: new Map([["AKIAALICE", PHONE]]),
          usedCodes: new Map(),
          keysCreated: new Map(),
        }),
      },
    },
    "Profile 'default' would get a session for 1h 30m, from STS in eu-west-3, for a code of " +
    `'${PHONE}' (it worked at the last login).`,
  ],
  [
    "a role",
    ["-p", "deploy", "--serial", PHONE],
    { files: { ...FILES, [home.CONFIG]: ROLE_CONFIG } },
    `Profile 'deploy' would get the role ${ROLE}, for 1h, from STS in eu-central-1, for a code of '${PHONE}' (--serial).`,
  ],
  [
    "a role of a role",
    ["-p", "last"],
    {
      files: {
        ...FILES,
        [home.CONFIG]: `${ROLE_CONFIG}[profile last]\nrole_arn = ${ROLE}/last\nsource_profile = deploy\n`,
      },
    },
    `Profile 'last' would get the role ${ROLE}, then ${ROLE}/last, for 1h, from STS in eu-central-1, ` +
    "without a code where AWS gives it so, else for a code of the device that AWS names.",
  ],
  [
    "a session without MFA",
    ["--no-mfa"],
    { files: FILES },
    "Profile 'default' would get a session for 12h, from STS in eu-central-1, without a code.",
  ],
  [
    "keys of the environment",
    [],
    { files: {}, env: { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "env/secret" } },
    "Profile 'default' would get a session for 12h, from STS in us-east-1, for a code of the device that AWS names.",
  ],
];
for (const [what, args, setup, says] of SAID) {
  Deno.test(`what would be asked is said of ${what}`, async () => {
    const { stdout, stderr, code } = await dry(args, setup);
    assert.equal(stdout.split("\n", 1)[0], says);
    assert.deepEqual([stderr, code], ["", 0]);
  });
}

Deno.test("a user's ARN in the place of a device's is read as a login reads it", async () => {
  const { stdout } = await dry(["--serial", "arn:aws:iam::111122223333:user/alice"]);
  assert.match(stdout, new RegExp(`for a code of '${home.ALICES_DEVICE}'`));
});

Deno.test("a session that is good enough: nobody would be asked, and no file would change", async () => {
  const fake = await after(["123456"]);
  const { stdout, stderr, code } = await dryRun(fake, []);
  assert.equal(
    stdout,
    "Profile 'default' already has a session that lasts long enough; no code needed.\nNo file would change.\n",
  );
  assert.deepEqual([stderr, code], ["", 0]);
  assert.match((await dryRun(fake, ["--force"])).stdout, /^Profile 'default' would get a session for 12h/);
  assert.match(
    (await dryRun(fake, ["-d", "2h", "654321"])).stdout,
    /^Profile 'default' would get a session for 2h/,
  );
});

Deno.test("a session that is kept: nobody would be asked, and it is shown where it would stand", async () => {
  const fake = await after(["123456"]);
  const { stdout, code } = await dryRun(fake, ["-p", "work"]);
  assert.match(stdout, /^Profile 'work' would reuse a cached session; no code needed\.\n--- /);
  assert.match(stdout, /\n\+aws_access_key_id = ASIA0000000000000001\n\+aws_secret_access_key = \*\*\*\*\n/);
  assert.equal(code, 0);
});

Deno.test("a role for which a user's session is kept takes no code, and none is said to be asked for", async () => {
  const fake = await after(["123456"], { files: { ...FILES, [home.CONFIG]: ROLE_CONFIG }, answers: [] });
  const { stdout } = await dryRun(fake, ["-p", "deploy"]);
  const real = await playIn(fake, ["-p", "deploy"]);
  assert.deepEqual([real.code, real.questions, real.roleRequests.length], [0, [], 1]);
  assert.equal(
    stdout.split("\n", 1)[0],
    `Profile 'deploy' would get the role ${ROLE}, for 1h, from STS in eu-central-1, with the cached session.`,
  );
});

const LOGINS: [what: string, args: string[], before: string[][], files: Record<string, string>][] = [
  ["in place", [], [], FILES],
  ["in place, a second time", ["-f"], [["123456"]], FILES],
  ["beside another profile that is logged in", ["-p", "work"], [["-p", "default", "123456"]], FILES],
  ["with a kept session", ["-p", "work"], [["env", "-s", "sh", "123456"]], FILES],
  ["from [NAME-long-term]", ["-p", "a"], [], {
    [home.CREDENTIALS]: `[a-long-term]\n${KEYS}region=eu-west-1`,
  }],
  ["over empty keys, with Windows line ends", ["-p", "a"], [], {
    [home.CREDENTIALS]: `[a_permanent]\r\n${KEYS.replaceAll("\n", "\r\n")}[a]\r\naws_access_key_id=\r\n`,
  }],
  ["--to a new profile, which gets the region", ["--to", "tool"], [], {
    ...FILES,
    [home.CONFIG]: "[default]\nregion = eu-west-1",
  }],
  ["--to and --save", ["--source-profile", "default", "--to", "tool", "--save"], [], FILES],
  ["--to a profile that holds other keys, with --force", ["--to", "b", "-f"], [], {
    [home.CREDENTIALS]: `${FILE}[b]\n${OTHER_KEYS}`,
  }],
  ["--to and --save while a session is kept", ["--source-profile", "work", "--to", "t", "--save"], [[
    "123456",
  ]], FILES],
  ["a role", ["-p", "deploy"], [], { ...FILES, [home.CONFIG]: ROLE_CONFIG }],
  ["keys of the config file", [], [], { [home.CONFIG]: `[default]\n${KEYS}` }],
];
for (const [what, args, before, files] of LOGINS) {
  Deno.test(`what a dry run shows is what the login then writes: ${what}`, async () => {
    const fake = home.fakeWorld({ files, answers: ["654321"] });
    for (const each of before) assert.equal((await playIn(fake, each)).code, 0);
    await assertComesTrue(fake, args);
  });
}

const KEEPING: [what: string, args: string[], before: string[][]][] = [
  ["a first login", [], []],
  ["a second one", ["--force"], [["123456"]]],
  ["a kept session", ["-p", "work"], [["123456"]]],
  ["a role", ["-p", "deploy"], []],
  ["a role while the user's session is kept", ["-p", "deploy"], [["123456"]]],
  ["another role, whose session has the name that was asked for", ["-p", "ops"], [[
    "-p",
    "deploy",
    "123456",
  ]]],
  ["a role with a name for its session", ["-p", "named"], [["123456"]]],
  ["a role for longer than a session could get it", ["-p", "deploy", "-d", "2h"], [["123456"]]],
  ["a role by force", ["-p", "deploy", "-f"], [["-p", "deploy", "123456"]]],
];
for (const [what, args, before] of KEEPING) {
  Deno.test(`files in awsmfa's own folder are named, and no more is shown of them: ${what}`, async () => {
    const config = ROLE_CONFIG + ROLE_CONFIG.replaceAll("deploy", "ops") +
      `${ROLE_CONFIG.replaceAll("deploy", "named")}role_session_name = alice@example.com\n`;
    const fake = home.fakeWorld({ files: { ...FILES, [home.CONFIG]: config }, answers: ["654321"] });
    for (const each of before) assert.equal((await playIn(fake, each)).code, 0);
    const shown = filesOf(await dryRun(fake, [...args, "--json"])).filter(({ path }) => !isOfAws(path));
    const there = new Set(fake.files.keys());
    fake.saves.length = 0;
    assert.equal((await playIn(fake, args)).code, 0);
    const saved = new Set(fake.saves.filter((path) => !isOfAws(path)));
    assert.deepEqual(shown.map(({ path }) => path), [...saved]);
    for (const { path, diff } of shown) {
      assert.equal(diff, `--- ${there.has(path) ? path : "/dev/null"}\n+++ ${path}\n`);
    }
  });
}

const UNDOINGS: [args: string[], before: string[][]][] = [
  [["--restore"], [["123456"]]],
  [["restore"], [["123456"], ["-p", "work", "654321"]]],
  [["--restore", "-p", "work"], [["123456"], ["-p", "work", "654321"]]],
  [["restore"], [["-p", "deploy", "123456"]]],
  [["restore"], [["--to", "tool", "123456"]]],
  [["logout"], [["123456"]]],
  [["logout"], [["env", "-s", "sh", "123456"]]],
  [["logout", "-p", "work"], [["123456"], ["-p", "work", "654321"]]],
  [["logout", "-p", "deploy"], [["-p", "deploy", "123456"]]],
];
for (const [args, before] of UNDOINGS) {
  const story = before.map((each) => `awsmfa ${each.join(" ")}`).join(", ");
  Deno.test(`what a dry run shows is what is then written: awsmfa ${args.join(" ")} after ${story}`, async () => {
    const fake = home.fakeWorld({ files: { ...FILES, [home.CONFIG]: ROLE_CONFIG } });
    for (const each of before) assert.equal((await playIn(fake, each)).code, 0);
    await assertComesTrue(fake, args);
  });
}

Deno.test("--restore --dry-run: which keys would be back, and the backup that would go", async () => {
  const { stdout, stderr, code } = await dryRun(await after(["123456"]), ["--restore"]);
  assert.match(
    stdout,
    new RegExp(
      "^Profile 'default' would get its long-term keys back\\.\n" +
        `--- ${home.CREDENTIALS}\n\\+\\+\\+ ${home.CREDENTIALS}\n[^]*\n-aws_access_key_id = ASIA[^]*` +
        `\n\\+aws_access_key_id = AKIAALICE\n[^]*--- ${home.BACKUP}\n\\+\\+\\+ /dev/null\n`,
    ),
  );
  assert.deepEqual([stderr, code], ["", 0]);
});

Deno.test("restore -p --dry-run is about one profile alone", async () => {
  const fake = await after(["-p", "default", "123456"]);
  await playIn(fake, ["-p", "work", "654321"]);
  const { stdout } = await dryRun(fake, ["restore", "-p", "work"]);
  assert.match(stdout, /^Profile 'work' would get its long-term keys back\.\n--- /);
  assert.doesNotMatch(stdout, /'default'/);
});

const OUTCOMES: [what: string, credentials: string, says: string, changes: string[]][] = [
  [
    "other keys",
    `[default]\n${OTHER_KEYS}`,
    "has other long-term keys now: they would be left unchanged",
    [],
  ],
  ["the same keys", FILE, "already has its long-term keys", [home.BACKUP]],
];
for (const [what, credentials, says, changes] of OUTCOMES) {
  Deno.test(`a profile that holds ${what} by now is told so`, async () => {
    const fake = await after(["123456"]);
    fake.files.set(home.CREDENTIALS, credentials);
    const { stdout, code } = await dryRun(fake, ["--restore"]);
    assert.equal(stdout.split("\n", 1)[0], `Profile 'default' ${says}.`);
    assert.equal(code, 0);
    const { files } = JSON.parse((await dryRun(fake, ["--restore", "--json"])).stdout);
    assert.deepEqual(files.map(({ path }: { path: string }) => path), changes);
  });
}

Deno.test("logout --dry-run: what would be undone, and the kept session that would go by its name", async () => {
  const { stdout, stderr, code } = await dryRun(await after(["123456"]), ["logout"]);
  assert.match(stdout, /^Profile 'default' would get its long-term keys back\.\n--- /);
  assert.ok(stdout.endsWith(`--- ${home.CACHED}\n+++ /dev/null\n`));
  assert.deepEqual([stderr, code], ["", 0]);
  const kept = await dryRun(await after(["env", "-s", "sh", "123456"]), ["logout"]);
  assert.equal(
    kept.stdout,
    `Profile 'default' would be logged out.\n--- ${home.CACHED}\n+++ /dev/null\n`,
  );
});

Deno.test("a login's plan as JSON", async () => {
  const { stdout, stderr, code } = await dry(["--json", "--serial", PHONE]);
  const { files, ...facts } = JSON.parse(stdout);
  assert.deepEqual(facts, {
    dryRun: true,
    profile: "default",
    how: "new",
    asks: {
      region: "eu-central-1",
      seconds: 43_200,
      roleArns: [],
      needsCode: true,
      device: { value: PHONE, source: "--serial" },
    },
  });
  const ofAws = filesOf({ stdout }).filter(({ path }) => isOfAws(path));
  assert.deepEqual(ofAws.map(({ path }) => path), [home.BACKUP, home.CREDENTIALS]);
  assert.ok(files.every((file: Record<string, string>) => Object.keys(file).join() === "path,diff"));
  assert.deepEqual([stderr, code], ["", 0]);
});

Deno.test("as JSON where nobody would be asked", async () => {
  const fake = await after(["123456"]);
  const valid = await dryRun(fake, ["--json"]);
  assert.deepEqual(JSON.parse(valid.stdout), { dryRun: true, profile: "default", how: "valid", files: [] });
  const { files, ...kept } = JSON.parse((await dryRun(fake, ["--json", "-p", "work"])).stdout);
  assert.deepEqual(kept, { dryRun: true, profile: "work", how: "kept" });
  assert.equal(files.length, 2);
});

Deno.test("a role's plan as JSON", async () => {
  const { stdout } = await dry(["--json", "-p", "deploy"], {
    files: { ...FILES, [home.CONFIG]: ROLE_CONFIG },
  });
  const { asks } = JSON.parse(stdout);
  assert.deepEqual(asks, {
    region: "eu-central-1",
    seconds: 3600,
    roleArns: [ROLE],
    needsCode: true,
    withoutCode: "first",
  });
});

Deno.test("--restore and logout as JSON", async () => {
  const fake = await after(["123456"]);
  for (const args of [["--restore"], ["restore"], ["logout"]]) {
    const { stdout, stderr, code } = await dryRun(fake, [...args, "--json"]);
    const { files, ...facts } = JSON.parse(stdout);
    assert.deepEqual(facts, { dryRun: true, profiles: [{ profile: "default", outcome: "restored" }] });
    assert.equal(files[0].path, home.CREDENTIALS);
    assert.deepEqual([stderr, code], ["", 0]);
  }
});

const REFUSED: [what: string, args: string[], setup: home.FakeSetup, code: number][] = [
  ["nothing to restore", ["--restore"], {}, 4],
  ["nothing to restore of a profile that is nowhere", ["restore", "-p", "x"], {
    files: { ...FILES, [home.BACKUP]: FILE },
  }, 4],
  ["no session to end", ["logout"], {}, 4],
  ["a profile that is nowhere", ["-p", "nowhere"], {}, 4],
  ["no keys at all", [], { files: {} }, 4],
  [
    "other keys in the target",
    ["--to", "b"],
    { files: { [home.CREDENTIALS]: `${FILE}[b]\n${OTHER_KEYS}` } },
    5,
  ],
  ["a credentials file that can't be read", [], { files: { [home.CREDENTIALS]: "[default]\nbroken\n" } }, 5],
  ["a config file that can't be read", [], { files: { ...FILES, [home.CONFIG]: "[default]\nbroken\n" } }, 5],
  ["a profile that is defined twice", [], { files: { [home.CREDENTIALS]: FILE + FILE } }, 5],
  ["a backup that can't be read", ["--restore"], {
    files: { ...FILES, [home.BACKUP]: "[default]\nbroken\n" },
  }, 5],
  ["a bad duration", ["-d", "1m"], {}, 2],
  ["a bad duration in the config file", [], {
    files: { ...FILES, [home.CONFIG]: "[default]\nduration_seconds = 1\n" },
  }, 2],
  ["a bad device", ["--serial", "x"], {}, 2],
  [
    "a bad device in the config file",
    [],
    { files: { ...FILES, [home.CONFIG]: "[default]\nmfa_serial = x\n" } },
    2,
  ],
  ["a bad region in the config file", ["-p", "w"], {
    files: { [home.CREDENTIALS]: `[w]\n${KEYS}region = not a region\n` },
  }, 2],
  ["a bad code", ["12345"], {}, 2],
  ["a name that no header can hold", ["--to", "a]b"], {}, 2],
  ["--save without anything to save", ["--save"], {}, 2],
  ["--restore with a code", ["--restore", "123456"], {}, 2],
  ["an address that may not be reached", [], { env: { AWS_ENDPOINT_URL_STS: "https://example.com" } }, 6],
];
for (const [what, args, setup, code] of REFUSED) {
  Deno.test(`refused in the same words and with the same code as without --dry-run: ${what}`, async () => {
    const planned = await dry(args, setup);
    const real = await playIn(home.fakeWorld({ files: FILES, answers: ["123456"], ...setup }), args);
    assertFailed(planned, { code, stderr: real.stderr });
    assert.equal(real.code, code);
  });
}

Deno.test("commands that write nothing have no --dry-run", async () => {
  for (const command of ["status", "env", "exec", "devices", "doctor", "credential-process", "edit"]) {
    for (const args of [[command, "--dry-run"], ["--dry-run", command]]) {
      const { code, stdout, stderr, failure } = await playIn(home.fakeWorld({ files: FILES }), args);
      assert.deepEqual([code, stdout], [2, failure], args.join(" "));
      assert.match(stderr, /^awsmfa: [^\n]*--dry-run/);
    }
  }
});

Deno.test("in colour on a terminal, and as JSON never", async () => {
  const colour = { but: { colour: true } };
  const { stdout } = await dry([], colour);
  assert.ok(stdout.includes(`\x1b[1m--- /dev/null\x1b[0m\n\x1b[1m+++ ${home.BACKUP}\x1b[0m\n`));
  assert.ok(stdout.includes("\x1b[31m-aws_access_key_id = AKIAALICE\x1b[0m\n"));
  assert.ok(!(await dry(["--json"], colour)).stdout.includes("\x1b"));
});

/** What a plan's JSON says of files. */
function filesOf({ stdout }: Pick<Played, "stdout">): { path: string; diff: string }[] {
  return JSON.parse(stdout).files;
}

/** Runs dry, then really, and compares: each AWS file is, masked, what the diff makes of the masked one before. */
async function assertComesTrue(fake: home.FakeWorld, args: readonly string[]): Promise<void> {
  const shown = filesOf(await dryRun(fake, [...args, "--json"])).filter(({ path }) => isOfAws(path));
  const before = new Map(fake.files);
  fake.saves.length = 0;
  const { code, stderr } = await playIn(fake, args);
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    shown.map(({ path, diff }) => diff.includes("+++ /dev/null") ? `-${path}` : path),
    fake.saves.filter(isOfAws),
    "the same files, in the same order",
  );
  const isNew = shown.some(({ diff }) => diff.includes(FROM_AWS));
  for (const { path, diff } of shown) {
    const now = fake.files.get(path);
    assert.deepEqual(
      applyDiff(linesOf(path, before.get(path)), diff.slice(0, -1).split("\n")),
      linesOf(path, isNew ? withoutGiven(fake, now) : now),
      path,
    );
  }
}

function isOfAws(path: string): boolean {
  return !path.includes(`${home.CACHE_FOLDER}/`);
}

/** The masked lines of a file. */
function linesOf(path: string, text: string | undefined): string[] {
  if (!text) return [];
  return maskSecrets(text, path === home.CONFIG ? "config" : "credentials", path)
    .replace(/\r?\n$/, "").split(/\r?\n/);
}

/** A text with what AWS gave last as a plan has it, which can't know it. */
function withoutGiven({ roles, sessions }: home.FakeWorld, text = ""): string {
  const [role, session] = [roles.at(-1), sessions.at(-1)];
  const given = [role?.accessKeyId, role?.principalArn, session?.accessKeyId];
  return given.reduce((rest: string, each) => each === undefined ? rest : rest.replace(each, FROM_AWS), text);
}
