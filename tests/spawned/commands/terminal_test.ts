import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { cachedFile } from "../../support/cached_session.ts";
import { needs } from "../../support/needs.ts";
import { assertNoSecret, secretsBelow } from "../../support/secrets.ts";
import { endpoints, openStage, type Stage } from "../../support/stage.ts";
import { findProgram } from "../../../scripts/program.ts";
import { CTRL_C, CTRL_D, openAwsmfa, openTerminal } from "../../support/terminal.ts";

const QUESTION = "Code of mfa/alice for profile 'default': ";
const AGAIN = "Enter the six digits: ";
const WAITING = "asking AWS for a session ...";

Deno.test({
  ...needs("python3"),
  name: "on a terminal the code is asked for, and again until it has six digits",
  fn: async () => {
    await using stage = await openStage();
    await using terminal = openAwsmfa(stage);
    await terminal.shows(QUESTION);
    assert.equal(stage.sts.requests.length, 1, "the device's name had to be asked for");
    await terminal.type("12345\r");
    await terminal.shows(AGAIN);
    await terminal.type("no digits\r");
    await terminal.shows(AGAIN, 2);
    await terminal.type("\r");
    await terminal.shows(AGAIN, 3);
    assert.equal(stage.sts.requests.length, 1);
    await terminal.type(`${stage.code()}\r`);
    assert.equal(await terminal.ends(), 0, terminal.screen());
    assert.match(terminal.screen(), /Logged in to 'default' until .* \(12h\)\.\r\n$/);
    assertLoggedIn(stage);
    assertNoSecret(terminal.screen(), secretsBelow(stage.home.path), "on the terminal");
  },
});

for (const [name, keys] of [["Ctrl-C", CTRL_C], ["Ctrl-D", CTRL_D]] as const) {
  Deno.test({
    ...needs("python3"),
    name: `${name} at the question ends with 130, and no file changes`,
    fn: async () => {
      await using stage = await openStage();
      const before = stage.files();
      await using terminal = openAwsmfa(stage);
      await terminal.shows(QUESTION);
      await terminal.type(keys);
      assert.equal(await terminal.ends(), 130, terminal.screen());
      assert.deepEqual(stage.files(), before);
      assert.equal(stage.sts.requests.length, 1);
    },
  });
}

Deno.test({
  ...needs("python3"),
  name: "Ctrl-C while AWS is asked ends with 130, and no file changes",
  fn: async () => {
    await using stage = await openStage();
    const before = stage.files();
    stage.sts.behave({ hang: true });
    await using terminal = openAwsmfa(stage, [stage.code(), "--serial", stage.user.serial]);
    await terminal.shows(WAITING);
    await terminal.type(CTRL_C);
    assert.equal(await terminal.ends(), 130, terminal.screen());
    assert.deepEqual(stage.files(), before);
  },
});

Deno.test({
  ...needs("python3"),
  name: "a sign of life is shown while AWS takes its time, and taken away again",
  fn: async () => {
    await using stage = await openStage();
    const answer = Promise.withResolvers<void>();
    stage.sts.behave({ onRequest: () => answer.promise });
    await using terminal = openAwsmfa(stage, [stage.code(), "--serial", stage.user.serial]);
    await terminal.shows(WAITING);
    answer.resolve();
    assert.equal(await terminal.ends(), 0);
    const [, after = ""] = terminal.screen().split(WAITING);
    assert.ok(after.startsWith(`\r${" ".repeat(WAITING.length)}\r`), "blanks over it");
    assert.ok(terminal.screen().endsWith("(12h).\r\n"));
  },
});

Deno.test({
  ...needs("python3"),
  name: "with TERM=dumb no sign of life is drawn",
  fn: async () => {
    await using stage = await openStage();
    stage.sts.behave({ delayMs: 900 });
    await using terminal = openAwsmfa(stage, [stage.code(), "--serial", stage.user.serial], { TERM: "dumb" });
    assert.equal(await terminal.ends(), 0);
    assert.ok(!terminal.screen().includes(WAITING));
  },
});

Deno.test({
  ...needs("python3"),
  name: "stdout may go to a file while the question is on the terminal",
  fn: async () => {
    await using stage = await openStage();
    const output = stage.home.file("output");
    await using terminal = openAwsmfa(stage, ["--json"], {}, ["sh", "-c", `exec "$@" >'${output}'`, "sh"]);
    await terminal.shows(QUESTION);
    await terminal.type(`${stage.code()}\r`);
    assert.equal(await terminal.ends(), 0, terminal.screen());
    assert.equal(JSON.parse(Deno.readTextFileSync(output)).profile, "default");
    assert.ok(!terminal.screen().includes("{"));
  },
});

Deno.test({
  ...needs("python3"),
  name: "who waits is told for whom, and credential-process for how long, though a terminal is there",
  fn: async () => {
    await using stage = await openStage();
    const path = stage.home.file(".aws/awsmfa");
    Deno.mkdirSync(path, { mode: 0o700 });
    const command = ["credential-process", "--code-command", "sleep 3; echo 123456"];
    const lock = `${stage.home.file(cachedFile(stage))}.awsmfa.lock`;
    using held = Deno.openSync(lock, { write: true, create: true });
    held.lockSync(true);
    held.writeSync(new TextEncoder().encode("4711 awsmfa login\n"));
    await using terminal = openAwsmfa(stage, command);
    await terminal.shows("waiting for process 4711 (awsmfa login) to finish, for 60s at most ...\r\n");
  },
});

Deno.test({
  ...needs("python3"),
  name: "who has to wait for another awsmfa is told so",
  fn: async () => {
    await using stage = await openStage();
    using lock = Deno.openSync(stage.home.file(".aws/credentials.awsmfa.lock"), {
      write: true,
      create: true,
    });
    lock.lockSync(true);
    await using terminal = openAwsmfa(stage, [stage.code(), "--serial", stage.user.serial]);
    await terminal.shows("waiting for another process to finish ...\r\n");
    lock.unlockSync();
    assert.equal(await terminal.ends(), 0, terminal.screen());
    assertLoggedIn(stage);
  },
});

Deno.test({
  ...needs("python3"),
  name: "nobody is asked where stderr is no terminal, in a CI job, and with --no-input",
  fn: async () => {
    await using stage = await openStage();
    const ways: [args: string[], env: Record<string, string>, redirection: string][] = [
      [[], {}, "2>/dev/null"],
      [[], { CI: "true" }, ""],
      [["--no-input"], {}, ""],
      [["--no-input"], {}, "</dev/null"],
      [["exec", "--no-input", "--", "true"], {}, ""],
    ];
    for (const [args, env, redirection] of ways) {
      await using terminal = openAwsmfa(stage, args, env, ["sh", "-c", `exec "$@" ${redirection}`, "sh"]);
      assert.equal(await terminal.ends(), 2, redirection);
      assert.ok(!terminal.screen().includes("Code of"));
    }
    assert.equal(stage.sts.requests.length, 0);
  },
});

Deno.test({
  ...needs("python3"),
  name:
    "where stdin is a pipe the code is asked for on the terminal behind it, and the pipe is the program's",
  fn: async () => {
    await using stage = await openStage();
    const pipe = ["sh", "-c", `printf 'one\\ntwo\\n' | "$@"`, "sh"];
    await using terminal = openAwsmfa(stage, ["exec", "--", "sed", "s/^/read: /"], {}, pipe);
    await terminal.shows(QUESTION);
    await terminal.type(`${stage.code()}\r`);
    assert.equal(await terminal.ends(), 0, terminal.screen());
    assert.ok(terminal.screen().endsWith("read: one\r\nread: two\r\n"), terminal.screen());
  },
});

function assertLoggedIn(stage: Stage): void {
  const { aws_access_key_id: id = "" } = valuesOf(stage.home.read(".aws/credentials"), "default");
  assert.match(id, /^ASIA/);
}

Deno.test({
  ...needs("python3"),
  name:
    "behind a link, where the tool keeps stderr to itself, what the code command says is on the terminal, and in stderr",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    home.write("code", stage.code());
    const { command, args } = findProgram();
    const ask = `sh -c 'echo Touch your key >&2; cat ${home.file("code")}'`;
    const script = 'out=$1 err=$2; shift 2; "$@" >"$out" 2>"$err"; echo ended with $?';
    const files = ["out", "err"].map(home.file);
    const words = [command, ...args, "credential-process", "--code-command", ask];
    await using terminal = openTerminal(
      ["sh", "-c", script, "sh", ...files, ...words],
      home.path,
      endpoints(stage.sts),
    );
    await terminal.shows("ended with 0");
    assert.equal(terminal.screen(), "Touch your key\r\nended with 0\r\n");
    assert.equal(home.read("err"), "Touch your key\n");
    assert.match(home.read("out"), /"AccessKeyId":"ASIA|"AccessKeyId": "ASIA/);
  },
});
