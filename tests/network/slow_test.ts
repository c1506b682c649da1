import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cleanEnvironment } from "../../scripts/program.ts";
import { answerXml } from "../../scripts/local_sts/answers.ts";
import { openCorporateStage } from "../support/corporate_stage.ts";
import { assertFails } from "../support/failure.ts";
import { needs } from "../support/needs.ts";
import { endpoints, openStage } from "../support/stage.ts";

Deno.test("a proxy that needs 7 seconds is waited for", async () => {
  await using stage = await openCorporateStage({ delayMs: 7_000 });
  await stage.login(["--serial", stage.user.serial], { env: { ...stage.env, HTTPS_PROXY: stage.proxy.url } });
  assert.equal(stage.sts.requests.length, 1);
});

Deno.test("an answer that takes 8 seconds is read to its end, and asked for once", async () => {
  await using stage = await openStage();
  const credentials = {
    AccessKeyId: "ASIAIOSFODNN7EXAMPLE",
    SecretAccessKey: stage.user.secretAccessKey.toLowerCase(),
    SessionToken: "FwoGZXIvYXdzEBYaD",
    Expiration: new Date(Date.now() + 43_200_000).toISOString(),
  };
  const xml = answerXml("sts", "GetSessionToken", { Credentials: credentials }, "id");
  let requests = 0;
  const server = createServer((_request, response) => {
    requests++;
    response.writeHead(200, { "content-type": "text/xml", "content-length": xml.length });
    for (let i = 0; i < 8; i++) {
      const part = xml.slice(Math.floor(xml.length * i / 8), Math.floor(xml.length * (i + 1) / 8));
      setTimeout(() => response.write(part), 1000 * (i + 1));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await stage.login(["--serial", stage.user.serial], { env: endpoints({ url }) });
  assert.equal(requests, 1);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

Deno.test("the AWS CLI's limits of the profile count, and AWSMFA_TIMEOUT before them", async () => {
  await using stage = await openStage();
  stage.sts.behave({ hang: true });
  stage.home.write(".aws/config", "[default]\ncli_connect_timeout = 1\ncli_read_timeout = 1\n");
  const { host } = new URL(stage.sts.url);
  const hint = "wait for the next code, then try again";
  for (const [seconds, env] of [[2, {}], [4, { AWSMFA_TIMEOUT: "2" }]] as const) {
    const says = `${host} didn't answer in time (${seconds}s); the code may be used`;
    await assertFails(stage, [stage.code(), "--serial", stage.user.serial], {
      code: 6,
      says,
      hint,
      requests: 1,
    }, { env });
  }
  await assertFails(stage, [stage.code()], {
    code: 2,
    says: "AWSMFA_TIMEOUT: '1m' is not a number of seconds",
    hint: "for example 30; at most 600",
  }, { env: { AWSMFA_TIMEOUT: "1m" } });
});

/** Takes two connections and accepts none: whoever comes then gets no answer to his first packet. */
const FULL = `
import socket, time
s = socket.socket(); s.bind(("127.0.0.1", 0)); s.listen(0)
kept = []
for _ in range(3):
    c = socket.socket(); c.setblocking(False); c.connect_ex(s.getsockname()); kept.append(c)
time.sleep(0.2)
print(s.getsockname()[1], flush=True)
time.sleep(600)
`;

Deno.test({
  ...needs("python3"),
  name: "where no connection comes about, the limit is that of connecting, and the code is not used",
  fn: async () => {
    await using stage = await openStage();
    const env = cleanEnvironment("/nowhere");
    const child = new Deno.Command("python3", { args: ["-c", FULL], env, clearEnv: true, stdout: "piped" })
      .spawn();
    try {
      const reader = child.stdout.getReader();
      const port = new TextDecoder().decode((await reader.read()).value).trim();
      await reader.cancel();
      await assertFails(stage, [stage.code(), "--serial", stage.user.serial], {
        code: 6,
        says: `no connection to 127.0.0.1:${port} in 2s`,
        hint: "check the network, and HTTPS_PROXY where one is needed",
      }, { env: { AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}`, AWSMFA_TIMEOUT: "2" } });
    } finally {
      child.kill("SIGKILL");
      await child.status;
    }
  },
});

Deno.test("four credential-process at once on a dead network share one attempt, and end together", async () => {
  await using stage = await openStage();
  const { home, sts, user } = stage;
  sts.behave({ hang: true });
  home.write("code.txt", sts.code(user.serial));
  const env = { AWSMFA_TIMEOUT: "5" };
  const args = [
    "credential-process",
    "--serial",
    user.serial,
    "--code-command",
    `cat ${home.file("code.txt")}`,
  ];
  const ran = await Promise.all(Array.from({ length: 4 }, () => stage.awsmfa(args, { env })));
  for (const { code, stdout, stderr } of ran) {
    assert.deepEqual([code, stdout], [6, ""]);
    assert.match(stderr, /(^|\n)awsmfa: \S+ didn't answer in time \(10s\); the code may be used\n/);
  }
  assert.equal(sts.requests.length, 1, "one asked");
  sts.behave({ hang: false });
  const later = await stage.awsmfa(args, { env, secretsOnStdout: true });
  assert.equal(later.code, 0, later.stderr);
});

Deno.test("doctor asks at once, and each question has its own short limit", async () => {
  await using stage = await openStage();
  await using silent = await openStage();
  silent.sts.behave({ hang: true });
  const before = performance.now();
  const ran = await stage.awsmfa(["doctor"], { env: { AWS_ENDPOINT_URL_IAM: silent.sts.url } });
  assert.equal(ran.code, 0, ran.stdout);
  assert.equal(
    [...ran.stdout.matchAll(/didn't answer in time \(10s\); tried directly/g)].length,
    2,
    ran.stdout,
  );
  assert.ok(performance.now() - before < 19_000, "not one after the other");
});

Deno.test("an answer that stalls in the middle ends with the limit, and is not asked for again", async () => {
  await using stage = await openStage();
  let requests = 0;
  const server = createServer((_request, response) => {
    requests++;
    response.writeHead(200, { "content-type": "text/xml", "content-length": 1000 });
    response.write("<GetSessionTokenResponse>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const env = { ...endpoints({ url }), AWSMFA_TIMEOUT: "1" };
  await assertFails(stage, [stage.code(), "--serial", stage.user.serial], {
    code: 6,
    says: `${new URL(url).host} didn't answer in time (2s); the code may be used`,
    hint: "wait for the next code, then try again",
  }, { env });
  assert.equal(requests, 1);
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
