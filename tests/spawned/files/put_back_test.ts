import assert from "node:assert/strict";
import { needs } from "../../support/needs.ts";
import { openStage, type Stage } from "../../support/stage.ts";

const ROLE = "arn:aws:iam::123456789012:role/admin";

/** Whom the AWS CLI is with each profile. */
async function whoEver({ home }: Stage): Promise<string[]> {
  const who: string[] = [];
  for (const profile of ["default", "admin"]) {
    const words = ["sts", "get-caller-identity", "--profile", profile, "--query", "Arn", "--output", "text"];
    const { stdout, stderr } = await home.run("aws", words, { env: { AWS_DEFAULT_REGION: "us-east-1" } });
    who.push(stdout.trim() || stderr.trim());
  }
  return who;
}

Deno.test({
  ...needs("aws"),
  name:
    "the config file put back, or written to, while a role is logged in: the AWS CLI reads every profile, also after a logout",
  fn: async () => {
    await using stage = await openStage();
    const { home, sts, user } = stage;
    sts.addRole({ arn: ROLE, requireMfa: true });
    const config = `[profile admin]\nrole_arn = ${ROLE}\nsource_profile = default\n`;
    home.write(".aws/config", config);
    await stage.login(["-p", "admin"]);
    const session = "arn:aws:sts::123456789012:assumed-role/admin/alice";
    assert.deepEqual(await whoEver(stage), [user.arn, session]);

    home.write(".aws/config", config);
    const count = sts.requests.length;
    const again = await stage.awsmfa(["-p", "admin"]);
    assert.equal(again.code, 0, again.stderr);
    assert.equal(sts.requests.length, count);
    assert.deepEqual(await whoEver(stage), [user.arn, session]);

    const set = ["configure", "set", "role_arn", ROLE, "--profile", "admin"];
    assert.equal((await home.run("aws", set)).code, 0);
    assert.equal((await stage.awsmfa(["logout", "-p", "admin"])).code, 0);
    assert.equal(home.read(".aws/config").match(/role_arn/g)?.length, 1, home.read(".aws/config"));
    const [first, second = ""] = await whoEver(stage);
    assert.equal(first, user.arn);
    assert.match(second, /AccessDenied/, "the role wants a code, and the file can be read");
  },
});
