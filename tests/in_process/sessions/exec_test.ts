import assert from "node:assert/strict";
import { formatHandedOut } from "../../../src/domain/sessions/handed_out.ts";
import { EXIT, ProgramError } from "../../../src/errors.ts";
import { CACHED, CREDENTIALS, DEVICES, fakeWorld } from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const files = {
  [CREDENTIALS]: "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n",
};

Deno.test("the program gets its words as they are and the session's variables; the AWS files are untouched", async () => {
  const words = ["aws", "s3", "ls", "--", "-p", "a b", ""];
  const { code, stdout, stderr, programs, saves, files: after } = await play([
    "exec",
    "123456",
    "--",
    ...words,
  ], {
    files,
  });
  assert.deepEqual([stdout, stderr, code], ["", "", 0]);
  assert.deepEqual(programs.map(({ program }) => program), [words]);
  assert.deepEqual(Object.fromEntries(programs[0]?.variables ?? []), {
    AWS_ACCESS_KEY_ID: "ASIA0000000000000001",
    AWS_SECRET_ACCESS_KEY: "temporary/secret+1",
    AWS_SESSION_TOKEN: "session//token==1",
    AWS_CREDENTIAL_EXPIRATION: "2026-11-20T21:00:00Z",
    AWS_ACCOUNT_ID: "111122223333",
    AWSMFA_PROFILE: "default",
    AWSMFA_SET: formatHandedOut({
      set: new Map([
        ["AWS_ACCESS_KEY_ID", "ASIA0000000000000001"],
        ["AWS_CREDENTIAL_EXPIRATION", "2026-11-20T21:00:00Z"],
        ["AWS_ACCOUNT_ID", "111122223333"],
        ["AWSMFA_PROFILE", "default"],
      ]),
      was: new Map(),
      options: new Map(),
      files: new Map(),
      keyId: undefined,
    }),
    AWS_PROFILE: undefined,
    AWS_DEFAULT_PROFILE: undefined,
    AWS_SECURITY_TOKEN: undefined,
    AWS_ROLE_ARN: undefined,
    AWS_ROLE_SESSION_NAME: undefined,
    AWS_WEB_IDENTITY_TOKEN_FILE: undefined,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: undefined,
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: undefined,
    AWS_VAULT: undefined,
    AWSUME_PROFILE: undefined,
    AWSUME_EXPIRATION: undefined,
    AWS_SSO_PROFILE: undefined,
    AWS_SESSION_EXPIRATION: undefined,
  });
  assert.deepEqual(saves, [CACHED, DEVICES]);
  assert.equal(after[CREDENTIALS], files[CREDENTIALS]);
});

Deno.test("the region goes along where it is known", async () => {
  const { programs } = await play(["exec", "--region", "eu-west-1", "123456", "--", "x"], { files });
  assert.equal(programs[0]?.variables.get("AWS_REGION"), "eu-west-1");
  assert.equal(programs[0]?.variables.get("AWS_DEFAULT_REGION"), "eu-west-1");
});

Deno.test("awsmfa ends with the program's exit code", async () => {
  for (const exitCode of [0, 1, 3, 42, 130, 137, 143, 255]) {
    const { code, stdout, stderr } = await play(["exec", "123456", "--", "x"], { files, exitCode });
    assert.deepEqual([stdout, stderr, code], ["", "", exitCode]);
  }
});

Deno.test("the code is asked for, and the next program needs none", async () => {
  const fake = fakeWorld({ files, answers: ["123456"] });
  for (const program of ["one", "two"]) {
    assert.equal((await playIn(fake, ["exec", "--", program])).code, 0);
  }
  assert.deepEqual(fake.questions.length, 1);
  assert.deepEqual(fake.programs.map(({ program }) => program[0]), ["one", "two"]);
  assert.deepEqual(fake.programs[0]?.variables, fake.programs[1]?.variables);
});

const NO_PROGRAM: [args: string[], hint: string][] = [
  [["exec"], "awsmfa exec -- aws sts get-caller-identity"],
  [["exec", "--"], "awsmfa exec -- aws sts get-caller-identity"],
  [["exec", "123456", "--"], "awsmfa exec -- aws sts get-caller-identity"],
  [["exec", "terraform", "plan"], "awsmfa exec -- terraform plan"],
];
for (const [args, hint] of NO_PROGRAM) {
  Deno.test(`without a program behind -- it says what is meant: awsmfa ${args.join(" ")}`, async () => {
    const played = await play(args, { files, answers: ["123456"] });
    assertFailed(played, {
      code: 2,
      stderr: `awsmfa: no program given; put it after --\nhint: ${hint}\n`,
      files,
    });
    assert.deepEqual([played.questions, played.requests, played.programs], [[], [], []]);
  });
}

Deno.test("a program that is not there is told, and ends with 127", async () => {
  const runProgram = (): never => {
    throw new ProgramError("can't run 'nope': there is no such program", "is it installed?", 127);
  };
  const { code, stdout, stderr } = await play(["exec", "123456", "--", "nope"], {
    files,
    but: { runProgram },
  });
  assert.equal(stderr, "awsmfa: can't run 'nope': there is no such program\nhint: is it installed?\n");
  assert.deepEqual([stdout, code], ["", 127]);
});

Deno.test("where there is no session the program is not run", async () => {
  const played = await play(["exec", "--", "x"], { files });
  assertFailed(played, { code: EXIT.usage, stderr: /^awsmfa: an MFA code is required/, files });
  assert.deepEqual(played.programs, []);
});
