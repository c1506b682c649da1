import assert from "node:assert/strict";
import { assertFails } from "../support/failure.ts";
import { needs } from "../support/needs.ts";
import { openStage } from "../support/stage.ts";

Deno.test("a zone without a name that JavaScript takes for UTC is shown as UTC, and said so", async () => {
  await using stage = await openStage();
  await stage.login();
  const zones: [TZ: string, word: string][] = [
    ["UTC", ""],
    ["<+00>0", ""],
    ["<+0330>-3:30", " UTC"],
    ["Asia/Tehran", ""],
    ["XYZ-3", ""],
  ];
  for (const [TZ, word] of zones) {
    const ran = await stage.awsmfa(["status", "-p", "default"], { env: { TZ } });
    assert.match(ran.stdout, new RegExp(`until \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d${word} \\(`), TZ);
  }
});

Deno.test("edit without a terminal starts no editor that nobody named", async () => {
  await using stage = await openStage();
  await assertFails(stage, ["edit"], {
    code: 2,
    says: "edit needs a terminal",
    hint: "awsmfa edit --editor COMMAND",
  });
  const ran = await stage.awsmfa(["edit"], { env: { EDITOR: "touch" } });
  assert.equal(ran.code, 0, ran.stderr);
});

Deno.test({
  ...needs("root", "unshare"),
  name: "where the home is the root folder, its files are named with one slash",
  fn: async () => {
    await using stage = await openStage();
    const ran = await stage.awsmfa(["doctor", "--offline"], { env: { HOME: "/" } });
    assert.match(ran.stdout, / \/\.aws\/credentials is not there/);
  },
});
