import assert from "node:assert/strict";
import { assertFails } from "../support/failure.ts";
import { keepSession } from "../support/cached_session.ts";
import { needs } from "../support/needs.ts";
import { openStage } from "../support/stage.ts";

/** Deno can hand on no variable that isn't text; a shell can. */
function withBytes(variable: string): string[] {
  return ["bash", "-c", `export ${variable}="$${variable}"$'/\\xff'; exec "$@"`, "bash"];
}

for (const variable of ["HOME", "AWS_PROFILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_CONFIG_FILE"]) {
  Deno.test({
    ...needs("bash"),
    name: `${variable} of bytes that are no UTF-8 text is named`,
    fn: async () => {
      await using stage = await openStage();
      for (const args of [[], ["status"], ["exec", "--", "true"]]) {
        await assertFails(stage, args, {
          code: 2,
          says: `the variable ${variable} holds bytes that are no UTF-8 text`,
          hint: `unset ${variable}, or name a file by a symbolic link in UTF-8`,
        }, { through: withBytes(variable) });
      }
    },
  });
}

Deno.test({
  ...needs("bash"),
  name: "bytes that are no text in PATH and in other variables reach the program of exec as they are",
  fn: async () => {
    await using stage = await openStage();
    await keepSession(stage);
    for (const variable of ["PATH", "MINE"]) {
      const words = ["exec", "--", "sh", "-c", `printf %s "$${variable}" | tail -c 1 | od -An -tx1`];
      const ran = await stage.awsmfa(words, { through: withBytes(variable) });
      assert.deepEqual([ran.code, ran.stdout.trim(), ran.stderr], [0, "ff", ""]);
    }
  },
});
