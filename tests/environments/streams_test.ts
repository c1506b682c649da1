import assert from "node:assert/strict";
import { keepSession } from "../support/cached_session.ts";
import { needs } from "../support/needs.ts";
import { openStage } from "../support/stage.ts";
import { openAwsmfa } from "../support/terminal.ts";

/** Runs a program with these of its streams nonblocking, as another program may have left them. */
const NONBLOCKING = `import os, sys
for fd in map(int, sys.argv[1].split(",")): os.set_blocking(fd, False)
os.execvp(sys.argv[2], sys.argv[2:])`;

function nonblocking(streams: string): string[] {
  return ["python3", "-c", NONBLOCKING, streams];
}

Deno.test({
  ...needs("python3"),
  name: "nonblocking streams of a terminal are waited for: the code is asked for, and read",
  fn: async () => {
    await using stage = await openStage();
    await using terminal = openAwsmfa(stage, [], {}, nonblocking("0,1,2"));
    await terminal.shows("Code of mfa/alice");
    await terminal.type(`${stage.code()}\r`);
    assert.equal(await terminal.ends(), 0, terminal.screen());
  },
});

Deno.test({
  ...needs("python3"),
  name: "a code that comes late on a nonblocking pipe is read",
  fn: async () => {
    await using stage = await openStage();
    const through = ["sh", "-c", `(sleep 1; echo ${stage.code()}) | "$@"`, "sh", ...nonblocking("0")];
    const ran = await stage.awsmfa(["-"], { through });
    assert.equal(ran.code, 0, ran.stderr);
  },
});

Deno.test({
  ...needs("python3"),
  name: "a long text goes whole through a nonblocking pipe that is full",
  fn: async () => {
    await using stage = await openStage();
    const whole = await stage.awsmfa(["completions", "bash"]);
    // A pipe of one page, and a reader that takes its time.
    const reader = "import sys, time; time.sleep(1); print(len(sys.stdin.read()))";
    // Set before anything is in it: a pipe that holds more can't be made smaller.
    const small = "import fcntl; fcntl.fcntl(1, 1031, 4096)";
    const through = [
      "sh",
      "-c",
      `{ python3 -c '${small}'; "$@"; echo "code $?" >&2; } | python3 -c '${reader}'`,
      "sh",
    ];
    const ran = await stage.awsmfa(["completions", "bash"], { through: [...through, ...nonblocking("1")] });
    assert.deepEqual([ran.stdout, ran.stderr], [`${whole.stdout.length}\n`, "code 0\n"]);
    assert.ok(whole.stdout.length > 4096);
  },
});

Deno.test("what stands behind the code line on stdin reaches the program of exec", async () => {
  await using stage = await openStage();
  const input = `${stage.code()}\nselect 1;\n${"x".repeat(100_000)}\n`;
  const ran = await stage.awsmfa(["exec", "-", "--", "cat"], { stdin: input });
  assert.deepEqual(ran, { code: 0, stdout: input.slice(7), stderr: "" });
});

Deno.test({
  ignore: Deno.build.os !== "linux",
  name: "a login that is done ends with 0 where only stderr is full, and says so where stdout is",
  fn: async () => {
    await using stage = await openStage();
    const full = (stream: string): string[] => ["sh", "-c", `exec "$@" ${stream}>/dev/full`, "sh"];
    // A file that others can read is warned of on stderr.
    Deno.chmodSync(stage.home.file(".aws/credentials"), 0o644);
    const login = await stage.login([], { through: full("2") });
    assert.match(login.stdout, /^Logged in to 'default'/);
    const again = await stage.awsmfa([], { through: full("1") });
    assert.equal(again.code, 5);
    assert.match(again.stderr, /^awsmfa: can't write to stdout: no space left on the disk$/m);
    await keepSession(stage);
    const exec = await stage.awsmfa(["exec", "--", "sh", "-c", "exit 7"], { through: full("2") });
    assert.equal(exec.code, 7);
  },
});

Deno.test({
  ...needs("python3"),
  name: "a terminal obeys nothing that stands in a name; a pipe gets every byte",
  fn: async () => {
    await using stage = await openStage();
    const keys = stage.home.read(".aws/credentials");
    const name = "evil\u202e\x1b[2J\x07\x1b[8mx";
    stage.home.write(".aws/credentials", keys + keys.replace("[default]", `[${name}]`));
    const shown = "evil\\u202e\\x1b[2J\\x07\\x1b[8mx";
    await using terminal = openAwsmfa(stage, ["status"]);
    await terminal.shows(shown);
    assert.equal(await terminal.ends(), 0);
    assert.ok(
      !terminal.screen().includes("\u202e") && !terminal.screen().includes("\x1b[2J"),
      terminal.screen(),
    );
    assert.ok((await stage.awsmfa(["status"])).stdout.includes(name));
    await using login = openAwsmfa(stage, ["-p", name, "--serial", stage.user.serial]);
    await login.shows(shown);
    assert.ok(!login.screen().includes("\u202e"), login.screen());
  },
});
