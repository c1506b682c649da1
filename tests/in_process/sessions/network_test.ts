import assert from "node:assert/strict";
import { NetworkError, UsageError } from "../../../src/errors.ts";
import { CREDENTIALS, NOW } from "../../support/fake_world.ts";
import { assertFailed, play } from "../play.ts";

const FILES = { [CREDENTIALS]: "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = s3cret\n" };

Deno.test("what a setting of the way to AWS is refused for comes before the question for a code", async () => {
  const played = await play([], {
    files: FILES,
    answers: ["123456"],
    prepareCalls: () => {
      throw new UsageError("HTTPS_PROXY contains a quote", "HTTPS_PROXY=http://HOST:PORT");
    },
  });
  assertFailed(played, {
    code: 2,
    stderr: /^awsmfa: HTTPS_PROXY contains a quote\nhint: .*\n$/,
    files: FILES,
  });
  assert.deepEqual(played.questions, []);
});

Deno.test("the limits and the bundle of the profile count where no variable says otherwise", async () => {
  const config = { "/home/alice/.aws/config": "[default]\nca_bundle = ~/ca.pem\ncli_read_timeout = 7\n" };
  const { requests: [asked] } = await play(["123456"], { files: { ...FILES, ...config } });
  assert.deepEqual(asked?.access.caBundle, {
    value: "/home/alice/ca.pem",
    source: "ca_bundle of profile 'default'",
  });
  assert.deepEqual(asked?.access.limits, { connectSeconds: 10, answerSeconds: 7 });
  const env = { AWS_CA_BUNDLE: "/x.pem", AWSMFA_TIMEOUT: "3" };
  const { requests: [other] } = await play(["123456"], { files: { ...FILES, ...config }, env });
  assert.deepEqual(other?.access.caBundle, { value: "/x.pem", source: "AWS_CA_BUNDLE" });
  assert.deepEqual(other?.access.limits, { connectSeconds: 3, answerSeconds: 3 });
});

const CODE_COMMAND = ["credential-process", "--code-command", "code", "--serial", "GAHT12345678"];
const NOTE = "/home/alice/.aws/awsmfa/unreachable";

Deno.test("who waited while the network failed another fails with it; who comes later asks", async () => {
  for (const [at, code, calls] of [[NOW, 6, 0], [new Date(NOW.getTime() - 1000), 0, 1]] as const) {
    const note = JSON.stringify({ at: at.toISOString(), message: "sts did not answer", hint: "check" });
    const played = await play(CODE_COMMAND, {
      files: { ...FILES, [NOTE]: note },
      codeCommand: () => "123456",
    });
    assert.deepEqual([played.code, played.requests.length], [code, calls], played.stderr);
    if (code === 6) assert.equal(played.stderr, "awsmfa: sts did not answer\nhint: check\n");
  }
});

Deno.test("a network that fails is noted for those who wait, and no other failure is", async () => {
  const failing = await play(CODE_COMMAND, {
    files: FILES,
    codeCommand: () => "123456",
    sts: () => {
      throw new NetworkError("sts did not answer", "check");
    },
  });
  assert.equal(failing.code, 6);
  assert.deepEqual(JSON.parse(failing.files[NOTE] ?? ""), {
    at: NOW.toISOString(),
    message: "sts did not answer",
    hint: "check",
  });
  const other = await play(CODE_COMMAND, {
    files: FILES,
    codeCommand: () => {
      throw new UsageError("no code", "code");
    },
  });
  assert.deepEqual([other.code, NOTE in other.files], [2, false]);
});
