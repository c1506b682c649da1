import assert from "node:assert/strict";
import {
  checkSerial,
  deriveSerial,
  type DeviceKind,
  deviceOfUserArn,
  kindOfDevice,
  nameOfCaller,
  nameOfDevice,
  showsCodes,
} from "../../../src/domain/aws/mfa_device.ts";
import { NoCredentialsError, RefusedError, UsageError } from "../../../src/errors.ts";

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
      const shown = serial.replace("\n", "\\x0a");
      assert.equal(error.message, `AWSMFA_SERIAL: '${shown}' isn't an MFA device's serial number`);
      return true;
    });
  }
});

const IAM = "arn:aws:iam::123456789012:";
const KINDS: [serial: string, kind: DeviceKind, shows: boolean, name: string][] = [
  [`${IAM}mfa/alice`, "virtual", true, "alice"],
  [`${IAM}mfa/team/phone`, "virtual", true, "phone"],
  [`${IAM}mfa/root-account-mfa-device`, "virtual", true, "root-account-mfa-device"],
  ["arn:aws-cn:iam::123456789012:mfa/alice", "virtual", true, "alice"],
  ["arn:aws-us-gov:iam::123456789012:mfa/alice", "virtual", true, "alice"],
  ["GAHT12345678", "hardware", true, "GAHT12345678"],
  ["1234567890", "hardware", true, "1234567890"],
  [`${IAM}u2f/user/alice/yubikey-ABCDEF`, "fido", false, "yubikey-ABCDEF"],
  [`${IAM}u2f/root-account/key-1`, "fido", false, "key-1"],
  ["arn:aws-us-gov:iam::123456789012:u2f/user/alice/passkey", "fido", false, "passkey"],
  [`${IAM}sms-mfa/alice`, "sms", false, "alice"],
];
for (const [serial, kind, shows, name] of KINDS) {
  Deno.test(`the kind of a device is told by its serial number: ${serial} is ${kind}`, () => {
    assert.equal(kindOfDevice(serial), kind);
    assert.equal(showsCodes(serial), shows);
    assert.equal(nameOfDevice(serial), name);
  });
}

Deno.test("a user's ARN given as a serial number means the user's device, and nothing else is corrected", () => {
  assert.equal(deviceOfUserArn(`${IAM}user/alice`), `${IAM}mfa/alice`);
  assert.equal(deviceOfUserArn(`${IAM}user/team/blue/alice`), `${IAM}mfa/alice`);
  assert.equal(
    deviceOfUserArn("arn:aws-cn:iam::123456789012:user/alice"),
    "arn:aws-cn:iam::123456789012:mfa/alice",
  );
  for (
    const serial of [
      `${IAM}mfa/alice`,
      `${IAM}mfa/user/alice`,
      `${IAM}u2f/user/alice/key`,
      `${IAM}user/`,
      `${IAM}role/user/x`,
      "GAHT12345678",
      "arn:aws:iam::1:user/alice",
      "arn:aws:sts::123456789012:user/alice",
    ]
  ) assert.equal(deviceOfUserArn(serial), undefined, serial);
});

Deno.test("a role session name is the caller's name: of two signs at least, and 64 at most", () => {
  const cases: [arn: string, name: string][] = [
    [`${IAM}user/alice`, "alice"],
    [`${IAM}user/team/blue/alice`, "alice"],
    [`${IAM}user/a`, "a-awsmfa"],
    [`${IAM}root`, "root"],
    [`${IAM}user/${"x".repeat(64)}`, "x".repeat(64)],
  ];
  for (const [arn, name] of cases) assert.equal(nameOfCaller(arn), name);
});
