import assert from "node:assert/strict";
import { findProgram } from "../../../scripts/program.ts";
import { assertFails } from "../../support/failure.ts";
import { needs } from "../../support/needs.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";
import { writeThirtyProfiles } from "../../support/status_files.ts";
import { openTerminal } from "../../support/terminal.ts";

const FILE = ".aws/credentials";

const HERE = "Here: profile 'default'\n";
const THIRTY = `\
  PROFILE     STATUS            LEFT     DEVICE                    REGION
* default     logged out                 alice                     eu-west-1
  in-place    logged in         12h
  other-tool  logged in         1h 10m
  soon        logged in         10m
  yesterday   expired           25h ago
  admin       logged in, role   30m                                us-gov-west-1
  account-01  logged out                 long-name-long-name-lon…  eu-west-1
${Array.from({ length: 23 }, (_, i) => `  account-${`${i + 2}`.padStart(2, "0")}  logged out\n`).join("")}\
  audit       logged out, role
`;
/** In colour the time left has a bar. */
const THIRTY_IN_COLOUR = `\
  PROFILE     STATUS            LEFT              DEVICE           REGION
* default     logged out                          alice            eu-west-1
  in-place    logged in         [######] 12h
  other-tool  logged in         [#-----] 1h 10m
  soon        logged in         [#-----] 10m
  yesterday   expired           [------] 25h ago
  admin       logged in, role   [####--] 30m                       us-gov-west-1
  account-01  logged out                          long-name-long…  eu-west-1
${THIRTY.slice(THIRTY.indexOf("  account-02"))}`;

/** The lines that have a colour: bold, green, yellow, red. */
const COLOURS: [line: number, code: number][] = [[0, 1], [2, 32], [3, 32], [4, 33], [5, 31], [6, 32]];

Deno.test("status without a profile says so, and what to type", async () => {
  await using stage = await openStage();
  for (const text of ["", "# nothing yet\n", undefined]) {
    if (text === undefined) Deno.removeSync(stage.home.file(".aws"), { recursive: true });
    else stage.home.write(FILE, text);
    const before = stage.files();
    const ran = await stage.awsmfa(["status"]);
    const stderr = "No profiles with keys or a session yet.\nhint: awsmfa setup\n";
    assert.deepEqual(ran, { code: 0, stdout: "", stderr });
    const json = await stage.awsmfa(["status", "--json"]);
    assert.deepEqual(JSON.parse(json.stdout), { here: "profile 'default'", profiles: [] });
    assert.deepEqual(stage.files(), before);
  }
});

Deno.test("status of one profile, before a login and after it", async () => {
  await using stage = await openStage();
  assert.equal(
    (await stage.awsmfa(["status"])).stdout,
    `${HERE}  PROFILE  STATUS      LEFT  DEVICE  REGION\n* default  logged out\n`,
  );
  await stage.login();
  assert.equal(
    (await stage.awsmfa(["status"])).stdout,
    `${HERE}  PROFILE  STATUS     LEFT  DEVICE  REGION\n* default  logged in  12h\n`,
  );
});

Deno.test("status of thirty profiles fits 80 columns, and has no colour where stdout is no terminal", async () => {
  await using stage = await openStage();
  writeThirtyProfiles(stage);
  const ran = await stage.awsmfa(["status"]);
  assert.deepEqual(ran, { code: 0, stdout: HERE + THIRTY, stderr: "" });
  assertFit(ran.stdout);
});

Deno.test({
  ...needs("python3"),
  name: "on a terminal status is in colour, unless NO_COLOR or TERM=dumb says otherwise",
  fn: async () => {
    await using stage = await openStage();
    writeThirtyProfiles(stage);
    const lines = THIRTY_IN_COLOUR.split("\n");
    for (const [line, code] of COLOURS) lines[line] = `\x1b[${code}m${lines[line]}\x1b[0m`;
    assert.equal(await onTerminal(stage, {}), HERE + lines.join("\n"));
    assert.equal(await onTerminal(stage, { NO_COLOR: "1" }), HERE + THIRTY);
    assert.equal(await onTerminal(stage, { TERM: "dumb" }), HERE + THIRTY);
    const unknown = await onTerminal(stage, { NO_COLOR: "1" }, ["sh", "-c", 'stty cols 0; exec "$@"', "sh"]);
    assert.equal(unknown, HERE + THIRTY, "a terminal that does not know its width has 80 columns");
  },
});

Deno.test("status cuts a long name to the width, and loses no profile", async () => {
  await using stage = await openStage();
  stage.home.write(FILE, section("n".repeat(200), stage.user) + section("日本語の名前", stage.user));
  const { stdout } = await stage.awsmfa(["status"]);
  assertFit(stdout);
  assert.match(stdout, /\n {2}n+… +logged out\n {2}日本語の名前 +logged out\n$/);
});

Deno.test("status marks the profile that tools use", async () => {
  await using stage = await openStage();
  stage.home.write(FILE, section("default", stage.user) + section("work", stage.user));
  for (const env of [{ AWS_PROFILE: "work" }, { AWS_DEFAULT_PROFILE: "work" }]) {
    const { stdout } = await stage.awsmfa(["status"], { env });
    assert.match(stdout, /\n {2}default +logged out\n\* work +logged out\n$/);
  }
});

Deno.test("status -p ends with 0 while its session is valid, and with 4 where it is not", async () => {
  await using stage = await openStage();
  writeThirtyProfiles(stage);
  const states: [profile: string, code: number][] = [
    ["default", 4],
    ["in-place", 0],
    ["other-tool", 0],
    ["soon", 0],
    ["yesterday", 4],
    ["admin", 0],
    ["audit", 4],
    ["no-keys", 4],
    ["nobody", 4],
  ];
  for (const [profile, expected] of states) {
    for (const json of [[], ["--json"]]) {
      const { code, stdout, stderr } = await stage.awsmfa(["status", "-p", profile, ...json]);
      assert.equal(code, expected, `${profile}: ${stderr}`);
      assert.equal(stdout === "", expected === 4, "stdout is empty on failure");
      assert.match(stderr, expected === 0 ? /^$/ : /^awsmfa: .+\nhint: .+\n$/);
    }
  }
  await assertFails(stage, ["status", "-p", "default"], {
    code: 4,
    says: "profile 'default' isn't logged in",
    hint: "awsmfa   (with its own keys, which a login backs up; the session goes to [default])",
  });
});

Deno.test("status -p tells in words which keys a login takes", async () => {
  await using stage = await openStage();
  const { home, user, sts } = stage;
  const role = sts.addRole({ name: "admin" });
  home.write(
    FILE,
    section("default", user) + section("a_permanent", user) + section("b-long-term", user) + "[a]\n[b]\n",
  );
  home.write(
    ".aws/config",
    `[profile admin]\nrole_arn = ${role.arn}\nsource_profile = default\n` +
      `[profile c]\nsource_profile = default\n[profile d]\n${
        section("", user).replace("[]\n", "")
      }region = eu-west-1\n`,
  );
  const rows: [profile: string, keys: string][] = [
    ["default", "its own keys, which are backed up; the session goes to [default]"],
    ["a", "the keys in section [a_permanent] beside it; the session goes to [a]"],
    ["b", "the keys in section [b-long-term] beside it; the session goes to [b]"],
    ["c", "the keys of source profile 'default'; the session goes to [c]"],
    ["d", "its own keys, in the config file; the session goes to [d]"],
    ["admin", "the keys of source profile 'default', which assume the role; the session goes to [admin]"],
  ];
  await stage.login();
  for (const [profile, keys] of rows) {
    assert.equal((await stage.awsmfa(["-p", profile])).code, 0, profile);
    const { stdout } = await stage.awsmfa(["status", "-p", profile]);
    assert.ok(stdout.includes(`\nkeys     ${keys}\n`), `${profile}:\n${stdout}`);
    const json = await stage.awsmfa(["status", "-p", profile, "--json"]);
    assert.equal(JSON.parse(json.stdout).keys, keys);
  }
});

Deno.test("status --json tells all that the table does, to the second, and no secret", async () => {
  await using stage = await openStage();
  writeThirtyProfiles(stage);
  const before = Date.now();
  const { stdout } = await stage.awsmfa(["status", "--json"]);
  const after = Date.now();
  const profiles: Record<string, unknown>[] = JSON.parse(stdout).profiles;
  assert.equal(profiles.length, 31);
  const { secondsLeft, expiration, ...admin } = profiles.find(({ name }) => name === "admin") ?? {};
  assert.deepEqual(admin, {
    name: "admin",
    state: "role",
    current: false,
    roleArn: "arn:aws:iam::123456789012:role/admin",
    region: "us-gov-west-1",
  });
  const [most, least] = [before, after].map((at) => Math.floor((Date.parse(String(expiration)) - at) / 1000));
  assert.ok(Number(secondsLeft) >= Number(least) && Number(secondsLeft) <= Number(most), `${secondsLeft}`);
  const { state, device } = profiles[0] ?? {};
  assert.deepEqual([state, device], ["long-term", stage.user.serial]);
});

async function onTerminal(
  stage: Stage,
  env: Record<string, string>,
  through: readonly string[] = [],
): Promise<string> {
  const program = findProgram();
  const words = [...through, program.command, ...program.args, "status"];
  await using terminal = openTerminal(words, stage.home.path, env);
  assert.equal(await terminal.ends(), 0, terminal.screen());
  return terminal.screen().replaceAll("\r\n", "\n");
}

function assertFit(text: string): void {
  for (const line of text.split("\n")) assert.ok([...line].length <= 80, line);
}
