import assert from "node:assert/strict";
import { valuesOf, withoutLoginLines } from "../../support/aws_file.ts";
import { allConsumers, assertAllUseSession } from "../../support/consumers.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

// huvcodes/aws-cli-mfa has the keys in [NAME_permanent], and beside it a [NAME] to be filled in.
const FILE = ".aws/credentials";
const EMPTY: [title: string, section: string][] = [
  ["an empty section", "[work]\n\n"],
  ["an empty section at the end of the file, without a line end", "[work]"],
  ["empty values", "[work]\naws_access_key_id =\naws_secret_access_key =\naws_session_token =\n\n"],
  ["empty values without blanks", "[work]\naws_access_key_id=\naws_secret_access_key=\noutput=json\n"],
  ["no section at all", ""],
];

for (const [title, empty] of EMPTY) {
  Deno.test({
    ...allConsumers,
    name: `the layout of huvcodes/aws-cli-mfa works as it is: ${title}`,
    fn: async () => {
      await using stage = await openStage();
      const { home } = stage;
      const original = layout(stage, empty);
      home.write(FILE, original);
      home.write(".aws/config", "[profile work]\nregion = eu-west-1\n");
      const before = stage.files();
      const { stdout, stderr } = await stage.login(["-p", "work"]);

      assert.match(stdout, /^Logged in to 'work' until /);
      assert.equal(stderr, "", "no keys had to be put aside");
      const text = home.read(FILE);
      const header = empty === "" ? "\n[work]\n" : empty.endsWith("]") ? "\n" : "";
      assert.equal(withoutLoginLines(text, "work"), withoutLoginLines(original, "work") + header);
      assert.equal(valuesOf(text, "work_permanent").aws_access_key_id, stage.user.accessKeyId);
      await assertAllUseSession(stage, "work");

      assert.equal((await stage.awsmfa(["logout", "-p", "work"])).code, 0);
      assert.deepEqual(stage.filesOfUser(), before, "byte for byte as before");
      await stage.login(["-p", "work"]);
      await stage.login(["-p", "work"]);
      const restored = await stage.restore();
      assert.equal(restored.stdout, "Profile 'work' is logged out.\n");
      assert.deepEqual(stage.filesOfUser(), before, "byte for byte as before");
    },
  });
}

function layout({ user }: Stage, empty: string): string {
  return `${section("default", user)}\n${section("work_permanent", user)}# the session goes here\n${empty}`;
}
