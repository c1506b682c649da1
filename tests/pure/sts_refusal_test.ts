import assert from "node:assert/strict";
import { type Asked, explainRefusal, isThrottling, StsRefusal } from "../../src/domain/sts_refusal.ts";
import { EXIT, type Failure } from "../../src/errors.ts";

const ASKED: Asked = {
  profile: "work",
  accessKeyId: "AKIA1",
  serial: "arn:aws:iam::123456789012:mfa/alice",
  region: "eu-central-1",
};

function explained(code: string, text: string, attempts = 1, clockAheadSeconds = 0): Failure {
  return explainRefusal(new StsRefusal(code, text, attempts, clockAheadSeconds), ASKED);
}

const ACCESS_DENIED_MFA = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";

/** AWS's code and text as the service sends them; what a person must read of it. */
const REFUSED: [what: string, code: string, text: string, message: RegExp, hint: RegExp][] = [
  [
    "a wrong or used code",
    "AccessDenied",
    ACCESS_DENIED_MFA,
    /^AWS refused the token code of arn:aws:iam::123456789012:mfa\/alice: it is wrong, or was used already$/,
    /wait for the next code/,
  ],
  [
    "a device that is not the user's",
    "AccessDenied",
    "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid and associated with this user.",
    /^'arn:aws:iam::123456789012:mfa\/alice' is not an MFA device of the user .* profile 'work'/,
    /--serial ARN/,
  ],
  [
    "keys of a session",
    "AccessDenied",
    "Cannot call GetSessionToken with session credentials",
    /profile 'work' are temporary/,
    /awsmfa -p NAME/,
  ],
  [
    "an expired session",
    "ExpiredToken",
    "The security token included in the request is expired",
    /profile 'work' are temporary/,
    /-p NAME/,
  ],
  [
    "a user without permission",
    "AccessDenied",
    "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:GetSessionToken\nsecond line",
    /^AWS refused: User: .* is not authorized to perform: sts:GetSessionToken$/,
    /administrator/,
  ],
  [
    "an unknown or inactive key",
    "InvalidClientTokenId",
    "The security token included in the request is invalid.",
    /^AWS does not know the access key 'AKIA1' of profile 'work' \(asked in eu-central-1\)$/,
    /active/,
  ],
  [
    "a wrong secret",
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided.\n\nx-amz-security-token:SECRET",
    /^the secret access key of profile 'work' does not belong to 'AKIA1'$/,
    /aws configure/,
  ],
  [
    "a region where STS is off",
    "RegionDisabledException",
    "STS is not activated in this region",
    /'eu-central-1'/,
    /--region us-east-1/,
  ],
  ["throttling", "Throttling", "Rate exceeded", /too many requests/, /in a minute/],
];
for (const [what, code, text, message, hint] of REFUSED) {
  Deno.test(`refused by AWS: ${what} is told, and ends with ${EXIT.refused}`, () => {
    const failure = explained(code, text);
    assert.equal(failure.exitCode, EXIT.refused);
    assert.match(failure.message, message);
    assert.match(failure.hint ?? "", hint);
    assert.doesNotMatch(`${failure.message}${failure.hint}`, /SECRET|\n/);
  });
}

Deno.test("a code refused on a later try may have been used by the try before", () => {
  assert.match(explained("AccessDenied", ACCESS_DENIED_MFA, 2).message, /on try 2: an earlier try/);
});

Deno.test("a code that AWS wanted and did not get is no wrong code", () => {
  const failure = explained(
    "AccessDenied",
    "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
  );
  assert.match(failure.message, /^AWS refused: AccessDenied: .*must provide/);
});

Deno.test("a clock that is a quarter of an hour off is the reason, whatever AWS says", () => {
  const ahead = explained("SignatureDoesNotMatch", "Signature expired", 1, 3600 + 300);
  assert.equal(ahead.message, "this machine's clock is 1 h 5 min ahead of AWS's, and AWS refuses that");
  assert.match(ahead.hint ?? "", /set the clock/);
  assert.match(explained("RequestExpired", "", 1, -900).message, /clock is 15 min behind AWS's/);
  assert.doesNotMatch(explained("AccessDenied", ACCESS_DENIED_MFA, 1, 899).message, /clock/);
});

Deno.test("a refusal that awsmfa does not know is told in AWS's own words, in one line", () => {
  const failure = explained("SomethingNew", `  ${"x".repeat(400)}\nx-amz-security-token:SECRET`);
  assert.equal(failure.exitCode, EXIT.refused);
  assert.equal(failure.message, `AWS refused: SomethingNew: ${"x".repeat(300)}`);
});

Deno.test(`trouble at AWS is no refusal, and ends with ${EXIT.network}`, () => {
  for (const code of ["InternalFailure", "ServiceUnavailable"]) {
    assert.equal(explained(code, "We encountered an internal error").exitCode, EXIT.network);
    assert.match(explained(code, "").hint ?? "", /later/);
  }
});

Deno.test("AWS has several codes for 'too many requests'", () => {
  for (
    const code of ["Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequestsException"]
  ) {
    assert.ok(isThrottling(code));
  }
  assert.ok(!isThrottling("AccessDenied"));
});
