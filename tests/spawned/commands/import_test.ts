import assert from "node:assert/strict";
import { valuesOf, withoutLoginLines } from "../../support/aws_file.ts";
import { assertFails } from "../../support/failure.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const FILE = ".aws/credentials";
const CONFIG = ".aws/config";
const BACKUP = ".aws/credentials_backup_by_awsmfa";
const CWELLS = ".aws/aws-mfa.yaml";
const WIZARD_SHACK = ".aws-mfa/config.yaml";

interface Expected {
  readonly tool: string;
  /** What the config file is after the import. */
  readonly config: string;
  /** The same of the credentials file, where it changes. */
  readonly credentials?: string;
  readonly notes?: string;
  /** The profile that is logged in afterwards. */
  readonly profile: string;
  readonly seconds?: number;
  /** True where the keys are in the section that gets the session. */
  readonly inPlace?: true;
  /** There is a session of the tool in the place. */
  readonly replacesSession?: true;
}

/** Imports a file, looks at every other one, logs in, and imports once more: before and after the login. */
async function assertImportsAndLogsIn(stage: Stage, file: string, expected: Expected): Promise<void> {
  const { home, sts, user } = stage;
  const path = home.file(file);
  const [before, credentials] = [stage.files(), home.read(FILE)];
  const dry = await stage.awsmfa(["import", path, "--dry-run"]);
  assert.deepEqual([dry.code, dry.stderr], [0, ""]);
  assert.ok(dry.stdout.startsWith(`${path} is the configuration of ${expected.tool}.\n`), dry.stdout);
  assert.deepEqual(stage.files(), before, "a dry run changes no file");

  const ran = await stage.awsmfa(["import", path, "--yes"]);
  assert.deepEqual([ran.code, ran.stderr], [0, dry.stdout], "it is shown before it is written");
  const notes = ran.stderr.match(/^note: .*\n/gm)?.join("") ?? "";
  assert.equal(notes, expected.notes ?? "");
  assert.equal(home.read(CONFIG), expected.config);
  assert.equal(home.read(FILE), expected.credentials ?? credentials);
  assert.equal(sts.requests.length, 0);
  await assertNothingToImport(stage, file);

  const login = await stage.login(["-p", expected.profile]);
  const putAside = `Your long-term keys are backed up in ${
    home.file(BACKUP)
  }; awsmfa --restore puts them back.\n`;
  const replaced = `warning: profile '${expected.profile}' had credentials that awsmfa didn't write\n` +
    `hint: they are in [${expected.profile}] of ${home.file(BACKUP)}\n`;
  // What keeps some reader from the session is set aside, or said.
  const said = login.stderr.replaceAll(
    /^(?:note: .NET looks at mfa_serial|\w+ of \S+ is renamed in) .*\n/gm,
    "",
  );
  assert.equal(said, expected.inPlace ? putAside : expected.replacesSession ? replaced : "");
  assert.match(login.stdout, new RegExp(`^Logged in to '${expected.profile}' until `));
  assert.deepEqual(
    sts.requests.map(({ action, params }) => [action, params.SerialNumber, params.DurationSeconds]),
    [["GetSessionToken", user.serial, String(expected.seconds ?? 43_200)]],
    "the device was in the other tool's files",
  );
  const [text, imported] = [home.read(FILE), expected.credentials ?? credentials];
  assert.match(valuesOf(text, expected.profile).aws_access_key_id ?? "", /^ASIA/);
  assert.ok(
    withoutLoginLines(text, expected.profile).replace("awsmfa_mfa_serial", "mfa_serial").startsWith(
      withoutLoginLines(imported, expected.profile),
    ),
    "every other byte",
  );
  await assertNothingToImport(stage, file);
}

async function assertNothingToImport(stage: Stage, file: string): Promise<void> {
  const [path, before] = [stage.home.file(file), stage.files()];
  const { code, stdout } = await stage.awsmfa(["import", path]);
  assert.deepEqual([code, stdout], [0, `Nothing to change: all of ${path} is there already.\n`]);
  assert.deepEqual(stage.files(), before, "the second import changes nothing");
}

// Its README, with an account of twelve digits.
const CWELLS_FILE = `---
default:
  account: 123456789012                # required
  username: phil@veridiandynamics.com  # required
  aws_profile: production              # optional [default]
  expiry: 3600                         # optional [86400]
  shell: bash                          # optional [auto-detect]

staging:
  account: 345678901234
  aws_profile: staging
`;
const PHIL = { deviceName: "phil@veridiandynamics.com" };

Deno.test("cwells/aws-mfa: its file is imported, and a login works", async () => {
  await using stage = await openStage({ user: PHIL });
  const { home, user } = stage;
  const others = "# mine\n[profile x]\nregion = us-west-2 # west\n";
  home.write(CWELLS, CWELLS_FILE);
  home.write(FILE, `# keys\n${section("production", user)}\n[last]\noutput = json\n`);
  home.write(CONFIG, others);
  const before = stage.files()[CWELLS];
  await assertImportsAndLogsIn(stage, CWELLS, {
    tool: "cwells/aws-mfa",
    notes: "note: profile 'staging' has no access key yet: awsmfa setup -p staging\n" +
      "note: shell is not needed: awsmfa env finds the shell that it is run from\n",
    config: `${others}\n[default]\naws_mfa_device = ${user.serial}\nduration_seconds = 3600\n` +
      "awsmfa_source = production\n\n[profile staging]\n" +
      "aws_mfa_device = arn:aws:iam::345678901234:mfa/phil@veridiandynamics.com\nduration_seconds = 3600\n",
    profile: "default",
    seconds: 3600,
  });
  assert.equal(stage.files()[CWELLS], before);
});

Deno.test("cwells/aws-mfa: an account that begins with 0, behind anchors and merges, is the one that AWS sees", async () => {
  await using stage = await openStage({ user: { ...PHIL, accountId: "012345670123" } });
  const { home, user } = stage;
  home.write(
    CWELLS,
    "user: &user\n  username: phil@veridiandynamics.com\n  account: &id 012345670123\n" +
      "default:\n  <<: *user\n  expiry: 2h\nwork: {<<: [*user, {expiry: 900}], account: *id}\n",
  );
  const serial = `aws_mfa_device = ${user.serial}\n`;
  await assertImportsAndLogsIn(stage, CWELLS, {
    tool: "cwells/aws-mfa",
    config: `[profile user]\n${serial}duration_seconds = 7200\nawsmfa_source = default\n` +
      `\n[default]\n${serial}duration_seconds = 7200\n` +
      `\n[profile work]\n${serial}duration_seconds = 900\nawsmfa_source = default\n`,
    profile: "work",
    seconds: 900,
  });
});

Deno.test("wizard-shack/aws-mfa: its file is imported, and a login works", async () => {
  await using stage = await openStage({ user: { deviceName: "bob" } });
  const { home, user } = stage;
  home.write(
    WIZARD_SHACK,
    "# `config.yaml` example\n---\naccounts:\n  - name: 123456789012\n    users :\n      - name: bob\n" +
      `        mfa-arn: ${user.serial}\n  - name: accountAlias\n    users :\n      - name: joan\n` +
      "        mfa-arn: arn:aws:iam::345678901234:mfa/joan\n",
  );
  home.write(FILE, `${section("123456789012_bob", user)}\n# hers\n${section("accountAlias_joan", user)}`);
  home.write(CONFIG, "[profile 123456789012_bob]\nregion=us-west-2\n\n# end");
  await assertImportsAndLogsIn(stage, WIZARD_SHACK, {
    tool: "wizard-shack/aws-mfa",
    config: `[profile 123456789012_bob]\nregion=us-west-2\naws_mfa_device=${user.serial}\n\n# end\n` +
      "\n[profile mfa-bob]\nawsmfa_source = 123456789012_bob\nregion = us-west-2\n" +
      "\n[profile accountAlias_joan]\naws_mfa_device = arn:aws:iam::345678901234:mfa/joan\n" +
      "\n[profile mfa-joan]\nawsmfa_source = accountAlias_joan\n",
    profile: "mfa-bob",
  });
  assert.equal(stage.sts.requests[0]?.region, "us-west-2");
});

Deno.test("broamski/aws-mfa: its credentials file is imported, and a login works", async () => {
  await using stage = await openStage({ user: { deviceName: "phone" } });
  const { home, user } = stage;
  home.write(
    FILE,
    `# long\n${
      section("development-long-term", user)
    }aws_mfa_device = ${user.serial}\nregion = eu-west-1\n\n` +
      `[development]\nassumed_role = False\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\n` +
      `aws_secret_access_key = ${"s".repeat(40)}\naws_security_token = ${"t".repeat(300)}\n` +
      "aws_session_token = old/token/of/broamski\nexpiration = 2026-01-02 03:04:05\n",
  );
  await assertImportsAndLogsIn(stage, FILE, {
    tool: "broamski/aws-mfa",
    config: `[profile development]\naws_mfa_device = ${user.serial}\nregion = eu-west-1\n`,
    profile: "development",
    replacesSession: true,
  });
});

Deno.test("broamski/aws-mfa: assume_role is imported, and a login gets the role's credentials", async () => {
  await using stage = await openStage({ user: { deviceName: "phone" } });
  const { home, sts, user } = stage;
  const role = sts.addRole({ name: "some-role", requireMfa: true });
  home.write(
    FILE,
    `${section("default-long-term", user)}aws_mfa_device = ${user.serial}\nassume_role =  ${role.arn}\n`,
  );
  const ran = await stage.awsmfa(["import", home.file(FILE), "--yes"]);
  assert.deepEqual([ran.code, ran.stdout], [0, `${home.file(CONFIG)} is changed.\n`], ran.stderr);
  const config = `[default]\nmfa_serial = ${user.serial}\nrole_arn = ${role.arn}\n` +
    "source_profile = default-long-term\n";
  assert.equal(home.read(CONFIG), config);
  await assertNothingToImport(stage, FILE);

  const { stdout } = await stage.login();
  assert.match(stdout, /^Logged in to 'default' as role some-role \(\d+\) until /);
  assert.equal(
    sts.requests.find(({ action }) => action === "GetSessionToken")?.params.SerialNumber,
    user.serial,
  );
  assert.match(valuesOf(home.read(FILE), "default").aws_access_key_id ?? "", /^ASIA/);
  await assertNothingToImport(stage, FILE);
  assert.equal((await stage.awsmfa(["logout"])).code, 0);
  assert.equal(home.read(CONFIG), config);
});

Deno.test("huvcodes/aws-cli-mfa: the files of its README are imported, and a login works", async () => {
  await using stage = await openStage({ user: { deviceName: "phone" } });
  const { home, user } = stage;
  const dev = (header: string): string =>
    `# Default pointing to Dev Account\n[default]\nregion = ap-southeast-2\noutput = json\n\n` +
    `# Dev account profile\n[${header}]\nregion = eu-west-2\noutput = json\nmfa_serial = ${user.serial}\n\n`;
  home.write(CONFIG, dev("dev"));
  home.write(
    FILE,
    `${section("dev_permanent", user)}\n[dev]\naws_access_key_id = \naws_secret_access_key = \n` +
      "aws_session_token = \n\n[acc_test]\naws_access_key_id = \n",
  );
  await assertImportsAndLogsIn(stage, CONFIG, {
    tool: "huvcodes/aws-cli-mfa",
    config: dev("profile dev"),
    profile: "dev",
  });
  assert.equal(stage.sts.requests[0]?.region, "eu-west-2");
});

Deno.test("huvcodes/aws-cli-mfa: a serial number in quotes is imported from its sample files, and a login works", async () => {
  await using stage = await openStage({ user: { deviceName: "phone" } });
  const { home, user } = stage;
  const sample = (quote: string): string =>
    `# Default Settings\n${section("default", user)}mfa_serial = ${quote}${user.serial}${quote}\n\n\n` +
    `# Your Org's Dev AWS Account\n${section("acc_dev", user)}mfa_serial = ${quote}${user.serial}${quote}\n`;
  home.write(FILE, sample('"'));
  home.write(CONFIG, "# Default Config\n[default]\nregion=ap-southeast-2\n\n\n[acc_dev]\nregion=eu-west-2\n");
  await assertImportsAndLogsIn(stage, FILE, {
    tool: "huvcodes/aws-cli-mfa",
    config: "# Default Config\n[default]\nregion=ap-southeast-2\n\n\n[profile acc_dev]\nregion=eu-west-2\n",
    credentials: sample(""),
    profile: "acc_dev",
    inPlace: true,
  });
});

Deno.test("reusabit/awsmfa: its config sections are renamed, and a login works without a warning", async () => {
  await using stage = await openStage({ user: { deviceName: "phone" } });
  const { home, user } = stage;
  const blanks = " ".repeat(12);
  const config = (prefix: string): string =>
    `[${prefix}myaccountPermanent]${blanks}\noutput = json${blanks}\nmfa_serial = ${user.serial}${blanks}\n` +
    `user_arn = ${user.arn}${blanks}\n${blanks}\n` +
    `[${prefix}myaccount]${blanks}\nregion = us-west-2${blanks}\nsource_profile = myaccountPermanent${blanks}\n# end`;
  home.write(CONFIG, config(""));
  home.write(FILE, `${section("myaccountPermanent", user)}${blanks}\n[myaccount]${blanks}\n`);
  await assertImportsAndLogsIn(stage, CONFIG, {
    tool: "reusabit/awsmfa or huvcodes/aws-cli-mfa",
    config: config("profile "),
    profile: "myaccount",
  });
  assert.equal(stage.sts.requests[0]?.region, "us-west-2");
});

Deno.test("luhring/awsmfa: its backup is imported, and a login works", async () => {
  await using stage = await openStage();
  const { home, sts, user } = stage;
  const original = `# mine\n\n${section("default", user)}region = eu-west-1\n\n${section("work", user)}# end`;
  home.write(BACKUP, original);
  home.write(
    FILE,
    "[default]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\n" +
      `aws_secret_access_key = ${"s".repeat(40)}\naws_session_token = ${"t".repeat(300)}\n`,
  );
  const ran = await stage.awsmfa(["import", home.file(BACKUP), "--yes"]);
  const stdout = `${home.file(FILE)} is changed.\n${home.file(BACKUP)} is deleted.\n`;
  assert.deepEqual([ran.code, ran.stdout], [0, stdout], ran.stderr);
  assert.equal(home.read(FILE), original);
  assert.deepEqual(Object.keys(stage.files()), [".aws", FILE]);
  await assertFails(stage, ["import", home.file(BACKUP)], {
    code: 5,
    says: `${home.file(BACKUP)} is not there`,
    hint: "awsmfa import FILE",
  });

  await stage.login();
  assert.equal(sts.requests.at(-1)?.params.SerialNumber, user.serial);
  assert.match(valuesOf(home.read(FILE), "default").aws_access_key_id ?? "", /^ASIA(?!IOSF)/);
  await assertFails(stage, ["import", home.file(BACKUP)], {
    code: 5,
    says: `${home.file(BACKUP)} is awsmfa's own backup`,
    hint: "awsmfa --restore puts the keys in it back",
  });
  await stage.restore();
  assert.equal(home.read(FILE), original);
});

for (const include of ["include_profile", "parent_profile"]) {
  Deno.test(`aws-vault: what ${include} inherits is imported, and a login gets the role's credentials`, async () => {
    await using stage = await openStage({ user: { deviceName: "phone" } });
    const { home, sts, user } = stage;
    const role = sts.addRole({ name: "Administrator", requireMfa: true });
    const config = (written: string): string =>
      `[default]\nregion = us-west-1\n\n[profile master]\n\n[profile parent]\nmfa_serial = ${user.serial}\n` +
      `duration_seconds = 900\n\n[profile account1]\n${include} = parent\nsource_profile = master\n` +
      `role_arn = ${role.arn}\n${written}# end`;
    home.write(FILE, section("master", user));
    home.write(CONFIG, config(""));
    const ran = await stage.awsmfa(["import", home.file(CONFIG), "--yes"]);
    assert.deepEqual([ran.code, ran.stdout], [0, `${home.file(CONFIG)} is changed.\n`]);
    const imported = config(`mfa_serial = ${user.serial}\nregion = us-west-1\nduration_seconds = 900\n`);
    assert.equal(home.read(CONFIG), imported);
    await assertNothingToImport(stage, CONFIG);

    const { stdout } = await stage.login(["-p", "account1"]);
    assert.match(stdout, /^Logged in to 'account1' as role Administrator \(\d+\) until /);
    const [session] = sts.requests;
    assert.deepEqual(
      [session?.action, session?.params.SerialNumber, session?.region],
      ["GetSessionToken", user.serial, "us-west-1"],
    );
    assert.equal(sts.requests.find(({ action }) => action === "AssumeRole")?.params.DurationSeconds, "900");
    assert.match(valuesOf(home.read(FILE), "account1").aws_access_key_id ?? "", /^ASIA/);
    await assertNothingToImport(stage, CONFIG);
    assert.equal((await stage.awsmfa(["logout", "-p", "account1"])).code, 0);
    assert.equal(home.read(CONFIG), imported);
  });
}

Deno.test("aws-vault: mfa_process is inherited, and a login asks it for the code", async () => {
  await using stage = await openStage({ user: { deviceName: "phone" } });
  const { home, sts, user } = stage;
  const config = (written: string): string =>
    `[profile base]\nmfa_serial = ${user.serial}\nmfa_process = echo ${sts.code(user.serial)}\n` +
    `[profile home]\ninclude_profile = base\n${written}`;
  home.write(FILE, section("home", user));
  home.write(CONFIG, config(""));
  const ran = await stage.awsmfa(["import", home.file(CONFIG), "--yes"]);
  assert.deepEqual([ran.code, ran.stdout], [0, `${home.file(CONFIG)} is changed.\n`]);
  await assertNothingToImport(stage, CONFIG);
  const login = await stage.awsmfa(["-p", "home"]);
  assert.equal(login.code, 0, login.stderr);
  assert.deepEqual(sts.requests.map(({ params }) => params.SerialNumber), [user.serial]);
  assert.match(valuesOf(home.read(FILE), "home").aws_access_key_id ?? "", /^ASIA/);
});

// What could be a secret in a file of the wrong kind, and must not be repeated.
const SECRET = "wJalrXUtnFEMI";
const NO_SET_UP = "no configuration that awsmfa knows";
const KNOWN = "it knows those of cwells/aws-mfa and wizard-shack/aws-mfa, and the AWS files of other tools";
const ALL_KEYS = "its keys are account, username, aws_profile, expiry, shell, inherits";
const ALICE = "account: 123456789012\n  username: alice\n";
const NOT_YAML = "it is not YAML";
const TOO_DEEP = "it is nested too deep";
const ANCHORS = "an anchor is missing, or used too often";
const MERGE = "what is merged isn't a mapping";

/** `says` comes after the file's path; without a hint it is to correct the line that `says` names. */
const BAD: [what: string, text: string, says: string, hint?: string][] = [
  ["nothing", "", NO_SET_UP, KNOWN],
  ["nothing but comments", `# ${SECRET}\n---\n`, NO_SET_UP, KNOWN],
  ["a text", `${SECRET} and more\n`, NO_SET_UP, KNOWN],
  ["a list", `- default: ${SECRET}\n`, NO_SET_UP, KNOWN],
  ["a mapping of texts", `account: ${SECRET}\n`, NO_SET_UP, KNOWN],
  [
    "a slip in a key",
    `default:\n  acount: ${SECRET}\n`,
    "profile 'default' has an unknown key 'acount'",
    "did you mean 'account'?",
  ],
  [
    "an unknown key",
    `default:\n  ${ALICE}  aws_secret_access_key: ${SECRET}\n`,
    "profile 'default' has an unknown key 'aws_secret_access_key'",
    ALL_KEYS,
  ],
  [
    "a profile without anything",
    `default:\n  ${ALICE}staging:\n`,
    "profile 'staging' isn't a mapping",
    ALL_KEYS,
  ],
  [
    "an account without its leading 0",
    "default:\n  account: 12345670123\n  username: alice\n",
    "the account of profile 'default' is not an AWS account id: it has 11 digits, and AWS's have 12",
    "the console shows it",
  ],
  [
    "an account in octal digits of YAML 1.2",
    "default:\n  account: 0o12345670123\n  username: alice\n",
    "the account of profile 'default' is not an AWS account id: it isn't a number",
    "the console shows it",
  ],
  [
    "an account that is a secret",
    `default:\n  account: ${SECRET}\n  username: alice\n`,
    "the account of profile 'default' is not an AWS account id: it isn't a number",
    "the console shows it",
  ],
  [
    "a username that is a secret",
    `default:\n  account: 123456789012\n  username: ${SECRET}/x\n`,
    "the username of profile 'default' is none that IAM has",
    "the IAM console shows it under Users",
  ],
  [
    "a device of another partition than its keys",
    `accounts:\n- name: acme\n  users:\n  - name: bob\n    mfa-arn: arn:aws-cn:iam::123456789012:mfa/${SECRET}\n`,
    "mfa-arn of user 'bob' is of partition aws-cn, and region 'eu-west-1' of profile 'acme_bob' of aws",
    "correct the one that is wrong",
  ],
  [
    "a device that is no ARN",
    `accounts:\n- name: acme\n  users:\n  - name: bob\n    mfa-arn: arn:aws:iam::123:mfa/${SECRET}\n`,
    "mfa-arn of user 'bob' is not the ARN of an MFA device",
    "for example arn:aws:iam::123456789012:mfa/bob",
  ],
  ["a key twice", `default:\n  ${ALICE}  account: ${SECRET}\n`, "line 4: a key is defined twice"],
  ["a profile twice", `default:\n  ${ALICE}default:\n  ${ALICE}`, "line 4: a key is defined twice"],
  ["a tab", `default:\n\taccount: ${SECRET}\n`, "line 2: a tab indents it, and YAML needs spaces"],
  ["an open quote", `default: "${SECRET}\n`, `line 2: ${NOT_YAML}`],
  ["a colon in a text", `default:\n  username: ${SECRET}: x\n`, `line 2: ${NOT_YAML}`],
  ["a wrong indent", `default:\n  account: 1\n username: ${SECRET}\n`, `line 3: ${NOT_YAML}`],
  ["two documents", `default:\n  ${ALICE}---\na: ${SECRET}\n`, "line 4: there is more than one document"],
  ["a list as a key", `? [${SECRET}]\n: x\n`, "a key isn't text", "its keys are names"],
  ["an alias to nowhere", `default: *${SECRET}\n`, ANCHORS, "correct the anchors of FILE"],
  ["an alias bomb", aliasBomb("[", "]"), ANCHORS, "correct the anchors of FILE"],
  ["an alias bomb of mappings", aliasBomb("{", "}"), ANCHORS, "correct the anchors of FILE"],
  ["a merge of itself", `default: &d\n  <<: *d\n  ${ALICE}`, ANCHORS, "correct the anchors of FILE"],
  ["an alias in itself", "default: &d\n  account: *d\n", ANCHORS, "correct the anchors of FILE"],
  ["an alias in its own list", "accounts: &d\n- *d\n", ANCHORS, "correct the anchors of FILE"],
  ["a merge of a text", `default:\n  <<: ${SECRET}\n  ${ALICE}`, MERGE, "correct the anchors of FILE"],
  [
    "a merge of a list of texts",
    `default:\n  <<: [${SECRET}]\n  ${ALICE}`,
    MERGE,
    "correct the anchors of FILE",
  ],
  ["1 MB", `a: ${"[".repeat(1 << 20)}`, " is too large: 1024 KB", "is it the right file?"],
  ["250 KB of lists", `a: ${"[".repeat(250_000)}`, `line 1: ${TOO_DEEP}`],
  ["250 KB of lists that end", `a: ${"[".repeat(125_000)}${"]".repeat(125_000)}`, `line 1: ${TOO_DEEP}`],
  ["250 KB of mappings", "{a: ".repeat(62_000), `line 1: ${TOO_DEEP}`],
  ["250 KB of dashes", `a:\n${"- ".repeat(125_000)}`, `line 2: ${TOO_DEEP}`],
  ["250 KB of question marks", "? ".repeat(125_000), `line 1: ${TOO_DEEP}`],
  [
    "250 KB of steps to the right",
    Array.from({ length: 700 }, (_, i) => `${" ".repeat(i)}a:\n`).join(""),
    "profile 'a' has an unknown key 'a'",
    "did you mean 'account'?",
  ],
];

/** Nine of nine of nine: few lines, and billions of values. */
function aliasBomb(open: string, close: string): string {
  const names = [..."abcdefghi"];
  return names.map((name, i) => {
    const each = i === 0 ? SECRET : `*${names[i - 1]}`;
    const values = Array.from({ length: 9 }, (_, k) => open === "[" ? each : `k${k}: ${each}`);
    return `${name}: &${name} ${open}${values.join(", ")}${close}\n`;
  }).join("");
}

// At once: within a minute of the processor's time, however busy the machine is.
Deno.test("YAML that is broken or of no tool is refused at once, by its line, and no value is repeated", async (t) => {
  await using stage = await openStage();
  const { home, user } = stage;
  home.write(FILE, `${section("default", user)}${section("acme_bob", user)}region = eu-west-1\n`);
  home.write(CONFIG, "# mine\n[default]\nregion = eu-west-1\n");
  for (const [what, text, says, hint] of BAD) {
    await t.step(what, async () => {
      home.write(CWELLS, text);
      const path = home.file(CWELLS);
      const [, line] = /^line (\d+):/.exec(says) ?? [];
      await assertFails(stage, ["import", path, "--yes"], {
        code: 5,
        says: `${path}${says.startsWith(" ") ? "" : ": "}${says}`,
        hint: hint?.replace("FILE", path) ?? `correct line ${line} of ${path}`,
      }, { through: ["sh", "-c", 'ulimit -t 60; exec "$@"', "sh"] });
    });
  }
});

Deno.test("names in YAML with control characters reach no terminal as they are", async (t) => {
  await using stage = await openStage();
  const names: [what: string, text: string][] = [
    ["an unknown key", 'default:\n  "\\e[31mkey": x\n'],
    ["a profile", '"a\\e[31mb":\n  x: y\n'],
    ["an inherited name", `default:\n  ${ALICE}a:\n  inherits: "\\e[31mb"\n`],
    ["a line break in a name", `default:\n  ${ALICE}a:\n  inherits: "b\\nhint: rm"\n`],
    ["an account's name", 'accounts:\n- name: "a\\nb"\n  users: x\n'],
    ["a user's name", 'accounts:\n- name: a\n  users:\n  - name: "b\\e[31m"\n    mfa-arn: x\n'],
  ];
  for (const [what, text] of names) {
    await t.step(what, async () => {
      stage.home.write(CWELLS, text);
      const { code, stdout, stderr } = await stage.awsmfa(["import", stage.home.file(CWELLS), "--yes"]);
      assert.deepEqual([code, stdout], [5, ""]);
      // deno-lint-ignore no-control-regex
      assert.match(stderr, /^awsmfa: [^\x00-\x1f]+\nhint: [^\x00-\x1f]+\n$/);
    });
  }
});

Deno.test("a chain of thousands of profiles is imported or refused, and never unexpected", async () => {
  await using stage = await openStage();
  const links = Array.from({ length: 5000 }, (_, i) => `p${i}:\n  inherits: p${i + 1}\n`).join("");
  stage.home.write(CWELLS, `default:\n  ${ALICE}${links}p5000: {}\n`);
  const { code, stderr } = await stage.awsmfa(["import", stage.home.file(CWELLS), "--dry-run"]);
  assert.ok(code === 0 || code === 5, stderr);
});

Deno.test("YAML in the ways that editors and other programs write it is read", async (t) => {
  const device = "arn:aws:iam::123456789012:mfa/alice";
  const ways: [what: string, text: string | Uint8Array][] = [
    ["with a byte order mark", `\ufeffdefault:\n  ${ALICE}`],
    ["with CRLF", `default:\n  ${ALICE}`.replaceAll("\n", "\r\n")],
    ["with quotes", `"default":\n  'account': "123456789012"\n  username: 'alice'\n`],
    ["as JSON", '{"default": {"account": "123456789012", "username": "alice"}}'],
    ["with tags", "default:\n  account: !!int 123456789012\n  username: !!str alice\n"],
    ["with a directive and an end", `%YAML 1.1\n---\ndefault:\n  ${ALICE}...\n`],
    ["with a folded text", "default:\n  account: >-\n    123456789012\n  username: alice\n"],
    ["with a bracket in its first comment", `# optional [default]\ndefault:\n  ${ALICE}`],
  ];
  for (const [what, text] of ways) {
    await t.step(what, async () => {
      await using stage = await openStage();
      stage.home.write(CWELLS, text);
      const ran = await stage.awsmfa(["import", stage.home.file(CWELLS), "--yes"]);
      assert.deepEqual([ran.code, ran.stdout], [0, `${stage.home.file(CONFIG)} is changed.\n`], ran.stderr);
      assert.equal(stage.home.read(CONFIG), `[default]\naws_mfa_device = ${device}\n`);
    });
  }
});

Deno.test("import keeps the modes of files and the symbolic link to one, and makes a config file for its owner only", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write(CWELLS, `default:\n  ${ALICE}`);
  assert.equal((await stage.awsmfa(["import", home.file(CWELLS), "--yes"])).code, 0);
  assert.match(stage.files()[CONFIG] ?? "", /^600 /);

  home.write("dotfiles/config", "[default]\nregion = x\n");
  Deno.removeSync(home.file(CONFIG));
  Deno.symlinkSync(home.file("dotfiles/config"), home.file(CONFIG));
  assert.equal((await stage.awsmfa(["import", home.file(CWELLS), "--yes"])).code, 0);
  assert.equal(stage.files()[CONFIG], `-> ${home.file("dotfiles/config")}`);
  assert.match(home.read(CONFIG), /^\[default\]\nregion = x\naws_mfa_device = /);
});

Deno.test("a folder is no file to import", async () => {
  await using stage = await openStage();
  const { code, stdout, stderr } = await stage.awsmfa(["import", stage.home.file(".aws"), "--yes"]);
  assert.deepEqual([code, stdout], [5, ""]);
  assert.match(stderr, /^awsmfa: [^\n]+\.aws[^\n]*\n(hint: [^\n]+\n)?$/);
});
