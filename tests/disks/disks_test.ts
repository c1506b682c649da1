import assert from "node:assert/strict";
import { finishInPlace } from "../../src/adapters/files/in_place.ts";
import { assertFails, type ExpectedFailure } from "../support/failure.ts";
import { keepSession } from "../support/cached_session.ts";
import { canMount } from "../support/machine.ts";
import { works } from "../support/needs.ts";
import { openStage, section, type Stage } from "../support/stage.ts";

const FILE = ".aws/credentials";
const BACKUP = ".aws/credentials_backup_by_awsmfa";

/** A whole life on a disk: each command ends well, and the files are as before. */
async function assertLife(stage: Stage): Promise<void> {
  const before = stage.filesOfUser();
  await stage.login();
  await stage.login(["-f"]);
  await stage.restore();
  await keepSession(stage);
  assert.equal((await stage.awsmfa(["credential-process"], { secretsOnStdout: true })).code, 0);
  assert.equal((await stage.awsmfa(["status"])).code, 0);
  assert.equal((await stage.awsmfa(["logout"])).code, 0);
  assert.deepEqual(stage.filesOfUser(), before);
}

const mounts = canMount();

Deno.test({
  ignore: !mounts,
  name: "a credentials file that is mounted by itself, as in containers, is logged in and restored",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    home.write("outside", home.read(FILE));
    using _mount = mount("--bind", home.file("outside"), home.file(FILE));
    const before = stage.filesOfUser();
    await stage.login();
    assert.match(home.read("outside"), /^aws_session_token/m);
    assert.equal(home.read("outside"), home.read(FILE));
    await stage.restore();
    assert.deepEqual(stage.filesOfUser(), before);
    await assertLife(stage);
  },
});

Deno.test("a run that was killed while it wrote a mounted file: the next one puts the old bytes back first", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  const before = home.read(FILE);
  const after = `${before.replace(user.accessKeyId, "ASIAIOSFODNN7EXAMPLE")}aws_session_token = ${
    "t".repeat(400)
  }\n`;
  const encode = (part: string): string => new TextEncoder().encode(part).toBase64();
  const journal = `${FILE}.awsmfa-journal`;
  // Until its end the new text stands over the old one.
  for (let cut = 0; cut <= after.length; cut += 7) {
    home.write(FILE, after.slice(0, cut) + before.slice(cut));
    home.write(journal, JSON.stringify({ before: encode(before), after: encode(after) }));
    finishInPlace(home.file(FILE), () => assert.fail("nothing to be told"));
    assert.ok([before, after].includes(home.read(FILE)), `cut at ${cut}`);
    assert.ok(!(journal in home.snapshot()));
  }
  // A journal that was not written to its end: the file was not touched yet.
  home.write(journal, '{"before": "');
  await stage.login();
  assert.ok(!(journal in home.snapshot()));
});

Deno.test("a mounted file that somebody changed after such a run is left alone, and the text from before is kept", async () => {
  await using stage = await openStage();
  const { home } = stage;
  const encode = (part: string): string => new TextEncoder().encode(part).toBase64();
  home.write(
    `${FILE}.awsmfa-journal`,
    JSON.stringify({ before: encode("[a]\nb = c\n"), after: encode("[d]\n") }),
  );
  const { stderr } = await stage.login();
  const [, aside = ""] = /its text from before is in (\S+)/.exec(stderr) ?? [];
  assert.equal(JSON.parse(Deno.readTextFileSync(aside)).before, encode("[a]\nb = c\n"));
  assert.equal(modeOf(aside), 0o600);
});

Deno.test({
  ignore: !mounts,
  name: "a credentials file that is mounted read-only is named before a code is used up",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    home.write("outside", home.read(FILE));
    using _mount = mount("--bind", home.file("outside"), home.file(FILE));
    run("mount", "-o", "remount,bind,ro", home.file(FILE));
    await assertFails(stage, [stage.code()], {
      code: 5,
      says: `can't save ${home.file(FILE)}: the file system is read-only`,
      hint: "AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE can name files in another place",
    });
  },
});

Deno.test({
  ignore: !worksOnFile("chattr +i $file && chattr -i $file"),
  name: "a file that is marked immutable is named before a code is used up, and nothing else is changed",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    const says = (name: string): ExpectedFailure => ({
      code: 5,
      says: `can't save ${home.file(name)}: it is marked immutable`,
      hint: `lsattr ${home.file(name)} shows it; chattr -i ${home.file(name)}`,
    });
    run("chattr", "+i", home.file(FILE));
    try {
      await assertFails(stage, [stage.code()], says(FILE));
    } finally {
      run("chattr", "-i", home.file(FILE));
    }
    await stage.login();
    run("chattr", "+i", home.file(BACKUP));
    try {
      await assertFails(stage, ["--restore"], says(BACKUP));
    } finally {
      run("chattr", "-i", home.file(BACKUP));
    }
    await stage.restore();
  },
});

Deno.test({
  ignore: !mounts || !works(["bindfs", "--version"]),
  name: "a file system without modes, where all is 0777 and chmod has no effect",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    Deno.mkdirSync(home.file("outside"));
    Deno.renameSync(home.file(FILE), home.file("outside/credentials"));
    run("bindfs", "-p", "0777", "--chmod-ignore", "--chown-ignore", home.file("outside"), home.file(".aws"));
    using _mount = { [Symbol.dispose]: () => run("umount", home.file(".aws")) };
    const { stderr } = await stage.login();
    assert.doesNotMatch(stderr, /warning/);
    await stage.restore();
    await assertLife(stage);
  },
});

Deno.test({
  ignore: !mounts || !works(["bindfs", "--version"]),
  name: "a file system that refuses chmod and chown",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    Deno.mkdirSync(home.file("outside"));
    Deno.renameSync(home.file(FILE), home.file("outside/credentials"));
    Deno.chmodSync(home.file("outside/credentials"), 0o644);
    Deno.chownSync(home.file("outside/credentials"), 12345, 12345);
    run("bindfs", "--chmod-deny", "--chown-deny", home.file("outside"), home.file(".aws"));
    using _mount = { [Symbol.dispose]: () => run("umount", home.file(".aws")) };
    const { stderr } = await stage.login();
    assert.match(
      stderr,
      /^warning: \S+\/\.aws\/credentials belonged to another user or group, and is yours from now on\nhint: ls -ld /m,
    );
    await stage.restore();
    assert.equal(home.read(FILE), section("default", stage.user));
  },
});

Deno.test({
  ignore: !worksOnFile("setfacl -m u:12345:r $file"),
  name: "an access list is not turned into rights of the group, and it is said",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    run("setfacl", "-m", "u:12345:r,g::-", home.file(FILE));
    assert.equal(modeOf(home.file(FILE)), 0o640);
    const { stderr } = await stage.login();
    assert.equal(modeOf(home.file(FILE)), 0o600);
    assert.match(
      stderr,
      /warning: the access list \(ACL\) of \S+credentials is not kept: only its owner can read it/,
    );
    run("setfacl", "-m", "u:12345:r,g::-", home.file(FILE));
    assert.match((await stage.restore()).stderr, /the access list \(ACL\) of/);
    assert.equal(modeOf(home.file(FILE)), 0o600);
  },
});

Deno.test("a backup that others could read is for its owner only after the next login", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write(BACKUP, "");
  Deno.chmodSync(home.file(BACKUP), 0o644);
  await stage.login();
  assert.equal(modeOf(home.file(BACKUP)), 0o600);
});

Deno.test("a hard link of the credentials file is told of before its text changes", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  Deno.linkSync(home.file(FILE), home.file("second"));
  const { stderr } = await stage.login();
  const path = home.file(FILE);
  assert.ok(
    stderr.startsWith(
      `warning: ${path} is also there under another name (hard link), which keeps the text as it is now\n` +
        `hint: find / -xdev -samefile ${path} shows it\n`,
    ),
    stderr,
  );
  assert.equal(stderr.split("warning:").length, 2, "once");
  assert.equal(home.read("second"), section("default", user));
});

Deno.test("two names of one file are told apart before a code is asked for", async () => {
  await using stage = await openStage();
  const { home } = stage;
  const env = { AWS_CONFIG_FILE: home.file(FILE) };
  const role = "[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nsource_profile = default\n";
  home.write(FILE, home.read(FILE) + role);
  await assertFails(stage, [stage.code(), "-p", "admin"], {
    code: 5,
    says: `can't save ${home.file(FILE)}: it is the same file as ${home.file(FILE)}`,
    hint:
      "AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE must name two files; awsmfa env -p admin writes neither file",
  }, { env });
});

Deno.test({
  ignore: !mounts,
  name: "a disk that is too full is named before a code is used up",
  fn: async () => {
    await using stage = await openStage();
    const { home, user } = stage;
    using _disk = mount("-t", "tmpfs", "-o", "size=64k,mode=700", "awsmfa-test", home.file(".aws"));
    home.write(FILE, section("default", user));
    home.write(".aws/other", "x".repeat(48 * 1024));
    const { code, stderr } = await stage.awsmfa([stage.code()]);
    assert.equal(code, 5);
    assert.match(stderr, /can't save \S+credentials: no space left on the disk/);
    assert.equal(stage.sts.requests.length, 0);
    assert.deepEqual(Object.keys(stage.files()), [".aws", ".aws/credentials", ".aws/other"]);
  },
});

/** True where a command of the shell can be had, and the disk of the tests knows what it does. */
function worksOnFile(command: string): boolean {
  return works(["sh", "-c", `file=$(mktemp) && ${command}; ended=$?; rm -f "$file"; exit $ended`]);
}

function mount(...args: string[]): Disposable {
  run("mount", ...args);
  const place = args.at(-1) ?? "";
  return { [Symbol.dispose]: () => run("umount", place) };
}

function modeOf(path: string): number {
  return (Deno.statSync(path).mode ?? 0) & 0o777;
}

function run(command: string, ...args: string[]): void {
  const { success, stderr } = new Deno.Command(command, { args }).outputSync();
  if (!success) throw new Error(`${command} ${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
}
