import assert from "node:assert/strict";
import type { StsAccess } from "../../../src/world.ts";
import { CONFIG, CREDENTIALS, fakeWorld } from "../../support/fake_world.ts";
import { playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const ROLE = "role_arn = arn:aws:iam::111122223333:role/r\n";
const LOCAL = "http://localhost:4566/";

async function accessOf(
  config: string,
  { args = [], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
): Promise<Partial<StsAccess>> {
  const files = { [CREDENTIALS]: `[default]\n${KEYS}[base]\n${KEYS}[P]\n${KEYS}`, [CONFIG]: config };
  const fake = fakeWorld({ files, env });
  const { code, stderr } = await playIn(fake, [
    "exec",
    ...args.length > 0 ? args : ["-p", "P"],
    "123456",
    "--",
    "x",
  ]);
  assert.equal(code, 0, stderr);
  const { endpoint, fips, dualstack, region } = (fake.roleRequests.at(-1) ?? fake.requests.at(-1))?.access ??
    {};
  return {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(fips ? { fips } : {}),
    ...(dualstack ? { dualstack } : {}),
    ...(region === "us-east-1" || region === undefined ? {} : { region }),
  };
}

const CASES: [
  what: string,
  config: string,
  more: Parameters<typeof accessOf>[1],
  access: Partial<StsAccess>,
][] = [
  ["use_fips_endpoint", "[profile P]\nuse_fips_endpoint = true\n", {}, { fips: true }],
  ["use_dualstack_endpoint", "[profile P]\nuse_dualstack_endpoint = true\n", {}, { dualstack: true }],
  ["a variable goes before it", "[profile P]\nuse_fips_endpoint = true\n", {
    env: { AWS_USE_FIPS_ENDPOINT: "false" },
  }, {}],
  ["endpoint_url", `[profile P]\nendpoint_url = ${LOCAL}\n`, {}, { endpoint: LOCAL }],
  [
    "endpoint_url of its services",
    `[profile P]\nservices = s\n[services s]\nsts =\n  endpoint_url = ${LOCAL}\n`,
    {},
    {
      endpoint: LOCAL,
    },
  ],
  ["another service's", `[profile P]\nservices = s\n[services s]\ns3 =\n  endpoint_url = ${LOCAL}\n`, {}, {}],
  [
    "ignore_configured_endpoint_urls",
    `[profile P]\nendpoint_url = ${LOCAL}\nignore_configured_endpoint_urls = true\n`,
    {},
    {},
  ],
  ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", `[profile P]\nendpoint_url = ${LOCAL}\n`, {
    env: { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true", AWS_ENDPOINT_URL: "http://localhost:1/" },
  }, {}],
  [
    "nothing of [default]",
    `[default]\nendpoint_url = ${LOCAL}\nuse_fips_endpoint = true\nregion = eu-west-1\n`,
    {},
    {},
  ],
  [
    "nothing of a role's source",
    `[profile P]\n${ROLE}source_profile = base\n[profile base]\nendpoint_url = ${LOCAL}\n`,
    {},
    {},
  ],
  ["a role's own", `[profile P]\n${ROLE}source_profile = base\nendpoint_url = ${LOCAL}\n`, {}, {
    endpoint: LOCAL,
  }],
  ["the source's, for its own session", `[profile base]\nendpoint_url = ${LOCAL}\n`, {
    args: ["-p", "other", "--source-profile", "base"],
  }, { endpoint: LOCAL }],
];
for (const [what, config, more, access] of CASES) {
  Deno.test(`where AWS is asked is what the profile says: ${what}`, async () => {
    assert.deepEqual(await accessOf(config, more), access);
  });
}
