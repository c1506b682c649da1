import assert from "node:assert/strict";
import { listing } from "../../../src/domain/shell/shell_commands.ts";
import { FileError, joinHints } from "../../../src/errors.ts";
import { CREDENTIALS } from "../../support/fake_world.ts";
import { play } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const HOSTILE = "x‘ | touch PWNED | ’";
const files = { [CREDENTIALS]: `[default]\n${KEYS}[work]\n${KEYS}[${HOSTILE}]\n${KEYS}` };
const KEY_NAMES = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

const SHELLS: [parentProgram: string, unset: string, set: string, word: string][] = [
  ["bash", `unset ${KEY_NAMES.join(" ")}`, "export AWS_PROFILE=work", `'${HOSTILE}'`],
  [
    "pwsh",
    "Remove-Item Env:AWS_ACCESS_KEY_ID, Env:AWS_SECRET_ACCESS_KEY, Env:AWS_SESSION_TOKEN",
    "$env:AWS_PROFILE = 'work'",
    "'x‘‘ | touch PWNED | ’’'",
  ],
  ["fish", `set -e ${KEY_NAMES.join(" ")}`, "set -gx AWS_PROFILE work", `'${HOSTILE}'`],
  [
    "tcsh",
    KEY_NAMES.map((name) => `unsetenv ${name}`).join("; "),
    "setenv AWS_PROFILE work",
    `'${HOSTILE}'`,
  ],
  ["nu", `hide-env ${KEY_NAMES.join(" ")}`, '$env.AWS_PROFILE = "work"', `"${HOSTILE}"`],
];
for (const [parentProgram, unset, set, word] of SHELLS) {
  Deno.test(`a hint is what ${parentProgram} understands, where awsmfa was started from it`, async () => {
    const login = await play(["-p", "work", "123456"], {
      files,
      parentProgram,
      env: { AWS_ACCESS_KEY_ID: "AKIAOTHER", AWS_PROFILE: "default", SHELL: "/bin/zsh" },
    });
    assert.ok(login.stderr.includes(`\nhint: ${unset}\n`), login.stderr);
    assert.ok(login.stderr.includes(`\nhint: ${set}\n`), login.stderr);

    const doctor = await play(["doctor", "--offline", "-p", "work"], {
      files,
      parentProgram,
      env: { AWS_ACCESS_KEY_ID: "AKIAOTHER" },
    });
    assert.ok(doctor.stdout.includes(`fix: ${unset}\n`), doctor.stdout);
    const json = await play(["doctor", "--offline", "-p", "work", "--json"], {
      files,
      parentProgram,
      env: { AWS_ACCESS_KEY_ID: "AKIAOTHER" },
    });
    const { checks }: { checks: { fix?: string }[] } = JSON.parse(json.stdout);
    assert.ok(checks.some(({ fix }) => fix === unset));

    // A command that gives up running programs before it knows what to say.
    const status = await play(["status", "-p", HOSTILE], { files, parentProgram });
    assert.ok(status.stderr.includes(`\nhint: awsmfa -p ${word}   (with `), status.stderr);
    const named = await play(["status"], { files, parentProgram, env: { AWS_PROFILE: HOSTILE } });
    assert.equal(named.code, 0);
  });
}

const CANNOT_READ = new FileError(
  "can't read /h/.aws/config: permission denied",
  joinHints(listing("/h/a b/config"), " shows who may"),
);

Deno.test("PowerShell's mark in the environment: every command's words are for the shell that it was started from", async () => {
  const but = {
    readText: (): never => {
      throw CANNOT_READ;
    },
  };
  const env = { PSModulePath: "/opt/microsoft/powershell/7/Modules", SHELL: "/bin/bash" };
  const inPwsh = { files, env, but, parentProgram: "pwsh" };
  // A bash that was started in PowerShell has the variable, too.
  const inBash = { ...inPwsh, parentProgram: "bash" };
  for (
    const args of [["status"], ["logout"], ["--restore"], ["edit"], ["link", "x"], ["123456"], ["doctor"]]
  ) {
    const [{ stdout, stderr }, other] = [await play(args, inPwsh), await play(args, inBash)];
    const told = `: Get-Item -Force -LiteralPath '/h/a b/config' shows who may\n`;
    assert.ok(`${stdout}${stderr}`.includes(told), `${args}: ${stdout}${stderr}`);
    assert.ok(`${other.stdout}${other.stderr}`.includes(": ls -ld '/h/a b/config' shows who may\n"));
  }
});

Deno.test("what doctor says to type, and import's notes, are for the shell in use", async () => {
  const environments: Record<string, Record<string, string>> = {
    // A command that gives up running programs at once goes by the login shell.
    fish: { SHELL: "/usr/bin/fish" },
    bash: { SHELL: "/bin/bash" },
    pwsh: { SHELL: "/bin/bash", PSModulePath: "/m" },
  };
  const config = "/home/alice/.aws/config";
  const odd = "it’s";
  const doctor = async (parentProgram: string): Promise<string> =>
    (await play(["doctor", "--offline"], {
      files: { ...files, [config]: "[team]\nregion = us-east-1\n" },
      parentProgram,
      env: { ...environments[parentProgram], AWS_REGION: "nowhere!", SSLKEYLOGFILE: "/x" },
    })).stdout;
  const ofPwsh = await doctor("pwsh");
  assert.match(ofPwsh, /fix: Remove-Item Env:AWS_REGION\n/);
  assert.match(ofPwsh, /fix: Remove-Item Env:SSLKEYLOGFILE\n/);
  assert.match(await doctor("fish"), /fix: set -e AWS_REGION\n/);
  assert.match(ofPwsh, /fix: perl -pi -e 's[^\n]+ if \$\. == 1' \/home\/alice\/\.aws\/config\n/);

  const vault = `[profile ${odd}]\nmfa_serial = arn:aws:iam::111122223333:mfa/a\nmfa_process = x\n`;
  const imported = async (parentProgram: string): Promise<string> =>
    (await play(["import", config, "--dry-run"], {
      files: { [config]: vault },
      parentProgram,
      env: environments[parentProgram] ?? {},
    })).stdout;
  assert.match(
    await imported("pwsh"),
    /awsmfa setup -p 'it’’s', with what this shows: aws-vault .* 'it’’s'\n/,
  );
  assert.match(await imported("bash"), /awsmfa setup -p 'it’s', with what this shows: aws-vault .* 'it’s'\n/);
});

Deno.test("which shell it is nobody is asked where every hint is the same in all", async () => {
  const but = {
    parentProgram: (): never => {
      throw new Error("asked");
    },
  };
  const { code, stderr } = await play(["status", "--frobnicate"], { files, but });
  assert.deepEqual([code, stderr], [
    2,
    "awsmfa: unknown option '--frobnicate'\nhint: awsmfa status --help\n",
  ]);
  assert.equal((await play(["status"], { files, but })).code, 0);
  assert.equal((await play(["-p", "work", "123456"], { files, but })).code, 0);
});
