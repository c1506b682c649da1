import assert from "node:assert/strict";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";
import config from "../../deno.json" with { type: "json" };
import { hostAndPort, neededHosts } from "../../src/domain/network/needed_hosts.ts";

const PERMITTED: readonly string[] = config.permissions.awsmfa.net;
const NAMED = PERMITTED.filter((host) => /^(sts|iam)/.test(host));
const REGIONS = [
  ...new Set(NAMED.flatMap((host) => /^sts\.([a-z]+(?:-[a-z]+)+-\d)\./.exec(host)?.[1] ?? [])),
];
const USUAL = { endpoint: undefined, iamEndpoint: undefined };

Deno.test("every region has its hosts by name", () => {
  assert.ok(REGIONS.length >= 40, String(REGIONS.length));
  for (const region of ["us-east-1", "eu-central-1", "cn-north-1", "us-gov-west-1", "eusc-de-east-1"]) {
    assert.ok(REGIONS.includes(region), region);
  }
});

Deno.test("each host by name is under a pattern, too: nothing beyond AWS", () => {
  const patterns = PERMITTED.filter((host) => host.startsWith("*"));
  for (const host of NAMED) assert.ok(patterns.some((pattern) => host.endsWith(pattern.slice(1))), host);
});

for (const region of REGIONS) {
  Deno.test(`what the SDK asks in ${region} stays, and little else`, () => {
    const { aws, loopback } = neededHosts({ ...USUAL, region }, PERMITTED);
    assert.ok(aws !== undefined && !loopback);
    for (const Client of [STSClient, IAMClient]) {
      const { endpointProvider } = new Client({ region }).config;
      const { url } = endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false });
      assert.ok(aws.includes(hostAndPort(url)), url.host);
    }
    assert.ok(aws.every((host) => /^iam/.test(host) || host.includes(`.${region}.`)));
  });
}

Deno.test("the two other kinds of endpoints in the partitions that have them", () => {
  for (const region of ["us-east-1", "us-gov-west-1"]) {
    const { aws = [] } = neededHosts({ ...USUAL, region }, PERMITTED);
    for (const [UseFIPS, UseDualStack] of [[true, false], [false, true], [true, true]] as const) {
      const { url } = new STSClient({ region }).config.endpointProvider({
        Region: region,
        UseFIPS,
        UseDualStack,
      });
      assert.ok(aws.includes(hostAndPort(url)), url.host);
    }
  }
});

Deno.test("a region that is not known by name leaves all of AWS's hosts", () => {
  assert.deepEqual(neededHosts({ ...USUAL, region: "xx-new-1" }, PERMITTED), {
    aws: undefined,
    loopback: false,
  });
  assert.deepEqual(neededHosts({ ...USUAL, region: undefined }, PERMITTED), {
    aws: undefined,
    loopback: false,
  });
});

Deno.test("another address takes the place of AWS's, and this machine counts only where it is named", () => {
  const local = "http://127.0.0.1:4566/";
  assert.deepEqual(neededHosts({ region: "us-east-1", endpoint: local, iamEndpoint: local }, PERMITTED), {
    aws: [],
    loopback: true,
  });
  const half = neededHosts({ region: "us-east-1", endpoint: local, iamEndpoint: undefined }, PERMITTED);
  assert.equal(half.loopback, true);
  assert.ok(half.aws?.every((host) => host.startsWith("iam")));
  const vpc = "https://vpce-1.sts.eu-central-1.vpce.amazonaws.com/";
  assert.deepEqual(
    neededHosts({ region: "eu-central-1", endpoint: vpc, iamEndpoint: undefined }, PERMITTED),
    {
      aws: undefined,
      loopback: false,
    },
  );
});
