import assert from "node:assert/strict";
import { openStage } from "../support/stage.ts";

// The limit itself is 15 seconds; the slowest of machines may be late in saying so.
const LIMIT_MS = 120_000;

Deno.test("a network that swallows everything is reported in time, and no file changes", async () => {
  await using stage = await openStage();
  const host = new URL(stage.sts.url).host;
  stage.sts.behave({ hang: true });
  const before = stage.files();
  const ways = [[stage.code()], [stage.code(), "--serial", stage.user.serial]];
  await Promise.all(ways.map(async (args) => {
    const start = performance.now();
    const ran = await stage.awsmfa(args);
    assert.deepEqual(ran, {
      code: 6,
      stdout: "",
      stderr:
        `awsmfa: ${host} did not answer in time\nhint: check the network, and HTTPS_PROXY where one is needed\n`,
    });
    assert.ok(performance.now() - start < LIMIT_MS, "reported in time");
  }));
  assert.deepEqual(stage.files(), before);
});
