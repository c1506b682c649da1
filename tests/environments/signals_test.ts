import assert from "node:assert/strict";
import { keepSession } from "../support/cached_session.ts";
import { needs } from "../support/needs.ts";
import { isAlive, startAwsmfa } from "../support/running.ts";
import { openStage } from "../support/stage.ts";
import { CTRL_C, openAwsmfa } from "../support/terminal.ts";

const isLinux = Deno.build.os === "linux";

/** Each can be caught; all but the last four end a program that does not care, and ended awsmfa alone. */
const SIGNALS: Deno.Signal[] = [
  "SIGHUP",
  "SIGINT",
  "SIGQUIT",
  "SIGABRT",
  "SIGUSR1",
  "SIGUSR2",
  "SIGALRM",
  "SIGTERM",
  "SIGXCPU",
  "SIGXFSZ",
  "SIGVTALRM",
  "SIGPROF",
  "SIGIO",
  ...(isLinux ? ["SIGSTKFLT", "SIGPWR"] as const : []),
  "SIGTSTP",
  "SIGURG",
  "SIGCONT",
  "SIGWINCH",
];

Deno.test("every signal that can be caught reaches the program of exec, which decides what becomes of both", async () => {
  await using stage = await openStage();
  await keepSession(stage);
  const traps = SIGNALS.map((signal) => `trap 'echo got ${signal}.' ${signal.slice(3)}`).join("\n");
  const script = `${traps}\necho pid=$$.\nwhile [ ! -e "$HOME/go" ]; do sleep 0.02; done\nexit 7`;
  await using running = startAwsmfa(stage, ["exec", "--", "bash", "-c", script]);
  const [, pid = ""] = await running.prints(/pid=(\d+)\./);
  for (const signal of SIGNALS) {
    running.kill(signal);
    await running.prints(new RegExp(`got ${signal}\\.`));
  }
  stage.home.write("go", "");
  assert.equal((await running.ends()).code, 7);
  assert.ok(!isAlive(Number(pid)));
});

for (const [signal, code] of [["SIGQUIT", 131], ["SIGALRM", 142], ["SIGUSR2", 140]] as const) {
  Deno.test(`a program that ${signal} ends takes exec with it: ${code}, and no child is left`, async () => {
    await using stage = await openStage();
    await keepSession(stage);
    await using running = startAwsmfa(stage, ["exec", "--", "sh", "-c", "echo pid=$$.; exec sleep 600"]);
    const [, pid = ""] = await running.prints(/pid=(\d+)\./);
    running.kill(signal);
    assert.equal((await running.ends()).code, code);
    assert.ok(!isAlive(Number(pid)));
  });
}

Deno.test({
  name: "what was ignored at the start stays ignored, for awsmfa and for the program, also after a save",
  // macOS's bash tells what is ignored, and its programs have no /proc to show it.
  ignore: !isLinux,
  fn: async () => {
    await using stage = await openStage();
    const through = ["sh", "-c", `trap '' HUP INT ALRM; exec "$@"`, "sh"];
    const script =
      'grep SigIgn /proc/self/status; echo ready.; while [ ! -e "$HOME/go" ]; do sleep 0.02; done';
    const args = ["exec", stage.code(), "--serial", stage.user.serial, "--", "sh", "-c", script];
    await using running = startAwsmfa(stage, args, {}, through);
    const [, bits = ""] = await running.prints(/SigIgn:\s*([0-9a-f]+)/);
    // Of signals 1, 2 and 14.
    assert.equal(BigInt(`0x${bits}`) & 0x2003n, 0x2003n, bits);
    await running.prints(/ready\./);
    for (const signal of ["SIGHUP", "SIGINT", "SIGALRM"] as const) running.kill(signal);
    stage.home.write("go", "");
    assert.equal((await running.ends()).code, 0);
  },
});

for (
  const [signal, code] of [["SIGTERM", 143], ["SIGHUP", 129], ["SIGQUIT", 131], ["SIGINT", 130]] as const
) {
  Deno.test(`${signal} in a code command ends both: ${code}, and no child is left`, async () => {
    await using stage = await openStage();
    const script = 'echo $$ >"$HOME/pid"; sleep 600 & echo $! >>"$HOME/pid"; echo begun >"$HOME/begun"; wait';
    const command = `sh -c '${script}'`;
    await using running = startAwsmfa(stage, ["--serial", stage.user.serial, "--code-command", command]);
    while (!stage.home.has("begun")) await new Promise((resolve) => setTimeout(resolve, 20));
    running.kill(signal);
    assert.equal((await running.ends()).code, code);
    for (const pid of stage.home.read("pid").trim().split("\n")) {
      while (isAlive(Number(pid))) await new Promise((resolve) => setTimeout(resolve, 10));
    }
  });
}

Deno.test({
  ...needs("python3"),
  name: "Ctrl-C on a terminal reaches a program of exec once, also where stdin is a pipe",
  fn: async () => {
    await using stage = await openStage();
    await keepSession(stage);
    const script = 'n=0; trap "n=\\$((n+1)); echo caught \\$n." INT QUIT; echo ready; ' +
      'while [ ! -e "$HOME/go" ]; do sleep 0.05; done; echo "in all $n"';
    const through = ["sh", "-c", 'trap : INT QUIT; sleep 600 | "$@"', "sh"];
    await using terminal = openAwsmfa(stage, ["exec", "--", "sh", "-c", script], {}, through);
    await terminal.shows("ready");
    await terminal.type("\x1c");
    await terminal.shows("caught 1.");
    stage.home.write("go", "");
    await terminal.shows("in all 1");
    await terminal.ends();
  },
});

// `unshare` gives awsmfa a world of processes in which it is the first one, as in a container without an init.
const ASIDE = ["unshare", "--pid", "--fork", "--mount-proc"];

Deno.test({
  ...needs("python3", "unshare"),
  name: "as process 1, Ctrl-C at the question and while AWS is asked ends with 130",
  fn: async () => {
    await using stage = await openStage();
    const before = stage.files();
    {
      await using terminal = openAwsmfa(stage, [], {}, ASIDE);
      await terminal.shows("Code of mfa/alice");
      await terminal.type(CTRL_C);
      assert.equal(await terminal.ends(), 130, terminal.screen());
    }
    stage.sts.behave({ hang: true });
    await using terminal = openAwsmfa(stage, [stage.code(), "--serial", stage.user.serial], {}, ASIDE);
    await terminal.shows("asking AWS");
    await terminal.type(CTRL_C);
    assert.equal(await terminal.ends(), 130, terminal.screen());
    assert.deepEqual(stage.files(), before);
  },
});

Deno.test({
  ...needs("unshare"),
  name:
    "as process 1, SIGTERM ends it in a code command and while it waits for a lock, and reaches exec's program",
  fn: async () => {
    await using stage = await openStage();
    const { home, user } = stage;
    using lock = Deno.openSync(home.file(".aws/credentials.awsmfa.lock"), { write: true, create: true });
    lock.lockSync(true);
    const command = `sh -c 'echo begun >"$HOME/begun"; sleep 600'`;
    const ways: [args: string[], begun: () => boolean][] = [
      [["--serial", user.serial, "--code-command", command], () => "begun" in stage.files()],
      [[stage.code(), "--serial", user.serial], () => stage.sts.requests.length > 0],
    ];
    for (const [args, begun] of ways) {
      await using running = startAwsmfa(stage, args, {}, ASIDE);
      while (!begun()) await new Promise((resolve) => setTimeout(resolve, 20));
      kill(childOf(running.pid), "TERM");
      assert.equal((await running.ends()).code, 143, args.join(" "));
    }
    lock.unlockSync();
    await keepSession(stage);
    const script = 'trap "exit 7" TERM; echo ready.; while :; do sleep 0.02; done';
    await using running = startAwsmfa(stage, ["exec", "--", "sh", "-c", script], {}, ASIDE);
    await running.prints(/ready\./);
    kill(childOf(running.pid), "TERM");
    assert.equal((await running.ends()).code, 7);
  },
});

function childOf(pid: number): string {
  const { stdout } = new Deno.Command("cat", { args: [`/proc/${pid}/task/${pid}/children`] }).outputSync();
  return new TextDecoder().decode(stdout).trim();
}

/** Of a world of processes inside of this one; `kill` of the shell, as Deno knows only its own ones. */
function kill(pid: string, signal: string): void {
  assert.ok(new Deno.Command("kill", { args: [`-${signal}`, pid] }).outputSync().success, pid);
}
