import assert from "node:assert/strict";
import { cachedFile, keepSession } from "../../support/cached_session.ts";
import { needs } from "../../support/needs.ts";
import { openStage, type Stage } from "../../support/stage.ts";
import { openAwsmfa } from "../../support/terminal.ts";

const REFUSED = "AWS no longer accepts the cached session of profile 'default' (InvalidClientTokenId)";

/** A stage where a session is kept that the STS knows no more, as after an administrator's revocation. */
async function openRefusing(): Promise<Stage> {
  const stage = await openStage();
  const { home, sts } = stage;
  const role = sts.addRole({ name: "admin" });
  home.write(".aws/config", `[profile admin]\nrole_arn = ${role.arn}\nsource_profile = default\n`);
  await keepSession(stage);
  const kept = home.read(cachedFile(stage));
  home.write(cachedFile(stage), kept.replace(/"ASIA[A-Z2-7]{16}"/, `"ASIA${"2".repeat(16)}"`));
  return stage;
}

Deno.test({
  ...needs("python3"),
  name: "on a terminal a kept session that AWS refuses is dropped, the code asked for, and the role is there",
  fn: async () => {
    for (const command of [["-p", "admin"], ["exec", "-p", "admin", "--", "sh", "-c", "echo went on"]]) {
      await using stage = await openRefusing();
      await using terminal = openAwsmfa(stage, command);
      await terminal.shows(`${REFUSED}: it was removed, and a code is needed.`);
      await terminal.shows("Code of mfa/alice for profile 'admin'");
      await terminal.type(`${stage.code()}\r`);
      await terminal.shows(command.length > 2 ? "went on" : "as role ");
      assert.equal(await terminal.ends(), 0, terminal.screen());
      const actions = stage.sts.requests.filter(({ action, status }) =>
        action !== "GetCallerIdentity" && status === 200
      ).map(({ action }) => action);
      assert.deepEqual(actions, ["GetSessionToken", "GetSessionToken", "AssumeRole"]);
      const next = await stage.awsmfa(["credential-process", "-p", "admin"], { secretsOnStdout: true });
      assert.deepEqual([next.code, next.stderr], [0, ""]);
    }
  },
});

Deno.test("without a terminal it is one line with the command to type, and the next run asks AWS nothing", async () => {
  const commands = [["-p", "admin"], ["exec", "-p", "admin", "--", "true"], [
    "credential-process",
    "-p",
    "admin",
  ]];
  for (const command of commands) {
    await using stage = await openRefusing();
    const ran = await stage.awsmfa(command);
    assert.deepEqual(
      [ran.code, ran.stdout, ran.stderr],
      [4, "", `awsmfa: ${REFUSED}; it was removed; run: awsmfa -p admin\n`],
    );
    assert.ok(!stage.home.has(cachedFile(stage)));
    const count = stage.sts.requests.length;
    assert.notEqual((await stage.awsmfa(command)).code, 0);
    assert.equal(stage.sts.requests.length, count);
  }
});
