import assert from "node:assert/strict";
import { assertFails } from "../../support/failure.ts";
import { asOrdinaryPerson, canMount, mountSmallDisk } from "../../support/machine.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const through = asOrdinaryPerson ?? [];

Deno.test({
  ignore: asOrdinaryPerson === undefined,
  name: "a file that may not be read is named before anything is asked",
  fn: async () => {
    await using stage = await openStage();
    for (const name of [".aws/config", ".aws/credentials", ".aws/credentials_backup_by_awsmfa"]) {
      if (name !== ".aws/credentials") stage.home.write(name, "");
      await assertRefused(stage, name, 0, `can't read ${stage.home.file(name)}`);
    }
  },
});

Deno.test({
  ignore: asOrdinaryPerson === undefined,
  name: "a folder that may not be read or written is named before a code is used up",
  fn: async () => {
    await using stage = await openStage();
    await assertRefused(stage, ".aws", 0o500, `can't save ${stage.home.file(".aws/credentials")}`);
    // Nobody sees what is in it.
    const { file } = stage.home;
    await assertRefused(stage, ".aws", 0, `can't read ${file(".aws/credentials")}`, file(".aws"));
  },
});

Deno.test("a file that is marked read-only is not replaced, not even by root", async () => {
  await using stage = await openStage();
  const path = stage.home.file(".aws/credentials");
  const refused = {
    code: 5,
    says: `can't save ${path}: it is marked read-only`,
    hint: `chmod u+w ${path}`,
  };
  Deno.chmodSync(path, 0o400);
  await assertFails(stage, ["123456"], refused);
  Deno.chmodSync(path, 0o600);
  await stage.login();
  Deno.chmodSync(path, 0o400);
  for (const args of [["--restore"], ["logout"]]) {
    await assertFails(stage, args, refused);
  }
});

Deno.test("a config file that is marked read-only: the login goes on, and says who won't use the session", async () => {
  await using stage = await openStage();
  const path = stage.home.file(".aws/config");
  const config = "[profile work]\nsource_profile = default\n";
  stage.home.write(".aws/config", config);
  Deno.chmodSync(path, 0o400);
  const { stderr, stdout } = await stage.login(["-p", "work"]);
  assert.match(stdout, /^Logged in to 'work'/);
  assert.equal(
    stderr,
    `note: Go, Terraform, Go 1, .NET and Ruby look at source_profile first (line 2 of ${path}) ` +
      "(awsmfa doctor --readers shows all)\n" +
      `warning: can't save ${path}: it is marked read-only, so it stays as it is\n` +
      `hint: chmod u+w ${path}; awsmfa env -p work writes neither file\n`,
  );
  assert.equal(stage.home.read(".aws/config"), config);
});

Deno.test("a folder in a file's place is named", async () => {
  for (const name of [".aws/config", ".aws/credentials", ".aws/credentials_backup_by_awsmfa"]) {
    await using stage = await openStage();
    const path = stage.home.file(name);
    if (name === ".aws/credentials") Deno.removeSync(path);
    Deno.mkdirSync(path);
    await assertFails(stage, ["123456"], {
      code: 5,
      says: `can't read ${path}: it is a directory`,
      hint: "move the directory away",
    });
  }
});

Deno.test("a file in the folder's place, and links in a circle, are named", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write("file", "");
  await assertFails(stage, ["123456"], {
    code: 5,
    says: `can't read ${home.file("file/credentials")}: part of the path isn't a directory`,
    hint: `ls -ld ${home.file("file/credentials")} shows it`,
  }, { env: { AWS_SHARED_CREDENTIALS_FILE: home.file("file/credentials") } });

  // Neither what a shell nor what JavaScript's replace() reads something into.
  const odd = home.file("$& it's $1/credentials");
  home.write("$& it's $1", "");
  await assertFails(stage, ["123456"], {
    code: 5,
    says: `can't read ${odd}: part of the path isn't a directory`,
    hint: `ls -ld '${odd.replaceAll("'", () => "'\\''")}' shows it`,
  }, { env: { AWS_SHARED_CREDENTIALS_FILE: odd } });

  Deno.symlinkSync("circle", home.file("circle"));
  await assertFails(stage, ["123456"], {
    code: 5,
    says: `can't read ${home.file("circle")}: its symbolic links form a loop`,
    hint: `ls -ld ${home.file("circle")} shows the link`,
  }, { env: { AWS_SHARED_CREDENTIALS_FILE: home.file("circle") } });
});

Deno.test({
  ignore: !canMount(),
  name: "a read-only file system is named before a code is used up",
  fn: async () => {
    await using stage = await openStage();
    using disk = mountSmallDisk(stage.home.file(".aws"), 64);
    const path = stage.home.file(".aws/credentials");
    stage.home.write(".aws/credentials", section("default", stage.user));
    disk.makeReadOnly();
    await assertFails(stage, [stage.code()], {
      code: 5,
      says: `can't save ${path}: the file system is read-only`,
      hint: "AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE can name files in another place",
    });
  },
});

/** Runs awsmfa while a file or folder has this mode, which binds the test itself too. */
async function assertRefused(
  stage: Stage,
  name: string,
  mode: number,
  says: string,
  shown = says.replace(/^can't \w+ /, ""),
): Promise<void> {
  const path = stage.home.file(name);
  const [usual, before] = [Deno.statSync(path).mode ?? 0, stage.files()];
  Deno.chmodSync(path, mode);
  const ran = await stage.awsmfa([stage.code()], { through });
  Deno.chmodSync(path, usual & 0o777);
  const hint = `ls -ld ${shown} shows who may`;
  assert.deepEqual(ran, {
    code: 5,
    stdout: "",
    stderr: `awsmfa: ${says}: permission denied\nhint: ${hint}\n`,
  });
  assert.equal(stage.sts.requests.length, 0);
  assert.deepEqual(stage.files(), before);
}

Deno.test("after a login, a file that was encrypted or whose disk is gone is named before a code is asked for", async () => {
  await using stage = await openStage();
  const { home, sts } = stage;
  await stage.login();
  const path = home.file(".aws/credentials");
  const count = sts.requests.length;
  home.write(".aws/credentials", "\0GITCRYPT\0\u0001\u0002\u0003");
  const before = home.read(".aws/credentials");
  for (const args of [["123456"], ["status"], ["--restore"]]) {
    await assertFails(stage, args, {
      code: 5,
      says: `${path} is encrypted (git-crypt)`,
      hint: "in its repository: git-crypt unlock",
    });
  }
  assert.equal(home.read(".aws/credentials"), before);
  Deno.removeSync(path);
  Deno.symlinkSync(home.file("usb/credentials"), path);
  await assertFails(stage, ["123456"], {
    code: 5,
    says: `${path} leads to ${home.file("usb/credentials")}, and there is no such directory`,
    hint: `is the disk or the repository there that has it? else: ls -ld ${path}`,
  });
  assert.ok(!home.has("usb"));
  assert.equal(sts.requests.length, count);
});
