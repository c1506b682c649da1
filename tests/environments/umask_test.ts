import assert from "node:assert/strict";
import { asUser, BOB, canBeTwo, giveTo, packagesForAll } from "../support/other_user.ts";
import { openStage } from "../support/stage.ts";

// Root may enter what has no right at all: this is another user's.

for (const umask of ["177", "777", "277", "0"]) {
  Deno.test({
    ignore: !canBeTwo,
    name: `with umask ${umask} awsmfa's folders are 0700 and its files 0600, and the next login finds them`,
    fn: async () => {
      await using stage = await openStage();
      using packages = packagesForAll();
      const { home } = stage;
      giveTo(BOB, home.path);
      const env = { DENO_DIR: packages.path };
      const through = ["sh", "-c", `umask ${umask}; exec "$@"`, "sh", ...asUser(BOB)];
      const got = await stage.awsmfa(["env", "-s", "sh", stage.code()], {
        env,
        through,
        secretsOnStdout: true,
      });
      assert.equal(got.code, 0, got.stderr);
      assert.doesNotMatch(got.stderr, /warning/);
      assert.equal(modeOf(home.file(".aws/awsmfa")), 0o700);
      for (const { name } of Deno.readDirSync(home.file(".aws/awsmfa"))) {
        assert.equal(modeOf(home.file(`.aws/awsmfa/${name}`)), 0o600, name);
      }
      const login = await stage.awsmfa(["-f", stage.code()], { env, through: asUser(BOB) });
      assert.equal(login.code, 0, login.stderr);
    },
  });
}

Deno.test({
  ignore: !canBeTwo,
  name: "a folder of awsmfa's that an umask left without the right to enter it is repaired",
  fn: async () => {
    await using stage = await openStage();
    using packages = packagesForAll();
    const { home } = stage;
    Deno.mkdirSync(home.file(".aws/awsmfa"));
    giveTo(BOB, home.path);
    Deno.chmodSync(home.file(".aws/awsmfa"), 0o600);
    const env = { DENO_DIR: packages.path };
    const through = asUser(BOB).map((word) => word.replace(",+dac_read_search", ""));
    const login = await stage.awsmfa([stage.code()], { env, through });
    assert.equal(login.code, 0, login.stderr);
    assert.equal(modeOf(home.file(".aws/awsmfa")), 0o700);
  },
});

function modeOf(path: string): number {
  return (Deno.statSync(path).mode ?? 0) & 0o777;
}
