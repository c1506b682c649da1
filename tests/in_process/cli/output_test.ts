import assert from "node:assert/strict";
import { ALICES_DEVICE, BACKUP, CREDENTIALS, fakeWorld } from "../../support/fake_world.ts";
import { play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const files = { [CREDENTIALS]: `[default]\n${KEYS}[work]\n${KEYS}` };

Deno.test("--json makes stdout one document, without secrets, and stderr empty", async () => {
  const fake = fakeWorld({ files });
  const login = await playIn(fake, ["--json", "123456"]);
  assert.deepEqual(JSON.parse(login.stdout), {
    profile: "default",
    expiration: "2026-11-20T21:00:00.000Z",
    how: "new",
    mfaSerial: ALICES_DEVICE,
    warnings: [],
  });
  assert.deepEqual([login.stderr, login.code], ["", 0]);
  const restore = await playIn(fake, ["--restore", "--json"]);
  assert.deepEqual(JSON.parse(restore.stdout), { profiles: [{ profile: "default", outcome: "restored" }] });
  assert.deepEqual([restore.stderr, restore.code], ["", 0]);
});

Deno.test("--json leaves stdout empty where the login fails", async () => {
  const { stdout, stderr, code } = await play(["--json", "-p", "none", "123456"], { files });
  assert.equal(stdout, "");
  assert.match(stderr, /^awsmfa: no profile 'none'/);
  assert.equal(code, 4);
});

const WARNINGS: [what: string, args: string[], env: Record<string, string>, stderr: string][] = [
  [
    "keys in the environment, which win over the file",
    [],
    { AWS_ACCESS_KEY_ID: "AKIAENV" },
    "warning: AWS_ACCESS_KEY_ID is set in the environment, and wins over the session in the file\n" +
    "hint: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN\n",
  ],
  [
    "AWS_PROFILE that names another profile",
    ["-p", "work"],
    { AWS_PROFILE: "default" },
    "warning: AWS_PROFILE is 'default', so other tools use that profile and not 'work'\nhint: export AWS_PROFILE=work\n",
  ],
  [
    "AWS_DEFAULT_PROFILE that names another profile than the default",
    ["-p", "default"],
    { AWS_DEFAULT_PROFILE: "work" },
    "warning: AWS_DEFAULT_PROFILE is 'work', so other tools use that profile and not 'default'\n" +
    "hint: unset AWS_DEFAULT_PROFILE\n",
  ],
  [
    "two variables that name two profiles: once",
    ["-p", "default"],
    { AWS_PROFILE: "default", AWS_DEFAULT_PROFILE: "work" },
    "warning: AWS_DEFAULT_PROFILE is 'work': the AWS CLI uses that profile and not 'default'\n" +
    "hint: unset AWS_DEFAULT_PROFILE\n",
  ],
  [
    "AWS_PROFILE that is set and empty",
    [],
    { AWS_PROFILE: "" },
    "warning: AWS_PROFILE is set and empty: the AWS CLI, Java, Rust, the AWS CRT and Ruby look for a profile without " +
    "a name, which is nowhere\nhint: unset AWS_PROFILE\n",
  ],
];
Deno.test("status says who is somebody else here, on stderr, and in JSON keeps to the data", async () => {
  const env = { AWS_PROFILE: "default", AWS_DEFAULT_PROFILE: "work" };
  const warning = (other: string, profile: string, who: string): string =>
    `warning: ${other}: ${who} that profile and not '${profile}'\nhint: awsmfa doctor tells what to type\n`;
  const cli = warning("AWS_DEFAULT_PROFILE is 'work'", "default", "the AWS CLI uses");
  const all = await play(["status"], { files, env });
  assert.deepEqual([all.stderr, all.code], [cli, 0]);
  const fake = fakeWorld({ files, env });
  await playIn(fake, ["-p", "default", "123456"]);
  assert.equal((await playIn(fake, ["status", "-p", "default"])).stderr, cli);
  assert.equal((await playIn(fake, ["status", "-p", "default", "--json"])).stderr, "");
});

for (const [what, args, env, stderr] of WARNINGS) {
  Deno.test(`the login is done, and warns of ${what}`, async () => {
    const played = await play([...args, "123456"], { files, env });
    assert.match(played.stdout, /^Logged in to '\w+'/);
    assert.ok(played.stderr.startsWith(stderr), played.stderr);
    assert.equal(played.code, 0);
    const json = await play([...args, "--json", "123456"], { files, env });
    assert.equal(json.stderr, stderr);
    assert.deepEqual(JSON.parse(json.stdout).warnings.length, 1);
  });
}

Deno.test("the login is done, and warns of a credentials file that others can read", async () => {
  const { code, stdout, stderr } = await play(["123456"], { files, but: { looseMode: () => 0o644 } });
  assert.match(stdout, /^Logged in to 'default'/);
  assert.match(
    stderr,
    new RegExp(`^warning: ${CREDENTIALS} can be read by other users \\(mode 0644\\)\nhint: chmod 600 `),
  );
  assert.equal(code, 0);
});

Deno.test("AWS_PROFILE that names the same profile is no reason to warn", async () => {
  const { stderr } = await play(["123456"], { files, env: { AWS_PROFILE: "work" } });
  assert.equal(stderr, `Your long-term keys are backed up in ${BACKUP}; awsmfa --restore puts them back.\n`);
});
