import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { findProgram } from "../../../scripts/program.ts";
import { assertFails } from "../../support/failure.ts";
import { keepSession } from "../../support/cached_session.ts";
import { needs } from "../../support/needs.ts";
import { isAlive, startAwsmfa } from "../../support/running.ts";
import { endpoints, openStage, type Stage } from "../../support/stage.ts";
import { CTRL_C, openTerminal, type Terminal } from "../../support/terminal.ts";

const PRINT = fileURLToPath(new URL("../../support/print_variables.py", import.meta.url));

Deno.test({
  ...needs("aws"),
  name: "exec -- aws sts get-caller-identity: one word before any AWS command",
  fn: async () => {
    await using stage = await openStage();
    const before = stage.filesOfUser();
    const words = ["aws", "sts", "get-caller-identity", "--query", "Arn", "--output", "text"];
    const { code, stdout, stderr } = await stage.awsmfa([
      "exec",
      "--region",
      "us-east-1",
      stage.code(),
      "--",
      ...words,
    ]);
    assert.deepEqual([code, stdout, stderr], [0, `${stage.user.arn}\n`, ""]);
    assert.match(stage.sts.requests.at(-1)?.accessKeyId ?? "", /^ASIA/);
    const again = await stage.awsmfa(["exec", "--region", "us-east-1", "--", ...words]);
    assert.equal(again.stdout, `${stage.user.arn}\n`, "and no code the second time");
    assert.deepEqual(filesOfAws(stage, before), before, "no file of AWS is touched");
  },
});

Deno.test("exec ends with the program's exit code, and 128 + n for a signal", async () => {
  await using stage = await openStage();
  await keepSession(stage);
  const rows: [script: string, code: number][] = [
    ["exit 0", 0],
    ["exit 1", 1],
    ["exit 42", 42],
    ["exit 130", 130],
    ["exit 255", 255],
    ["kill -HUP $$", 129],
    ["kill -INT $$", 130],
    ["kill -KILL $$", 137],
    ["kill -TERM $$", 143],
  ];
  for (const [script, expected] of rows) {
    const { code, stdout, stderr } = await stage.awsmfa(["exec", "--", "sh", "-c", script]);
    assert.deepEqual([code, stdout, stderr], [expected, "", ""], script);
  }
});

Deno.test("exec hands stdin, stdout, stderr and every word through as they are", async () => {
  await using stage = await openStage();
  await keepSession(stage);
  const input = `one\ntwo \u{1f600}\n${"x".repeat(200_000)}`;
  const cat = await stage.awsmfa(["exec", "--", "cat"], { stdin: input });
  assert.equal(cat.stdout, input);
  const both = await stage.awsmfa(["exec", "--", "sh", "-c", "echo out; echo err >&2"]);
  assert.deepEqual([both.stdout, both.stderr], ["out\n", "err\n"]);
  const words = ["a b", "", "'", '"', "$HOME", "*", "--", "-p", "--help", "日本", "\\"];
  const printed = await stage.awsmfa(["exec", "--", "printf", "%s\\n", ...words]);
  assert.equal(printed.stdout, words.map((word) => `${word}\n`).join(""));
});

Deno.test({
  ...needs("python3"),
  name: "in the program's environment is the session, and nothing of AWS that would contradict it",
  fn: async () => {
    await using stage = await openStage();
    await keepSession(stage);
    const odd = {
      AWS_PROFILE: "default",
      AWS_DEFAULT_PROFILE: "default",
      AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
      AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
      AWS_SECURITY_TOKEN: "IQoJb3JpZ2luX2VjEXAMPLETOKEN",
      AWS_ROLE_ARN: "arn:aws:iam::123456789012:role/web",
      AWS_ROLE_SESSION_NAME: "web",
      AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:1",
      AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: "/x",
    };
    const more = { AWS_REGION: "eu-west-1", AWS_PAGER: "", MINE: "as it was" };
    const ran = await stage.awsmfa(["exec", "-p", "default", "--", "python3", PRINT, ""], {
      env: { ...odd, ...more, AWS_VAULT: "old", AWSUME_PROFILE: "old" },
    });
    assert.equal(ran.code, 0, ran.stderr);
    const found: Record<string, string> = JSON.parse(ran.stdout);
    const names = Object.keys(found).filter((name) => /^AWS(_|U)/.test(name));
    assert.deepEqual(names.sort(), [
      "AWS_ACCESS_KEY_ID",
      "AWS_ACCOUNT_ID",
      "AWS_CREDENTIAL_EXPIRATION",
      "AWS_DEFAULT_REGION",
      "AWS_EC2_METADATA_DISABLED",
      "AWS_ENDPOINT_URL_IAM",
      "AWS_ENDPOINT_URL_STS",
      "AWS_PAGER",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SESSION_TOKEN",
    ]);
    const textOf = (name: string): string => new TextDecoder().decode(Uint8Array.fromHex(found[name] ?? ""));
    assert.match(textOf("AWS_ACCESS_KEY_ID"), /^ASIA/);
    assert.deepEqual([textOf("AWS_REGION"), textOf("MINE"), textOf("HOME")], [
      "eu-west-1",
      "as it was",
      stage.home.path,
    ]);
  },
});

Deno.test("a program that is not there, or may not be run, ends with 127 or 126 and a hint", async () => {
  await using stage = await openStage();
  await keepSession(stage);
  stage.home.write("script", "#!/bin/sh\n");
  const script = stage.home.file("script");
  await assertFails(stage, ["exec", "--", "no-such-program", "--flag"], {
    code: 127,
    says: "can't run 'no-such-program': there is no such program",
    hint: "is it installed, and in a directory on your PATH?",
  });
  await assertFails(stage, ["exec", "--", "/nowhere/terraform"], {
    code: 127,
    says: "can't run '/nowhere/terraform': there is no such program",
    hint: "is it installed, and in a directory on your PATH?",
  });
  await assertFails(stage, ["exec", "--", script], {
    code: 126,
    says: `can't run '${script}': permission denied`,
    hint: `is it executable? ls -ld ${script}`,
  });
});

Deno.test("exec without a program says what is meant, before a code is used up", async () => {
  await using stage = await openStage();
  const says = "no program given; put it after --";
  const rows: [args: string[], hint: string][] = [
    [[], "awsmfa exec -- aws sts get-caller-identity"],
    [["--"], "awsmfa exec -- aws sts get-caller-identity"],
    [["terraform", "plan"], "awsmfa exec -- terraform plan"],
  ];
  for (const [args, hint] of rows) {
    await assertFails(stage, ["exec", ...args], { code: 2, says, hint });
  }
  await assertFails(stage, ["exec", "--", "true"], {
    code: 2,
    says: "an MFA code is required, but there is no terminal to ask for it",
    hint: "awsmfa 123456",
  });
});

for (const [signal, code] of [["SIGTERM", 3], ["SIGHUP", 4], ["SIGINT", 5], ["SIGUSR1", 6]] as const) {
  Deno.test(`${signal} is passed on to the program, and exec ends as the program does`, async () => {
    await using stage = await openStage();
    await keepSession(stage);
    const script = 'trap "exit 3" TERM; trap "exit 4" HUP; trap "exit 5" INT; trap "exit 6" USR1; ' +
      "echo pid=$$.; while :; do sleep 0.05; done";
    await using running = startAwsmfa(stage, ["exec", "--", "sh", "-c", script]);
    const [, pid = ""] = await running.prints(/pid=(\d+)\./);
    running.kill(signal);
    assert.equal((await running.ends()).code, code);
    assert.ok(!isAlive(Number(pid)), "no child is left");
  });
}

Deno.test("a program that SIGTERM ends without a word ends exec with 143, and no child is left", async () => {
  await using stage = await openStage();
  await keepSession(stage);
  await using running = startAwsmfa(stage, ["exec", "--", "sh", "-c", "echo pid=$$.; exec sleep 600"]);
  const [, pid = ""] = await running.prints(/pid=(\d+)\./);
  running.kill("SIGTERM");
  assert.equal((await running.ends()).code, 143);
  assert.ok(!isAlive(Number(pid)));
});

Deno.test({
  ...needs("python3"),
  name: "on a terminal the program has that terminal, its size, and what is typed",
  fn: async () => {
    await using stage = await openStage();
    await keepSession(stage);
    const script = "test -t 0 && test -t 1 && test -t 2 && echo a terminal of $(stty size); " +
      'read line; echo "typed: $line."';
    await using terminal = open(stage, ["sh", "-c", script]);
    await terminal.shows("a terminal of 24 80");
    await terminal.type("hello\r");
    await terminal.shows("typed: hello.");
    assert.equal(await terminal.ends(), 0, terminal.screen());
  },
});

Deno.test({
  ...needs("python3"),
  name: "Ctrl-C reaches the program once, which decides what becomes of it",
  fn: async () => {
    await using stage = await openStage();
    await keepSession(stage);
    const script = 'n=0; trap "n=\\$((n+1)); echo caught \\$n." INT; echo ready; ' +
      'i=0; while [ $i -lt 600 ] && [ $n -lt 2 ]; do sleep 0.05; i=$((i+1)); done; echo "in all $n"; exit 7';
    await using terminal = open(stage, ["sh", "-c", script]);
    await terminal.shows("ready\r\n");
    await terminal.type(CTRL_C);
    await terminal.shows("caught 1.");
    await terminal.type(CTRL_C);
    await terminal.shows("in all 2\r\n");
    assert.equal(await terminal.ends(), 7, "awsmfa waited for the program");
    assert.ok(!terminal.screen().includes("caught 3"));
  },
});

Deno.test({
  ...needs("python3"),
  name: "Ctrl-C ends a program that does not care, and exec with 130",
  fn: async () => {
    await using stage = await openStage();
    await keepSession(stage);
    await using terminal = open(stage, ["sh", "-c", "echo ready; exec sleep 600"]);
    await terminal.shows("ready\r\n");
    await terminal.type(CTRL_C);
    assert.equal(await terminal.ends(), 130, terminal.screen());
  },
});

Deno.test({
  ...needs("python3"),
  name: "exec asks for the code on the terminal, and then the program has it",
  fn: async () => {
    await using stage = await openStage();
    await using terminal = open(stage, ["sh", "-c", 'read line; echo "typed: $line."']);
    await terminal.shows("Code of mfa/alice for profile 'default': ");
    await terminal.type(`${stage.code()}\r`);
    await terminal.type("for the program\r");
    await terminal.shows("typed: for the program.");
    assert.equal(await terminal.ends(), 0, terminal.screen());
  },
});

function open(stage: Stage, program: readonly string[]): Terminal {
  const { command, args } = findProgram();
  const words = [command, ...args, "exec", "--", ...program];
  return openTerminal(words, stage.home.path, endpoints(stage.sts));
}

/** Those that were there before: the AWS CLI has files of its own. */
function filesOfAws(stage: Stage, before: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(stage.filesOfUser()).filter(([name]) => name in before));
}
