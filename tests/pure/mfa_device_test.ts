import assert from "node:assert/strict";
import { checkSerial, deriveSerial } from "../../src/domain/mfa_device.ts";
import { NoCredentialsError, RefusedError, UsageError } from "../../src/errors.ts";

Deno.test("the device of a user has the user's name, in the same partition and without the path", () => {
  const cases: [caller: string, serial: string][] = [
    ["arn:aws:iam::123456789012:user/alice", "arn:aws:iam::123456789012:mfa/alice"],
    ["arn:aws-cn:iam::123456789012:user/alice", "arn:aws-cn:iam::123456789012:mfa/alice"],
    ["arn:aws-us-gov:iam::123456789012:user/alice", "arn:aws-us-gov:iam::123456789012:mfa/alice"],
    ["arn:aws:iam::123456789012:user/team/blue/al.ice+x@y", "arn:aws:iam::123456789012:mfa/al.ice+x@y"],
    ["arn:aws:iam::123456789012:user/a/user/b", "arn:aws:iam::123456789012:mfa/b"],
  ];
  for (const [caller, serial] of cases) assert.equal(deriveSerial(caller), serial);
});

Deno.test("the root user's device has a name of its own", () => {
  assert.equal(
    deriveSerial("arn:aws:iam::123456789012:root"),
    "arn:aws:iam::123456789012:mfa/root-account-mfa-device",
  );
});

Deno.test("a caller that is no IAM user has no device, and is told what it is", () => {
  const cases: [caller: string, what: string][] = [
    ["arn:aws:sts::123456789012:assumed-role/admin/alice", "an assumed role"],
    ["arn:aws:sts::123456789012:federated-user/alice", "a federated user"],
    ["arn:aws:iam::123456789012:role/admin", "no IAM user"],
  ];
  for (const [caller, what] of cases) {
    assert.throws(() => deriveSerial(caller), (error) => {
      assert.ok(error instanceof NoCredentialsError);
      assert.ok(error.message.includes(`belong to ${what} (${caller})`), error.message);
      assert.match(error.hint ?? "", /long-term access key of an IAM user/);
      return true;
    });
  }
});

Deno.test("what is no ARN derives no device, and the hint names the flag", () => {
  for (const caller of ["", "alice", "arn:aws:s3:::bucket", "arn:aws:iam::123:user/alice"]) {
    assert.throws(() => deriveSerial(caller), (error) => {
      assert.ok(error instanceof RefusedError);
      assert.match(error.hint ?? "", /--serial ARN/);
      return true;
    });
  }
});

Deno.test("a serial number is an ARN, or what is printed on a hardware token", () => {
  for (
    const serial of [
      "arn:aws:iam::123456789012:mfa/alice",
      "GAHT12345678",
      "arn:aws-cn:iam::1:mfa/a=b,c.d@e_f-g+h",
    ]
  ) {
    assert.equal(checkSerial(serial, "--serial"), serial);
  }
});

Deno.test("what STS would not take as a serial number is refused, and its source named", () => {
  for (
    const serial of ["", "short", "arn:aws:iam::123456789012:mfa/al ice", "a".repeat(257), "GAHT12345678\n"]
  ) {
    assert.throws(() => checkSerial(serial, "AWSMFA_SERIAL"), (error) => {
      assert.ok(error instanceof UsageError);
      assert.equal(error.message, `AWSMFA_SERIAL: '${serial}' is not a serial number of an MFA device`);
      return true;
    });
  }
});
