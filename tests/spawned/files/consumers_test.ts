import assert from "node:assert/strict";
import { consumers, keyUsed } from "../../support/consumers.ts";
import { openStage, section } from "../../support/stage.ts";

for (const consumer of consumers) {
  Deno.test({
    ...consumer.ready,
    name:
      `${consumer.name} uses the session of the default and of a named profile, and the keys after a restore`,
    fn: async () => {
      await using stage = await openStage();
      stage.home.write(
        ".aws/credentials",
        `# mine\n${section("default", stage.user)}\n${section("work", stage.user)}`,
      );
      await stage.login();
      await stage.login(["-p", "work"]);
      for (const env of [{}, { AWS_PROFILE: "work" }]) {
        assert.match(await keyUsed(stage, consumer, env), /^ASIA/);
      }
      await stage.restore();
      assert.equal(await keyUsed(stage, consumer, {}), stage.user.accessKeyId);
    },
  });
}
