import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { assertFails } from "../../support/failure.ts";
import { openStage, section, type Stage, type StageOptions } from "../../support/stage.ts";

interface Row {
  readonly title: string;
  readonly options?: StageOptions;
  readonly prepare?: (stage: Stage) => void | Promise<void>;
  readonly args?: (stage: Stage) => readonly string[];
  readonly says: (stage: Stage) => string;
  readonly hint: string;
  /** Two where nothing is said: who is it, and a session. */
  readonly requests?: number;
}

const FILE = ".aws/credentials";
const nextCode = "wait for the next code, and check that it's from this device";
const clockHint =
  "Linux: sudo timedatectl set-ntp true; macOS: sudo sntp -sS time.apple.com; Windows: w32tm /resync";
const unknownKeyHint = (others: string): string =>
  `it may be deleted or inactive; or it belongs to another partition: name that (${others})`;
const notOfChinaNorGovCloud = unknownKeyHint(
  "AWS China: --region cn-north-1; AWS GovCloud: --region us-gov-west-1; " +
    "AWS European Sovereign Cloud: --region eusc-de-east-1",
);
const unknownKey = (askedIn: string) => ({ user }: Stage): string =>
  `AWS doesn't recognize the access key '${user.accessKeyId}' of profile 'default' (region ${askedIn})`;
const refusedCode = ({ user }: Stage): string =>
  `AWS rejected the MFA code of ${user.serial}: it's wrong, expired or already used`;
const wrongSecret = ({ user }: Stage): string =>
  `the secret access key of profile 'default' does not belong to '${user.accessKeyId}'`;
const withSecret = (change: (secret: string) => string) => ({ home, user }: Stage): void =>
  home.write(FILE, section("default", { ...user, secretAccessKey: change(user.secretAccessKey) }));

const rows: Row[] = [
  {
    title: "a wrong code",
    args: ({ sts, user }) => [sts.wrongCode(user.serial)],
    says: refusedCode,
    hint: nextCode,
  },
  {
    title: "a wrong code while a session is there, which stays, and so does the device",
    prepare: async (stage) => void await stage.login(),
    args: ({ sts, user }) => [sts.wrongCode(user.serial)],
    says: refusedCode,
    hint: nextCode,
    requests: 1,
  },
  {
    title: "a key that was deleted",
    prepare: ({ sts, user }) => sts.deleteKey(user.accessKeyId),
    says: unknownKey("us-east-1, AWS"),
    hint: notOfChinaNorGovCloud,
    requests: 1,
  },
  {
    title: "a key that was deleted since the last login",
    prepare: async (stage) => {
      await stage.login();
      stage.sts.deleteKey(stage.user.accessKeyId);
    },
    says: unknownKey("us-east-1, AWS"),
    hint: notOfChinaNorGovCloud,
    requests: 1,
  },
  {
    title: "a key that is not active",
    prepare: ({ sts, user }) => sts.deactivate(user.accessKeyId),
    says: unknownKey("us-east-1, AWS"),
    hint: notOfChinaNorGovCloud,
    requests: 1,
  },
  {
    title: "a key of China asked about in another partition",
    options: { user: { partition: "aws-cn" } },
    says: unknownKey("us-east-1, AWS"),
    hint: notOfChinaNorGovCloud,
    requests: 1,
  },
  {
    title: "a key of GovCloud asked about in China",
    options: { user: { partition: "aws-us-gov" } },
    args: ({ code }) => [code(), "--region", "cn-northwest-1"],
    says: unknownKey("cn-northwest-1, AWS China"),
    hint: unknownKeyHint(
      "AWS: --region us-east-1; AWS GovCloud: --region us-gov-west-1; AWS European Sovereign Cloud: --region eusc-de-east-1",
    ),
    requests: 1,
  },
  {
    title: "a key of the usual partition asked about in China",
    prepare: ({ home }) => home.write(".aws/config", "[default]\nregion = cn-north-1\n"),
    says: unknownKey("cn-north-1, AWS China"),
    hint: unknownKeyHint(
      "AWS: --region us-east-1; AWS GovCloud: --region us-gov-west-1; AWS European Sovereign Cloud: --region eusc-de-east-1",
    ),
    requests: 1,
  },
  {
    title: "a wrong secret",
    prepare: withSecret(() => "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    says: wrongSecret,
    hint: "was it pasted whole, and with the right key id? awsmfa setup sets both again",
    requests: 1,
  },
  {
    title: "a secret without its last letter",
    prepare: withSecret((secret) => secret.slice(0, -1)),
    says: wrongSecret,
    hint: "it has 39 characters instead of 40: was it cut off? awsmfa setup sets it again",
    requests: 1,
  },
  {
    title: "a secret with a sign too many",
    prepare: withSecret((secret) => `${secret}\\`),
    says: wrongSecret,
    hint: "it has 41 characters instead of 40: was it cut off? awsmfa setup sets it again",
    requests: 1,
  },
  {
    title: "a clock that is 20 minutes behind",
    prepare: ({ sts }) => sts.behave({ clockOffsetSeconds: 20 * 60 }),
    says: () => "this machine's clock is 20m behind AWS's, and AWS refuses that",
    hint: clockHint,
    requests: 1,
  },
  {
    title: "a clock that is 20 minutes ahead",
    prepare: ({ sts }) => sts.behave({ clockOffsetSeconds: -20 * 60 }),
    args: ({ code, user }) => [code(), "--serial", user.serial],
    says: () => "this machine's clock is 20m ahead of AWS's, and AWS refuses that",
    hint: clockHint,
    requests: 1,
  },
  {
    title: "a policy that forbids sessions",
    options: { user: { denied: ["sts:GetSessionToken"] } },
    says: ({ user }) =>
      `AWS refused: User: ${user.arn} is not authorized to perform: sts:GetSessionToken on resource: * ` +
      "with an explicit deny in an identity-based policy",
    hint: "an administrator must remove the deny from the user's own policies",
  },
];

for (const { title, options, prepare, args, says, hint, requests = 2 } of rows) {
  Deno.test(`a refusal by AWS is explained, and no file changes: ${title}`, async () => {
    await using stage = await openStage(options);
    await prepare?.(stage);
    await assertFails(stage, args?.(stage) ?? [stage.code()], { code: 3, says: says(stage), hint, requests });
  });
}

Deno.test("the region that the hint names is the one that a key of another partition works in", async () => {
  for (const [partition, region] of [["aws-cn", "cn-north-1"], ["aws-us-gov", "us-gov-west-1"]] as const) {
    await using stage = await openStage({ user: { partition } });
    const { stderr } = await stage.awsmfa([stage.code()]);
    const flag = `--region ${region}`;
    assert.ok(stderr.includes(flag), stderr);
    await stage.login(flag.split(" "));
  }
});

Deno.test("a code that awsmfa has just used is recognised before it is sent, and means the session that came of it", async () => {
  await using stage = await openStage();
  const { home, sts, user } = stage;
  home.write(FILE, section("default", user) + section("work", user));
  const code = stage.code();
  assert.equal((await stage.awsmfa([code])).code, 0);
  const [before, count] = [stage.files(), sts.requests.length];
  for (const args of [[code], [code, "-p", "work"], ["login", "--serial", user.serial, code]]) {
    const ran = await stage.awsmfa([...args, "-d", "1h"]);
    assert.deepEqual([ran.code, ran.stdout], [3, ""]);
    assert.match(
      ran.stderr,
      /^awsmfa: this code was used \d\d?s ago; a new one comes in ([1-9]|[12]\d|30)s\nhint: AWS takes each code once: wait for the next one\n$/,
    );
  }
  assert.equal(sts.requests.length, count, "it is not sent");
  assert.deepEqual(stage.files(), before, "the session of its first use stays");
  for (const args of [[code], [code, "-p", "work"]]) assert.equal((await stage.awsmfa(args)).code, 0);
  assert.equal(sts.requests.length, count);
  await stage.login(["-p", "work"]);
});

Deno.test("the same digits of another device are no used code", async () => {
  await using stage = await openStage();
  const bob = stage.sts.addUser({ name: "bob" });
  stage.home.write(FILE, section("default", stage.user) + section("bob", bob));
  const code = stage.code();
  await stage.awsmfa([code]);
  const before = stage.sts.requests.length;
  const ran = await stage.awsmfa([code, "-p", "bob"]);
  assert.match(ran.stderr, /^awsmfa: AWS rejected the MFA code of arn:aws:iam::123456789012:mfa\/bob: /);
  assert.equal(stage.sts.requests.length, before + 2, "it was asked");
});

Deno.test("a code that was refused is no used code, and one that another tool has used is refused by AWS", async () => {
  await using stage = await openStage();
  const { home, sts, user } = stage;
  const wrong = sts.wrongCode(user.serial);
  for (const requests of [2, 2]) {
    await assertFails(stage, [wrong], { code: 3, says: refusedCode(stage), hint: nextCode, requests });
  }
  const code = stage.code();
  await stage.awsmfa([code]);
  Deno.removeSync(home.file(".aws/awsmfa"), { recursive: true });
  await assertFails(stage, [code], { code: 3, says: refusedCode(stage), hint: nextCode, requests: 2 });
});

Deno.test("what is stored of a code is a salted hash, and no digit of it", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  const code = stage.code();
  await stage.awsmfa([code]);
  const text = home.read(".aws/awsmfa/devices.json");
  const { usedCodes } = JSON.parse(text);
  const { salt, hash, at, ...more } = usedCodes[user.serial];
  assert.deepEqual(more, {});
  assert.ok(!`${salt} ${hash}`.includes(code) && Math.abs(Date.now() - at) < 3_600_000);
  const digest = async (words: string): Promise<string> =>
    new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(words))).toHex();
  assert.notEqual(hash, await digest(code));
  await stage.login();
  const after = JSON.parse(home.read(".aws/awsmfa/devices.json")).usedCodes;
  assert.deepEqual(Object.keys(after), [user.serial], "one code a device");
  assert.notEqual(after[user.serial].salt, salt, "a new salt each time");
});

Deno.test("a code that is refused after an answer was lost may have been used by the first try", async () => {
  await using stage = await openStage();
  const { sts, user } = stage;
  sts.behave({ failNext: { count: 1, kind: "500" } });
  const before = stage.files();
  const ran = await stage.awsmfa([sts.wrongCode(user.serial), "--serial", user.serial]);
  assert.deepEqual([ran.code, ran.stdout], [3, ""]);
  const [, tries, hint] =
    /^awsmfa: AWS rejected the MFA code of \S+ on try (\d): (.*)\n$/s.exec(ran.stderr) ?? [];
  assert.equal(tries, "2", ran.stderr);
  assert.equal(
    hint,
    "an earlier try, whose answer was lost, may have used it\nhint: wait for the next code, then try again",
  );
  assert.deepEqual(stage.files(), before);
});

Deno.test("session credentials can't be the source of a session: said before anything is asked", async () => {
  await using stage = await openStage();
  const { home, sts, user } = stage;
  await stage.login();
  const { aws_access_key_id: id = "", aws_secret_access_key: secret = "", aws_session_token: token } =
    valuesOf(home.read(FILE), "default");
  const session = `${
    section("temp", { accessKeyId: id, secretAccessKey: secret })
  }aws_session_token = ${token}\n`;
  home.write(FILE, home.read(FILE) + session);
  const backup = home.file(".aws/credentials_backup_by_awsmfa");
  const failure = {
    code: 4,
    hint: `put the long-term keys into [temp] of ${home.file(FILE)}, in place of the session`,
  };
  await assertFails(stage, [stage.code(), "-p", "temp"], {
    ...failure,
    says: `profile 'temp' holds a session, and its long-term keys are not in ${backup}`,
  });
  await assertFails(stage, [stage.code(), "--source-profile", "temp", "--to", "new"], {
    ...failure,
    says: `profile 'temp' holds a session, and its long-term keys are not in ${backup}`,
  });
  // The token is lost, so that these look like long-term keys: AWS doesn't recognize them.
  home.write(".aws/config", `[profile work]\nmfa_serial = ${user.serial}\n`);
  home.write(
    FILE,
    home.read(FILE).replace(session, "") + section("work", { accessKeyId: id, secretAccessKey: secret }),
  );
  const count = sts.requests.length;
  const ran = await stage.awsmfa([stage.code(), "-p", "work"]);
  assert.deepEqual([ran.code, ran.stdout, sts.requests.length], [4, "", count], ran.stderr);
});

Deno.test("the root user gets an hour, whatever is asked for, and is told so", async () => {
  await using stage = await openStage({ user: { root: true } });
  const { stdout, stderr } = await stage.login();
  assert.match(stdout, /^Logged in to 'default' until .* \(1h\)\.\n$/);
  assert.match(
    stderr,
    /^warning: asked for 12h, AWS gave 1h to the root user\nhint: work as an IAM user or a role rather than as the root user\n/,
  );
  const json = JSON.parse((await stage.login(["--json"])).stdout);
  assert.deepEqual(json.warnings, ["asked for 12h, AWS gave 1h to the root user"]);
  const { stderr: quiet } = await stage.login(["-d", "1h"]);
  assert.equal(quiet, "", "what was asked for was given");
});
