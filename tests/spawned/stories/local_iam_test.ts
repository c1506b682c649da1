import assert from "node:assert/strict";
import {
  CreateAccessKeyCommand,
  CreateVirtualMFADeviceCommand,
  DeactivateMFADeviceCommand,
  DeleteAccessKeyCommand,
  DeleteVirtualMFADeviceCommand,
  EnableMFADeviceCommand,
  GetAccessKeyLastUsedCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListVirtualMFADevicesCommand,
  ResyncMFADeviceCommand,
  UpdateAccessKeyCommand,
} from "@aws-sdk/client-iam";
import {
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  type GetSessionTokenCommandOutput,
  STSClient,
} from "@aws-sdk/client-sts";
import {
  type LocalSts,
  startLocalSts,
  type User,
  type UserOptions,
} from "../../../scripts/local_sts/server.ts";

// The local IAM's access keys and MFA devices, asked by the JavaScript SDK.

const ME = "arn:aws:iam::123456789012:user/alice";
const ABSENT = "AKIAABSENTABSENTABSE";

Deno.test("an access key is made, listed, used, made inactive and deleted", async () => {
  await using stage = await open();
  const { sts, user } = stage;
  const { AccessKey } = await stage.iam.send(new CreateAccessKeyCommand({ UserName: "alice" }));
  const made = {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
  assert.deepEqual(sts.keysOf(user)[1], { ...made, status: "Active" });
  assert.deepEqual(await lastUse(stage, made.accessKeyId), ["N/A", "N/A", false]);

  await whoIs(stage, made);
  assert.deepEqual(await lastUse(stage, made.accessKeyId), ["sts", "us-east-1", true]);
  for (const Status of ["Inactive", "Active", "Inactive"] as const) {
    await stage.iam.send(new UpdateAccessKeyCommand({ AccessKeyId: made.accessKeyId, Status }));
    assert.equal(sts.keysOf(user)[1]?.status, Status);
  }
  await refused(whoIs(stage, made), "InvalidClientTokenId");
  const { AccessKeyMetadata } = await stage.iam.send(new ListAccessKeysCommand({}));
  assert.deepEqual(AccessKeyMetadata?.map(({ AccessKeyId, Status }) => [AccessKeyId, Status]), [
    [user.accessKeyId, "Active"],
    [made.accessKeyId, "Inactive"],
  ]);
  await stage.iam.send(new DeleteAccessKeyCommand({ AccessKeyId: made.accessKeyId }));
  assert.deepEqual(sts.keysOf(user).map(({ accessKeyId }) => accessKeyId), [user.accessKeyId]);
});

Deno.test("a third key, a key that is not there, and another user's are refused", async () => {
  await using stage = await open();
  const { iam, sts, user } = stage;
  const other = sts.addUser({ name: "bob" });
  sts.addKey(user, { status: "Expired" });
  await refused(
    iam.send(new CreateAccessKeyCommand({})),
    "LimitExceededException",
    "Cannot exceed quota for AccessKeysPerUser: 2",
  );
  for (const AccessKeyId of [ABSENT, other.accessKeyId]) {
    const message = `The Access Key with id ${AccessKeyId} cannot be found.`;
    await refused(
      iam.send(new UpdateAccessKeyCommand({ AccessKeyId, Status: "Active" })),
      "NoSuchEntityException",
      message,
    );
    await refused(iam.send(new DeleteAccessKeyCommand({ AccessKeyId })), "NoSuchEntityException", message);
    await refused(iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId })), "AccessDenied");
  }
  await refused(
    iam.send(new ListAccessKeysCommand({ UserName: "bob" })),
    "AccessDenied",
    `User: ${ME} is not authorized to perform: iam:ListAccessKeys on resource: user bob because no identity-based ` +
      "policy allows the iam:ListAccessKeys action",
  );
});

Deno.test("each action can be denied, and a policy can ask for MFA", async () => {
  const actions = [
    ["CreateAccessKey", (iam: IAMClient) => iam.send(new CreateAccessKeyCommand({}))],
    ["DeleteAccessKey", (iam: IAMClient) => iam.send(new DeleteAccessKeyCommand({ AccessKeyId: ABSENT }))],
    [
      "UpdateAccessKey",
      (iam: IAMClient) => iam.send(new UpdateAccessKeyCommand({ AccessKeyId: ABSENT, Status: "Inactive" })),
    ],
    [
      "GetAccessKeyLastUsed",
      (iam: IAMClient) => iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId: ABSENT })),
    ],
    ["ListAccessKeys", (iam: IAMClient) => iam.send(new ListAccessKeysCommand({}))],
  ] as const;
  for (const options of [{ denied: actions.map(([name]) => `iam:${name}`) }, { iamNeedsMfa: true }]) {
    await using stage = await open(options);
    for (const [name, send] of actions) {
      await refused(
        send(stage.iam),
        "AccessDenied",
        `User: ${ME} is not authorized to perform: iam:${name} on resource: user alice with an explicit deny in an ` +
          "identity-based policy",
      );
    }
  }
  await using stage = await open({ iamNeedsMfa: true });
  const { sts, user } = stage;
  const { Credentials } = await stage.client(STSClient, user).send(
    new GetSessionTokenCommand({ SerialNumber: user.serial, TokenCode: sts.code(user.serial) }),
  );
  await stage.client(IAMClient, {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  }).send(new CreateAccessKeyCommand({ UserName: "alice" }));
  assert.equal(sts.keysOf(user).length, 2);
});

Deno.test("a new key is refused as often and as long as was planned, and older ones never", async () => {
  await using stage = await open();
  const { sts, user } = stage;
  sts.behave({ newKeyRefusals: [true, false, true] });
  await stage.iam.send(new CreateAccessKeyCommand({}));
  const made = sts.keysOf(user)[1];
  assert.ok(made !== undefined);
  await refused(whoIs(stage, made), "InvalidClientTokenId");
  await whoIs(stage, made);
  await refused(whoIs(stage, made), "InvalidClientTokenId");
  await whoIs(stage, made);
  await whoIs(stage, user);
});

Deno.test("an answer can be lost after the action was done", async () => {
  await using stage = await open();
  const { sts, user } = stage;
  // Over a connection that was not used before: fetch would send the request once more.
  sts.behave({ failNext: { count: 1, kind: "lost" } });
  await assert.rejects(stage.iam.send(new CreateAccessKeyCommand({})));
  assert.deepEqual(sts.requests.map(({ action, errorCode }) => [action, errorCode]), [[
    "CreateAccessKey",
    "lost",
  ]]);
  assert.equal(sts.keysOf(user).length, 2);
});

Deno.test("a virtual device is made, enabled with two codes, logs in, is brought in step, and goes again", async () => {
  await using stage = await open({ devices: [], iamNeedsMfa: true });
  const { iam, sts, user } = stage;
  const { VirtualMFADevice } = await iam.send(
    new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "phone" }),
  );
  const SerialNumber = "arn:aws:iam::123456789012:mfa/phone";
  assert.equal(VirtualMFADevice?.SerialNumber, SerialNumber);
  assert.match(new TextDecoder().decode(VirtualMFADevice.Base32StringSeed), /^[A-Z2-7]{32}$/);
  await refused(
    iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "phone" })),
    "EntityAlreadyExistsException",
  );
  const unassigned = await iam.send(new ListVirtualMFADevicesCommand({ AssignmentStatus: "Unassigned" }));
  assert.deepEqual(unassigned.VirtualMFADevices?.map((each) => each.SerialNumber), [SerialNumber]);

  const enable = ([AuthenticationCode1, AuthenticationCode2]: readonly [string, string]): Promise<unknown> =>
    iam.send(
      new EnableMFADeviceCommand({
        UserName: "alice",
        SerialNumber,
        AuthenticationCode1,
        AuthenticationCode2,
      }),
    );
  const [first, second] = sts.codePair(SerialNumber);
  for (const pair of [[second, first], [first, first], [first, sts.wrongCode(SerialNumber)]] as const) {
    await refused(enable(pair), "InvalidAuthenticationCodeException");
  }
  await enable([first, second]);
  await refused(
    enable(sts.codePair(SerialNumber)),
    "EntityAlreadyExistsException",
    "MFA Device is already in use.",
  );
  const login = (TokenCode: string): Promise<GetSessionTokenCommandOutput> =>
    stage.client(STSClient, user).send(new GetSessionTokenCommand({ SerialNumber, TokenCode }));
  await refused(login(second), "AccessDenied");
  const { Credentials } = await login(sts.code(SerialNumber));

  const withMfa = stage.client(IAMClient, {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  });
  const of = { UserName: "alice", SerialNumber };
  const [AuthenticationCode1, AuthenticationCode2] = sts.codePair(SerialNumber);
  await iam.send(new ResyncMFADeviceCommand({ ...of, AuthenticationCode1, AuthenticationCode2 }));
  await refused(iam.send(new DeactivateMFADeviceCommand(of)), "AccessDenied");
  await refused(withMfa.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })), "DeleteConflictException");
  await withMfa.send(new DeactivateMFADeviceCommand(of));
  await refused(withMfa.send(new DeactivateMFADeviceCommand(of)), "NoSuchEntityException");
  await refused(login(sts.code(SerialNumber)), "AccessDenied");
  await withMfa.send(new DeleteVirtualMFADeviceCommand({ SerialNumber }));
  await refused(withMfa.send(new DeleteVirtualMFADeviceCommand({ SerialNumber })), "NoSuchEntityException");
});

Deno.test("a user has eight devices at most", async () => {
  await using stage = await open({ devices: Array.from({ length: 8 }, (_, i) => ({ name: `phone${i}` })) });
  const { iam, sts } = stage;
  await iam.send(new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: "ninth" }));
  const SerialNumber = "arn:aws:iam::123456789012:mfa/ninth";
  const [AuthenticationCode1, AuthenticationCode2] = sts.codePair(SerialNumber);
  await refused(
    iam.send(
      new EnableMFADeviceCommand({
        UserName: "alice",
        SerialNumber,
        AuthenticationCode1,
        AuthenticationCode2,
      }),
    ),
    "LimitExceededException",
  );
});

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

interface Stage extends AsyncDisposable {
  readonly sts: LocalSts;
  readonly user: User;
  readonly iam: IAMClient;
  readonly client: <T extends STSClient | IAMClient>(
    Kind: new (config: { region: string; endpoint: string; maxAttempts: number; credentials: Keys }) => T,
    keys: Keys,
  ) => T;
}

async function open(options: Partial<UserOptions> = {}): Promise<Stage> {
  const sts = await startLocalSts();
  const user = sts.addUser({ name: "alice", ...options });
  const clients: { destroy: () => void }[] = [];
  const client: Stage["client"] = (Kind, credentials) => {
    const made = new Kind({ region: "us-east-1", endpoint: sts.url, maxAttempts: 1, credentials });
    clients.push(made);
    return made;
  };
  return {
    sts,
    user,
    iam: client(IAMClient, user),
    client,
    [Symbol.asyncDispose]: async () => {
      for (const each of clients) each.destroy();
      await sts.close();
    },
  };
}

async function whoIs(stage: Stage, keys: Keys): Promise<void> {
  const { Arn } = await stage.client(STSClient, keys).send(new GetCallerIdentityCommand({}));
  assert.equal(Arn, ME);
}

async function lastUse({ iam }: Stage, AccessKeyId: string): Promise<unknown[]> {
  const { AccessKeyLastUsed: used } = await iam.send(new GetAccessKeyLastUsedCommand({ AccessKeyId }));
  return [used?.ServiceName, used?.Region, used?.LastUsedDate !== undefined];
}

async function refused(work: Promise<unknown>, name: string, message?: string): Promise<void> {
  await assert.rejects(work, (error: Error) => {
    assert.equal(error.name, name);
    if (message !== undefined) assert.equal(error.message, message);
    return true;
  });
}
