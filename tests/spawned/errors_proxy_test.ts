import assert from "node:assert/strict";
import { startProxy } from "../support/connect_proxy.ts";
import { assertFails } from "../support/failure.ts";
import { openStage, type Stage } from "../support/stage.ts";
import { CA_FILE, serverTls } from "../support/tls_files.ts";

Deno.test("HTTPS_PROXY is used, with a bundle of authorities too", async () => {
  await using stage = await openStage({ tls: serverTls() });
  await using proxy = await startProxy();
  await stage.login([], { env: { ...localhost(stage), HTTPS_PROXY: proxy.url } });
  assert.deepEqual([...new Set(proxy.asked)], [hostOf(stage)]);
  assert.equal(stage.sts.requests.length, 2);
});

Deno.test("NO_PROXY goes around the proxy", async () => {
  await using stage = await openStage({ tls: serverTls() });
  await using proxy = await startProxy(403);
  await stage.login([], { env: { ...localhost(stage), HTTPS_PROXY: proxy.url, NO_PROXY: "localhost" } });
  assert.deepEqual(proxy.asked, []);
});

Deno.test("a proxy that refuses, wants a password or is not there is told from an STS that does", async () => {
  await using stage = await openStage({ tls: serverTls() });
  const env = localhost(stage);
  const rows: [status: number, says: string, hint: string][] = [
    [
      407,
      `the proxy wants a password before it connects to ${hostOf(stage)}`,
      "HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT",
    ],
    [
      403,
      `the proxy refused to connect to ${hostOf(stage)}`,
      "ask who runs the proxy, or add the host to NO_PROXY",
    ],
    [
      502,
      `the proxy refused to connect to ${hostOf(stage)}`,
      "ask who runs the proxy, or add the host to NO_PROXY",
    ],
  ];
  for (const [status, says, hint] of rows) {
    await using proxy = await startProxy(status);
    await assertFails(stage, [stage.code()], { code: 6, says, hint }, {
      env: { ...env, HTTPS_PROXY: proxy.url },
    });
    assert.deepEqual(proxy.asked, [hostOf(stage)], "asked once: it will not change its mind");
  }

  const gone = await startProxy();
  await gone[Symbol.asyncDispose]();
  await assertFails(stage, [stage.code()], {
    code: 6,
    says: `cannot reach ${hostOf(stage)}: connection refused (by it, or by the proxy)`,
    hint: "check the network, and HTTPS_PROXY where one is needed",
  }, { env: { ...env, HTTPS_PROXY: gone.url } });
});

Deno.test("a proxy's password is in no output", async () => {
  await using stage = await openStage({ tls: serverTls() });
  await using proxy = await startProxy(407);
  const address = proxy.url.replace("//", "//me:hunter2hunter2@");
  const ran = await stage.awsmfa([stage.code()], { env: { ...localhost(stage), HTTPS_PROXY: address } });
  assert.equal(ran.code, 6);
  assert.ok(!(ran.stdout + ran.stderr).includes("hunter2"));
});

function hostOf({ sts }: Stage): string {
  return `localhost:${new URL(sts.url).port}`;
}

function localhost(stage: Stage): Record<string, string> {
  return { AWS_ENDPOINT_URL_STS: `https://${hostOf(stage)}`, AWS_CA_BUNDLE: CA_FILE };
}
