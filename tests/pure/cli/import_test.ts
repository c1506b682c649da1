import assert from "node:assert/strict";
import { importAwsVault, importUnprefixed } from "../../../src/domain/imports/config_layouts.ts";
import {
  importKeySections,
  importLuhring,
  importQuotedSerials,
} from "../../../src/domain/imports/credentials_layouts.ts";
import { importCwells, isCwells } from "../../../src/domain/imports/cwells.ts";
import type { ForeignSetup } from "../../../src/domain/imports/foreign_setup.ts";
import { importWizardShack, isWizardShack } from "../../../src/domain/imports/wizard_shack.ts";
import type { YamlData, YamlMap } from "../../../src/domain/imports/yaml_data.ts";
import { findProfile } from "../../../src/domain/aws_files/profiles.ts";
import { FileError, hintIn } from "../../../src/errors.ts";
import { keyFiles, keys, sessionLines, type Texts } from "../aws_files/key_files.ts";

type Plain = string | Plain[] | { [key: string]: Plain };

function yaml(plain: Plain): YamlData {
  if (typeof plain === "string") return plain;
  return Array.isArray(plain) ? plain.map(yaml) : yamlMap(plain);
}

function yamlMap(plain: { [key: string]: Plain }): YamlMap {
  return new Map(Object.entries(plain).map(([key, value]) => [key, yaml(value)]));
}

function cwells(profiles: { [key: string]: Plain }, texts: Texts = {}): ForeignSetup {
  return importCwells(yamlMap(profiles), keyFiles(texts), "YAML");
}

function wizardShack(accounts: Plain, texts: Texts = {}): ForeignSetup {
  return importWizardShack(yamlMap({ accounts }), keyFiles(texts), "YAML");
}

/** One refusal, which shows nothing of a file that could be a secret. */
function assertRefused(action: () => unknown, message: string, hint: string): void {
  assert.throws(action, (error) => {
    assert.ok(error instanceof FileError, String(error));
    assert.deepEqual([error.message, error.hint], [message, hint]);
    assert.doesNotMatch(`${error.message}${error.hint}`, /SECRET|TOKEN|\n/);
    return true;
  });
}

/** What an import wrote, and that it writes nothing the second time. */
function assertImports(
  importFiles: (texts: Texts) => ForeignSetup | undefined,
  texts: Texts,
  expected: Texts & { readonly tool: string; readonly notes?: readonly string[] },
): void {
  const setup = importFiles(texts);
  assert.ok(setup !== undefined, "nothing was recognized");
  const { tool, files, notes } = setup;
  assert.equal(tool, expected.tool);
  assert.equal(files.config.text, expected.config ?? texts.config ?? "");
  assert.equal(files.credentials.text, expected.credentials ?? texts.credentials ?? "");
  assert.equal(files.backup.text, expected.backup ?? texts.backup ?? "");
  assert.deepEqual(said(notes), expected.notes ?? []);
  const after: Texts = { credentials: files.credentials.text, config: files.config.text };
  const again = importFiles({ ...after, backup: files.backup.text })?.files;
  if (again === undefined) return;
  assert.deepEqual([again.config.text, again.credentials.text], [after.config, after.credentials]);
}

const PHIL = { account: "111122223333", username: "phil@veridiandynamics.com" };
const PHILS_DEVICE = "arn:aws:iam::111122223333:mfa/phil@veridiandynamics.com";
const DEFAULT_KEYS = { credentials: `[default]\n${keys("AKIAD")}` };

const CWELLS: {
  readonly what: string;
  readonly profiles: { [key: string]: Plain };
  readonly texts: Texts;
  readonly config: string;
  readonly notes?: string[];
}[] = [
  {
    what: "the default profile with keys of its own",
    profiles: { default: PHIL },
    texts: DEFAULT_KEYS,
    config: `[default]\naws_mfa_device = ${PHILS_DEVICE}\n`,
  },
  {
    what: "expiry in seconds is duration_seconds",
    profiles: { default: { ...PHIL, expiry: "3600" } },
    texts: DEFAULT_KEYS,
    config: `[default]\naws_mfa_device = ${PHILS_DEVICE}\nduration_seconds = 3600\n`,
  },
  {
    what: "the README's default: the keys are those of aws_profile",
    profiles: { default: { ...PHIL, aws_profile: "production", expiry: "3600", shell: "bash" } },
    texts: { credentials: `[production]\n${keys("AKIAP")}` },
    config:
      `[default]\naws_mfa_device = ${PHILS_DEVICE}\nduration_seconds = 3600\nawsmfa_source = production\n`,
    notes: ["shell is not needed: awsmfa env finds the shell that it is run from"],
  },
  {
    what: "a profile with keys of its own uses them, as the program does, whatever aws_profile it inherits",
    profiles: { default: { ...PHIL, aws_profile: "production" }, staging: { account: "444455556666" } },
    texts: { credentials: `[production]\n${keys("AKIAP")}[staging]\n${keys("AKIAS")}` },
    config: `[default]\naws_mfa_device = ${PHILS_DEVICE}\nawsmfa_source = production\n` +
      "\n[profile staging]\naws_mfa_device = arn:aws:iam::444455556666:mfa/phil@veridiandynamics.com\n",
  },
  {
    what: "keys in [NAME-long-term] are keys of its own",
    profiles: { default: PHIL, work: {} },
    texts: { credentials: `[default]\n${keys("AKIAD")}[work-long-term]\n${keys("AKIAW")}` },
    config:
      `[default]\naws_mfa_device = ${PHILS_DEVICE}\n\n[profile work]\naws_mfa_device = ${PHILS_DEVICE}\n`,
  },
  {
    what: "keys that a login put aside are keys of its own",
    profiles: { default: PHIL },
    texts: { credentials: `[default]\n${sessionLines("ASIA1")}`, backup: DEFAULT_KEYS.credentials },
    config: `[default]\naws_mfa_device = ${PHILS_DEVICE}\n`,
  },
  {
    what: "everything is inherited from default but what a profile says itself",
    profiles: {
      default: { ...PHIL, expiry: "12h" },
      staging: { username: "sue", aws_profile: "stage" },
      empty: {},
    },
    texts: { credentials: `[default]\n${keys("AKIAD")}[stage]\n${keys("AKIAS")}` },
    config: `[default]\naws_mfa_device = ${PHILS_DEVICE}\nduration_seconds = 43200\n` +
      "\n[profile staging]\naws_mfa_device = arn:aws:iam::111122223333:mfa/sue\n" +
      "duration_seconds = 43200\nawsmfa_source = stage\n" +
      `\n[profile empty]\naws_mfa_device = ${PHILS_DEVICE}\nduration_seconds = 43200\nawsmfa_source = default\n`,
  },
  {
    what: "a chain: the nearest of those that it inherits from wins, and default is the last of it",
    profiles: {
      default: { ...PHIL, expiry: "900" },
      low: { inherits: "middle" },
      middle: { inherits: "high", username: "m" },
      high: { username: "h", account: "000000000012" },
    },
    texts: DEFAULT_KEYS,
    config: `[default]\naws_mfa_device = ${PHILS_DEVICE}\nduration_seconds = 900\n` +
      ["low", "middle", "high"].map((name) =>
        `\n[profile ${name}]\naws_mfa_device = arn:aws:iam::000000000012:mfa/${
          name === "high" ? "h" : "m"
        }\n` +
        "duration_seconds = 900\nawsmfa_source = default\n"
      ).join(""),
  },
  {
    what: "what is only inherited from may lack the account or the user, as the README's default",
    profiles: {
      default: { username: "phil@veridiandynamics.com", expiry: "28800" },
      production: { inherits: "default", account: "111122223333" },
      "production-us": { inherits: "production", aws_profile: "us" },
      staging: { inherits: "accounts", username: "sue" },
      accounts: { account: "222222222222", username: "" },
    },
    texts: { credentials: `[default]\n${keys("AKIAD")}[us]\n${keys("AKIAU")}` },
    config: `[profile production]\naws_mfa_device = ${PHILS_DEVICE}\nduration_seconds = 28800\n` +
      "awsmfa_source = default\n" +
      `\n[profile production-us]\naws_mfa_device = ${PHILS_DEVICE}\nduration_seconds = 28800\nawsmfa_source = us\n` +
      "\n[profile staging]\naws_mfa_device = arn:aws:iam::222222222222:mfa/sue\nduration_seconds = 28800\n" +
      "awsmfa_source = default\n",
  },
  {
    what: "without a default a profile inherits only from the one that it names",
    profiles: { a: { ...PHIL, aws_profile: "a" }, b: { inherits: "a", username: "b" } },
    texts: { credentials: `[a]\n${keys("AKIAA")}` },
    config: `[profile a]\naws_mfa_device = ${PHILS_DEVICE}\n` +
      "\n[profile b]\naws_mfa_device = arn:aws:iam::111122223333:mfa/b\nawsmfa_source = a\n",
  },
  {
    what: "an account that begins with 0 keeps it, also where it reads as an octal number",
    profiles: { default: { ...PHIL, account: "012345670123" } },
    texts: DEFAULT_KEYS,
    config: "[default]\naws_mfa_device = arn:aws:iam::012345670123:mfa/phil@veridiandynamics.com\n",
  },
  {
    what: "the device's partition is that of the keys' region, which a profile without one gets too",
    profiles: { default: { ...PHIL, aws_profile: "cn" }, gov: { aws_profile: "gov" } },
    texts: {
      credentials: `[cn]\n${keys("AKIAC")}[gov]\n${keys("AKIAG")}`,
      config: "[profile cn]\nregion = cn-north-1\n[profile gov]\nregion=us-gov-west-1\n",
    },
    config: "[profile cn]\nregion = cn-north-1\n" +
      "[profile gov]\nregion=us-gov-west-1\n" +
      "aws_mfa_device=arn:aws-us-gov:iam::111122223333:mfa/phil@veridiandynamics.com\n" +
      "\n[default]\naws_mfa_device = arn:aws-cn:iam::111122223333:mfa/phil@veridiandynamics.com\n" +
      "awsmfa_source = cn\nregion = cn-north-1\n",
  },
  {
    what: "a region of its own stays",
    profiles: { default: { ...PHIL, aws_profile: "production" } },
    texts: {
      credentials: `[production]\n${keys("AKIAP")}region = eu-west-1\n`,
      config: "[default]\nregion = eu-west-2\n",
    },
    config: `[default]\nregion = eu-west-2\naws_mfa_device = ${PHILS_DEVICE}\nawsmfa_source = production\n`,
  },
  {
    what: "comments, other keys and the places of those that are there stay",
    profiles: { default: { ...PHIL, expiry: "3600" } },
    texts: {
      ...DEFAULT_KEYS,
      config: "# mine\r\n[default]\r\n; device\r\nMFA_Serial=old # phone\r\noutput=json\r\n\r\n[profile x]",
    },
    config: `# mine\r\n[default]\r\n; device\r\nMFA_Serial=${PHILS_DEVICE} # phone\r\noutput=json\r\n` +
      "duration_seconds=3600\r\n\r\n[profile x]",
  },
  {
    what: "keys that are nowhere yet are said once",
    profiles: { default: { ...PHIL, aws_profile: "production" }, staging: {} },
    texts: {},
    config: `[default]\naws_mfa_device = ${PHILS_DEVICE}\nawsmfa_source = production\n` +
      `\n[profile staging]\naws_mfa_device = ${PHILS_DEVICE}\nawsmfa_source = production\n`,
    notes: ["profile 'production' has no access key yet: awsmfa setup -p production"],
  },
];
for (const { what, profiles, texts, config, notes = [] } of CWELLS) {
  Deno.test(`cwells/aws-mfa: ${what}`, () => {
    assertImports((files) => cwells(profiles, files), texts, { tool: "cwells/aws-mfa", config, notes });
  });
}

const ALL_KEYS = "its keys are account, username, aws_profile, expiry, shell, inherits";
const BAD_CWELLS: [what: string, profiles: { [key: string]: Plain }, message: string, hint: string][] = [
  [
    "an inherited name that is nowhere",
    { default: PHIL, staging: { inherits: "bsae" } },
    "YAML: profile 'staging' inherits 'bsae', which is not there",
    "correct inherits",
  ],
  [
    "two that inherit each other",
    { default: PHIL, a: { inherits: "b" }, b: { inherits: "a" } },
    "YAML: the profiles inherit each other: 'a' -> 'b' -> 'a'",
    "correct inherits",
  ],
  [
    "one that inherits itself",
    { default: PHIL, a: { inherits: "a" } },
    "YAML: the profiles inherit each other: 'a' -> 'a'",
    "correct inherits",
  ],
  [
    "a loop that begins above it",
    { default: PHIL, a: { inherits: "b" }, b: { inherits: "c" }, c: { inherits: "b" } },
    "YAML: the profiles inherit each other: 'a' -> 'b' -> 'c' -> 'b'",
    "correct inherits",
  ],
  [
    "an account of ten digits, as the README's",
    { default: { ...PHIL, account: "1234567890" } },
    "YAML: the account of profile 'default' is not an AWS account id: it has 10 digits, and AWS's have 12",
    "the console shows it",
  ],
  [
    "an account that is inherited and wrong",
    { default: PHIL, staging: { account: "1111222233334" } },
    "YAML: the account of profile 'staging' is not an AWS account id: it has 13 digits, and AWS's have 12",
    "the console shows it",
  ],
  [
    "an account in words",
    { default: { ...PHIL, account: "SECRET" } },
    "YAML: the account of profile 'default' is not an AWS account id: it isn't a number",
    "the console shows it",
  ],
  [
    "an account with dashes",
    { default: { ...PHIL, account: "1111-2222-3333" } },
    "YAML: the account of profile 'default' is not an AWS account id: it isn't a number",
    "the console shows it",
  ],
  [
    "no account",
    { default: { username: "phil" } },
    "YAML: profile 'default' has no account",
    "add account: VALUE",
  ],
  [
    "an empty account",
    { default: { ...PHIL, account: "" } },
    "YAML: profile 'default' has no account",
    "add account: VALUE",
  ],
  [
    "no username",
    { default: { account: "111122223333" } },
    "YAML: profile 'default' has no username",
    "add username: VALUE",
  ],
  [
    "a username with a blank",
    { default: { ...PHIL, username: "SECRET phil" } },
    "YAML: the username of profile 'default' is none that IAM has",
    "the IAM console shows it under Users",
  ],
  [
    "a username with a path",
    { default: { ...PHIL, username: "division/SECRET" } },
    "YAML: the username of profile 'default' is none that IAM has",
    "the IAM console shows it under Users",
  ],
  [
    "a username of 65 signs",
    { default: { ...PHIL, username: "p".repeat(65) } },
    "YAML: the username of profile 'default' is none that IAM has",
    "the IAM console shows it under Users",
  ],
  [
    "a username that is a list",
    { default: { ...PHIL, username: ["SECRET"] } },
    "YAML: username of profile 'default' isn't text",
    "write it as username: VALUE",
  ],
  [
    "a slip in a key",
    { default: { ...PHIL, acount: "SECRET" } },
    "YAML: profile 'default' has an unknown key 'acount'",
    "did you mean 'account'?",
  ],
  [
    "another slip in a key",
    { default: PHIL, staging: { AWS_Profil: "SECRET" } },
    "YAML: profile 'staging' has an unknown key 'AWS_Profil'",
    "did you mean 'aws_profile'?",
  ],
  [
    "a key that is near to none",
    { default: { ...PHIL, aws_secret_access_key: "SECRET" } },
    "YAML: profile 'default' has an unknown key 'aws_secret_access_key'",
    ALL_KEYS,
  ],
  [
    "a profile that is a text",
    { default: PHIL, staging: "SECRET" },
    "YAML: profile 'staging' isn't a mapping",
    ALL_KEYS,
  ],
  [
    "an expiry that is no duration",
    { default: { ...PHIL, expiry: "soon" } },
    "YAML: expiry of profile 'default': 'soon' isn't a duration",
    "seconds, or 90m, 12h, 1h30m",
  ],
  [
    "an expiry above 36 hours",
    { default: { ...PHIL, expiry: "129601" } },
    "YAML: expiry of profile 'default': '129601' is too long",
    "from 900 seconds (15m) to 129600 seconds (36h)",
  ],
  [
    "a name that no AWS file can have",
    { default: PHIL, "sta[ging": {} },
    'YAML: profile name "sta[ging" can\'t be written: it would be read as another one',
    "choose a name of letters, digits and - _ / . % @ : +",
  ],
];
for (const [what, profiles, message, hint] of BAD_CWELLS) {
  Deno.test(`cwells/aws-mfa is refused: ${what}`, () => {
    assertRefused(() => cwells(profiles, DEFAULT_KEYS), message, hint);
  });
}

const BOBS_DEVICE = "arn:aws:iam::111122223333:mfa/bob";
const BOB = { name: "bob", "mfa-arn": BOBS_DEVICE };
const JOANS_DEVICE = "arn:aws:iam::444455556666:mfa/joan";
const JOAN = { name: "joan", "mfa-arn": JOANS_DEVICE };

const WIZARD_SHACK: {
  readonly what: string;
  readonly accounts: Plain;
  readonly texts: Texts;
  readonly config: string;
  readonly notes?: string[];
}[] = [
  {
    what: "accounts by id and by alias, with ACCOUNT_USER as source and mfa-USER as target",
    accounts: [{ name: "111122223333", users: [BOB] }, { name: "accountAlias", users: [JOAN] }],
    texts: {
      credentials: `[111122223333_bob]\n${keys("AKIABOB")}[accountAlias_joan]\n${keys("AKIAJOAN")}`,
    },
    config: `[profile 111122223333_bob]\naws_mfa_device = ${BOBS_DEVICE}\n` +
      "\n[profile mfa-bob]\nawsmfa_source = 111122223333_bob\n" +
      `\n[profile accountAlias_joan]\naws_mfa_device = ${JOANS_DEVICE}\n` +
      "\n[profile mfa-joan]\nawsmfa_source = accountAlias_joan\n",
  },
  {
    what: "the region goes along, where the target has none",
    accounts: [{ name: "acme", users: [BOB, { ...JOAN, "mfa-arn": BOBS_DEVICE }] }],
    texts: {
      credentials: `[acme_bob]\n${keys("AKIABOB")}[acme_joan]\n${keys("AKIAJOAN")}`,
      config: "[profile acme_bob]\nregion = eu-west-1\n[profile acme_joan]\nregion = eu-west-1\n" +
        "[profile mfa-joan]\nregion = eu-west-2 # nearer\n",
    },
    config: `[profile acme_bob]\nregion = eu-west-1\naws_mfa_device = ${BOBS_DEVICE}\n` +
      `[profile acme_joan]\nregion = eu-west-1\naws_mfa_device = ${BOBS_DEVICE}\n` +
      "[profile mfa-joan]\nregion = eu-west-2 # nearer\nawsmfa_source = acme_joan\n" +
      "\n[profile mfa-bob]\nawsmfa_source = acme_bob\nregion = eu-west-1\n",
  },
  {
    what: "keys in a profile USER, as before the tool's latest version",
    accounts: [{ name: "111122223333", users: [BOB] }],
    texts: { credentials: `[bob]\n${keys("AKIABOB")}` },
    config: `[profile bob]\naws_mfa_device = ${BOBS_DEVICE}\n\n[profile mfa-bob]\nawsmfa_source = bob\n`,
  },
  {
    what: "two users of one name in two accounts have a target each",
    accounts: [
      { name: "111122223333", users: [BOB] },
      { name: "acme", users: [{ name: "bob", "mfa-arn": "arn:aws:iam::444455556666:mfa/bob" }] },
    ],
    texts: { credentials: `[111122223333_bob]\n${keys("AKIA1")}[acme_bob]\n${keys("AKIA2")}` },
    config: `[profile 111122223333_bob]\naws_mfa_device = ${BOBS_DEVICE}\n` +
      "\n[profile mfa-111122223333_bob]\nawsmfa_source = 111122223333_bob\n" +
      "\n[profile acme_bob]\naws_mfa_device = arn:aws:iam::444455556666:mfa/bob\n" +
      "\n[profile mfa-acme_bob]\nawsmfa_source = acme_bob\n",
  },
  {
    what: "an account that begins with 0, and a device with a path",
    accounts: [{
      name: "012345670123",
      users: [{ name: "bob", "mfa-arn": "arn:aws:iam::012345670123:mfa/team/phone" }],
    }],
    texts: { credentials: `[012345670123_bob]\n${keys("AKIABOB")}` },
    config: "[profile 012345670123_bob]\naws_mfa_device = arn:aws:iam::012345670123:mfa/team/phone\n" +
      "\n[profile mfa-bob]\nawsmfa_source = 012345670123_bob\n",
  },
  {
    what: "a device of the partition of its region",
    accounts: [{ name: "cn", users: [{ name: "bob", "mfa-arn": "arn:aws-cn:iam::111122223333:mfa/bob" }] }],
    texts: {
      credentials: `[cn_bob]\n${keys("AKIABOB")}`,
      config: "[profile cn_bob]\nregion = cn-northwest-1\n",
    },
    config:
      "[profile cn_bob]\nregion = cn-northwest-1\naws_mfa_device = arn:aws-cn:iam::111122223333:mfa/bob\n" +
      "\n[profile mfa-bob]\nawsmfa_source = cn_bob\nregion = cn-northwest-1\n",
  },
  {
    what: "a source that is not there yet is said",
    accounts: [{ name: "acme", users: [BOB] }],
    texts: {},
    config:
      `[profile acme_bob]\naws_mfa_device = ${BOBS_DEVICE}\n\n[profile mfa-bob]\nawsmfa_source = acme_bob\n`,
    notes: ["profile 'acme_bob' has no access key yet: awsmfa setup -p acme_bob"],
  },
];
for (const { what, accounts, texts, config, notes = [] } of WIZARD_SHACK) {
  Deno.test(`wizard-shack/aws-mfa: ${what}`, () => {
    const setup = wizardShack(accounts, texts);
    assert.equal(setup.tool, "wizard-shack/aws-mfa");
    assert.equal(setup.files.config.text, config);
    assert.equal(setup.files.credentials.text, texts.credentials ?? "");
    assert.deepEqual(said(setup.notes), notes);
    const again = wizardShack(accounts, { ...texts, config });
    assert.equal(again.files.config.text, config, "nothing to change the second time");
  });
}

Deno.test("wizard-shack/aws-mfa: keys that are still missing are said also the second time", () => {
  const accounts = [{ name: "acme", users: [BOB] }];
  const { files } = wizardShack(accounts);
  const { notes } = wizardShack(accounts, { config: files.config.text });
  assert.match(said(notes).join("\n"), /^profile 'acme_bob' [^\n]* yet: awsmfa setup -p acme_bob$/);
});

Deno.test("wizard-shack/aws-mfa: the region of the [mfa-USER] that the tool wrote without 'profile ' counts on", () => {
  const { files } = wizardShack([{ name: "acme", users: [BOB] }], {
    credentials: `[acme_bob]\n${keys("AKIABOB")}[mfa-bob]\n${sessionLines("ASIA1")}`,
    config: "[profile acme_bob]\nregion = us-west-2\n\n[mfa-bob]\nregion = us-west-2\n",
  });
  const target = findProfile(files, "mfa-bob");
  assert.deepEqual([target?.own("source_profile"), target?.own("region")], ["acme_bob", "us-west-2"]);
});

const BAD_WIZARD_SHACK: [what: string, accounts: Plain, message: string, hint: string][] = [
  [
    "an account of 11 digits",
    [{ name: "11112222333", users: [BOB] }],
    "YAML: the account of account '11112222333' is not an AWS account id: it has 11 digits, and AWS's have 12",
    "the console shows it",
  ],
  [
    "a device of another account",
    [{ name: "444455556666", users: [BOB] }],
    "YAML: mfa-arn of user 'bob' is of account 111122223333, and stands in account 444455556666",
    "correct the one that is wrong",
  ],
  [
    "the README's placeholder",
    [{ name: "acme", users: [{ name: "bob", "mfa-arn": "arn:aws:iam::{ACCOUNTID}:mfa/bob" }] }],
    "YAML: mfa-arn of user 'bob' is not the ARN of an MFA device",
    "for example arn:aws:iam::123456789012:mfa/bob",
  ],
  [
    "an ARN of a user",
    [{ name: "acme", users: [{ name: "bob", "mfa-arn": "arn:aws:iam::111122223333:user/SECRET" }] }],
    "YAML: mfa-arn of user 'bob' is not the ARN of an MFA device",
    "for example arn:aws:iam::123456789012:mfa/bob",
  ],
  [
    "no users",
    [{ name: "acme" }],
    "YAML: users of account 'acme' isn't a list",
    "begin each of its lines with a dash",
  ],
  [
    "users that are no list",
    [{ name: "acme", users: BOB }],
    "YAML: users of account 'acme' isn't a list",
    "begin each of its lines with a dash",
  ],
  ["no name of an account", [{ users: [BOB] }], "YAML: an account has no name", "add name: VALUE"],
  [
    "a user without a device",
    [{ name: "acme", users: [{ name: "bob" }] }],
    "YAML: user 'bob' has no mfa-arn",
    "add mfa-arn: VALUE",
  ],
  [
    "a slip in a key of a user",
    [{ name: "acme", users: [{ name: "bob", "mfa_arn": BOBS_DEVICE }] }],
    "YAML: a user of account 'acme' has an unknown key 'mfa_arn'",
    "did you mean 'mfa-arn'?",
  ],
  [
    "a slip in a key of an account",
    [{ name: "acme", user: [BOB] }],
    "YAML: an account has an unknown key 'user'",
    "did you mean 'users'?",
  ],
  ["an account that is a text", ["SECRET"], "YAML: an account isn't a mapping", "its keys are name, users"],
  [
    "accounts that are a text",
    "SECRET",
    "YAML: accounts of the file isn't a list",
    "begin each of its lines with a dash",
  ],
];
for (const [what, accounts, message, hint] of BAD_WIZARD_SHACK) {
  Deno.test(`wizard-shack/aws-mfa is refused: ${what}`, () => {
    assertRefused(() => wizardShack(accounts), message, hint);
  });
}

Deno.test("wizard-shack/aws-mfa is refused: a device of another partition than the region of its keys", () => {
  const texts = { credentials: `[acme_bob]\n${keys("AKIABOB")}region = us-gov-west-1\n` };
  assertRefused(
    () => wizardShack([{ name: "acme", users: [BOB] }], texts),
    "YAML: mfa-arn of user 'bob' is of partition aws, and region 'us-gov-west-1' of profile 'acme_bob' of aws-us-gov",
    "correct the one that is wrong",
  );
});

Deno.test("wizard-shack/aws-mfa is refused: one user with two devices, of which one would be lost", () => {
  const other = { name: "bob", "mfa-arn": "arn:aws:iam::111122223333:mfa/second" };
  assert.throws(() => wizardShack([{ name: "111122223333", users: [BOB, other] }]), FileError);
});

Deno.test("wizard-shack/aws-mfa is refused: a slip in the key of the accounts", () => {
  const data = yamlMap({ acounts: [{ name: "acme", users: [BOB] }] });
  assert.ok(isWizardShack(data));
  assertRefused(
    () => importWizardShack(data, keyFiles({}), "YAML"),
    "YAML: the file has an unknown key 'acounts'",
    "did you mean 'accounts'?",
  );
});

const KINDS: [what: string, data: Plain, wizardShack: boolean, cwells: boolean][] = [
  ["accounts in a list", { accounts: [] }, true, false],
  ["accounts that are missing", { accounts: "" }, true, false],
  ["profiles that are mappings", { default: { account: "111122223333" } }, false, true],
  ["nothing", "", false, false],
  ["a text", "SECRET", false, false],
  ["a list", [{ default: {} }], false, false],
  ["a mapping of texts", { account: "111122223333", username: "phil" }, false, false],
];
for (const [what, data, isShack, isWells] of KINDS) {
  Deno.test(`whose set-up a YAML file is, by its content: ${what}`, () => {
    assert.deepEqual([isWizardShack(yaml(data)), isCwells(yaml(data))], [isShack, isWells]);
  });
}

const REUSABIT = "reusabit/awsmfa or huvcodes/aws-cli-mfa";
const unprefixed = (texts: Texts): ForeignSetup | undefined => importUnprefixed(keyFiles(texts));

Deno.test("config sections without 'profile ' get it, and every other byte stays", () => {
  assertImports(unprefixed, {
    credentials: `[myaccountPermanent]\n${keys("AKIAR")}\n[myaccount]\n`,
    config: "# top\n[myaccountPermanent]   \noutput = json   \nmfa_serial = arn # phone\n\n" +
      "[ myaccount ]\t; sessions\r\nregion=us-west-2\n[default]\nregion = x\n[profile a]\nb =\n  c = d\n" +
      "[sso-session s]\n[services s]\n[profile myaccount2]",
  }, {
    tool: REUSABIT,
    config: "# top\n[profile myaccountPermanent]   \noutput = json   \nmfa_serial = arn # phone\n\n" +
      "[profile myaccount]\t; sessions\r\nregion=us-west-2\n[default]\nregion = x\n[profile a]\nb =\n  c = d\n" +
      "[sso-session s]\n[services s]\n[profile myaccount2]",
  });
});

Deno.test("a config section without 'profile ' is renamed behind a byte order mark and at the end of the file", () => {
  assertImports(unprefixed, { config: "\ufeff[a]\nregion = x\n[b]" }, {
    tool: REUSABIT,
    config: "\ufeff[profile a]\nregion = x\n[profile b]",
  });
});

Deno.test("a config section that is there with 'profile ' already leaves the other one as it is, and is named", () => {
  assertImports(unprefixed, { config: "[a]\nregion = x\n[profile a]\nregion = y\n[b]\n" }, {
    tool: REUSABIT,
    config: "[a]\nregion = x\n[profile a]\nregion = y\n[profile b]\n",
    notes: ["[a] is left unchanged, since there is a [profile a] already"],
  });
});

Deno.test("a config section that is defined twice without 'profile ' does not become two of one profile", () => {
  const { config } = unprefixed({ config: "[a]\nregion = x\n[a]\noutput = json\n" })?.files ?? keyFiles({});
  assert.ok(config.sections.filter(({ kind, name }) => kind === "profile" && name === "a").length < 2);
});

for (const section of ["plugins", "preview"]) {
  Deno.test(`[${section}] of the config file is the AWS CLI's own, and no profile`, () => {
    assert.equal(unprefixed({ config: `[${section}]\ncli_legacy_plugin_path = /x\n` }), undefined);
  });
}

Deno.test("config files in which every section has 'profile ' are nobody else's", () => {
  assert.equal(unprefixed({ config: "[default]\n[profile a]\n[sso-session b]\n" }), undefined);
  assert.equal(
    unprefixed({ config: "[DEFAULT]\nregion = x\n" }),
    undefined,
    "the AWS CLI lets all inherit it",
  );
  assert.equal(unprefixed({ config: "[DEFAULT]\n[a]\n" })?.files.config.text, "[DEFAULT]\n[profile a]\n");
  assert.equal(unprefixed({}), undefined);
});

const vault = (texts: Texts): ForeignSetup | undefined => importAwsVault(keyFiles(texts));
const ROLE = "arn:aws:iam::222222222222:role/Administrator";
const VAULT_CREDENTIALS = `[master]\n${keys("AKIAM")}`;
const VAULT_CONFIG = "[default]\nregion = us-west-1\n\n[profile master]\n\n" +
  "[profile parent]\nmfa_serial = arn:aws:iam::111111111111:mfa/user.name\nduration_seconds = 900\n\n" +
  `[profile account1]\nINCLUDE = parent\nsource_profile = master\nrole_arn = ${ROLE}\n# end`;

for (const include of ["include_profile", "parent_profile"]) {
  Deno.test(`aws-vault: what ${include} inherits is written out, and the default profile's region`, () => {
    const config = VAULT_CONFIG.replace("INCLUDE", include);
    const files = vault({ config, credentials: VAULT_CREDENTIALS })?.files;
    const written = "mfa_serial = arn:aws:iam::111111111111:mfa/user.name\nregion = us-west-1\n" +
      "duration_seconds = 900\n";
    assert.equal(files?.config.text, config.replace("# end", `${written}# end`));
    assert.equal(files.credentials.text, VAULT_CREDENTIALS);
    assert.equal(vault({ config: files.config.text })?.files.config.text, files.config.text);
  });
}

Deno.test("aws-vault: a profile that others include is no user, and one that they name as their source is", () => {
  const config = VAULT_CONFIG.replace("INCLUDE", "include_profile");
  assert.deepEqual(vault({ config, credentials: VAULT_CREDENTIALS })?.notes, []);
  assert.deepEqual(said(vault({ config })?.notes), [
    "the access key of 'master' is in aws-vault's own store: awsmfa setup -p master, with what " +
    "this shows: aws-vault export --no-session --format=ini master",
  ]);
});

Deno.test("aws-vault: a user's profile whose key is in its own store is named, and one whose key is here is not", () => {
  const config = "[profile home]\nmfa_serial = GAHT12345678\nmfa_process = pass otp home\n" +
    "[profile work]\nmfa_serial = GAHT12345679\n";
  assertImports(vault, { config, credentials: `[work]\n${keys("AKIAW")}` }, {
    tool: "aws-vault",
    notes: [
      "the access key of 'home' is in aws-vault's own store: awsmfa setup -p home, with what " +
      "this shows: aws-vault export --no-session --format=ini home",
    ],
  });
});

Deno.test("aws-vault: through several profiles, the nearest wins, and mfa_process is inherited too", () => {
  const config = "[default]\nmfa_process = pass otp aws\noutput = json\n" +
    "[profile base]\nmfa_serial = GAHT12345678\nregion = eu-west-1\n" +
    "[profile middle]\ninclude_profile = base\nregion = eu-west-2\n" +
    "[profile low]\ninclude_profile=middle\nparent_profile=nowhere\n";
  const credentials = ["base", "middle", "low"].map((name) => `[${name}]\n${keys("AKIA")}`).join("");
  assertImports(vault, { config, credentials }, {
    tool: "aws-vault",
    config: config.replace(
      "region = eu-west-2\n",
      "region = eu-west-2\naws_mfa_device = GAHT12345678\nmfa_process = pass otp aws\n",
    ) + "aws_mfa_device=GAHT12345678\nregion=eu-west-2\nmfa_process=pass otp aws\n",
  });
});

Deno.test("aws-vault: a profile that includes one which is nowhere, or itself, is read as far as it goes", () => {
  const config =
    "[profile a]\ninclude_profile = gone\n[profile b]\ninclude_profile = b\nregion = eu-west-1\n";
  assertImports(vault, { config }, { tool: "aws-vault" });
});

Deno.test("aws-vault: a source without a role is written under awsmfa's own key, and no profile becomes its own source", () => {
  const config = "[default]\nsource_profile = jon\n[profile jon]\ninclude_profile = default\n" +
    "[profile dev]\ninclude_profile = default\n";
  assertImports(vault, { config, credentials: `[jon]\n${keys("AKIAJ")}` }, {
    tool: "aws-vault",
    config: `${config}awsmfa_source = jon\n`,
  });
});

Deno.test("a source that stands there as source_profile, also as a login renamed it, is not written again", () => {
  for (const key of ["source_profile", "awsmfa_source_profile", "awsmfa_source"]) {
    const config =
      `[default]\nsource_profile = jon\n[profile dev]\n${key} = jon\ninclude_profile = default\n`;
    assertImports(vault, { config, credentials: `[jon]\n${keys("AKIAJ")}` }, { tool: "aws-vault" });
  }
});

Deno.test("aws-vault: a role that is inherited, and that a login set aside, is there already", () => {
  const config = `[profile base]\nrole_arn = ${ROLE}\nsource_profile = master\n` +
    `[profile a]\ninclude_profile = base\nawsmfa_role_arn = ${ROLE}\nawsmfa_source_profile = master\n`;
  const credentials = `${VAULT_CREDENTIALS}[a]\n${sessionLines("ASIA1")}`;
  assertImports(vault, { config, credentials }, { tool: "aws-vault" });
});

Deno.test("aws-vault: without include_profile and mfa_process the file is AWS's own", () => {
  assert.equal(vault({ config: "[profile a]\nmfa_serial = GAHT12345678\n" }), undefined);
  assert.equal(vault({}), undefined);
});

const keySections = (texts: Texts): ForeignSetup | undefined => importKeySections(keyFiles(texts));

const KEY_SECTIONS: { readonly what: string; readonly texts: Texts; readonly config: string }[] = [
  {
    what: "aws_mfa_device and the region go along",
    texts: {
      credentials: `[work-long-term]\n${keys("AKIAW")}aws_mfa_device = ${BOBS_DEVICE}\nregion = eu-west-1\n`,
    },
    config: `[profile work]\naws_mfa_device = ${BOBS_DEVICE}\nregion = eu-west-1\n`,
  },
  {
    what: "the default profile",
    texts: { credentials: `[default-long-term]\n${keys("AKIAD")}aws_mfa_device=${BOBS_DEVICE}\n` },
    config: `[default]\naws_mfa_device = ${BOBS_DEVICE}\n`,
  },
  {
    what: "assume_role is a role with these keys as its source",
    texts: { credentials: `[work-long-term]\n${keys("AKIAW")}assume_role =  ${ROLE}\n` },
    config: `[profile work]\nrole_arn = ${ROLE}\nsource_profile = work-long-term\n`,
  },
  {
    what: "what the profile says already stays",
    texts: {
      credentials:
        `[work-long-term]\n${
          keys("AKIAW")
        }aws_mfa_device = old\nregion = eu-west-1\nassume_role = ${ROLE}\n` +
        `[work]\n${sessionLines("ASIA1", "region = eu-west-2")}`,
      config: "# c\n[profile work]\nmfa_serial = GAHT12345678\nrole_arn = mine\nsource_profile = s\n",
    },
    config: "# c\n[profile work]\nmfa_serial = GAHT12345678\nrole_arn = mine\nsource_profile = s\n",
  },
  {
    what: "a role that a login set aside is there already",
    texts: {
      credentials: `[work-long-term]\n${keys("AKIAW")}assume_role = ${ROLE}\n[work]\n${
        sessionLines("ASIA1")
      }`,
      config: `[profile work]\nawsmfa_role_arn = ${ROLE}\nawsmfa_source_profile = work-long-term\n`,
    },
    config: `[profile work]\nawsmfa_role_arn = ${ROLE}\nawsmfa_source_profile = work-long-term\n`,
  },
  {
    what: "nothing but keys needs nothing",
    texts: { credentials: `[work-long-term]\n${keys("AKIAW")}` },
    config: "",
  },
];
for (const { what, texts, config } of KEY_SECTIONS) {
  Deno.test(`broamski/aws-mfa: ${what}`, () => {
    assertImports(keySections, texts, { tool: "broamski/aws-mfa", config });
  });
}

Deno.test("huvcodes/aws-cli-mfa: the settings of [NAME_permanent] are the profile's", () => {
  assertImports(keySections, {
    credentials: `[work_permanent]\n${keys("AKIAW")}mfa_serial = ${BOBS_DEVICE}\n\n[work]\n` +
      "aws_access_key_id = \naws_secret_access_key = \naws_session_token = \n",
    config: "[profile work]\nregion = eu-west-1\n",
  }, {
    tool: "huvcodes/aws-cli-mfa",
    config: `[profile work]\nregion = eu-west-1\naws_mfa_device = ${BOBS_DEVICE}\n`,
  });
});

Deno.test("a section that is called -long-term and holds no keys is no layout of another tool", () => {
  assert.equal(keySections({ credentials: "[work-long-term]\nregion = x\n" }), undefined);
  assert.equal(keySections({ credentials: `[-long-term]\n${keys("AKIAW")}` }), undefined);
  assert.equal(keySections({ credentials: `[work]\n${keys("AKIAW")}` }), undefined);
});

const quotedSerials = (texts: Texts): ForeignSetup | undefined => importQuotedSerials(keyFiles(texts));

Deno.test("huvcodes/aws-cli-mfa: mfa_serial loses its quotes in both files, and every other byte stays", () => {
  assertImports(quotedSerials, {
    credentials: `# c\n[default]\n${
      keys("AKIAD")
    }mfa_serial = "${BOBS_DEVICE}"  # phone\n\n[x]\nmfa_serial=a\n`,
    config:
      `[profile work]\r\nmfa_serial='${JOANS_DEVICE}'\r\noutput="json"\r\n[sso-session s]\r\nmfa_serial="a"`,
  }, {
    tool: "huvcodes/aws-cli-mfa",
    credentials: `# c\n[default]\n${
      keys("AKIAD")
    }mfa_serial = ${BOBS_DEVICE}  # phone\n\n[x]\nmfa_serial=a\n`,
    config:
      `[profile work]\r\nmfa_serial=${JOANS_DEVICE}\r\noutput="json"\r\n[sso-session s]\r\nmfa_serial="a"`,
  });
});

Deno.test("serial numbers without quotes, or with one quote, are left alone", () => {
  assert.equal(
    quotedSerials({ config: "[default]\nmfa_serial = a\n[profile b]\nmfa_serial = \"a'\n" }),
    undefined,
  );
});

const luhring = (texts: Texts): ForeignSetup => importLuhring(keyFiles(texts));
const LUHRING = `# mine\n\n[default]\n${keys("AKIAD")}region = eu-west-1\n\n[work]\n${keys("AKIAW")}# end`;

Deno.test("luhring/awsmfa: the whole file is back, and the backup is gone", () => {
  assertImports(luhring, { credentials: `[default]\n${sessionLines("ASIA1")}`, backup: LUHRING }, {
    tool: "luhring/awsmfa",
    credentials: LUHRING,
    backup: "",
  });
});

Deno.test("luhring/awsmfa: keys that a profile holds by now stay, and so do those of the backup", () => {
  const setup = luhring({ credentials: `[default]\n${keys("AKIANEW")}`, backup: LUHRING });
  const { credentials, backup } = setup.files;
  assert.equal(findProfile(setup.files, "default")?.own("aws_access_key_id"), "AKIANEW");
  assert.equal(findProfile(setup.files, "work")?.own("aws_access_key_id"), "AKIAW");
  assert.ok(backup.text.includes(keys("AKIAD")), "the keys in the backup are nowhere else");
  assert.ok(!backup.text.includes("AKIAW") && credentials.text.startsWith("# mine\n"));
  assert.deepEqual(setup.notes, ["profile 'default' has other keys now: they are left unchanged"]);
});

Deno.test("aws-vault: what an heir has already, in whichever file, is not written a second time", () => {
  const config = "[profile base]\nmfa_serial = GAHT12345678\nregion = eu-west-1\n" +
    "[profile low]\ninclude_profile = base\nmfa_serial = GAHT87654321\n";
  const credentials = `[base]\n${keys("AKIAB")}[low]\n${keys("AKIAL")}region = eu-west-2\n`;
  assert.equal(vault({ config, credentials })?.files.config.text, config);
});

/** As in a POSIX shell. */
function said(notes: ForeignSetup["notes"] = []): string[] {
  return notes.map((note) => hintIn(note, "posix"));
}
