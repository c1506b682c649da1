import assert from "node:assert/strict";
import { keepSession } from "../../support/cached_session.ts";
import { needs } from "../../support/needs.ts";
import { openStage, type Stage } from "../../support/stage.ts";

// Seen from outside, by the system calls of the whole process: who is connected to, and what is run.
interface Seen {
  readonly connects: readonly string[];
  readonly runs: readonly string[];
}

/** Which ones were ignored at the start is told to the system's own shell: Deno may not read /proc. */
const SIGNALS = ["/bin/sh"];

const QUIET: string[][] = [
  ["status"],
  ["status", "-p", "default"],
  ["status", "--json"],
  ["doctor", "--offline"],
  ["link", "mfa"],
  ["logout"],
  ["--restore"],
  ["restore"],
  ["--dry-run"],
  ["--restore", "--dry-run"],
  ["logout", "--dry-run"],
];

for (const args of QUIET) {
  Deno.test({
    ...needs("strace"),
    name: `awsmfa ${
      args.join(" ")
    } connects to nobody and runs nothing, with AWS's address and a code command at hand`,
    fn: async () => {
      await using stage = await openStage();
      await stage.login();
      const count = stage.sts.requests.length;
      const seen = await watch(stage, args, { AWSMFA_CODE_COMMAND: `touch ${stage.home.file("ran")}` });
      assert.deepEqual(seen, { connects: [], runs: [] });
      assert.equal(stage.sts.requests.length, count);
      assert.ok(!("ran" in stage.files()));
    },
  });
}

Deno.test({
  ...needs("strace"),
  name: "with a kept session credential-process connects to nobody and runs nothing",
  fn: async () => {
    await using stage = await openStage();
    await keepSession(stage);
    const env = { AWSMFA_CODE_COMMAND: `touch ${stage.home.file("ran")}` };
    assert.deepEqual(await watch(stage, ["credential-process"], env), { connects: [], runs: [] });
  },
});

Deno.test({
  ...needs("strace"),
  name:
    "a login connects to STS and to nobody else, and runs the code command, after a look at its own signals",
  fn: async () => {
    await using stage = await openStage();
    const { host } = new URL(stage.sts.url);
    const login = await watch(stage, [stage.code()], {});
    assert.deepEqual([[...new Set(login.connects)], login.runs], [[host], SIGNALS]);
    stage.home.write("code", stage.code());
    const command = `/bin/cat ${stage.home.file("code")}`;
    const other = await watch(stage, ["-f", "--code-command", command], {});
    assert.deepEqual([[...new Set(other.connects)], other.runs], [[host], [...SIGNALS, "/bin/cat"]]);
  },
});

for (const command of ["devices", "doctor", "setup"]) {
  Deno.test({
    ...needs("strace"),
    name: `awsmfa ${command} connects to AWS and to nobody else, and runs nothing`,
    fn: async () => {
      await using stage = await openStage();
      const { host } = new URL(stage.sts.url);
      const { connects, runs } = await watch(stage, [command], { AWSMFA_CODE_COMMAND: "touch ran" });
      assert.deepEqual([[...new Set(connects)], runs], [[host], []]);
    },
  });
}

Deno.test({
  ...needs("strace"),
  name:
    "import connects to nobody and runs nothing, and edit runs the editor, after a look at its own signals",
  fn: async () => {
    await using stage = await openStage();
    stage.home.write("aws-mfa.yaml", "default: { account: 123456789012, username: alice }\n");
    const file = stage.home.file("aws-mfa.yaml");
    assert.deepEqual(await watch(stage, ["import", file, "--yes"], {}), { connects: [], runs: [] });
    assert.deepEqual(await watch(stage, ["edit"], { EDITOR: "/bin/true" }), {
      connects: [],
      runs: [...SIGNALS, "/bin/true"],
    });
  },
});

async function watch(stage: Stage, args: readonly string[], env: Record<string, string>): Promise<Seen> {
  const log = stage.home.file("strace");
  const through = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=connect,execve", "-o", log];
  const ran = await stage.awsmfa(args, { through, env, secretsOnStdout: true });
  assert.equal(ran.code, 0, ran.stderr);
  const lines = Deno.readTextFileSync(log).split("\n");
  Deno.removeSync(log);
  const connects = lines.flatMap((line) => {
    const [, port, address] = /connect\(.*sin6?_port=htons\((\d+)\).*?"([^"]+)"/.exec(line) ?? [];
    return address === undefined ? [] : [`${address}:${port}`];
  });
  // The first is awsmfa itself.
  const runs = lines.flatMap((line) => /execve\("([^"]+)".* = 0$/.exec(line)?.[1] ?? []).slice(1);
  return { connects, runs };
}
