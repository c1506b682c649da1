import assert from "node:assert/strict";
import { startLocalSts } from "../../../scripts/local_sts/server.ts";
import { asked } from "../../support/device_memory.ts";
import { complaints, daysAgo, diagnose, openHealthyStage } from "../../support/doctor.ts";
import { asOrdinaryPerson } from "../../support/machine.ts";
import { section, type Stage } from "../../support/stage.ts";
import { serverTls } from "../../support/tls_files.ts";

const FILE = ".aws/credentials";
const CONFIG = ".aws/config";
const SET_CLOCK =
  "sudo timedatectl set-ntp true   # macOS: sudo sntp -sS time.apple.com; Windows: w32tm /resync";
const WHOLE = ["GetCallerIdentity", "ListMFADevices", "ListAccessKeys"];

Deno.test("doctor is content with a healthy home, in one screen, and asks AWS three times", async () => {
  await using stage = await openHealthyStage();
  const { home, user } = stage;
  const before = home.snapshot();
  const requests = await asked(stage, async () => {
    assert.deepEqual(await stage.awsmfa(["doctor"]), {
      code: 0,
      stdout: `\
ok       credentials ${home.file(FILE)} can be read
ok       config      ${home.file(CONFIG)} is not there
ok       environment no conflicting variables
ok       backup      no backups
ok       kept        no cached sessions
ok       profile     'default' logs in with its own keys, which a login backs up; the session goes to [default]
ok       device      not named: found automatically at login
ok       session     'default' holds none that is valid
ok       network     AWS STS answers in us-east-1, direct
ok       clock       it agrees with AWS's
ok       keys        they are those of ${user.arn}
ok       devices     'alice'
ok       keys        the access key of 'default' is 30 days old
`,
      stderr: "",
    });
  });
  assert.deepEqual(requests.toSorted(), WHOLE.toSorted(), "at once, in any order");
  assert.deepEqual(home.snapshot(), before, "no file is touched, and no lock made");
});

Deno.test("doctor is content while a profile is logged in, and says what is kept, put aside and remembered", async () => {
  await using stage = await openHealthyStage();
  const { home, sts, user } = stage;
  const { arn } = sts.addRole({ name: "admin" });
  home.write(CONFIG, `[profile admin]\nrole_arn = ${arn}\nsource_profile = default\nregion = eu-west-1\n`);
  await stage.login();
  await stage.login(["-p", "admin"]);
  const found = await diagnose(stage, ["-p", "admin"]);
  assert.deepEqual([found.code, complaints(found)], [0, []]);
  const said = found.checks.map(({ what, says }) => `${what}: ${says}`);
  for (
    const line of [
      /^backup: \S+credentials_backup_by_awsmfa has backed-up keys, last changed \d{4}-\d\d-\d\d \d\d:\d\d$/,
      /^kept: sessions cached in \S+\/\.aws\/awsmfa: 2$/,
      /^backup: backed up by logins: 'default', 'admin'$/,
      /^config: keys renamed by logins: 'admin'$/,
      /^device: 'arn:aws:iam::123456789012:mfa\/alice' \(it worked at the last login\)$/,
      /^session: 'admin' holds one for (1h|59m) more$/,
      /^network: AWS STS answers in eu-west-1, direct$/,
    ]
  ) assert.ok(said.some((each) => line.test(each)), `${line}\n${said.join("\n")}`);
  assert.ok(sts.requests.slice(-3).every(({ accessKeyId }) => accessKeyId === user.accessKeyId));
});

Deno.test("a link, Windows line ends and comments are no fault", async () => {
  await using stage = await openHealthyStage();
  const { home, user } = stage;
  home.write("elsewhere/keys", `# mine\r\n${section("default", user).replaceAll("\n", "\r\n")}`);
  Deno.removeSync(home.file(FILE));
  Deno.symlinkSync(home.file("elsewhere/keys"), home.file(FILE));
  const found = await diagnose(stage);
  assert.deepEqual([found.code, complaints(found)], [0, []]);
  assert.deepEqual(found.checks.filter(({ what }) => what === "credentials").map(({ says }) => says), [
    `${home.file(FILE)} can be read, a link to ${home.file("elsewhere/keys")}`,
    `${home.file(FILE)} has Windows line endings, which all AWS tools read`,
  ]);
});

Deno.test("with --offline nobody is asked, and what the files say is said all the same", async () => {
  await using stage = await openHealthyStage();
  const { home, user } = stage;
  home.write(FILE, section("default", { ...user, secretAccessKey: user.secretAccessKey.slice(1) }));
  stage.sts.behave({ hang: true });
  const requests = await asked(stage, async () => {
    const { code, checks } = await diagnose(stage, ["--offline"]);
    assert.equal(code, 0, "warnings are no problem");
    assert.deepEqual(checks.filter(({ state }) => state !== "ok"), [{
      what: "keys",
      state: "warning",
      says: "the secret of 'default' has 39 characters instead of 40",
      fix: "aws configure",
    }]);
    assert.ok(!checks.some(({ what }) => /^(network|clock|devices)$/.test(what)));
  });
  assert.deepEqual(requests, []);
});

Deno.test("what is wrong at AWS or on the way to it is found, and what is after it still looked at", async () => {
  const gone = await startLocalSts();
  await gone.close();
  const rows: {
    title: string;
    user?: Parameters<typeof openHealthyStage>[0];
    prepare?: (stage: Stage) => void;
    env?: Record<string, string>;
    code: number;
    finds: readonly string[];
    fixes: readonly string[];
    requests: readonly string[];
  }[] = [
    ...([["behind", 1], ["ahead of", -1]] as const).map(([way, sign]) => ({
      title: `a clock that is 20 minutes ${way} AWS's`,
      prepare: ({ sts }: Stage) => sts.behave({ clockOffsetSeconds: sign * 1200 }),
      code: 1,
      finds: [`problem clock: it is 20m ${way} AWS's`],
      fixes: [SET_CLOCK],
      requests: WHOLE.map((action) => `${action} 403`),
    })),
    {
      title: "a clock that is 5 minutes behind, which AWS takes",
      prepare: ({ sts }) => sts.behave({ clockOffsetSeconds: 300 }),
      code: 0,
      finds: ["warning clock: it is 5m behind AWS's"],
      fixes: [SET_CLOCK],
      requests: WHOLE,
    },
    {
      title: "nobody at the endpoint",
      env: { AWS_ENDPOINT_URL_STS: gone.url },
      code: 1,
      finds: [
        `problem network: can't reach ${new URL(gone.url).host}: connection refused; tried directly`,
      ],
      fixes: ["check the network, and HTTPS_PROXY where one is needed"],
      requests: ["ListAccessKeys", "ListMFADevices"],
    },
    {
      title: "an STS in trouble",
      prepare: ({ sts }) => sts.behave({ failNext: { count: 9, kind: "503" } }),
      code: 1,
      finds: [
        "problem network: AWS refused: ServiceUnavailable: The request has failed due to a temporary failure of the server.",
      ],
      fixes: ["AWS is having problems; try again later"],
      requests: WHOLE.flatMap((action) => Array.from({ length: 3 }, () => `${action} 503`)),
    },
    {
      title: "a user who may ask IAM nothing: no fault, since a login works",
      user: { user: { denied: ["iam:ListMFADevices", "iam:ListAccessKeys"] } },
      code: 0,
      finds: [],
      fixes: [],
      requests: ["GetCallerIdentity", "ListMFADevices 403", "ListAccessKeys 403"],
    },
    {
      title: "IAM out of reach",
      env: { AWS_ENDPOINT_URL_IAM: gone.url },
      code: 0,
      finds: ["devices", "keys"].map((what) =>
        `warning ${what}: can't reach ${new URL(gone.url).host}: connection refused; tried directly`
      ),
      fixes: Array.from({ length: 2 }, () => "check the network, and HTTPS_PROXY where one is needed"),
      requests: ["GetCallerIdentity"],
    },
    {
      title: "no device",
      user: { user: { devices: [] } },
      code: 1,
      finds: ["problem devices: the user has no MFA device"],
      fixes: ["IAM console > Users > Security credentials > Assign MFA device"],
      requests: WHOLE,
    },
    {
      title: "a security key only",
      user: {
        user: {
          devices: [{ kind: "fido", serial: "arn:aws:iam::123456789012:u2f/user/alice/yubikey-ABCDEF" }],
        },
      },
      code: 1,
      finds: ["problem devices: no device of the user shows codes: 'yubikey-ABCDEF'"],
      fixes: ["IAM console > Users > Security credentials > Assign MFA device"],
      requests: WHOLE,
    },
    {
      title: "an old key",
      user: { user: { keyCreated: daysAgo(400) } },
      code: 0,
      finds: ["warning keys: the access key of 'default' is 400 days old"],
      fixes: ["awsmfa rotate"],
      requests: WHOLE,
    },
  ];
  for (const { title, user, prepare, env = {}, code, finds, fixes, requests } of rows) {
    await using stage = await openHealthyStage(user);
    prepare?.(stage);
    const sent = await asked(stage, async () => {
      const found = await diagnose(stage, [], { env });
      assert.deepEqual([found.code, complaints(found)], [code, finds], title);
      assert.deepEqual(found.checks.flatMap(({ fix }) => fix ?? []), fixes, title);
    });
    // Asked at once: in any order.
    assert.deepEqual(sent.toSorted(), requests.toSorted(), title);
  }
});

Deno.test("what the network needs is said: a bundle that is missing", async () => {
  await using stage = await openHealthyStage({ tls: serverTls() });
  const untrusted = await diagnose(stage);
  assert.equal(untrusted.code, 1);
  assert.match(complaints(untrusted)[0] ?? "", /^problem network: can't trust 127\.0\.0\.1:\d+: /);
  assert.equal(
    untrusted.checks.at(-1)?.fix,
    "where a proxy inspects TLS, have its authority as a PEM file: AWS_CA_BUNDLE=FILE.pem",
  );
});

Deno.test({
  ignore: asOrdinaryPerson === undefined,
  name: "files that can't be read, and folders in their place, are found",
  fn: async () => {
    const through = asOrdinaryPerson ?? [];
    for (const name of [FILE, CONFIG]) {
      await using stage = await openHealthyStage();
      const { home } = stage;
      home.write(CONFIG, "[default]\n");
      Deno.chmodSync(home.file(name), 0o000);
      // The test itself may not read it either, where it is an ordinary person's.
      const { code, stdout } = await stage.awsmfa(["doctor"], { through });
      assert.equal(code, 1);
      const line = `problem  ${name.slice(5).padEnd(11)} can't read ${home.file(name)}: permission denied\n`;
      assert.ok(
        stdout.includes(`${line}${" ".repeat(21)}fix: ls -ld ${home.file(name)} shows who may\n`),
        stdout,
      );
      Deno.removeSync(home.file(name));
      Deno.mkdirSync(home.file(name));
      const folder = await diagnose(stage);
      assert.equal(folder.code, 1);
      assert.ok(complaints(folder)[0]?.includes(`can't read ${home.file(name)}: it is a directory`));
    }
  },
});

Deno.test("several faults are told at once, the offline ones first, each with its fix below it", async () => {
  await using stage = await openHealthyStage({ user: { keyCreated: daysAgo(500) } });
  const { home } = stage;
  Deno.chmodSync(home.file(FILE), 0o664);
  home.write(CONFIG, "[default]\nregion = eu-west-1\n[work]\n");
  const { code, stdout } = await stage.awsmfa(["-p", "default", "doctor"], { env: { AWS_PROFILE: "work" } });
  assert.equal(code, 0, "no problem among them");
  const faults = [...stdout.matchAll(/^(warning|problem) +(\w+) .*\n {21}fix: (\w+)/gm)].map((found) =>
    found.slice(1).join(" ")
  );
  assert.deepEqual(faults, [
    "warning credentials chmod",
    "warning config perl",
    "warning environment unset",
    "warning keys awsmfa",
  ]);
});

Deno.test("an unknown profile is a problem, and a bad flag wrong usage", async () => {
  await using stage = await openHealthyStage();
  const found = await diagnose(stage, ["-p", "defualt"]);
  assert.equal(found.code, 1);
  assert.match(
    complaints(found).join("\n"),
    /^problem profile: no profile 'defualt' in .* \(there is 'default'\)$/,
  );
  const ran = await stage.awsmfa(["doctor", "--region", "Frankfurt"]);
  assert.deepEqual([ran.code, ran.stdout], [2, ""]);
});
