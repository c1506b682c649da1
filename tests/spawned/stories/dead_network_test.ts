import assert from "node:assert/strict";
import { openStage } from "../../support/stage.ts";

// The two limits are a second each; the slowest of machines may be late in saying so.
const LIMIT_MS = 120_000;

Deno.test("a network that swallows everything is reported in time, and no file changes", async () => {
  await using stage = await openStage();
  const host = new URL(stage.sts.url).host;
  stage.sts.behave({ hang: true });
  const before = stage.files();
  const ways = [[stage.code()], [stage.code(), "--serial", stage.user.serial]];
  for (const args of ways) {
    const start = performance.now();
    const ran = await stage.awsmfa(args, { env: { AWSMFA_TIMEOUT: "1" } });
    const stderr = args.length === 1
      ? `awsmfa: ${host} didn't answer in time (2s)\n` +
        "hint: check the network, and HTTPS_PROXY where one is needed; AWSMFA_TIMEOUT=60 waits longer\n"
      : `awsmfa: ${host} didn't answer in time (2s); the code may be used\n` +
        "hint: wait for the next code, then try again\n";
    assert.deepEqual(ran, { code: 6, stdout: "", stderr });
    assert.ok(performance.now() - start < LIMIT_MS, "reported in time");
  }
  assert.deepEqual(stage.files(), before);
});

Deno.test("who waits for the same key meanwhile fails with the network, too, in a home without a folder of awsmfa's", async () => {
  await using stage = await openStage();
  stage.sts.behave({ hang: true });
  const before = stage.filesOfUser();
  const login = (): Promise<{ code: number; stderr: string }> =>
    stage.awsmfa([stage.code(), "--serial", stage.user.serial], { env: { AWSMFA_TIMEOUT: "1" } });
  for (const { code, stderr } of await Promise.all([login(), login()])) {
    assert.equal(code, 6, stderr);
    assert.match(stderr, /didn't answer in time/);
  }
  assert.deepEqual(stage.filesOfUser(), before);
});
