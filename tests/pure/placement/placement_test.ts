import assert from "node:assert/strict";
import {
  describeRow,
  place,
  type Placement,
  serialSetting,
  setting,
} from "../../../src/domain/placement/placement.ts";
import type { PlacementRequest } from "../../../src/domain/placement/placement_row.ts";
import { Failure, FileError, NoCredentialsError, UsageError } from "../../../src/errors.ts";
import { shellWord } from "../../../src/domain/shell/shell_word.ts";
import { keyFiles, keys, sessionLines, type Texts } from "../aws_files/key_files.ts";

type Wish = Partial<PlacementRequest>;

const ROLE = "arn:aws:iam::111122223333:role/admin";
const IN_ENVIRONMENT = { accessKeyId: "AKIAENV", secretAccessKey: "SECRET/ENV" };

function placed(texts: Texts, wish: Wish = {}): Placement {
  return place(keyFiles(texts), { name: "a", named: true, ...wish });
}

/** The failure, which repeats no value out of a credentials file. */
function refused(texts: Texts, wish: Wish = {}): Failure {
  try {
    placed(texts, wish);
  } catch (error) {
    assert.ok(error instanceof Failure, String(error));
    assert.doesNotMatch(`${error.message}${error.hint}`, /SECRET|TOKEN|\n/);
    return error;
  }
  return assert.fail("keys were found");
}

interface Row {
  readonly what: string;
  readonly texts: Texts;
  readonly wish?: Wish;
  readonly row: Placement["row"];
  readonly key: string;
  /** The profile whose settings count, where it is not "a". */
  readonly source?: string;
  readonly target?: string;
}

const ROWS: Row[] = [
  {
    what: "--source-profile S, and P gets the session, whatever P says of a source itself",
    texts: {
      credentials: `[s]\n${keys("AKIAS")}[t]\n${keys("AKIAT")}`,
      config: "[profile a]\nsource_profile = t\n",
    },
    wish: { sourceProfile: "s" },
    row: "flags",
    key: "AKIAS",
    source: "s",
  },
  {
    what: "--source-profile S and --to T",
    texts: { credentials: `[s]\n${keys("AKIAS")}` },
    wish: { sourceProfile: "s", to: "t" },
    row: "flags",
    key: "AKIAS",
    source: "s",
    target: "t",
  },
  {
    what: "--to T alone: P's own keys, and T gets the session (wizard-shack)",
    texts: { credentials: `[111122223333_bob]\n${keys("AKIABOB")}` },
    wish: { name: "111122223333_bob", to: "mfa-bob" },
    row: "in place",
    key: "AKIABOB",
    source: "111122223333_bob",
    target: "mfa-bob",
  },
  {
    what: "role_arn and source_profile",
    texts: {
      credentials: `[s]\n${keys("AKIAS")}`,
      config: `[profile a]\nrole_arn = ${ROLE}\nsource_profile = s\n`,
    },
    row: "role",
    key: "AKIAS",
    source: "s",
  },
  {
    what: "role_arn and source_profile that a login set aside",
    texts: {
      credentials: `[s]\n${keys("AKIAS")}[a]\n${sessionLines("ASIA1")}`,
      config: `[profile a]\nawsmfa_role_arn = ${ROLE}\nawsmfa_source_profile = s\n`,
    },
    row: "role",
    key: "AKIAS",
    source: "s",
  },
  {
    what: "a role whose source profile is itself in place, its keys put aside",
    texts: {
      credentials: `[s]\n${sessionLines("ASIAS")}`,
      backup: `[s]\n${keys("AKIAS")}`,
      config: `[profile a]\nrole_arn = ${ROLE}\nsource_profile = s\n`,
    },
    row: "role",
    key: "AKIAS",
    source: "s",
  },
  {
    what: "source_profile without a role",
    texts: { credentials: `[s]\n${keys("AKIAS")}`, config: "[profile a]\nsource_profile = s\n" },
    row: "source profile",
    key: "AKIAS",
    source: "s",
  },
  {
    what: "source_profile in config sections without 'profile ' (reusabit)",
    texts: {
      credentials: `[myaccountPermanent]\n${keys("AKIAR")}`,
      config: "[myaccountPermanent]\nmfa_serial = arn\n[myaccount]\nsource_profile = myaccountPermanent\n",
    },
    wish: { name: "myaccount" },
    row: "source profile",
    key: "AKIAR",
    source: "myaccountPermanent",
    target: "myaccount",
  },
  {
    what: "source_profile of a source_profile",
    texts: {
      credentials: `[t]\n${keys("AKIAT")}`,
      config: "[profile a]\nsource_profile = s\n[profile s]\nsource_profile = t\n",
    },
    row: "source profile",
    key: "AKIAT",
    source: "t",
  },
  {
    what: "source_profile whose keys are beside it",
    texts: { credentials: `[s-long-term]\n${keys("AKIAL")}`, config: "[profile a]\nsource_profile = s\n" },
    row: "source profile",
    key: "AKIAL",
    source: "s-long-term",
  },
  {
    what: "[P-long-term] beside it (broamski)",
    texts: { credentials: `[a-long-term]\n${keys("AKIAL")}[a]\n${sessionLines("ASIA1")}` },
    row: "section beside",
    key: "AKIAL",
    source: "a-long-term",
  },
  {
    what: "[P_permanent] beside an empty [P] (huvcodes)",
    texts: { credentials: `[a_permanent]\n${keys("AKIAP")}[a]\n` },
    row: "section beside",
    key: "AKIAP",
    source: "a_permanent",
  },
  {
    what: "[P_permanent] beside keys without a value",
    texts: {
      credentials: `[a_permanent]\n${keys("AKIAP")}[a]\naws_access_key_id =\naws_secret_access_key =\n`,
    },
    row: "section beside",
    key: "AKIAP",
    source: "a_permanent",
  },
  {
    what: "[P-long-term] where P is in no file",
    texts: { credentials: `[a-long-term]\n${keys("AKIAL")}` },
    row: "section beside",
    key: "AKIAL",
    source: "a-long-term",
  },
  { what: "its own keys", texts: { credentials: `[a]\n${keys("AKIA1")}` }, row: "in place", key: "AKIA1" },
  {
    what: "its own keys, named as its own source",
    texts: { credentials: `[a]\n${keys("AKIA1")}`, config: "[profile a]\nsource_profile = a\n" },
    row: "in place",
    key: "AKIA1",
  },
  {
    what: "the backup's while it holds a session",
    texts: { credentials: `[a]\n${sessionLines("ASIA1")}`, backup: `[a]\n${keys("AKIA1")}` },
    row: "backup",
    key: "AKIA1",
  },
  {
    what: "the backup's where its section has no keys",
    texts: { credentials: "[a]\nx=1\n", backup: `[a]\n${keys("AKIA1")}` },
    row: "backup",
    key: "AKIA1",
  },
  {
    what: "the backup's where its section is gone",
    texts: { backup: `[a]\n${keys("AKIA1")}` },
    row: "backup",
    key: "AKIA1",
  },
  {
    what: "the config file's",
    texts: { config: `[profile a]\n${keys("AKIA1")}` },
    row: "config",
    key: "AKIA1",
  },
  {
    what: "the config file's behind a session",
    texts: { credentials: `[a]\n${sessionLines("ASIA1")}`, config: `[profile a]\n${keys("AKIA1")}` },
    row: "config",
    key: "AKIA1",
  },
  {
    what: "the environment's where no file has any",
    texts: {},
    wish: { named: false, environment: IN_ENVIRONMENT },
    row: "environment",
    key: "AKIAENV",
  },
  {
    what: "the environment's where the profile holds nothing but their session",
    texts: { credentials: `[a]\n${sessionLines("ASIA1")}` },
    wish: { named: false, environment: IN_ENVIRONMENT },
    row: "environment",
    key: "AKIAENV",
  },
];
for (const { what, texts, wish, row, key, source, target } of ROWS) {
  Deno.test(`where keys come from: ${what}`, () => {
    const placement = placed(texts, wish);
    assert.equal(placement.row, row);
    assert.equal(placement.source.keys.accessKeyId, key);
    assert.equal(placement.source.profile, source ?? "a");
    assert.equal(placement.target, target ?? "a");
    assert.equal(placement.roles.length, row === "role" ? 1 : 0);
  });
}

/** Several rows fit; the first one counts. Where the target's own keys would be replaced, that is wanted. */
const CONFLICTS: [what: string, texts: Texts, wish: Wish, row: Placement["row"], key: string][] = [
  [
    "a flag before a role",
    {
      credentials: `[s]\n${keys("AKIAS")}[t]\n${keys("AKIAT")}`,
      config: `[profile a]\nrole_arn = ${ROLE}\nsource_profile = t\n`,
    },
    { sourceProfile: "s" },
    "flags",
    "AKIAS",
  ],
  [
    "a role before keys beside it",
    {
      credentials: `[s]\n${keys("AKIAS")}[a-long-term]\n${keys("AKIAL")}`,
      config: `[profile a]\nrole_arn = ${ROLE}\nsource_profile = s\n`,
    },
    {},
    "role",
    "AKIAS",
  ],
  [
    "source_profile before keys beside it",
    {
      credentials: `[s]\n${keys("AKIAS")}[a-long-term]\n${keys("AKIAL")}`,
      config: "[profile a]\nsource_profile = s\n",
    },
    {},
    "source profile",
    "AKIAS",
  ],
  [
    "its own keys before a source_profile without a role",
    {
      credentials: `[s]\n${keys("AKIAS")}[a]\n${keys("AKIA1")}`,
      config: "[profile a]\nsource_profile = s\n",
    },
    {},
    "in place",
    "AKIA1",
  ],
  [
    "[P-long-term] before [P_permanent]",
    { credentials: `[a_permanent]\n${keys("AKIAP")}[a-long-term]\n${keys("AKIAL")}` },
    {},
    "section beside",
    "AKIAL",
  ],
  [
    "keys beside it before its own",
    { credentials: `[a]\n${keys("AKIA1")}[a-long-term]\n${keys("AKIAL")}` },
    { force: true },
    "section beside",
    "AKIAL",
  ],
  [
    "its own keys before others in the backup",
    { credentials: `[a]\n${keys("AKIA1")}`, backup: `[a]\n${keys("AKIA2")}` },
    {},
    "in place",
    "AKIA1",
  ],
  [
    "its own keys before others in config",
    { credentials: `[a]\n${keys("AKIA1")}`, config: `[profile a]\n${keys("AKIA2")}` },
    {},
    "in place",
    "AKIA1",
  ],
  [
    "the backup before config",
    { config: `[profile a]\n${keys("AKIA1")}`, backup: `[a]\n${keys("AKIA2")}` },
    {},
    "backup",
    "AKIA2",
  ],
  [
    "a file before the environment",
    { config: `[profile a]\n${keys("AKIA1")}` },
    { named: false, environment: IN_ENVIRONMENT },
    "config",
    "AKIA1",
  ],
];
for (const [what, texts, wish, row, key] of CONFLICTS) {
  Deno.test(`where several rows fit: ${what}`, () => {
    const placement = placed(texts, wish);
    assert.deepEqual([placement.row, placement.source.keys.accessKeyId], [row, key]);
  });
}

Deno.test("keys of the environment are for those who name no profile", () => {
  const error = refused({}, { named: true, environment: IN_ENVIRONMENT });
  assert.equal(error.message, "no profile 'a' in CREDENTIALS or CONFIG");
});

Deno.test("the roles of a chain stand in the order in which they are assumed, with what each profile says", () => {
  const { roles, source } = placed({
    credentials: `[s]\n${keys("AKIAS")}`,
    config: `[profile a]\nrole_arn = ${ROLE}\nsource_profile = b\nexternal_id = X\nduration_seconds = 900\n` +
      `[profile b]\nrole_arn = ${ROLE}-b\nsource_profile = s\nrole_session_name = me\n`,
  });
  assert.equal(source.profile, "s");
  assert.deepEqual(roles, [
    { arn: `${ROLE}-b`, profile: "b", externalId: undefined, sessionName: "me", seconds: undefined },
    { arn: ROLE, profile: "a", externalId: "X", sessionName: undefined, seconds: 900 },
  ]);
});

Deno.test("--role-arn comes after the profile's keys, and after its own role", () => {
  const role = { arn: `${ROLE}-c`, profile: undefined, externalId: "X", sessionName: "me", duration: "15m" };
  const texts = { credentials: `[a]\n${keys("AKIA1")}` };
  assert.deepEqual(placed(texts, { role }).roles, [
    { arn: `${ROLE}-c`, profile: undefined, externalId: "X", sessionName: "me", seconds: 900 },
  ]);
  const config = `[profile b]\nrole_arn = ${ROLE}\nsource_profile = a\n`;
  const { roles } = placed({ ...texts, config }, { name: "b", role });
  assert.deepEqual(roles.map(({ arn }) => arn), [ROLE, `${ROLE}-c`]);
});

Deno.test("a role's values are checked, and the profile named", () => {
  const role = (lines: string): Failure =>
    refused({ credentials: `[s]\n${keys("AKIAS")}`, config: `[profile a]\nsource_profile = s\n${lines}` });
  assert.ok(role("role_arn = admin\n") instanceof UsageError);
  assert.match(
    role("role_arn = admin\n").message,
    /^role_arn of profile 'a': 'admin' isn't a role ARN/,
  );
  assert.match(
    role(`role_arn = ${ROLE}\nrole_session_name = a b\n`).message,
    /^role_session_name of profile 'a': 'a b' is not a role session name/,
  );
  assert.match(
    role(`role_arn = ${ROLE}\nduration_seconds = 60\n`).message,
    /^duration_seconds of profile 'a': '60' is too short/,
  );
});

Deno.test("the profiles found are those of both files, credentials first, the target's and the source's", () => {
  const { targetProfile, sourceProfile } = placed({
    credentials: `[a]\nregion = x\n[s]\n${keys("AKIAS")}`,
    config: "[profile a]\nsource_profile = s\nregion = y\noutput = json\n[profile s]\nmfa_serial = m\n",
  });
  assert.equal(targetProfile?.get("region"), "x");
  assert.equal(targetProfile?.get("output"), "json");
  assert.equal(targetProfile?.get("none"), undefined);
  assert.equal(sourceProfile?.get("mfa_serial"), "m");
});

Deno.test("[profile default] hides [default] in the config file", () => {
  const config = `[default]\n${keys("AKIA2")}region = x\n[profile default]\n${keys("AKIA1")}`;
  const { source, targetProfile } = placed({ config }, { name: "default" });
  assert.equal(source.keys.accessKeyId, "AKIA1");
  assert.equal(targetProfile?.get("region"), undefined);
});

Deno.test("a profile without 'profile ' is known as such, and hidden by one with it", () => {
  const texts = { credentials: `[s]\n${keys("AKIAS")}`, config: "[a]\nsource_profile = s\nregion = x\n" };
  assert.equal(placed(texts).targetProfile?.unprefixed, true);
  const both = { ...texts, config: `${texts.config}[profile a]\nsource_profile = s\n` };
  assert.equal(placed(both).targetProfile?.unprefixed, false);
  assert.equal(placed(both).targetProfile?.get("region"), undefined);
});

Deno.test("a target that holds other long-term keys is refused, and what --force and --to would do is told", () => {
  const cases: [texts: Texts, wish: Wish, target: string, source: string][] = [
    [{ credentials: `[a]\n${keys("AKIA1")}[s]\n${keys("AKIAS")}` }, { sourceProfile: "s" }, "a", "s"],
    [{ credentials: `[a]\n${keys("AKIA1")}[t]\n${keys("AKIAT")}` }, { to: "t" }, "t", "a"],
    [{ credentials: `[a]\n${keys("AKIA1")}[a_permanent]\n${keys("AKIAP")}` }, {}, "a", "a_permanent"],
    [
      {
        credentials: `[a]\n${keys("AKIA1")}[s]\n${keys("AKIAS")}`,
        config: `[profile a]\nrole_arn = ${ROLE}\nsource_profile = s\n`,
      },
      {},
      "a",
      "s",
    ],
  ];
  for (const [texts, wish, target, source] of cases) {
    const error = refused(texts, wish);
    assert.ok(error instanceof FileError);
    assert.equal(
      error.message,
      `profile '${target}' in CREDENTIALS has other long-term keys than '${source}', and a session would replace them`,
    );
    assert.match(error.hint ?? "", /^--force backs them up first; --to NAME /);
    assert.equal(placed(texts, { ...wish, force: true }).target, target);
  }
});

Deno.test("other long-term keys of the target in config are refused, too, but for a role's and behind a session", () => {
  const config = `[profile a]\n${keys("AKIA2")}`;
  const cases: [Texts, Partial<PlacementRequest>, string][] = [
    [{ credentials: `[a-long-term]\n${keys("AKIA1")}`, config }, {}, "a-long-term"],
    [{ credentials: `[a_permanent]\n${keys("AKIA1")}`, config }, {}, "a_permanent"],
    [{ credentials: `[s]\n${keys("AKIA1")}`, config }, { name: "s", to: "a" }, "s"],
  ];
  for (const [texts, wish, source] of cases) {
    const error = refused(texts, wish);
    assert.ok(error instanceof FileError);
    assert.equal(
      error.message,
      `profile 'a' in CONFIG has other long-term keys than '${source}', and a session would hide them`,
    );
    assert.match(
      error.hint ?? "",
      new RegExp(`^--force logs in with the keys of '${source}', and leaves those `),
    );
    for (const more of [{ force: true }, { asTools: true }]) {
      assert.equal(placed(texts, { ...wish, ...more }).target, "a");
    }
    const credentials = `${texts.credentials}[a]\n${sessionLines("ASIA1")}`;
    assert.equal(placed({ ...texts, credentials }, wish).target, "a");
  }
  const role = `${config}role_arn = ${ROLE}\nsource_profile = s\n`;
  assert.equal(placed({ credentials: `[s]\n${keys("AKIA1")}`, config: role }, {}).target, "a");
});

Deno.test("a target that holds the same keys, a session, or half a key may get the session", () => {
  const source = `[s]\n${keys("AKIAS")}`;
  for (
    const there of [keys("AKIAS"), sessionLines("ASIA1"), "aws_access_key_id = X\n", ""]
  ) {
    const texts = { credentials: `[a]\n${there}${source}` };
    assert.equal(placed(texts, { sourceProfile: "s" }).target, "a");
  }
});

Deno.test("where no file has the profile, few names are all listed, near ones first", () => {
  const error = refused({ credentials: "[b]\n[c c]\n", config: "[profile b]\n[profile d]\n[e]\n" });
  assert.ok(error instanceof NoCredentialsError);
  assert.equal(error.message, "no profile 'a' in CREDENTIALS or CONFIG");
  assert.equal(error.hint, "there are 'b', 'd', 'c c'");
  assert.equal(refused({ credentials: "[b]\n" }).hint, "there is 'b'");
});

Deno.test("of many names, only those near are listed", () => {
  const credentials = Array.from({ length: 20 }, (_, i) => `[team-${i + 10}]\n`).join("");
  const hint = (name: string): string | undefined => refused({ credentials }, { name }).hint;
  assert.match(hint("taem-12") ?? "", /^there is 'team-12'$/);
  assert.match(hint("tem-12") ?? "", /^there are 'team-12', /);
  assert.equal(hint("zzz"), "aws configure list-profiles shows the 20 that there are");
});

Deno.test("where there are no profiles at all, the hint is how to make one, quoted for a shell", () => {
  assert.equal(refused({}, { name: "a" }).hint, "awsmfa setup -p a");
  assert.equal(refused({}, { name: "it's me" }).hint, `awsmfa setup -p 'it'\\''s me'`);
  assert.equal(refused({}, { name: "default" }).hint, "awsmfa setup");
});

Deno.test("half a key is told, with the file and the half that is missing", () => {
  const noSecret = refused({
    credentials: "[a]\naws_access_key_id = AKIA1\n",
    backup: `[a]\n${keys("AKIA1")}`,
  });
  assert.match(noSecret.message, /^profile 'a' has no aws_secret_access_key in CREDENTIALS/);
  assert.equal(noSecret.hint, "awsmfa setup -p a");
  const noId = refused({ config: "[profile a]\naws_secret_access_key = SECRET1\n" });
  assert.match(noId.message, /^profile 'a' has no aws_access_key_id in CONFIG/);
  const beside = refused({ credentials: "[a-long-term]\naws_access_key_id = AKIA1\n[a]\n" });
  assert.match(beside.message, /^profile 'a-long-term' has no aws_secret_access_key in CREDENTIALS/);
});

Deno.test("a session whose keys are nowhere is told, with where they were looked for", () => {
  const error = refused({ credentials: `[a]\n${sessionLines("ASIA1")}`, backup: `[b]\n${keys("AKIA1")}` });
  assert.equal(error.message, "profile 'a' holds a session, and its long-term keys are not in BACKUP");
  assert.match(error.hint ?? "", /\[a\] of CREDENTIALS/);
});

Deno.test("a profile without keys is told, with where they were looked for", () => {
  const error = refused({ config: "[profile a]\nregion = x\n" });
  for (const place of ["CREDENTIALS", "backup", "CONFIG"]) assert.ok(error.message.includes(place));
  assert.equal(error.hint, "awsmfa setup -p a");
});

Deno.test("a source that is not there is told with the profile that names it, and near names", () => {
  const config = "[profile a]\nsource_profile = wrk\n";
  const error = refused({ credentials: `[work]\n${keys("AKIA1")}`, config });
  assert.equal(error.message, "no profile 'wrk', the source profile of 'a', in CREDENTIALS or CONFIG");
  assert.equal(error.hint, "there are 'work', 'a'");
  const role = refused({ config: `${config}role_arn = ${ROLE}\n` });
  assert.equal(role.message, error.message);
});

Deno.test("a source that is itself a session is told with the profile that names it", () => {
  const credentials = `[s]\n${sessionLines("ASIA1")}`;
  const error = refused({ credentials, config: "[profile a]\nsource_profile = s\n" });
  assert.ok(error instanceof NoCredentialsError);
  assert.equal(
    error.message,
    "profile 's', the source profile of 'a', holds a session, and its long-term keys are not in BACKUP",
  );
  assert.match(refused({ credentials }, { sourceProfile: "s" }).message, /^profile 's' holds a session/);
});

Deno.test("a loop of sources is told with its way", () => {
  const loop = (role: string): string =>
    refused({
      config: ["ab", "bc", "cb"].map(([name, source]) =>
        `[profile ${name}]\nsource_profile = ${source}\n${role}`
      ).join(""),
    }).message;
  assert.equal(loop(""), "the source profiles form a loop: 'c' -> 'b'");
  assert.equal(loop(`role_arn = ${ROLE}\n`), "the source profiles form a loop: 'a' -> 'b' -> 'c' -> 'b'");
});

Deno.test("a role without a source is told how to name one", () => {
  const error = refused({ config: `[profile a]\nrole_arn = ${ROLE}\n` });
  assert.equal(
    error.message,
    "profile 'a' has role_arn, but no source_profile whose keys could assume the role",
  );
  assert.equal(error.hint, "aws configure set source_profile NAME --profile a");
});

const FOREIGN: [line: string, what: RegExp][] = [
  ["credential_source = Ec2InstanceMetadata", /the machine it runs on \(credential_source\)/],
  ["web_identity_token_file = /token", /a web identity \(web_identity_token_file\)/],
  ["sso_session = x", /IAM Identity Center \(sso_session\)/],
  ["sso_start_url = https://x", /IAM Identity Center \(sso_start_url\)/],
  ["sso_account_id = 1", /IAM Identity Center \(sso_account_id\)/],
  ["credential_process = x", /another program \(credential_process\)/],
  ["login_session = x", /aws login \(login_session\)/],
];
for (const [line, what] of FOREIGN) {
  Deno.test(`not awsmfa's business, and named: ${line}, of a profile, of a role and of its source`, () => {
    const configs = [
      `[profile a]\n${line}\n`,
      `[profile a]\n${line}\nrole_arn = ${ROLE}\n`,
      `[profile a]\nsource_profile = s\n[profile s]\n${line}\n`,
      `[profile a]\nrole_arn = ${ROLE}\nsource_profile = s\n[profile s]\n${line}\n`,
    ];
    for (const config of configs) {
      const error = refused({ config });
      assert.ok(error instanceof NoCredentialsError);
      assert.match(error.message, what);
      assert.match(error.message, /which awsmfa has no part in$/);
      assert.match(error.hint ?? "", /^use it without awsmfa: aws sts get-caller-identity --profile [as]$/);
    }
  });
}

Deno.test("source_profile beside credential_source contradict each other", () => {
  const config =
    `[profile a]\nrole_arn = ${ROLE}\nsource_profile = s\ncredential_source = Environment\n[profile s]\n`;
  assert.equal(refused({ config }).message, "profile 'a' has both source_profile and credential_source");
});

Deno.test("own keys count more than other ways to credentials in the same profile", () => {
  const config = `[profile a]\ncredential_process = x\n${keys("AKIA1")}`;
  assert.equal(placed({ config }).row, "config");
});

Deno.test("a target that is defined twice in credentials is refused before anything is asked, with both lines", () => {
  const twice = refused({ credentials: `[a]\n${keys("AKIA1")}[a]\nx=1\n` });
  assert.ok(twice instanceof FileError);
  assert.match(twice.message, /lines 1 and 4/);
  const target = refused({ credentials: `[a]\n${keys("AKIA1")}[t]\n[t]\n` }, { to: "t" });
  assert.match(target.message, /profile 't' is defined twice, in lines 4 and 5/);
});

Deno.test("a profile that is defined twice in config is read, its last value counts", () => {
  const config = `[profile a]\n${keys("AKIA1")}region = x\n[profile a]\nregion = y\n`;
  const { source, targetProfile } = placed({ config });
  assert.equal(source.keys.accessKeyId, "AKIA1");
  assert.equal(targetProfile?.get("region"), "y");
});

const WORDS: [texts: Texts, wish: Wish, words: string][] = [
  [
    { credentials: `[s]\n${keys("AKIAS")}` },
    { sourceProfile: "s", to: "t" },
    "the keys of profile 's', named on the command line; the session goes to [t]",
  ],
  [
    {
      credentials: `[s]\n${keys("AKIAS")}`,
      config: `[profile a]\nrole_arn = ${ROLE}\nsource_profile = s\n`,
    },
    {},
    "the keys of source profile 's', which assume the role; the session goes to [a]",
  ],
  [
    { credentials: `[s]\n${keys("AKIAS")}`, config: "[profile a]\nsource_profile = s\n" },
    {},
    "the keys of source profile 's'; the session goes to [a]",
  ],
  [
    { credentials: `[a-long-term]\n${keys("AKIAL")}` },
    {},
    "the keys in section [a-long-term] beside it; the session goes to [a]",
  ],
  [
    { credentials: `[a]\n${keys("AKIA1")}` },
    {},
    "its own keys, which a login backs up; the session goes to [a]",
  ],
  [
    { backup: `[a]\n${keys("AKIA1")}` },
    {},
    "its own keys, which are backed up; the session goes to [a]",
  ],
  [
    { config: `[profile a]\n${keys("AKIA1")}` },
    {},
    "its own keys, in the config file; the session goes to [a]",
  ],
  [
    {},
    { named: false, environment: IN_ENVIRONMENT },
    "the keys in the environment; the session goes to [a]",
  ],
];
for (const [texts, wish, words] of WORDS) {
  Deno.test(`the row in words: ${words}`, () => assert.equal(describeRow(placed(texts, wish)), words));
}

Deno.test("a role's source with keys of its own and a role of its own: the keys assume the role, and its role is left out", () => {
  const config = `[profile a]\nrole_arn = ${ROLE}\nsource_profile = b\n` +
    `[profile b]\nrole_arn = ${ROLE}2\nsource_profile = c\n[profile c]\n`;
  const own = placed({ config, credentials: `[b]\n${keys("AKIAB")}[c]\n${keys("AKIAC")}` });
  assert.deepEqual([own.source.keys.accessKeyId, own.roles.map(({ arn }) => arn)], ["AKIAB", [ROLE]]);
  const none = placed({ config, credentials: `[c]\n${keys("AKIAC")}` });
  assert.deepEqual([none.source.keys.accessKeyId, none.roles.map(({ arn }) => arn)], ["AKIAC", [
    `${ROLE}2`,
    ROLE,
  ]]);
});

Deno.test("a role whose source is its own profile takes also the keys beside it", () => {
  const config = `[profile a]\nrole_arn = ${ROLE}\nsource_profile = a\n`;
  const { source, roles } = placed({ config, credentials: `[a-long-term]\n${keys("AKIAL")}` });
  assert.deepEqual([source.keys.accessKeyId, roles.length], ["AKIAL", 1]);
});

Deno.test("a source that names itself is one that names none", () => {
  const config = "[profile a]\nsource_profile = b\n[profile b]\nsource_profile = b\n";
  assert.match(refused({ config }).message, /^profile 'b' has no access key in CREDENTIALS/);
});

Deno.test("the keys of the environment are no profile's: its settings don't count for them", () => {
  const config = "[profile a]\nregion = eu-west-1\n";
  const { source, sourceProfile } = placed({ config }, {
    named: false,
    environment: IN_ENVIRONMENT,
    to: "t",
  });
  assert.deepEqual([source.from, sourceProfile], ["environment", undefined]);
});

Deno.test("a profile that is linked to another one is that one; as for AWS's tools, its own settings come first", () => {
  const link = "credential_process = awsmfa credential-process -p work\n";
  const credentials = `[work]\n${keys("AKIAW")}`;
  const config = `[profile a]\n${link}region = x\n[profile work]\nregion = y\nmfa_serial = S\n`;
  const login = placed({ credentials, config });
  assert.deepEqual([login.target, login.source.section, login.behind], ["work", "work", "work"]);
  assert.equal(setting(login, "region")?.value, "y");
  const tools = placed({ credentials, config }, { asTools: true });
  assert.deepEqual([tools.target, tools.source.section, tools.behind], ["a", "work", "work"]);
  assert.deepEqual([setting(tools, "region")?.value, serialSetting(tools)?.value], ["x", "S"]);
  assert.equal(
    describeRow(tools),
    "its own keys, which a login backs up, of profile 'work', which it is linked to; the session goes to [work]",
  );
  const to = placed({ credentials, config }, { asTools: true, to: "t" });
  assert.deepEqual([to.target, to.source.section], ["t", "work"]);
  for (const [own, target] of [[keys("AKIAA"), "a"], [sessionLines("ASIA1"), undefined]] as const) {
    const texts = { credentials: `${credentials}[a]\n${own}`, config };
    if (target === undefined) assert.match(refused(texts).message, /^profile 'a' /);
    else assert.deepEqual([placed(texts).target, placed(texts).source.section], ["a", "a"]);
  }
  const environment = { environment: IN_ENVIRONMENT, environmentFirst: true, asTools: true };
  assert.equal(placed({ credentials, config }, environment).row, "environment");
  const role = placed({
    credentials,
    config: `${config}[profile r]\nrole_arn = ${ROLE}\nsource_profile = a\n`,
  }, { name: "r" });
  assert.deepEqual([role.target, role.source.section], ["r", "work"]);
});

Deno.test("--source-profile may be a link, and a link may be one to a role", () => {
  const credentials = `[work]\n${keys("AKIAW")}`;
  const config = `[profile a]\ncredential_process = awsmfa credential-process -p r\n` +
    `[profile b]\ncredential_process = awsmfa credential-process -p work\n` +
    `[profile r]\nrole_arn = ${ROLE}\nsource_profile = b\n`;
  const placement = placed({ credentials, config }, { asTools: true });
  assert.deepEqual([placement.target, placement.roles.map(({ arn }) => arn)], ["a", [ROLE]]);
  const flags = placed({ credentials, config }, { name: "t", sourceProfile: "b" });
  assert.deepEqual([flags.source.section, flags.target], ["work", "t"]);
});

Deno.test("a profile that is linked to itself has its keys beside it, else it is a loop", () => {
  const config = "[profile a]\ncredential_process = awsmfa credential-process -p a\n";
  const { row, target } = placed({ credentials: `[a-long-term]\n${keys("AKIAA")}`, config }, {
    asTools: true,
  });
  assert.deepEqual([row, target], ["section beside", "a"]);
  assert.equal(refused({ config }).message, "the source profiles form a loop: 'a' -> 'a'");
});

for (const name of ["work", "my work", "it's"]) {
  Deno.test(`a source that awsmfa link made: the keys are those of the profile behind it: ${name}`, () => {
    const link = (windows: boolean): string =>
      `credential_process = awsmfa credential-process -p ${windows ? `"${name}"` : shellWord(name, "posix")}`;
    const credentials = `[${name}]\n${keys("AKIAW")}`;
    for (const windows of [false, true]) {
      const tool = `[profile tool]\n${link(windows)}\n`;
      const role = placed({
        credentials,
        config: `[profile a]\nrole_arn = ${ROLE}\nsource_profile = tool\n${tool}`,
      });
      assert.deepEqual([role.source.keys.accessKeyId, role.source.profile, role.roles.length], [
        "AKIAW",
        name,
        1,
      ]);
      const user = placed({ credentials, config: `[profile a]\nawsmfa_source = tool\n${tool}` });
      assert.deepEqual([user.source.keys.accessKeyId, user.roles.length], ["AKIAW", 0]);
    }
  });
}

Deno.test("a source that is linked to a role: both roles are assumed; one with keys of its own: those count", () => {
  const config = `[profile a]\nrole_arn = ${ROLE}\nsource_profile = tool\n` +
    "[profile tool]\ncredential_process = /opt/awsmfa credential-process -p r\n" +
    "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = work\n";
  const credentials = `[work]\n${keys("AKIAW")}`;
  assert.deepEqual(placed({ credentials, config }).roles.map(({ profile }) => profile), ["r", "a"]);
  const own = placed({ credentials: `${credentials}[tool]\n${keys("AKIAT")}`, config });
  assert.deepEqual([own.source.keys.accessKeyId, own.roles.length], ["AKIAT", 1]);
});

Deno.test("broamski: assume_role beside the keys is a role of that profile; --role-arn takes its place", () => {
  const other = "arn:aws:iam::111122223333:role/other";
  const credentials = `[a-long-term]\n${keys("AKIAA")}assume_role = ${ROLE}\n`;
  const arnsOf = ({ roles }: Placement): string[] => roles.map(({ arn }) => arn);
  const usual = placed({ credentials });
  assert.deepEqual([usual.row, usual.source.section, arnsOf(usual)], ["section beside", "a-long-term", [
    ROLE,
  ]]);
  const role = {
    arn: other,
    profile: undefined,
    externalId: undefined,
    sessionName: undefined,
    duration: undefined,
  };
  assert.deepEqual(arnsOf(placed({ credentials }, { role })), [other]);
  const config = `[profile a]\nrole_arn = ${other}\nsource_profile = a-long-term\n`;
  assert.deepEqual(arnsOf(placed({ credentials, config })), [other], "an import came before");
  const over = `[profile b]\nrole_arn = ${other}\nsource_profile = a\n`;
  assert.deepEqual(arnsOf(placed({ credentials, config: over }, { name: "b" })), [ROLE, other]);
  assert.deepEqual(arnsOf(placed({ credentials }, { name: "a-long-term" })), [], "the keys' own session");
  assert.deepEqual(arnsOf(placed({ credentials }, { sourceProfile: "a-long-term", name: "c" })), []);
  assert.equal(
    refused({ credentials: credentials.replace(ROLE, "admin") }).message,
    "assume_role of profile 'a-long-term': 'admin' isn't a role ARN",
  );
});

Deno.test("what stands in [DEFAULT] a section of the same file inherits, as for the AWS CLI", () => {
  const credentials = `[DEFAULT]\n${keys("AKIAD")}mfa_serial = GAHT1\n[a]\nregion = eu-west-1\n`;
  const inherited = placed({ credentials });
  assert.deepEqual([inherited.row, inherited.source.keys.accessKeyId, inherited.target], [
    "section beside",
    "AKIAD",
    "a",
  ]);
  assert.equal(serialSetting(inherited)?.value, "GAHT1");
  const own = placed({ credentials: `${credentials}${keys("AKIAA")}` });
  assert.deepEqual([own.row, own.source.keys.accessKeyId], ["in place", "AKIAA"]);
  const loggedIn = placed({ credentials: `${credentials}${sessionLines("ASIAA")}` });
  assert.equal(loggedIn.source.keys.accessKeyId, "AKIAD");
  assert.match(refused({ credentials, config: "[profile b]\n" }, { name: "b" }).message, /has no access key/);
  assert.match(refused({ credentials }, { name: "b" }).message, /^no profile 'b'/);
  const config = "[DEFAULT]\nregion = eu-west-3\n[profile a]\noutput = json\n[b]\noutput = json\n";
  const region = (name: string): string | undefined =>
    placed({ credentials: `[${name}]\n${keys("AKIAA")}`, config }, { name }).targetProfile?.get("region");
  assert.deepEqual(["a", "b", "c"].map(region), ["eu-west-3", undefined, undefined]);
});

Deno.test("links that lead back are a loop", () => {
  const link = (name: string, to: string): string =>
    `[profile ${name}]\ncredential_process = awsmfa credential-process -p ${to}\n`;
  for (
    const [config, way] of [
      [
        `[profile a]\nrole_arn = ${ROLE}\nsource_profile = b\n${link("b", "c")}${link("c", "b")}`,
        "'a' -> 'b' -> 'c' -> 'b'",
      ],
      [`[profile a]\nrole_arn = ${ROLE}\nsource_profile = b\n${link("b", "a")}`, "'a' -> 'b' -> 'a'"],
      [`[profile a]\nsource_profile = b\n${link("b", "b")}`, "'b' -> 'b'"],
      [`[profile a]\nsource_profile = b\n${link("b", "a")}`, "'a' -> 'b'"],
    ] as const
  ) {
    assert.equal(refused({ config }).message, `the source profiles form a loop: ${way}`);
  }
});

Deno.test("a session that comes by another way than an access key is told by that way", () => {
  const texts = { credentials: `[a]\n${sessionLines("ASIA1")}`, config: "[profile a]\nsso_session = x\n" };
  assert.match(refused(texts).message, /^profile 'a' gets its credentials through IAM Identity Center/);
});

Deno.test("a profile without 'profile ' before its name is no use to AWS's tools: the hint says so", () => {
  const { hint } = refused({ config: "[a]\nsso_start_url = https://x\n" });
  assert.equal(
    hint,
    "AWS's tools don't see [a] in CONFIG: write it as [profile a], then: aws sts get-caller-identity --profile a",
  );
  assert.match(
    refused({ config: "[profile a]\nsso_start_url = https://x\n" }).hint ?? "",
    /^use it without awsmfa: /,
  );
});
