import assert from "node:assert/strict";
import { valuesOf } from "../support/aws_file.ts";
import { needs } from "../support/needs.ts";
import { openStage, type Stage } from "../support/stage.ts";
import { CTRL_C, openAwsmfa, type Terminal } from "../support/terminal.ts";

/** Says which process awsmfa is, and afterwards whether the terminal is as it was. */
const COMPARE = `trap : INT QUIT; before=$(stty -g); sh -c 'echo pid=$$.; exec "$@"' sh "$@"; code=$?
[ "$before" = "$(stty -g)" ] && echo "as before."; exit $code`;
const COMPARING = ["sh", "-c", COMPARE, "sh"];

const QUESTIONS: [what: string, args: string[], question: string][] = [
  [
    "a hidden question",
    ["setup", "--access-key-id", "AKIAIOSFODNN7EXAMPLE"],
    "Secret access key (not shown): ",
  ],
  ["the question for a key", ["setup"], "Access key ID"],
  ["a list", ["--choose"], "type to filter"],
];
const SIGNALS: [signal: string, code: number][] = [["TERM", 143], ["HUP", 129], ["INT", 130], ["QUIT", 131]];

for (const [what, args, question] of QUESTIONS) {
  for (const [signal, code] of SIGNALS) {
    test(`SIG${signal} at ${what} ends with ${code}, and the terminal is as it was`, async (stage) => {
      await using terminal = openAwsmfa(stage, args, {}, COMPARING);
      await terminal.shows(question);
      kill(terminal, signal);
      assert.equal(await terminal.ends(), code, terminal.screen());
      assert.match(terminal.screen(), /as before\.\r\n$/);
    });
  }

  test(`stopped and continued at ${what}, awsmfa asks again, and shows as little as before`, async (stage) => {
    await using terminal = openAwsmfa(stage, args, {}, COMPARING);
    await terminal.shows(question);
    kill(terminal, "STOP");
    // As a shell does it, which has the terminal meanwhile.
    new Deno.Command("stty", { args: ["-F", terminalOf(terminal), "sane"] }).outputSync();
    kill(terminal, "CONT");
    await terminal.shows(question, 2);
    const before = terminal.screen().length;
    await terminal.type("s3cr3t");
    await terminal.type(CTRL_C);
    assert.equal(await terminal.ends(), 130, terminal.screen());
    const after = terminal.screen().slice(before);
    assert.match(after, /as before\.\r\n$/);
    if (args[0] === "setup") assert.ok(!after.includes("s3cr3t"), JSON.stringify(after));
  });
}

test("Ctrl-Z at a list stops all that is at work on the terminal, which is as it was until it goes on", async (stage) => {
  await using terminal = openAwsmfa(stage, ["--choose"], {}, COMPARING);
  await terminal.shows("type to filter");
  const modes = modesOf(terminal);
  await terminal.type("\x1a");
  while (!stateOf(terminal).startsWith("T")) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.notEqual(modesOf(terminal), modes, "the terminal echoes again");
  assert.match(modesOf(terminal), / icanon .* echo /s);
  new Deno.Command("kill", { args: ["-CONT", "--", `-${groupOf(terminal)}`] }).outputSync();
  await terminal.shows("type to filter", 2);
  assert.equal(modesOf(terminal), modes);
  await terminal.type(CTRL_C);
  assert.equal(await terminal.ends(), 130, terminal.screen());
  assert.match(terminal.screen(), /as before\.\r\n$/);
});

test("id and secret pasted at once both arrive, and the secret is not on the screen", async (stage) => {
  const { accessKeyId, secretAccessKey } = stage.user;
  stage.home.write(".aws/credentials", "");
  await using terminal = openAwsmfa(stage, ["setup"], {}, COMPARING);
  await terminal.shows("Access key ID: ");
  await terminal.type(`${accessKeyId}\r${secretAccessKey}\r`);
  await terminal.shows("These are the keys of");
  await terminal.type(CTRL_C);
  await terminal.ends();
  assert.ok(
    terminal.screen().includes(`Access key ID: ${accessKeyId}\r\n`),
    JSON.stringify(terminal.screen()),
  );
  assert.ok(!terminal.screen().includes(secretAccessKey.slice(0, 12)), terminal.screen());
});

test("what is pasted in the place of an id, or behind it, is not on the screen, and no answer to another question", async (stage) => {
  const { accessKeyId, secretAccessKey } = stage.user;
  stage.home.write(".aws/credentials", "");
  await using terminal = openAwsmfa(stage, ["setup"], {}, COMPARING);
  await terminal.shows("Access key ID: ");
  await terminal.type(`${secretAccessKey}\r${accessKeyId}\r`);
  await terminal.shows("AKIAIOSFODNN7EXAMPLE).\r\n\r\x1b[KAccess key ID: ");
  await terminal.type(`${accessKeyId}\t${secretAccessKey}\r`);
  await terminal.type(CTRL_C);
  await terminal.ends();
  assert.ok(!terminal.screen().includes(secretAccessKey.slice(0, 12)), terminal.screen());
  assert.deepEqual(valuesOf(stage.home.read(".aws/credentials"), "default"), {});
});

function test(name: string, fn: (stage: Stage) => Promise<void>): void {
  Deno.test({
    ...needs("python3"),
    name,
    fn: async () => {
      await using stage = await openStage();
      const keys = stage.home.read(".aws/credentials");
      stage.home.write(".aws/credentials", keys + keys.replace("[default]", "[other]"));
      await fn(stage);
    },
  });
}

function pidOf(terminal: Terminal): string {
  return /pid=(\d+)\./.exec(terminal.screen())?.[1] ?? assert.fail(terminal.screen());
}

function kill(terminal: Terminal, signal: string): void {
  assert.ok(new Deno.Command("kill", { args: [`-${signal}`, pidOf(terminal)] }).outputSync().success);
}

function ps(terminal: Terminal, column: string): string {
  const { stdout } = new Deno.Command("ps", { args: ["-o", `${column}=`, "-p", pidOf(terminal)] })
    .outputSync();
  return new TextDecoder().decode(stdout).trim();
}

function stateOf(terminal: Terminal): string {
  return ps(terminal, "stat");
}

function groupOf(terminal: Terminal): string {
  return ps(terminal, "pgid");
}

function terminalOf(terminal: Terminal): string {
  return `/dev/${ps(terminal, "tty")}`;
}

function modesOf(terminal: Terminal): string {
  const { stdout } = new Deno.Command("stty", { args: ["-F", terminalOf(terminal), "-a"] }).outputSync();
  return new TextDecoder().decode(stdout).replaceAll("\n", " ");
}
