import assert from "node:assert/strict";
import { asUser, BOB, canBeTwo, giveTo, packagesForAll } from "../support/other_user.ts";
import { openStage, type Stage } from "../support/stage.ts";

// A user of no database, and no HOME: a container with a user at random, a unit without User=.

Deno.test({
  ignore: !canBeTwo,
  name: "with keys in the environment no home is needed: env, exec and doctor work, and say what is not kept",
  fn: async () => {
    await using stage = await openStage();
    using packages = packagesForAll();
    giveTo(BOB, stage.home.path);
    const through = withoutHome();
    const env = {
      DENO_DIR: packages.path,
      AWS_ACCESS_KEY_ID: stage.user.accessKeyId,
      AWS_SECRET_ACCESS_KEY: stage.user.secretAccessKey,
    };
    const run = (args: string[]): ReturnType<Stage["awsmfa"]> =>
      stage.awsmfa(args, { env, through, secretsOnStdout: true });
    const got = await run(["env", "-s", "sh", stage.code()]);
    assert.equal(got.code, 0, got.stderr);
    assert.match(got.stdout, /AWS_SESSION_TOKEN=/);
    assert.match(got.stderr, /^warning: [^\n]*not /);
    const exec = await run([
      "exec",
      "--serial",
      stage.user.serial,
      stage.code(),
      "--",
      "sh",
      "-c",
      "echo ran",
    ]);
    assert.deepEqual([exec.code, exec.stdout], [0, "ran\n"], exec.stderr);
    const doctor = await run(["doctor", "--offline"]);
    assert.match(doctor.stdout, /logs in with the keys in the environment/);
  },
});

Deno.test({
  ignore: !canBeTwo,
  name: "without them, doctor gives its report, and says that there is no home",
  fn: async () => {
    await using stage = await openStage();
    using packages = packagesForAll();
    giveTo(BOB, stage.home.path);
    const through = withoutHome();
    const { code, stdout } = await stage.awsmfa(["doctor"], { env: { DENO_DIR: packages.path }, through });
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^problem {2}home +no home directory: the variable HOME is not set\n +fix: set HOME, or /,
    );
  },
});

function withoutHome(): readonly string[] {
  return [...asUser(BOB), "env", "-u", "HOME"];
}
