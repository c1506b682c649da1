import assert from "node:assert/strict";
import { awsmfaOnPath } from "../../support/awsmfa_on_path.ts";
import { needs } from "../../support/needs.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

/** A server that writes down who asks: an emulator of [default], which no other profile's session may reach. */
function record(): { url: string; seen: string[]; close: () => Promise<void> } {
  const seen: string[] = [];
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
    seen.push(request.headers.get("authorization") ?? "");
    return new Response("<ListAllMyBucketsResult><Buckets/></ListAllMyBucketsResult>");
  });
  return { url: `http://127.0.0.1:${server.addr.port}`, seen, close: () => server.shutdown() };
}

async function openProd(config: (url: string) => string, url: string): Promise<Stage> {
  const stage = await openStage();
  const prod = stage.sts.addUser({ name: "prod" });
  stage.home.write(".aws/credentials", section("default", stage.user) + section("prod", prod));
  stage.home.write(".aws/config", config(url));
  const ran = await stage.awsmfa(["env", "-s", "json", "-p", "prod", stage.sts.code(prod.serial)], {
    secretsOnStdout: true,
  });
  assert.equal(ran.code, 0, ran.stderr);
  return stage;
}

const LIST = "aws s3api list-buckets --cli-connect-timeout 2 --cli-read-timeout 2";
/** What reaches nobody outside: AWS's own address is behind a proxy that is not there. */
const NOWHERE = { HTTPS_PROXY: "http://127.0.0.1:9", NO_PROXY: "127.0.0.1", AWS_MAX_ATTEMPTS: "1" };

const CONFIGS: [what: string, config: (url: string) => string][] = [
  ["endpoint_url", (url) => `[default]\nendpoint_url = ${url}\n[profile prod]\nregion = eu-west-1\n`],
  [
    "services",
    (url) =>
      `[default]\nservices = l\n[services l]\ns3 =\n  endpoint_url = ${url}\n[profile prod]\nregion = eu-west-1\n`,
  ],
];
for (const [what, config] of CONFIGS) {
  Deno.test({
    ...needs("aws"),
    name: `an emulator that [default] names sees no session of another profile, by exec or env: ${what}`,
    fn: async () => {
      const { url, seen, close } = record();
      await using stage = await openProd(config, url);
      const { home } = stage;
      const path = awsmfaOnPath(home);
      // The local STS is named by a variable, which "ignore the configured ones" would close: so a config file of its own.
      const exec = await stage.awsmfa(["exec", "-p", "prod", "--", "sh", "-c", LIST], { env: NOWHERE });
      assert.notEqual(exec.code, 0);
      const env = await home.run("bash", [
        "-c",
        `eval "$(awsmfa env -p prod)"; unset AWS_ENDPOINT_URL_STS; ${LIST}`,
      ], {
        env: { ...path, ...NOWHERE },
      });
      assert.match(env.stderr, /no variable says that profile 'prod' has no endpoint_url of \[default\]/);
      // Where no variable names an address, this is what env says, and the AWS CLI asks AWS.
      const ignoring = `eval "$(awsmfa env -p prod)"; unset AWS_ENDPOINT_URL_STS; ` +
        `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS=true ${LIST}`;
      await home.run("bash", ["-c", ignoring], { env: { ...path, ...NOWHERE } });
      assert.equal(seen.length, 1, `only where it was said on stderr: ${seen}`);
      await close();
    },
  });
}

Deno.test({
  ...needs("aws", "boto3"),
  name:
    "a role without a region has none in exec, where the AWS CLI has none, whatever [default] and its source have",
  fn: async () => {
    await using stage = await openStage();
    const { home, sts } = stage;
    const role = sts.addRole({ name: "r" });
    home.write(
      ".aws/config",
      `[default]\nregion = us-west-2\n[profile r]\nrole_arn = ${role.arn}\nsource_profile = default\n`,
    );
    const print = "import boto3; print(boto3.Session().region_name)";
    const ran = await stage.awsmfa(["exec", "-p", "r", stage.code(), "--", "python3", "-c", print]);
    assert.deepEqual([ran.code, ran.stdout], [0, "None\n"], ran.stderr);
    const own = await stage.awsmfa(["exec", "-p", "default", "--", "python3", "-c", print]);
    assert.equal(own.stdout, "us-west-2\n");
    const said = await stage.awsmfa([
      "exec",
      "-p",
      "r",
      "--region",
      "eu-west-1",
      "--",
      "python3",
      "-c",
      print,
    ]);
    assert.equal(said.stdout, "eu-west-1\n");
  },
});
