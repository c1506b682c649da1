import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openCorporateStage, STS_HOST } from "../support/corporate_stage.ts";
import { assertFails } from "../support/failure.ts";
import { isRoot } from "../support/machine.ts";
import { works } from "../support/needs.ts";
import { openStage } from "../support/stage.ts";

Deno.test("all of this machine's own addresses are this machine: plain http, no proxy", async () => {
  for (const address of ["127.0.0.2", "::1"]) {
    await using stage = await openStage();
    let requests = 0;
    const server = createServer((_request, response) => {
      requests++;
      response.writeHead(403, { "content-type": "text/xml" });
      response.end(
        "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>",
      );
    });
    await new Promise<void>((resolve) => server.listen(0, address, resolve));
    const { port } = server.address() as AddressInfo;
    const ran = await stage.awsmfa([stage.code(), "--serial", stage.user.serial], {
      env: {
        AWS_ENDPOINT_URL_STS: `http://${address.includes(":") ? `[${address}]` : address}:${port}`,
        HTTP_PROXY: "http://127.0.0.1:1",
      },
    });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    assert.deepEqual([ran.code, requests], [3, 1], ran.stderr);
  }
});

Deno.test("doctor goes on where an endpoint may not be reached, and the way out that it names is one", async () => {
  await using stage = await openStage();
  const env = { AWS_ENDPOINT_URL_STS: "https://sts.corp.example:8443" };
  const { code, stdout } = await stage.awsmfa(["doctor"], { env });
  assert.equal(code, 1);
  assert.match(stdout, /\nok {7}session {5}'default' holds none/);
  const [, fix] =
    /\nproblem {2}network {5}awsmfa is not permitted to reach 'sts\.corp\.example:8443'.*\n +fix: in a copy of its source: (.*)\n/
      .exec(stdout) ?? [];
  assert.equal(fix, "deno run -P=awsmfa --allow-net=sts.corp.example:8443 src/main.ts");
  const [, ...words] = fix.split(" ");
  const source = new URL("../../", import.meta.url).pathname;
  const typed = await stage.home.run(Deno.execPath(), [
    ...words.map((word) => word.startsWith("src/") ? source + word : word),
    "devices",
  ], { env: { ...env, AWS_ENDPOINT_URL_IAM: "https://sts.corp.example:8443" } });
  assert.match(
    typed.stderr,
    /^awsmfa: unknown host 'sts\.corp\.example:8443'$/m,
    "it got as far as the network",
  );
});

Deno.test("a login asks only STS, and does not mind where IAM's endpoint is", async () => {
  await using stage = await openStage();
  await stage.login(["--serial", stage.user.serial], {
    env: { AWS_ENDPOINT_URL_IAM: "https://iam.corp.example" },
  });
});

Deno.test("what a call would be refused for is no reason to refuse a session that is kept", async () => {
  await using stage = await openStage();
  await stage.login();
  const env = { AWS_ENDPOINT_URL_IAM: "https://iam.corp.example", HTTPS_PROXY: "http//" };
  const ran = await stage.awsmfa(["env", "-s", "json"], { env, secretsOnStdout: true });
  assert.equal(ran.code, 0, ran.stderr);
});

Deno.test("what exec runs gets the variables as they were", async () => {
  await using stage = await openCorporateStage();
  const env = {
    ...stage.env,
    HTTPS_PROXY: stage.proxy.url,
    http_proxy: "http://127.0.0.1:2",
    NO_PROXY: "x.example",
    SSL_CERT_FILE: "/nowhere/ca.pem",
  };
  const names = "HTTPS_PROXY https_proxy http_proxy NO_PROXY no_proxy SSL_CERT_FILE DENO_TLS_CA_STORE";
  const script = `for name in ${names}; do eval "echo \\"$name=\\\${$name-unset}\\""; done`;
  const args = ["exec", "--serial", stage.user.serial, "--code", stage.code(), "--", "sh", "-c", script];
  const { code, stdout, stderr } = await stage.awsmfa(args, { env });
  assert.equal(code, 0, stderr);
  assert.deepEqual(stdout.trim().split("\n"), [
    `HTTPS_PROXY=${stage.proxy.url}`,
    "https_proxy=unset",
    "http_proxy=http://127.0.0.1:2",
    "NO_PROXY=x.example",
    "no_proxy=unset",
    "SSL_CERT_FILE=/nowhere/ca.pem",
    "DENO_TLS_CA_STORE=unset",
  ]);
});

/** A network namespace of its own, with nothing but this machine in it, where AWS's name has an IPv4 address. */
const alone = (hosts: string): string[] => [
  "unshare",
  "-n",
  "-m",
  "sh",
  "-c",
  'mount --bind "$1" /etc/hosts && ip link set lo up && shift && exec "$@"',
  "sh",
  hosts,
];

Deno.test({
  ignore: !isRoot || !works([...alone("/etc/hosts"), "true"]),
  name: "where IPv4 leads nowhere, as on a network with IPv6 only, the dual-stack endpoints are named",
  fn: async () => {
    await using stage = await openStage();
    stage.home.write("hosts", `192.0.2.10 ${STS_HOST}\n`);
    const env = { AWS_ENDPOINT_URL_STS: "", AWS_REGION: "us-east-1" };
    const run = { env, through: alone(stage.home.file("hosts")) };
    await assertFails(stage, [stage.code(), "--serial", stage.user.serial], {
      code: 6,
      says: `can't reach ${STS_HOST}: there is no route to it`,
      hint: "on a network with IPv6 only: AWS_USE_DUALSTACK_ENDPOINT=true; else check the network",
    }, run);
    const dual = { ...run, env: { ...env, AWS_USE_DUALSTACK_ENDPOINT: "true" } };
    const ran = await stage.awsmfa([stage.code(), "--serial", stage.user.serial], dual);
    assert.match(ran.stderr, /^awsmfa: unknown host 'sts\.us-east-1\.api\.aws'\n/);
  },
});
