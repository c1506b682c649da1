import assert from "node:assert/strict";
import type { FailureKind } from "../../../scripts/local_sts/server.ts";
import { assertFails } from "../../support/failure.ts";
import { openStage, type Stage } from "../../support/stage.ts";

const checkNetwork = "check the network, and HTTPS_PROXY where one is needed";

Deno.test("an address where nobody listens is named", async () => {
  await using stage = await openStage();
  const host = new URL(stage.sts.url).host;
  await stage.sts.close();
  await assertFails(stage, ["123456"], {
    code: 6,
    says: `can't reach ${host}: connection refused`,
    hint: checkNetwork,
  });
});

Deno.test("an address that is neither AWS's nor this machine's is refused before anything is sent, with the way out", async () => {
  await using stage = await openStage();
  for (const host of ["sts.example.com", "sts.us-east-1.amazonaws.com.example.com", "192.0.2.1:8443"]) {
    for (const variable of ["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"]) {
      const env = { AWS_ENDPOINT_URL_STS: "", [variable]: `https://${host}` };
      const says = `awsmfa is not permitted to reach '${host}', only AWS's own hosts and this machine`;
      const hint = `in a copy of its source: deno run -P=awsmfa --allow-net=${host} src/main.ts`;
      await assertFails(stage, ["123456"], { code: 6, says, hint }, { env });
    }
  }
});

Deno.test("AWS_ENDPOINT_URL names the address where AWS_ENDPOINT_URL_STS does not", async () => {
  await using stage = await openStage();
  await stage.login([], { env: { AWS_ENDPOINT_URL_STS: "", AWS_ENDPOINT_URL: stage.sts.url } });
  assert.equal(stage.sts.requests.length, 2);
  await stage.login([], { env: { AWS_ENDPOINT_URL: "http://127.0.0.1:1" } });
  assert.equal(stage.sts.requests.length, 3);
});

const passing: [kind: FailureKind, count: number][] = [
  ["throttle", 1],
  ["throttle", 2],
  ["500", 1],
  ["500", 2],
  ["503", 1],
  ["503", 2],
];

for (const [kind, count] of passing) {
  Deno.test(`an STS in trouble is asked again, and then answers: ${kind}, ${count} times`, async () => {
    await using stage = await openStage();
    stage.sts.behave({ failNext: { count, kind } });
    await stage.login(["--serial", stage.user.serial]);
    assert.deepEqual(
      stage.sts.requests.map(({ status }) => status === 200),
      [...Array.from({ length: count }, () => false), true],
    );
  });
}

const lasting: [kind: FailureKind, code: number, says: (stage: Stage) => string, hint: string][] = [
  [
    "throttle",
    3,
    () => "AWS refused: too many requests, even after several retries",
    "try again in a minute",
  ],
  [
    "500",
    6,
    () =>
      "AWS refused: InternalFailure: The request processing has failed because of an unknown error, exception or failure.",
    "AWS is having problems; try again later",
  ],
  [
    "503",
    6,
    () => "AWS refused: ServiceUnavailable: The request has failed due to a temporary failure of the server.",
    "AWS is having problems; try again later",
  ],
  [
    "reset",
    6,
    ({ sts }) => `${new URL(sts.url).host} closed the connection; the code may be used`,
    "wait for the next code, then try again",
  ],
];

for (const [kind, code, says, hint] of lasting) {
  Deno.test(`an STS that stays in trouble is given up on, and no file changes: ${kind}`, async () => {
    await using stage = await openStage();
    stage.sts.behave({ failNext: { count: 99, kind } });
    await assertFails(stage, [stage.code(), "--serial", stage.user.serial], {
      code,
      says: says(stage),
      hint,
      // A code that AWS may have seen is not sent again; an older Deno's fetch does so by itself.
      requests: kind === "reset" ? [1, 2] : 3,
    });
  });
}

Deno.test("what carries no code is asked for again after a broken connection", async () => {
  await using stage = await openStage();
  stage.sts.behave({ failNext: { count: 2, kind: "reset" } });
  await stage.login();
  assert.deepEqual(
    stage.sts.requests.map(({ action, status }) => `${action} ${status}`),
    ["GetCallerIdentity 0", "GetCallerIdentity 0", "GetCallerIdentity 200", "GetSessionToken 200"],
  );
});
