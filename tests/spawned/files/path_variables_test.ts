import assert from "node:assert/strict";
import { openStage, section } from "../../support/stage.ts";
import { needs } from "../../support/needs.ts";

Deno.test({
  ...needs("aws"),
  name:
    "$HOME and ${HOME} in the two variables, as for the AWS CLI; who takes them as they are written is said",
  fn: async () => {
    await using stage = await openStage();
    const { home, user } = stage;
    Deno.removeSync(home.file(".aws/credentials"));
    home.write("keys/mine", section("default", user));
    home.write("keys/conf", "[default]\nregion = eu-west-2\n");
    const env = { AWS_SHARED_CREDENTIALS_FILE: "$HOME/keys/mine", AWS_CONFIG_FILE: "${HOME}/keys/conf" };
    const { stdout, stderr } = await stage.login([], { env });
    assert.match(stdout, /^Logged in to 'default'/);
    assert.match(
      stderr,
      /^warning: AWS_SHARED_CREDENTIALS_FILE is '\$HOME\/keys\/mine', which JavaScript, .* take as it is written$/m,
    );
    assert.match(home.read("keys/mine"), /aws_session_token/);
    const who = await home.run("aws", ["sts", "get-caller-identity", "--query", "Arn"], { env });
    assert.equal(who.code, 0, who.stderr);
    const told = await stage.awsmfa(["doctor", "--offline"], { env });
    assert.ok(
      told.stdout.includes(`fix: export AWS_SHARED_CREDENTIALS_FILE=${home.file("keys/mine")}`),
      told.stdout,
    );
    await stage.restore([], { env });
    assert.equal(home.read("keys/mine"), section("default", user));
  },
});

Deno.test("a variable that awsmfa may not read is named, and nothing is asked", async () => {
  await using stage = await openStage();
  const ran = await stage.awsmfa(["123456"], { env: { AWS_CONFIG_FILE: "$MINE/config", MINE: "/x" } });
  assert.equal(ran.code, 2);
  assert.equal(
    ran.stderr,
    "awsmfa: the variable MINE is not one that awsmfa may read\n" +
      "hint: write what it stands for in its place, in AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE\n",
  );
  assert.deepEqual(stage.sts.requests, []);
});

Deno.test({
  ignore: Deno.build.os === "windows",
  name:
    "/dev/null in place of the credentials file: exec keeps its session in the home, and a login is refused first",
  fn: async () => {
    await using stage = await openStage();
    const { home, user, sts } = stage;
    Deno.removeSync(home.file(".aws/credentials"));
    home.write(".aws/config", section("default", user));
    const env = { AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
    const login = await stage.awsmfa([stage.code()], { env });
    assert.deepEqual([login.code, sts.requests.length], [5, 0]);
    assert.equal(
      login.stderr,
      "awsmfa: can't save /dev/null: a variable names it, which says that there is no such file\n" +
        "hint: unset AWS_SHARED_CREDENTIALS_FILE AWS_CONFIG_FILE\n",
    );
    const ran = await stage.awsmfa(["exec", stage.code(), "--", "true"], { env });
    assert.deepEqual([ran.code, ran.stderr], [0, ""]);
    assert.deepEqual((await stage.awsmfa(["exec", "--", "true"], { env })).code, 0);
    assert.equal(sts.requests.filter(({ action }) => action === "GetSessionToken").length, 1);
    const told = await stage.awsmfa(["doctor", "--offline"], { env });
    assert.match(told.stdout, /^ok {7}credentials \/dev\/null stands for no file$/m);
    assert.doesNotMatch(told.stdout, /chmod/);
  },
});

Deno.test({
  ignore: Deno.build.os === "windows",
  name: "/dev/null in place of the config file: a login needs none",
  fn: async () => {
    await using stage = await openStage();
    const env = { AWS_CONFIG_FILE: "/dev/null", AWS_REGION: "eu-west-1" };
    await stage.login([], { env });
    await stage.restore([], { env });
    const linked = await stage.awsmfa(["link", "tool"], { env });
    assert.match(linked.stderr, /^awsmfa: can't save \/dev\/null: /);
    assert.deepEqual([linked.code, /^awsmfa: can't save \/dev\/null: /.test(linked.stderr)], [5, true]);
  },
});
