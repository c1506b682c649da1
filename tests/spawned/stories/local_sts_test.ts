import assert from "node:assert/strict";
import {
  AssumeRoleCommand,
  type Credentials,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { FetchHttpHandler } from "@smithy/fetch-http-handler";
import { acceptCode, freshCode, makeDevice, staleCode } from "../../../scripts/local_sts/device.ts";
import {
  type LocalSts,
  startLocalSts,
  type User,
  type UserOptions,
} from "../../../scripts/local_sts/server.ts";
import { base32, totpCode, totpStep } from "../../../scripts/local_sts/totp.ts";
import { needs } from "../../support/needs.ts";

// Signed by the real clients: the JavaScript SDK in this process, and the AWS CLI.

Deno.test("MFA codes are those of RFC 6238, appendix B", () => {
  const key = new TextEncoder().encode("12345678901234567890");
  const vectors: [seconds: number, code: string][] = [
    [59, "94287082"],
    [1111111109, "07081804"],
    [1111111111, "14050471"],
    [1234567890, "89005924"],
    [2000000000, "69279037"],
    [20000000000, "65353130"],
  ];
  for (const [seconds, code] of vectors) {
    assert.equal(totpCode(key, totpStep(seconds * 1000), 8), code);
    assert.equal(totpCode(key, totpStep(seconds * 1000)), code.slice(2));
  }
  assert.equal(base32(new TextEncoder().encode("foobar")), "MZXW6YTBOI");
});

Deno.test("a device takes this step's code and its neighbours', each once, and none older than the last", () => {
  const now = Date.UTC(2026, 0, 1);
  const at = (steps: number): string => totpCode(device.key, totpStep(now) + steps);
  let device = makeDevice({}, "arn:aws:iam::123456789012", "alice");
  const tries: [steps: number, accepted: boolean][] = [
    [-2, false],
    [2, false],
    [0, true],
    [0, false],
    [-1, false],
    [1, true],
    [0, false],
  ];
  for (const [steps, accepted] of tries) {
    assert.equal(acceptCode(device, at(steps), now), accepted, `${steps}`);
  }

  device = makeDevice({}, "arn:aws:iam::123456789012", "bob");
  assert.equal(freshCode(device, now), freshCode(device, now), "until it is used, the code stays");
  for (let i = 0; i < 20; i++) assert.ok(acceptCode(device, freshCode(device, now), now));
  assert.equal(acceptCode(device, staleCode(device, now), now), false);
  assert.ok(
    acceptCode(device, totpCode(device.key, totpStep(now) + 40), now + 40 * 30_000),
    "back in step later",
  );
});

Deno.test("GetCallerIdentity tells who a key belongs to", async () => {
  await using stage = await Stage.open();
  const users: [Partial<UserOptions>, arn: string, region: string][] = [
    [
      { path: "/division/team/", name: "bob" },
      "arn:aws:iam::123456789012:user/division/team/bob",
      "eu-west-1",
    ],
    [{ root: true, accountId: "111122223333" }, "arn:aws:iam::111122223333:root", "us-east-1"],
    [{ partition: "aws-cn", name: "li" }, "arn:aws-cn:iam::123456789012:user/li", "cn-north-1"],
    [{ partition: "aws-us-gov", name: "jo" }, "arn:aws-us-gov:iam::123456789012:user/jo", "us-gov-west-1"],
  ];
  for (const [options, arn, region] of users) {
    const user = stage.sts.addUser({ ...options, denied: ["sts:GetCallerIdentity"] });
    const { Arn, Account, UserId } = await stage.client(user, { region }).send(
      new GetCallerIdentityCommand({}),
    );
    assert.deepEqual([Arn, Account, UserId], [arn, user.accountId, user.userId]);
  }
  assert.deepEqual(stage.sts.requests.map((each) => each.region), users.map(([, , region]) => region));
});

Deno.test("a device's serial is derived without the path, and the root user's has a fixed name", async () => {
  await using stage = await Stage.open();
  const named = stage.sts.addUser({ path: "/team/", name: "bob" });
  assert.equal(named.serial, "arn:aws:iam::123456789012:mfa/bob");
  assert.equal(stage.sts.addUser({ deviceName: "phone" }).serial, "arn:aws:iam::123456789012:mfa/phone");
  const root = stage.sts.addUser({ root: true, partition: "aws-cn" });
  assert.equal(root.serial, "arn:aws-cn:iam::123456789012:mfa/root-account-mfa-device");
  assert.throws(() => stage.sts.addUser({ name: "bob" }), /one already/);
});

Deno.test("GetSessionToken turns a code into a session with MFA, of the length that was asked for", async () => {
  await using stage = await Stage.open();
  for (const seconds of [undefined, 900, 129600]) {
    const before = Math.floor(Date.now() / 1000);
    const session = await stage.login(seconds === undefined ? {} : { DurationSeconds: seconds });
    const lasts = Number(session.Expiration) / 1000 - before;
    assert.ok(lasts >= (seconds ?? 43200) && lasts < (seconds ?? 43200) + 600, `${lasts}`);
    assert.match(session.AccessKeyId ?? "", /^ASIA[A-Z2-7]{16}$/);
    assert.match(session.SecretAccessKey ?? "", /^(?=.*\/)(?=.*\+).{40}$/);
    assert.match(session.SessionToken ?? "", /^(?=.*\/)(?=.*\+).{300,}=$/);
    const identity = await stage.client(keysOf(session)).send(new GetCallerIdentityCommand({}));
    assert.equal(identity.Arn, stage.user.arn);
  }
});

Deno.test("the root user's session ends after an hour, whatever was asked for", async () => {
  await using stage = await Stage.open({ root: true });
  const session = await stage.login({ DurationSeconds: 129600 });
  assert.ok(Number(session.Expiration) <= Date.now() + 3600_000);
});

Deno.test("a wrong code and a wrong serial use nothing up, a good code is used up", async () => {
  await using stage = await Stage.open();
  const { sts, user } = stage;
  const other = sts.addUser();
  const code = sts.code(user.serial);
  const tries: [serial: string, code: () => string, status: number][] = [
    [user.serial, () => sts.wrongCode(user.serial), 403],
    [other.serial, () => code, 403],
    [user.serial, () => code, 200],
    [user.serial, () => code, 403],
    [user.serial, () => sts.code(user.serial), 200],
  ];
  for (const [SerialNumber, makeCode, status] of tries) {
    const command = new GetSessionTokenCommand({ SerialNumber, TokenCode: makeCode() });
    await stage.client(user).send(command).catch(() => undefined);
    assert.equal(sts.requests.at(-1)?.status, status);
  }
});

Deno.test("AssumeRole answers with the assumed role, for one session after the other", async () => {
  await using stage = await Stage.open();
  const { sts, user } = stage;
  const role = sts.addRole({ name: "deploy", trusts: [user.arn], requireMfa: true, externalId: "abc" });
  const request = { RoleArn: role.arn, RoleSessionName: "me@work", ExternalId: "abc" };
  const session = keysOf(await stage.login());
  const withCode = { ...request, SerialNumber: user.serial, TokenCode: sts.code(user.serial) };
  for (const [key, input] of [[user, withCode], [session, request]] as const) {
    const { AssumedRoleUser, Credentials } = await stage.client(key).send(new AssumeRoleCommand(input));
    assert.equal(AssumedRoleUser?.Arn, "arn:aws:sts::123456789012:assumed-role/deploy/me@work");
    const identity = await stage.client(keysOf(Credentials)).send(new GetCallerIdentityCommand({}));
    assert.equal(identity.Arn, AssumedRoleUser.Arn);
    assert.equal(identity.UserId, `${role.roleId}:me@work`);
  }
});

Deno.test("a role session may last as long as the role says, with a session key only without chainCap", async () => {
  await using stage = await Stage.open();
  const role = stage.sts.addRole({ maxDurationSeconds: 7200 });
  const command = new AssumeRoleCommand({ RoleArn: role.arn, RoleSessionName: "me", DurationSeconds: 7200 });
  await stage.client(stage.user).send(command);
  const session = stage.client(keysOf(await stage.login()));
  await assert.rejects(session.send(command), { name: "ValidationError" });
  stage.sts.behave({ chainCap: false });
  await session.send(command);
});

interface Row {
  title: string;
  status: number;
  code: string;
  message: string | RegExp;
  user?: Partial<UserOptions>;
  run: (stage: Stage) => Promise<unknown>;
}

const noMatch =
  "The request signature we calculated does not match the signature you provided. Check your AWS " +
  "Secret Access Key and signing method. Consult the service documentation for details.";
const noKey = "The security token included in the request is invalid.";
const noDevice =
  "MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial " +
  "number is valid and associated with this user.";
const noPair =
  "MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.";
const noCode = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
const me = "arn:aws:iam::123456789012:user/alice";
const admin = "arn:aws:iam::123456789012:role/admin";
const notTrusted = `User: ${me} is not authorized to perform: sts:AssumeRole on resource: ${admin}`;
const onlyValue = (value: string, member: string, must: string): string =>
  `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${must}`;

const whoAmI = (stage: Stage, key: Keys, options: ClientOptions = {}): Promise<unknown> =>
  stage.client(key, options).send(new GetCallerIdentityCommand({}));
const getSession = (stage: Stage, input: Record<string, string | number>): Promise<unknown> =>
  stage.client(stage.user).send(new GetSessionTokenCommand(input));
const assume = (stage: Stage, key: Keys, input: Record<string, string | number> = {}): Promise<unknown> =>
  stage.client(key).send(new AssumeRoleCommand({ RoleArn: admin, RoleSessionName: "me", ...input }));
const listDevices = (stage: Stage, key: Keys, params: Record<string, string> = {}): Promise<unknown> =>
  whoAmI(stage, key, {
    service: "iam",
    body: { Action: "ListMFADevices", Version: "2010-05-08", ...params },
  });

const signatures: Row[] = [
  {
    title: "a wrong secret",
    status: 403,
    code: "SignatureDoesNotMatch",
    message: noMatch,
    run: (stage) => whoAmI(stage, { ...stage.user, secretAccessKey: "x".repeat(40) }),
  },
  {
    title: "a body changed on the way",
    status: 403,
    code: "SignatureDoesNotMatch",
    message: noMatch,
    run: (stage) => whoAmI(stage, stage.user, { tamper: (request) => request.body += "&x=1" }),
  },
  {
    title: "a path changed on the way",
    status: 403,
    code: "SignatureDoesNotMatch",
    message: noMatch,
    run: (stage) => whoAmI(stage, stage.user, { tamper: (request) => request.path = "/x" }),
  },
  {
    title: "a signed header changed on the way",
    status: 403,
    code: "SignatureDoesNotMatch",
    message: noMatch,
    run: (stage) =>
      whoAmI(stage, stage.user, { tamper: ({ headers }) => headers["content-type"] = "text/plain" }),
  },
  {
    title: "an x-amz header that is not signed",
    status: 403,
    code: "SignatureDoesNotMatch",
    message: "'x-amz-new' must be a 'SignedHeader' in the AWS Authorization.",
    run: (stage) => whoAmI(stage, stage.user, { tamper: ({ headers }) => headers["x-amz-new"] = "1" }),
  },
  {
    title: "a signature for another service",
    status: 403,
    code: "SignatureDoesNotMatch",
    message: "Credential should be scoped to correct service: 'sts'.",
    run: (stage) => whoAmI(stage, stage.user, { service: "iam" }),
  },
  {
    title: "a region of another partition",
    status: 403,
    code: "InvalidClientTokenId",
    message: noKey,
    run: (stage) => whoAmI(stage, stage.user, { region: "cn-north-1" }),
  },
  {
    title: "a key of another partition",
    status: 403,
    code: "InvalidClientTokenId",
    message: noKey,
    user: { partition: "aws-us-gov" },
    run: (stage) => whoAmI(stage, stage.user),
  },
  {
    title: "a request without a signature",
    status: 403,
    code: "MissingAuthenticationToken",
    message: "Request is missing Authentication Token",
    run: (stage) => whoAmI(stage, stage.user, { tamper: ({ headers }) => delete headers.authorization }),
  },
  {
    title: "an Authorization header that can't be read",
    status: 400,
    code: "IncompleteSignature",
    message: /^Authorization header requires 'Credential'/,
    run: (stage) =>
      whoAmI(stage, stage.user, { tamper: ({ headers }) => headers.authorization = "Bearer x" }),
  },
  {
    title: "a request without a date",
    status: 400,
    code: "IncompleteSignature",
    message: /^Authorization header requires existence of either a 'X-Amz-Date'/,
    run: (stage) => whoAmI(stage, stage.user, { tamper: ({ headers }) => delete headers["x-amz-date"] }),
  },
  {
    title: "an unknown key",
    status: 403,
    code: "InvalidClientTokenId",
    message: noKey,
    run: (stage) => whoAmI(stage, { ...stage.user, accessKeyId: "AKIAIOSFODNN7EXAMPLE" }),
  },
  {
    title: "an inactive key",
    status: 403,
    code: "InvalidClientTokenId",
    message: noKey,
    run: (stage) => {
      stage.sts.deactivate(stage.user.accessKeyId);
      return whoAmI(stage, stage.user);
    },
  },
  {
    title: "a deleted key",
    status: 403,
    code: "InvalidClientTokenId",
    message: noKey,
    run: (stage) => {
      stage.sts.deleteKey(stage.user.accessKeyId);
      return whoAmI(stage, stage.user);
    },
  },
  {
    title: "a clock that is behind",
    status: 403,
    code: "SignatureDoesNotMatch",
    message: /^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/,
    run: (stage) => {
      stage.sts.behave({ clockOffsetSeconds: 3600 });
      return whoAmI(stage, stage.user);
    },
  },
  {
    title: "a clock that is ahead",
    status: 403,
    code: "SignatureDoesNotMatch",
    message:
      /^Signature not yet current: \d{8}T\d{6}Z is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 15 min\.\)$/,
    run: (stage) => {
      stage.sts.behave({ clockOffsetSeconds: -3600 });
      return whoAmI(stage, stage.user);
    },
  },
  {
    title: "a session key without its token",
    status: 403,
    code: "InvalidClientTokenId",
    message: noKey,
    run: async (stage) => {
      const { accessKeyId, secretAccessKey } = keysOf(await stage.login());
      return whoAmI(stage, { accessKeyId, secretAccessKey });
    },
  },
  {
    title: "a session key with another session's token",
    status: 403,
    code: "InvalidClientTokenId",
    message: noKey,
    run: async (stage) => {
      const { sessionToken } = keysOf(await stage.login());
      return whoAmI(stage, { ...keysOf(await stage.login()), sessionToken });
    },
  },
  {
    title: "a session that has ended",
    status: 403,
    code: "ExpiredToken",
    message: "The security token included in the request is expired",
    run: async (stage) => {
      const session = keysOf(await stage.login({ DurationSeconds: 900 }));
      stage.sts.behave({ clockOffsetSeconds: 600 });
      await whoAmI(stage, session, { secondsOff: 600 }).catch(() => assert.fail("still valid"));
      stage.sts.behave({ clockOffsetSeconds: 4000 });
      return whoAmI(stage, session, { secondsOff: 4000 });
    },
  },
  {
    title: "an action that there is not",
    status: 400,
    code: "InvalidAction",
    message: "Could not find operation GetNothing for version 2011-06-15",
    run: (stage) => whoAmI(stage, stage.user, { body: { Action: "GetNothing", Version: "2011-06-15" } }),
  },
  {
    title: "an action of another version",
    status: 400,
    code: "InvalidAction",
    message: "Could not find operation GetCallerIdentity for version 1999-01-01",
    run: (stage) =>
      whoAmI(stage, stage.user, { body: { Action: "GetCallerIdentity", Version: "1999-01-01" } }),
  },
  {
    title: "a request without an action",
    status: 400,
    code: "MissingAction",
    message: "The request must contain the parameter Action",
    run: (stage) => whoAmI(stage, stage.user, { body: {} }),
  },
];

const sessions: Row[] = [
  {
    title: "GetSessionToken with session credentials",
    status: 403,
    code: "AccessDenied",
    message: "Cannot call GetSessionToken with session credentials",
    run: async (stage) => stage.client(keysOf(await stage.login())).send(new GetSessionTokenCommand({})),
  },
  {
    title: "a duration of 100 seconds",
    status: 400,
    code: "ValidationError",
    message: onlyValue("100", "durationSeconds", "have value greater than or equal to 900"),
    run: (stage) => getSession(stage, { DurationSeconds: 100 }),
  },
  {
    title: "a duration of more than 36 hours",
    status: 400,
    code: "ValidationError",
    message: onlyValue("129601", "durationSeconds", "have value less than or equal to 129600"),
    run: (stage) => getSession(stage, { DurationSeconds: 129601 }),
  },
  {
    title: "a serial without a code",
    status: 403,
    code: "AccessDenied",
    message: noPair,
    run: (stage) => getSession(stage, { SerialNumber: stage.user.serial }),
  },
  {
    title: "a code without a serial",
    status: 403,
    code: "AccessDenied",
    message: noPair,
    run: (stage) => getSession(stage, { TokenCode: "123456" }),
  },
  {
    title: "a device that nobody has",
    status: 403,
    code: "AccessDenied",
    message: noDevice,
    run: (stage) =>
      getSession(stage, { SerialNumber: "arn:aws:iam::123456789012:mfa/x", TokenCode: "123456" }),
  },
  {
    title: "another user's device",
    status: 403,
    code: "AccessDenied",
    message: noDevice,
    run: (stage) => {
      const { serial } = stage.sts.addUser({ name: "bob" });
      return getSession(stage, { SerialNumber: serial, TokenCode: stage.sts.code(serial) });
    },
  },
  {
    title: "a FIDO key",
    status: 403,
    code: "AccessDenied",
    message: noDevice,
    user: { devices: [{ kind: "fido", name: "yubikey" }] },
    run: (stage) => {
      const [serial = ""] = stage.user.serials;
      assert.match(serial, /^arn:aws:iam::123456789012:u2f\/user\/alice\/yubikey-/);
      return getSession(stage, { SerialNumber: serial, TokenCode: stage.sts.code(serial) });
    },
  },
  {
    title: "a code of five digits",
    status: 400,
    code: "ValidationError",
    message: onlyValue("12345", "tokenCode", "have length greater than or equal to 6"),
    run: (stage) => getSession(stage, { SerialNumber: stage.user.serial, TokenCode: "12345" }),
  },
  {
    title: "a code of letters",
    status: 400,
    code: "ValidationError",
    message: onlyValue("abcdef", "tokenCode", "satisfy regular expression pattern: [\\d]*"),
    run: (stage) => getSession(stage, { SerialNumber: stage.user.serial, TokenCode: "abcdef" }),
  },
  {
    title: "a wrong code",
    status: 403,
    code: "AccessDenied",
    message: noCode,
    run: (stage) =>
      getSession(stage, {
        SerialNumber: stage.user.serial,
        TokenCode: stage.sts.wrongCode(stage.user.serial),
      }),
  },
  {
    title: "a code for the second time",
    status: 403,
    code: "AccessDenied",
    message: noCode,
    run: async (stage) => {
      const input = { SerialNumber: stage.user.serial, TokenCode: stage.sts.code(stage.user.serial) };
      await getSession(stage, input);
      return getSession(stage, input);
    },
  },
  {
    title: "GetSessionToken where a policy denies it",
    status: 403,
    code: "AccessDenied",
    message:
      `User: ${me} is not authorized to perform: sts:GetSessionToken on resource: * with an explicit deny ` +
      "in an identity-based policy",
    user: { denied: ["sts:GetSessionToken"] },
    run: (stage) => getSession(stage, {}),
  },
];

const roles: Row[] = [
  {
    title: "a role that there is not",
    status: 403,
    code: "AccessDenied",
    message: notTrusted,
    run: (stage) => assume(stage, stage.user),
  },
  {
    title: "a role that trusts another user",
    status: 403,
    code: "AccessDenied",
    message: notTrusted,
    run: (stage) => {
      stage.sts.addRole({ arn: admin, trusts: [stage.sts.addUser({ name: "bob" }).arn] });
      return assume(stage, stage.user);
    },
  },
  {
    title: "a role where a policy denies AssumeRole",
    status: 403,
    code: "AccessDenied",
    message: `${notTrusted} with an explicit deny in an identity-based policy`,
    user: { denied: ["sts:AssumeRole"] },
    run: (stage) => {
      stage.sts.addRole({ arn: admin });
      return assume(stage, stage.user);
    },
  },
  {
    title: "a role that wants MFA, by a key without",
    status: 403,
    code: "AccessDenied",
    message: notTrusted,
    run: (stage) => {
      stage.sts.addRole({ arn: admin, requireMfa: true });
      return assume(stage, stage.user);
    },
  },
  {
    title: "a role that wants MFA, by a session without",
    status: 403,
    code: "AccessDenied",
    message: notTrusted,
    run: async (stage) => {
      stage.sts.addRole({ arn: admin, requireMfa: true });
      return assume(stage, await stage.sessionWithoutMfa());
    },
  },
  {
    title: "a role that wants MFA, by a wrong code",
    status: 403,
    code: "AccessDenied",
    message: noCode,
    run: (stage) => {
      stage.sts.addRole({ arn: admin, requireMfa: true });
      const { serial } = stage.user;
      return assume(stage, stage.user, { SerialNumber: serial, TokenCode: stage.sts.wrongCode(serial) });
    },
  },
  {
    title: "a role with another external ID",
    status: 403,
    code: "AccessDenied",
    message: notTrusted,
    run: (stage) => {
      stage.sts.addRole({ arn: admin, externalId: "abc" });
      return assume(stage, stage.user, { ExternalId: "abd" });
    },
  },
  {
    title: "a role for the root user",
    status: 403,
    code: "AccessDenied",
    message: "Roles may not be assumed by root accounts.",
    user: { root: true },
    run: (stage) => assume(stage, stage.user),
  },
  {
    title: "a role session longer than the role allows",
    status: 400,
    code: "ValidationError",
    message: "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
    run: (stage) => {
      stage.sts.addRole({ arn: admin, maxDurationSeconds: 7200 });
      return assume(stage, stage.user, { DurationSeconds: 7201 });
    },
  },
  {
    title: "a chained role session of more than an hour",
    status: 400,
    code: "ValidationError",
    message:
      "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining",
    run: async (stage) => {
      const first = stage.sts.addRole({ name: "first" });
      stage.sts.addRole({ arn: admin, maxDurationSeconds: 7200, trusts: [first.arn] });
      const { Credentials } = await stage.client(stage.user).send(
        new AssumeRoleCommand({ RoleArn: first.arn, RoleSessionName: "me" }),
      );
      await assume(stage, keysOf(Credentials));
      return assume(stage, keysOf(Credentials), { DurationSeconds: 3601 });
    },
  },
  {
    title: "a role session name with a blank",
    status: 400,
    code: "ValidationError",
    message: onlyValue("a b", "roleSessionName", "satisfy regular expression pattern: [\\w+=,.@-]*"),
    run: (stage) => assume(stage, stage.user, { RoleSessionName: "a b" }),
  },
  {
    title: "a role session name of one letter and a role for two minutes",
    status: 400,
    code: "ValidationError",
    message:
      "2 validation errors detected: Value 'a' at 'roleSessionName' failed to satisfy constraint: Member " +
      "must have length greater than or equal to 2; Value '120' at 'durationSeconds' failed to satisfy " +
      "constraint: Member must have value greater than or equal to 900",
    run: (stage) => assume(stage, stage.user, { RoleSessionName: "a", DurationSeconds: 120 }),
  },
];

const devices: Row[] = [
  {
    title: "ListMFADevices where a policy denies it",
    status: 403,
    code: "AccessDenied",
    message: `User: ${me} is not authorized to perform: iam:ListMFADevices on resource: user alice with an ` +
      "explicit deny in an identity-based policy",
    user: { denied: ["iam:ListMFADevices"] },
    run: (stage) => listDevices(stage, stage.user),
  },
  {
    title: "ListMFADevices of another user",
    status: 403,
    code: "AccessDenied",
    message:
      `User: ${me} is not authorized to perform: iam:ListMFADevices on resource: user bob because no ` +
      "identity-based policy allows the iam:ListMFADevices action",
    run: (stage) => listDevices(stage, stage.user, { UserName: "bob" }),
  },
  {
    title: "ListMFADevices by a session without MFA",
    status: 403,
    code: "InvalidClientTokenId",
    message: noKey,
    run: async (stage) => listDevices(stage, await stage.sessionWithoutMfa()),
  },
];

for (const row of [...signatures, ...sessions, ...roles, ...devices]) {
  Deno.test(`refused as AWS refuses it: ${row.title}`, async () => {
    await using stage = await Stage.open(row.user);
    await assert.rejects(row.run(stage), (error: Error) => {
      const last = stage.sts.requests.at(-1);
      assert.deepEqual([last?.status, last?.errorCode], [row.status, row.code]);
      // The SDK has its own class for an ended session; every other code it hands on as the name.
      assert.equal(error.name.replace("ExpiredTokenException", "ExpiredToken"), row.code);
      if (typeof row.message === "string") assert.equal(error.message, row.message);
      else assert.match(error.message, row.message);
      return true;
    });
  });
}

Deno.test("an answer is XML of the service's namespace, with a request ID and the server's own date", async () => {
  await using stage = await Stage.open();
  stage.sts.behave({ clockOffsetSeconds: 86400 });
  for (
    const [query, service] of [["Action=ListMFADevices", "iam"], ["Action=GetCallerIdentity", "sts"]] as const
  ) {
    const response = await fetch(`${stage.sts.url}/?${query}&x=a%26b`);
    const text = await response.text();
    assert.equal(response.status, 403);
    assert.equal(response.headers.get("content-type"), "text/xml");
    const ahead = Date.parse(response.headers.get("date") ?? "") - Date.now();
    assert.ok(ahead > 86_000_000 && ahead < 86_800_000, `${ahead}`);
    assert.ok(text.startsWith(`<ErrorResponse xmlns="https://${service}.amazonaws.com/doc/`), text);
    assert.match(text, /<Type>Sender<\/Type>.*<RequestId>[0-9a-f-]{36}<\/RequestId><\/ErrorResponse>\n$/);
  }
  assert.equal(stage.sts.requests[0]?.params.x, "a&b");
});

Deno.test("planned failures come as often as planned, and a retrying client gets through them", async () => {
  await using stage = await Stage.open();
  const planned = { throttle: "Throttling", "500": "InternalFailure", "503": "ServiceUnavailable" };
  for (const kind of ["throttle", "500", "503"] as const) {
    const before = stage.sts.requests.length;
    stage.sts.behave({ failNext: { count: 1, kind } });
    await whoAmI(stage, stage.user, { maxAttempts: 2 });
    const codes = stage.sts.requests.slice(before).map((each) => each.errorCode);
    assert.deepEqual(codes, [planned[kind], undefined]);
  }
});

Deno.test("a reset is no answer at all to the client", async () => {
  await using stage = await Stage.open();
  stage.sts.behave({ failNext: { count: 2, kind: "reset" } });
  await assert.rejects(fetch(stage.sts.url), TypeError);
});

Deno.test("a client that minds the Date header gets past a wrong clock by itself", async () => {
  await using stage = await Stage.open();
  stage.sts.behave({ clockOffsetSeconds: -7200 });
  await whoAmI(stage, stage.user, { maxAttempts: 2 });
  assert.deepEqual(stage.sts.requests.map((each) => each.status), [403, 200]);
});

Deno.test("hanging and slow requests end with the server, and with the client", async () => {
  const arrivals: string[] = [];
  for (const behaviour of [{ hang: true }, { delayMs: 3_600_000 }]) {
    await using stage = await Stage.open();
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    stage.sts.behave({
      ...behaviour,
      onRequest: ({ action }) => {
        arrivals.push(action);
        (arrivals.length % 2 === 1 ? first : second).resolve();
      },
    });
    const impatient = new AbortController();
    const gone = assert.rejects(fetch(`${stage.sts.url}/?Action=A`, { signal: impatient.signal }));
    await first.promise;
    impatient.abort();
    await gone;
    const waiting = assert.rejects(fetch(`${stage.sts.url}/?Action=B`));
    await second.promise;
    await stage.sts.close();
    await waiting;
  }
  assert.deepEqual(arrivals, ["A", "B", "A", "B"]);
});

Deno.test("what onRequest throws comes out of close", async () => {
  const sts = await startLocalSts({ behaviour: { onRequest: () => assert.fail("seen") } });
  await assert.rejects(fetch(sts.url));
  await assert.rejects(sts.close(), /seen/);
});

Deno.test("requests are logged with who asked what over which connection", async () => {
  await using stage = await Stage.open();
  const client = stage.client(stage.user, { region: "eu-central-1" });
  await client.send(new GetSessionTokenCommand({ DurationSeconds: 900 }));
  await client.send(new GetCallerIdentityCommand({}));
  const [first, second] = stage.sts.requests;
  assert.deepEqual(first, {
    action: "GetSessionToken",
    accessKeyId: stage.user.accessKeyId,
    connection: first?.connection,
    region: "eu-central-1",
    params: { Action: "GetSessionToken", Version: "2011-06-15", DurationSeconds: "900" },
    status: 200,
  });
  assert.equal(second?.connection, first.connection, "one connection is enough for two requests");
});

const openssl = { ignore: findProgram("openssl") === undefined && Deno.env.get("CI") !== "true" };

Deno.test("it speaks TLS with a certificate of the test's own", openssl, async () => {
  const folder = await Deno.makeTempDir({ prefix: "local_sts_test_" });
  try {
    const made = await new Deno.Command("openssl", {
      args: "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key -out cert -days 2"
        .split(" ")
        .concat("-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1")
        .concat("-addext", "basicConstraints=critical,CA:FALSE"),
      cwd: folder,
    }).output();
    assert.equal(made.code, 0, new TextDecoder().decode(made.stderr));
    const cert = await Deno.readTextFile(`${folder}/cert`);
    await using sts = await startLocalSts({ tls: { cert, key: await Deno.readTextFile(`${folder}/key`) } });
    using client = Deno.createHttpClient({ caCerts: [cert] });
    const response = await fetch(`${sts.url}/?Action=GetCallerIdentity`, { client });
    assert.match(await response.text(), /<Code>MissingAuthenticationToken<\/Code>/);
    await assert.rejects(fetch(sts.url), TypeError, "nobody else trusts it");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

const cli = needs("aws");

Deno.test("the AWS CLI logs in, says who it is, lists its devices and assumes a role", cli, async () => {
  const enabledAt = new Date("2025-06-07T08:09:10Z");
  await using stage = await Stage.open({
    path: "/team/",
    devices: [{ enabledAt }, { kind: "hardware", serial: "GAHT12345678" }, { kind: "fido", name: "key" }],
  });
  const { sts, user } = stage;
  const role = sts.addRole({ requireMfa: true });
  const login = ["sts", "get-session-token", "--serial-number", "GAHT12345678", "--token-code"];
  const { Credentials } = await stage.aws(user, ...login, sts.code("GAHT12345678"));
  const session = keysOf(Credentials);
  for (const key of [user, session]) {
    assert.deepEqual(await stage.aws(key, "sts", "get-caller-identity"), {
      UserId: user.userId,
      Account: user.accountId,
      Arn: user.arn,
    });
  }
  const { MFADevices } = await stage.aws(session, "iam", "list-mfa-devices", "--user-name", "alice");
  assert.deepEqual(
    MFADevices,
    user.serials.map((SerialNumber, i) => ({
      UserName: "alice",
      SerialNumber,
      EnableDate: i === 0 ? "2025-06-07T08:09:10Z" : "2024-01-02T03:04:05Z",
    })),
  );
  const assumed = await stage.aws(
    session,
    ...["sts", "assume-role", "--role-arn", role.arn, "--role-session-name", "cli"],
  );
  const identity = await stage.aws(keysOf(assumed.Credentials), "sts", "get-caller-identity");
  assert.equal(identity.Arn, "arn:aws:sts::123456789012:assumed-role/admin/cli");
});

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

type Sent = Parameters<FetchHttpHandler["handle"]>[0];

interface ClientOptions {
  region?: string;
  maxAttempts?: number;
  /** Seconds that the client's clock is ahead. */
  secondsOff?: number;
  /** What is signed for, in place of sts. */
  service?: string;
  /** Parameters sent in place of the command's own. */
  body?: Record<string, string>;
  /** Changes the request after it was signed. */
  tamper?: (request: Sent) => unknown;
}

/** A server with one user, and clients that are closed with it. */
class Stage implements AsyncDisposable {
  readonly #clients: STSClient[] = [];

  constructor(readonly sts: LocalSts, readonly user: User) {}

  static async open(options: Partial<UserOptions> = {}): Promise<Stage> {
    const sts = await startLocalSts();
    return new Stage(sts, sts.addUser(options));
  }

  client(key: Keys, options: ClientOptions = {}): STSClient {
    const { accessKeyId, secretAccessKey, sessionToken } = key;
    const { region = "us-east-1", maxAttempts = 1, service, body, tamper } = options;
    const client = new STSClient({
      endpoint: this.sts.url,
      region,
      maxAttempts,
      credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
      systemClockOffset: (options.secondsOff ?? 0) * 1000,
      requestHandler: new TamperingHandler(tamper),
      ...(service === undefined ? {} : {
        httpAuthSchemeProvider: () => [{
          schemeId: "aws.auth#sigv4",
          signingProperties: { signingName: service },
          propertiesExtractor: (config, context) => ({ signingProperties: { config, context } }),
        }],
      }),
    });
    if (body !== undefined) {
      client.middlewareStack.add((next) => (args) => {
        Object.assign(args.request as Sent, { body: `${new URLSearchParams(body)}` });
        return next(args);
      }, { step: "build", priority: "high" });
    }
    this.#clients.push(client);
    return client;
  }

  async login(input: { DurationSeconds?: number } = {}): Promise<Credentials> {
    const { serial } = this.user;
    const { Credentials } = await this.client(this.user).send(
      new GetSessionTokenCommand({ ...input, SerialNumber: serial, TokenCode: this.sts.code(serial) }),
    );
    assert.ok(Credentials !== undefined);
    return Credentials;
  }

  async sessionWithoutMfa(): Promise<Keys> {
    const { Credentials } = await this.client(this.user).send(new GetSessionTokenCommand({}));
    return keysOf(Credentials);
  }

  async aws(key: Keys, ...args: string[]): Promise<CliAnswer> {
    const home = await Deno.makeTempDir({ prefix: "local_sts_test_" });
    try {
      const { code, stdout, stderr } = await new Deno.Command("aws", {
        args: [...args, "--endpoint-url", this.sts.url, "--output", "json"],
        clearEnv: true,
        cwd: home,
        env: {
          HOME: home,
          PATH: Deno.env.get("PATH") ?? "",
          AWS_DEFAULT_REGION: "us-east-1",
          AWS_MAX_ATTEMPTS: "1",
          AWS_ACCESS_KEY_ID: key.accessKeyId,
          AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
          ...(key.sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: key.sessionToken }),
        },
      }).output();
      assert.equal(code, 0, new TextDecoder().decode(stderr));
      return JSON.parse(new TextDecoder().decode(stdout));
    } finally {
      await Deno.remove(home, { recursive: true });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const client of this.#clients) client.destroy();
    await this.sts.close();
  }
}

interface CliAnswer {
  readonly Arn?: string;
  readonly Credentials?: Credentials;
  readonly MFADevices?: unknown;
}

class TamperingHandler extends FetchHttpHandler {
  constructor(readonly tamper: ClientOptions["tamper"]) {
    super();
  }

  override handle(...[request, options]: Parameters<FetchHttpHandler["handle"]>): ReturnType<
    FetchHttpHandler["handle"]
  > {
    this.tamper?.(request);
    return super.handle(request, options);
  }
}

function keysOf(credentials: Credentials | undefined): Keys & { sessionToken: string } {
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

function findProgram(name: string): string | undefined {
  return (Deno.env.get("PATH") ?? "").split(":").map((folder) => `${folder}/${name}`).find((path) => {
    try {
      return Deno.statSync(path).isFile;
    } catch {
      return false;
    }
  });
}
