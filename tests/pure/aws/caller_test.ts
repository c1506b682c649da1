import assert from "node:assert/strict";
import { checkDeviceOf, describeOwner, type KeyOwner, ownerOf } from "../../../src/domain/aws/caller.ts";
import { NoCredentialsError, RefusedError, UsageError } from "../../../src/errors.ts";

const OWNERS: [arn: string, owner: KeyOwner, words: string][] = [
  [
    "arn:aws:iam::123456789012:user/alice",
    { account: "123456789012", partition: "aws", userName: "alice" },
    "'alice', an IAM user of account 123456789012",
  ],
  [
    "arn:aws:iam::001234567890:user/division/team/alice.b+c=d,e@f_g-h",
    { account: "001234567890", partition: "aws", userName: "alice.b+c=d,e@f_g-h" },
    "'alice.b+c=d,e@f_g-h', an IAM user of account 001234567890",
  ],
  [
    "arn:aws-cn:iam::123456789012:user/a",
    { account: "123456789012", partition: "aws-cn", userName: "a" },
    "'a', an IAM user of account 123456789012 (partition aws-cn)",
  ],
  [
    "arn:aws:iam::123456789012:root",
    { account: "123456789012", partition: "aws", userName: undefined },
    "the root user of account 123456789012",
  ],
  [
    "arn:aws-us-gov:iam::123456789012:user/root",
    { account: "123456789012", partition: "aws-us-gov", userName: "root" },
    "'root', an IAM user of account 123456789012 (partition aws-us-gov)",
  ],
];
for (const [arn, owner, words] of OWNERS) {
  Deno.test(`keys of ${arn} are told to be those of ${words}`, () => {
    assert.deepEqual(ownerOf(arn), owner);
    assert.equal(describeOwner(owner), words);
  });
}

Deno.test("keys of a caller that is no user are refused, and say what they are of", () => {
  const cases: [arn: string, what: string][] = [
    ["arn:aws:sts::123456789012:assumed-role/admin/alice", "an assumed role"],
    ["arn:aws:sts::123456789012:federated-user/alice", "a federated user"],
    ["arn:aws:iam::123456789012:role/admin", "no IAM user"],
  ];
  for (const [arn, what] of cases) {
    assert.throws(() => ownerOf(arn), (error) => {
      assert.ok(error instanceof NoCredentialsError);
      assert.equal(
        error.message,
        `these keys belong to ${what} (${arn}), and only an IAM user has an MFA device`,
      );
      assert.equal(error.hint, "use the long-term access key of an IAM user");
      return true;
    });
  }
});

Deno.test("an answer that is no ARN is refused", () => {
  for (const arn of ["", "alice", "arn:aws:iam::123456789012", "arn:aws:iam::12345:user/alice"]) {
    assert.throws(() => ownerOf(arn), RefusedError, arn);
  }
});

Deno.test("a device is of its user's account and partition; a hardware token's number does not tell", () => {
  const owner = { account: "123456789012", partition: "aws", userName: "alice" };
  for (const serial of ["arn:aws:iam::123456789012:mfa/phone", "GAHT12345678"]) {
    assert.equal(checkDeviceOf(owner, serial, "--serial"), serial);
  }
  for (const serial of ["arn:aws:iam::123456789013:mfa/alice", "arn:aws-cn:iam::123456789012:mfa/alice"]) {
    assert.throws(() => checkDeviceOf(owner, serial, "--serial"), (error) => {
      assert.ok(error instanceof UsageError);
      const [, partition, , , account] = serial.split(":");
      assert.equal(
        error.message,
        `--serial: '${serial}' is of account ${account}, partition ${partition}, and the keys are of account ` +
          "123456789012, partition aws",
      );
      return true;
    });
  }
  assert.throws(() => checkDeviceOf(owner, "my phone", "--serial"), UsageError);
});
