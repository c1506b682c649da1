import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { assertFails } from "../support/failure.ts";
import { needs, works } from "../support/needs.ts";
import { makeHome } from "../support/home.ts";
import { isRoot } from "../support/machine.ts";
import { openStage } from "../support/stage.ts";

const SCRIPT = fileURLToPath(new URL("../support/limited_save.ts", import.meta.url));

Deno.test({
  ignore: !works(["prlimit", "--version"]),
  name: "a file size limit is told, and leaves no draft",
  fn: async () => {
    await using home = makeHome();
    // A file of Deno's that the limit cuts off would fail every later run that shares it.
    await using caches = makeHome();
    home.write("credentials", "[default]\n");
    const flags = ["run", "-q", "--no-prompt", "--no-code-cache", "--allow-all"];
    const { stdout, stderr } = await home.run(Deno.execPath(), [...flags, SCRIPT, home.file("credentials")], {
      env: { DENO_DIR: caches.path },
    });
    const says = `can't save ${home.file("credentials")}: the file size limit is exceeded`;
    assert.equal(stdout, `${says}\nand goes on\n`, stderr);
    assert.deepEqual(Object.keys(home.snapshot()), ["credentials", "credentials.awsmfa.lock"]);
  },
});

Deno.test({
  ...needs("root", "setpriv"),
  name: "a folder that may be written and not be read is named before a code is used up, and by doctor",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    const rights = "-dac_override,-dac_read_search";
    const through = ["setpriv", `--bounding-set=${rights}`, `--inh-caps=${rights}`];
    Deno.chmodSync(home.file(".aws"), 0o300);
    const says = `can't read ${home.file(".aws")}: permission denied`;
    const hint = `ls -ld ${home.file(".aws")} shows who may`;
    await assertFails(stage, [stage.code()], { code: 5, says, hint }, { through });
    assert.equal(stage.sts.requests.length, 0);
    const doctor = await stage.awsmfa(["doctor", "--offline"], { through });
    assert.match(doctor.stdout, /^problem {2}folder {6}can't read .*\/\.aws: permission denied$/m);
    assert.equal(doctor.code, 1);
  },
});

Deno.test({
  // Deno from source would give up its caches, which other runs share.
  ignore: !Deno.env.has("AWSMFA_BIN") || !works(["prlimit", "--version"]),
  name:
    "so few open files that a login can't be saved: told before a code is used up; with more there is a login",
  fn: async () => {
    // How many the runtime itself takes differs from machine to machine.
    for (const count of [8, 14, 16, 18, 19, 20, 21, 22, 24, 64]) {
      await using stage = await openStage();
      const login = await stage.awsmfa([stage.code()], {
        through: ["prlimit", `--nofile=${count}:${count}`],
      });
      const isLoggedIn = stage.home.has(".aws/credentials_backup_by_awsmfa");
      assert.equal(isLoggedIn, login.code === 0, `${count}: ${login.stderr}`);
      assert.equal(stage.sts.requests.length > 0, isLoggedIn, `${count}: ${login.stderr}`);
      if (count === 8) assert.ok(!isLoggedIn);
      if (count === 64) assert.ok(isLoggedIn, login.stderr);
    }
  },
});

const NAMESPACE = ["unshare", "--user", "--map-root-user"];
Deno.test({
  ignore: !isRoot || !works([...NAMESPACE, "true"]),
  name:
    "in a user namespace that does not know the owner of the folder there is a login, and no code is lost",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    for (const [path, mode] of [[".aws", 0o777], [".aws/credentials", 0o666]] as const) {
      Deno.chmodSync(home.file(path), mode);
      Deno.chownSync(home.file(path), 70_000, 70_000);
    }
    await stage.login([], { through: NAMESPACE });
    assert.match(home.read(".aws/credentials"), /aws_session_token/);
    await stage.restore([], { through: NAMESPACE });
  },
});
