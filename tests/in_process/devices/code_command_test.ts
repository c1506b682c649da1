import assert from "node:assert/strict";
import { StsRefusal } from "../../../src/domain/aws/sts_refusal.ts";
import { NoCredentialsError } from "../../../src/errors.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const PROFILE = { [home.CREDENTIALS]: `[default]\n${KEYS}` };
const PROCESS = { ...PROFILE, [home.CONFIG]: "[default]\nmfa_process = of-profile aws\n" };

const SOURCES: [what: string, args: string[], setup: home.FakeSetup, command: string][] = [
  [
    "--code-command before all",
    ["--code-command", "of-flag aws"],
    { files: PROCESS, env: { AWSMFA_CODE_COMMAND: "of-env" } },
    "of-flag aws",
  ],
  [
    "AWSMFA_CODE_COMMAND before the profile",
    [],
    { files: PROCESS, env: { AWSMFA_CODE_COMMAND: "of-env x" } },
    "of-env x",
  ],
  ["mfa_process of the profile", [], { files: PROCESS, env: { AWSMFA_CODE_COMMAND: "" } }, "of-profile aws"],
  [
    "mfa_process of the source profile",
    ["-p", "work"],
    {
      files: {
        ...PROCESS,
        [home.CONFIG]: `${PROCESS[home.CONFIG]}[profile work]\nsource_profile = default\n`,
      },
    },
    "of-profile aws",
  ],
];
for (const [what, args, setup, command] of SOURCES) {
  Deno.test(`the code comes from ${what}, and nobody is asked`, async () => {
    const played = await play(args, { ...setup, answers: ["654321"], codeCommand: () => " 123 456\n" });
    assert.match(played.stdout, /^Logged in to '\w+'/);
    assert.equal(played.code, 0);
    assert.deepEqual([played.commands, played.questions], [[command], []]);
    assert.deepEqual(played.requests.map(({ request }) => request.code), ["123456"]);
  });
}

Deno.test("a code on the command line, on stdin or in a flag is used instead", async () => {
  for (const args of [["123456"], ["-"], ["-m", "123456"]]) {
    const { code, commands, requests } = await play(["--code-command", "x", ...args], {
      files: PROCESS,
      stdin: "123456\n",
    });
    assert.equal(code, 0);
    assert.deepEqual([commands, requests[0]?.request.code], [[], "123456"]);
  }
});

Deno.test("while a session is valid the program is not run", async () => {
  const fake = home.fakeWorld({ files: PROCESS, codeCommand: () => "123456" });
  for (const args of [[], [], ["env", "-s", "sh"], ["exec", "--", "x"], ["credential-process"]]) {
    assert.equal((await playIn(fake, args)).code, 0);
  }
  assert.equal(fake.commands.length, 1);
});

Deno.test("env and exec run it under the lock of the key, so that of several at once one asks AWS", async () => {
  for (const args of [["env", "-s", "sh"], ["exec", "--", "x"]]) {
    const { code, locks, saves } = await play(args, { files: PROCESS, codeCommand: () => "123456" });
    assert.deepEqual([code, locks, saves], [0, [home.CACHED], [home.CACHED, home.DEVICES]]);
  }
});

Deno.test("a role of more than an hour takes a code of its own from the program, with no word", async () => {
  const config = "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n" +
    "duration_seconds = 7200\n[default]\nmfa_process = x\n";
  const { code, stderr, roleRequests } = await play(["-p", "r"], {
    files: { ...PROFILE, [home.CONFIG]: config },
    codeCommand: () => "123456",
  });
  assert.equal(code, 0);
  assert.doesNotMatch(stderr, /A code is needed/);
  assert.equal(roleRequests[0]?.request.mfa?.code, "123456");
});

const BAD: [what: string, printed: string, told: string][] = [
  ["nothing", "", "nothing"],
  ["blank lines", "\n \n", "nothing"],
  ["two codes", "123456\n654321\n", "2 different codes"],
  ["no code", "SECRET\n", "no six digits"],
  ["seven digits", "1234567\n", "no six digits"],
];
for (const [what, printed, told] of BAD) {
  Deno.test(`a code command that prints ${what} is told by its name, and what it printed is not`, async () => {
    for (const args of [[], ["env", "-s", "sh"], ["exec", "--", "x"], ["credential-process"]]) {
      const played = await play(args, {
        files: PROFILE,
        env: { AWSMFA_CODE_COMMAND: "oathtool --totp SEED" },
        codeCommand: () => printed,
        answers: ["123456"],
      });
      assertFailed(played, {
        code: 4,
        stderr: `awsmfa: the code command 'oathtool' printed ${told}\n` +
          "hint: it must print one six-digit code on stdout\n",
        files: PROFILE,
      });
      assert.deepEqual([played.requests, played.questions, played.programs], [[], [], []]);
    }
  });
}

Deno.test("a code command that fails or hangs ends the login, and nobody is asked instead", async () => {
  const codeCommand = (): never => {
    throw new NoCredentialsError("the code command 'x' took longer than 30s", "run it by itself");
  };
  const played = await play(["--code-command", "x"], { files: PROFILE, codeCommand, answers: ["123456"] });
  assertFailed(played, {
    code: 4,
    stderr: /^awsmfa: the code command 'x' took longer than 30s\n/,
    files: PROFILE,
  });
  assert.deepEqual(played.questions, []);
});

Deno.test("the device is found before the program is run: a profile without one runs none", async () => {
  const played = await play([], {
    files: PROCESS,
    codeCommand: () => "123456",
    callerArn: () => "arn:aws:sts::111122223333:assumed-role/x/y",
  });
  assertFailed(played, { code: 4, stderr: /belong to an assumed role/, files: PROCESS });
  assert.deepEqual(played.commands, []);
});

Deno.test("a code that is refused while the clock is off: how far, by the answer, and that codes made here fail for it", async () => {
  const sts = (): never => {
    throw new StsRefusal(
      "AccessDenied",
      "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
      1,
      120,
    );
  };
  const files = {
    [home.CREDENTIALS]: "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n",
  };
  const hint = "hint: this machine's clock is 2m ahead of AWS's: codes that are made on it fail for that (";
  const made = await play(["--code-command", "oathtool x"], { files, sts, codeCommand: () => "123456\n" });
  assert.ok(
    made.stderr.includes(`(it is the code that the code command 'oathtool' printed)\n${hint}`),
    made.stderr,
  );
  const typed = await play([], { files, sts, answers: ["123456", "234567", "345678"] });
  assert.equal(typed.stderr.split(hint).length, 4, typed.stderr);
});

Deno.test("AWSMFA_CODE_TIMEOUT gives a code command longer; one that is no time is refused before anything else", async () => {
  const env = { AWSMFA_CODE_TIMEOUT: "2m" };
  const made = await play(["--code-command", "dialog"], {
    files: PROFILE,
    env,
    codeCommand: () => "123456\n",
  });
  assert.equal(made.code, 0, made.stderr);
  for (const value of ["0", "61m", "soon"]) {
    const played = await play(["--code-command", "x"], {
      files: PROFILE,
      env: { AWSMFA_CODE_TIMEOUT: value },
    });
    assertFailed(played, { code: 2, stderr: /^awsmfa: .*AWSMFA_CODE_TIMEOUT/ });
    assert.deepEqual([played.commands, played.identityCalls], [[], []]);
  }
});
