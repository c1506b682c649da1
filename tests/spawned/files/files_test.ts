import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { isRoot } from "../../support/machine.ts";
import { cachedFile, cachedName } from "../../support/cached_session.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const FILE = ".aws/credentials";
const BACKUP = ".aws/credentials_backup_by_awsmfa";

Deno.test("a credentials file that is a symbolic link stays one, and all is beside its target", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write("dotfiles/aws", home.read(FILE));
  Deno.removeSync(home.file(FILE));
  Deno.symlinkSync("../dotfiles/aws", home.file(FILE));
  const before = stage.files();

  await stage.login();
  assert.equal(Deno.readLinkSync(home.file(FILE)), "../dotfiles/aws");
  assertSession(stage, "dotfiles/aws");
  await stage.login();
  await stage.restore();
  assert.deepEqual(stage.filesOfUser(), before);
});

Deno.test("a backup that is a symbolic link stays one until the keys are back", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write("safe/keys", "");
  Deno.symlinkSync("../safe/keys", home.file(BACKUP));
  await stage.login();
  assert.equal(Deno.readLinkSync(home.file(BACKUP)), "../safe/keys");
  assert.equal(valuesOf(home.read("safe/keys"), "default").aws_access_key_id, stage.user.accessKeyId);
  await stage.restore();
  assert.equal(home.read(FILE), section("default", stage.user));
});

Deno.test("a dangling link is filled in where it points to", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  Deno.removeSync(home.file(FILE));
  Deno.symlinkSync("../dotfiles/aws", home.file(FILE));
  Deno.mkdirSync(home.file("dotfiles"));
  home.write(".aws/config", section("default", user));
  await stage.login();
  assert.equal(Deno.readLinkSync(home.file(FILE)), "../dotfiles/aws");
  assertSession(stage, "dotfiles/aws");
});

Deno.test("a linked .aws folder stays linked", async () => {
  await using stage = await openStage();
  const { home } = stage;
  Deno.renameSync(home.file(".aws"), home.file("elsewhere"));
  Deno.symlinkSync("elsewhere", home.file(".aws"));
  const before = stage.files();
  await stage.login();
  assertSession(stage, "elsewhere/credentials");
  await stage.restore();
  assert.deepEqual(stage.filesOfUser(), before);
});

for (const mode of [0o600, 0o640, 0o644, 0o660]) {
  const shown = `0${mode.toString(8)}`;
  Deno.test(`a file of mode ${shown} keeps it${mode === 0o600 ? "" : ", with a warning"}`, async () => {
    await using stage = await openStage();
    const path = stage.home.file(FILE);
    Deno.chmodSync(path, mode);
    const { stderr } = await stage.login(["--json"]);
    assert.equal(
      stderr,
      mode === 0o600
        ? ""
        : `warning: ${path} can be read by other users (mode ${shown})\nhint: chmod 600 ${path}\n`,
    );
    assert.equal(modeOf(path), mode);
    assert.equal(modeOf(stage.home.file(BACKUP)), 0o600);
    assert.equal(modeOf(stage.home.file(`${FILE}.awsmfa.lock`)), 0o600);
    await stage.restore();
    assert.equal(modeOf(path), mode);
  });
}

Deno.test("a missing .aws folder is made for its owner only", async () => {
  await using stage = await openStage();
  const { home } = stage;
  Deno.removeSync(home.file(".aws"), { recursive: true });
  home.write("config", section("default", stage.user));
  await stage.login([], {
    env: { AWS_CONFIG_FILE: home.file("config") },
    through: ["sh", "-c", 'umask 0; exec "$@"', "sh"],
  });
  assertSession(stage, FILE);
  for (const [name, mode] of [[".aws", 0o700], [FILE, 0o600], [BACKUP, 0o600]] as const) {
    assert.equal(modeOf(home.file(name)), mode, name);
  }
});

Deno.test("AWS_SHARED_CREDENTIALS_FILE moves the file and all that lies beside it", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write("elsewhere/my keys", home.read(FILE));
  Deno.removeSync(home.file(".aws"), { recursive: true });
  const env = { AWS_SHARED_CREDENTIALS_FILE: home.file("elsewhere/my keys") };
  const before = stage.files();
  await stage.login([], { env });
  assertSession(stage, "elsewhere/my keys");
  assert.deepEqual(Object.keys(home.snapshot()), [
    "elsewhere",
    "elsewhere/.awsmfa-my keys",
    "elsewhere/.awsmfa-my keys/.awsmfa.lock",
    "elsewhere/.awsmfa-my keys/.gitignore",
    `elsewhere/.awsmfa-my keys/${cachedName(stage)}`,
    `elsewhere/.awsmfa-my keys/${cachedName(stage)}.awsmfa.lock`,
    "elsewhere/.awsmfa-my keys/devices.json",
    // Java 1 does not know the variable, and that is said once.
    "elsewhere/.awsmfa-my keys/notes",
    "elsewhere/.awsmfa-my keys/notes.awsmfa.lock",
    "elsewhere/my keys",
    "elsewhere/my keys.awsmfa.lock",
    "elsewhere/my keys_backup_by_awsmfa",
  ]);
  await stage.restore([], { env });
  assert.deepEqual(stage.filesOfUser(), before);
});

Deno.test("a relative AWS_SHARED_CREDENTIALS_FILE beside the program, or a checkout of it: neither is touched", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write("tools/creds", home.read(FILE));
  home.write("tools/awsmfa", "#!/bin/sh\n");
  home.write("work/creds", home.read(FILE));
  // Names that awsmfa has for its own files, too.
  for (const name of ["notes", ".gitignore", "devices.json", "main.ts"]) {
    home.write(`work/awsmfa/${name}`, "mine\n");
  }
  Deno.chmodSync(home.file("work/awsmfa"), 0o700);
  Deno.removeSync(home.file(".aws"), { recursive: true });
  const before = home.snapshot();
  const env = { AWS_SHARED_CREDENTIALS_FILE: "creds" };
  for (const folder of ["tools", "work"]) {
    const through = ["sh", "-c", 'cd "$0" && exec "$@"', home.file(folder)];
    await stage.login([], { env, through });
    assertSession(stage, `${folder}/creds`);
    for (const args of [["env"], ["status"], ["doctor", "--offline"]]) {
      const ran = await stage.awsmfa(args, { env, through, secretsOnStdout: true });
      assert.deepEqual([ran.code, ran.stderr], [0, ""], `${args}: ${ran.stdout}`);
    }
    assert.ok(home.snapshot()[`${folder}/.awsmfa-creds/devices.json`] !== undefined);
    const gone = await stage.awsmfa(["uninstall", "--yes"], { env, through });
    assert.equal(gone.code, 0, gone.stderr);
  }
  assert.deepEqual(home.snapshot(), before);
});

Deno.test("the folder that 0.1.0 made beside a credentials file is read, and goes with uninstall", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write("elsewhere/keys", home.read(FILE));
  Deno.removeSync(home.file(".aws"), { recursive: true });
  const env = { AWS_SHARED_CREDENTIALS_FILE: home.file("elsewhere/keys") };
  const before = home.snapshot();
  await stage.awsmfa(["env", "-s", "json", stage.code()], { env, secretsOnStdout: true });
  for (const name of [".awsmfa.lock", `${cachedName(stage)}.awsmfa.lock`]) {
    Deno.removeSync(home.file(`elsewhere/.awsmfa-keys/${name}`));
  }
  Deno.renameSync(home.file("elsewhere/.awsmfa-keys"), home.file("elsewhere/awsmfa"));
  const again = await stage.awsmfa(["env", "-s", "json"], { env, secretsOnStdout: true });
  assert.deepEqual([again.code, again.stderr], [0, ""]);
  // What others may write into could be theirs.
  Deno.chmodSync(home.file("elsewhere/awsmfa"), 0o777);
  const asked = await stage.awsmfa(["env", "-s", "json"], { env });
  assert.match(asked.stderr, /an MFA code is required/);
  Deno.chmodSync(home.file("elsewhere/awsmfa"), 0o700);
  assert.equal((await stage.awsmfa(["uninstall", "--yes"], { env })).code, 0);
  assert.deepEqual(home.snapshot(), before);
});

Deno.test("what a killed run left lying is swept, and nothing else", async () => {
  await using stage = await openStage();
  const { home } = stage;
  const others = [
    ".aws/credentials.bak",
    ".aws/credentials~",
    `${FILE}.awsmfa-old`,
    `${FILE}.awsmfa-20261120`,
  ];
  const leftovers = [FILE, BACKUP, ".aws/config", cachedFile(stage)].map((name) =>
    `${name}.awsmfa-${crypto.randomUUID()}`
  );
  for (const name of [...others, ...leftovers]) home.write(name, "left");
  await stage.login();
  for (const name of leftovers) assert.ok(!(name in stage.files()), `${name} is gone`);
  for (const name of others) assert.equal(home.read(name), "left");
});

Deno.test({
  ignore: !isRoot,
  name: "another user's file stays theirs when root logs it in",
  fn: async () => {
    await using stage = await openStage();
    const path = stage.home.file(FILE);
    Deno.chownSync(path, 12345, 23456);
    await stage.login();
    await stage.restore();
    const { uid, gid } = Deno.statSync(path);
    assert.deepEqual([uid, gid, modeOf(path)], [12345, 23456, 0o600]);
  },
});

Deno.test("what another program wrote while AWS was asked is kept", async () => {
  await using stage = await openStage();
  const { home, sts, user } = stage;
  const added = "[added]\nregion = eu-west-1\n";
  sts.behave({
    onRequest: ({ action }) => {
      if (action === "GetSessionToken") home.write(FILE, `# new\n${home.read(FILE)}output = json\n${added}`);
    },
  });
  await stage.login();
  const text = home.read(FILE);
  assertSession(stage, FILE);
  assert.ok(text.startsWith("# new\n[default]\n") && text.endsWith(added), text);
  assert.equal(valuesOf(text, "default").output, "json");
  await stage.restore();
  assert.equal(home.read(FILE), `# new\n${section("default", user)}output = json\n${added}`);
});

Deno.test("keys that were changed while AWS was asked stay, and the session is kept for those of before", async () => {
  await using stage = await openStage();
  const { home, sts } = stage;
  const rotated = section("default", {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "s".repeat(40),
  });
  sts.behave({
    onRequest: ({ action }) => {
      if (action === "GetSessionToken") home.write(FILE, rotated);
    },
  });
  const { code, stdout, stderr } = await stage.awsmfa([stage.code()]);
  assert.match(
    stderr,
    /^awsmfa: profile 'default' was changed while the login went on, .*; it is cached\nhint: /,
  );
  assert.deepEqual([code, stdout], [5, ""]);
  assert.equal(home.read(FILE), rotated);
  assert.ok(cachedFile(stage) in stage.files());
});

Deno.test("what others did to a file during a session stays after the restore", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  await stage.login();
  home.write(FILE, `${home.read(FILE)}[work]\naws_access_key_id = x\n`);
  await stage.restore();
  assert.equal(home.read(FILE), `${section("default", user)}[work]\naws_access_key_id = x\n`);
});

Deno.test("a profile that has other long-term keys by now is left alone, and its old keys stay put aside", async () => {
  await using stage = await openStage();
  const { home } = stage;
  await stage.login();
  const other = section("default", { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "s".repeat(40) });
  home.write(FILE, other);
  const before = stage.files();
  const { stdout, stderr } = await stage.restore();
  assert.equal(stdout, "");
  assert.equal(
    stderr,
    "warning: profile 'default' has other credentials now: they were left unchanged\n" +
      `hint: what was backed up stays in ${home.file(BACKUP)}\n`,
  );
  assert.deepEqual(stage.files(), before);
});

Deno.test("rotated keys are put aside beside the old ones, and a restore gives the new ones back", async () => {
  await using stage = await openStage();
  const { home, sts, user } = stage;
  await stage.login();
  const other = sts.addUser({ name: "bob" });
  home.write(FILE, section("default", other));
  const { code } = await stage.awsmfa([sts.code(other.serial)]);
  assert.equal(code, 0);
  const backup = home.read(BACKUP);
  for (const each of [user, other]) assert.ok(backup.includes(each.secretAccessKey), `keys of ${each.name}`);
  await stage.restore();
  assert.equal(home.read(FILE), section("default", other));
  assert.ok(home.read(BACKUP).includes(user.secretAccessKey), "the old keys stay where they are");
});

function assertSession(stage: Stage, name: string): void {
  const { aws_access_key_id: id = "", aws_session_token: token = "" } = valuesOf(
    stage.home.read(name),
    "default",
  );
  assert.match(id, /^ASIA/);
  assert.match(token, /^\S{300,}$/);
}

function modeOf(path: string): number {
  return (Deno.statSync(path).mode ?? 0) & 0o777;
}
