import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { allConsumers, assertAllUseSession } from "../../support/consumers.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

// As people write it for aws-vault and the AWS CLI: keys in one profile, roles that name it as their source.
const FILE = ".aws/credentials";
const CONFIG = ".aws/config";

Deno.test({
  ...allConsumers,
  name:
    "keys with mfa_serial, and roles with that source: every tool uses the role, and a logout leaves no trace",
  fn: async () => {
    await using stage = await openStage();
    const { home, sts } = stage;
    const role = sts.addRole({ name: "admin", requireMfa: true });
    writeLayout(stage, role.arn);
    const before = stage.files();
    const arn = "arn:aws:sts::123456789012:assumed-role/admin/alice";

    const { stdout, stderr } = await stage.login(["-p", "admin"]);
    const config = home.file(CONFIG);
    assert.match(
      stdout,
      /^Logged in to 'admin' as role admin \(\d+\) until .* \(1h\)\.\n$/,
    );
    assert.equal(
      stderr,
      `role_arn of 'admin' is renamed in ${config}, so that AWS tools use this session; ` +
        "awsmfa logout undoes it.\n",
    );
    assert.deepEqual(sts.requests.map(({ action, region }) => [action, region]), [
      ["GetSessionToken", "eu-west-1"],
      ["GetCallerIdentity", "eu-west-1"],
      ["AssumeRole", "eu-west-1"],
    ]);
    assert.equal(
      home.read(CONFIG),
      layout(stage, role.arn).replace(/role_arn = .*\n(?=mfa_serial)/, "awsmfa_$&awsmfa_")
        .replace("source_profile = me\n#", "awsmfa_source_profile = me\n#"),
    );
    assert.ok(home.read(FILE).startsWith(`${section("me", stage.user)}\n[admin]\n`), "every other byte");
    await assertAllUseSession(stage, "admin", arn);

    await stage.login(["-p", "me"]);
    await assertAllUseSession(stage, "me");
    for (const profile of ["admin", "me"]) {
      assert.equal((await stage.awsmfa(["logout", "-p", profile])).code, 0);
    }
    assert.deepEqual(stage.filesOfUser(), before, "byte for byte as before");

    await stage.login(["-p", "admin"]);
    await stage.login(["-p", "me"]);
    await stage.restore();
    assert.deepEqual(stage.filesOfUser(), before, "byte for byte as before");
  },
});

Deno.test("a code that is given wins over aws-vault's mfa_process, whose program is not run", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  home.write(FILE, section("me", user));
  home.write(CONFIG, `[profile me]\nmfa_serial=${user.serial}\nmfa_process=false\nregion=eu-west-1\n`);
  await stage.login(["-p", "me"]);
  assert.match(valuesOf(home.read(FILE), "me").aws_access_key_id ?? "", /^ASIA/);
});

function layout({ user }: Stage, roleArn: string): string {
  return `[default]\nregion = eu-central-1\n\n[profile me]\nregion = eu-west-1\nmfa_serial = ${user.serial}\n\n` +
    `[profile admin]\nrole_arn = ${roleArn}\nmfa_serial = ${user.serial}\nregion = eu-west-1\n` +
    "source_profile = me\n# end";
}

function writeLayout(stage: Stage, roleArn: string): void {
  stage.home.write(FILE, section("me", stage.user));
  stage.home.write(CONFIG, layout(stage, roleArn));
}
