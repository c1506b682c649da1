import assert from "node:assert/strict";
import { CREDENTIALS } from "../../support/fake_world.ts";
import { assertFailed, play } from "../play.ts";

const files = {
  [CREDENTIALS]: "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n",
};

Deno.test("without a code, it is asked for once the device is known", async () => {
  const { code, questions, requests, stdout } = await play([], { files, answers: ["123456"] });
  assert.deepEqual(questions, ["Code of mfa/alice for profile 'default': "]);
  assert.equal(requests[0]?.request.code, "123456");
  assert.match(stdout, /^Logged in to 'default'/);
  assert.equal(code, 0);
});

Deno.test("what is not six digits is asked for again, and not sent", async () => {
  const { code, questions, requests } = await play([], { files, answers: ["", "12345", "abc", "123 456"] });
  assert.equal(questions.length, 4);
  assert.deepEqual(questions.slice(1), Array(3).fill("Enter the six digits: "));
  assert.deepEqual(requests.map(({ request }) => request.code), ["123456"]);
  assert.equal(code, 0);
});

Deno.test("the end of input at the question cancels, and nothing was changed", async () => {
  for (const answers of [[], ["12345"]]) {
    const played = await play([], { files, answers });
    assertFailed(played, {
      code: 130,
      stderr: "awsmfa: cancelled; nothing was changed\n",
      files,
    });
    assert.deepEqual(played.requests, []);
  }
});

Deno.test("without a code and without a terminal, the hint is how to give one", async () => {
  assertFailed(await play([], { files }), {
    code: 2,
    stderr: "awsmfa: an MFA code is required, but there is no terminal to ask for it\nhint: awsmfa 123456\n",
    files,
  });
});

Deno.test("a dash reads the code from stdin, also where there is a terminal", async () => {
  for (const stdin of ["123456", "123 456\r"]) {
    const { code, requests, questions } = await play(["-"], { files, stdin, answers: ["654321"] });
    assert.deepEqual(requests.map(({ request }) => request.code), ["123456"]);
    assert.deepEqual(questions, []);
    assert.equal(code, 0);
  }
});

Deno.test("stdin without a code is wrong usage, and what it held is not repeated", async () => {
  for (const stdin of ["", "hunter2", "12345"]) {
    const played = await play(["-"], { files, stdin });
    assertFailed(played, {
      code: 2,
      stderr: /^awsmfa: stdin has no MFA code\nhint: .*echo 123456 \| awsmfa -\n$/,
    });
    assert.ok(stdin === "" || !played.stderr.replace("123456", "").includes(stdin));
  }
});

Deno.test("two codes are wrong usage", async () => {
  assertFailed(await play(["111111", "222222"], { files }), {
    code: 2,
    stderr: /^awsmfa: more than one MFA code given\nhint: /,
    files,
  });
});

Deno.test("a profile's name in place of the code: it is told where one goes", async () => {
  assertFailed(await play(["work", "111111"], { files }), {
    code: 2,
    stderr: /^awsmfa: unknown command 'work'\nhint: awsmfa --help; for a profile: awsmfa -p work\n$/,
  });
});

Deno.test("where nobody can be asked for the code, AWS is not asked for the device either", async () => {
  for (const args of [[], ["env"], ["exec", "--", "true"]]) {
    const { code, identityCalls, deviceLists } = await play(args, { files });
    assert.deepEqual([code, identityCalls, deviceLists], [2, [], []]);
  }
});
