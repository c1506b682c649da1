import assert from "node:assert/strict";
import { startAwsmfa } from "../support/running.ts";
import { openStage } from "../support/stage.ts";

const COMMANDS: [what: string, args: (code: string, serial: string) => string[]][] = [
  ["exec", (code, serial) => ["exec", "--serial", serial, code, "--", "true"]],
  ["env", (code, serial) => ["env", "-s", "sh", "--serial", serial, code]],
  ["login", (code, serial) => ["--serial", serial, code]],
];
for (const [what, args] of COMMANDS) {
  Deno.test(`four times ${what} at once with one code: one asks AWS, and the others take what it got`, async () => {
    await using stage = await openStage();
    const code = stage.code();
    const runs = Array.from({ length: 4 }, () => startAwsmfa(stage, args(code, stage.user.serial)));
    const ends = await Promise.all(runs.map((run) => run.ends()));
    for (const run of runs) await run[Symbol.asyncDispose]();
    for (const { code, stderr } of ends) assert.equal(code, 0, stderr);
    assert.equal(stage.sts.requests.length, 1);
  });
}
