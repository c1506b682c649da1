import assert from "node:assert/strict";
import type { Choice } from "../../../src/domain/text/picker.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, type Played, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const SESSION =
  "aws_access_key_id = ASIAXXXX\naws_secret_access_key = s3cret/x\naws_session_token = t0ken/x\n";
const CODE = "Code of mfa/alice for profile 'work': ";
const ASIDE = `Your long-term keys are backed up in ${home.BACKUP}; awsmfa --restore puts them back.\n`;
const FILES = { [home.CREDENTIALS]: `[work]\n${KEYS}[home]\n${KEYS}` };
const OFFERED: Choice[] = [{ name: "work", detail: "" }, { name: "home", detail: "" }];
const PROMPT = "Profile: ";

function done(profile: string): string {
  return `Logged in to '${profile}' until 2026-11-20 21:00 (12h).\n`;
}

/** The expiration line of a session that lasts so many more seconds. */
function expires(seconds: number): string {
  const at = new Date(home.NOW.getTime() + seconds * 1000).toISOString().replace(".000Z", "Z");
  return `x_security_token_expires = ${at}\n`;
}

function assertCancelled(played: Played, stderr: string, files: Record<string, string> = FILES): void {
  assert.deepEqual([played.stdout, played.stderr, played.code], ["", stderr, 130]);
  assert.deepEqual([played.saves, played.files, played.requests], [[], files, []]);
}

Deno.test("--choose offers the profiles, then asks for the code and logs the chosen one in", async () => {
  const played = await play(["--choose"], { files: FILES, answers: ["123456"], picks: ["work"] });
  assert.deepEqual([played.stdout, played.stderr, played.code], [done("work"), ASIDE, 0]);
  assert.deepEqual(played.questions, ["Profile", CODE]);
  assert.deepEqual(played.offered, [OFFERED]);
  assert.deepEqual(played.saves, [home.CACHED, home.DEVICES, home.BACKUP, home.CREDENTIALS]);
  assert.ok(
    played.files[home.CREDENTIALS]?.endsWith(FILES[home.CREDENTIALS]?.slice(-60) ?? "?"),
    "the other stays",
  );
});

Deno.test("it does so for the word login, and with a code, which is then not asked for", async () => {
  for (const args of [["login", "--choose"], ["login", "123456", "--choose"], ["--choose", "123456"]]) {
    const played = await play(args, { files: FILES, answers: ["123456"], picks: ["home"] });
    assert.deepEqual([played.stdout, played.code], [done("home"), 0]);
    assert.equal(played.questions.length, args.includes("123456") ? 1 : 2);
    assert.equal(played.requests[0]?.request.code, "123456");
  }
});

Deno.test("it asks also where a default profile is there, or a variable names one", async () => {
  const files = { [home.CREDENTIALS]: `[default]\n${KEYS}[work]\n${KEYS}` };
  const env = { AWS_PROFILE: "default" };
  const played = await play(["--choose"], { files, env, answers: ["123456"], picks: ["work"] });
  assert.deepEqual([played.code, played.stdout], [0, done("work")]);
  assert.deepEqual(played.offered[0]?.map(({ name }) => name), ["default", "work"]);
  assert.match(played.stderr, /warning: AWS_PROFILE is 'default', so other tools use that profile /);
});

Deno.test("keys in the environment are not those of a profile that was chosen", async () => {
  const env = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "env/secret" };
  const played = await play(["--choose"], { files: FILES, env, answers: ["123456"], picks: ["work"] });
  assert.deepEqual([played.code, played.requests[0]?.access.keys.accessKeyId], [0, "AKIAALICE"]);
});

Deno.test("one profile is a list, too", async () => {
  const files = { [home.CREDENTIALS]: `[work]\n${KEYS}` };
  const played = await play(["--choose"], { files, answers: ["123456"], picks: ["work"] });
  assert.deepEqual([played.code, played.offered.length, played.questions], [0, 1, ["Profile", CODE]]);
});

Deno.test("--choose goes with --json, and --dry-run, which asks for no code", async () => {
  const json = await play(["--choose", "--json", "123456"], { files: FILES, answers: [], picks: ["work"] });
  assert.deepEqual([JSON.parse(json.stdout).profile, json.stderr, json.code], ["work", "", 0]);
  const dry = await play(["--choose", "--dry-run"], { files: FILES, answers: [], picks: ["work"] });
  assert.match(dry.stdout, /^Profile 'work' would get a session for 12h, /);
  assert.deepEqual([dry.code, dry.questions, dry.saves, dry.files], [0, ["Profile"], [], FILES]);
});

Deno.test("--choose can't be used with --profile", async () => {
  for (
    const args of [["--choose", "-p", "work"], ["login", "--profile=work", "--choose"], [
      "-p",
      "",
      "--choose",
    ]]
  ) {
    const played = await play(args, { files: FILES, answers: ["123456"], picks: ["work"] });
    assertFailed(played, {
      code: 2,
      stderr: "awsmfa: --choose can't be used with --profile\nhint: awsmfa --choose, or awsmfa -p NAME\n",
      files: FILES,
    });
    assert.deepEqual(played.questions, []);
  }
});

Deno.test("a bad flag is refused before anybody has to choose", async () => {
  for (const args of [["--duration", "1"], ["--region", "x"], ["--serial", "x"], ["12345"]]) {
    const played = await play(["--choose", ...args], { files: FILES, answers: [], picks: ["work"] });
    assert.deepEqual([played.code, played.stdout, played.questions, played.files], [2, "", [], FILES]);
  }
});

Deno.test("without a terminal there is nothing to choose on", async () => {
  for (const args of [["--choose"], ["--choose", "123456"], ["login", "--choose", "--dry-run"]]) {
    const played = await play(args, { files: FILES });
    assertFailed(played, {
      code: 2,
      stderr: "awsmfa: --choose needs a terminal\nhint: awsmfa -p NAME\n",
      files: FILES,
    });
    assert.deepEqual(played.offered, []);
  }
});

Deno.test("nothing chosen, as with Escape: 130, and nothing was changed", async () => {
  const cancelled = "awsmfa: cancelled; nothing was changed\n";
  for (const args of [["--choose"], ["--choose", "123456"], []]) {
    const played = await play(args, { files: FILES, answers: ["123456"], picks: [] });
    assertCancelled(played, cancelled);
    assert.deepEqual(played.questions, ["Profile"]);
  }
});

Deno.test("a profile is chosen once, also where the code is refused and asked for again", async () => {
  const played = await play(["--choose"], {
    files: FILES,
    answers: ["111111", "222222"],
    picks: ["work"],
    sts: (_access, { code }) => code === "222222" ? undefined : home.refuseCode(),
  });
  assert.deepEqual([played.code, played.questions], [0, ["Profile", CODE, CODE]]);
});

Deno.test("a session that is good enough is told, and nobody is asked for a code", async () => {
  const fake = home.fakeWorld({
    files: { [home.CREDENTIALS]: `[work]\n${KEYS}` },
    answers: [],
    picks: ["work"],
  });
  await playIn(fake, ["-p", "work", "-d", "2h", "123456"]);
  const files = Object.fromEntries(fake.files);
  const played = await playIn(fake, ["--choose"]);
  assert.equal(
    played.stdout,
    "Already logged in to 'work' until 2026-11-20 11:00 (2h); awsmfa --force gets a new session.\n",
  );
  assert.deepEqual([played.code, played.stderr, played.files], [0, "", files]);
});

Deno.test("where no profile can be logged in, setup is named", async () => {
  const none: Record<string, string>[] = [
    {},
    { [home.CONFIG]: "[default]\nregion = x\n[profile sso]\nsso_session = s\n" },
    { [home.CREDENTIALS]: "[half]\naws_access_key_id = AKIAHALF\n" },
  ];
  for (const files of none) {
    for (const picks of [["work"], undefined]) {
      const played = await play(["--choose"], { files, answers: ["work"], ...(picks && { picks }) });
      assertFailed(played, {
        code: 4,
        stderr: "awsmfa: there is no profile to log in\nhint: awsmfa setup\n",
        files,
      });
      assert.deepEqual([played.questions, played.offered], [[], []]);
    }
  }
});

const ROLE = "role_arn = arn:aws:iam::111122223333:role/team/admin\nsource_profile = work\n";
const RENAMED_ROLE = ROLE.replace(/^(?=.)/gm, "awsmfa_");
const ROLE_SESSION = `${SESSION}x_principal_arn = arn:aws:sts::111122223333:assumed-role/admin/alice\n`;

/** What is offered of these files, in this order. */
const LISTS: [what: string, files: Record<string, string>, offered: Choice[]][] = [
  [
    "with keys, in the order of the files, those of the credentials file first",
    {
      [home.CREDENTIALS]: `[b]\n${KEYS}[a]\n${KEYS}`,
      [home.CONFIG]: `[profile c]\n${KEYS}[profile a]\nregion = x\n`,
    },
    [{ name: "b", detail: "" }, { name: "a", detail: "" }, { name: "c", detail: "" }],
  ],
  [
    "with a role, which is named",
    { [home.CREDENTIALS]: `[work]\n${KEYS}`, [home.CONFIG]: `[profile adm]\n${ROLE}` },
    [{ name: "work", detail: "" }, { name: "adm", detail: "role admin" }],
  ],
  [
    "with a source profile, and not where that has no keys",
    {
      [home.CREDENTIALS]: `[work]\n${KEYS}`,
      [home.CONFIG]: "[profile mfa]\nsource_profile = work\n[profile lost]\nsource_profile = nobody\n",
    },
    [{ name: "work", detail: "" }, { name: "mfa", detail: "" }],
  ],
  [
    "with keys in a section beside, under the name of the profile, and once",
    {
      [home.CREDENTIALS]:
        `[work-long-term]\n${KEYS}[home_permanent]\n${KEYS}[work]\n${SESSION}${expires(60)}` +
        "[home]\nregion = x\n",
    },
    [{ name: "work", detail: "1m left" }, { name: "home", detail: "" }],
  ],
  [
    "with a session in place of their keys, and the time left",
    {
      [home.CREDENTIALS]: `[a]\n${SESSION}${expires(39_600)}[b]\n${SESSION}${expires(5400)}[c]\n${SESSION}${
        expires(20)
      }[d]\n${SESSION}${expires(0)}[e]\n${SESSION}${expires(-90_000)}[f]\n${SESSION}`,
      [home.BACKUP]: ["a", "b", "c", "d", "e", "f"].map((name) => `[${name}]\n${KEYS}`).join(""),
    },
    [
      { name: "a", detail: "11h left" },
      { name: "b", detail: "1h 30m left" },
      { name: "c", detail: "20s left" },
      { name: "d", detail: "expired" },
      { name: "e", detail: "expired" },
      { name: "f", detail: "" },
    ],
  ],
  [
    "with credentials of a role, and the time left",
    {
      [home.CREDENTIALS]: `[work]\n${KEYS}[adm]\n${ROLE_SESSION}${expires(5400)}[old]\n${ROLE_SESSION}${
        expires(-1)
      }`,
      [home.CONFIG]: `[profile adm]\n${RENAMED_ROLE}[profile old]\n${ROLE}`,
    },
    [
      { name: "work", detail: "" },
      { name: "adm", detail: "role admin, 1h 30m left" },
      { name: "old", detail: "role admin, expired" },
    ],
  ],
  [
    "whose section in the config file lacks 'profile ', where the credentials file knows them",
    { [home.CREDENTIALS]: `[work]\n${KEYS}`, [home.CONFIG]: "[work]\nregion = x\n[other]\nregion = x\n" },
    [{ name: "work", detail: "" }],
  ],
  [
    "of any name",
    { [home.CREDENTIALS]: `[team a]\n${KEYS}[x.y@z:1]\n${KEYS}[Ünï]\n${KEYS}` },
    [{ name: "team a", detail: "" }, { name: "x.y@z:1", detail: "" }, { name: "Ünï", detail: "" }],
  ],
  [
    "with an odd name that is there, and none that a terminal would obey or that every profile inherits from",
    {
      [home.CREDENTIALS]:
        `[work]\n${KEYS}[it's]\n${KEYS}[a\x07b]\n${KEYS}[a\x1b(0b]\n${KEYS}[DEFAULT]\n${KEYS}`,
    },
    [{ name: "work", detail: "" }, { name: "it's", detail: "" }],
  ],
  [
    "and none that a login could not use",
    {
      [home.CREDENTIALS]:
        `[work]\n${KEYS}[session]\n${SESSION}[half]\naws_access_key_id = AKIAHALF\n[empty]\n` +
        `[twice]\n${KEYS}[twice]\n${KEYS}`,
      [home.CONFIG]: "[profile sso]\nsso_session = s\n[profile old-sso]\nsso_start_url = u\n[profile p]\n" +
        "credential_process = x\n[profile web]\nrole_arn = R\nweb_identity_token_file = f\n[profile ec2]\n" +
        "role_arn = R\ncredential_source = Ec2InstanceMetadata\n[profile loop]\nrole_arn = R\nsource_profile = pool\n" +
        "[profile pool]\nrole_arn = R\nsource_profile = loop\n[profile region]\nregion = x\n[sso-session s]\n" +
        "sso_start_url = u\n[services x]\n[preview]\n",
    },
    [{ name: "work", detail: "" }],
  ],
];
for (const [what, files, offered] of LISTS) {
  Deno.test(`profiles are offered ${what}`, async () => {
    const played = await play(["--choose"], { files, answers: [], picks: [] });
    assert.deepEqual(played.offered, [offered]);
    assertCancelled(played, "awsmfa: cancelled; nothing was changed\n", files);
  });
}

const DUMB = {
  [home.CREDENTIALS]: `[work]\n${KEYS}[home]\n${SESSION}${expires(7200)}[team a]\n${KEYS}`,
  [home.BACKUP]: `[home]\n${KEYS}`,
};
const DUMB_LIST = "  work\n  home  (2h left)\n  team a\n";

Deno.test("on a dumb terminal the list is printed, and a name typed", async () => {
  const played = await play(["--choose"], { files: DUMB, answers: [" work ", "123456"] });
  assert.deepEqual([played.stdout, played.stderr, played.code], [done("work"), `${DUMB_LIST}${ASIDE}`, 0]);
  assert.deepEqual([played.questions, played.offered], [[PROMPT, CODE], []]);
  const blank = await play(["--choose"], { files: DUMB, answers: ["team a", "123456"] });
  assert.deepEqual([blank.code, blank.stdout], [0, done("team a")]);
});

Deno.test("on a dumb terminal a name that is none of them is asked for again, with the near one", async () => {
  const played = await play(["--choose"], { files: DUMB, answers: ["wrk", "x y z", "work", "123456"] });
  assert.equal(
    played.stderr,
    `${DUMB_LIST}there is no profile 'wrk' among them (did you mean 'work'?).\nthere is no profile 'x y z' among them.\n${ASIDE}`,
  );
  assert.deepEqual([played.code, played.questions], [0, [PROMPT, PROMPT, PROMPT, CODE]]);
});

Deno.test("on a dumb terminal three wrong names end it with 2", async () => {
  const played = await play(["--choose"], { files: DUMB, answers: ["a", "b", "hom", "home"] });
  assert.equal(played.stdout, "");
  assert.match(
    played.stderr,
    /\nawsmfa: there is no profile 'hom' among them\nhint: did you mean 'home'\?\n$/,
  );
  assert.deepEqual([played.code, played.saves, played.files, played.questions.length], [2, [], DUMB, 3]);
});

Deno.test("on a dumb terminal Enter chooses nothing, and the end of input cancels", async () => {
  const played = await play(["--choose"], { files: DUMB, answers: [""] });
  assertCancelled(
    played,
    `${DUMB_LIST}there is no profile '' among them.\nawsmfa: cancelled; nothing was changed\n`,
    DUMB,
  );
});

Deno.test("a login without -p, where there is no default profile, asks which one", async () => {
  for (const args of [[], ["login"], ["-d", "1h"]]) {
    const played = await play(args, { files: FILES, answers: ["123456"], picks: ["work"] });
    assert.equal(played.code, 0, played.stderr);
    assert.deepEqual([played.questions, played.offered], [["Profile", CODE], [OFFERED]]);
    assert.equal(played.requests[0]?.request.seconds, args.length === 2 ? 3600 : 43_200);
  }
});

Deno.test("it does so with a code, and on a dumb terminal", async () => {
  const code = await play(["123456"], { files: FILES, answers: [], picks: ["home"] });
  assert.deepEqual([code.code, code.stdout, code.questions], [0, done("home"), ["Profile"]]);
  const dumb = await play([], { files: FILES, answers: ["home", "123456"] });
  assert.deepEqual([dumb.code, dumb.stdout, dumb.stderr], [0, done("home"), `  work\n  home\n${ASIDE}`]);
});

Deno.test("it does so for a plan, too", async () => {
  const chosen = await play(["--dry-run"], { files: FILES, answers: [], picks: ["work"] });
  const named = await play(["--dry-run", "-p", "work"], { files: FILES });
  assert.deepEqual([chosen.code, chosen.stdout, chosen.questions], [0, named.stdout, ["Profile"]]);
  assert.deepEqual([chosen.saves, chosen.requests], [[], []]);
});

const NO_DEFAULT =
  `awsmfa: no profile 'default' in ${home.CREDENTIALS} or ${home.CONFIG}\nhint: there are 'work', 'home'\n`;
const NOT_ASKED: [what: string, args: string[], setup: home.FakeSetup, stderr: string | RegExp][] = [
  ["without a terminal", ["123456"], {}, NO_DEFAULT],
  [
    "where -p names a profile that is not there",
    ["-p", "wrok"],
    { answers: ["123456"], picks: ["work"] },
    /^awsmfa: no profile 'wrok' in [^\n]+\nhint: there are 'work', 'home'\n$/,
  ],
  ["where -p names the default one", ["-p", "default"], { answers: ["123456"], picks: ["work"] }, NO_DEFAULT],
  [
    "where AWS_PROFILE names a profile that is not there",
    [],
    { env: { AWS_PROFILE: "wrok" }, answers: ["123456"], picks: ["work"] },
    /^awsmfa: no profile 'wrok' in [^\n]+\nhint: there are 'work', 'home'\n$/,
  ],
  [
    "where AWS_PROFILE names the default one",
    [],
    { env: { AWS_PROFILE: "default" }, answers: ["123456"], picks: ["work"] },
    NO_DEFAULT,
  ],
  [
    "where AWS_DEFAULT_PROFILE names one",
    [],
    { env: { AWS_DEFAULT_PROFILE: "default" }, answers: ["123456"], picks: ["work"] },
    NO_DEFAULT,
  ],
  [
    "where another profile is missing than the default one",
    ["--source-profile", "nobody", "--to", "x"],
    { answers: ["123456"], picks: ["work"] },
    /^awsmfa: no profile 'nobody' in /,
  ],
];
for (const [what, args, setup, stderr] of NOT_ASKED) {
  Deno.test(`nobody is asked for a profile ${what}`, async () => {
    const played = await play(args, { files: FILES, ...setup });
    assertFailed(played, { code: 4, stderr, files: FILES });
    assert.deepEqual([played.questions, played.offered], [[], []]);
  });
}

Deno.test("nobody is asked for a profile where a default one is there, or a variable names one that is", async () => {
  const withDefault = { [home.CREDENTIALS]: `${FILES[home.CREDENTIALS]}[default]\n${KEYS}` };
  const cases: [setup: home.FakeSetup, profile: string][] = [
    [{ files: withDefault }, "default"],
    [{ files: FILES, env: { AWS_PROFILE: "home" } }, "home"],
    [{ files: FILES, env: { AWS_DEFAULT_PROFILE: "home" } }, "home"],
  ];
  for (const [setup, profile] of cases) {
    const played = await play([], { ...setup, answers: ["123456"], picks: ["work"] });
    assert.deepEqual([played.code, played.stdout], [0, done(profile)]);
    assert.deepEqual([played.offered, played.questions.length], [[], 1]);
  }
});

Deno.test("nobody is asked for a profile where the environment holds keys, or flags name them", async () => {
  const env = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "env/secret" };
  const keys = await play([], { files: FILES, env, answers: ["123456"], picks: ["work"] });
  assert.deepEqual([keys.code, keys.offered], [0, []]);
  const flags = await play(["--source-profile", "work"], {
    files: FILES,
    answers: ["123456"],
    picks: ["home"],
  });
  assert.deepEqual([flags.code, flags.offered], [0, []]);
});

Deno.test("a default profile that holds a region only, for safety, is as none", async () => {
  const files = { ...FILES, [home.CONFIG]: "[default]\nregion = x\n" };
  const chosen = await play([], { files, answers: ["123456"], picks: ["work"] });
  assert.deepEqual([chosen.code, chosen.stdout], [0, done("work")]);
  assertFailed(await play([], { files }), {
    code: 4,
    stderr:
      /^awsmfa: profile 'default' has no access key in .*\nhint: name the .*: awsmfa -p NAME; there are 'work', /,
    files,
  });
  const named = await play(["-p", "default"], { files, answers: ["123456"], picks: ["work"] });
  assertFailed(named, { code: 4, stderr: /^awsmfa: profile 'default' has no access key in /, files });
  assert.deepEqual(named.questions, []);
  const alone = await play([], {
    files: { [home.CONFIG]: "[default]\nregion = x\n" },
    answers: [],
    picks: [],
  });
  assertFailed(alone, { code: 4, stderr: /has no access key in .*\nhint: awsmfa setup\n$/ });
  const ofRole = {
    [home.CREDENTIALS]: "",
    [home.CONFIG]:
      `[default]\nregion = x\n[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n`,
  };
  assertFailed(await play(["-p", "r"], { files: ofRole }), {
    code: 4,
    stderr: /^awsmfa: profile 'default' has no access key in .*\nhint: awsmfa setup\n$/,
  });
});

Deno.test("where there is nothing to choose from, the error is the one without a choice", async () => {
  for (const files of [{}, { [home.CONFIG]: "[profile sso]\nsso_session = s\n" }]) {
    const played = await play([], { files, answers: ["123456"], picks: ["work"] });
    assertFailed(played, { code: 4, stderr: /^awsmfa: no profile 'default' in /, files });
    assert.deepEqual([played.questions, played.offered], [[], []]);
  }
});

Deno.test("env, exec and credential-process ask for no profile", async () => {
  for (const args of [["env", "-s", "sh"], ["exec", "--", "x"], ["credential-process"]]) {
    const played = await play(args, { files: FILES, answers: ["123456"], picks: ["work"] });
    assert.deepEqual([played.code, played.stdout], [4, played.failure]);
    assert.deepEqual([played.offered, played.files], [[], FILES]);
  }
});
