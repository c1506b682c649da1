import assert from "node:assert/strict";
import { CREDENTIALS } from "../support/fake_world.ts";
import { play } from "./play.ts";

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
