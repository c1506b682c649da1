import assert from "node:assert/strict";
import { needs } from "../support/needs.ts";
import { openStage } from "../support/stage.ts";

const DATABASE = 'mount --bind "$0" /etc/passwd; exec env -u HOME "$@"';

Deno.test({
  ...needs("root", "unshare"),
  name: "without HOME the home is that of the user database, and everything works",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    home.write("passwd", `root:x:0:0:root:${home.path}:/bin/sh\n`);
    const through = ["unshare", "--mount", "sh", "-c", DATABASE, home.file("passwd")];
    await stage.login([], { through });
    assert.match(home.read(".aws/credentials"), /^aws_session_token = /m);
    for (const args of [["status"], ["doctor"], ["exec", "--", "true"], ["env"], ["--restore"]]) {
      const ran = await stage.awsmfa(args, { through, secretsOnStdout: true });
      assert.equal(ran.code, 0, `${args.join(" ")}: ${ran.stderr}${ran.stdout}`);
    }
  },
});
