import assert from "node:assert/strict";
import { cachedFile, keepSession } from "../support/cached_session.ts";
import { asUser, BOB, canBeTwo, giveTo, MALLORY, packagesForAll } from "../support/other_user.ts";
import { openStage, section, type Stage } from "../support/stage.ts";

const FILE = ".aws/credentials";
const ignore = !canBeTwo;
const asBob = { through: asUser(BOB) };

Deno.test({
  ignore,
  name: "root gives no file away to a user who puts links in the place of its drafts",
  fn: async () => {
    await using stage = await openStage();
    const { home, user } = stage;
    home.write("victim", "root's own");
    // The draft is there for longer.
    const text = section("default", user) + `# ${"x".repeat(61)}\n`.repeat(80_000);
    await using _attacker = swapDrafts(stage);
    for (let round = 0; round < 5; round++) {
      await Deno.remove(home.file(".aws"), { recursive: true });
      home.write(FILE, text);
      giveTo(BOB, home.path);
      Deno.chownSync(home.file("victim"), 0, 0);
      // Refused or done: both will do.
      await stage.awsmfa([stage.code()]);
      if (Deno.statSync(home.file("victim")).uid !== 0) break;
    }
    const { uid, mode } = Deno.statSync(home.file("victim"));
    assert.deepEqual([uid, (mode ?? 0) & 0o777, home.read("victim")], [0, 0o600, "root's own"]);
  },
});

Deno.test({
  ignore,
  name: "root follows no lock that a user made a link, and says which it is",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    home.write("victim", "root's own");
    giveTo(BOB, home.path);
    Deno.chownSync(home.file("victim"), 0, 0);
    const lock = home.file(`${FILE}.awsmfa.lock`);
    for (const target of ["../victim", "../nothing"]) {
      Deno.symlinkSync(target, lock);
      const { code, stderr } = await stage.awsmfa([stage.code()]);
      assert.equal(code, 5);
      const says =
        `awsmfa: can't lock ${lock}: it is a symbolic link\nhint: move it away: mv ${lock} ${lock}.old\n`;
      assert.equal(stderr, says);
      Deno.removeSync(lock);
    }
    assert.equal(home.read("victim"), "root's own");
    assert.ok(!("nothing" in home.snapshot()));
    assert.equal(stage.sts.requests.length, 0);
  },
});

Deno.test({
  ignore,
  name: "root in a user's home leaves files of that user, who restores, logs in and logs out afterwards",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    const before = stage.filesOfUser();
    giveTo(BOB, home.path);
    await stage.login();
    await keepSession(stage);
    const foreign = Object.keys(home.snapshot()).filter((name) =>
      Deno.lstatSync(home.file(name)).uid !== BOB
    );
    assert.deepEqual(foreign, []);
    using packages = packagesForAll();
    await stage.restore([], asBob);
    await stage.login([], { ...asBob, env: { DENO_DIR: packages.path } });
    assert.equal((await stage.awsmfa(["logout"], asBob)).code, 0);
    assert.deepEqual(stage.filesOfUser(), before);
  },
});

Deno.test({
  ignore,
  name: "root makes the folder .aws for the user whose home it is in",
  fn: async () => {
    await using stage = await openStage();
    const { home, user } = stage;
    home.write("config", section("default", user));
    Deno.removeSync(home.file(".aws"), { recursive: true });
    giveTo(BOB, home.path);
    await stage.login([], { env: { AWS_CONFIG_FILE: home.file("config") } });
    const { uid, gid, mode } = Deno.statSync(home.file(".aws"));
    assert.deepEqual([uid, gid, (mode ?? 0) & 0o777], [BOB, BOB, 0o700]);
  },
});

const PLANTED: [what: string, plant: (stage: Stage) => void, says: RegExp][] = [
  [
    "a folder of another user",
    ({ home }) => giveTo(MALLORY, home.file(".aws/awsmfa")),
    /awsmfa belongs to another user \(uid 64202\)/,
  ],
  [
    "a session of another user",
    (stage) => giveTo(MALLORY, stage.home.file(cachedFile(stage))),
    /\.json belongs to another user \(uid 64202\)/,
  ],
  [
    "a session that others could write",
    (stage) => Deno.chmodSync(stage.home.file(cachedFile(stage)), 0o666),
    /\.json is open to other users \(mode 0666\)/,
  ],
  [
    "a session with a second name",
    (stage) => Deno.linkSync(stage.home.file(cachedFile(stage)), stage.home.file("second")),
    /\.json is also there under another name \(hard link\)/,
  ],
];

for (const [what, plant, says] of PLANTED) {
  Deno.test({
    ignore,
    name: `${what} is not handed out`,
    fn: async () => {
      await using stage = await openStage();
      await keepSession(stage);
      giveTo(BOB, stage.home.path);
      plant(stage);
      const commands = [["credential-process"], ["env", "-s", "json"], ["exec", "--", "env"], ["login"]];
      for (const args of commands) {
        const { code, stdout, stderr } = await stage.awsmfa(args, asBob);
        assert.deepEqual([code, stdout], [5, ""], stderr);
        assert.match(stderr, says);
      }
    },
  });
}

Deno.test("a kept session that lasts longer than AWS's do is not used", async () => {
  await using stage = await openStage();
  await keepSession(stage);
  const path = cachedFile(stage);
  const text = stage.home.read(path);
  stage.home.write(path, text.replace(/("expiration": )"[^"]*"/, '$1"2036-01-01T00:00:00Z"'));
  const { code, stdout } = await stage.awsmfa(["credential-process"]);
  assert.deepEqual([code, stdout], [4, ""]);
});

Deno.test({
  ignore,
  name: "a lock of root's is named, and not the file that it is for",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    giveTo(BOB, home.path);
    const lock = home.file(`${FILE}.awsmfa.lock`);
    home.write(`${FILE}.awsmfa.lock`, "");
    const { code, stderr } = await stage.awsmfa([stage.code()], asBob);
    assert.equal(code, 5);
    assert.equal(
      stderr,
      `awsmfa: can't lock ${lock}: permission denied\nhint: ls -ld ${lock} shows who may\n`,
    );
    assert.equal(stage.sts.requests.length, 0);
  },
});

Deno.test({
  ignore,
  name: "a login says that others could write into the folder",
  fn: async () => {
    await using stage = await openStage();
    Deno.chmodSync(stage.home.file(".aws"), 0o775);
    const { stderr } = await stage.login();
    const folder = stage.home.file(".aws");
    const says = `warning: ${folder} can be written by other users (mode 0775)\nhint: chmod 700 ${folder}\n`;
    assert.ok(stderr.startsWith(says), stderr);
  },
});

/** Another process, as Bob, that puts a link to `victim` in the place of every draft, as fast as it can. */
function swapDrafts({ home }: Stage): AsyncDisposable {
  const script = `
import os, sys
folder, target = sys.argv[1], sys.argv[2]
while True:
    try:
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if name.startswith("credentials.awsmfa-") and not os.path.islink(path):
                os.rename(path, path + ".taken")
                os.symlink(target, path)
                os.unlink(path + ".taken")
    except OSError: pass
`;
  const [command = "", ...args] = [...asUser(BOB), "python3", "-c", script];
  const child = new Deno.Command(command, {
    args: [...args, home.file(".aws"), home.file("victim")],
    stderr: "null",
  }).spawn();
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.status;
    },
  };
}

Deno.test({
  ignore,
  name: "doctor tells a backup that can't be read, and a session of another user",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    await stage.login();
    const backup = home.file(".aws/credentials_backup_by_awsmfa");
    giveTo(MALLORY, home.file(cachedFile(stage)));
    const dropped = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"];
    Deno.chownSync(backup, MALLORY, MALLORY);
    const { code, stdout } = await stage.awsmfa(["doctor", "--offline"], { through: dropped });
    assert.equal(code, 1);
    assert.ok(stdout.includes(`can't read ${backup}: permission denied`), stdout);
    assert.match(stdout, /can't read \S+\.json: permission denied|\.json belongs to another user/);
  },
});
