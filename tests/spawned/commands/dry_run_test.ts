import assert from "node:assert/strict";
import { asBytes } from "../../support/aws_file.ts";
import { MEMORY_FILE, rememberDevice } from "../../support/device_memory.ts";
import { assertFails } from "../../support/failure.ts";
import { cachedFile, keepSession } from "../../support/cached_session.ts";
import { asOrdinaryPerson } from "../../support/machine.ts";
import { needs } from "../../support/needs.ts";
import { assertNoSecret, secretsBelow } from "../../support/secrets.ts";
import { openStage, section, type Stage, type StageRun } from "../../support/stage.ts";
import { openAwsmfa } from "../../support/terminal.ts";
import type { Ran } from "../../support/home.ts";

const FILE = ".aws/credentials";
const BACKUP = ".aws/credentials_backup_by_awsmfa";
const CONFIG = ".aws/config";

/** Runs awsmfa --dry-run: no request, and every file, folder and lock as it was. */
async function dryRun(stage: Stage, args: readonly string[], options: StageRun = {}): Promise<Ran> {
  const [before, count] = [stage.home.snapshot(), stage.sts.requests.length];
  const ran = await stage.awsmfa([...args, "--dry-run"], options);
  assert.deepEqual(stage.home.snapshot(), before);
  assert.equal(stage.sts.requests.length, count, "AWS is not asked");
  return ran;
}

Deno.test("login --dry-run says what would be asked and written, asks nobody and leaves no lock", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  const { code, stdout, stderr } = await dryRun(stage, ["--region", "eu-west-1"]);
  assert.deepEqual([code, stderr], [0, ""]);
  const { accessKeyId: id } = user;
  const [first, ...diffs] = stdout.split("\n");
  assert.equal(
    first,
    "Profile 'default' would get a session for 12h, from STS in eu-west-1, for a code of the device that AWS names.",
  );
  assert.match(diffs.join("\n"), /\n\+x_security_token_expires = \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\n/);
  const shown = diffs.filter((line) => !line.includes("x_security_token_expires") && !line.startsWith("@@"));
  assert.deepEqual(shown.slice(0, -3), [
    "--- /dev/null",
    `+++ ${home.file(cachedFile(stage))}`,
    "--- /dev/null",
    `+++ ${home.file(MEMORY_FILE)}`,
    "--- /dev/null",
    `+++ ${home.file(BACKUP)}`,
    "+# Long-term keys backed up by awsmfa. `awsmfa --restore` puts them back.",
    "+# awsmfa: backup, form 1",
    "+[default]",
    `+aws_access_key_id = ${id}`,
    "+aws_secret_access_key = ****",
    `--- ${home.file(FILE)}`,
    `+++ ${home.file(FILE)}`,
    " [default]",
    `-aws_access_key_id = ${id}`,
    "-aws_secret_access_key = ****",
    "+aws_access_key_id = (from AWS)",
    "+aws_secret_access_key = ****",
  ]);
  assert.deepEqual(shown.slice(-3), ["+aws_session_token = ****", "+awsmfa_session = ****", ""]);
});

Deno.test("with a code and without a network it is the same, and the code is not used up", async () => {
  await using stage = await openStage();
  stage.sts.behave({ hang: true });
  const code = stage.code();
  assert.equal((await dryRun(stage, [code])).code, 0);
  assert.equal((await dryRun(stage, ["login", code, "--json"])).code, 0);
  assert.equal((await dryRun(stage, ["-"], { stdin: `${code}\n` })).code, 0);
  stage.sts.behave({ hang: false });
  assert.equal((await stage.awsmfa([code])).code, 0);
});

const EMPTY: [args: string[], env: Record<string, string>, expected: number][] = [
  [[], {}, 4],
  [["--restore"], {}, 4],
  [["logout"], {}, 4],
  [["-p", "work"], {}, 4],
  [[], { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "s".repeat(40) }, 0],
];
for (const [args, env, expected] of EMPTY) {
  const variables = Object.keys(env).length > 0 ? ", with keys in the environment" : "";
  Deno.test(`in an empty home --dry-run makes nothing: awsmfa ${args.join(" ")}${variables}`, async () => {
    await using stage = await openStage();
    Deno.removeSync(stage.home.file(".aws"), { recursive: true });
    const { code, stdout, stderr } = await dryRun(stage, args, { env });
    assert.equal(code, expected, stderr);
    assert.equal(stdout === "", expected !== 0);
    assert.deepEqual(stage.home.snapshot(), {});
  });
}

Deno.test("the keys of a config file, in a home where the credentials file and its folder are not there", async () => {
  await using stage = await openStage();
  Deno.removeSync(stage.home.file(".aws"), { recursive: true });
  stage.home.write("config", section("default", stage.user));
  const { code, stdout } = await dryRun(stage, [], { env: { AWS_CONFIG_FILE: stage.home.file("config") } });
  assert.equal(code, 0);
  assert.ok(stdout.includes(`--- /dev/null\n+++ ${stage.home.file(FILE)}\n@@ -0,0 +1,6 @@\n+[default]\n`));
});

Deno.test("the device that worked is named, and one that is to be tried", async () => {
  await using stage = await openStage();
  rememberDevice(stage, stage.user.serial);
  const { stdout } = await dryRun(stage, []);
  assert.match(
    stdout,
    new RegExp(`for a code of '${stage.user.serial}' \\(it worked at the last login\\)\\.\n`),
  );
  const named = await dryRun(stage, ["--serial", "GAHT12345678"]);
  assert.match(named.stdout, /for a code of 'GAHT12345678' \(--serial\)\.\n/);
});

Deno.test("restore and logout --dry-run show what would come back, and change nothing", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  home.write(FILE, `# mine\n${section("default", user)}region = eu-west-1`);
  await stage.login();
  for (const args of [["--restore"], ["restore"], ["logout"], ["restore", "-p", "default"]]) {
    const { code, stdout, stderr } = await dryRun(stage, args);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(stdout, /^Profile 'default' would get its long-term keys back\.\n--- /);
    assert.ok(stdout.includes(`\n+aws_access_key_id = ${user.accessKeyId}\n+aws_secret_access_key = ****\n`));
    assert.ok(stdout.includes(`\n--- ${home.file(BACKUP)}\n+++ /dev/null\n`));
    const { files } = JSON.parse((await dryRun(stage, [...args, "--json"])).stdout);
    assert.equal(files[0].path, home.file(FILE));
  }
  await stage.restore();
  await assertFails(stage, ["--restore", "--dry-run"], {
    code: 4,
    says: `no long-term keys are backed up in ${home.file(BACKUP)}`,
    hint: "nothing was changed: the keys are where they were",
  });
});

Deno.test("nobody would be asked while a session is good enough, or kept", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  home.write(FILE, section("default", user) + section("work", user));
  await keepSession(stage);
  const kept = await dryRun(stage, ["-p", "work"]);
  assert.match(
    kept.stdout,
    /^Profile 'work' would reuse a cached session; no code needed\.\n--- /,
  );
  await stage.login();
  const valid = await dryRun(stage, []);
  assert.equal(
    valid.stdout,
    "Profile 'default' already has a session that lasts long enough; no code needed.\nNo file would change.\n",
  );
});

Deno.test("bytes that are not UTF-8, Windows line ends and old keys in comments", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  const old = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  const text = `# caf\xe9 ${old}\r\n${
    section("default", user).replaceAll("\n", "\r\n")
  }# aws_secret = ${old}\r\n`;
  home.write(FILE, asBytes(text));
  const { code, stdout } = await dryRun(stage, []);
  assert.equal(code, 0);
  assert.ok(stdout.includes("\n # ****\n"), stdout);
  assert.ok(!stdout.includes(old));
});

Deno.test({
  ignore: asOrdinaryPerson === undefined,
  name: "what a login, a restore and a logout refuse of files, a dry run refuses in the same words",
  fn: async () => {
    await using stage = await openStage();
    const through = asOrdinaryPerson ?? [];
    const file = stage.home.file(FILE);
    const runs: string[][] = [[stage.code()]];
    for (const args of [...runs, ["--restore"], ["logout"]]) {
      Deno.chmodSync(file, 0o400);
      const expected = {
        code: 5,
        says: `can't save ${file}: it is marked read-only`,
        hint: `chmod u+w ${file}`,
      };
      await assertFails(stage, args, expected, { through });
      await assertFails(stage, [...args, "--dry-run"], expected, { through });
      Deno.chmodSync(file, 0o600);
      if (args === runs[0]) await stage.login();
    }
    await stage.restore();
    Deno.chmodSync(file, 0o000);
    for (const args of [["--dry-run"], ["--dry-run", "-p", "work"]]) {
      // The test itself may not read the file either, and so can't compare it.
      assert.deepEqual(await stage.awsmfa(args, { through }), {
        code: 5,
        stdout: "",
        stderr: `awsmfa: can't read ${file}: permission denied\nhint: ls -ld ${file} shows who may\n`,
      });
    }
  },
});

Deno.test({
  ignore: asOrdinaryPerson === undefined,
  name: "a dry run shows what it would do also where it has no right to write",
  fn: async () => {
    await using stage = await openStage();
    const folder = stage.home.file(".aws");
    Deno.chmodSync(folder, 0o500);
    const { code, stderr } = await dryRun(stage, [], { through: asOrdinaryPerson ?? [] });
    Deno.chmodSync(folder, 0o700);
    assert.deepEqual([code, stderr], [0, ""]);
  },
});

Deno.test("it does not wait for another awsmfa that holds the lock", async () => {
  await using stage = await openStage();
  await stage.login();
  using lock = Deno.openSync(stage.home.file(`${FILE}.awsmfa.lock`), { write: true });
  lock.lockSync(true);
  for (const args of [["-f"], ["--restore"], ["logout"]]) {
    const { code, stderr } = await dryRun(stage, args);
    assert.deepEqual([code, stderr], [0, ""]);
  }
});

Deno.test({
  ...needs("python3"),
  name: "on a terminal it is in colour, and nobody is asked; with NO_COLOR it is not",
  fn: async () => {
    await using stage = await openStage();
    stage.home.write(CONFIG, "[default]\nregion = eu-west-1\n");
    for (const env of [{}, { NO_COLOR: "1" }]) {
      const before = stage.home.snapshot();
      await using terminal = openAwsmfa(stage, ["--dry-run"], env);
      assert.equal(await terminal.ends(), 0, terminal.screen());
      assert.match(
        terminal.screen(),
        /^Profile 'default' would get a session for 12h, from STS in eu-west-1, /,
      );
      assert.equal(terminal.screen().includes("\x1b[32m+[default]\x1b[0m"), !("NO_COLOR" in env));
      assert.equal(terminal.screen().includes("\x1b"), !("NO_COLOR" in env));
      assert.deepEqual(stage.home.snapshot(), before);
      assertNoSecret(terminal.screen(), secretsBelow(stage.home.path), "on the terminal");
    }
    assert.equal(stage.sts.requests.length, 0);
  },
});
