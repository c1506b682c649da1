import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { cleanEnvironment, findProgram } from "../../../scripts/program.ts";
import { keepSession } from "../../support/cached_session.ts";
import { openStage, type Stage } from "../../support/stage.ts";

const PRELOAD = fileURLToPath(new URL("../../support/poke.ts", import.meta.url));
const DOC = fileURLToPath(new URL("../../../docs/permissions.md", import.meta.url));

interface Poked {
  /** When: as AWS is asked, as a program is started, or at the end. */
  readonly where: "AWS" | "program" | "end";
  readonly read: boolean;
  readonly write: boolean;
  readonly run: boolean;
  readonly hosts: readonly string[];
}

/** What each command is poked at, and with what it is called. */
const ROWS: [row: string, where: Poked["where"], args: string[], stdin?: string][] = [
  ["`awsmfa`, with a code", "AWS", ["123456"]],
  ["`awsmfa`, with a code command", "AWS", ["--code-command", "/bin/echo 123456"]],
  ["`awsmfa --dry-run`", "end", ["--dry-run"]],
  ["`env`", "AWS", ["env", "-s", "sh", "123456"]],
  ["`credential-process`, with a code command", "AWS", [
    "credential-process",
    "--code-command",
    "/bin/echo 123456",
  ]],
  ["`exec`", "program", ["exec", "--", "/bin/true"]],
  ["`devices`", "AWS", ["devices"]],
  ["`doctor`", "AWS", ["doctor"]],
  ["`doctor --offline`", "end", ["doctor", "--offline"]],
  [
    "`setup`",
    "AWS",
    ["setup", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", "--region", "us-east-1"],
    "wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY\n",
  ],
  ["`status`", "end", ["status"]],
  ["`logout`", "end", ["logout"]],
  ["`restore`", "end", ["restore"]],
  ["`link`", "end", ["link", "tool"]],
  ["`import`", "end", ["import", "HOME/.aws/credentials", "--yes"]],
  ["`edit`", "program", ["edit", "--editor", "/bin/true"]],
  ["`completions`", "end", ["completions", "bash"]],
];

const HEAD =
  "| command | read files | write files | run programs | reach |\n| --- | --- | --- | --- | --- |\n";

Deno.test({
  ignore: Boolean(Deno.env.get("AWSMFA_BIN")),
  name: "docs/permissions.md says what each command can still do, as poking from inside finds it",
  fn: async () => {
    const rows: string[] = [];
    for (const [row, where, args, stdin] of ROWS) {
      await using stage = await openStage();
      if (row === "`exec`") await keepSession(stage);
      const found = await poked(stage, args, row === "`exec`", stdin);
      const there = found.filter((each) => each.where === where);
      assert.ok(there[0] !== undefined, `${row}: ${JSON.stringify(found)}`);
      rows.push(`| ${[row, ...cells(there[0])].join(" | ")} |\n`);
    }
    const doc = Deno.readTextFileSync(DOC).replace(/ +/g, " ").replace(/-{3,}/g, "---");
    const [, table = ""] = /(\| command [^]*?\n)\n/.exec(doc) ?? [];
    assert.equal(table, (HEAD + rows.join("")).replace(/ +/g, " "));
  },
});

Deno.test({
  ignore: Boolean(Deno.env.get("AWSMFA_BIN")),
  name: "where another endpoint is named, only that machine is reached",
  fn: async () => {
    await using stage = await openStage();
    const [first] = await poked(stage, [stage.code()], true);
    assert.deepEqual([first?.where, first?.hosts], ["AWS", ["localhost:6379", "127.0.0.1:6379"]]);
  },
});

Deno.test({
  ignore: Boolean(Deno.env.get("AWSMFA_BIN")),
  name: "in a region that this version does not know, all of AWS's hosts stay, and this machine does not",
  fn: async () => {
    await using stage = await openStage();
    const [first] = await poked(stage, ["123456", "--region", "xx-new-1"], false);
    assert.equal(first?.where, "AWS");
    assert.ok(first.hosts.includes("anything.s3.amazonaws.com"));
    assert.ok(!first.hosts.some((host) => /:6379$/.test(host)));
  },
});

function cells({ read, write, run, hosts }: Poked): string[] {
  const yes = (can: boolean): string => can ? "yes" : "";
  const reach = hosts.length === 0
    ? ""
    : hosts.includes("anything.s3.amazonaws.com")
    ? "AWS"
    : hosts.map((host) => `\`${host}\``).join(", ");
  return [yes(read), yes(write), yes(run), reach];
}

/** Of AWS itself, as far as awsmfa is concerned, or of the stage's local STS. */
async function poked(stage: Stage, args: readonly string[], local: boolean, stdin = ""): Promise<Poked[]> {
  const program = findProgram();
  const [run = "", ...flags] = program.args;
  const child = new Deno.Command(program.command, {
    args: [run, `--preload=${PRELOAD}`, ...flags, ...args.map((arg) => arg.replace("HOME", stage.home.path))],
    env: cleanEnvironment(
      stage.home.path,
      local ? { AWS_ENDPOINT_URL_STS: stage.sts.url, AWS_ENDPOINT_URL_IAM: stage.sts.url } : {},
    ),
    clearEnv: true,
    stdin: "piped",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin));
  await writer.close();
  const { stderr } = await child.output();
  const text = new TextDecoder().decode(stderr);
  const lines = [...text.matchAll(/^poked (.*)$/gm)].map(([, json = ""]): Poked => JSON.parse(json));
  assert.ok(lines.length > 0, text);
  return lines;
}
