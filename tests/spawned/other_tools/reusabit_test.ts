import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { allConsumers, assertAllUseSession } from "../../support/consumers.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

// reusabit/awsmfa keeps the keys in a profile of their own, and writes the session into the one that names it.
const FILE = ".aws/credentials";
const CONFIG = ".aws/config";

for (const [title, prefix] of [["as AWS writes them", "profile "], ["without 'profile '", ""]] as const) {
  Deno.test({
    ...allConsumers,
    name: `the layout of reusabit/awsmfa works as it is, with config sections ${title}`,
    fn: async () => {
      await using stage = await openStage();
      writeLayout(stage, prefix);
      const before = stage.files();
      const { stdout, stderr } = await stage.login(["-p", "myaccount"]);

      assert.match(stdout, /^Logged in to 'myaccount' until .* \(12h\)\.\n$/);
      const config = stage.home.file(CONFIG);
      const note =
        `note: Go 1 and Ruby look at source_profile first (line 6 of ${config}) (awsmfa doctor --readers shows all)\n` +
        `warning: the AWS CLI ignores a section of ${config} that awsmfa read, since its name has no ` +
        "'profile ' before it\nhint: write it as [profile NAME]\n";
      const aside =
        `source_profile of 'myaccount' is renamed in ${config}, so that AWS tools use this session; ` +
        "awsmfa logout undoes it.\n";
      assert.equal(stderr, prefix === "" ? note : aside);
      const [session, ...more] = stage.sts.requests;
      assert.equal(more.length, 0, "the device is named by the source");
      assert.deepEqual([session?.region, session?.params.SerialNumber], ["eu-west-1", stage.user.serial]);
      const text = stage.home.read(FILE);
      assert.ok(text.startsWith(keys(stage)), "every other byte is as before");
      assert.deepEqual(Object.keys(valuesOf(text.slice(keys(stage).length), "myaccount")), [
        "aws_access_key_id",
        "aws_secret_access_key",
        "aws_session_token",
        "x_security_token_expires",
        "awsmfa_session",
      ]);
      const renamed = stage.home.read(CONFIG).replace("awsmfa_source_profile", "source_profile");
      assert.equal(renamed.length < stage.home.read(CONFIG).length, prefix !== "");
      await assertAllUseSession(stage, "myaccount");

      const out = await stage.awsmfa(["logout", "-p", "myaccount"]);
      assert.deepEqual([out.code, out.stdout.split("\n")[0]], [
        0,
        "Profile 'myaccount' is logged out.",
      ]);
      assert.deepEqual(stage.filesOfUser(), before, "byte for byte as before");
      await stage.login(["-p", "myaccount"]);
      await stage.restore();
      assert.deepEqual(stage.filesOfUser(), before, "byte for byte as before");
    },
  });
}

Deno.test("the keys of reusabit's permanent profile are taken also where they are logged in themselves", async () => {
  await using stage = await openStage();
  writeLayout(stage, "profile ");
  const before = stage.files();
  await stage.login(["-p", "myaccountPermanent"]);
  await stage.login(["-p", "myaccount"]);
  assert.match(valuesOf(stage.home.read(FILE), "myaccountPermanent").aws_access_key_id ?? "", /^ASIA/);
  await stage.restore();
  assert.deepEqual(stage.filesOfUser(), before);
});

function keys({ user }: Stage): string {
  return `# permanent keys\n${section("myaccountPermanent", user)}\n[other]\nregion = us-west-2\n`;
}

function writeLayout(stage: Stage, prefix: string): void {
  stage.home.write(FILE, keys(stage));
  stage.home.write(
    CONFIG,
    `[${prefix}myaccountPermanent]\nmfa_serial = ${stage.user.serial}\nregion = eu-west-1\n\n` +
      `[${prefix}myaccount]\nsource_profile = myaccountPermanent\nregion = eu-west-1\n# end`,
  );
}
