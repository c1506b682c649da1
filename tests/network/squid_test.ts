import assert from "node:assert/strict";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { cleanEnvironment } from "../../scripts/program.ts";
import { type CorporateStage, openCorporateStage, STS_HOST } from "../support/corporate_stage.ts";
import { makeHome } from "../support/home.ts";
import { needs } from "../support/needs.ts";

const CANARY = "canary7canary7";
const HELPERS = "/usr/lib/squid";

/** A real squid on 127.0.0.1, which leaves all connections to a proxy of the test's own. */
async function startSquid(stage: CorporateStage, rules: string): Promise<AsyncDisposable & { host: string }> {
  const home = makeHome();
  Deno.chmodSync(home.path, 0o777);
  const port = await freePort();
  home.write("passwords", `me:${await hashed(CANARY)}\n`);
  Deno.chmodSync(home.file("passwords"), 0o644);
  home.write(
    "squid.conf",
    `http_port 127.0.0.1:${port}
pid_filename none
cache deny all
access_log none
cache_log ${home.path}/cache.log
coredump_dir ${home.path}
shutdown_lifetime 0 seconds
dns_nameservers 127.0.0.1
dns_timeout 1 second
dns_retransmit_interval 1 second
cache_peer 127.0.0.1 parent ${new URL(stage.proxy.url).port} 0 no-query default
${rules.replaceAll("PASSWORDS", home.file("passwords"))}
`,
  );
  const env = cleanEnvironment("/nowhere");
  const options = { env, clearEnv: true, stdout: "null", stderr: "null" } as const;
  // Its segments of shared memory have this name: another user's squid may have left some of the usual one.
  const name = `awsmfa${crypto.randomUUID().replaceAll("-", "").slice(0, 12)}`;
  const child = new Deno.Command("squid", {
    args: ["-N", "-n", name, "-f", home.file("squid.conf")],
    ...options,
  })
    .spawn();
  for (let tries = 0; !await listens(port); tries++) {
    if (tries > 200) {
      throw new Error(`squid does not start: ${Deno.readTextFileSync(home.file("cache.log"))}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    host: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      // It takes its shared memory away when it is asked to end.
      child.kill("SIGTERM");
      await child.status;
      await home[Symbol.asyncDispose]();
    },
  };
}

const PARENT = "never_direct allow all\n";
const BASIC = `auth_param basic program ${HELPERS}/basic_ncsa_auth PASSWORDS
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all
${PARENT}`;
const NTLM = `auth_param ntlm program ${HELPERS}/ntlm_fake_auth
acl known proxy_auth REQUIRED
http_access allow known
http_access deny all
${PARENT}`;

/** `says` is how the error goes on behind the proxy's name. */
const ROWS: [what: string, rules: string, password: string | undefined, code: number, says: string][] = [
  ["an open one", `http_access allow all\n${PARENT}`, undefined, 0, ""],
  ["one with a password", BASIC, CANARY, 0, ""],
  ["no password", BASIC, undefined, 6, "wants a user and a password (status 407)"],
  ["a wrong password", BASIC, "x", 6, "does not take the user and password of HTTPS_PROXY (status 407)"],
  ["NTLM only", NTLM, CANARY, 6, "wants NTLM or Kerberos (status 407), which awsmfa does not speak"],
  ["one that forbids", "http_access deny all\n", CANARY, 6, `refused to connect to ${STS_HOST} (status 403)`],
  [
    "a name that it can't resolve",
    "http_access allow all\nalways_direct allow all\n",
    CANARY,
    6,
    `can't reach ${STS_HOST} (status 50`,
  ],
];
for (const [what, rules, password, code, says] of ROWS) {
  Deno.test({
    ...needs("squid", "openssl"),
    name: `with a real squid: ${what}`,
    fn: async () => {
      await using stage = await openCorporateStage();
      await using squid = await startSquid(stage, rules);
      const HTTPS_PROXY = `http://${password === undefined ? "" : `me:${password}@`}${squid.host}`;
      const env = { ...stage.env, HTTPS_PROXY };
      const ran = await stage.awsmfa([stage.code(), "--serial", stage.user.serial], { env });
      assert.equal(ran.code, code, ran.stderr);
      if (code !== 0) {
        assert.ok(ran.stderr.startsWith(`awsmfa: the proxy ${squid.host} ${says}`), ran.stderr);
      }
      const doctor = await stage.awsmfa(["doctor"], { env });
      assert.ok(doctor.stdout.includes(`through the proxy ${squid.host} (HTTPS_PROXY)`), doctor.stdout);
      assert.ok(![ran, doctor].some(({ stdout, stderr }) => (stdout + stderr).includes(CANARY)));
    },
  });
}

async function hashed(password: string): Promise<string> {
  const { stdout } = await new Deno.Command("openssl", {
    args: ["passwd", "-apr1", password],
    env: cleanEnvironment("/nowhere"),
    clearEnv: true,
  }).output();
  return new TextDecoder().decode(stdout).trim();
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    const end = (is: boolean): void => {
      socket.destroy();
      resolve(is);
    };
    socket.once("connect", () => end(true)).once("error", () => end(false));
  });
}
