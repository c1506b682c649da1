import assert from "node:assert/strict";
import { openCorporateStage, STS_HOST } from "../support/corporate_stage.ts";
import type { ProxyOptions } from "../support/connect_proxy.ts";
import { assertFails } from "../support/failure.ts";
import { openStage } from "../support/stage.ts";
import { awsTls } from "../support/tls_files.ts";

/** In every proxy's password: it must be found nowhere. */
const CANARY = "hunter2hunter2";
const TARGET = `${STS_HOST}:443`;
const NAME_IT =
  "HTTPS_PROXY=http://USER:PASSWORD@HOST:PORT, with @ : / # ? % of the password as %40 %3A %2F %23 %3F %25";

/** An address with a user and the canary for a password. */
function withCanary(url: string, more = ""): string {
  return url.replace("//", `//me:${CANARY}${more}@`);
}

Deno.test("HTTPS_PROXY is used, with a bundle of authorities too, and AWS's names are left to it", async () => {
  await using stage = await openCorporateStage();
  await stage.login([], { env: { ...stage.env, HTTPS_PROXY: stage.proxy.url } });
  assert.deepEqual([...new Set(stage.proxy.asked)], [TARGET]);
  assert.equal(stage.sts.requests.length, 2);
});

const CHOICES: [what: string, env: (url: string) => Record<string, string>, used: boolean][] = [
  [
    "https_proxy before HTTPS_PROXY",
    (url) => ({ https_proxy: url, HTTPS_PROXY: "http://127.0.0.1:1" }),
    true,
  ],
  ["HTTPS_PROXY before ALL_PROXY", (url) => ({ HTTPS_PROXY: url, ALL_PROXY: "http://127.0.0.1:1" }), true],
  ["all_proxy alone", (url) => ({ all_proxy: url }), true],
  ["an empty one is none", (url) => ({ https_proxy: "", ALL_PROXY: url }), true],
  ["an address without a scheme", (url) => ({ HTTPS_PROXY: url.replace("http://", "") }), true],
  ["a user without a password", (url) => ({ HTTPS_PROXY: url.replace("//", "//bob@") }), true],
  ["HTTP_PROXY is for http only", () => ({ HTTP_PROXY: "http://127.0.0.1:1" }), false],
  ["NO_PROXY, a suffix", () => ({ HTTPS_PROXY: "http://127.0.0.1:1", NO_PROXY: "x, .AmazonAWS.com" }), false],
  ["NO_PROXY, a star", () => ({ HTTPS_PROXY: "http://127.0.0.1:1", no_proxy: "*" }), false],
  ["NO_PROXY, another port", (url) => ({ HTTPS_PROXY: url, NO_PROXY: `${STS_HOST}:8443` }), true],
];
for (const [what, env, used] of CHOICES) {
  Deno.test(`one rule says which proxy is used: ${what}`, async () => {
    await using stage = await openCorporateStage();
    const ran = await stage.awsmfa([stage.code(), "--serial", stage.user.serial], {
      env: { ...stage.env, ...env(stage.proxy.url) },
    });
    assert.deepEqual(stage.proxy.asked, used ? [TARGET] : [], ran.stderr);
    // Nobody has AWS's name on this machine: who goes there directly fails, and says so.
    assert.equal(ran.code, used ? 0 : 6, ran.stderr);
    if (!used) assert.match(ran.stderr, /^awsmfa: (unknown host|can't reach|no connection to) /);
  });
}

Deno.test("this machine is never reached through a proxy: a code would go to it in plain text", async () => {
  await using stage = await openStage();
  const env = Object.fromEntries(
    ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"].map((name) => [name, "http://127.0.0.1:1"]),
  );
  await stage.login([], { env });
  const { port } = new URL(stage.sts.url);
  await stage.login(["-f"], { env: { ...env, AWS_ENDPOINT_URL_STS: `http://localhost:${port}` } });
  assert.equal(stage.sts.requests.length, 3);
});

const UNUSABLE: [what: string, value: string, why: string][] = [
  ["a blank behind it", `http://me:${CANARY}@127.0.0.1:1 `, "contains a space or a line ending"],
  ["a Windows line end", `http://me:${CANARY}@127.0.0.1:1\r`, "contains a space or a line ending"],
  ["quotes", `"http://me:${CANARY}@127.0.0.1:1"`, "contains a quote"],
  ["http without its colon", `http//127.0.0.1:1`, "has more than a host and a port"],
  ["SOCKS 4", "socks4://127.0.0.1:1", "names a SOCKS 4 proxy; http, https, socks5 and socks5h are possible"],
  ["another scheme", `ftp://me:${CANARY}@127.0.0.1:1`, "does not begin with http://"],
  ["a / in the password", `http://me:${CANARY}/x@127.0.0.1:1`, "has a / ? # or \\ in its user or password"],
  ["a # in the password", `http://me:${CANARY}#x@127.0.0.1:1`, "has a / ? # or \\ in its user or password"],
  ["a path", "http://127.0.0.1:1/proxy.pac", "has more than a host and a port"],
  ["a port that is none", `http://me:${CANARY}@127.0.0.1:70000`, "has no host, or a port that is none"],
  ["no host", "http://:3128", "has no host, or a port that is none"],
];
for (const [what, value, why] of UNUSABLE) {
  Deno.test(`a proxy that can't be used is refused before a code is asked for, and never passed by: ${what}`, async () => {
    await using stage = await openCorporateStage();
    await assertFails(stage, [stage.code()], { code: 2, says: `HTTPS_PROXY ${why}`, hint: NAME_IT }, {
      env: { ...stage.env, HTTPS_PROXY: value },
    });
    const doctor = await stage.awsmfa(["doctor"], { env: { ...stage.env, HTTPS_PROXY: value } });
    assert.equal(doctor.code, 1);
    assert.ok(doctor.stdout.includes(`problem  network     HTTPS_PROXY ${why}\n`), doctor.stdout);
    assert.ok(!doctor.stdout.includes(CANARY));
  });
}

const SCHEMES = { "proxy-authenticate": 'Basic realm="corp"' };
const REFUSALS: [
  what: string,
  options: ProxyOptions,
  user: boolean,
  says: (host: string) => string,
  hint: string,
][] = [
  [
    "a password, and none is named",
    { status: 407, headers: SCHEMES },
    false,
    (host) => `the proxy ${host} wants a user and a password (status 407)`,
    NAME_IT,
  ],
  [
    "another password",
    { status: 407, headers: SCHEMES },
    true,
    (host) => `the proxy ${host} does not take the user and password of HTTPS_PROXY (status 407)`,
    NAME_IT,
  ],
  [
    "NTLM only",
    { status: 407, headers: { "proxy-authenticate": "Negotiate, NTLM" } },
    true,
    (host) => `the proxy ${host} wants NTLM or Kerberos (status 407), which awsmfa does not speak`,
    "start a local helper such as cntlm or px, and name that: HTTPS_PROXY=http://127.0.0.1:3128",
  ],
  [
    "it forbids",
    { status: 403 },
    true,
    (host) => `the proxy ${host} refused to connect to ${STS_HOST} (status 403)`,
    "ask who runs the proxy to allow it, or add the host to NO_PROXY where a direct way is open",
  ],
  [
    "a sign-in page",
    { status: 302, headers: { location: `http://portal.example/login?from=${CANARY}` } },
    true,
    (host) => `the proxy ${host} answered with status 302, to http://portal.example/login`,
    "a sign-in page? open http://portal.example/login in a browser",
  ],
  [
    "too many requests",
    { status: 429 },
    true,
    (host) => `the proxy ${host} had too many requests (status 429)`,
    "try again in a minute",
  ],
  [
    "it can't resolve the name",
    { status: 503 },
    true,
    (host) => `the proxy ${host} can't reach ${STS_HOST} (status 503)`,
    "is the region spelled right? If it is, ask who runs the proxy",
  ],
  [
    "it says nothing",
    { status: 0 },
    true,
    (host) => `the proxy ${host} closed the connection`,
    "is it an HTTP proxy? check HTTPS_PROXY, or ask who runs it",
  ],
];
for (const [what, options, user, says, hint] of REFUSALS) {
  Deno.test(`what a proxy refuses for is said, with its status and host, and asked for once: ${what}`, async () => {
    await using stage = await openCorporateStage(options);
    const { proxy } = stage;
    const HTTPS_PROXY = user ? withCanary(proxy.url) : proxy.url;
    await assertFails(stage, [stage.code(), "--serial", stage.user.serial], {
      code: 6,
      says: says(new URL(proxy.url).host),
      hint,
    }, { env: { ...stage.env, HTTPS_PROXY } });
    assert.deepEqual(proxy.asked, [TARGET], "it will not change its mind");
    const authorization = `Basic ${btoa(`me:${CANARY}`)}`;
    assert.ok(proxy.heads.every((head) => head.includes(authorization) === user));
  });
}

Deno.test("a password with signs of its own is written with %40, and comes to the proxy as it is", async () => {
  await using stage = await openCorporateStage();
  const HTTPS_PROXY = withCanary(stage.proxy.url, "%40%2F%23%25");
  await stage.login(["--serial", stage.user.serial], { env: { ...stage.env, HTTPS_PROXY } });
  assert.ok(stage.proxy.heads[0]?.includes(`Basic ${btoa(`me:${CANARY}@/#%`)}\r\n`), stage.proxy.heads[0]);
});

Deno.test("a proxy that is not there, or whose name nobody knows, is told from STS", async () => {
  await using stage = await openCorporateStage();
  const { host } = new URL(stage.proxy.url);
  const HTTPS_PROXY = withCanary(stage.proxy.url);
  await stage.proxy[Symbol.asyncDispose]();
  await assertFails(stage, [stage.code()], {
    code: 6,
    says: `can't reach the proxy ${host}: connection refused`,
    hint: "is it running, and is its port right in HTTPS_PROXY?",
  }, { env: { ...stage.env, HTTPS_PROXY } });
  await assertFails(stage, [stage.code()], {
    code: 6,
    says: "unknown host 'proxy.invalid:3128', the proxy that all_proxy names",
    hint: "is its name spelled right, and is this the network that has it?",
  }, { env: { ...stage.env, all_proxy: withCanary("http://proxy.invalid:3128") } });
});

Deno.test("an https proxy of an unknown authority is blamed, and not STS", async () => {
  await using stage = await openCorporateStage({ tls: awsTls() });
  const env = { ...stage.env, AWS_CA_BUNDLE: "", HTTPS_PROXY: withCanary(stage.proxy.url) };
  const ran = await stage.awsmfa([stage.code(), "--serial", stage.user.serial], { env });
  assert.equal(ran.code, 6);
  assert.ok(
    ran.stderr.startsWith(`awsmfa: can't trust the proxy ${new URL(stage.proxy.url).host}: its TLS `),
    ran.stderr,
  );
});

Deno.test("doctor names the proxy that was used, or that there was none, also when it fails", async () => {
  for (const status of [undefined, 403]) {
    await using stage = await openCorporateStage(status === undefined ? {} : { status });
    const { host } = new URL(stage.proxy.url);
    const env = { ...stage.env, HTTPS_PROXY: withCanary(stage.proxy.url), https_proxy: stage.proxy.url };
    const { code, stdout } = await stage.awsmfa(["doctor"], { env });
    assert.equal(code, status === undefined ? 0 : 1, stdout);
    const line = status === undefined
      ? `ok       network     AWS STS answers in us-east-1, through the proxy ${host} (https_proxy)\n`
      : `(status 403); tried through the proxy ${host} (https_proxy)\n`;
    assert.ok(stdout.includes(line), stdout);
    assert.ok(
      stdout.includes("warning  environment https_proxy and HTTPS_PROXY differ, and https_proxy counts\n"),
    );
    assert.ok(!stdout.includes(CANARY));
  }
});
