import assert from "node:assert/strict";
import { findProgram } from "../../../scripts/program.ts";
import { quotePosix } from "../../../src/shells/posix.ts";
import { HOSTILE_NAMES } from "../../support/hostile_names.ts";
import { type Home, makeHome } from "../../support/home.ts";
import { needs, needsPwsh } from "../../support/needs.ts";

const { ignore } = needsPwsh();

/** What is typed -> what is offered at its end, as it would stand in the line. */
const OFFERED: [typed: string, offered: string[]][] = [
  ["sta", ["status"]],
  ["STA", ["status"]],
  ["-p wo", ["work"]],
  ["-p WO", ["work"]],
  ["--profile wo", ["work"]],
  ["--profile=wo", ["--profile=work"]],
  ["--profile=WO", ["--profile=work"]],
  ["status --profile=wo", ["--profile=work"]],
  ["login -p hom", ["'home office'"]],
  ["login -p 'hom", ["'home office'"]],
  ['login -p "hom', ["'home office'"]],
  ["login --profile=hom", ["--profile='home office'"]],
  ["login --profile='home o", ["--profile='home office'"]],
  ["--to only", ["only-in-config"]],
  ["--source-profile d", ["default"]],
  ["-p login credential-p", ["credential-process"]],
  ["env -s fi", ["fish"]],
  ["env --shell=po", ["--shell=powershell"]],
  ["env --unse", ["--unset"]],
  ["doctor --off", ["--offline"]],
  ["completions pow", ["powershell"]],
  ["edit cred", ["credentials"]],
  ["exec -- awsmfa-hel", ["awsmfa-helper"]],
  ["exec -p work -- awsmfa sta", ["status"]],
  ["exec -- git-like --col", ["--colour"]],
  ["import ", ["./aws-mfa.yaml"]],
  ["import aws", ["./aws-mfa.yaml"]],
  ["import --dr", ["--dry-run"]],
  ["link ", []],
  ["link ne", []],
  ["--serial ", []],
  ["12345", []],
  ["status -- ", []],
];

Deno.test({
  ignore,
  name:
    "PowerShell completes commands, options, their values, profiles in any case, files where files are meant",
  fn: async () => {
    await using home = makeHome();
    const env = await prepare(home, ["default", "work", "home office"]);
    const lines = OFFERED.map(([typed]) => `awsmfa ${typed}`);
    const script = `
      Register-ArgumentCompleter -Native -CommandName git-like -ScriptBlock { '--colour' }
      $global:LASTEXITCODE = 42
      foreach ($line in ConvertFrom-Json ${quotePowershell(JSON.stringify(lines))}) {
        $matches = (TabExpansion2 $line $line.Length).CompletionMatches
        ConvertTo-Json -Compress @($matches | ForEach-Object CompletionText)
      }
      $global:LASTEXITCODE`;
    const { code, stdout, stderr } = await runPowershell(home, script, env);
    assert.deepEqual([code, stderr], [0, ""]);
    const offered = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
    assert.equal(offered.pop(), 42, "the exit code of the last command is as before");
    for (const [i, [typed, expected]] of OFFERED.entries()) {
      assert.deepEqual(offered[i].filter((text: string | null) => text !== null), expected, typed);
    }
  },
});

Deno.test({
  ignore: ignore || needs("python3").ignore,
  name: "every hostile name that PowerShell completes is received as itself, and nothing of it is run",
  fn: async () => {
    await using home = makeHome();
    const env = await prepare(home, HOSTILE_NAMES);
    const script = `
      foreach ($start in 'awsmfa -p ', 'awsmfa --profile=') {
        $offered = TabExpansion2 $start $start.Length
        foreach ($match in $offered.CompletionMatches) {
          Invoke-Expression ($start.Substring(0, $offered.ReplacementIndex) + $match.CompletionText)
        }
      }`;
    const { code, stderr } = await runPowershell(home, script, env);
    assert.deepEqual([code, stderr], [0, ""]);
    const got: string[][] = home.read("got").trimEnd().split("\n").map((line) => JSON.parse(line));
    const names = (await home.awsmfa(["__complete", "profiles"])).stdout.trimEnd().split("\n");
    assert.deepEqual(names.toSorted(), HOSTILE_NAMES.toSorted());
    assert.deepEqual(got, [
      // PowerShell hands this to no program as a word of its own: it is offered where it is a part of one.
      ...names.filter((name) => name !== "--%").map((name) => ["-p", name]),
      ...names.map((name) => [`--profile=${name}`]),
    ]);
    assert.ok(![...Deno.readDirSync(home.file("place"))].some(({ name }) => name === "PWNED"));
  },
});

Deno.test({
  ignore,
  name:
    "started from PowerShell, what awsmfa says to type is PowerShell's, also of a command that may run nothing",
  fn: async () => {
    await using home = makeHome();
    const keys = "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = " + "a".repeat(40);
    home.write(".aws/credentials", `[default]\n${keys}\n[--%]\n${keys}\n`);
    home.write("a ‘b’/creds", `[default]\n${keys}\n`);
    Deno.chmodSync(home.file("a ‘b’/creds"), 0o400);
    const { command, args } = findProgram();
    const awsmfa = `& ${[command, ...args].map(quotePowershell).join(" ")}`;
    const script = `
      ${awsmfa} status --profile='--%' 2>&1 | ForEach-Object { "$_" }
      ${awsmfa} env -p nobody 2>&1 | ForEach-Object { "$_" }
      $env:AWS_SHARED_CREDENTIALS_FILE = '${home.file("a ‘‘b’’/creds")}'
      ${awsmfa} 123456 2>&1 | ForEach-Object { "$_" }
      $env:AWS_REGION = 'nowhere!'
      ${awsmfa} doctor --offline 2>&1 | ForEach-Object { "$_" }`;
    home.write("completions.ps1", "");
    Deno.mkdirSync(home.file("place"));
    const { stdout } = await runPowershell(home, script, { SHELL: "/bin/bash" });
    assert.match(stdout, /^hint: awsmfa --profile='--%' {3}\(with its own keys/m);
    assert.match(stdout, /^throw 'awsmfa env failed';$/m);
    assert.match(stdout, /^hint: Set-ItemProperty -LiteralPath '\S+a ‘‘b’’\/creds' IsReadOnly \$false$/m);
    assert.match(stdout, /^ +fix: Remove-Item Env:AWS_REGION$/m);
  },
});

Deno.test("PowerShell's script is ASCII: 5.1 reads a file without a mark, and every pipe, in its code page", async () => {
  await using home = makeHome();
  assert.match((await home.awsmfa(["completions", "powershell"])).stdout, /^[\n -~]+$/);
});

Deno.test("what PowerShell asks comes in ASCII, each name with its word; -- is no value", async () => {
  await using home = makeHome();
  home.write(".aws/credentials", "[default]\n[Ünï 😀]\n[a\\b]\n[--]\n");
  const { stdout } = await home.awsmfa(["__complete", "profiles", "--shell", "powershell"]);
  assert.equal(
    stdout,
    "default\tdefault\n" +
      "'\\u00dcn\\u00ef \\ud83d\\ude00'\t\\u00dcn\\u00ef \\ud83d\\ude00\n" +
      "'a\\u005cb'\ta\\u005cb\n",
  );
});

/** The profiles, and an `awsmfa` that completes as the real one does, and else writes down what it was given. */
async function prepare(home: Home, names: readonly string[]): Promise<Record<string, string>> {
  home.write(".aws/credentials", names.map((name) => `[${name}]\n`).join(""));
  if (names.includes("work")) home.write(".aws/config", "[profile only-in-config]\n[profile login]\n");
  const { command, args } = findProgram();
  const real = [command, ...args].map(quotePosix).join(" ");
  home.write(
    "bin/awsmfa",
    `#!/bin/sh\n[ "$1" = __complete ] && exec ${real} "$@"\n` +
      `python3 -c 'import json, sys; print(json.dumps(sys.argv[1:]))' "$@" >> ${
        quotePosix(home.file("got"))
      }\n`,
  );
  home.write("bin/awsmfa-helper", "#!/bin/sh\n");
  for (const name of ["awsmfa", "awsmfa-helper"]) Deno.chmodSync(home.file(`bin/${name}`), 0o700);
  home.write("place/aws-mfa.yaml", "");
  home.write("completions.ps1", (await home.awsmfa(["completions", "powershell"])).stdout);
  return { PATH: `${home.file("bin")}:${Deno.env.get("PATH") ?? ""}` };
}

async function runPowershell(
  home: Home,
  script: string,
  env: Record<string, string>,
): ReturnType<Home["run"]> {
  const place = quotePowershell(home.file("place"));
  const inHome = `Set-StrictMode -Version Latest\nSet-Location ${place}\n. ../completions.ps1\n`;
  home.write("script/run.ps1", inHome + script);
  return await home.run("pwsh", ["-NoProfile", "-NonInteractive", "-File", home.file("script/run.ps1")], {
    env: { ...env, NO_COLOR: "1" },
  });
}

function quotePowershell(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
