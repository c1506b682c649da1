import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { cachedFile } from "../../support/cached_session.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const ME = "arn:aws:iam::123456789012:mfa/alice";

Deno.test("awsmfa CODE puts a session into the default profile, and its keys into the backup", async () => {
  await using stage = await openStage();
  const original = stage.home.read(".aws/credentials");
  const { stdout, stderr } = await stage.login();

  const session = valuesOf(stage.home.read(".aws/credentials"), "default");
  assert.deepEqual(Object.keys(session), [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "x_security_token_expires",
    "awsmfa_session",
  ]);
  assert.match(session.aws_access_key_id ?? "", /^ASIA/);
  const until = session.x_security_token_expires?.replace(/T(..:..):..Z$/, " $1");
  assert.equal(stdout, `Logged in to 'default' until ${until} (12h).\n`);
  const backup = stage.home.file(".aws/credentials_backup_by_awsmfa");
  assert.equal(stderr, `Your long-term keys are backed up in ${backup}; awsmfa --restore puts them back.\n`);
  assert.ok(Deno.readTextFileSync(backup).endsWith(original));

  const restored = await stage.restore();
  assert.deepEqual(restored, {
    code: 0,
    stdout: "Profile 'default' has its long-term keys back.\n",
    stderr: "",
  });
  assert.equal(stage.home.read(".aws/credentials"), original);
  assert.deepEqual(Object.keys(stage.files()), [
    ".aws",
    ".aws/awsmfa",
    ".aws/awsmfa/.gitignore",
    cachedFile(stage),
    ".aws/awsmfa/devices.json",
    ".aws/credentials",
  ]);
});

Deno.test("a flag names the profile, else AWS_PROFILE, else AWS_DEFAULT_PROFILE", async () => {
  await using stage = await openStage();
  const others = section("work", stage.user) + section("home office", stage.user);
  stage.home.write(".aws/credentials", section("default", stage.user) + others);
  const original = stage.files();
  const ways: [profile: string, args: string[], env: Record<string, string>][] = [
    ["default", [], {}],
    ["work", ["-p", "work"], {}],
    ["work", ["--profile=work"], { AWS_PROFILE: "work", AWS_DEFAULT_PROFILE: "default" }],
    ["home office", ["--profile", "home office"], {}],
    ["work", [], { AWS_PROFILE: "work", AWS_DEFAULT_PROFILE: "home office" }],
    ["home office", [], { AWS_DEFAULT_PROFILE: "home office" }],
    ["work", [], { AWS_PROFILE: "", AWS_DEFAULT_PROFILE: "work" }],
  ];
  for (const [profile, args, env] of ways) {
    const { stdout } = await stage.login(args, { env });
    assert.ok(stdout.startsWith(`Logged in to '${profile}' until `), stdout);
    for (const name of ["default", "work", "home office"]) {
      const prefix = name === profile ? "ASIA" : "AKIA";
      assert.ok(keyIdOf(stage, name)?.startsWith(prefix), `${name} after a login of ${profile}`);
    }
    const restored = await stage.restore();
    assert.equal(restored.stdout, `Profile '${profile}' has its long-term keys back.\n`);
    assert.deepEqual(stage.filesOfUser(), original);
  }
});

Deno.test("a second login takes the keys from the backup, and leaves that as it is", async () => {
  await using stage = await openStage();
  const original = stage.files();
  await stage.login();
  const [first, backup] = [keyIdOf(stage), stage.home.read(".aws/credentials_backup_by_awsmfa")];
  const { stderr } = await stage.login();
  assert.equal(stderr, "", "the keys were put aside before, so nothing is said of it");
  assert.notEqual(keyIdOf(stage), first);
  assert.equal(stage.home.read(".aws/credentials_backup_by_awsmfa"), backup);
  await stage.restore();
  assert.deepEqual(stage.filesOfUser(), original);
});

Deno.test("a device that must be derived takes two requests on one connection", async () => {
  await using stage = await openStage();
  await stage.login();
  const [who, session] = stage.sts.requests;
  assert.deepEqual(stage.sts.requests.map(({ action }) => action), ["GetCallerIdentity", "GetSessionToken"]);
  assert.equal(who?.connection, session?.connection);
  assert.equal(session?.params.SerialNumber, ME);
});

Deno.test("a known device takes one request, whoever names it", async () => {
  await using stage = await openStage({ user: { devices: [{ name: "phone" }] } });
  const { serial } = stage.user;
  const wrong = "arn:aws:iam::123456789012:mfa/another";
  const ways: [args: string[], env: Record<string, string>, config: string][] = [
    [["--serial", serial], { AWSMFA_SERIAL: wrong }, `[default]\nmfa_serial = ${wrong}\n`],
    [[], { AWSMFA_SERIAL: serial }, `[default]\nmfa_serial = ${wrong}\n`],
    [[], {}, `[default]\nmfa_serial = ${serial}\n`],
  ];
  for (const [args, env, config] of ways) {
    stage.home.write(".aws/config", config);
    const before = stage.sts.requests.length;
    await stage.login(args, { env });
    const asked = stage.sts.requests.slice(before).map(({ action, params }) => [action, params.SerialNumber]);
    assert.deepEqual(asked, [["GetSessionToken", serial]]);
  }
});

Deno.test("the device of a user with a path, of the root user and of other partitions is derived", async () => {
  const users = [
    [{ path: "/division/team/", name: "bob" }, "us-east-1", "arn:aws:iam::123456789012:mfa/bob"],
    [{ root: true }, "us-east-1", "arn:aws:iam::123456789012:mfa/root-account-mfa-device"],
    [{ partition: "aws-cn", name: "li" }, "cn-north-1", "arn:aws-cn:iam::123456789012:mfa/li"],
    [{ partition: "aws-us-gov", name: "jo" }, "us-gov-west-1", "arn:aws-us-gov:iam::123456789012:mfa/jo"],
  ] as const;
  for (const [user, region, serial] of users) {
    await using stage = await openStage({ user, env: { AWS_REGION: region } });
    await stage.login();
    const [, session] = stage.sts.requests;
    assert.deepEqual([session?.params.SerialNumber, session?.region], [serial, region]);
  }
});

Deno.test("the region is the flag's, else the variables', else the profile's, else us-east-1", async () => {
  await using stage = await openStage();
  const serial = ["--serial", stage.user.serial];
  const variables = { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" };
  const ways: [region: string, args: string[], env: Record<string, string>, config: string][] = [
    ["us-east-1", [], {}, ""],
    ["eu-west-3", [], {}, "[default]\nregion = eu-west-3\n"],
    ["eu-west-2", [], { ...variables, AWS_REGION: "" }, "[default]\nregion = eu-west-3\n"],
    ["eu-west-1", [], variables, "[default]\nregion = eu-west-3\n"],
    ["eu-north-1", ["--region", "eu-north-1"], variables, "[default]\nregion = eu-west-3\n"],
  ];
  for (const [region, args, env, config] of ways) {
    stage.home.write(".aws/config", config);
    await stage.login([...serial, ...args], { env });
    assert.equal(stage.sts.requests.at(-1)?.region, region);
  }
});

Deno.test("a session lasts as long as the flag, the variable or the profile says, else twelve hours", async () => {
  await using stage = await openStage();
  const serial = ["--serial", stage.user.serial];
  const config = "[default]\nduration_seconds = 1800\n";
  const ways: [seconds: number, args: string[], env: Record<string, string>, config: string, left: string][] =
    [
      [43200, [], {}, "", "12h"],
      [1800, [], {}, config, "30m"],
      [5400, [], { AWSMFA_DURATION: "1h30m" }, config, "1h 30m"],
      [900, ["-d", "900"], { AWSMFA_DURATION: "1h30m" }, config, "15m"],
      [129600, ["--duration", "36h"], {}, config, "36h"],
    ];
  for (const [seconds, args, env, config, left] of ways) {
    stage.home.write(".aws/config", config);
    const { stdout } = await stage.login([...serial, ...args], { env });
    assert.equal(stage.sts.requests.at(-1)?.params.DurationSeconds, `${seconds}`);
    assert.ok(stdout.endsWith(`(${left}).\n`), stdout);
  }
});

Deno.test("the root user gets an hour, and is told so", async () => {
  await using stage = await openStage({ user: { root: true } });
  const { stdout } = await stage.login(["-d", "12h"]);
  assert.match(stdout, /\(1h\)\.\n$/);
});

Deno.test("keys that stand in the config file stay there, and the session hides them", async () => {
  await using stage = await openStage();
  Deno.removeSync(stage.home.file(".aws/credentials"));
  stage.home.write(".aws/config", `[profile work]\n${section("", stage.user).replace("[]\n", "")}`);
  const original = stage.files();
  await stage.login(["-p", "work"]);
  assert.ok(keyIdOf(stage, "work")?.startsWith("ASIA"));
  await stage.login(["-p", "work"]);
  await stage.restore();
  const { ".aws/credentials": emptied, ...rest } = stage.filesOfUser();
  assert.deepEqual(rest, original);
  assert.ok(emptied === undefined || emptied === "600 ", "nothing is left in it");
});

function keyIdOf(stage: Stage, profile = "default"): string | undefined {
  return valuesOf(stage.home.read(".aws/credentials"), profile).aws_access_key_id;
}
