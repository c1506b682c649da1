import assert from "node:assert/strict";
import { assertFails } from "../support/failure.ts";
import { keepSession } from "../support/cached_session.ts";
import { needs } from "../support/needs.ts";
import { isAlive } from "../support/running.ts";
import { openStage, type Stage } from "../support/stage.ts";

const UNSET_PATH = ["env", "-u", "PATH"];

/** Root without the right to enter other people's folders, in one: as after `sudo -u deploy` in a home. */
function inLockedFolder(stage: Stage): string[] {
  const folder = stage.home.file("locked");
  Deno.mkdirSync(folder);
  Deno.chmodSync(folder, 0o700);
  Deno.chownSync(folder, 65534, 65534);
  const rights = "-dac_override,-dac_read_search";
  return [
    "sh",
    "-c",
    'cd "$1"; shift; exec setpriv "--bounding-set=$0" "--inh-caps=$0" "$@"',
    rights,
    folder,
  ];
}

Deno.test({
  ...needs("root", "setpriv"),
  name: "a current folder that the user may not enter is named, and fails nothing that does not need it",
  fn: async () => {
    await using stage = await openStage();
    const through = inLockedFolder(stage);
    const why = `this user may not enter the current directory, ${stage.home.file("locked")}`;
    const hint = "go to another directory first: cd";
    const { serial } = stage.user;
    await assertFails(stage, ["--serial", serial, "--code-command", "cat code"], {
      code: 4,
      says: `the code command 'cat' can't be run: ${why}`,
      hint,
    }, { through });
    await keepSession(stage);
    await assertFails(stage, ["exec", "--", "true"], {
      code: 126,
      says: `can't run 'true': ${why}`,
      hint,
    }, { through });
    const env = await stage.awsmfa(["env"], { through, secretsOnStdout: true });
    assert.deepEqual([env.code, env.stderr], [0, ""]);
  },
});

Deno.test("without PATH, programs are found in the usual folders, and env knows its shell", async () => {
  await using stage = await openStage();
  stage.home.write("code", stage.code());
  const command = `cat ${stage.home.file("code")}`;
  const login = await stage.awsmfa(["-f", "--code-command", command], { through: UNSET_PATH });
  assert.equal(login.code, 0, login.stderr);
  await keepSession(stage);
  const ran = await stage.awsmfa(["exec", "--", "echo", "hello"], { through: UNSET_PATH });
  assert.deepEqual(ran, { code: 0, stdout: "hello\n", stderr: "" });
  await assertFails(stage, ["exec", "--", "no-such-program"], {
    code: 127,
    says: "can't run 'no-such-program': there is no such program",
    hint: "is it installed, and in a directory on your PATH?",
  }, { through: UNSET_PATH });
  const env = await stage.awsmfa(["env"], { through: UNSET_PATH, secretsOnStdout: true });
  assert.deepEqual([env.code, env.stderr], [0, ""]);
});

Deno.test("a script without #! is run as a shell runs it; what no machine of this kind runs is said", async () => {
  await using stage = await openStage();
  await keepSession(stage);
  const { home } = stage;
  home.write("script", 'echo "$1 $0"; exit 7\n');
  home.write("interpreter", "#!/nowhere/sh\n");
  for (const name of ["script", "interpreter"]) Deno.chmodSync(home.file(name), 0o700);
  const ran = await stage.awsmfa(["exec", "--", home.file("script"), "two words"]);
  assert.deepEqual(ran, { code: 7, stdout: `two words ${home.file("script")}\n`, stderr: "" });
  const named = await stage.awsmfa(["exec", "--", "script", "x"], {
    env: { PATH: `${home.path}:${Deno.env.get("PATH")}` },
  });
  assert.equal(named.code, 7, named.stderr);
  await assertFails(stage, ["exec", "--", home.file("interpreter")], {
    code: 127,
    says: `can't run '${home.file("interpreter")}': what its first line names after #! is not there`,
    hint: `head -1 ${home.file("interpreter")}`,
  });
});

Deno.test("a code command that prints forever is ended at 4 KB, with all that it started", async () => {
  await using stage = await openStage();
  const command = `sh -c 'sleep 600 & echo $! >"$HOME/pid"; yes 123456'`;
  const ran = await stage.awsmfa(["--serial", stage.user.serial, "--code-command", command]);
  assert.deepEqual(ran, {
    code: 4,
    stdout: "",
    stderr: "awsmfa: the code command 'sh' printed more than 4 KB\n" +
      "hint: run it by itself: it must print six digits\n",
  });
  const pid = Number(stage.home.read("pid"));
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
});

Deno.test({
  ...needs("root", "setpriv"),
  name: "a file in a folder that is closed to the user: the hint shows the folder, which ls can look at",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    const through = inLockedFolder(stage);
    const closed = home.file("locked");
    await assertFails(stage, ["status"], {
      code: 5,
      says: `can't read ${closed}/deep/credentials: permission denied`,
      hint: `ls -ld ${closed} shows who may`,
    }, { through, env: { AWS_SHARED_CREDENTIALS_FILE: `${closed}/deep/credentials` } });
  },
});
