import assert from "node:assert/strict";
import { asOrdinaryPerson, canMount } from "../support/machine.ts";
import { works } from "../support/needs.ts";
import { asUser, BOB, canBeTwo, giveTo, packagesForAll } from "../support/other_user.ts";
import { openStage, section, type Stage, type StageRun } from "../support/stage.ts";

const FILE = ".aws/credentials";

/** Each gives a session, where nothing can be kept: the code is not spent for nothing. */
const COMMANDS: [name: string, args: (stage: Stage) => string[], prints: RegExp][] = [
  ["env", (stage) => ["env", "-s", "json", stage.code()], /"AWS_SESSION_TOKEN"/],
  ["exec", (stage) => ["exec", stage.code(), "--", "env"], /^AWS_SESSION_TOKEN=/m],
  ["credential-process", (stage) => {
    stage.home.write("code", stage.code());
    return ["credential-process", "--code-command", `cat ${stage.home.file("code")}`];
  }, /"SessionToken"/],
];

for (const [name, args, prints] of COMMANDS) {
  Deno.test({
    ignore: !canMount(),
    name: `${name} with ~/.aws mounted read-only gives the session, and says that it is not cached`,
    fn: async () => {
      await using stage = await openStage();
      using _mount = mountReadOnly(stage);
      await assertGiven(stage, args(stage), prints, {}, /the file system is read-only/);
    },
  });

  Deno.test({
    ignore: asOrdinaryPerson === undefined,
    name: `${name} with a home that takes no file and keys in the environment gives the session`,
    fn: async () => {
      await using stage = await openStage();
      const { home, user } = stage;
      Deno.removeSync(home.file(".aws"), { recursive: true });
      const words = args(stage);
      Deno.mkdirSync(home.file("home"), { mode: 0o500 });
      const env = {
        HOME: home.file("home"),
        AWS_ACCESS_KEY_ID: user.accessKeyId,
        AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
      };
      await assertGiven(stage, words, prints, { env, through: asOrdinaryPerson ?? [] }, /permission denied/);
    },
  });
}

/** All of `/` is read-only, in a mount namespace of its own, and there is no HOME. */
const ON_READ_ONLY_ROOT = ["unshare", "--mount", "sh", "-c", 'mount -o remount,bind,ro / && exec "$@"', "sh"];
for (const [who, words] of [["root", []], ["a user of no database", asUser(BOB)]] as const) {
  Deno.test({
    ignore: !canBeTwo || !works([...ON_READ_ONLY_ROOT, "true"]),
    name:
      `${who} without HOME, on a root that is read-only: env, exec and credential-process give the session`,
    fn: async () => {
      using packages = packagesForAll();
      for (const [, args, prints] of COMMANDS) {
        await using stage = await openStage();
        const { home, user } = stage;
        Deno.removeSync(home.file(".aws"), { recursive: true });
        const typed = args(stage);
        if (words.length > 0) giveTo(BOB, home.path);
        const env = {
          DENO_DIR: packages.path,
          AWS_ACCESS_KEY_ID: user.accessKeyId,
          AWS_SECRET_ACCESS_KEY: user.secretAccessKey,
        };
        const through = [...ON_READ_ONLY_ROOT, ...words, "env", "-u", "HOME"];
        const why = /the file system is read-only|no home directory/;
        await assertGiven(stage, typed, prints, { env, through }, why);
      }
    },
  });
}

Deno.test({
  ignore: !canMount(),
  name: "a role with ~/.aws mounted read-only is given, too",
  fn: async () => {
    await using stage = await openStage();
    const { arn } = stage.sts.addRole({ name: "admin", trusts: [stage.user.arn] });
    const config = `[profile admin]\nrole_arn = ${arn}\nsource_profile = default\n`;
    using _mount = mountReadOnly(stage, config);
    const args = ["env", "-p", "admin", "-s", "json", stage.code()];
    await assertGiven(stage, args, /"AWS_SESSION_TOKEN"/, {}, /the file system is read-only/, 3);
  },
});

Deno.test("a login where awsmfa's own folder takes no file: the session is in the credentials file, and a warning says so", async () => {
  await using stage = await openStage();
  // No folder of that name can be made.
  stage.home.write(".aws/awsmfa/AKIAOTHER.json.awsmfa.lock", "");
  Deno.mkdirSync(stage.home.file(`.aws/awsmfa/.awsmfa.lock`));
  const { stderr } = await stage.login();
  assert.match(
    stderr,
    /^warning: the session is used, but not cached: can't lock \S+\.awsmfa\.lock: it is a directory\n/,
  );
  assert.equal(stderr.split("warning:").length, 2, "once");
  assert.match(stage.home.read(FILE), /aws_session_token/);
});

async function assertGiven(
  stage: Stage,
  args: readonly string[],
  prints: RegExp,
  options: StageRun,
  why: RegExp,
  requests = 1,
): Promise<void> {
  const { code, stdout, stderr } = await stage.awsmfa(args, { ...options, secretsOnStdout: true });
  assert.equal(code, 0, stderr);
  assert.match(stdout, prints);
  assert.match(stderr, /^warning: the session is used, but not cached: can't /);
  assert.match(stderr, why);
  assert.equal(stderr.split("warning:").length, 2, stderr);
  const calls = stage.sts.requests.filter(({ action }) => /GetSessionToken|AssumeRole/.test(action ?? ""));
  assert.ok(calls.length <= requests, `${calls.length} requests`);
}

function mountReadOnly(stage: Stage, config = ""): Disposable {
  const folder = stage.home.file(".aws");
  run("mount", "-t", "tmpfs", "-o", "size=64k,mode=700", "awsmfa-test", folder);
  stage.home.write(FILE, section("default", stage.user));
  stage.home.write(".aws/config", config);
  run("mount", "-o", "remount,ro", folder);
  return { [Symbol.dispose]: () => run("umount", folder) };
}

function run(command: string, ...args: string[]): void {
  const { success, stderr } = new Deno.Command(command, { args }).outputSync();
  if (!success) throw new Error(`${command} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}
