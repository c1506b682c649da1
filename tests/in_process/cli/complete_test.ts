import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS } from "../../support/fake_world.ts";
import { play } from "../play.ts";

Deno.test("the profiles are named for a completion, but for names that would press keys", async () => {
  const files = {
    [CREDENTIALS]: "[default]\n[my work]\n[bell\u0007]\n[es\u001bcape]\n",
    [CONFIG]: '[profile web]\n[profile "col\tumn"]\n[profile default]\n',
  };
  const { code, stdout, stderr, kept } = await play(["__complete", "profiles"], { files });
  assert.deepEqual([code, stdout, stderr], [0, "default\nmy work\nweb\n", ""]);
  assert.deepEqual(kept, [["read", "env"]]);
});

Deno.test("a file that can't be read has no names, and is no error in the middle of a line", async () => {
  const { code, stdout, stderr } = await play(["__complete", "profiles"], {
    files: { [CREDENTIALS]: "no header\n", [CONFIG]: "[profile web]\n" },
  });
  assert.deepEqual([code, stdout, stderr], [0, "web\n", ""]);
});
