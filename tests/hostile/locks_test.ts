import assert from "node:assert/strict";
import { takeLock } from "../../src/adapters/locks/lock.ts";
import { takeLockFolder } from "../../src/adapters/locks/lock_folder.ts";
import { FileError } from "../../src/errors.ts";
import { valuesOf } from "../support/aws_file.ts";
import { makeHome } from "../support/home.ts";
import { needs } from "../support/needs.ts";
import { startAwsmfa } from "../support/running.ts";
import { openStage, section } from "../support/stage.ts";

const FILE = ".aws/credentials";
const quietly = { onWait: () => {}, seconds: 0.2, command: "awsmfa edit" };

Deno.test("two credentials files in one folder, four logins to each at once: every code that is spent gives a session", async () => {
  const names = Array.from({ length: 8 }, (_, i) => `user${i}`);
  await using stage = await openStage();
  const { home, sts } = stage;
  const users = names.map((name) => sts.addUser({ name }));
  const files = ["credentials", "work-credentials"];
  for (const [i, file] of files.entries()) {
    home.write(
      `.aws/${file}`,
      users.filter((_, n) => n % 2 === i).map((user) => section(user.name, user)).join("\n"),
    );
  }
  const runs = await Promise.all(users.map((user, n) => {
    const env = { AWS_SHARED_CREDENTIALS_FILE: home.file(`.aws/${files[n % 2]}`) };
    return stage.awsmfa([sts.code(user.serial), "-p", user.name], { env });
  }));
  for (const { code, stderr } of runs) assert.equal(code, 0, stderr);
  for (const [n, user] of users.entries()) {
    const { aws_access_key_id: id = "" } = valuesOf(home.read(`.aws/${files[n % 2]}`), user.name);
    assert.match(id, /^ASIA/);
  }
  const devices = JSON.parse(home.read(".aws/awsmfa/devices.json"));
  assert.equal(Object.keys(devices.devices ?? devices).length > 0, true);
  for (const user of users) {
    assert.ok(home.read(".aws/awsmfa/devices.json").includes(user.accessKeyId), user.name);
  }
});

Deno.test("one config file and six credentials files, twelve links at once: none is lost, none fails", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  const folders = Array.from({ length: 6 }, (_, i) => `home${i}`);
  for (const folder of folders) home.write(`${folder}/credentials`, section("default", user));
  const links = Array.from({ length: 12 }, (_, i) => `link${i}`);
  const runs = await Promise.all(links.map((name, i) => {
    const env = { AWS_SHARED_CREDENTIALS_FILE: home.file(`${folders[i % 6]}/credentials`) };
    return stage.awsmfa(["link", name, "-p", "default"], { env });
  }));
  for (const { code, stderr } of runs) assert.equal(code, 0, stderr);
  const config = home.read(".aws/config");
  for (const name of links) assert.ok(config.includes(`[profile ${name}]`), `${name} is there`);
});

Deno.test("an import waits for no edit that is open, and the edit takes nothing from it", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write(".aws/config", "[default]\nregion = eu-west-1\n");
  home.write("aws-mfa.yaml", "default: { account: 123456789012, username: alice }\n");
  const editor = `touch ${home.file("open")}; while ! [ -e ${
    home.file("go")
  } ]; do sleep 0.05; done; echo "# edited" >> "$1"`;
  home.write("editor.sh", editor);
  await using edit = startAwsmfa(stage, ["edit", "config", "-e", `sh ${home.file("editor.sh")}`]);
  while (!home.has("open")) await new Promise((resolve) => setTimeout(resolve, 50));
  await using imported = startAwsmfa(stage, ["import", home.file("aws-mfa.yaml"), "--yes"]);
  assert.equal((await imported.ends()).code, 0);
  const after = home.read(".aws/config");
  home.write("go", "");
  const { code, stderr } = await edit.ends();
  assert.equal(code, 5);
  assert.match(stderr, /was changed by another program while it was edited/);
  assert.equal(home.read(".aws/config"), after);
  assert.deepEqual(Object.keys(home.snapshot()).filter((name) => /\.awsmfa-/.test(name)), []);
});

Deno.test("drafts of a file with a longer name are not swept", async () => {
  await using stage = await openStage();
  const draft = `.aws/work-credentials.awsmfa-${crypto.randomUUID()}`;
  stage.home.write(draft, "of a run that is alive");
  await stage.login();
  assert.equal(stage.home.read(draft), "of a run that is alive");
});

Deno.test("a folder named like a draft is left alone, and blocks no save", async () => {
  await using stage = await openStage();
  const folder = `${FILE}.awsmfa-${crypto.randomUUID()}`;
  Deno.mkdirSync(stage.home.file(folder));
  await stage.login();
  await stage.restore();
  assert.ok(folder in stage.files());
});

Deno.test("drafts of any kept session are swept by the next login", async () => {
  await using stage = await openStage();
  const draft = `.aws/awsmfa/AKIAIOSFODNN7EXAMPLE.json.awsmfa-${crypto.randomUUID()}`;
  stage.home.write(draft, "left");
  await stage.login();
  assert.ok(!(draft in stage.files()));
});

Deno.test("a folder in the lock's place is named before anything is asked", async () => {
  await using stage = await openStage();
  const lock = stage.home.file(`${FILE}.awsmfa.lock`);
  Deno.mkdirSync(lock);
  const { code, stderr } = await stage.awsmfa([stage.code()]);
  assert.equal(code, 5);
  assert.equal(
    stderr,
    `awsmfa: can't lock ${lock}: it is a directory\nhint: move it away: mv ${lock} ${lock}.old\n`,
  );
  assert.equal(stage.sts.requests.length, 0);
});

Deno.test("a lock that another keeps is given up after a while, and its holder is named", async () => {
  await using home = makeHome();
  const path = home.file("lock");
  const first = await takeLock(path, quietly);
  await assert.rejects(takeLock(path, quietly), (error) => {
    assert.ok(error instanceof FileError);
    assert.equal(error.message, `can't lock ${path}: process ${Deno.pid} (awsmfa edit) has held it for 0s`);
    assert.equal(error.hint, `ps -p ${Deno.pid} shows it`);
    return true;
  });
  first[Symbol.dispose]();
  (await takeLock(path, quietly))[Symbol.dispose]();
});

Deno.test("a lock that a program without a name keeps is given up, too", async () => {
  await using home = makeHome();
  const path = home.file("lock");
  home.write("lock", "");
  using other = Deno.openSync(path);
  other.lockSync(true);
  await assert.rejects(takeLock(path, quietly), /another process has held it/);
});

Deno.test("a lock whose file was removed while somebody waited is taken anew", async () => {
  await using home = makeHome();
  const path = home.file("lock");
  const first = await takeLock(path, quietly);
  const waiting = takeLock(path, { onWait: () => {}, seconds: 60, command: "" });
  Deno.removeSync(path);
  using _second = await waiting;
  first[Symbol.dispose]();
  await assert.rejects(takeLock(path, quietly));
});

Deno.test("where the system has no locks, a folder is made that says who is alive", async () => {
  await using home = makeHome();
  const path = home.file("lock");
  const first = takeLockFolder(path);
  assert.ok(first !== undefined);
  assert.match(home.read("lock.d/holder"), new RegExp(`^${Deno.pid} \\S+ 1\\n$`));
  assert.equal(takeLockFolder(path), undefined);
  first[Symbol.dispose]();
  const second = takeLockFolder(path);
  assert.ok(second !== undefined);
  second[Symbol.dispose]();
  assert.deepEqual(Object.keys(home.snapshot()), []);
});

Deno.test("a lock's folder whose holder has ended is removed once it was silent for half a minute", async () => {
  await using home = makeHome();
  const path = home.file("lock");
  home.write("lock.d/holder", "99999 gone 1\n");
  const usual = performance.now;
  try {
    assert.equal(takeLockFolder(path), undefined);
    performance.now = () => usual.call(performance) + 29_000;
    assert.equal(takeLockFolder(path), undefined);
    assert.ok("lock.d" in home.snapshot(), "it may be alive");
    performance.now = () => usual.call(performance) + 31_000;
    assert.equal(takeLockFolder(path), undefined);
    const lock = takeLockFolder(path);
    assert.ok(lock !== undefined);
    lock[Symbol.dispose]();
  } finally {
    performance.now = usual;
  }
});

for (const error of ["ENOLCK", "EOPNOTSUPP", "ENOSYS"]) {
  Deno.test({
    ...needs("strace"),
    name:
      `a login and a restore where flock answers ${error}: a folder stands in for the lock, and is gone afterwards`,
    fn: async () => {
      await using stage = await openStage();
      const before = stage.filesOfUser();
      const through = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", `inject=flock:error=${error}`];
      await stage.login([], { through });
      await stage.restore([], { through });
      assert.deepEqual(stage.filesOfUser(), before);
    },
  });
}

for (const error of ["EINVAL", "EOPNOTSUPP"]) {
  Deno.test({
    ...needs("strace"),
    name: `a login and a restore where fsync answers ${error}`,
    fn: async () => {
      await using stage = await openStage();
      const before = stage.filesOfUser();
      const through = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", `inject=fsync:error=${error}`];
      await stage.login([], { through });
      await stage.restore([], { through });
      assert.deepEqual(stage.filesOfUser(), before);
    },
  });
}

Deno.test({
  ...needs("strace"),
  name:
    "on a file system without locks a login keeps to its promises, and doctor says what takes their place",
  fn: async () => {
    await using stage = await openStage();
    for (const error of ["ENOLCK", "EOPNOTSUPP", "ENOSYS"]) {
      const inject = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=flock"];
      const through = [...inject, "-e", `inject=flock:error=${error}`];
      assert.equal((await stage.login(["-f"], { through })).code, 0);
      const { stdout } = await stage.awsmfa(["doctor", "--offline"], { through });
      assert.match(stdout, /^ok {7}locks {7}\S+ is on a file system without locks \(flock\): /m, error);
      await stage.restore([], { through });
      const usual = await stage.awsmfa(["doctor", "--offline"]);
      assert.doesNotMatch(usual.stdout, /without locks/);
    }
  },
});
