import assert from "node:assert/strict";
import { awsmfaOnPath } from "../../support/awsmfa_on_path.ts";
import { assertFails } from "../../support/failure.ts";
import { needs } from "../../support/needs.ts";
import { shells } from "../../support/shells.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const SESSION = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_CREDENTIAL_EXPIRATION",
];
const PRINT = new URL("../../support/print_variables.py", import.meta.url).pathname;
const WHO = "aws sts get-caller-identity --query Arn --output text --region us-east-1";

for (const { name, ready, command, evaluations, evaluates, run } of shells) {
  const [evaluate] = evaluations;
  // tclsh is no shell that anybody works in: there its name is said.
  const format = evaluates ?? (name === "tclsh" ? name : undefined);
  const env = format === undefined ? "awsmfa env" : `awsmfa env -s ${format}`;

  Deno.test({
    ignore: ready.ignore || needs("aws").ignore,
    name: `${name} takes a session from awsmfa env, the AWS CLI uses it, and --unset takes it away`,
    fn: async () => {
      await using stage = await openStage();
      const { home, sts, user } = stage;
      await stage.awsmfa(["env", "-s", "json", stage.code()], { secretsOnStdout: true });
      const before = filesOfAws(stage);
      const count = sts.requests.length;
      // nushell takes the session as JSON, and can't hide variables by it.
      const unset = name === "nu" ? `hide-env ${SESSION.join(" ")}` : evaluate(`${env} --unset`);
      home.write("script", [evaluate(env), run(WHO), unset, run(WHO), ""].join("\n"));
      const [program, ...args] = command;
      const ran = await home.run(program, [...args, home.file("script")], {
        env: { ...awsmfaOnPath(home), AWS_PROFILE: "default", TERM: "" },
      });
      assert.deepEqual([ran.code, ran.stdout], [0, `${user.arn}\n${user.arn}\n`], ran.stderr);
      const [session, keys, ...more] = sts.requests.slice(count).map(({ accessKeyId }) => accessKeyId);
      assert.match(session ?? "", /^ASIA/);
      assert.deepEqual([keys, more], [user.accessKeyId, []], "and now the keys of the file");
      assert.deepEqual(filesOfAws(stage), before, "no file of AWS is touched");
    },
  });
}

for (const { name, ready, command, evaluations, evaluates, orExit, run } of shells) {
  const format = evaluates ?? (name === "tclsh" ? name : undefined);
  const env = format === undefined ? "awsmfa env" : `awsmfa env -s ${format}`;
  const [program, ...args] = command;
  const print = run(`python3 ${PRINT} AWS_`);

  Deno.test({
    ignore: ready.ignore || needs("python3").ignore,
    name: `${name} takes the session and lets it go in each way that people type, and ends with success`,
    fn: async () => {
      await using stage = await openStage();
      const { home } = stage;
      const json = ["env", "-s", "json", stage.code()];
      const session: Record<string, string> = JSON.parse(
        (await stage.awsmfa(json, { secretsOnStdout: true })).stdout,
      );
      const lines = evaluations.flatMap((evaluate) => [
        orExit(evaluate(env)),
        print,
        ...name === "nu" ? [] : [orExit(evaluate(`${env} --unset`)), print],
      ]);
      home.write("script", `${lines.join("\n")}\n`);
      const ran = await home.run(program, [...args, home.file("script")], {
        env: { ...awsmfaOnPath(home), AWS_PROFILE: "default", AWS_SECURITY_TOKEN: "old", TERM: "" },
      });
      assert.deepEqual([ran.code, name === "nu" ? "" : ran.stderr], [0, ""], ran.stderr);
      const printed = ran.stdout.trimEnd().split("\n").map((line) => readVariables(line));
      assert.equal(printed.length, name === "nu" ? 1 : 2 * evaluations.length);
      const others = ["AWS_DEFAULT_PROFILE", "AWS_SECURITY_TOKEN"];
      for (const [i, variables] of printed.entries()) {
        const expected = i % 2 === 0 ? session : {};
        for (const each of SESSION) assert.equal(variables[each], expected[each], `${each}, way ${i >> 1}`);
        if (name !== "nu") {
          for (const each of others) assert.ok(!(each in variables), `${each}, way ${i >> 1}`);
          // What env took away for the session comes back.
          const profile = i % 2 === 0 ? undefined : "default";
          assert.equal(variables["AWS_PROFILE"], profile, `AWS_PROFILE, way ${i >> 1}`);
        }
      }
    },
  });

  Deno.test({
    ...ready,
    name: `${name} does not go on with the former credentials where awsmfa env fails`,
    fn: async () => {
      await using stage = await openStage();
      const { home } = stage;
      const path = awsmfaOnPath(home);
      for (const evaluate of evaluations.slice(0, 3)) {
        const lines = [orExit(evaluate(`${env} -p nobody`)), run("echo went on"), ""];
        home.write("script", lines.join("\n"));
        const ran = await home.run(program, [...args, home.file("script")], {
          env: { ...path, AWS_ACCESS_KEY_ID: "FORMER", TERM: "" },
        });
        assert.notEqual(ran.code, 0, `${lines[0]}: ${ran.stderr}`);
        assert.equal(ran.stdout, "", lines[0]);
        assert.match(ran.stderr, /awsmfa: no profile 'nobody'/);
      }
    },
  });
}

Deno.test("the shell is that of the parent process, else SHELL, and -s goes before both", async () => {
  await using stage = await openStage();
  const { home } = stage;
  await stage.awsmfa(["env", "-s", "sh", stage.code()], { secretsOnStdout: true });
  const PATH = awsmfaOnPath(home);
  const forms: [shell: string, start: string][] = [
    ["bash", "export AWS_ACCESS_KEY_ID='ASIA"],
    ["fish", "set -gx AWS_ACCESS_KEY_ID 'ASIA"],
    ["tcsh", "setenv AWS_ACCESS_KEY_ID 'ASIA"],
    ["nu", 'load-env {"AWS_ACCESS_KEY_ID":"ASIA'],
    ["pwsh", "$Env:AWS_ACCESS_KEY_ID = 'ASIA"],
    ["elvish", "set-env AWS_ACCESS_KEY_ID 'ASIA"],
  ];
  for (const [shell, start] of forms) {
    // From the test itself, whose name is that of no shell.
    const ran = await stage.awsmfa(["env"], { env: { SHELL: `/usr/bin/${shell}` }, secretsOnStdout: true });
    assert.ok(ran.stdout.startsWith(start), `SHELL=${shell}: ${ran.stderr}`);
    const asked = await stage.awsmfa(["env", "-s", shell], {
      env: { SHELL: "/bin/zsh" },
      secretsOnStdout: true,
    });
    assert.equal(asked.stdout, ran.stdout);
  }
  for (const { name, ready, command: [shell, ...options] } of shells) {
    if (ready.ignore || name === "tclsh") continue;
    // The line after it keeps the shell from giving its place to the last command.
    home.write("script", "awsmfa env\ntrue\n");
    const ran = await home.run(shell, [...options, home.file("script")], {
      env: { ...PATH, SHELL: "/usr/bin/elvish", TERM: "" },
    });
    const [, start = ""] = forms.find(([form]) => form === name) ?? forms[0] ?? [];
    assert.ok(ran.stdout.startsWith(start), `started by ${name}: ${ran.stdout.slice(0, 20)} ${ran.stderr}`);
  }
});

Deno.test({
  ignore: needs("bash").ignore,
  name: "PowerShell is known where it is a tool of .NET, whose program is dotnet",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    // What dotnet runs is the first file of its line, as for bash.
    Deno.mkdirSync(home.file("net/tools/.store/power shell/7.6.9"), { recursive: true });
    const bash = await home.run("sh", ["-c", "command -v bash"]);
    Deno.copyFileSync(bash.stdout.trim(), home.file("net/dotnet"));
    const dll = "net/tools/.store/power shell/7.6.9/pwsh.dll";
    home.write(dll, "awsmfa env --unset\ntrue\n");
    const ran = await home.run(home.file("net/dotnet"), [home.file(dll), "-NoLogo"], {
      env: { ...awsmfaOnPath(home), SHELL: "/bin/bash" },
    });
    assert.deepEqual(
      [ran.code, ran.stdout.split("\n")[0]],
      [0, "$Env:AWS_ACCESS_KEY_ID = $null;"],
      ran.stderr,
    );
  },
});

Deno.test("awsmfa env prints the session's variables and the region", async () => {
  await using stage = await openStage();
  stage.home.write(".aws/config", "[default]\nregion = eu-west-1\n");
  const before = stage.filesOfUser();
  const { code, stdout, stderr } = await stage.awsmfa(["env", "-s", "json", stage.code()], {
    secretsOnStdout: true,
  });
  assert.deepEqual([code, stderr], [0, ""]);
  const variables: Record<string, string> = JSON.parse(stdout);
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token, ...rest } =
    variables;
  assert.match(id ?? "", /^ASIA[A-Z2-7]{16}$/);
  assert.match(secret ?? "", /^\S{40}$/);
  assert.match(token ?? "", /^\S{300,}$/);
  const { AWS_CREDENTIAL_EXPIRATION: until, ...others } = rest;
  assert.match(until ?? "", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  const { AWSMFA_SET: mark, ...told } = others;
  assert.match(mark ?? "", /^[\w.~:,-]+$/);
  assert.deepEqual(told, {
    AWSMFA_PROFILE: "default",
    AWS_ACCOUNT_ID: "123456789012",
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
  });
  assert.deepEqual(stage.filesOfUser(), before);
});

Deno.test({
  ...needs("python3"),
  name: "a program takes JSON into its environment as it is, and first takes away what the array names",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    await keyIdFromEnv(stage, [stage.code()]);
    home.write(
      "take.py",
      `import json, os, subprocess
ask = lambda *more: json.loads(subprocess.check_output(["awsmfa", "env", "-p", "default", "-s", "json", *more]))
for name in ask("--unset"):
    os.environ.pop(name, None)
os.environ.update(ask())
print(os.environ["AWS_ACCESS_KEY_ID"][:4], os.environ.get("AWS_PROFILE"))
`,
    );
    const env = { ...awsmfaOnPath(home), AWS_PROFILE: "default" };
    assert.deepEqual(await home.run("python3", [home.file("take.py")], { env }), {
      code: 0,
      stdout: "ASIA None\n",
      stderr: "",
    });
  },
});

Deno.test("one code serves env in every shell, the next profile of the same key, and a login", async () => {
  await using stage = await openStage();
  stage.home.write(".aws/credentials", section("default", stage.user) + section("work", stage.user));
  const first = await keyIdFromEnv(stage, [stage.code()]);
  const count = stage.sts.requests.length;
  assert.equal(await keyIdFromEnv(stage, []), first);
  assert.equal(await keyIdFromEnv(stage, ["-p", "work"]), first);
  assert.match((await stage.awsmfa(["-p", "work"])).stdout, /, reusing an earlier login\.\n$/);
  assert.equal(stage.sts.requests.length, count);
});

Deno.test("every format ends its lines with \\n, and --unset names the four variables", async () => {
  await using stage = await openStage();
  await keyIdFromEnv(stage, [stage.code()]);
  for (
    const shell of [
      "bash",
      "fish",
      "tcsh",
      "tclsh",
      "pwsh",
      "cmd",
      "nu",
      "elvish",
      "json",
      "dotenv",
      "docker",
    ]
  ) {
    for (const unset of [[], ["--unset"]]) {
      const { code, stdout, stderr } = await stage.awsmfa(["env", "-s", shell, ...unset], {
        secretsOnStdout: true,
      });
      assert.deepEqual([code, stderr], [0, ""], shell);
      assert.ok(stdout.endsWith("\n") && !stdout.includes("\r"), shell);
      for (const name of SESSION) assert.ok(stdout.includes(name), `${name} in ${shell}`);
    }
  }
});

Deno.test("in GitHub Actions the variables go to the file, and the masks to stdout", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write("github_env", "BEFORE=1\n");
  const env = { GITHUB_ENV: home.file("github_env") };
  const { code, stdout } = await stage.awsmfa(["env", "-s", "github", stage.code()], {
    env,
    secretsOnStdout: true,
  });
  assert.equal(code, 0);
  const lines = home.read("github_env").split("\n");
  assert.equal(lines[0], "BEFORE=1");
  const valueOf = (name: string): string | undefined =>
    lines.find((line) => line.startsWith(`${name}=`))?.slice(name.length + 1);
  assert.equal(
    stdout,
    `::add-mask::${valueOf("AWS_SECRET_ACCESS_KEY")}\n::add-mask::${valueOf("AWS_SESSION_TOKEN")}\n`,
  );
  assert.match(valueOf("AWS_ACCESS_KEY_ID") ?? "", /^ASIA/);
});

Deno.test("awsmfa env without a session and a terminal, or for an unknown shell, prints a line that fails at most", async () => {
  await using stage = await openStage();
  await assertFails(stage, ["env", "-s", "bash"], {
    code: 2,
    says: "an MFA code is required, but there is no terminal to ask for it",
    hint: "awsmfa 123456",
  });
  const names =
    "bash, zsh, sh, dash, ksh, fish, csh, tcsh, tclsh, powershell, pwsh, cmd, nu, nushell, elvish, " +
    "json, dotenv, docker, github";
  await assertFails(stage, ["env", "-s", "basj", "123456"], {
    code: 2,
    says: "--shell: 'basj' is not known",
    hint: `one of ${names}`,
  });
  await assertFails(stage, ["env", "-s", "github", "123456"], {
    code: 2,
    stdout: "",
    says: "GITHUB_ENV is not set",
    hint: "-s github is for a step of a GitHub Actions workflow",
  });
});

async function keyIdFromEnv(stage: Stage, args: string[]): Promise<string> {
  const ran = await stage.awsmfa(["env", "-s", "json", ...args], { secretsOnStdout: true });
  assert.equal(ran.code, 0, ran.stderr);
  return JSON.parse(ran.stdout).AWS_ACCESS_KEY_ID;
}

/** What print_variables.py printed: hex of the values, by name. */
function readVariables(line: string): Record<string, string> {
  const hex: Record<string, string> = JSON.parse(line);
  const text = (value: string): string => new TextDecoder().decode(Uint8Array.fromHex(value));
  return Object.fromEntries(Object.entries(hex).map(([name, value]) => [name, text(value)]));
}

/** Shells keep files of their own in a home. */
function filesOfAws(stage: Stage): Record<string, string> {
  return Object.fromEntries(Object.entries(stage.files()).filter(([name]) => /^\.aws(\/|$)/.test(name)));
}
