import assert from "node:assert/strict";
import { asked, rememberDevice } from "../../support/device_memory.ts";
import { assertFails } from "../../support/failure.ts";
import { openStage, section, type StageOptions } from "../../support/stage.ts";

const ARN = "arn:aws:iam::123456789012";
const day = (text: string): Date => new Date(`${text}T03:04:05Z`);

const many: StageOptions = {
  user: {
    name: "alice",
    devices: [
      { name: "phone", enabledAt: day("2024-05-06") },
      { kind: "hardware", serial: "GAHT12345678", enabledAt: day("2025-07-08") },
      { kind: "fido", serial: `${ARN}:u2f/user/alice/yubikey-ABCDEF`, enabledAt: day("2026-01-02") },
    ],
  },
};

Deno.test("devices are listed with kind, name, serial and day, and which one awsmfa uses and why", async () => {
  await using stage = await openStage(many);
  const before = stage.home.snapshot();
  const requests = await asked(stage, async () => {
    assert.deepEqual(await stage.awsmfa(["devices", "--json"]), {
      code: 0,
      stdout: `${
        JSON.stringify(
          {
            profile: "default",
            devices: [
              { serial: `${ARN}:mfa/phone`, enabledAt: day("2024-05-06"), kind: "virtual", name: "phone" },
              {
                serial: "GAHT12345678",
                enabledAt: day("2025-07-08"),
                kind: "hardware",
                name: "GAHT12345678",
              },
              {
                serial: `${ARN}:u2f/user/alice/yubikey-ABCDEF`,
                enabledAt: day("2026-01-02"),
                kind: "fido",
                name: "yubikey-ABCDEF",
              },
            ],
          },
          null,
          2,
        )
      }\n`,
      stderr: "",
    });
  });
  assert.deepEqual(requests, ["ListMFADevices", "GetCallerIdentity"]);
  rememberDevice(stage, `${ARN}:mfa/phone`);
  const remembered = await asked(stage, async () => {
    const ran = await stage.awsmfa(["devices"]);
    assert.deepEqual(ran, {
      code: 0,
      stdout: `phone  (virtual, since 2024-05-06)
  ${ARN}:mfa/phone
  awsmfa uses this one: it worked at the last login
GAHT12345678  (hardware token, since 2025-07-08)
  GAHT12345678
  to use this one: --serial GAHT12345678
yubikey-ABCDEF  (passkey or security key, since 2026-01-02)
  ${ARN}:u2f/user/alice/yubikey-ABCDEF
  STS takes no code of it
`,
      stderr: "",
    });
  });
  assert.deepEqual(remembered, ["ListMFADevices"]);
  Deno.removeSync(stage.home.file(".aws/awsmfa"), { recursive: true });
  assert.deepEqual(stage.home.snapshot(), before, "no file is touched");
});

Deno.test("the reason is the name, the memory, the user's name, or that there is no other", async () => {
  const phone = `${ARN}:mfa/phone`;
  const two = { user: { name: "alice", devices: [{ name: "alice" }, { name: "phone" }] } };
  await using stage = await openStage(two);
  const reasons = async (env: Record<string, string> = {}): Promise<string[]> => {
    const { stdout } = await stage.awsmfa(["devices", "--json"], { env });
    const { devices }: { devices: { name: string; usedBecause?: string }[] } = JSON.parse(stdout);
    return devices.flatMap(({ name, usedBecause }) => usedBecause === undefined ? [] : [name, usedBecause]);
  };
  assert.deepEqual(await reasons(), ["alice", "it has the user's name"]);
  rememberDevice(stage, phone);
  assert.deepEqual(await reasons(), ["phone", "it worked at the last login"]);
  stage.home.write(".aws/config", `[default]\nmfa_serial = ${ARN}:mfa/alice\n`);
  assert.deepEqual(await reasons(), ["alice", "mfa_serial of profile 'default' names it"]);
  assert.deepEqual(await reasons({ AWSMFA_SERIAL: phone }), ["phone", "AWSMFA_SERIAL names it"]);

  await using one = await openStage({ user: { name: "alice", deviceName: "phone" } });
  const { stdout } = await one.awsmfa(["devices"]);
  assert.match(stdout, /\n {2}awsmfa uses this one: it is the only one that shows codes\n$/);
  await one.login();
  const after = await one.awsmfa(["devices"]);
  assert.match(
    after.stdout,
    /\n {2}awsmfa uses this one: it worked at the last login\n$/,
    "also while logged in",
  );
});

Deno.test("devices asks with the long-term keys of the profile that is named, logged in or not", async () => {
  await using stage = await openStage();
  const bob = stage.sts.addUser({ name: "bob", deviceName: "tablet" });
  stage.home.write(".aws/credentials", section("default", stage.user) + section("bob", bob));
  for (let times = 0; times < 2; times++) {
    const { stdout } = await stage.awsmfa(["devices", "-p", "bob"]);
    assert.match(stdout, /^tablet {2}\(virtual, since 2024-01-02\)\n/);
    await stage.awsmfa([stage.sts.code(bob.serial), "-p", "bob"]);
  }
  const keys = stage.sts.requests.map(({ accessKeyId }) => accessKeyId);
  assert.deepEqual([...new Set(keys)], [bob.accessKeyId]);
});

Deno.test("a user without devices, or one who may not list them, is told what to do", async () => {
  await using none = await openStage({ user: { name: "alice", devices: [] } });
  assert.deepEqual(await none.awsmfa(["devices"]), {
    code: 0,
    stdout: "",
    stderr:
      "The user of profile 'default' has no MFA device.\nhint: IAM console > Users > Security credentials > Assign MFA device\n",
  });
  assert.deepEqual(JSON.parse((await none.awsmfa(["devices", "--json"])).stdout), {
    profile: "default",
    devices: [],
  });

  await using denied = await openStage({ user: { denied: ["iam:ListMFADevices"] } });
  for (const args of [["devices"], ["devices", "--json"]]) {
    await assertFails(denied, args, {
      code: 3,
      says: "AWS does not let the user list its devices (iam:ListMFADevices)",
      hint: "name it: --serial ARN, or AWSMFA_SERIAL=ARN, or mfa_serial = ARN in the config file",
      requests: 1,
    });
  }
});
