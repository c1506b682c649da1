import assert from "node:assert/strict";
import { ALICES_DEVICE, CONFIG, CREDENTIALS, type FakeSetup } from "../../support/fake_world.ts";
import { assertFailed, play } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const SERIAL = "arn:aws:iam::111122223333:mfa/";

/** A login where the config file says something of the profile, too. */
function setup(config = "", env: Record<string, string> = {}): FakeSetup {
  return { files: { [CREDENTIALS]: `[default]\n${KEYS}`, [CONFIG]: `[default]\n${config}` }, env };
}

Deno.test("the device: --serial, else AWSMFA_SERIAL, else mfa_serial, else asked of AWS", async () => {
  const config = `mfa_serial = ${SERIAL}config\n`;
  const env = { AWSMFA_SERIAL: `${SERIAL}env` };
  const cases: [args: string[], setup: FakeSetup, serial: string, calls: number][] = [
    [["--serial", `${SERIAL}flag`], setup(config, env), `${SERIAL}flag`, 0],
    [[], setup(config, env), `${SERIAL}env`, 0],
    [[], setup(config, { AWSMFA_SERIAL: "" }), `${SERIAL}config`, 0],
    [[], setup(), ALICES_DEVICE, 1],
  ];
  for (const [args, setup, serial, calls] of cases) {
    const { code, requests, identityCalls } = await play([...args, "123456"], setup);
    assert.equal(code, 0);
    assert.equal(requests[0]?.request.serial, serial);
    assert.equal(identityCalls.length, calls);
  }
});

Deno.test("how long: --duration, else AWSMFA_DURATION, else duration_seconds, else 12 hours", async () => {
  const config = "duration_seconds = 1800\n";
  const env = { AWSMFA_DURATION: "2h" };
  const cases: [args: string[], setup: FakeSetup, seconds: number][] = [
    [["-d", "1h30m"], setup(config, env), 5400],
    [[], setup(config, env), 7200],
    [[], setup(config, { AWSMFA_DURATION: "" }), 1800],
    [[], setup(), 43_200],
  ];
  for (const [args, setup, seconds] of cases) {
    const { code, requests } = await play([...args, "123456"], setup);
    assert.equal(code, 0);
    assert.equal(requests[0]?.request.seconds, seconds);
  }
});

Deno.test("a flag wins, also over a variable that can't be meant", async () => {
  const broken = { AWSMFA_DURATION: "8hours", AWSMFA_SERIAL: "bob", AWS_REGION: "us_east_1" };
  const flags = ["--duration", "1h", "--serial", `${SERIAL}flag`, "--region", "eu-west-1"];
  const { code, requests } = await play([...flags, "123456"], setup("", broken));
  assert.equal(code, 0);
  assert.deepEqual(requests.map(({ access, request }) => [access.region, request.serial, request.seconds]), [
    ["eu-west-1", `${SERIAL}flag`, 3600],
  ]);
});

Deno.test("where STS is asked: --region, else AWS_REGION, else AWS_DEFAULT_REGION, else the profile's, else us-east-1", async () => {
  const config = "region = eu-west-4\n";
  const both = { AWS_REGION: "eu-west-2", AWS_DEFAULT_REGION: "eu-west-3" };
  const cases: [args: string[], setup: FakeSetup, region: string][] = [
    [["--region", "eu-west-1"], setup(config, both), "eu-west-1"],
    [[], setup(config, both), "eu-west-2"],
    [[], setup(config, { AWS_DEFAULT_REGION: "eu-west-3" }), "eu-west-3"],
    [[], setup(config), "eu-west-4"],
    [[], setup(), "us-east-1"],
  ];
  for (const [args, setup, region] of cases) {
    const { code, requests, identityCalls } = await play([...args, "123456"], setup);
    assert.equal(code, 0);
    assert.equal(requests[0]?.access.region, region);
    assert.equal(identityCalls[0]?.region, region);
  }
});

Deno.test("the way to STS: the endpoint of STS before the general one, authorities, FIPS and dual stack", async () => {
  const env = {
    AWS_ENDPOINT_URL: "http://localhost:1",
    AWS_ENDPOINT_URL_STS: "http://localhost:2",
    AWS_CA_BUNDLE: "/etc/ca.pem",
    AWS_USE_FIPS_ENDPOINT: "TRUE",
    AWS_USE_DUALSTACK_ENDPOINT: "true",
  };
  const [given] = (await play(["123456"], setup("", env))).requests;
  assert.equal(given?.access.endpoint, "http://localhost:2/");
  assert.deepEqual(given?.access.caBundle, { value: "/etc/ca.pem", source: "AWS_CA_BUNDLE" });
  assert.deepEqual([given?.access.fips, given?.access.dualstack], [true, true]);
  const [usual] = (await play(["123456"], setup("", { AWS_USE_FIPS_ENDPOINT: "false" }))).requests;
  assert.deepEqual([usual?.access.endpoint, usual?.access.caBundle], [undefined, undefined]);
  assert.deepEqual([usual?.access.fips, usual?.access.dualstack], [false, false]);
});

Deno.test("the profile: --profile, else AWS_PROFILE, else AWS_DEFAULT_PROFILE, else 'default'", async () => {
  const files = {
    [CREDENTIALS]: ["flag", "env", "old", "default"].map((name) => `[${name}]\n${KEYS}`).join(""),
  };
  const env = { AWS_PROFILE: "env", AWS_DEFAULT_PROFILE: "old" };
  const cases: [args: string[], env: Record<string, string>, profile: string][] = [
    [["-p", "flag"], env, "flag"],
    [["--profile=flag"], env, "flag"],
    [[], env, "env"],
    [[], { AWS_DEFAULT_PROFILE: "old" }, "old"],
    [[], {}, "default"],
  ];
  for (const [args, env, profile] of cases) {
    const { code, stdout } = await play([...args, "123456"], { files, env });
    assert.match(stdout, new RegExp(`^Logged in to '${profile}' until `));
    assert.equal(code, 0);
  }
});

Deno.test("what the profile says is checked too, before anything is asked, and the profile named", async () => {
  const cases: [config: string, stderr: RegExp][] = [
    ["mfa_serial = x\n", /^awsmfa: mfa_serial of profile 'default': 'x' isn't an MFA device's serial number/],
    ["duration_seconds = 5\n", /^awsmfa: duration_seconds of profile 'default': '5' is too short/],
    ["region = a/b\n", /^awsmfa: region of profile 'default': 'a\/b' isn't a region/],
  ];
  for (const [config, stderr] of cases) {
    const played = await play([], { ...setup(config), answers: ["123456"] });
    assertFailed(played, { code: 2, stderr });
    assert.deepEqual(played.questions, []);
  }
});

Deno.test("a caller that is no IAM user has no device, and is told so", async () => {
  const callerArn = (): string => "arn:aws:sts::111122223333:assumed-role/admin/alice";
  const played = await play([], { ...setup(), callerArn, answers: ["123456"] });
  assertFailed(played, {
    code: 4,
    stderr: /^awsmfa: these keys belong to an assumed role .*\nhint: .* IAM user\n$/,
  });
  assert.deepEqual(played.questions, []);
});

Deno.test("an option that is given twice, with different values, is refused, before the command's word too", async () => {
  for (const args of [["-p", "a", "-p", "b", "123456"], ["-p", "a", "status", "-p", "b"]]) {
    const { code, stderr, requests } = await play(args, { files: {} });
    assert.equal(code, 2);
    assert.match(stderr, /^awsmfa: option '--profile' is given twice, with different values\nhint: awsmfa /);
    assert.deepEqual(requests, []);
  }
});

Deno.test("env prints a line that fails also where its word comes behind an unknown option", async () => {
  const { code, stdout } = await play(["--frob", "env"], { files: {}, parentProgram: "bash" });
  assert.deepEqual([code, stdout], [2, "false;\n"]);
});
