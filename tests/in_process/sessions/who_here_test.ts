import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { assertFailed, playIn } from "../play.ts";

const section = (name: string, id: string): string =>
  `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = secret/of/${id}\n`;
const files = {
  [home.CREDENTIALS]: section("default", "AKIAALICE") + section("prod", "AKIABOB"),
  [home.CONFIG]:
    "[profile prod]\nregion = eu-west-1\n[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\n" +
    "source_profile = prod\n",
};
const KEYS = { AWS_ACCESS_KEY_ID: "AKIACAROL", AWS_SECRET_ACCESS_KEY: "secret/of/carol" };

/** A shell: what `env` prints is evaluated in it. */
function shellIn(fake: home.FakeWorld, env: Record<string, string> = {}): {
  env: Record<string, string>;
  run: (args: readonly string[]) => Promise<{ code: number; stdout: string; stderr: string }>;
  evaluate: (args: readonly string[]) => Promise<string>;
} {
  const shell: Record<string, string> = { HOME: "/home/alice", ...env };
  const inShell = { ...fake, world: { ...fake.world, env: (name: string) => shell[name] } };
  const run = async (args: readonly string[]) => await playIn(inShell, args);
  return {
    env: shell,
    run,
    evaluate: async (args) => {
      const { code, stdout, stderr } = await run(["env", "-s", "sh", ...args]);
      assert.equal(code, 0, stderr);
      for (const [, name = "", value] of stdout.matchAll(/^(?:export|unset) (\w+)(?:='(.*)')?;$/gm)) {
        if (value === undefined) delete shell[name];
        else shell[name] = value;
      }
      return stderr;
    },
  };
}

/** Two users, each with a cached session: ASIA...1 is Alice's, ASIA...2 Bob's. */
async function bothCached(): Promise<home.FakeWorld> {
  const fake = home.fakeWorld({ files });
  await playIn(fake, ["env", "-s", "sh", "-p", "default", "111111"]);
  await playIn(fake, ["env", "-s", "sh", "-p", "prod", "222222"]);
  return fake;
}
const [ALICES, BOBS] = ["ASIA0000000000000001", "ASIA0000000000000002"];

Deno.test("a second env in a shell is the profile of the first, and so are all commands without -p", async () => {
  const fake = await bothCached();
  const shell = shellIn(fake, { AWS_PROFILE: "prod" });
  for (let time = 0; time < 2; time++) {
    await shell.evaluate([]);
    assert.equal(shell.env["AWS_ACCESS_KEY_ID"], BOBS);
    assert.equal(shell.env["AWS_PROFILE"], undefined);
  }
  assert.deepEqual(
    JSON.parse((await shell.run(["credential-process"])).stdout).AccessKeyId,
    BOBS,
  );
  await shell.run(["exec", "--", "x"]);
  assert.equal(fake.programs.at(-1)?.variables.get("AWS_ACCESS_KEY_ID"), BOBS);
  await shell.run(["exec", "-p", "default", "--", "x"]);
  assert.equal(fake.programs.at(-1)?.variables.get("AWS_ACCESS_KEY_ID"), ALICES);
  assert.match((await shell.run([])).stdout, /^Logged in to 'prod' /);
  await shell.evaluate(["--unset"]);
  assert.deepEqual(shell.env, { HOME: "/home/alice", AWS_PROFILE: "prod" });
});

Deno.test("inside of exec it is the profile of exec", async () => {
  const fake = await bothCached();
  const shell = shellIn(fake);
  await shell.run(["exec", "-p", "prod", "--", "x"]);
  const inside = shellIn(
    fake,
    Object.fromEntries(
      [...fake.programs.at(-1)?.variables ?? []].flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value]]
      ),
    ),
  );
  await inside.run(["exec", "--", "y"]);
  assert.equal(fake.programs.at(-1)?.variables.get("AWS_ACCESS_KEY_ID"), BOBS);
});

Deno.test("after env of a role the next command is that role, named by a profile or by --role-arn", async () => {
  for (const args of [["-p", "r"], ["-p", "prod", "--role-arn", "arn:aws:iam::111122223333:role/x"]]) {
    const fake = await bothCached();
    const shell = shellIn(fake);
    await shell.evaluate(args);
    assert.match(shell.env["AWS_ACCESS_KEY_ID"] ?? "", /^ASIAROLE/);
    const first = shell.env["AWS_ACCESS_KEY_ID"];
    await shell.evaluate([]);
    assert.equal(shell.env["AWS_ACCESS_KEY_ID"], first);
    await shell.evaluate(["-p", "prod"]);
    assert.equal(shell.env["AWS_ACCESS_KEY_ID"], BOBS);
  }
});

Deno.test("other keys that are exported since are these", async () => {
  const fake = await bothCached();
  const shell = shellIn(fake);
  await shell.evaluate(["-p", "prod"]);
  Object.assign(shell.env, KEYS);
  delete shell.env["AWS_SESSION_TOKEN"];
  const { code, stderr } = await shell.run(["exec", "333333", "--", "x"]);
  assert.equal(code, 0, stderr);
  assert.equal(fake.requests.at(-1)?.access.keys.accessKeyId, "AKIACAROL");
  // They stay; what env set besides goes.
  const said = await shell.evaluate(["--unset"]);
  assert.match(said, /^AWS_ACCESS_KEY_ID is not from awsmfa: it stays/);
  assert.deepEqual(shell.env, { HOME: "/home/alice", ...KEYS });
});

Deno.test("keys in the environment come before a profile that no option names; -p wins", async () => {
  for (const env of [KEYS, { ...KEYS, AWS_PROFILE: "prod" }]) {
    const fake = await bothCached();
    const shell = shellIn(fake, env);
    const before = fake.requests.length;
    await shell.run(["exec", "333333", "--", "x"]);
    assert.deepEqual(
      fake.requests.slice(before).map(({ access }) => access.keys.accessKeyId),
      ["AKIACAROL"],
    );
    await shell.run(["exec", "-p", "prod", "--", "x"]);
    assert.equal(fake.programs.at(-1)?.variables.get("AWS_ACCESS_KEY_ID"), BOBS);
  }
});

Deno.test("the device of the profile is not that of other keys in the environment", async () => {
  const other = "arn:aws:iam::111122223333:mfa/of-the-profile";
  const fake = home.fakeWorld({ files: { ...files, [home.CONFIG]: `[default]\nmfa_serial = ${other}\n` } });
  const shell = shellIn(fake, KEYS);
  await shell.run(["exec", "333333", "--", "x"]);
  assert.equal(fake.requests.at(-1)?.request.serial, "arn:aws:iam::111122223333:mfa/alice");
  // Where the profile has no keys it is only settings, and these are the device's.
  const alone = home.fakeWorld({ files: { [home.CONFIG]: `[default]\nmfa_serial = ${other}\n` } });
  await shellIn(alone, KEYS).run(["exec", "333333", "--", "x"]);
  assert.equal(alone.requests.at(-1)?.request.serial, other);
});

Deno.test("half of a key, and a session that is nobody's, are refused; -p is another matter", async () => {
  const fake = await bothCached();
  const half = shellIn(fake, { AWS_ACCESS_KEY_ID: "AKIACAROL" });
  const strange = shellIn(fake, { ...KEYS, AWS_ACCESS_KEY_ID: "ASIASTRANGE", AWS_SESSION_TOKEN: "t" });
  fake.saves.length = 0;
  for (const command of [["exec", "--", "x"], ["credential-process"], ["env", "-s", "sh"], ["devices"]]) {
    for (
      const [shell, stderr] of [
        [half, /^awsmfa: AWS_ACCESS_KEY_ID is set without AWS_SECRET_ACCESS_KEY/],
        [
          strange,
          /^awsmfa: there is a session in the environment \(AWS_ACCESS_KEY_ID\), and nothing says whose/,
        ],
      ] as const
    ) {
      const played = await shell.run(command);
      assert.match(played.stderr, stderr);
      assert.equal(played.code, 4);
    }
  }
  for (const shell of [half, strange]) {
    assert.equal((await shell.run(["exec", "-p", "prod", "--", "x"])).code, 0);
  }
});

Deno.test("keys that are only in the environment: their session is handed on, until it ends", async () => {
  const fake = home.fakeWorld();
  const shell = shellIn(fake, KEYS);
  await shell.evaluate(["123456"]);
  assert.equal(shell.env["AWS_ACCESS_KEY_ID"], ALICES);
  for (const isMarked of [true, false]) {
    if (!isMarked) {
      delete shell.env["AWSMFA_SET"];
      delete shell.env["AWSMFA_PROFILE"];
    }
    await shell.run(["exec", "--", "x"]);
    assert.equal(fake.programs.at(-1)?.variables.get("AWS_ACCESS_KEY_ID"), ALICES);
    await shell.evaluate([]);
    assert.equal(shell.env["AWS_ACCESS_KEY_ID"], ALICES);
  }
  assert.equal(fake.requests.length, 1);
  fake.clock.now = new Date(home.NOW.getTime() + 43_000_000 * 2);
  for (const command of [["exec", "--", "x"], ["credential-process"], ["env", "-s", "sh"], ["654321"]]) {
    const played = await shell.run(command);
    assert.match(
      `${command}: ${played.stderr}`,
      /AKIACAROL' came from AWS_ACCESS_KEY_ID, which env replaced\nhint: export them again/,
    );
    assert.equal(played.code, 4);
  }
});

Deno.test("the profile of a shell is of its files, also where the shell has others", async () => {
  const there = { AWS_CONFIG_FILE: "/x/config", AWS_SHARED_CREDENTIALS_FILE: "/x/credentials" };
  const fake = home.fakeWorld({ files: { ...files, "/x/credentials": section("default", "AKIAXAVER") } });
  const shell = shellIn(fake, there);
  await shell.evaluate(["123456"]);
  assert.equal(fake.requests.at(-1)?.access.keys.accessKeyId, "AKIAXAVER");
  for (const name of Object.keys(there)) delete shell.env[name];
  await shell.evaluate([]);
  assert.equal(shell.env["AWS_ACCESS_KEY_ID"], ALICES);
  assert.equal(fake.requests.length, 1);
  // Who names other files means profiles of those, and the session is nobody's there.
  shell.env["AWS_SHARED_CREDENTIALS_FILE"] = "/y/credentials";
  assertFailed({ ...fake, ...await shell.run(["exec", "--", "x"]), files: {}, failure: "", saves: [] }, {
    code: 4,
    stderr: /nothing says whose/,
  });
});

Deno.test("the region of one profile is not that of the next, and --unset takes it away", async () => {
  const config = "[profile eu]\nregion = eu-west-1\n[profile cn]\nregion = cn-north-1\n";
  const all = section("eu", "AKIAEU") + section("cn", "AKIACN") + section("none", "AKIANONE");
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: all, [home.CONFIG]: config } });
  const shell = shellIn(fake);
  await shell.evaluate(["-p", "eu", "111111"]);
  assert.equal(shell.env["AWS_REGION"], "eu-west-1");
  await shell.evaluate(["-p", "cn", "222222"]);
  assert.deepEqual([shell.env["AWS_REGION"], shell.env["AWS_DEFAULT_REGION"]], ["cn-north-1", "cn-north-1"]);
  assert.equal(fake.requests.at(-1)?.access.region, "cn-north-1");
  await shell.evaluate(["-p", "none", "333333"]);
  assert.deepEqual([shell.env["AWS_REGION"], shell.env["AWS_DEFAULT_REGION"]], [undefined, undefined]);
  assert.equal(fake.requests.at(-1)?.access.region, "us-east-1");
  // What a person sets is a wish.
  shell.env["AWS_REGION"] = "us-west-2";
  await shell.evaluate(["-p", "eu"]);
  assert.equal(shell.env["AWS_REGION"], "us-west-2");
  await shell.evaluate(["--unset"]);
  assert.deepEqual(shell.env, { HOME: "/home/alice", AWS_REGION: "us-west-2" });
});

Deno.test("of two variables that name a profile the AWS CLI takes the other one: what acts like a tool says so first", async () => {
  const files = {
    [home.CREDENTIALS]: "[prod]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n",
  };
  const env = { AWS_PROFILE: "prod", AWS_DEFAULT_PROFILE: "dev" };
  const fake = home.fakeWorld({ files, env });
  assert.equal((await playIn(fake, ["env", "-s", "sh", "-p", "prod", "123456"])).stderr, "");
  const warning =
    "warning: AWS_DEFAULT_PROFILE is 'dev': the AWS CLI and boto3 use that profile and not 'prod'\n" +
    "hint: export AWS_DEFAULT_PROFILE=prod\n";
  for (const command of [["env", "-s", "sh"], ["exec", "--", "x"], ["credential-process"], ["devices"]]) {
    const { code, stderr } = await playIn(fake, command);
    assert.deepEqual([code, stderr], [0, warning], command.join(" "));
  }
});
