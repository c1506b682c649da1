import assert from "node:assert/strict";
import { formatDeviceMemory } from "../../../src/domain/aws/device_memory.ts";
import { StsRefusal } from "../../../src/domain/aws/sts_refusal.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, type Played, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const FILES = { [home.CREDENTIALS]: `[default]\n${KEYS}` };
const IAM = "arn:aws:iam::111122223333:";
const PHONE = `${IAM}mfa/phone`;
const TABLET = `${IAM}mfa/tablet`;
const TOKEN = "GAHT09876543";
const PASSKEY = `${IAM}u2f/user/alice/yubikey-ABCDEF`;
const ASIDE = `Your long-term keys are backed up in ${home.BACKUP}; awsmfa --restore puts them back.\n`;
const DONE = "Logged in to 'default' until 2026-11-20 21:00 (12h).\n";

/** A user who owns these devices and no others; STS takes codes of `works` alone where that is given. */
function owning(
  devices: readonly string[],
  more: home.FakeSetup & { works?: readonly string[] } = {},
): home.FakeSetup {
  const { works = devices, ...setup } = more;
  return {
    files: FILES,
    mfaDevices: () => devices,
    sts: (_access, { serial }) => works.includes(serial) ? undefined : home.refuseDevice(),
    assumeRole: (_access, { mfa }) => {
      if (mfa !== undefined && !works.includes(mfa.serial)) home.refuseDevice();
    },
    ...setup,
  };
}

/** The device that a login remembered for a key. */
function remembers(serial: string, keyId = "AKIAALICE"): Record<string, string> {
  return {
    [home.DEVICES]: formatDeviceMemory({
      devices: new Map([[keyId, serial]]),
      usedCodes: new Map(),
      keysCreated: new Map(),
    }),
  };
}

/** How often AWS was asked: who the caller is, for a session, and for the devices. */
function calls({ identityCalls, requests, deviceLists }: Played | home.FakeWorld): number[] {
  return [identityCalls.length, requests.length, deviceLists.length];
}

function tried({ requests }: Played): string[] {
  return requests.map(({ request }) => request.serial);
}

Deno.test("the derived device is wrong: IAM is asked, the same code goes on, and the next login is one request", async () => {
  const fake = home.fakeWorld(owning([PHONE]));
  const first = await playIn(fake, ["123456"]);
  assert.equal(first.stdout, DONE);
  assert.equal(first.stderr, `The user's MFA device is '${PHONE}'.\n${ASIDE}`);
  assert.equal(first.code, 0);
  assert.deepEqual(first.saves, [home.CACHED, home.DEVICES, home.BACKUP, home.CREDENTIALS]);
  assert.deepEqual(calls(first), [1, 2, 1]);
  assert.deepEqual(first.requests.map(({ request }) => [request.serial, request.code]), [
    [home.ALICES_DEVICE, "123456"],
    [PHONE, "123456"],
  ]);
  assert.deepEqual(first.deviceLists[0]?.keys, { accessKeyId: "AKIAALICE", secretAccessKey: "long/secret" });
  assert.equal(JSON.parse(first.files[home.DEVICES] ?? "").devices.AKIAALICE, PHONE);

  fake.saves.length = 0;
  const second = await playIn(fake, ["654321"]);
  assert.deepEqual([second.stdout, second.stderr, second.code], [DONE, "", 0]);
  assert.deepEqual(second.saves, [home.CACHED, home.DEVICES, home.CREDENTIALS]);
  assert.deepEqual(calls(second), [1, 3, 1]);
  assert.equal(tried(second)[2], PHONE);
});

Deno.test("the code is asked for once, whichever device it is of", async () => {
  const { code, questions, requests } = await play([], owning([PHONE], { answers: ["123456"] }));
  assert.equal(code, 0);
  assert.deepEqual(questions, ["Code of mfa/alice for profile 'default': "]);
  assert.deepEqual(requests.map(({ request }) => request.code), ["123456", "123456"]);
});

Deno.test("a device is remembered for its access key, and not for another one", async () => {
  const files = {
    [home.CREDENTIALS]: `[default]\n${KEYS}[bob]\naws_access_key_id = AKIABOB\naws_secret_access_key = b/s\n`,
  };
  const fake = home.fakeWorld(owning([PHONE], { files }));
  await playIn(fake, ["123456"]);
  const bob = await playIn(fake, ["-p", "bob", "654321"]);
  assert.equal(bob.code, 0);
  assert.deepEqual(tried(bob).slice(2), [home.ALICES_DEVICE, PHONE]);
  assert.deepEqual(JSON.parse(bob.files[home.DEVICES] ?? "").devices, { AKIAALICE: PHONE, AKIABOB: PHONE });
});

Deno.test("a session that is new by env or exec remembers the device, too", async () => {
  for (const args of [["env", "-s", "sh", "123456"], ["exec", "123456", "--", "x"]]) {
    const { code, saves, files } = await play(args, owning([PHONE]));
    assert.equal(code, 0);
    assert.deepEqual(saves, [home.CACHED, home.DEVICES]);
    assert.equal(JSON.parse(files[home.DEVICES] ?? "").devices.AKIAALICE, PHONE);
  }
});

Deno.test("the remembered device works no more: the derived one is tried, without IAM, and remembered", async () => {
  const files = { ...FILES, ...remembers(PHONE) };
  const played = await play(["123456"], owning([home.ALICES_DEVICE], { files }));
  assert.deepEqual([played.stdout, played.stderr, played.code], [DONE, ASIDE, 0]);
  assert.deepEqual(tried(played), [PHONE, home.ALICES_DEVICE]);
  assert.deepEqual(calls(played), [1, 2, 0]);
  assert.equal(JSON.parse(played.files[home.DEVICES] ?? "").devices.AKIAALICE, home.ALICES_DEVICE);
});

Deno.test("neither the remembered nor the derived device is right: IAM is asked, with the same code", async () => {
  const files = { ...FILES, ...remembers(PHONE) };
  const played = await play(["123456"], owning([TABLET], { files }));
  assert.equal(played.stderr, `The user's MFA device is '${TABLET}'.\n${ASIDE}`);
  assert.equal(played.code, 0);
  assert.deepEqual(tried(played), [PHONE, home.ALICES_DEVICE, TABLET]);
  assert.deepEqual(calls(played), [1, 3, 1]);
  assert.deepEqual([...new Set(played.requests.map(({ request }) => request.code))], ["123456"]);
});

Deno.test("the remembered device is the derived one: it is not tried twice", async () => {
  const files = { ...FILES, ...remembers(home.ALICES_DEVICE) };
  const played = await play(["123456"], owning([PHONE], { files }));
  assert.equal(played.code, 0);
  assert.deepEqual(tried(played), [home.ALICES_DEVICE, PHONE]);
  assert.deepEqual(calls(played), [1, 2, 1]);
});

Deno.test("a failed login leaves what was remembered", async () => {
  const files = { ...FILES, ...remembers(PHONE) };
  assertFailed(await play(["123456"], owning([], { files })), {
    code: 3,
    stderr: `awsmfa: '${home.ALICES_DEVICE}' isn't an MFA device of this user, and AWS lists no other one\n` +
      "hint: add a virtual device: IAM console > Users > Security credentials > Assign MFA device; or without MFA: --no-mfa\n",
    files,
  });
});

const NAMED: [source: string, args: string[], setup: home.FakeSetup][] = [
  ["--serial", ["--serial", TABLET], { env: { AWSMFA_SERIAL: `${IAM}mfa/env` } }],
  ["AWSMFA_SERIAL", [], { env: { AWSMFA_SERIAL: TABLET } }],
  ["mfa_serial of profile 'default'", [], {
    files: {
      ...FILES,
      [home.CONFIG]: `[default]\nmfa_serial = ${TABLET}\n`,
      ...remembers(home.ALICES_DEVICE),
    },
  }],
  ["aws_mfa_device of profile 'default'", [], {
    files: { [home.CREDENTIALS]: `${FILES[home.CREDENTIALS]}aws_mfa_device = ${TABLET}\n` },
  }],
];
for (const [source, args, setup] of NAMED) {
  Deno.test(`a device that ${source} names is tried first, and told where it is not the user's`, async () => {
    const right = await play([...args, "123456"], owning([TABLET], setup));
    // Some readers refuse a session beside mfa_serial, which the login says.
    const said = right.stderr.replace(/^note: .NET looks at mfa_serial .*\n/, "");
    assert.equal(said.length < right.stderr.length, source.startsWith("mfa_serial"));
    assert.deepEqual([said, right.code, tried(right), calls(right)], [ASIDE, 0, [TABLET], [0, 1, 0]]);
    const wrong = await play([...args, "123456"], owning([PHONE], setup));
    assert.equal(wrong.stdout, DONE);
    assert.equal(
      wrong.stderr.replace(/^note: .*\n/m, ""),
      `${source}: '${TABLET}' isn't one of this user's devices; '${PHONE}' is, and is used.\n${ASIDE}`,
    );
    assert.equal(wrong.code, 0);
    assert.deepEqual([tried(wrong), calls(wrong)], [[TABLET, PHONE], [0, 2, 1]]);
  });
}

Deno.test("a user's ARN given in place of the device's is corrected, in words", async () => {
  const played = await play(["--serial", `${IAM}user/team/alice`, "123456"], owning([home.ALICES_DEVICE]));
  assert.equal(played.stdout, DONE);
  assert.equal(
    played.stderr,
    `--serial: '${IAM}user/team/alice' is a user, not a device; '${home.ALICES_DEVICE}' is tried in its place.\n${ASIDE}`,
  );
  assert.equal(played.code, 0);
  assert.deepEqual([tried(played), calls(played)], [[home.ALICES_DEVICE], [0, 1, 0]]);
});

Deno.test("a hardware token's number is a device like any other", async () => {
  const played = await play(["123456"], owning([TOKEN, PASSKEY]));
  assert.equal(played.stderr, `The user's MFA device is '${TOKEN}'.\n${ASIDE}`);
  assert.deepEqual([played.code, tried(played)], [0, [home.ALICES_DEVICE, TOKEN]]);
});

const MENU = `  1  phone  (${PHONE})\n  2  ${TOKEN}  (${TOKEN})\n`;

Deno.test("several devices, on a terminal: offered by number, and asked again until one is chosen", async () => {
  const answers = ["123456", "", "0", "3", "phone", "-1", "1.5", " 2 "];
  const played = await play([], owning([PHONE, PASSKEY, TOKEN], { answers }));
  assert.equal(played.stdout, DONE);
  const wrong = "A number from 1 to 2 is meant.\n".repeat(6);
  assert.equal(played.stderr, `${MENU}${wrong}The user's MFA device is '${TOKEN}'.\n${ASIDE}`);
  assert.equal(played.code, 0);
  assert.deepEqual(played.questions.slice(1), Array(7).fill("Which device? 1 to 2: "));
  assert.deepEqual(played.requests.map(({ request }) => [request.serial, request.code]), [
    [home.ALICES_DEVICE, "123456"],
    [TOKEN, "123456"],
  ]);
});

Deno.test("several devices, and the end of input at the choice: cancelled, and nothing was changed", async () => {
  const played = await play([], owning([PHONE, TOKEN], { answers: ["123456", "nonsense"] }));
  assert.equal(played.stdout, "");
  assert.equal(
    played.stderr,
    `${MENU}A number from 1 to 2 is meant.\nawsmfa: cancelled; nothing was changed\n`,
  );
  assert.equal(played.code, 130);
  assert.deepEqual([played.saves, played.files], [[], FILES]);
});

Deno.test("several devices, and nobody to ask: all are named, and how to name one", async () => {
  const played = await play(["123456"], owning([PHONE, TOKEN]));
  assertFailed(played, {
    code: 3,
    stderr: `awsmfa: the user has 2 MFA devices: '${PHONE}', '${TOKEN}'\nhint: name one: --serial ${PHONE}\n`,
    files: FILES,
  });
  assert.deepEqual(calls(played), [1, 1, 1]);
});

const FIDO =
  "awsmfa: the user's MFA device 'yubikey-ABCDEF' is a passkey or security key, which STS takes no " +
  "code of\nhint: add a virtual device in the IAM console, beside it; or log in with: aws login\n";

Deno.test("a passkey only is named, with what to do instead", async () => {
  const played = await play(["123456"], owning([PASSKEY]));
  assertFailed(played, { code: 3, stderr: FIDO, files: FILES });
  assert.deepEqual(tried(played), [home.ALICES_DEVICE]);
});

Deno.test("a passkey that the user named is told to be one, and not to be nobody's", async () => {
  const played = await play(["--serial", PASSKEY, "123456"], owning([PASSKEY], { works: [] }));
  assertFailed(played, { code: 3, stderr: FIDO, files: FILES });
});

const DENIED: [what: string, args: string[], wrong: string][] = [
  ["derived", [], home.ALICES_DEVICE],
  ["named", ["--serial", TABLET], TABLET],
];
for (const [what, args, wrong] of DENIED) {
  Deno.test(`a wrong device (${what}) and a user who may not list them: the three ways to name one`, async () => {
    const played = await play([...args, "123456"], owning([PHONE], { mfaDevices: home.refuseListing }));
    assertFailed(played, {
      code: 3,
      stderr:
        `awsmfa: '${wrong}' isn't an MFA device of this user, and AWS does not let the user list its devices ` +
        "(iam:ListMFADevices)\n" +
        "hint: name it: --serial ARN, or AWSMFA_SERIAL=ARN, or mfa_serial = ARN in the config file\n",
      files: FILES,
    });
    assert.deepEqual(tried(played), [wrong]);
  });
}

Deno.test("any other refusal of IAM is told for what it is", async () => {
  const cases: [code: string, clock: number, stderr: RegExp][] = [
    [
      "Throttling",
      0,
      /^awsmfa: AWS refused: too many requests, even after several retries\nhint: try again /,
    ],
    ["RequestExpired", 1200, /^awsmfa: this machine's clock is 20m ahead of AWS's, /],
    [
      "InvalidClientTokenId",
      0,
      /^awsmfa: AWS doesn't recognize the access key 'AKIAALICE' of profile 'default' /,
    ],
  ];
  for (const [code, clock, stderr] of cases) {
    const mfaDevices = (): never => {
      throw new StsRefusal(code, "no", 1, clock);
    };
    assertFailed(await play(["123456"], owning([PHONE], { mfaDevices })), { code: 3, stderr, files: FILES });
  }
});

Deno.test("AWS lists devices and takes none of them: each is tried once, and the login ends", async () => {
  const one = await play(["123456"], owning([PHONE], { works: [] }));
  assert.deepEqual(tried(one), [home.ALICES_DEVICE, PHONE]);
  assert.equal(one.stdout, "");
  assert.equal(
    one.stderr,
    `The user's MFA device is '${PHONE}'.\n` +
      `awsmfa: '${PHONE}' isn't an MFA device of this user, and AWS lists no other one\n` +
      "hint: add a virtual device: IAM console > Users > Security credentials > Assign MFA device; or without MFA: --no-mfa\n",
  );
  assert.deepEqual([one.code, one.saves], [3, []]);

  const three = [PHONE, TABLET, TOKEN];
  const chosen = await play([], owning(three, { works: [], answers: ["123456", "2", "2", "1"] }));
  assert.deepEqual(tried(chosen), [home.ALICES_DEVICE, TABLET, TOKEN, PHONE]);
  assert.deepEqual([chosen.code, chosen.stdout, chosen.saves], [3, "", []]);
  assert.deepEqual(chosen.questions.slice(1), [
    "Which device? 1 to 3: ",
    "Which device? 1 to 2: ",
  ]);
});

Deno.test("the listed device, and a code that is refused there: the person is asked for another one of it", async () => {
  let refused = false;
  const setup = owning([PHONE], {
    answers: ["111111", "222222"],
    sts: (_access, { serial }) => {
      if (serial !== PHONE) home.refuseDevice();
      if (!refused) {
        refused = true;
        home.refuseCode();
      }
    },
  });
  const { code, questions, requests } = await play([], setup);
  assert.equal(code, 0);
  assert.deepEqual(questions, [
    "Code of mfa/alice for profile 'default': ",
    "Code of mfa/phone for profile 'default': ",
  ]);
  assert.deepEqual(requests.map(({ request }) => [request.serial, request.code]), [
    [home.ALICES_DEVICE, "111111"],
    [PHONE, "111111"],
    [PHONE, "222222"],
  ]);
});

const ROLE = "arn:aws:iam::111122223333:role/r";
const ROLE_CONFIG =
  `[profile r]\nrole_arn = ${ROLE}\nsource_profile = default\nduration_seconds = 7200\nmfa_serial = ${TABLET}\n`;

Deno.test("a role that takes a code of its own climbs the same ladder, and remembers the device", async () => {
  const fake = home.fakeWorld(owning([PHONE], { files: { ...FILES, [home.CONFIG]: ROLE_CONFIG } }));
  const { code, stdout, stderr, saves, roleRequests, requests, deviceLists } = await playIn(fake, [
    "-p",
    "r",
    "123456",
  ]);
  assert.equal(stdout, "Logged in to 'r' as role r (111122223333) until 2026-11-20 11:00 (2h).\n");
  assert.equal(
    stderr,
    `mfa_serial of profile 'r': '${TABLET}' isn't one of this user's devices; '${PHONE}' is, and is used.\n` +
      `role_arn of 'r' is renamed in ${home.CONFIG}, so that AWS tools use this session; awsmfa logout undoes it.\n`,
  );
  assert.equal(code, 0);
  assert.deepEqual(roleRequests.map(({ request }) => request.mfa), [
    { serial: TABLET, code: "123456" },
    { serial: PHONE, code: "123456" },
  ]);
  assert.deepEqual([requests.length, deviceLists.length], [0, 1]);
  assert.match(saves[0] ?? "", /\/AKIAALICE-[0-9a-f]{16}\.json$/);
  assert.deepEqual(saves.slice(1), [home.DEVICES, home.BACKUP, home.CREDENTIALS, home.CONFIG]);
  assert.equal(JSON.parse(fake.files.get(home.DEVICES) ?? "").devices.AKIAALICE, PHONE);
});

Deno.test("a role that the user may not assume asks for no other device or code", async () => {
  const text = `User: ${IAM}user/alice is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`;
  const setup = owning([TABLET], {
    files: { ...FILES, [home.CONFIG]: ROLE_CONFIG },
    answers: ["123456", "654321"],
    assumeRole: () => {
      throw new StsRefusal("AccessDenied", text, 1, 0);
    },
  });
  const played = await play(["-p", "r"], setup);
  assert.match(played.stderr, new RegExp(`\nawsmfa: ${IAM}user/alice may not assume ${ROLE}\nhint: `));
  assert.deepEqual([played.code, played.stdout, played.saves], [3, "", []]);
  assert.deepEqual([played.questions.length, played.roleRequests.length, played.deviceLists.length], [
    1,
    1,
    0,
  ]);
});

Deno.test("a text of another program in the place of awsmfa's memory is replaced, and never a crash", async () => {
  const good = (await play(["123456"], owning([home.ALICES_DEVICE]))).files[home.DEVICES];
  for (const text of ["", "{", "null", "[default]\n", '{"version": 2}', "\udcff"]) {
    const played = await play(
      ["123456"],
      owning([home.ALICES_DEVICE], { files: { ...FILES, [home.DEVICES]: text } }),
    );
    assert.deepEqual([played.stdout, played.stderr, played.code], [DONE, ASIDE, 0]);
    assert.equal(played.files[home.DEVICES], good);
  }
});

Deno.test("what another awsmfa remembers meanwhile stays", async () => {
  const { code, files } = await play(
    ["123456"],
    owning([home.ALICES_DEVICE], {
      meanwhile: (files) =>
        void (files.has(home.DEVICES) ||
          files.set(home.DEVICES, remembers(PHONE, "AKIABOB")[home.DEVICES] ?? "")),
    }),
  );
  assert.equal(code, 0);
  assert.deepEqual(JSON.parse(files[home.DEVICES] ?? "").devices, {
    AKIABOB: PHONE,
    AKIAALICE: home.ALICES_DEVICE,
  });
});
