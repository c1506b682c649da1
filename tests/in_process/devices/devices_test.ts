import assert from "node:assert/strict";
import { formatDeviceMemory } from "../../../src/domain/aws/device_memory.ts";
import { StsRefusal } from "../../../src/domain/aws/sts_refusal.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const FILES = { [home.CREDENTIALS]: `[default]\n${KEYS}` };
const PHONE = "arn:aws:iam::111122223333:mfa/phone";
const PASSKEY = "arn:aws:iam::111122223333:u2f/user/alice/yubikey-ABCDEF";
const SMS = "arn:aws:iam::111122223333:sms-mfa/alice";
const TOKEN = "GAHT09876543";

function owning(devices: readonly string[], more: home.FakeSetup = {}): home.FakeSetup {
  return { files: FILES, mfaDevices: () => devices, ...more };
}

Deno.test("devices are listed with kind, name, serial number and date, and the one that awsmfa would use", async () => {
  const played = await play(["devices"], owning([home.ALICES_DEVICE, TOKEN, PASSKEY, SMS]));
  assert.equal(
    played.stdout,
    `alice  (virtual, since 2025-03-01)
  ${home.ALICES_DEVICE}
  awsmfa uses this one: it has the user's name
${TOKEN}  (hardware token, since 2025-03-01)
  ${TOKEN}
  to use this one: --serial ${TOKEN}
yubikey-ABCDEF  (passkey or security key, since 2025-03-01)
  ${PASSKEY}
  STS takes no code of it
alice  (SMS, since 2025-03-01)
  ${SMS}
  STS takes no code of it
`,
  );
  assert.deepEqual([played.stderr, played.code, played.saves], ["", 0, []]);
  assert.deepEqual([played.deviceLists.length, played.requests, played.questions], [1, [], []]);
  assert.deepEqual(played.kept, [["read", "env", "net"]]);
});

const BECAUSE: [
  what: string,
  devices: string[],
  setup: home.FakeSetup,
  serial: string | undefined,
  why: string,
][] = [
  ["the derived one", [home.ALICES_DEVICE, PHONE], {}, home.ALICES_DEVICE, "it has the user's name"],
  ["the only one", [PHONE, PASSKEY], {}, PHONE, "it is the only one that shows codes"],
  [
    "the one that worked",
    [home.ALICES_DEVICE, PHONE],
    {
      files: {
        ...FILES,
        [home.DEVICES]: formatDeviceMemory({
          devices: new Map([["AKIAALICE", PHONE]]),
          usedCodes: new Map(),
          keysCreated: new Map(),
        }),
      },
    },
    PHONE,
    "it worked at the last login",
  ],
  [
    "the profile's",
    [home.ALICES_DEVICE, PHONE],
    { files: { ...FILES, [home.CONFIG]: `[default]\nmfa_serial = ${PHONE}\n` } },
    PHONE,
    "mfa_serial of profile 'default' names it",
  ],
  [
    "the variable's, before the profile's",
    [home.ALICES_DEVICE, PHONE],
    {
      files: { ...FILES, [home.CONFIG]: `[default]\nmfa_serial = ${home.ALICES_DEVICE}\n` },
      env: { AWSMFA_SERIAL: PHONE },
    },
    PHONE,
    "AWSMFA_SERIAL names it",
  ],
  [
    "the only one, where the profile names one that is not the user's",
    [TOKEN],
    { files: { ...FILES, [home.CONFIG]: `[default]\nmfa_serial = ${PHONE}\n` } },
    TOKEN,
    "it is the only one that shows codes",
  ],
  ["none, where several may be meant", [PHONE, TOKEN], {}, undefined, ""],
  ["none, where none shows codes", [PASSKEY], {}, undefined, ""],
];
for (const [what, devices, setup, serial, why] of BECAUSE) {
  Deno.test(`awsmfa would use ${what}: ${serial ?? "nobody knows"}`, async () => {
    const { stdout, stderr, code, saves } = await play(["devices"], owning(devices, setup));
    assert.equal(stdout.split("awsmfa uses this one").length, serial === undefined ? 1 : 2);
    if (serial !== undefined) {
      assert.ok(stdout.includes(`  ${serial}\n  awsmfa uses this one: ${why}\n`), stdout);
    }
    assert.deepEqual([stderr, code, saves], ["", 0, []]);
  });
}

Deno.test("--json is one document of the same", async () => {
  const { stdout, stderr, code } = await play(["devices", "--json"], owning([PHONE, PASSKEY]));
  assert.deepEqual(JSON.parse(stdout), {
    profile: "default",
    devices: [
      {
        kind: "virtual",
        name: "phone",
        serial: PHONE,
        enabledAt: "2025-03-01T00:00:00.000Z",
        usedBecause: "it is the only one that shows codes",
      },
      { kind: "fido", name: "yubikey-ABCDEF", serial: PASSKEY, enabledAt: "2025-03-01T00:00:00.000Z" },
    ],
  });
  assert.deepEqual([stderr, code], ["", 0]);
});

Deno.test("a user without a device is told what to do, and stdout stays empty or an empty document", async () => {
  const hint = "The user of profile 'default' has no MFA device.\n" +
    "hint: IAM console > Users > Security credentials > Assign MFA device\n";
  const none = await play(["devices"], owning([]));
  assert.deepEqual([none.stdout, none.stderr, none.code], ["", hint, 0]);
  const json = await play(["devices", "--json"], owning([]));
  assert.deepEqual(JSON.parse(json.stdout), { profile: "default", devices: [] });
  assert.deepEqual([json.stderr, json.code], ["", 0]);
});

Deno.test("-p names the profile, and a role's devices are those of its source's user", async () => {
  const files = {
    [home.CREDENTIALS]: `[base]\n${KEYS}`,
    [home.CONFIG]:
      "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = base\nregion = eu-west-1\n",
  };
  for (const args of [["devices", "-p", "r", "--json"], ["-p", "r", "devices", "--json"]]) {
    const { stdout, code, deviceLists } = await play(args, owning([PHONE], { files }));
    assert.equal(JSON.parse(stdout).profile, "base");
    assert.equal(code, 0);
    assert.deepEqual(deviceLists.map(({ keys, region }) => [keys.accessKeyId, region]), [[
      "AKIAALICE",
      "eu-west-1",
    ]]);
  }
});

Deno.test("a profile that is logged in is asked for with its long-term keys, out of the backup", async () => {
  const files = {
    [home.CREDENTIALS]:
      "[default]\naws_access_key_id = ASIAX\naws_secret_access_key = s3cret\naws_session_token = t0ken\n",
    [`${home.CREDENTIALS}_backup_by_awsmfa`]: `[default]\n${KEYS}`,
  };
  const { code, deviceLists } = await play(["devices"], owning([PHONE], { files }));
  assert.deepEqual([code, deviceLists[0]?.keys.accessKeyId], [0, "AKIAALICE"]);
});

Deno.test("a user who may not list them is told the three ways to name one", async () => {
  for (const json of [[], ["--json"]]) {
    assertFailed(await play(["devices", ...json], owning([], { mfaDevices: home.refuseListing })), {
      code: 3,
      stderr: "awsmfa: AWS does not let the user list its devices (iam:ListMFADevices)\n" +
        "hint: name it: --serial ARN, or AWSMFA_SERIAL=ARN, or mfa_serial = ARN in the config file\n",
      files: FILES,
    });
  }
});

const REFUSED: [code: string, clock: number, stderr: RegExp][] = [
  [
    "InvalidClientTokenId",
    0,
    /^awsmfa: AWS doesn't recognize the access key 'AKIAALICE' of profile 'default' /,
  ],
  [
    "SignatureDoesNotMatch",
    0,
    /^awsmfa: the secret access key of profile 'default' does not belong to 'AKIAALICE'\nhint: it has 11 characters instead of 40: /,
  ],
  ["Throttling", 0, /^awsmfa: AWS refused: too many requests/],
  ["RequestExpired", -1800, /^awsmfa: this machine's clock is 30m behind AWS's/],
];
for (const [code, clock, stderr] of REFUSED) {
  Deno.test(`any other refusal of IAM is told for what it is, not as a defect: ${code}`, async () => {
    const mfaDevices = (): never => {
      throw new StsRefusal(code, "no", 1, clock);
    };
    assertFailed(await play(["devices"], owning([], { mfaDevices })), { code: 3, stderr, files: FILES });
  });
}

Deno.test("wrong usage, and a profile that is not there", async () => {
  assertFailed(await play(["devices", "--serial", PHONE], owning([PHONE])), {
    code: 2,
    stderr: /^awsmfa: unknown option '--serial'\n/,
  });
  assertFailed(await play(["devices", "-p", "none"], owning([PHONE])), {
    code: 4,
    stderr: /^awsmfa: no profile 'none' in /,
  });
});
