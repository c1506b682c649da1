import assert from "node:assert/strict";
import { assertFails } from "../support/failure.ts";
import { openStage, section, type Stage } from "../support/stage.ts";

interface Row {
  readonly title: string;
  readonly prepare?: (stage: Stage) => void | Promise<void>;
  readonly args?: (stage: Stage) => readonly string[];
  readonly says: (stage: Stage) => string;
  readonly hint: string;
  /** Two where nothing is said: who is it, and a session. */
  readonly requests?: number;
}

const nextCode = "wait for the next code, and see that it is the code of this device";
const unknownKeyHint =
  "is it active, and of this partition? IAM console > Users > Security credentials shows it";
const clockHint = "set the clock, on Linux: sudo timedatectl set-ntp true";
const unknownKey = ({ user }: Stage): string =>
  `AWS does not know the access key '${user.accessKeyId}' of profile 'default' (asked in us-east-1)`;
const refusedCode = ({ user }: Stage): string =>
  `AWS refused the token code of ${user.serial}: it is wrong, or was used already`;

const rows: Row[] = [
  {
    title: "a wrong code",
    args: ({ sts, user }) => [sts.wrongCode(user.serial)],
    says: refusedCode,
    hint: nextCode,
  },
  {
    title: "a wrong code while a session is there, which stays",
    prepare: async (stage) => void await stage.login(),
    args: ({ sts, user }) => [sts.wrongCode(user.serial)],
    says: refusedCode,
    hint: nextCode,
  },
  {
    title: "a device of somebody else",
    prepare: ({ sts }) => void sts.addUser({ name: "bob" }),
    args: ({ code }) => [code(), "--serial", "arn:aws:iam::123456789012:mfa/bob"],
    says: () =>
      "'arn:aws:iam::123456789012:mfa/bob' is not an MFA device of the user whose keys profile 'default' holds",
    hint: "name the device with --serial ARN; the IAM console shows it under Users > Security credentials",
    requests: 1,
  },
  {
    title: "a key that was deleted",
    prepare: ({ sts, user }) => sts.deleteKey(user.accessKeyId),
    says: unknownKey,
    hint: unknownKeyHint,
    requests: 1,
  },
  {
    title: "a key that is not active",
    prepare: ({ sts, user }) => sts.deactivate(user.accessKeyId),
    says: unknownKey,
    hint: unknownKeyHint,
    requests: 1,
  },
  {
    title: "a wrong secret",
    prepare: ({ home, user }) =>
      home.write(
        ".aws/credentials",
        section("default", { ...user, secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" }),
      ),
    says: ({ user }) => `the secret access key of profile 'default' does not belong to '${user.accessKeyId}'`,
    hint: "was it pasted whole? aws configure sets both anew",
    requests: 1,
  },
  {
    title: "a clock that is 20 minutes behind",
    prepare: ({ sts }) => sts.behave({ clockOffsetSeconds: 20 * 60 }),
    says: () => "this machine's clock is 20 min behind AWS's, and AWS refuses that",
    hint: clockHint,
    requests: 1,
  },
  {
    title: "a clock that is 20 minutes ahead",
    prepare: ({ sts }) => sts.behave({ clockOffsetSeconds: -20 * 60 }),
    args: ({ code, user }) => [code(), "--serial", user.serial],
    says: () => "this machine's clock is 20 min ahead of AWS's, and AWS refuses that",
    hint: clockHint,
    requests: 1,
  },
];

for (const { title, prepare, args, says, hint, requests = 2 } of rows) {
  Deno.test(`a refusal by AWS is explained, and no file changes: ${title}`, async () => {
    await using stage = await openStage();
    await prepare?.(stage);
    await assertFails(stage, args?.(stage) ?? [stage.code()], { code: 3, says: says(stage), hint, requests });
  });
}

Deno.test("a code that was used already is refused, and the session of its first use stays", async () => {
  await using stage = await openStage();
  const code = stage.code();
  await stage.awsmfa([code]);
  await assertFails(stage, [code], { code: 3, says: refusedCode(stage), hint: nextCode, requests: 2 });
});

Deno.test("a code that is refused after an answer was lost may have been used by the first try", async () => {
  await using stage = await openStage();
  const { sts, user } = stage;
  // Two, since an older Deno's fetch asks once more by itself.
  sts.behave({ failNext: { count: 2, kind: "reset" } });
  const before = stage.files();
  const ran = await stage.awsmfa([sts.wrongCode(user.serial), "--serial", user.serial]);
  assert.deepEqual([ran.code, ran.stdout], [3, ""]);
  const [, tries, hint] =
    /^awsmfa: AWS refused the token code of \S+ on try (\d): (.*)\n$/s.exec(ran.stderr) ?? [];
  assert.match(tries ?? "", /^[23]$/, ran.stderr);
  assert.equal(
    hint,
    "an earlier try, whose answer was lost, may have used it\nhint: wait for the next code, then try again",
  );
  assert.deepEqual(stage.files(), before);
});

Deno.test("a policy that forbids sessions is explained", async () => {
  await using stage = await openStage({ user: { denied: ["sts:GetSessionToken"] } });
  await assertFails(stage, [stage.code()], {
    code: 3,
    says:
      `AWS refused: User: ${stage.user.arn} is not authorized to perform: sts:GetSessionToken on resource: * ` +
      "with an explicit deny in an identity-based policy",
    hint: "an administrator must allow this action for the user",
    requests: 2,
  });
});

Deno.test("keys of another partition are unknown where they are asked about", async () => {
  await using stage = await openStage({ user: { partition: "aws-cn" } });
  const expected = { code: 3, says: unknownKey(stage), hint: unknownKeyHint, requests: 1 };
  await assertFails(stage, [stage.code()], expected);
});
