import assert from "node:assert/strict";
import { runForText } from "../../../src/adapters/processes/run_for_text.ts";
import { NoCredentialsError } from "../../../src/errors.ts";
import { assertFails } from "../../support/failure.ts";
import { keepSession } from "../../support/cached_session.ts";
import { makeHome } from "../../support/home.ts";
import { isAlive } from "../../support/running.ts";
import { openStage } from "../../support/stage.ts";

const SIX_DIGITS = "it must print one six-digit code on stdout";
const BY_ITSELF = "run it by itself: it must print six digits";

Deno.test("a code command that gives no code is named, nothing is asked of AWS and no file changes", async () => {
  await using stage = await openStage();
  // Which holds the lock under which a code command is run.
  Deno.mkdirSync(stage.home.file(".aws/awsmfa"), { mode: 0o700 });
  // Only its program is named: the words behind it may hold the secret that codes are made of.
  const rows: [command: string, says: string, hint: string][] = [
    ["true", "printed nothing", SIX_DIGITS],
    ["echo", "printed nothing", SIX_DIGITS],
    ["printf '123456\\n654321\\n'", "printed 2 different codes", SIX_DIGITS],
    ["echo 12345", "printed no six digits", SIX_DIGITS],
    ["echo s3cr3ts3cr3ts3cr3t", "printed no six digits", SIX_DIGITS],
    ["false", "failed with exit code 1", BY_ITSELF],
    ["sh -c 'exit 42'", "failed with exit code 42", BY_ITSELF],
    ["no-such-program --code", "can't be run: there is no such program", BY_ITSELF],
    ["/nowhere/oathtool", "can't be run: there is no such program", BY_ITSELF],
  ];
  for (const [command, why, hint] of rows) {
    for (const words of [["login"], ["credential-process"]]) {
      await assertFails(stage, [...words, "--serial", stage.user.serial, "--code-command", command], {
        code: 4,
        says: `the code command '${command.split(" ")[0]}' ${why}`,
        hint,
      });
    }
  }
});

// The adapter itself, with another limit than the program's 30 seconds.
Deno.test("a code command that hangs is ended when its time is over, and named", async () => {
  await using home = makeHome();
  const file = home.file("pid");
  let pid = 0;
  // On a slow machine the command may be ended before it has begun: then it gets more time.
  for (let seconds = 1; pid === 0; seconds *= 2) {
    home.write("pid", "");
    await assert.rejects(runForText(`sh -c 'echo $$ > ${file}; exec sleep 600'`, seconds), (error) => {
      assert.ok(error instanceof NoCredentialsError);
      assert.equal(error.message, `the code command 'sh' took longer than ${seconds}s`);
      assert.equal(
        error.hint,
        "run it by itself; where somebody answers it, in a dialog or with a key to be touched, " +
          "AWSMFA_CODE_TIMEOUT=2m gives it longer",
      );
      return true;
    });
    pid = Number(home.read("pid"));
  }
  assert.ok(pid > 0);
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
});

Deno.test("what a failing code command says on stderr is seen", async () => {
  await using stage = await openStage();
  const command = "sh -c 'echo touch your key >&2; exit 1'";
  const ran = await stage.awsmfa(["--serial", stage.user.serial, "--code-command", command]);
  assert.equal(ran.code, 4);
  assert.match(ran.stderr, /^touch your key\nawsmfa: the code command /);
});

Deno.test("quotes keep blanks together without a shell, and pipes go through one", async () => {
  await using stage = await openStage();
  const { home } = stage;
  const ways: ((file: string) => string)[] = [
    (file) => `cat '${file}'`,
    (file) => `cat "${file}"`,
    (file) => `  cat   "${file}"  `,
    (file) => `sh -c 'cat "${file}"'`,
    (file) => `cat '${file}' | tr -d a-z`,
    (file) => `< '${file}' cat`,
    (file) => `X='${file}'; cat "$X"`,
  ];
  for (const way of ways) {
    const code = stage.code();
    home.write("my code", `${code.slice(0, 3)} ${code.slice(3)}\n`);
    const command = way(home.file("my code"));
    const ran = await stage.awsmfa(["-f", "--serial", stage.user.serial, "--code-command", command]);
    assert.equal(ran.code, 0, `${command}: ${ran.stderr}`);
    assert.equal(stage.sts.requests.at(-1)?.params.TokenCode, code, command);
  }
});

Deno.test("the words of a code command reach its program as they are written, quotes taken away", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write(
    "print code",
    `#!/bin/sh\nprintf '%s\\n' "$#" "$@" >'${home.file("words")}'\ncat '${home.file("code")}'\n`,
  );
  Deno.chmodSync(home.file("print code"), 0o700);
  home.write("code", stage.code());
  const command = `"${home.file("print code")}" one 'two words' "it's" a"b c"d ''`;
  const ran = await stage.awsmfa(["--code-command", command]);
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(home.read("words"), "5\none\ntwo words\nit's\nab cd\n\n");
});

Deno.test("the flag goes before the variable, and that before mfa_process; a code goes before all", async () => {
  await using stage = await openStage();
  const { home } = stage;
  const printing = (name: string): string => {
    home.write(name, stage.code());
    return `cat ${home.file(name)}`;
  };
  home.write(".aws/config", `[default]\nmfa_serial = ${stage.user.serial}\nmfa_process = false\n`);
  const ways: [args: string[], env: Record<string, string>][] = [
    [["--code-command", printing("code")], { AWSMFA_CODE_COMMAND: "false" }],
    [[], { AWSMFA_CODE_COMMAND: `cat ${home.file("code")}` }],
    [["<code>"], { AWSMFA_CODE_COMMAND: "false" }],
  ];
  for (const [args, env] of ways) {
    printing("code");
    const words = args.map((word) => word === "<code>" ? stage.code() : word);
    const ran = await stage.awsmfa(["-f", ...words], { env });
    assert.equal(ran.code, 0, ran.stderr);
  }
});

Deno.test("a code command is not run while a session is valid", async () => {
  await using stage = await openStage();
  await keepSession(stage);
  const env = { AWSMFA_CODE_COMMAND: `touch ${stage.home.file("ran")}` };
  for (const args of [["env", "-s", "json"], ["credential-process"], ["exec", "--", "true"], ["login"]]) {
    const ran = await stage.awsmfa(args, { env, secretsOnStdout: true });
    assert.equal(ran.code, 0, ran.stderr);
  }
  assert.ok(!("ran" in stage.files()));
});

Deno.test("a code that the command printed and AWS refuses is explained as any other", async () => {
  await using stage = await openStage();
  const command = `echo ${stage.sts.wrongCode(stage.user.serial)}`;
  const before = stage.filesOfUser();
  const ran = await stage.awsmfa(["--serial", stage.user.serial, "--code-command", command]);
  assert.deepEqual([ran.code, ran.stdout, ran.stderr], [
    3,
    "",
    `awsmfa: AWS rejected the MFA code of ${stage.user.serial}: it's wrong, expired or already used (it is the code that the code command 'echo' printed)\n` +
    "hint: does the code command 'echo' know the device that is asked for? It is told AWSMFA_PROFILE and AWSMFA_SERIAL\n",
  ]);
  assert.equal(stage.sts.requests.length, 1);
  assert.deepEqual(stage.filesOfUser(), before);
});
