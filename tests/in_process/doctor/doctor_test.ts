import assert from "node:assert/strict";
import { formatDeviceMemory } from "../../../src/domain/aws/device_memory.ts";
import { StsRefusal } from "../../../src/domain/aws/sts_refusal.ts";
import { FileError, NetworkError } from "../../../src/errors.ts";
import type { World } from "../../../src/world.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const KEYS = `aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${SECRET}\n`;
const FILES = {
  [home.CREDENTIALS]: `[default]\n${KEYS}`,
  [home.CONFIG]: "[default]\nregion = eu-central-1\n",
};
const SESSION = "aws_access_key_id = ASIAX\naws_secret_access_key = s3cret\naws_session_token = t0ken\n";

const OFFLINE = `ok       credentials ${home.CREDENTIALS} can be read
ok       config      ${home.CONFIG} can be read
ok       environment no conflicting variables
ok       backup      no backups
ok       kept        no cached sessions
ok       profile     'default' logs in with its own keys, which a login backs up; the session goes to [default]
ok       device      not named: found automatically at login
ok       session     'default' holds none that is valid
`;
const ONLINE = `ok       network     AWS STS answers in eu-central-1, direct
ok       clock       it agrees with AWS's
ok       keys        they are those of ${home.ALICE}
ok       devices     'alice'
ok       keys        the access key of 'default' is 100 days old
`;

Deno.test("a healthy home: one screen, all ok, offline checks first, and nothing is changed", async () => {
  const played = await play(["doctor"], { files: FILES });
  assert.equal(played.stdout, OFFLINE + ONLINE);
  assert.deepEqual([played.stderr, played.code], ["", 0]);
  assert.deepEqual([played.saves, played.files, played.questions], [[], FILES, []]);
  assert.deepEqual(
    [played.identityCalls, played.deviceLists, played.keyLists, played.requests].map(({ length }) => length),
    [1, 1, 1, 0],
  );
  assert.deepEqual(played.kept, [["read", "env", "net"]]);
});

Deno.test("--offline asks nobody, and gives the network up", async () => {
  const never = (): never => {
    throw new Error("called");
  };
  const played = await play(["doctor", "--offline"], {
    files: FILES,
    but: { caller: never, listMfaDevices: never, accessKeyCreated: never },
  });
  assert.deepEqual([played.stdout, played.stderr, played.code], [OFFLINE, "", 0]);
  assert.deepEqual(played.kept, [["read", "env", "net"], ["read", "env"]]);
});

Deno.test("--json is one document of the same checks, with the same exit code", async () => {
  const healthy = await play(["doctor", "--json"], { files: FILES });
  const { checks } = JSON.parse(healthy.stdout);
  assert.equal(checks.length, 13);
  assert.deepEqual(checks[0], { what: "credentials", state: "ok", says: `${home.CREDENTIALS} can be read` });
  assert.deepEqual([healthy.stderr, healthy.code], ["", 0]);
  const broken = await play(["doctor", "--json"], { files: { [home.CREDENTIALS]: "SECRETLINE" } });
  assert.deepEqual(JSON.parse(broken.stdout).checks[1], {
    what: "credentials",
    state: "problem",
    says:
      `${home.CREDENTIALS}: line 1: Expected a profile definition: '[name]' must come before the first key`,
    fix: `vi +1 ${home.CREDENTIALS}`,
  });
  assert.deepEqual([broken.stderr, broken.code], ["", 1]);
});

Deno.test("a terminal with colours shows the state in one", async () => {
  const { stdout } = await play(["doctor", "--offline"], {
    files: { [home.CREDENTIALS]: "[profile x]\n[" },
    but: { colour: true },
  });
  assert.ok(stdout.includes("\n\x1b[31mproblem \x1b[0m credentials "), stdout);
  assert.ok(stdout.includes("\n\x1b[32mok      \x1b[0m environment "), stdout);
});

/** What is broken, the lines that tell it with their fix, and whether the doctor ends with 1. */
interface Broken {
  readonly what: string;
  readonly args?: string[];
  readonly setup?: home.FakeSetup;
  readonly lines: string;
  readonly code: 0 | 1;
}

const refuses = (code: string, text = "", clock = 0) => (): never => {
  throw new StsRefusal(code, text, 1, clock);
};
const calling = (caller: () => never): home.FakeSetup => ({ but: { caller: () => Promise.try(caller) } });
const fileError = (message: string, hint?: string) => (): never => {
  throw new FileError(message, hint);
};
const FIX = `\n${" ".repeat(21)}fix: `;
const SET_CLOCK =
  "sudo timedatectl set-ntp true   # macOS: sudo sntp -sS time.apple.com; Windows: w32tm /resync";
const PHONE = "arn:aws:iam::111122223333:mfa/phone";

const BROKEN: Broken[] = [
  {
    what: "neither file is there",
    setup: { files: {} },
    lines:
      `ok       credentials ${home.CREDENTIALS} is not there\nok       config      ${home.CONFIG} is not there\n` +
      "|" +
      `problem  profile     no profile 'default' in ${home.CREDENTIALS} or ${home.CONFIG}${FIX}aws configure\n`,
    code: 1,
  },
  {
    what: "keys in the config file alone, which is in order",
    setup: { files: { [home.CONFIG]: `[default]\n${KEYS}` } },
    lines: `ok       credentials ${home.CREDENTIALS} is not there\n|` +
      "ok       profile     'default' logs in with its own keys, in the config file; ",
    code: 0,
  },
  {
    what: "a profile that is not there, beside others",
    args: ["-p", "wrok"],
    setup: { files: { [home.CREDENTIALS]: `[work]\n${KEYS}` } },
    lines:
      `problem  profile     no profile 'wrok' in ${home.CREDENTIALS} or ${home.CONFIG} (there is 'work')${FIX}` +
      "aws configure --profile wrok\n",
    code: 1,
  },
  {
    what: "half of a key",
    args: ["-p", "team a"],
    setup: { files: { [home.CREDENTIALS]: "[team a]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\n" } },
    lines:
      `problem  profile     profile 'team a' has no aws_secret_access_key in ${home.CREDENTIALS}, only the other half of ` +
      `the key${FIX}aws configure --profile 'team a'\n`,
    code: 1,
  },
  {
    what: "a role without a source",
    args: ["-p", "r"],
    setup: {
      files: { ...FILES, [home.CONFIG]: "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\n" },
    },
    lines:
      `problem  profile     profile 'r' has role_arn, but no source_profile whose keys could assume the role` +
      `${FIX}aws configure set source_profile NAME --profile r\n`,
    code: 1,
  },
  {
    what: "a session whose long-term keys are nowhere",
    setup: { files: { [home.CREDENTIALS]: `[default]\n${SESSION}` } },
    lines:
      `problem  profile     profile 'default' holds a session, and its long-term keys are not in ${home.BACKUP} (put ` +
      `the long-term keys into [default] of ${home.CREDENTIALS}, in place of the session)${FIX}aws configure\n`,
    code: 1,
  },
  {
    what: "a region that is none",
    setup: { files: { ...FILES, [home.CONFIG]: "[default]\nregion = a/b\n" } },
    lines:
      `problem  profile     region of profile 'default': 'a/b' isn't a region${FIX}for example us-east-1 or ` +
      "eu-central-1\n",
    code: 1,
  },
  {
    what: "a malformed file: its text is not repeated, and nobody is asked",
    setup: {
      files: { ...FILES, [home.CREDENTIALS]: `[default]\n${KEYS}${SECRET}\n` },
      ...calling(refuses("never")),
    },
    lines:
      `problem  credentials ${home.CREDENTIALS}: line 4: Expected an '=' sign defining a property${FIX}vi +4 ` +
      `${home.CREDENTIALS}\n`,
    code: 1,
  },
  {
    what: "a malformed backup",
    setup: { files: { ...FILES, [home.BACKUP]: "x\n" } },
    lines:
      `problem  backup      ${home.BACKUP}: line 1: Expected a profile definition: '[name]' must come before the first ` +
      `key${FIX}correct line 1 of ${home.BACKUP}\n`,
    code: 1,
  },
  {
    what: "a byte order mark",
    setup: { files: { ...FILES, [home.CONFIG]: `\ufeff${FILES[home.CONFIG]}` } },
    lines:
      `problem  config      ${home.CONFIG} begins with a byte order mark, which the AWS CLI can't read${FIX}` +
      `perl -pi -e 's/^\\xEF\\xBB\\xBF//' ${home.CONFIG}\n`,
    code: 1,
  },
  {
    what: "Windows line ends, which all read",
    setup: { files: { ...FILES, [home.CONFIG]: "[default]\r\nregion = eu-central-1\r\n" } },
    lines: `ok       config      ${home.CONFIG} has Windows line endings, which all AWS tools read\n`,
    code: 0,
  },
  {
    what: "a profile that is defined twice",
    setup: { files: { [home.CREDENTIALS]: `[default]\n${KEYS}[default]\nregion = x\n` } },
    lines:
      `problem  credentials profile 'default' is defined twice in ${home.CREDENTIALS}, in lines 1 and 4${FIX}vi +4 ` +
      `${home.CREDENTIALS}\n`,
    code: 1,
  },
  {
    what: "a section of config that AWS tools ignore",
    setup: { files: { ...FILES, [home.CONFIG]: "[work]\nregion = x\n" } },
    lines:
      `warning  config      line 1 of ${home.CONFIG}: the AWS CLI ignores [work], which lacks 'profile '${FIX}` +
      `perl -pi -e 's/\\[\\s*(?!profile\\s)/[profile / if $. == 1' ${home.CONFIG}\n`,
    code: 0,
  },
  {
    what: "a file that can't be read",
    setup: {
      but: {
        readText: fileError(
          `can't read ${home.CREDENTIALS}: permission denied`,
          `ls -ld ${home.CREDENTIALS} shows who may`,
        ),
      },
    },
    lines:
      `problem  credentials can't read ${home.CREDENTIALS}: permission denied${FIX}ls -ld ${home.CREDENTIALS} shows who may\n`,
    code: 1,
  },
  {
    what: "a symbolic link, which is in order",
    setup: { links: { [home.CREDENTIALS]: "/mnt/keys" } },
    lines: `ok       credentials ${home.CREDENTIALS} can be read, a link to /mnt/keys\n`,
    code: 0,
  },
  {
    what: "a credentials file that others can read",
    setup: { but: { looseMode: (path) => path === home.CREDENTIALS ? 0o644 : undefined } },
    lines:
      `warning  credentials ${home.CREDENTIALS} can be read by other users (mode 0644)${FIX}chmod 600 ${home.CREDENTIALS}\n`,
    code: 0,
  },
  {
    what: "a backup that others can read",
    setup: {
      files: { ...FILES, [home.BACKUP]: `[default]\n${KEYS}` },
      but: { looseMode: (path) => path === home.BACKUP ? 0o640 : undefined },
    },
    lines: `ok       backup      ${home.BACKUP} has backed-up keys, last changed 2026-11-20 09:00\n` +
      `warning  backup      ${home.BACKUP} can be read by other users (mode 0640)${FIX}chmod 600 ${home.BACKUP}\n|` +
      "ok       backup      backed up by logins: 'default'\n",
    code: 0,
  },
  {
    what: "keys put aside for a profile that is gone",
    setup: { files: { ...FILES, [home.BACKUP]: `[gone]\n${KEYS}` } },
    lines: "ok       backup      backed up by logins: 'gone'\n" +
      `warning  backup      backed up, and no longer in either file: 'gone'${FIX}awsmfa --restore\n`,
    code: 0,
  },
  {
    what: "awsmfa's folder can be written by others: told once, and what it holds is not believed",
    setup: {
      files: {
        ...FILES,
        [home.DEVICES]: formatDeviceMemory({
          devices: new Map([["AKIAIOSFODNN7EXAMPLE", PHONE]]),
          usedCodes: new Map(),
          keysCreated: new Map(),
        }),
      },
      but: {
        checkPrivateFolder: fileError(
          `${home.CACHE_FOLDER} can be written by other users (mode 0777)`,
          `chmod 700 ${home.CACHE_FOLDER}`,
        ),
      },
    },
    lines:
      `problem  kept        ${home.CACHE_FOLDER} can be written by other users (mode 0777)${FIX}chmod 700 ${home.CACHE_FOLDER}\n|` +
      `ok       device      not named: found automatically at login\n|${ONLINE}`,
    code: 1,
  },
  {
    what: "sessions that are kept, and the device that worked",
    setup: {
      files: {
        ...FILES,
        [`${home.CACHE_FOLDER}/A.json`]: "{}",
        [`${home.CACHE_FOLDER}/B.json`]: "{}",
        [home.DEVICES]: formatDeviceMemory({
          devices: new Map([["AKIAIOSFODNN7EXAMPLE", PHONE]]),
          usedCodes: new Map(),
          keysCreated: new Map(),
        }),
      },
    },
    lines: `ok       kept        sessions cached in ${home.CACHE_FOLDER}: 2\n|` +
      `ok       device      '${PHONE}' (it worked at the last login)\n`,
    code: 0,
  },
  ...[
    ["AWSMFA_SERIAL", { env: { AWSMFA_SERIAL: PHONE } }],
    ["mfa_serial of profile 'default'", {
      files: { ...FILES, [home.CONFIG]: `[default]\nmfa_serial = ${PHONE}\nregion = eu-central-1\n` },
    }],
    ["aws_mfa_device of profile 'default'", {
      files: { ...FILES, [home.CREDENTIALS]: `[default]\n${KEYS}aws_mfa_device = ${PHONE}\n` },
    }],
  ].map(([source, setup]) => ({
    what: `a device that is named by ${source}`,
    setup: setup as home.FakeSetup,
    lines: `ok       device      '${PHONE}' (${source})\n`,
    code: 0 as const,
  })),
  ...[home.CREDENTIALS, home.CONFIG, home.DEVICES].map((path) => ({
    what: `a draft of a run that was killed, beside ${path}`,
    setup: { files: { ...FILES, [`${path}.awsmfa-01234567-89ab-4cde-8f01-23456789abcd`]: KEYS } },
    lines:
      `warning  leftover    ${path}.awsmfa-01234567-89ab-4cde-8f01-23456789abcd was left by a run that was killed${FIX}rm ${path}.awsmfa-01234567-89ab-4cde-8f01-23456789abcd\n`,
    code: 0 as const,
  })),
  {
    what: "keys in the environment",
    setup: { env: { AWS_ACCESS_KEY_ID: "AKIAENV" } },
    lines: `warning  environment AWS_ACCESS_KEY_ID is set, and wins over every profile${FIX}` +
      "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN\n",
    code: 0,
  },
  ...["AWS_PROFILE", "AWS_DEFAULT_PROFILE"].map((variable) => ({
    what: `${variable} that names another profile`,
    args: ["-p", "default"],
    setup: { env: { [variable]: "work" } },
    lines: `warning  environment ${variable} is 'work', and hides profile 'default'${FIX}unset ${variable}\n`,
    code: 0 as const,
  })),
  ...[
    ["a header with a blank in it", "[work ]", "the AWS CLI, JavaScript and Ruby"],
    ["a header with brackets behind it", "[work] # see [wiki]", "the AWS CLI, .NET and Java 1"],
  ].map(([what = "", header, who]) => ({
    what,
    args: ["-p", "work"],
    setup: { files: { [home.CREDENTIALS]: `[b]\nregion = x\n${header}\n${KEYS}` } },
    lines:
      `warning  credentials line 3 of ${home.CREDENTIALS}: ${who} find no keys in 'work' (there is no such profile)` +
      `${FIX}awsmfa edit credentials\n`,
    code: 0 as const,
  })),
  {
    what: "a key twice in another section",
    args: ["-p", "work"],
    setup: { files: { [home.CREDENTIALS]: `[work]\n${KEYS}[b]\nregion = x\nregion = y\n` } },
    lines:
      `warning  credentials line 6 of ${home.CREDENTIALS}: the AWS CLI can't read the file (region is defined twice)` +
      `${FIX}awsmfa edit credentials\n`,
    code: 0 as const,
  },
  {
    what: "mfa_serial in the config file, over which .NET refuses the profile",
    args: ["-p", "work"],
    setup: {
      files: {
        [home.CREDENTIALS]: `[work]\n${KEYS}`,
        [home.CONFIG]: "[profile work]\nmfa_serial = GAHT12345678\n",
      },
    },
    lines:
      `warning  config      line 2 of ${home.CONFIG}: .NET looks at mfa_serial before the keys of 'work'` +
      `${FIX}awsmfa doctor --fix\n`,
    code: 0 as const,
  },
  {
    what: "a web identity in the environment, and two profiles",
    args: ["-p", "default"],
    setup: {
      env: { AWS_WEB_IDENTITY_TOKEN_FILE: "/t", AWS_PROFILE: "default", AWS_DEFAULT_PROFILE: "work" },
    },
    lines:
      "warning  environment AWS_WEB_IDENTITY_TOKEN_FILE is set: unless a profile is named to them (--profile), " +
      `the AWS CLI, Go, Terraform, Go 1 and Java use that web identity and no session${FIX}` +
      "unset AWS_WEB_IDENTITY_TOKEN_FILE AWS_ROLE_ARN\n" +
      `warning  environment AWS_DEFAULT_PROFILE is 'work': the AWS CLI uses that profile and not 'default'${FIX}` +
      "unset AWS_DEFAULT_PROFILE\n",
    code: 0 as const,
  },
  {
    what: "AWS_PROFILE that names the profile itself, which is in order",
    setup: {
      env: { AWS_PROFILE: "work" },
      files: { [home.CREDENTIALS]: `[work]\n${KEYS}` },
    },
    lines: "ok       environment no conflicting variables\n",
    code: 0,
  },
  {
    what: "a duration of the source, which does not count for a role",
    setup: {
      files: {
        [home.CREDENTIALS]: `[base]\n${KEYS}`,
        [home.CONFIG]: "[default]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = base\n" +
          "[profile base]\nduration_seconds = 8hours\n",
      },
    },
    lines: "ok       session     'default' holds none that is valid\n",
    code: 0,
  },
  {
    what: "a key id and a secret that look wrong",
    setup: {
      files: {
        ...FILES,
        [home.CREDENTIALS]: "[default]\naws_access_key_id = akia\naws_secret_access_key = s3cretly\n",
      },
    },
    lines:
      "warning  keys        the access key id of 'default' does not look like one: 20 capital letters and digits, from " +
      `AKIA on${FIX}aws configure\n` +
      `warning  keys        the secret of 'default' has 8 characters instead of 40${FIX}aws configure\n`,
    code: 0,
  },
  {
    what: "a session that is valid",
    setup: {
      files: {
        ...FILES,
        [home.CREDENTIALS]: `[default]\n${SESSION}x_security_token_expires = 2026-11-20T10:30:00Z\n`,
        [home.BACKUP]: `[default]\n${KEYS}`,
      },
    },
    lines: "ok       session     'default' holds one for 1h 30m more\n",
    code: 0,
  },
  ...([
    [119, "ok", ""],
    [120, "warning", "2m ahead of"],
    [-300, "warning", "5m behind"],
    [
      899,
      "warning",
      "15m ahead of",
    ],
    [900, "problem", "15m ahead of"],
    [-7200, "problem", "2h behind"],
  ] as const).map((
    [seconds, state, way],
  ) => ({
    what: `a clock that is ${seconds}s ahead`,
    setup: { clockAheadSeconds: seconds },
    lines: state === "ok"
      ? "ok       clock       it agrees with AWS's\n"
      : `${state.padEnd(8)} clock       it is ${way} AWS's${FIX}${SET_CLOCK}\n`,
    code: state === "problem" ? 1 as const : 0 as const,
  })),
  {
    what: "a clock that is so far off that AWS refuses",
    setup: calling(refuses("SignatureDoesNotMatch", "Signature expired", -3600)),
    lines: `problem  clock       it is 1h behind AWS's${FIX}${SET_CLOCK}\n`,
    code: 1,
  },
  {
    what: "a network that is not there",
    setup: calling(() => {
      throw new NetworkError(
        "unknown host 'sts.eu-central-1.amazonaws.com'",
        "check the network, and that the region is spelled right",
      );
    }),
    lines:
      `problem  network     unknown host 'sts.eu-central-1.amazonaws.com'${FIX}check the network, and that the region ` +
      "is spelled right\n",
    code: 1,
  },
  {
    what: "a proxy",
    setup: { via: "through the proxy proxy.example:3128 (HTTPS_PROXY)" },
    lines:
      "ok       network     AWS STS answers in eu-central-1, through the proxy proxy.example:3128 (HTTPS_PROXY)\n",
    code: 0,
  },
  {
    what: "a secret that is another key's",
    setup: calling(refuses("SignatureDoesNotMatch")),
    lines:
      "problem  keys        the secret access key of profile 'default' does not belong to 'AKIAIOSFODNN7EXAMPLE' (was it " +
      `pasted whole, and with the right key id? awsmfa setup sets both again)${FIX}aws configure\n`,
    code: 1,
  },
  {
    what: "a key that AWS does not know",
    args: ["-p", "work"],
    setup: {
      files: { [home.CREDENTIALS]: `[work]\n${KEYS}region = cn-north-1\n` },
      ...calling(refuses("InvalidClientTokenId")),
    },
    lines:
      "problem  keys        AWS doesn't recognize the access key 'AKIAIOSFODNN7EXAMPLE' of profile 'work' (region cn-north-1, " +
      "AWS China) (it may be deleted or inactive; or it belongs to another partition: name that (AWS: --region " +
      `us-east-1; AWS GovCloud: --region us-gov-west-1; AWS European Sovereign Cloud: --region eusc-de-east-1))${FIX}aws configure --profile work\n`,
    code: 1,
  },
  {
    what: "a region where STS is off, which no other key heals",
    setup: calling(refuses("RegionDisabledException")),
    lines:
      "problem  network     STS is not enabled for this account in region 'eu-central-1', which must be enabled first" +
      `${FIX}name another one: --region us-east-1; or have the region enabled (AWS console > Account > Regions)\n`,
    code: 1,
  },
  {
    what: "a user without a device",
    setup: { mfaDevices: () => [] },
    lines:
      `problem  devices     the user has no MFA device${FIX}IAM console > Users > Security credentials > Assign MFA device\n`,
    code: 1,
  },
  {
    what: "a user with a passkey only",
    setup: { mfaDevices: () => ["arn:aws:iam::111122223333:u2f/user/alice/yubikey-A"] },
    lines:
      `problem  devices     no device of the user shows codes: 'yubikey-A'${FIX}IAM console > Users > Security ` +
      "credentials > Assign MFA device\n",
    code: 1,
  },
  {
    what: "several devices",
    setup: { mfaDevices: () => [home.ALICES_DEVICE, "GAHT09876543"] },
    lines: "ok       devices     'alice', 'GAHT09876543'\n",
    code: 0,
  },
  {
    what: "IAM that tells nothing, which is no problem",
    setup: { mfaDevices: home.refuseListing, keyCreated: home.refuseListing },
    lines:
      "ok       devices     IAM does not tell (AccessDenied)\nok       keys        IAM does not tell (AccessDenied)\n",
    code: 0,
  },
  {
    what: "IAM that can't be reached, which a login may not need",
    setup: {
      mfaDevices: () => {
        throw new NetworkError(
          "can't reach iam.amazonaws.com: connection refused",
          "check the network",
        );
      },
    },
    lines: "warning  devices     can't reach iam.amazonaws.com: connection refused" +
      `${FIX}check the network\n`,
    code: 0,
  },
  {
    what: "an access key of a year and more",
    args: ["-p", "team a"],
    setup: {
      files: { [home.CREDENTIALS]: `[team a]\n${KEYS}` },
      keyCreated: () => new Date("2025-11-20T09:00:00Z"),
    },
    lines: `warning  keys        the access key of 'team a' is 365 days old${FIX}awsmfa rotate -p 'team a'\n`,
    code: 0,
  },
  {
    what: "an access key that IAM does not list",
    setup: { keyCreated: () => undefined },
    lines: "ok       devices     'alice'\n",
    code: 0,
  },
];
for (const { what, args = [], setup = {}, lines, code } of BROKEN) {
  Deno.test(`doctor: ${what}`, async () => {
    const given = { files: FILES, ...setup };
    const played = await play(["doctor", ...args], given);
    for (const part of lines.split("|")) {
      assert.ok(`\n${played.stdout}`.includes(`\n${part}`), `${played.stdout}\nlacks\n${part}`);
    }
    assert.equal(played.code, code, played.stdout);
    assert.equal(played.stderr, "");
    assert.equal(/^problem /m.test(played.stdout), code === 1);
    assert.match(played.stdout, /^((ok|warning|problem) +\w+ +\S.*\n( {21}fix: \S.*\n)?)+$/);
    assert.deepEqual([played.saves, played.files], [[], given.files], "the doctor changes nothing");
    assert.doesNotMatch(played.stdout, /PASSWORD|s3cret|t0ken|K7MDENG/);
    const { checks } = JSON.parse((await play(["doctor", ...args, "--json"], given)).stdout);
    for (const { state, fix } of checks) assert.equal(fix !== undefined, state !== "ok");
  });
}

Deno.test("a line that can't be read ends the look at the profile that it belongs to, and at no other", async () => {
  const text = `[default]\n${KEYS}[work]\nbroken\n${KEYS}`;
  const own = await play(["doctor", "-p", "work"], { files: { [home.CREDENTIALS]: text } });
  assert.match(own.stdout, /^problem {2}credentials \S+credentials: line 5: /m);
  assert.doesNotMatch(own.stdout, /^\w+ +(profile|network) /m);
  assert.deepEqual([own.identityCalls.length, own.code], [0, 1]);
  const other = await play(["doctor"], { files: { [home.CREDENTIALS]: text } });
  assert.match(other.stdout, /^problem {2}credentials \S+credentials: line 5: /m);
  assert.deepEqual([other.identityCalls.length, other.code], [1, 1]);
  const loose = await play(["doctor"], { files: FILES, but: { looseMode: () => 0o644 } });
  assert.equal(loose.identityCalls.length, 1);
});

Deno.test("STS and IAM are asked at once, and where STS refuses, what IAM says is not told as well", async () => {
  const { identityCalls, deviceLists, keyLists, stdout } = await play(["doctor"], {
    files: FILES,
    ...calling(refuses("InvalidClientTokenId")),
  });
  assert.deepEqual([identityCalls, deviceLists, keyLists].map(({ length }) => length), [0, 1, 1]);
  assert.match(stdout, /\nproblem {2}keys {8}AWS doesn't recognize [^\n]*\n[^\n]*\n$/);
});

Deno.test("a login that awsmfa did is healthy, and no secret of it is shown", async () => {
  const fake = home.fakeWorld({ files: FILES });
  assert.equal((await playIn(fake, ["123456"])).code, 0);
  const { code, stdout, stderr } = await playIn(fake, ["doctor"]);
  for (
    const line of [
      "ok       backup      backed up by logins: 'default'",
      `ok       kept        sessions cached in ${home.CACHE_FOLDER}: 1`,
      `ok       device      '${home.ALICES_DEVICE}' (it worked at the last login)`,
      "ok       session     'default' holds one for 12h more",
    ]
  ) assert.ok(stdout.includes(`\n${line}\n`), line);
  assert.deepEqual([stderr, code], ["", 0]);
});

Deno.test("paths with blanks are quoted in what is to be typed", async () => {
  const env = { AWS_SHARED_CREDENTIALS_FILE: "/my keys/credentials", AWS_CONFIG_FILE: "/my keys/config" };
  const files = {
    "/my keys/credentials": `[default]\n${KEYS}[profile x]\n`,
    "/my keys/config.awsmfa-01234567-89ab-4cde-8f01-23456789abcd": "",
  };
  const { stdout, code } = await play(["doctor", "--offline"], {
    env,
    files,
    but: { looseMode: () => 0o604 },
  });
  const fixes = [...stdout.matchAll(/fix: (.*)/g)].map(([, fix]) => fix);
  assert.deepEqual(fixes, [
    "perl -pi -e 's/\\[\\s*profile\\s+/[/ if $. == 4' '/my keys/credentials'",
    "chmod 600 '/my keys/credentials'",
    "rm '/my keys/config.awsmfa-01234567-89ab-4cde-8f01-23456789abcd'",
    "export AWS_CREDENTIAL_PROFILES_FILE='/my keys/credentials'",
    "chmod 600 '/my keys/credentials_backup_by_awsmfa'",
  ]);
  assert.equal(code, 0);
});

Deno.test("wrong usage is told before anything is looked at", async () => {
  const readText: World["readText"] = () => {
    throw new Error("too early");
  };
  for (
    const [args, env, stderr] of [
      [["doctor", "--region", "a/b"], { AWS_REGION: "c/d" }, /^awsmfa: --region: 'a\/b' isn't a region\n/],
      [["doctor", "-p", ""], {}, /^awsmfa: --profile: the name is empty\n/],
      [["doctor", "--serial", "x"], {}, /^awsmfa: unknown option '--serial'\n/],
    ] as const
  ) {
    assertFailed(await play(args, { files: FILES, env, but: { readText } }), { code: 2, stderr });
  }
});

const UNMEANT: [variable: string, value: string, says: string][] = [
  ["AWSMFA_DURATION", "8hours", "'8hours' isn't a duration"],
  ["AWSMFA_SERIAL", "bob", "'bob' isn't an MFA device's serial number"],
  ["AWS_REGION", "us_east_1", "'us_east_1' isn't a region"],
  ["AWS_DEFAULT_REGION", "us_east_1", "'us_east_1' isn't a region"],
  [
    "AWS_ENDPOINT_URL_STS",
    "http://sts.example",
    "'sts.example' must be reached by https",
  ],
  [
    "AWS_ENDPOINT_URL_IAM",
    "https://a:b@localhost",
    "the address must not hold a user name or password",
  ],
  ["AWS_ENDPOINT_URL", "http://example.com", "'example.com' must be reached by https"],
];

Deno.test("variables that can't be meant are findings, one each, and the rest is looked at without them", async () => {
  const finding = ([variable, , says]: typeof UNMEANT[number]): string =>
    `problem  environment ${variable}: ${says}${FIX}unset ${variable}\n`;
  for (const unmeant of UNMEANT) {
    const [variable, value] = unmeant;
    const { code, stdout, stderr } = await play(["doctor"], { files: FILES, env: { [variable]: value } });
    assert.equal(stdout, finding(unmeant) + OFFLINE + ONLINE);
    assert.deepEqual([stderr, code], ["", 1]);
  }
  const all = await play(["doctor", "--json"], {
    files: FILES,
    env: Object.fromEntries(UNMEANT.map(([variable, value]) => [variable, value])),
  });
  const { checks } = JSON.parse(all.stdout);
  assert.deepEqual(
    checks.slice(0, UNMEANT.length),
    UNMEANT.map(([variable, , says]) => ({
      what: "environment",
      state: "problem",
      says: `${variable}: ${says}`,
      fix: `unset ${variable}`,
    })),
  );
  assert.equal(checks.length, UNMEANT.length + 13);
});

Deno.test("settings of the profile that can't be meant are findings, too", async () => {
  const settings: [setting: string, line: string][] = [
    [
      "mfa_serial = bob",
      "device      mfa_serial of profile 'default': 'bob' isn't an MFA device's serial number",
    ],
    [
      "duration_seconds = 8hours",
      "duration    duration_seconds of profile 'default': '8hours' isn't a duration",
    ],
    ["duration_seconds = 7", "duration    duration_seconds of profile 'default': '7' is too short"],
  ];
  for (const [setting, line] of settings) {
    const files = { ...FILES, [home.CONFIG]: `[default]\n${setting}\n` };
    const { code, stdout, stderr } = await play(["doctor", "--offline"], { files });
    assert.deepEqual(stdout.match(/^problem .*\n.*\n/gm), [`problem  ${line}${FIX}awsmfa edit config\n`]);
    assert.deepEqual([stderr, code], ["", 1]);
  }
});

Deno.test("on Windows a credentials file that everybody can read is told, with the command that mends it", async () => {
  const told = async (list: string | undefined): Promise<string> => {
    const env = { AWS_SHARED_CREDENTIALS_FILE: home.CREDENTIALS, AWS_CONFIG_FILE: home.CONFIG };
    const fake = home.fakeWorld({ files: FILES, env });
    const world: World = { ...fake.world, windows: true, windowsAccessList: () => Promise.resolve(list) };
    const { stdout } = await playIn({ ...fake, world }, ["doctor", "--offline"]);
    return stdout;
  };
  const open = "credentials\r\nD:AI(A;ID;FA;;;SY)(A;ID;0x1200a9;;;BU)\r\n";
  assert.match(
    await told(open),
    /^warning\s+credentials \S+ can be read by others \(Users\)\n\s+fix: icacls \S+ \/inheritance:r \/grant:r "\S+:F"$/m,
  );
  for (const list of [undefined, "credentials\r\nD:AI(A;ID;FA;;;SY)\r\n"]) {
    assert.doesNotMatch(await told(list), /can be read by others/);
  }
});

Deno.test("a region that this version does not know: doctor says that more hosts than one could be reached", async () => {
  const told = async (region: string): Promise<string> =>
    (await play(["doctor", "--region", region], { files: { [home.CREDENTIALS]: `[default]\n${KEYS}` } }))
      .stdout;
  assert.match(
    await told("xx-new-1"),
    /STS answers in xx-new-1, \w+; this version does not know its hosts by name/,
  );
  assert.doesNotMatch(await told("us-east-1"), /this version/);
});

Deno.test("no default profile, or one of settings alone, is no problem where others are there and none is named", async () => {
  for (const config of ["[default]\nregion = eu-west-1\n", ""]) {
    const files = { [home.CREDENTIALS]: `[work]\n${KEYS}`, [home.CONFIG]: config };
    const { code, stdout } = await play(["doctor", "--offline"], { files });
    assert.match(stdout, /^ok {7}profile {5}none is named, and no 'default' has keys: awsmfa -p NAME$/m);
    assert.equal(code, 0);
    for (const [args, env] of [[["-p", "default"], {}], [[], { AWS_PROFILE: "default" }]] as const) {
      const named = await play(["doctor", "--offline", ...args], { files, env });
      assert.match(named.stdout, /^problem {2}profile {5}/m);
      assert.equal(named.code, 1);
    }
  }
});
