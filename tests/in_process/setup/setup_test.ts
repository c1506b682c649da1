import assert from "node:assert/strict";
import { StsRefusal } from "../../../src/domain/aws/sts_refusal.ts";
import { NetworkError } from "../../../src/errors.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, type Played, playIn } from "../play.ts";

const ID = "AKIAQYLPMN5HHHFPZAM2";
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKE";
const OTHER_ID = "AKIAZZZZZZZZZZZZZZZ2";
const OTHER_SECRET = "z/alrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKZ";
const IAM = "arn:aws:iam::111122223333:";
const PHONE = `${IAM}mfa/phone`;
const TOKEN = "GAHT09876543";
const PASSKEY = `${IAM}u2f/user/alice/yubikey-ABCDEF`;

const KEY_QUESTION = "Access key ID: ";
const SECRET_QUESTION = "Secret access key (not shown): ";
const DEVICE_QUESTION = `MFA device [${home.ALICES_DEVICE}]: `;
const FOUND_LATER = "MFA device [found at login]: ";
const ALICES = "These are the keys of 'alice', an IAM user of account 111122223333.\n";

function loginQuestion(profile: string): string {
  return `Code for a first login to '${profile}' (Enter: later): `;
}

/** What a conversation begins with. */
function opening(profile = "default"): string {
  return `Profile '${profile}': its access key and MFA device. Enter keeps what is in [ ].\n`;
}

const DAYS = `From now on:
  awsmfa            log in, for 12 hours
  awsmfa status     who is logged in, and for how long
  awsmfa --restore  put the long-term keys back
`;
const DAYS_OF_WORK = `From now on:
  awsmfa -p work            log in, for 12 hours
  awsmfa status             who is logged in, and for how long
  awsmfa --restore -p work  put the long-term keys back
`;

function keysOf(profile: string, id = ID, secret = SECRET): string {
  return `[${profile}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
}

function configOf(header: string, region: string, serial?: string): string {
  return `[${header}]\nregion = ${region}\n${serial === undefined ? "" : `aws_mfa_device = ${serial}\n`}`;
}

/** What the conversation of an empty home leaves where Enter takes what is proposed. */
const DONE = {
  [home.CREDENTIALS]: keysOf("default"),
  [home.CONFIG]: configOf("default", "us-east-1", home.ALICES_DEVICE),
};
const DONE_SENTENCE =
  `Profile 'default' is set up: key ${ID}, region us-east-1, device ${home.ALICES_DEVICE}.\n`;
const SAME_SENTENCE =
  `Profile 'default' is set up as it was: key ${ID}, region us-east-1, device ${home.ALICES_DEVICE}.\n`;

/** Runs `awsmfa setup`; neither secret of this file may be in the output, whatever becomes of it. */
async function setup(args: readonly string[], fake: home.FakeSetup): Promise<Played> {
  return withoutSecrets(await play(["setup", ...args], fake));
}

/** The same in a world where the program has run before. */
async function setupIn(fake: home.FakeWorld, args: readonly string[] = []): Promise<Played> {
  return withoutSecrets(await playIn(fake, ["setup", ...args]));
}

function withoutSecrets(played: Played): Played {
  for (const secret of [SECRET, OTHER_SECRET, "long/secret"]) {
    for (const text of [played.stdout, played.stderr, ...played.questions]) {
      assert.ok(!text.includes(secret), "a secret is in the output");
    }
  }
  return played;
}

/** A failure after questions were asked: what was said before it, the error, and no change. */
function assertStopped(
  { stdout, stderr, code, saves, files }: Played,
  expected: { code: number; stderr: string; files?: Record<string, string> },
): void {
  assert.deepEqual({ stdout, stderr, code }, { stdout: "", stderr: expected.stderr, code: expected.code });
  assert.deepEqual([saves, files], [[], expected.files ?? {}]);
}

/** Refuses the first `count` keys that AWS is asked about. */
function refusingKeys(count: number, code: string): Pick<home.FakeSetup, "callerArn"> {
  let left = count;
  return {
    callerArn: () => {
      if (left-- > 0) throw new StsRefusal(code, "no", 1, 0);
      return home.ALICE;
    },
  };
}

Deno.test("an empty home: five questions, both files, and the three commands of daily life", async () => {
  const played = await setup([], { answers: [ID, SECRET, "", "", ""] });
  assert.equal(played.stdout, DONE_SENTENCE);
  assert.equal(played.stderr, `${opening()}${ALICES}${DAYS}`);
  assert.equal(played.code, 0);
  assert.deepEqual(played.questions, [
    KEY_QUESTION,
    SECRET_QUESTION,
    "Region [us-east-1]: ",
    DEVICE_QUESTION,
    loginQuestion("default"),
  ]);
  assert.deepEqual(played.saves, [home.CREDENTIALS, home.CONFIG]);
  assert.deepEqual(played.files, DONE);
  assert.deepEqual(played.requests, []);
  const keys = { accessKeyId: ID, secretAccessKey: SECRET };
  assert.deepEqual(played.identityCalls.map((access) => [access.keys, access.region]), [[keys, "us-east-1"]]);
  assert.deepEqual(played.deviceLists.map((access) => [access.keys, access.region]), [[keys, "us-east-1"]]);
});

Deno.test("only what is secret is asked for without being shown", async () => {
  const fake = home.fakeWorld({ answers: [ID, SECRET, "", "", ""] });
  const hidden: string[] = [];
  const askHidden = (question: string): Promise<string | undefined> => {
    hidden.push(question);
    return fake.world.askHidden(question);
  };
  assert.equal((await setupIn({ ...fake, world: { ...fake.world, askHidden } })).code, 0);
  assert.deepEqual(hidden, [SECRET_QUESTION]);
});

Deno.test("a profile of another name, with answers of one's own: blanks around them are of a paste", async () => {
  const answers = [
    ` ${ID} `,
    `${SECRET.slice(0, 20)}\n ${SECRET.slice(20)}\r\n`,
    " eu-west-3 ",
    ` ${TOKEN}`,
    "",
  ];
  const played = await setup(["-p", "work"], { answers });
  assert.equal(
    played.stdout,
    `Profile 'work' is set up: key ${ID}, region eu-west-3, device ${TOKEN}.\n`,
  );
  assert.equal(played.stderr, `${opening("work")}${ALICES}${DAYS_OF_WORK}`);
  assert.equal(played.code, 0);
  assert.equal(played.questions.at(-1), loginQuestion("work"));
  assert.deepEqual(played.files, {
    [home.CREDENTIALS]: keysOf("work"),
    [home.CONFIG]: configOf("profile work", "eu-west-3", TOKEN),
  });
  assert.deepEqual(played.deviceLists[0]?.region, "eu-west-3");
});

const FIRST_REGIONS: [what: string, config: string, env: Record<string, string>, region: string][] = [
  ["the default profile's", configOf("default", "eu-west-3"), {}, "eu-west-3"],
  ["the variable's before it", configOf("default", "eu-west-3"), { AWS_REGION: "eu-north-1" }, "eu-north-1"],
  ["the usual one where the default profile's is none", configOf("default", "Frankfurt"), {}, "us-east-1"],
  [
    "the usual one where the default profile's is of another partition",
    configOf("default", "cn-north-1"),
    {},
    "us-east-1",
  ],
];
for (const [what, config, env, region] of FIRST_REGIONS) {
  Deno.test(`the region that is proposed for a new profile: ${what}`, async () => {
    const fake = { files: { [home.CONFIG]: config }, env, answers: [ID, SECRET, "", "", ""] };
    const { code, questions, files } = await setup(["-p", "work"], fake);
    assert.deepEqual([code, questions[2]], [0, `Region [${region}]: `]);
    assert.equal(files[home.CONFIG], `${config}\n${configOf("profile work", region, home.ALICES_DEVICE)}`);
  });
}

Deno.test("AWS_PROFILE names the profile, and a name that needs quotes gets them", async () => {
  const named = await setup([], { env: { AWS_PROFILE: "work" }, answers: [ID, SECRET, "", "", ""] });
  assert.deepEqual([named.code, named.files[home.CREDENTIALS]], [0, keysOf("work")]);
  const quoted = await setup(["-p", "team a"], { answers: [ID, SECRET, "", "", ""] });
  assert.deepEqual([quoted.code, quoted.files], [0, {
    [home.CREDENTIALS]: keysOf("team a"),
    [home.CONFIG]: configOf('profile "team a"', "us-east-1", home.ALICES_DEVICE),
  }]);
  assert.match(quoted.stderr, /\n {2}awsmfa -p 'team a' {12}log in, /);
});

Deno.test("the files go where the variables say", async () => {
  const env = { AWS_SHARED_CREDENTIALS_FILE: "/x/keys", AWS_CONFIG_FILE: "/y/settings" };
  const { code, files } = await setup([], { env, answers: [ID, SECRET, "", "", ""] });
  assert.equal(code, 0);
  assert.deepEqual(files, { "/x/keys": DONE[home.CREDENTIALS], "/y/settings": DONE[home.CONFIG] });
});

const NO_ID = "that is not an access key id (20 capital letters and digits, such as AKIAIOSFODNN7EXAMPLE).\n";
const NO_SECRET =
  "that is not a secret access key: it has 20 characters (40 letters, digits, + and /; AWS shows it once, when the key " +
  "is made).\n";
const NO_REGION = "region: 'Frankfurt' isn't a region (for example us-east-1 or eu-central-1).\n";
const NO_DEVICE =
  "MFA device: 'my phone' isn't an MFA device's serial number (for example arn:aws:iam::123456789012:mfa/alice, or " +
  "the number printed on a hardware token).\n";

Deno.test("each question is asked again after a wrong answer, with the reason, and what was answered before stays", async () => {
  const played = await setup([], {
    answers: ["", "my key", ID, ID, "", SECRET, "Frankfurt", "eu-west-3", "my phone", TOKEN, ""],
  });
  assert.equal(played.stdout, `Profile 'default' is set up: key ${ID}, region eu-west-3, device ${TOKEN}.\n`);
  assert.equal(
    played.stderr,
    `${opening()}${NO_ID}${NO_ID}${NO_SECRET}${
      NO_SECRET.replace("20", "0")
    }${ALICES}${NO_REGION}${NO_DEVICE}${DAYS}`,
  );
  assert.equal(played.code, 0);
  assert.deepEqual(played.files, {
    [home.CREDENTIALS]: keysOf("default"),
    [home.CONFIG]: configOf("default", "eu-west-3", TOKEN),
  });
});

const WRONG_THRICE: [what: string, right: string[], wrong: string, last: string, said: string][] = [
  ["key id", [], "key", "awsmfa: that is not an access key id\nhint: 20 capital ", `${NO_ID}${NO_ID}`],
  [
    "secret",
    [ID],
    ID,
    "awsmfa: that is not a secret access key: it has 20 characters\nhint: 40 letters, ",
    `${NO_SECRET}${NO_SECRET}`,
  ],
  [
    "region",
    [ID, SECRET],
    "Frankfurt",
    "awsmfa: region: 'Frankfurt' isn't a region\nhint: for example ",
    `${ALICES}${NO_REGION}${NO_REGION}`,
  ],
  [
    "MFA device",
    [ID, SECRET, ""],
    "my phone",
    "awsmfa: MFA device: 'my phone' isn't an MFA device's serial number\nhint: for example ",
    `${ALICES}${NO_DEVICE}${NO_DEVICE}`,
  ],
];
for (const [what, right, wrong, last, said] of WRONG_THRICE) {
  Deno.test(`a wrong ${what} three times ends it with 2, and nothing was written`, async () => {
    const { stdout, stderr, code, saves, files, questions } = await setup([], {
      answers: [...right, wrong, wrong, wrong, "never asked"],
    });
    assert.equal(stdout, "");
    assert.ok(stderr.startsWith(`${opening()}${said}${last}`), stderr);
    assert.equal(stderr.split("\n").length, `${opening()}${said}`.split("\n").length + 2);
    assert.equal(code, 2);
    assert.deepEqual([saves, files, questions.length], [[], {}, right.length + 3]);
  });
}

Deno.test("a secret that was pasted as the key id is asked for again, and never repeated", async () => {
  const { stderr, code } = await setup([], { answers: [SECRET, ID, SECRET, "", "", ""] });
  assert.deepEqual([code, stderr], [0, `${opening()}${NO_ID}${ALICES}${DAYS}`]);
});

const UNKNOWN = `AWS doesn't recognize the access key '${ID}' of profile 'default' (region us-east-1, AWS)`;
const MISMATCH = `the secret access key of profile 'default' does not belong to '${ID}'`;

for (
  const [code, says] of [["InvalidClientTokenId", UNKNOWN], ["SignatureDoesNotMatch", MISMATCH]] as const
) {
  Deno.test(`a key that AWS refuses (${code}) is asked for again, both halves of it`, async () => {
    const answers = [ID, SECRET, OTHER_ID, OTHER_SECRET, "", "", ""];
    const played = await setup([], { answers, ...refusingKeys(1, code) });
    assert.equal(played.code, 0);
    assert.ok(played.stderr.startsWith(`${opening()}${says}`), played.stderr);
    assert.ok(played.stderr.endsWith(`${ALICES}${DAYS}`), played.stderr);
    assert.deepEqual(played.questions.slice(0, 4), [
      KEY_QUESTION,
      SECRET_QUESTION,
      KEY_QUESTION,
      SECRET_QUESTION,
    ]);
    assert.equal(played.files[home.CREDENTIALS], keysOf("default", OTHER_ID, OTHER_SECRET));
  });

  Deno.test(`three keys that AWS refuses (${code}) end it with 3, and nothing was written`, async () => {
    const answers = [ID, SECRET, ID, SECRET, ID, SECRET, ID, SECRET];
    const played = await setup([], { answers, ...refusingKeys(9, code) });
    assert.deepEqual([played.stdout, played.code, played.saves, played.files], ["", 3, [], {}]);
    assert.match(played.stderr, /\nawsmfa: [^\n]+\nhint: [^\n]+\n$/);
    assert.deepEqual([played.questions.length, played.identityCalls.length], [6, 3]);
  });
}

Deno.test("keys that are there and refused are offered once, and then asked for anew", async () => {
  const answers = ["", OTHER_ID, OTHER_SECRET, "", "", ""];
  const played = await setup([], { files: DONE, answers, ...refusingKeys(1, "InvalidClientTokenId") });
  assert.equal(played.code, 0);
  assert.deepEqual(played.questions.slice(0, 3), [
    `Access key ID [${ID}]: `,
    KEY_QUESTION,
    SECRET_QUESTION,
  ]);
  assert.equal(played.files[home.CREDENTIALS], keysOf("default", OTHER_ID, OTHER_SECRET));
  assert.ok(played.files[home.BACKUP]?.includes(`aws_secret_access_key = ${SECRET}\n`));
});

Deno.test("the reason of a refusal says how to go on, also where the key is asked for again", async () => {
  const answers = [ID, SECRET, ID, SECRET, "", "", ""];
  const { stderr } = await setup([], { answers, ...refusingKeys(1, "InvalidClientTokenId") });
  assert.match(stderr, /--region cn-north-1/);
});

Deno.test("what is no matter of the keys is not asked for again", async () => {
  const cases: [failure: Error, code: number, stderr: RegExp][] = [
    [new NetworkError("AWS could not be reached", "later"), 6, /\nawsmfa: AWS could not be reached\n/],
    [new StsRefusal("Throttling", "no", 3, 0), 3, /\nawsmfa: AWS refused: too many requests, /],
    [new StsRefusal("RequestExpired", "no", 1, 1200), 3, /\nawsmfa: this machine's clock is 20m ahead /],
    [new StsRefusal("ServiceUnavailable", "no", 3, 0), 6, /\nawsmfa: AWS refused: ServiceUnavailable/],
  ];
  for (const [failure, code, stderr] of cases) {
    const callerArn = (): never => {
      throw failure;
    };
    const played = await setup([], { answers: [ID, SECRET, ID, SECRET, ID, SECRET], callerArn });
    assert.match(played.stderr, stderr);
    assert.deepEqual([played.code, played.stdout, played.saves, played.files], [code, "", [], {}]);
    assert.equal(played.questions.length, 2, failure.message);
  }
});

Deno.test("the key id of a session is refused, and asked for again", async () => {
  const { stderr, code } = await setup([], {
    answers: [home.sessionNumber(1).accessKeyId, ID, SECRET, "", "", ""],
  });
  assert.equal(code, 0);
  assert.equal(
    stderr,
    `${opening()}that access key id is one of a session (an IAM user's begins with AKIA: IAM console > Users > ` +
      `Security credentials).\n${ALICES}${DAYS}`,
  );
});

Deno.test("keys of a role are refused at once: nobody has a device for them", async () => {
  const arn = "arn:aws:sts::111122223333:assumed-role/admin/alice";
  const played = await setup([], { answers: [ID, SECRET, "", ""], callerArn: () => arn });
  assertStopped(played, {
    code: 4,
    stderr:
      `${opening()}awsmfa: these keys belong to an assumed role (${arn}), and only an IAM user has an MFA ` +
      "device\nhint: use the long-term access key of an IAM user\n",
  });
});

Deno.test("keys of the root user are told to be such, and have a device of their own", async () => {
  const device = `${IAM}mfa/root-account-mfa-device`;
  const played = await setup([], {
    answers: [ID, SECRET, "", "", ""],
    callerArn: () => `${IAM}root`,
    mfaDevices: () => [device],
  });
  assert.equal(
    played.stderr,
    `${opening()}These are the keys of the root user of account 111122223333.\n${DAYS}`,
  );
  assert.deepEqual([played.code, played.files[home.CONFIG]], [0, configOf("default", "us-east-1", device)]);
});

const REGIONS: [what: string, setup: home.FakeSetup, shown: string][] = [
  ["the variable's", { env: { AWS_REGION: "eu-west-3" } }, "eu-west-3"],
  ["the other variable's", { env: { AWS_DEFAULT_REGION: "eu-west-3" } }, "eu-west-3"],
  ["the profile's", { files: { [home.CONFIG]: configOf("default", "sa-east-1") } }, "sa-east-1"],
  [
    "the profile's, before the variable's",
    { files: { [home.CONFIG]: configOf("default", "sa-east-1") }, env: { AWS_REGION: "eu-west-3" } },
    "sa-east-1",
  ],
  [
    "the one of the included profile",
    { files: { [home.CONFIG]: `[default]\ninclude_profile = base\n[profile base]\nregion = sa-east-1\n` } },
    "sa-east-1",
  ],
  [
    "one of the keys' partition, where the variable's is of another",
    { env: { AWS_REGION: "us-east-1" }, callerArn: () => "arn:aws-cn:iam::111122223333:user/alice" },
    "cn-north-1",
  ],
  ["GovCloud's", { callerArn: () => "arn:aws-us-gov:iam::111122223333:user/alice" }, "us-gov-west-1"],
];
for (const [what, fake, shown] of REGIONS) {
  Deno.test(`the region that is proposed: ${what}`, async () => {
    const played = await setup([], { answers: [ID, SECRET, "", "", ""], ...fake });
    assert.equal(played.code, 0, played.stderr);
    assert.equal(played.questions[2], `Region [${shown}]: `);
    assert.match(played.stdout, new RegExp(`, region ${shown}, `));
    assert.match(played.files[home.CONFIG] ?? "", new RegExp(`^region = ${shown}$`, "m"));
  });
}

Deno.test("a region of another partition than the keys' is refused, in a question and as a flag", async () => {
  const callerArn = (): string => "arn:aws-cn:iam::111122223333:user/alice";
  const words = "region 'us-east-1' is one of partition aws, and the keys are of aws-cn";
  const owner = `${ALICES.slice(0, -2)} (partition aws-cn).\n`;
  const asked = await setup([], { answers: [ID, SECRET, "us-east-1", "cn-northwest-1", "", ""], callerArn });
  assert.equal(asked.stderr, `${opening()}${owner}${words} (for example cn-north-1).\n${DAYS}`);
  assert.deepEqual(asked.questions.slice(2, 4), ["Region [cn-north-1]: ", "Region [cn-north-1]: "]);
  assert.equal(asked.files[home.CONFIG], configOf("default", "cn-northwest-1", home.ALICES_DEVICE));

  const flag = await setup(["--region", "us-east-1", "--access-key-id", ID], { stdin: SECRET, callerArn });
  assertStopped(flag, { code: 2, stderr: `${owner}awsmfa: ${words}\nhint: for example cn-north-1\n` });
});

Deno.test("a region that no SDK knows is asked about, with the near one, and kept where it is typed once more", async () => {
  const meant = "Region 'us-esat-1' is unknown; did you mean us-east-1?\n";
  const again = "Region, or us-esat-1 once more to keep it [us-east-1]: ";
  for (
    const [answer, region] of [["", "us-east-1"], ["us-esat-1", "us-esat-1"], ["eu-west-3", "eu-west-3"]]
  ) {
    const asked = await setup([], { answers: [ID, SECRET, "us-esat-1", answer ?? "", "", ""] });
    assert.equal(asked.code, 0, asked.stderr);
    assert.ok(asked.stderr.includes(meant), asked.stderr);
    assert.equal(asked.questions[3], again);
    assert.equal(asked.files[home.CONFIG], configOf("default", region ?? "", home.ALICES_DEVICE));
  }
  const flag = await setup(["--region", "us-esat-1"], { answers: [ID, SECRET, "", "", ""] });
  assert.deepEqual([flag.questions[2], flag.files[home.CONFIG]], [
    again,
    configOf("default", "us-east-1", home.ALICES_DEVICE),
  ]);
});

Deno.test("without a terminal a slip in a region is refused, and one that is near to none is told", async () => {
  const slip = await setup(["--region", "us-esat-1", "--access-key-id", ID], { stdin: SECRET });
  assertStopped(slip, {
    code: 2,
    stderr: `${ALICES}awsmfa: region 'us-esat-1' is unknown; did you mean us-east-1?\n` +
      "hint: a new one is confirmed on a terminal, or put there with: aws configure set region us-esat-1\n",
  });
  const odd = await setup(["--region", "us-moonbase-9", "--access-key-id", ID], { stdin: SECRET });
  assert.equal(odd.code, 0, odd.stderr);
  assert.match(odd.stderr, /^warning: region 'us-moonbase-9' is unknown$/m);
});

Deno.test("a flag answers its question: region and device", async () => {
  const played = await setup(["--region", "eu-west-3", "--serial", TOKEN], { answers: [ID, SECRET, ""] });
  assert.deepEqual(played.questions, [KEY_QUESTION, SECRET_QUESTION, loginQuestion("default")]);
  assert.deepEqual([played.code, played.files[home.CONFIG]], [0, configOf("default", "eu-west-3", TOKEN)]);
  assert.deepEqual([played.identityCalls[0]?.region, played.deviceLists], ["eu-west-3", []]);
});

Deno.test("with the key id as a flag, a terminal asks for the secret alone, and again where AWS refuses it", async () => {
  const played = await setup(["--access-key-id", ID], {
    answers: [OTHER_SECRET, SECRET, "", "", ""],
    ...refusingKeys(1, "SignatureDoesNotMatch"),
  });
  assert.deepEqual(played.questions.slice(0, 3), [SECRET_QUESTION, SECRET_QUESTION, "Region [us-east-1]: "]);
  assert.deepEqual([played.code, played.files], [0, DONE]);
});

const MENU = `  1  phone  (${PHONE})\n  2  ${TOKEN}  (${TOKEN})\n`;
const NO_TOTP =
  "The user's MFA device 'yubikey-ABCDEF' is a passkey or security key, which STS takes no code of: add a virtual " +
  "device beside it.\n";
const NONE_AT_ALL =
  "The user has no MFA device: IAM console > Users > Security credentials > Assign MFA device.\n";

/** What IAM lists, the answers after the region, what is said, the questions, and the device that is written. */
const LISTED: [
  what: string,
  devices: () => readonly string[],
  answers: string[],
  said: string,
  questions: string[],
  serial: string | undefined,
][] = [
  ["one device", () => [PHONE], [""], "", [`MFA device [${PHONE}]: `], PHONE],
  ["one device, and another is typed", () => [PHONE], [TOKEN], "", [`MFA device [${PHONE}]: `], TOKEN],
  ["one device beside a passkey", () => [PASSKEY, TOKEN], [""], "", [`MFA device [${TOKEN}]: `], TOKEN],
  [
    "several devices: one is chosen by its number",
    () => [PHONE, PASSKEY, TOKEN],
    ["", "3", "phone", "2", ""],
    MENU + "A number from 1 to 2 is meant.\n".repeat(3),
    [...Array(4).fill("Which device? 1 to 2: "), `MFA device [${TOKEN}]: `],
    TOKEN,
  ],
  ["a passkey only", () => [PASSKEY], [""], NO_TOTP, [FOUND_LATER], undefined],
  ["none", () => [], [""], NONE_AT_ALL, [FOUND_LATER], undefined],
  ["none, and one is typed", () => [], [TOKEN], NONE_AT_ALL, [FOUND_LATER], TOKEN],
  ["nothing, since IAM may not be asked", home.refuseListing, [""], "", [FOUND_LATER], undefined],
  [
    "nothing, since IAM may not be asked, and one is typed",
    home.refuseListing,
    [PHONE],
    "",
    [FOUND_LATER],
    PHONE,
  ],
];
for (const [what, mfaDevices, answers, said, questions, serial] of LISTED) {
  Deno.test(`IAM lists ${what}`, async () => {
    const played = await setup([], { answers: [ID, SECRET, "", ...answers, ""], mfaDevices });
    assert.equal(
      played.stdout,
      `Profile 'default' is set up: key ${ID}, region us-east-1, ${
        serial === undefined ? "the device is found when you log in" : `device ${serial}`
      }.\n`,
    );
    assert.equal(played.stderr, `${opening()}${ALICES}${said}${DAYS}`);
    assert.equal(played.code, 0);
    assert.deepEqual(played.questions.slice(3, -1), questions);
    assert.equal(played.files[home.CONFIG], configOf("default", "us-east-1", serial));
  });
}

Deno.test("without a terminal, one device is taken, and of several none is: how to name it is said", async () => {
  const cases: [devices: () => readonly string[], said: string, serial: string | undefined][] = [
    [() => [PASSKEY, PHONE], "", PHONE],
    [() => [PHONE, TOKEN], "The user has 2 MFA devices: --serial names one.\n", undefined],
    [() => [PASSKEY], NO_TOTP, undefined],
    [() => [], NONE_AT_ALL, undefined],
    [home.refuseListing, "", undefined],
  ];
  for (const [mfaDevices, said, serial] of cases) {
    const played = await setup(["--access-key-id", ID], { stdin: SECRET, mfaDevices });
    assert.deepEqual([played.code, played.stderr], [0, `${ALICES}${said}${DAYS}`]);
    assert.equal(played.files[home.CONFIG], configOf("default", "us-east-1", serial));
  }
});

Deno.test("a device that the profile names is proposed, and IAM is not asked", async () => {
  for (
    const files of [
      { [home.CONFIG]: `[default]\nmfa_serial = ${TOKEN}\n` },
      { [home.CREDENTIALS]: `[default]\naws_mfa_device = ${TOKEN}\n` },
      { [home.CONFIG]: `[default]\ninclude_profile = base\n[profile base]\nmfa_serial = ${TOKEN}\n` },
    ]
  ) {
    const played = await setup([], { files, answers: [ID, SECRET, "", "", ""] });
    assert.deepEqual([played.code, played.deviceLists], [0, []]);
    assert.equal(played.questions[3], `MFA device [${TOKEN}]: `);
    assert.match(played.stdout, new RegExp(`, device ${TOKEN}\\.\n$`));
  }
});

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const OTHER_KINDS: [what: string, files: Record<string, string>, code: number, stderr: string][] = [
  [
    "assumes a role",
    {
      [home.CREDENTIALS]: `[base]\n${KEYS}`,
      [home.CONFIG]: "[profile work]\nrole_arn = R\nsource_profile = base\n",
    },
    2,
    "awsmfa: profile 'work' assumes a role with the keys of another profile\nhint: awsmfa setup -p base\n",
  ],
  [
    "assumes a role, which a login has set aside",
    { [home.CONFIG]: "[profile work]\nawsmfa_role_arn = R\nawsmfa_source_profile = base\n" },
    2,
    "awsmfa: profile 'work' assumes a role with the keys of another profile\nhint: awsmfa setup -p base\n",
  ],
  [
    "assumes a role of nobody",
    { [home.CONFIG]: "[profile work]\nrole_arn = R\n" },
    2,
    "awsmfa: profile 'work' assumes a role with the keys of another profile\nhint: awsmfa setup -p NAME\n",
  ],
  [
    "names a source profile",
    { [home.CREDENTIALS]: `[my keys]\n${KEYS}`, [home.CONFIG]: "[profile work]\nsource_profile = my keys\n" },
    2,
    "awsmfa: profile 'work' logs in with the keys of another profile\nhint: awsmfa setup -p 'my keys'\n",
  ],
  [
    "is one of IAM Identity Center",
    { [home.CONFIG]: "[profile work]\nsso_session = s\nsso_account_id = 1\n" },
    4,
    "awsmfa: profile 'work' gets its credentials through IAM Identity Center (sso_session), which awsmfa has no part " +
    "in\nhint: use it without awsmfa: aws sts get-caller-identity --profile work\n",
  ],
  [
    "gets its credentials from another program",
    { [home.CONFIG]: "[profile work]\ncredential_process = x\n" },
    4,
    "awsmfa: profile 'work' gets its credentials through another program (credential_process), which awsmfa has no " +
    "part in\nhint: use it without awsmfa: aws sts get-caller-identity --profile work\n",
  ],
  [
    "is defined twice in the credentials file",
    { [home.CREDENTIALS]: `[work]\n${KEYS}[work]\n` },
    5,
    `awsmfa: ${home.CREDENTIALS}: profile 'work' is defined twice, in lines 1 and 4\nhint: merge the two sections in ` +
    `${home.CREDENTIALS}: the AWS CLI can't read the file, either\n`,
  ],
  [
    "is defined twice in the config file",
    { [home.CONFIG]: "[profile work]\n[profile work]\n" },
    5,
    `awsmfa: ${home.CONFIG}: profile 'work' is defined twice, in lines 1 and 2\nhint: merge the two sections in ${home.CONFIG}: ` +
    "the AWS CLI can't read the file, either\n",
  ],
];
for (const [what, files, code, stderr] of OTHER_KINDS) {
  Deno.test(`a profile that ${what} is refused before anybody is asked`, async () => {
    const played = await setup(["-p", "work"], { files, answers: [ID, SECRET, "", "", ""] });
    assertStopped(played, { code, stderr: `${opening("work")}${stderr}`, files });
    assert.deepEqual([played.questions, played.identityCalls], [[], []]);
    assertFailed(await setup(["-p", "work", "--access-key-id", ID], { files, stdin: SECRET }), {
      code,
      stderr,
      files,
    });
  });
}

const BAD_FLAGS: [args: string[], stderr: string | RegExp][] = [
  [["-p", ""], "awsmfa: --profile: the name is empty\nhint: awsmfa -p NAME\n"],
  [["-p", "a]b"], /^awsmfa: profile name "a\]b" can't be written: /],
  [["--access-key-id", "AKIA"], /^awsmfa: that is not an access key id\nhint: 20 capital /],
  [["--access-key-id", SECRET], /^awsmfa: that is not an access key id\nhint: 20 capital /],
  [["--access-key-id", ""], /^awsmfa: that is not an access key id\nhint: 20 capital /],
  [
    ["--access-key-id", "ASIAZZZZZZZZZZZZZZZZ"],
    /^awsmfa: that access key id is one of a session\nhint: an IAM user's begins with AKIA/,
  ],
  [["--region", "Frankfurt"], /^awsmfa: --region: 'Frankfurt' isn't a region\n/],
  [["--region", ""], /^awsmfa: --region: '' isn't a region\n/],
  [["--serial", "my phone"], /^awsmfa: --serial: 'my phone' isn't an MFA device's serial number\n/],
  [["--code", "12345"], /^awsmfa: an MFA code has six digits, not 5\n/],
  [["--code", "-"], /^awsmfa: --code - can't be used with setup: stdin is for the secret\n/],
  [["--access-key", ID], /^awsmfa: unknown option '--access-key'/],
  [["--secret-access-key", "x"], /^awsmfa: unknown option '--secret-access-key'/],
  [["work"], /^awsmfa: too many arguments: 'setup' takes none\n/],
];
for (const [args, stderr] of BAD_FLAGS) {
  Deno.test(`setup ${args.join(" ")} is refused before anybody is asked, and before AWS is`, async () => {
    const at = { files: DONE, answers: [ID, SECRET, "", "", ""] };
    const played = await setup(args, at);
    assertFailed(played, { code: 2, stderr, files: DONE });
    assert.deepEqual([played.questions, played.identityCalls], [[], []]);
  });
}

Deno.test("running it again shows what is there, and Enter keeps all of it: no file is touched", async () => {
  const fake = home.fakeWorld({ answers: [ID, SECRET, "", "", "", "", "", "", "never asked"] });
  assert.equal((await setupIn(fake)).code, 0);
  fake.saves.length = 0;
  fake.questions.length = 0;
  const played = await setupIn(fake);
  assert.deepEqual([played.stdout, played.stderr, played.code], [
    SAME_SENTENCE,
    `${opening()}${ALICES}${DAYS}`,
    0,
  ]);
  assert.deepEqual(played.questions, [
    `Access key ID [${ID}]: `,
    "Region [us-east-1]: ",
    DEVICE_QUESTION,
  ]);
  assert.deepEqual([played.saves, played.files], [[], DONE]);
});

Deno.test("the same in a script: it is checked with AWS once more, and no file is touched", async () => {
  for (const [args, stdin] of [[[], undefined], [["--access-key-id", ID], SECRET]] as const) {
    const played = await setup(args, { files: DONE, ...(stdin === undefined ? {} : { stdin }) });
    assert.deepEqual([played.stdout, played.stderr, played.code], [SAME_SENTENCE, `${ALICES}${DAYS}`, 0]);
    assert.deepEqual([played.saves, played.files, played.identityCalls.length], [[], DONE, 1]);
  }
});

const MESSY =
  `; mine\r\n[other]\r\nregion = x\r\n\r\n[default]\r\nREGION=us-east-1\r\n# phone\r\nmfa_serial=${home.ALICES_DEVICE}`;

/** The answers to region and device, and what becomes of the config file. */
const ONLY_ANSWERED: [what: string, answers: [string, string], after: (config: string) => string][] = [
  ["the region", ["eu-west-3", ""], (config) => config.replace("us-east-1", "eu-west-3")],
  ["the device", ["", TOKEN], (config) => config.replace(home.ALICES_DEVICE, TOKEN)],
  [
    "both",
    ["eu-west-3", TOKEN],
    (config) => config.replace("us-east-1", "eu-west-3").replace(home.ALICES_DEVICE, TOKEN),
  ],
];
for (const [what, answers, after] of ONLY_ANSWERED) {
  Deno.test(`only what is answered changes: ${what}, in its line`, async () => {
    for (const config of [DONE[home.CONFIG] ?? "", MESSY]) {
      const files = { ...DONE, [home.CONFIG]: config };
      const played = await setup([], { files, answers: ["", ...answers, ""] });
      assert.equal(played.code, 0);
      assert.deepEqual([played.saves, played.files], [[home.CONFIG], {
        ...files,
        [home.CONFIG]: after(config),
      }]);
    }
  });
}

Deno.test("the same with a flag, in a script", async () => {
  const played = await setup(["--region", "eu-west-3"], { files: DONE });
  assert.equal(played.code, 0);
  const config = configOf("default", "eu-west-3", home.ALICES_DEVICE);
  assert.deepEqual([played.saves, played.files], [[home.CONFIG], { ...DONE, [home.CONFIG]: config }]);
});

Deno.test("an answer counts also where the credentials file has a value of its own: the next run shows it", async () => {
  const files = {
    [home.CREDENTIALS]: `${keysOf("default")}region = us-east-1\nmfa_serial = ${home.ALICES_DEVICE}\n`,
  };
  const fake = home.fakeWorld({ files, answers: ["", "eu-west-3", TOKEN, "", "", "", ""] });
  assert.equal((await setupIn(fake)).code, 0);
  fake.questions.length = 0;
  await setupIn(fake);
  assert.deepEqual(fake.questions, [
    `Access key ID [${ID}]: `,
    "Region [eu-west-3]: ",
    `MFA device [${TOKEN}]: `,
  ]);
});

Deno.test("what a config section without 'profile ' says is not lost: the next run shows it", async () => {
  const files = {
    [home.CREDENTIALS]: keysOf("work"),
    [home.CONFIG]: "[work]\nregion = eu-west-3\noutput = json\n",
  };
  const fake = home.fakeWorld({ files, answers: ["", "", "", "", "", "", ""] });
  const played = await setupIn(fake, ["-p", "work"]);
  assert.deepEqual([played.code, played.questions[1]], [0, "Region [eu-west-3]: "]);
  fake.questions.length = 0;
  await setupIn(fake, ["-p", "work"]);
  assert.equal(fake.questions[1], "Region [eu-west-3]: ");
});

Deno.test("a login that is in place stays, where its keys are kept", async () => {
  const fake = home.fakeWorld({ files: DONE });
  assert.equal((await playIn(fake, ["123456"])).code, 0);
  const before = Object.fromEntries(fake.files);
  fake.saves.length = 0;
  const again = await setupIn(fake);
  assert.deepEqual([again.stdout, again.code, again.saves], [SAME_SENTENCE, 0, []]);
  assert.deepEqual(again.files, before);
  assert.deepEqual(again.identityCalls.at(-1)?.keys, { accessKeyId: ID, secretAccessKey: SECRET });
});

/** In the backup, for a key that another one replaced. */
function replaced(id: string, secret: string): string {
  return `[default@${id}]\n# awsmfa: replaced by a later key of profile 'default'\n` +
    `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
}

Deno.test("new keys take the place of the old ones, which are kept in the backup and not put back", async () => {
  const fake = home.fakeWorld({ files: DONE, answers: [OTHER_ID, OTHER_SECRET, "", "", ""] });
  const played = await setupIn(fake);
  assert.equal(played.code, 0);
  assert.equal(played.stdout, DONE_SENTENCE.replace(ID, OTHER_ID));
  assert.deepEqual(played.saves, [home.BACKUP, home.CREDENTIALS]);
  assert.equal(played.files[home.CREDENTIALS], keysOf("default", OTHER_ID, OTHER_SECRET));
  assert.ok(played.files[home.BACKUP]?.endsWith(`\n${replaced(ID, SECRET)}`));
  const { [home.BACKUP]: kept, ...after } = played.files;

  const login = await playIn(fake, ["123456"]);
  assert.equal(login.code, 0);
  const restore = await playIn(fake, ["--restore"]);
  assert.equal(restore.code, 0);
  assert.deepEqual(home.withoutCached(restore.files), { ...after, [home.BACKUP]: kept });
});

Deno.test("new keys while a login is in place: its session goes, and no key is lost", async () => {
  const fake = home.fakeWorld({ files: DONE, answers: [OTHER_ID, OTHER_SECRET, "", "", ""] });
  await playIn(fake, ["123456"]);
  const played = await setupIn(fake);
  assert.equal(played.code, 0);
  assert.equal(played.files[home.CREDENTIALS], keysOf("default", OTHER_ID, OTHER_SECRET));
  assert.ok(played.files[home.BACKUP]?.endsWith(`\n${replaced(ID, SECRET)}`));
});

Deno.test("keys over a session that came from elsewhere, which is kept in the backup", async () => {
  const session =
    "[default]\naws_access_key_id = ASIAX\naws_secret_access_key = s3cret\naws_session_token = t0ken\n";
  const files = { [home.CREDENTIALS]: `# mine\n${session}[other]\n` };
  const played = await setup([], { files, answers: [ID, SECRET, "", "", ""] });
  assert.deepEqual([played.code, played.questions[0]], [0, KEY_QUESTION]);
  const { [home.BACKUP]: backup = "", ...files2 } = played.files;
  assert.deepEqual(files2, { ...DONE, [home.CREDENTIALS]: `# mine\n${keysOf("default")}[other]\n` });
  assert.match(backup, /\[default@ASIAX\]\n[^[]*s3cret\n/);
});

Deno.test("half a key is not offered, and made whole", async () => {
  const files = { [home.CREDENTIALS]: `[default]\naws_access_key_id = AKIAHALF\nregion = us-east-1\n` };
  const played = await setup([], { files, answers: [ID, SECRET, "", "", ""] });
  assert.deepEqual([played.code, played.questions[0]], [0, KEY_QUESTION]);
  assert.equal(
    played.files[home.CREDENTIALS],
    `[default]\naws_access_key_id = ${ID}\nregion = us-east-1\naws_secret_access_key = ${SECRET}\n`,
  );
});

for (const section of ["work-long-term", "work_permanent"]) {
  Deno.test(`keys in [${section}] are those of profile 'work', and new ones go there`, async () => {
    const files = { [home.CREDENTIALS]: keysOf(section) };
    const same = await setup(["-p", "work"], { files, answers: ["", "", "", ""] });
    assert.deepEqual([same.code, same.saves], [0, [home.CONFIG]]);
    assert.equal(same.questions[0], `Access key ID [${ID}]: `);

    const other = await setup(["-p", "work"], { files, answers: [OTHER_ID, OTHER_SECRET, "", "", ""] });
    assert.equal(other.code, 0);
    assert.equal(other.files[home.CREDENTIALS], keysOf(section, OTHER_ID, OTHER_SECRET));
    assert.ok(other.files[home.BACKUP]?.includes(`[${section}@${ID}]\n`));
    assert.ok(other.files[home.BACKUP]?.includes(SECRET));
  });

  Deno.test(`half a key in [${section}] does not stand in the way of a login afterwards`, async () => {
    const files = { [home.CREDENTIALS]: `[${section}]\naws_access_key_id = AKIAHALF\n` };
    const fake = home.fakeWorld({ files, answers: [ID, SECRET, "", "", "123456"] });
    const played = await setupIn(fake, ["-p", "work"]);
    assert.equal(played.code, 0, played.stderr);
    assert.equal(played.requests[0]?.access.keys.accessKeyId, ID);
  });

  Deno.test(`new keys in [${section}] undo the login of the old ones, too`, async () => {
    const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: keysOf(section) } });
    assert.equal((await playIn(fake, ["-p", "work", "654321"])).code, 0);
    const stdin = { ...fake.world, readLine: () => Promise.resolve(OTHER_SECRET) };
    assert.equal(
      (await setupIn({ ...fake, world: stdin }, ["-p", "work", "--access-key-id", OTHER_ID])).code,
      0,
    );
    const login = await playIn(fake, ["-p", "work"]);
    assert.equal(login.code, 2, "a code is asked for: the session of the old keys is not taken for one");
  });
}

Deno.test("a section beside that has no keys does not keep those of the profile from being replaced", async () => {
  const beside = `[work-long-term]\naws_mfa_device = ${home.ALICES_DEVICE}\n`;
  const half = "[work-long-term]\naws_access_key_id = AKIAHALF\n";
  for (const section of [beside, half]) {
    const files = { [home.CREDENTIALS]: `${section}${keysOf("work")}` };
    const fake = home.fakeWorld({ files, answers: [OTHER_ID, OTHER_SECRET, "", "", "123456"] });
    const played = await setupIn(fake, ["-p", "work"]);
    assert.equal(played.code, 0, played.stderr);
    assert.equal(played.requests[0]?.access.keys.accessKeyId, OTHER_ID);
    assert.ok(Object.values(played.files).join("").includes(SECRET), "the old secret is not lost");
  }
});

Deno.test("keys in the config file are offered, and new ones go into the credentials file, which wins", async () => {
  const files = {
    [home.CONFIG]: `${configOf("default", "us-east-1", home.ALICES_DEVICE)}${keysOf("x").slice(4)}`,
  };
  const same = await setup([], { files, answers: ["", "", ""] });
  assert.deepEqual([same.code, same.saves, same.questions[0]], [0, [], `Access key ID [${ID}]: `]);
  const fake = home.fakeWorld({ files, answers: [OTHER_ID, OTHER_SECRET, "", "", "123456"] });
  const other = await setupIn(fake);
  assert.equal(other.code, 0);
  assert.equal(other.requests[0]?.access.keys.accessKeyId, OTHER_ID);
});

Deno.test("what another program writes meanwhile stays", async () => {
  const played = await setup(["--access-key-id", ID], {
    stdin: SECRET,
    meanwhile: (files) => {
      files.set(home.CREDENTIALS, `[other]\n${KEYS}`);
      files.set(home.CONFIG, "[profile other]\nregion = x\n");
    },
  });
  assert.equal(played.code, 0);
  assert.deepEqual(played.files, {
    [home.CREDENTIALS]: `[other]\n${KEYS}\n${keysOf("default")}`,
    [home.CONFIG]: `[profile other]\nregion = x\n\n${DONE[home.CONFIG]}`,
  });
});

Deno.test("the first login: the code is asked for until it has six digits, and Enter skips it", async () => {
  const again = "Enter six digits, or press Enter to skip: ";
  const played = await setup([], { answers: [ID, SECRET, "", "", "12345", "later", "123 456"] });
  assert.equal(
    played.stdout,
    `${DONE_SENTENCE}Logged in to 'default' until 2026-11-20 21:00 (12h).\n`,
  );
  assert.equal(
    played.stderr,
    `${opening()}${ALICES}Your long-term keys are backed up in ${home.BACKUP}; awsmfa --restore puts them back.\n${DAYS}`,
  );
  assert.equal(played.code, 0);
  assert.deepEqual(played.questions.slice(4), [loginQuestion("default"), again, again]);
  assert.deepEqual(played.requests.map(({ request }) => [request.serial, request.code]), [
    [home.ALICES_DEVICE, "123456"],
  ]);
  const kept = `${home.CACHE_FOLDER}/${ID}.json`;
  assert.deepEqual(played.saves, [
    home.CREDENTIALS,
    home.CONFIG,
    kept,
    home.DEVICES,
    home.BACKUP,
    home.CREDENTIALS,
  ]);
  assert.ok(played.files[home.CREDENTIALS]?.includes(home.sessionNumber(1).accessKeyId));
  assert.ok(played.files[home.BACKUP]?.endsWith(`\n${DONE[home.CREDENTIALS]}`));

  for (const answers of [["12345", ""], []]) {
    const skipped = await setup([], { answers: [ID, SECRET, "", "", ...answers] });
    assert.deepEqual([skipped.code, skipped.stdout, skipped.files], [0, DONE_SENTENCE, DONE]);
    assert.deepEqual([skipped.stderr, skipped.requests], [`${opening()}${ALICES}${DAYS}`, []]);
  }
});

Deno.test("a first code that AWS refuses is asked for again, and what was set up stays in any case", async () => {
  const refused = `AWS rejected the MFA code of ${home.ALICES_DEVICE}: it's wrong, expired or already used`;
  const again = await setup([], {
    answers: [ID, SECRET, "", "", "111111", "222222"],
    sts: (_access, { code }) => code === "222222" ? undefined : home.refuseCode(),
  });
  assert.equal(again.code, 0);
  assert.ok(again.stderr.includes(`${refused}.\n`));
  assert.deepEqual(again.questions.slice(4), [
    loginQuestion("default"),
    "Code of mfa/alice for profile 'default': ",
  ]);

  const never = await setup([], {
    answers: [ID, SECRET, "", "", "111111", "222222", "333333", "444444"],
    sts: home.refuseCode,
  });
  assert.equal(never.code, 3);
  assert.ok(never.stderr.includes(`\nawsmfa: ${refused}\nhint: `), never.stderr);
  assert.deepEqual(never.files, DONE);
});

Deno.test("--code logs in as well, in a script and for a profile that is set up already", async () => {
  const login = "Logged in to 'default' until 2026-11-20 21:00 (12h).\n";
  const aside = `Your long-term keys are backed up in ${home.BACKUP}; awsmfa --restore puts them back.\n`;
  const first = await setup(["--access-key-id", ID, "--code", "123456"], { stdin: SECRET });
  assert.deepEqual([first.stdout, first.code], [`${DONE_SENTENCE}${login}`, 0]);
  assert.equal(first.stderr, `${ALICES}${aside}${DAYS}`);
  assert.equal(first.requests.length, 1);
  const again = await setup(["-c", "123 456"], { files: DONE });
  assert.deepEqual([again.stdout, again.code], [`${SAME_SENTENCE}${login}`, 0]);
  const asked = await setup(["-c", "123456"], { answers: [ID, SECRET, "", ""] });
  assert.deepEqual([asked.code, asked.questions.length, asked.requests.length], [0, 4, 1]);
});

Deno.test("--code that AWS refuses, in a script: 3, and what was set up stays", async () => {
  const played = await setup(["--access-key-id", ID, "--code", "123456"], {
    stdin: SECRET,
    sts: home.refuseCode,
  });
  assert.deepEqual([played.code, played.stdout], [3, ""]);
  const said =
    `${ALICES}${DONE_SENTENCE}awsmfa: AWS rejected the MFA code of ${home.ALICES_DEVICE}: it's wrong, `;
  assert.ok(played.stderr.startsWith(said), played.stderr);
  assert.match(played.stderr, /\nhint: [^\n]+\n$/);
  assert.deepEqual(played.files, DONE);
});

Deno.test("--code that was used already is not sent, and the code command of the profile is not run for another one", async () => {
  const files = { ...DONE, [home.CONFIG]: `${DONE[home.CONFIG]}mfa_process = show-code\n` };
  const fake = home.fakeWorld({ files, codeCommand: () => "222222" });
  assert.equal((await playIn(fake, ["123456"])).code, 0);
  const played = await setupIn(fake, ["-c", "123456"]);
  assert.deepEqual([played.code, played.commands], [0, []], played.stderr);
  assert.equal(played.requests.length, 1);
});

const JSON_OF_DONE = {
  profile: "default",
  accessKeyId: ID,
  region: "us-east-1",
  arn: home.ALICE,
  account: "111122223333",
  partition: "aws",
  mfaSerial: home.ALICES_DEVICE,
};

Deno.test("--json: one document without secrets, and no words of daily life", async () => {
  const first = await setup(["--json", "--access-key-id", ID], { stdin: SECRET });
  assert.deepEqual(JSON.parse(first.stdout), { ...JSON_OF_DONE, changed: [home.CREDENTIALS, home.CONFIG] });
  assert.deepEqual([first.stderr, first.code, first.files], [ALICES, 0, DONE]);
  const again = await setup(["--json"], { files: DONE });
  assert.deepEqual(JSON.parse(again.stdout), { ...JSON_OF_DONE, changed: [] });
  const { mfaSerial: _, ...without } = JSON_OF_DONE;
  const none = await setup(["--json", "--access-key-id", ID], { stdin: SECRET, mfaDevices: () => [] });
  assert.deepEqual(JSON.parse(none.stdout), { ...without, changed: [home.CREDENTIALS, home.CONFIG] });
});

Deno.test("--json on a terminal asks the same questions, and for no login", async () => {
  const played = await setup(["--json"], { answers: [ID, SECRET, "", "", "123456"] });
  assert.deepEqual(JSON.parse(played.stdout).changed, [home.CREDENTIALS, home.CONFIG]);
  assert.deepEqual([played.stderr, played.code], [`${opening()}${ALICES}`, 0]);
  assert.deepEqual([played.questions.length, played.requests], [4, []]);
});

Deno.test("--json with --code is one document, too", async () => {
  const played = await setup(["--json", "--access-key-id", ID, "--code", "123456"], { stdin: SECRET });
  assert.deepEqual([played.code, played.requests.length, played.stderr], [0, 1, ALICES]);
  assert.deepEqual(JSON.parse(played.stdout), {
    ...JSON_OF_DONE,
    changed: [home.CREDENTIALS, home.CONFIG],
    login: {
      profile: "default",
      expiration: home.sessionNumber(1).expiration.toISOString(),
      how: "new",
      mfaSerial: home.ALICES_DEVICE,
      warnings: [],
    },
  });
});

Deno.test("--json and a failure: stdout is empty", async () => {
  const played = await setup(["--json", "--access-key-id", ID], {
    stdin: SECRET,
    ...refusingKeys(1, "InvalidClientTokenId"),
  });
  assertFailed(played, { code: 3, stderr: `awsmfa: ${UNKNOWN}\n${hintOf(played)}`, files: {} });
});

function hintOf({ stderr }: Played): string {
  return stderr.slice(stderr.indexOf("hint: "));
}

const DIFF = `--- /dev/null
+++ ${home.CREDENTIALS}
@@ -0,0 +1,3 @@
+[default]
+aws_access_key_id = ${ID}
+aws_secret_access_key = ****
--- /dev/null
+++ ${home.CONFIG}
@@ -0,0 +1,3 @@
+[default]
+region = us-east-1
+aws_mfa_device = ${home.ALICES_DEVICE}
`;

Deno.test("--dry-run shows what would be written, without the secret, and writes nothing", async () => {
  const asked = await setup(["--dry-run"], { answers: [ID, SECRET, "", "", "123456"] });
  assert.deepEqual([asked.stdout, asked.stderr, asked.code], [DIFF, `${opening()}${ALICES}`, 0]);
  assert.deepEqual([asked.saves, asked.files, asked.questions.length, asked.requests], [[], {}, 4, []]);
  const scripted = await setup(["--dry-run", "--access-key-id", ID], { stdin: SECRET });
  assert.deepEqual([scripted.stdout, scripted.stderr, scripted.code], [DIFF, ALICES, 0]);
  assert.deepEqual([scripted.saves, scripted.files], [[], {}]);
});

Deno.test("--dry-run shows keys that would be replaced, without any of the secrets", async () => {
  const played = await setup(["--dry-run", "--access-key-id", OTHER_ID], {
    files: DONE,
    stdin: OTHER_SECRET,
  });
  assert.equal(played.code, 0);
  assert.match(played.stdout, new RegExp(`^-aws_access_key_id = ${ID}\n`, "m"));
  assert.match(played.stdout, new RegExp(`^\\+aws_access_key_id = ${OTHER_ID}\n`, "m"));
  assert.match(played.stdout, new RegExp(`^\\+\\+\\+ ${home.BACKUP}\n`, "m"));
  assert.match(played.stdout, new RegExp(`^\\+\\[default@${ID}\\]\n`, "m"));
  assert.deepEqual([played.saves, played.files], [[], DONE]);
});

Deno.test("--dry-run where nothing would change says so; --code does not log in", async () => {
  const played = await setup(["--dry-run", "--code", "123456"], { files: DONE });
  assert.deepEqual([played.stdout, played.stderr, played.code], ["No file would change.\n", ALICES, 0]);
  assert.deepEqual([played.saves, played.files, played.requests], [[], DONE, []]);
});

Deno.test("--dry-run --json is one document, with the diffs", async () => {
  const { stdout, code, saves, files } = await setup(["--dry-run", "--json", "--access-key-id", ID], {
    stdin: SECRET,
  });
  const { files: shown, changed: _, ...facts } = JSON.parse(stdout);
  assert.deepEqual(facts, { dryRun: true, ...JSON_OF_DONE });
  const diffs: { path: string; diff: string }[] = shown;
  assert.deepEqual(diffs.map(({ path }) => path), [home.CREDENTIALS, home.CONFIG]);
  assert.equal(diffs.map(({ diff }) => diff).join(""), DIFF);
  assert.deepEqual([code, saves, files], [0, [], {}]);
});

Deno.test("--dry-run fails as the real one would", async () => {
  const played = await setup(["--dry-run", "--access-key-id", ID], {
    stdin: SECRET,
    ...refusingKeys(1, "InvalidClientTokenId"),
  });
  assertFailed(played, { code: 3, stderr: `awsmfa: ${UNKNOWN}\n${hintOf(played)}`, files: {} });
});

Deno.test("a script gives the key id as a flag, and the secret on stdin", async () => {
  for (const stdin of [SECRET, ` ${SECRET} \r`]) {
    const args = ["-p", "work", "--access-key-id", ID, "--region", "eu-central-1", "--serial", TOKEN];
    const played = await setup(args, { stdin });
    assert.equal(
      played.stdout,
      `Profile 'work' is set up: key ${ID}, region eu-central-1, device ${TOKEN}.\n`,
    );
    assert.deepEqual([played.stderr, played.code], [`${ALICES}${DAYS_OF_WORK}`, 0]);
    assert.deepEqual(played.files, {
      [home.CREDENTIALS]: keysOf("work"),
      [home.CONFIG]: configOf("profile work", "eu-central-1", TOKEN),
    });
    assert.deepEqual([played.questions, played.deviceLists], [[], []]);
  }
});

const HALF: [what: string, args: string[], stdin: string | undefined, stderr: string][] = [
  [
    "no flag at all",
    [],
    undefined,
    "awsmfa: an access key is required, but there is no terminal to ask for it\n" +
    "hint: awsmfa setup --access-key-id ID < FILE   (the secret access key is read from stdin)\n",
  ],
  [
    "all but the key id",
    ["--region", "eu-central-1", "--serial", TOKEN, "--code", "123456"],
    SECRET,
    "awsmfa: an access key is required, but there is no terminal to ask for it\n" +
    "hint: awsmfa setup --access-key-id ID < FILE   (the secret access key is read from stdin)\n",
  ],
  [
    "a key id, and nothing on stdin",
    ["--access-key-id", ID],
    undefined,
    "awsmfa: stdin has no secret access key\nhint: awsmfa setup --access-key-id ID < FILE\n",
  ],
  [
    "a key id, and blanks on stdin",
    ["--access-key-id", ID],
    " \t\r",
    "awsmfa: stdin has no secret access key\nhint: awsmfa setup --access-key-id ID < FILE\n",
  ],
  [
    "a key id, and half a secret",
    ["--access-key-id", ID],
    SECRET.slice(0, 39),
    "awsmfa: that is not a secret access key: it has 39 characters\n" +
    "hint: 40 letters, digits, + and /; AWS shows it once, when the key is made\n",
  ],
];
for (const [what, args, stdin, stderr] of HALF) {
  Deno.test(`without a terminal and with ${what}: 2 with a hint, and nothing was written or called`, async () => {
    const played = await setup(args, stdin === undefined ? {} : { stdin });
    assertFailed(played, { code: 2, stderr, files: {} });
    assert.deepEqual([played.identityCalls, played.questions], [[], []]);
  });
}

Deno.test("without a terminal, and with keys that are there, they are checked and kept", async () => {
  const files = { [home.CREDENTIALS]: keysOf("default") };
  const played = await setup([], { files });
  assert.deepEqual([played.stdout, played.stderr, played.code], [DONE_SENTENCE, `${ALICES}${DAYS}`, 0]);
  assert.deepEqual([played.saves, played.files], [[home.CONFIG], DONE]);
});

Deno.test("without a terminal a refused key ends it at once", async () => {
  for (
    const [code, says] of [["InvalidClientTokenId", UNKNOWN], ["SignatureDoesNotMatch", MISMATCH]] as const
  ) {
    const played = await setup(["--access-key-id", ID], { stdin: SECRET, ...refusingKeys(1, code) });
    assertFailed(played, { code: 3, stderr: `awsmfa: ${says}\n${hintOf(played)}`, files: {} });
    assert.equal(played.identityCalls.length, 1);
  }
});

const CUT_OFF: [at: string, answers: string[], said: string, setup: home.FakeSetup][] = [
  ["the key id", [], "", {}],
  ["the secret", [ID], "", {}],
  ["the region", [ID, SECRET], ALICES, {}],
  ["the device", [ID, SECRET, ""], ALICES, {}],
  ["a second question for the key id", ["nonsense"], NO_ID, {}],
];
for (const [at, answers, said, fake] of CUT_OFF) {
  Deno.test(`the end of input at ${at} cancels it with 130, and nothing was written`, async () => {
    for (const files of [{}, { [home.CREDENTIALS]: `[other]\n${KEYS}` }]) {
      assertStopped(await setup([], { ...fake, files, answers }), {
        code: 130,
        stderr: `${opening()}${said}awsmfa: cancelled; nothing was changed\n`,
        files,
      });
    }
  });
}

Deno.test("the end of input at the choice of a device cancels it, too", async () => {
  const played = await setup([], { answers: [ID, SECRET, ""], mfaDevices: () => [PHONE, TOKEN] });
  assertStopped(played, {
    code: 130,
    stderr: `${opening()}${ALICES}${MENU}awsmfa: cancelled; nothing was changed\n`,
  });
});

Deno.test("a file that can't be saved is told before anybody is asked", async () => {
  const failure = new NetworkError("stands for a FileError", "x");
  const checked: (readonly string[])[] = [];
  const played = await setup([], {
    answers: [ID, SECRET],
    but: {
      checkReplaceable: (paths) => {
        checked.push(paths);
        throw failure;
      },
    },
  });
  assert.deepEqual([played.code, played.questions, played.saves], [6, [], []]);
  assert.deepEqual(checked, [[home.CREDENTIALS, home.CONFIG]]);
});

Deno.test("a first login is the one of this profile, at this time: status tells it", async () => {
  const fake = home.fakeWorld({ answers: [ID, SECRET, "", "", "123456"] });
  assert.equal((await setupIn(fake, ["-p", "work"])).code, 0);
  const { stdout } = await playIn(fake, ["status", "--json", "-p", "work"]);
  assert.equal(
    JSON.parse(stdout).expiration,
    home.sessionNumber(1, 43_200, home.NOW).expiration.toISOString(),
  );
});

Deno.test("a device of another account than the keys' is refused, asked for again, or not kept", async () => {
  const others = "arn:aws:iam::999999999999:mfa/alice";
  const why =
    `'${others}' is of account 999999999999, partition aws, and the keys are of account 111122223333, partition aws`;
  const hint = "an MFA device is of the same account as its user";
  const given = await setup(["--serial", others, "--access-key-id", ID], { stdin: SECRET });
  assert.deepEqual([given.code, given.stdout, given.saves], [2, "", []]);
  assert.ok(given.stderr.endsWith(`awsmfa: --serial: ${why}\nhint: ${hint}\n`), given.stderr);

  const typed = await setup([], { answers: [ID, SECRET, "", others, home.ALICES_DEVICE, ""] });
  assert.ok(typed.stderr.includes(`MFA device: ${why} (${hint}).\n`), typed.stderr);
  assert.deepEqual([typed.code, typed.files], [0, DONE]);

  const files = {
    [home.CREDENTIALS]: keysOf("default"),
    [home.CONFIG]: configOf("default", "us-east-1", others),
  };
  const there = await setup([], { files, answers: ["", "", "", ""] });
  assert.ok(there.stderr.includes(`aws_mfa_device of profile 'default': ${why} (${hint}).\n`), there.stderr);
  assert.deepEqual([there.code, there.files], [0, DONE]);
});

Deno.test("the first login keeps to the flags: they win over the variables, typed or given the code", async () => {
  const env = { AWSMFA_SERIAL: `${IAM}mfa/variable`, AWS_REGION: "eu-west-2" };
  const flags = ["--serial", PHONE, "--region", "us-east-1"];
  for (
    const [more, answers] of [[["-c", "123456"], [""]], [[], ["", "123456"]]] as const
  ) {
    const files = { [home.CREDENTIALS]: keysOf("default") };
    const { code, requests } = await setup([...flags, ...more], { files, env, answers });
    assert.equal(code, 0);
    assert.deepEqual(requests.map(({ access, request }) => [access.region, request.serial]), [
      ["us-east-1", PHONE],
    ]);
  }
});
