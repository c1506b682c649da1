import assert from "node:assert/strict";
import { awsmfaOnPath } from "../../support/awsmfa_on_path.ts";
import { awsCli, consumers, javascriptSdk, keyUsed } from "../../support/consumers.ts";
import { assertFails } from "../../support/failure.ts";
import { cachedFile, keepSession, setSecondsLeft } from "../../support/cached_session.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const CONFIG = ".aws/config";
const NO_SESSION = "awsmfa: profile 'default' has no valid session; run: awsmfa";

for (const consumer of consumers) {
  Deno.test({
    ...consumer.ready,
    name: `${consumer.name} works through credential_process alone, and fails where there is no session`,
    fn: async () => {
      await using stage = await openStage();
      const { home } = stage;
      const { stdout } = await stage.awsmfa(["link", "mfa"]);
      // By its full path: programs with a window have another PATH than a shell.
      const [, line = ""] = /: (credential_process = \/.+ credential-process -p default)\n$/.exec(stdout) ??
        [];
      assert.equal(stdout, `Profile 'mfa' in ${home.file(CONFIG)}: ${line}\n`);
      assert.equal(home.read(CONFIG), `[profile mfa]\n${line}\n`);
      const env = { AWS_PROFILE: "mfa" };

      const [command, ...args] = consumer.command;
      const without = await home.run(command, args, { env });
      assert.notEqual(without.code, 0);
      // The JavaScript SDK tries its next source, and at the end tells of none of them.
      const told = consumer === javascriptSdk ? "Could not load credentials from any providers" : NO_SESSION;
      assert.ok(without.stderr.includes(told), without.stderr);

      await keepSession(stage);
      assert.match(await keyUsed(stage, consumer, env), /^ASIA/);
      assert.equal(home.read(".aws/credentials"), section("default", stage.user), "only the long-term keys");
      setSecondsLeft(stage, 4 * 60);
      assert.match(await keyUsed(stage, consumer, env), /^ASIA/, "there is no other one");
      setSecondsLeft(stage, 50);
      assert.notEqual((await home.run(command, args, { env })).code, 0, "less than a minute is no session");
    },
  });
}

Deno.test({
  ...awsCli.ready,
  name: "a linked profile is the source of a role that wants MFA, for the AWS CLI by itself",
  fn: async () => {
    await using stage = await openStage();
    const { home, sts } = stage;
    const role = sts.addRole({ name: "admin", requireMfa: true });
    await stage.awsmfa(["link", "mfa"]);
    home.write(
      CONFIG,
      `${
        home.read(CONFIG)
      }[profile admin]\nrole_arn = ${role.arn}\nsource_profile = mfa\nrole_session_name = me\n`,
    );
    await keepSession(stage);
    const [command, ...args] = awsCli.command;
    const ran = await home.run(command, args, { env: { ...awsmfaOnPath(home), AWS_PROFILE: "admin" } });
    const arn = "arn:aws:sts::123456789012:assumed-role/admin/me";
    assert.deepEqual([ran.code, ran.stdout], [0, `${arn}\n`], ran.stderr);
  },
});

Deno.test("credential-process prints what AWS documents, in one line, and asks nobody", async () => {
  await using stage = await openStage();
  await keepSession(stage);
  const count = stage.sts.requests.length;
  const ran = await stage.awsmfa(["credential-process"], { secretsOnStdout: true });
  assert.deepEqual([ran.code, ran.stderr], [0, ""]);
  assert.match(ran.stdout, /^[^\n]+\n$/);
  const { Version, AccessKeyId, SecretAccessKey, SessionToken, Expiration, ...more } = JSON.parse(ran.stdout);
  assert.deepEqual([Version, more], [1, { AccountId: "123456789012" }]);
  assert.match(AccessKeyId, /^ASIA/);
  assert.match(SecretAccessKey, /^\S{40}$/);
  assert.match(SessionToken, /^\S{300,}$/);
  assert.match(Expiration, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.equal(stage.sts.requests.length, count);
});

Deno.test("credential-process without a session fails in one line that names the command, and takes no code", async () => {
  await using stage = await openStage();
  stage.home.write(".aws/credentials", section("default", stage.user) + section("work", stage.user));
  const rows: [args: string[], stderr: string][] = [
    [[], `${NO_SESSION}\n`],
    [["-p", "work"], "awsmfa: profile 'work' has no valid session; run: awsmfa -p work\n"],
  ];
  for (const [args, stderr] of rows) {
    const ran = await stage.awsmfa(["credential-process", ...args]);
    assert.deepEqual(ran, { code: 4, stdout: "", stderr });
  }
  await assertFails(stage, ["credential-process", "123456"], {
    code: 2,
    says: "credential-process doesn't take an MFA code",
    hint: "awsmfa 123456 logs in; or name a --code-command",
  });
});

Deno.test("link writes one section, a second time nothing, and takes no name that is taken", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  home.write(".aws/credentials", section("default", user) + section("my work", user));
  const original = "# mine\n[default]\nregion = eu-west-1\n[profile taken]\noutput = json";
  home.write(CONFIG, original);
  const { stdout } = await stage.awsmfa(["link", "mfa"]);
  const [, awsmfa = ""] = / credential_process = (.*) credential-process -p default\n$/.exec(stdout) ?? [];
  const line = `credential_process = ${awsmfa} credential-process -p default`;
  const linked = `${original}\n\n[profile mfa]\n${line}\nregion = eu-west-1\n`;
  assert.equal(home.read(CONFIG), linked);
  assert.equal((await stage.awsmfa(["link", "mfa"])).code, 0);
  assert.equal(home.read(CONFIG), linked);
  await stage.awsmfa(["link", "mfa work", "-p", "my work"]);
  assert.equal(
    home.read(CONFIG),
    `${linked}\n[profile "mfa work"]\ncredential_process = ${awsmfa} credential-process -p 'my work'\n`,
  );
  const hint = "choose another name";
  const taken = { code: 5, hint };
  await assertFails(stage, ["link", "taken"], {
    ...taken,
    says: `profile 'taken' stands in ${home.file(CONFIG)} already`,
  });
  await assertFails(stage, ["link", "my work"], {
    ...taken,
    says: `profile 'my work' stands in ${home.file(".aws/credentials")} already`,
  });
  await assertFails(stage, ["link", "default"], {
    code: 2,
    says: "profile 'default' can't get its credentials from itself",
    hint: "awsmfa link NAME -p default",
  });
});

const WAYS: [title: string, count: number, way: (command: string, stage: Stage) => Way][] = [
  ["--code-command", 50, (command) => ({ args: ["--code-command", command], env: {} })],
  ["AWSMFA_CODE_COMMAND", 6, (command) => ({ args: [], env: { AWSMFA_CODE_COMMAND: command } })],
  ["mfa_process", 6, (command, { home }) => {
    home.write(CONFIG, `[default]\nmfa_process = ${command}\n`);
    return { args: [], env: {} };
  }],
];

for (const [title, count, wayOf] of WAYS) {
  Deno.test(`${count} at once on one expired session ask AWS once, with the code of ${title}`, async () => {
    await using stage = await openStage();
    const { home, sts, user } = stage;
    await keepSession(stage);
    setSecondsLeft(stage, -60);
    const expired: string = JSON.parse(home.read(cachedFile(stage))).session.accessKeyId;
    const before = sts.requests.length;
    home.write("code", `${stage.code()}\n`);
    const { args, env } = wayOf(`cat ${home.file("code")}`, stage);
    const runs = await Promise.all(
      Array.from(
        { length: count },
        () => stage.awsmfa(["credential-process", ...args], { env, secretsOnStdout: true }),
      ),
    );
    for (const { code, stderr } of runs) assert.equal(code, 0, stderr);
    const answers = new Set(runs.map(({ stdout }) => stdout));
    assert.equal(answers.size, 1, "all have the same session");
    const [answer = ""] = answers;
    assert.notEqual(JSON.parse(answer).AccessKeyId, expired);
    assert.deepEqual(sts.requests.slice(before).map(({ action, accessKeyId }) => [action, accessKeyId]), [
      ["GetSessionToken", user.accessKeyId],
    ], "one request: the device of the session before is remembered");
  });
}

interface Way {
  readonly args: readonly string[];
  readonly env: Record<string, string>;
}
