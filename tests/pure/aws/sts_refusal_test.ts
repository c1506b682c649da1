import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type CallContext,
  isSessionOver,
  isThrottling,
  isWrongCode,
  isWrongDevice,
  StsRefusal,
} from "../../../src/domain/aws/sts_refusal.ts";
import { explainRefusal } from "../../../src/domain/aws/explain_refusal.ts";
import { EXIT, type Failure } from "../../../src/errors.ts";

const ALICE = "arn:aws:iam::123456789012:user/alice";
const DEVICE = "arn:aws:iam::123456789012:mfa/alice";
const ROLE = "arn:aws:iam::123456789012:role/admin";
const ASKED: CallContext = {
  profile: "work",
  accessKeyId: "AKIA1",
  secretLength: 40,
  serial: DEVICE,
  region: "eu-central-1",
};

interface Answer {
  readonly text?: string;
  readonly attempts?: number;
  readonly clockAheadSeconds?: number;
}

function callAws(code: string, answer: Answer = {}, context: Partial<CallContext> = {}): Failure {
  const { text = "", attempts = 1, clockAheadSeconds = 0 } = answer;
  return explainRefusal(new StsRefusal(code, text, attempts, clockAheadSeconds), { ...ASKED, ...context });
}

const WRONG_CODE = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
const WRONG_DEVICE =
  "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA " +
  "serial number is valid and associated with this user.";
const DENIED = `User: ${ALICE} is not authorized to perform: sts:GetSessionToken`;

/** AWS's code and text as the service sends them; what a person must read of it. */
interface Refused {
  readonly what: string;
  readonly code: string;
  readonly text: string;
  readonly context?: Partial<CallContext>;
  readonly message: string;
  readonly hint: string | undefined;
}

const REFUSED: Refused[] = [
  {
    what: "a wrong or used code",
    code: "AccessDenied",
    text: WRONG_CODE,
    message: `AWS rejected the MFA code of ${DEVICE}: it's wrong, expired or already used`,
    hint: "wait for the next code, and check that it's from this device",
  },
  {
    what: "a wrong code of a device that nobody named",
    code: "AccessDenied",
    text: WRONG_CODE,
    context: { serial: undefined },
    message: "AWS rejected the MFA code: it's wrong, expired or already used",
    hint: "wait for the next code, and check that it's from this device",
  },
  {
    what: "a device that is not the user's",
    code: "AccessDenied",
    text: WRONG_DEVICE,
    message: `'${DEVICE}' isn't an MFA device of the user in profile 'work'`,
    hint: "name the device with --serial ARN; the IAM console shows it under Users > Security credentials",
  },
  {
    what: "a code that AWS wanted and did not get, which is no wrong one",
    code: "AccessDenied",
    text: "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.",
    message:
      "AWS refused: MultiFactorAuthentication failed, must provide both MFA serial number and one time " +
      "pass code.",
    hint: "an administrator must allow this action for the user",
  },
  ...["AccessDenied", "ExpiredToken", "ExpiredTokenException"].map((code) => ({
    what: `keys of a session (${code})`,
    code,
    text: code === "AccessDenied"
      ? "Cannot call GetSessionToken with session credentials"
      : "The security token included in the request is expired",
    message: "the keys of profile 'work' are temporary; a session needs long-term keys",
    hint: "log in with a profile that holds an IAM user's access key: awsmfa -p NAME",
  })),
  {
    what: "a secret of the right length that is another key's",
    code: "SignatureDoesNotMatch",
    text:
      "The request signature we calculated does not match the signature you provided.\n\nx-amz-security-token:SECRET",
    message: "the secret access key of profile 'work' does not belong to 'AKIA1'",
    hint: "was it pasted whole, and with the right key id? awsmfa setup sets both again",
  },
  {
    what: "a secret that was cut off",
    code: "SignatureDoesNotMatch",
    text: "",
    context: { secretLength: 39 },
    message: "the secret access key of profile 'work' does not belong to 'AKIA1'",
    hint: "it has 39 characters instead of 40: was it cut off? awsmfa setup sets it again",
  },
  {
    what: "a region where STS is off",
    code: "RegionDisabledException",
    text: "STS is not activated in this region for account:123456789012.",
    message: "STS is not enabled for this account in region 'eu-central-1', which must be enabled first",
    hint:
      "name another one: --region us-east-1; or have the region enabled (AWS console > Account > Regions)",
  },
  {
    what: "too many requests",
    code: "Throttling",
    text: "Rate exceeded",
    message: "AWS refused: too many requests, even after several retries",
    hint: "try again in a minute",
  },
  {
    what: "a role that the user may not assume",
    code: "AccessDenied",
    text: `User: ${ALICE} is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`,
    context: { roleArn: ROLE },
    message: `${ALICE} may not assume ${ROLE}`,
    hint:
      "does the role's trust policy name the user, and does it want an external id (external_id, --external-id)?",
  },
  {
    what: "a role with an external id",
    code: "AccessDenied",
    text: "Not authorized",
    context: { roleArn: ROLE, externalId: "E" },
    message: `the user of profile 'work' may not assume ${ROLE}`,
    hint: "does the role's trust policy name the user, and this external id?",
  },
  {
    what: "a role that the organization forbids, which no trust policy heals",
    code: "AccessDenied",
    text:
      `User: ${ALICE} is not authorized to perform: sts:AssumeRole on resource: ${ROLE} with an explicit deny ` +
      "in a service control policy",
    context: { roleArn: ROLE },
    message: `${ALICE} may not assume ${ROLE}`,
    hint: "the organization forbids it: ask who runs the AWS organization",
  },
  {
    what: "a role for the root user",
    code: "AccessDenied",
    text: "Roles may not be assumed by root accounts.",
    context: { roleArn: ROLE },
    message: "the keys of profile 'work' are the root user's, and AWS lets it assume no role",
    hint: "use an IAM user's access key: awsmfa setup",
  },
  ...([
    [
      "because no identity-based policy allows the sts:AssumeRole action",
      "an administrator must allow sts:AssumeRole on this role for the user",
    ],
    [
      "with an explicit deny in an identity-based policy",
      "an administrator must remove the deny from the user's own policies; it may be one that wants MFA",
    ],
    [
      "because no session policy allows the sts:AssumeRole action",
      "the policy of the session that asks forbids it: ask who made that, or log in without it",
    ],
    [
      "with an explicit deny in a session policy",
      "the policy of the session that asks forbids it: ask who made that, or log in without it",
    ],
    [
      "because no permissions boundary allows the sts:AssumeRole action",
      "the user's permissions boundary forbids it: ask who set it",
    ],
    [
      "because no resource-based policy allows the sts:AssumeRole action",
      "does the role's trust policy name the user, and does it want an external id (external_id, --external-id)?",
    ],
  ] as const).map(([ending, hint]) => ({
    what: `a role, ${ending}`,
    code: "AccessDenied",
    text: `User: ${ALICE} is not authorized to perform: sts:AssumeRole on resource: ${ROLE} ${ending}`,
    context: { roleArn: ROLE },
    message: `${ALICE} may not assume ${ROLE}`,
    hint,
  })),
  {
    what: "a role whose session may not have tags",
    code: "AccessDenied",
    text: `User: ${ALICE} is not authorized to perform: sts:TagSession on resource: ${ROLE}`,
    context: { roleArn: ROLE },
    message: `AWS refused: User: ${ALICE} is not authorized to perform: sts:TagSession on resource: ${ROLE}`,
    hint: "an administrator must allow this action for the user",
  },
  {
    what: "a role, for a reason that nobody knows yet",
    code: "AccessDenied",
    text: "The moon is in the wrong place.",
    context: { roleArn: ROLE },
    message: `the user of profile 'work' may not assume ${ROLE}: The moon is in the wrong place.`,
    hint:
      "does the role's trust policy name the user, and does it want an external id (external_id, --external-id)?",
  },
  {
    what: "an account that is not activated",
    code: "OptInRequired",
    text: "The AWS Access Key Id needs a subscription for the service",
    message: "the account of profile 'work' is not activated yet, or has no subscription to this service",
    hint: "sign in to the AWS console as who runs the account: it says what is to be finished",
  },
  {
    what: "a request that came too late",
    code: "RequestExpired",
    text: "Request has expired.",
    message: "AWS refused: the request came too late, or this machine's clock is wrong",
    hint:
      "try again; the clock is set so: Linux: sudo timedatectl set-ntp true; macOS: sudo sntp -sS time.apple.com; Windows: w32tm /resync",
  },
  {
    what: "more session tags than fit",
    code: "PackedPolicyTooLarge",
    text: "Packed policy consumes 112% of allotted space",
    context: { roleArn: ROLE },
    message: `the session of ${ROLE} would carry more tags and policies than AWS takes`,
    hint: "fewer or shorter ones: session_tags of the profile; AWS counts those of the roles before it, too",
  },
  {
    what: "a role for too long, with a maximum that AWS names",
    code: "ValidationError",
    text: "Value '43200' at 'durationSeconds' failed: Member must have value less than or equal to 7200",
    context: { roleArn: ROLE },
    message:
      `the role ${ROLE} doesn't allow sessions that long: Value '43200' at 'durationSeconds' failed: Member must ` +
      "have value less than or equal to 7200",
    hint: "ask for less than 2h: --duration 1h, or duration_seconds of the profile",
  },
  {
    what: "something new, in AWS's own words",
    code: "SomethingNew",
    text: "  Of this nobody knows yet.\nx-amz-security-token:SECRET",
    message: "AWS refused: SomethingNew: Of this nobody knows yet.",
    hint: undefined,
  },
];
for (const { what, code, text, context, message, hint } of REFUSED) {
  Deno.test(`refused by AWS: ${what} is told, and ends with ${EXIT.refused}`, () => {
    const failure = callAws(code, { text }, context);
    assert.equal(failure.message, message);
    assert.equal(failure.hint, hint);
    assert.equal(failure.exitCode, EXIT.refused);
  });
}

/** How AWS ends the text of a denial (IAM user guide, "Troubleshoot access denied error messages"). */
const DENIALS: [ending: string, hint: string][] = [
  ["", "an administrator must allow this action for the user"],
  [
    "because no identity-based policy allows the sts:GetSessionToken action",
    "an administrator must allow this action for the user",
  ],
  [
    "with an explicit deny in an identity-based policy",
    "an administrator must remove the deny from the user's own policies",
  ],
  [
    "with an explicit deny in a service control policy",
    "the organization forbids it: ask who runs the AWS organization",
  ],
  [
    "with an explicit deny in a service control policy: arn:aws:organizations::123456789012:policy/o-1/p-1",
    "the organization forbids it: ask who runs the AWS organization",
  ],
  [
    "because no service control policy allows the sts:GetSessionToken action",
    "the organization forbids it: ask who runs the AWS organization",
  ],
  [
    "with an explicit deny in a resource control policy",
    "the organization forbids it: ask who runs the AWS organization",
  ],
  [
    "because no permissions boundary allows the sts:GetSessionToken action",
    "the user's permissions boundary forbids it: ask who set it",
  ],
  [
    "with an explicit deny in a permissions boundary",
    "the user's permissions boundary forbids it: ask who set it",
  ],
  [
    "because no VPC endpoint policy allows the sts:GetSessionToken action",
    "the VPC endpoint forbids it: ask who runs the network, or leave AWS_ENDPOINT_URL_STS unset",
  ],
  [
    "with an explicit deny in a VPC endpoint policy",
    "the VPC endpoint forbids it: ask who runs the network, or leave AWS_ENDPOINT_URL_STS unset",
  ],
];
for (const [ending, hint] of DENIALS) {
  Deno.test(`a denial names who can lift it: ${ending || "nobody named"}`, () => {
    const text = `${DENIED} ${ending}`.trim();
    for (const code of ["AccessDenied", "AccessDeniedException"]) {
      const failure = callAws(code, { text: `${text}\nsecond line` });
      assert.equal(failure.message, `AWS refused: ${text}`);
      assert.equal(failure.hint, hint);
      assert.equal(failure.exitCode, EXIT.refused);
    }
  });
}

const [AWS, CHINA, GOVCLOUD, EUROPE] = [
  "AWS: --region us-east-1",
  "AWS China: --region cn-north-1",
  "AWS GovCloud: --region us-gov-west-1",
  "AWS European Sovereign Cloud: --region eusc-de-east-1",
];
const PARTITIONS: [region: string, name: string, others: string][] = [
  ["us-east-1", "AWS", `${CHINA}; ${GOVCLOUD}; ${EUROPE}`],
  ["eu-central-1", "AWS", `${CHINA}; ${GOVCLOUD}; ${EUROPE}`],
  ["cn-north-1", "AWS China", `${AWS}; ${GOVCLOUD}; ${EUROPE}`],
  ["cn-northwest-1", "AWS China", `${AWS}; ${GOVCLOUD}; ${EUROPE}`],
  ["us-gov-east-1", "AWS GovCloud", `${AWS}; ${CHINA}; ${EUROPE}`],
  ["eusc-de-east-1", "AWS European Sovereign Cloud", `${AWS}; ${CHINA}; ${GOVCLOUD}`],
  ["us-iso-east-1", "aws-iso", `${AWS}; ${CHINA}; ${GOVCLOUD}; ${EUROPE}`],
];
for (const code of ["UnrecognizedClientException", "AuthFailure"]) {
  Deno.test(`${code} is the same as a key that AWS does not know`, () => {
    assert.equal(callAws(code).message, callAws("InvalidClientTokenId").message);
  });
}
for (const [region, name, others] of PARTITIONS) {
  Deno.test(`a key that AWS does not know, asked in ${region}: inactive, deleted, or of another partition`, () => {
    const text = "The security token included in the request is invalid.";
    const failure = callAws("InvalidClientTokenId", { text }, { region });
    assert.equal(
      failure.message,
      `AWS doesn't recognize the access key 'AKIA1' of profile 'work' (region ${region}, ${name})`,
    );
    assert.equal(
      failure.hint,
      `it may be deleted or inactive; or it belongs to another partition: name that (${others})`,
    );
    assert.equal(failure.exitCode, EXIT.refused);
  });
}

Deno.test("a code refused on a later try may have been used by the try before", () => {
  const failure = callAws("AccessDenied", { text: WRONG_CODE, attempts: 2 });
  assert.equal(
    failure.message,
    `AWS rejected the MFA code of ${DEVICE} on try 2: an earlier try, whose answer was lost, may have used it`,
  );
  assert.equal(failure.hint, "wait for the next code, then try again");
});

const SET_CLOCK =
  "Linux: sudo timedatectl set-ntp true; macOS: sudo sntp -sS time.apple.com; Windows: w32tm /resync";
const CLOCKS: [ahead: number, message: string][] = [
  [3600 + 300, "this machine's clock is 1h 5m ahead of AWS's, and AWS refuses that"],
  [900, "this machine's clock is 15m ahead of AWS's, and AWS refuses that"],
  [-900, "this machine's clock is 15m behind AWS's, and AWS refuses that"],
  [-86_400, "this machine's clock is 24h behind AWS's, and AWS refuses that"],
];
for (const [clockAheadSeconds, message] of CLOCKS) {
  Deno.test(`a clock that is off by ${clockAheadSeconds}s is the reason, whatever AWS says, and how to set it is told`, () => {
    for (const code of ["SignatureDoesNotMatch", "RequestExpired", "AccessDenied", "InvalidClientTokenId"]) {
      const failure = callAws(code, { text: WRONG_CODE, clockAheadSeconds });
      assert.deepEqual([failure.message, failure.hint, failure.exitCode], [message, SET_CLOCK, EXIT.refused]);
    }
  });
}

Deno.test("a clock that is less than a quarter of an hour off is none of AWS's reasons, and codes made here fail for it", () => {
  const cases: [ahead: number, says: string | undefined][] = [
    [899, "15m ahead of AWS's"],
    [-300, "5m behind AWS's"],
    [-30, "30s behind AWS's"],
    [29, undefined],
  ];
  for (const [clockAheadSeconds, says] of cases) {
    const { message, hint = "" } = callAws("AccessDenied", { text: WRONG_CODE, clockAheadSeconds });
    assert.doesNotMatch(message, /clock/);
    const expected =
      `this machine's clock is ${says}: codes that are made on it fail for that (${SET_CLOCK})`;
    assert.equal(hint.includes("clock"), says !== undefined);
    if (says !== undefined) assert.equal(hint, expected);
  }
});

Deno.test("a signature that AWS takes for too old or too young is about the clock, whatever the answer's Date says", () => {
  const cases: [text: string, says: string][] = [
    [
      "Signature expired: 20260101T000000Z is now earlier than 20260101T000500Z (20260101T002000Z - 15 min.)",
      "20m behind AWS's",
    ],
    [
      "Signature not yet current: 20260101T000700Z is still later than 20260101T000500Z (20260101T000000Z + 5m.)",
      "7m ahead of AWS's",
    ],
    ["Signature expired", "2m ahead of AWS's"],
  ];
  for (const [text, says] of cases) {
    const failure = callAws("SignatureDoesNotMatch", { text, clockAheadSeconds: 120 });
    assert.equal(failure.message, `this machine's clock is ${says}, and AWS refuses that`);
    assert.equal(failure.hint, SET_CLOCK);
  }
});

Deno.test(`trouble at AWS is no refusal, and ends with ${EXIT.network}`, () => {
  for (const code of ["InternalFailure", "ServiceUnavailable"]) {
    const failure = callAws(code, { text: "We encountered an internal error" });
    assert.equal(failure.exitCode, EXIT.network);
    assert.equal(failure.message, `AWS refused: ${code}: We encountered an internal error`);
    assert.equal(failure.hint, "AWS is having problems; try again later");
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

Deno.test("a wrong code and a wrong device are told apart by AWS's text", () => {
  const refusal = (code: string, text: string): StsRefusal => new StsRefusal(code, text, 1, 0);
  assert.deepEqual(
    [isWrongCode, isWrongDevice].map((is) => is(refusal("AccessDenied", WRONG_CODE))),
    [true, false],
  );
  assert.deepEqual(
    [isWrongCode, isWrongDevice].map((is) => is(refusal("AccessDenied", WRONG_DEVICE))),
    [false, true],
  );
  for (const is of [isWrongCode, isWrongDevice]) {
    assert.ok(!is(refusal("AccessDenied", DENIED)));
    assert.ok(!is(refusal("ValidationError", WRONG_CODE)));
    assert.ok(!is(refusal("ValidationError", WRONG_DEVICE)));
  }
});

Deno.test("a session is over by AWS's code, whatever the text and the service say", () => {
  const over = [
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
  ];
  for (const code of over) assert.ok(isSessionOver(new StsRefusal(code, "", 1, 0)), code);
  for (
    const code of ["AccessDenied", "Throttling", "SignatureDoesNotMatch", "ExpiredTokens", "RequestExpired"]
  ) {
    assert.ok(!isSessionOver(new StsRefusal(code, "", 1, 0)), code);
  }
});

Deno.test("property: whatever AWS answers is told in one line and a hint, and nothing behind its first line", () => {
  const codes = fc.oneof(
    fc.constantFrom(
      "AccessDenied",
      "SignatureDoesNotMatch",
      "InvalidClientTokenId",
      "ValidationError",
      "Odd",
    ),
    fc.stringMatching(/^[A-Z][A-Za-z]{0,20}$/),
  );
  const first = fc.oneof(fc.constantFrom(WRONG_CODE, WRONG_DEVICE, DENIED, ""), fc.string());
  const context = fc.record({
    secretLength: fc.nat(99),
    roleArn: fc.constantFrom(undefined, ROLE),
    externalId: fc.constantFrom(undefined, "E"),
  });
  fc.assert(fc.property(codes, first, context, fc.integer(), (code, text, about, clockAheadSeconds) => {
    const answer = {
      text: `${text.replaceAll("\n", " ")}\nx-amz-security-token:TOPSECRET`,
      clockAheadSeconds,
    };
    const { message, hint = "" } = callAws(code, answer, about);
    assert.doesNotMatch(`${message}${hint}`, /TOPSECRET|\n/);
    assert.ok(message.length < 500, message);
  }));
});

Deno.test("a code that is called as what every object has is one that is not known", () => {
  for (const code of ["constructor", "toString", "__proto__", "valueOf"]) {
    const failure = callAws(code, { text: "Something new." });
    assert.equal(failure.message, `AWS refused: ${code}: Something new.`);
    assert.equal(failure.exitCode, EXIT.refused);
  }
});
