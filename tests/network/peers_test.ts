import assert from "node:assert/strict";
import { type CorporateStage, openCorporateStage, STS_HOST } from "../support/corporate_stage.ts";
import type { Ran } from "../support/home.ts";
import { needs } from "../support/needs.ts";
import { CORP_CA_FILE } from "../support/tls_files.ts";

/** How a tool went: through the proxy that the test has, past it, or not at all, since it refused the setting. */
type Outcome = "proxy" | "direct" | "refused";

interface Row {
  readonly setting: string;
  readonly env: (proxy: string) => Record<string, string>;
  readonly awsmfa: Outcome;
  readonly aws: Outcome;
  readonly curl: Outcome;
}

const GONE = "http://127.0.0.1:1";
const row = (setting: string, env: Row["env"], awsmfa: Outcome, aws: Outcome, curl: Outcome): Row => {
  return { setting, env, awsmfa, aws, curl };
};

// The AWS CLI does not know ALL_PROXY, and takes an empty lower-case variable for "no proxy"; Go, and people, write
// NO_PROXY with *. and ports. What all three refuse, awsmfa refuses.
const ROWS: Row[] = [
  row("HTTPS_PROXY", (url) => ({ HTTPS_PROXY: url }), "proxy", "proxy", "proxy"),
  row("both cases", (url) => ({ https_proxy: url, HTTPS_PROXY: GONE }), "proxy", "proxy", "proxy"),
  row("an empty https_proxy", (url) => ({ https_proxy: "", HTTPS_PROXY: url }), "proxy", "direct", "proxy"),
  row("ALL_PROXY", (url) => ({ ALL_PROXY: url }), "proxy", "direct", "proxy"),
  row("HTTPS_PROXY, ALL_PROXY", (url) => ({ HTTPS_PROXY: url, ALL_PROXY: GONE }), "proxy", "proxy", "proxy"),
  row("HTTP_PROXY", (url) => ({ HTTP_PROXY: url, http_proxy: url }), "direct", "direct", "direct"),
  row("no scheme", (url) => ({ HTTPS_PROXY: url.replace("http://", "") }), "proxy", "proxy", "proxy"),
  row("a user only", (url) => ({ HTTPS_PROXY: url.replace("//", "//bob@") }), "proxy", "proxy", "proxy"),
  row("a trailing blank", (url) => ({ HTTPS_PROXY: `${url} ` }), "refused", "refused", "refused"),
  row("a trailing CR", (url) => ({ HTTPS_PROXY: `${url}\r` }), "refused", "refused", "refused"),
  row("quotes", (url) => ({ HTTPS_PROXY: `"${url}"` }), "refused", "refused", "refused"),
  row("http//", (url) => ({ HTTPS_PROXY: url.replace(":", "") }), "refused", "refused", "refused"),
  row(
    "NO_PROXY, suffix",
    (url) => ({ HTTPS_PROXY: url, NO_PROXY: "amazonaws.com" }),
    "direct",
    "direct",
    "direct",
  ),
  row(
    "NO_PROXY, case",
    (url) => ({ HTTPS_PROXY: url, NO_PROXY: ".AmazonAWS.com" }),
    "direct",
    "direct",
    "direct",
  ),
  row("NO_PROXY, *", (url) => ({ HTTPS_PROXY: url, NO_PROXY: "*" }), "direct", "direct", "direct"),
  row("NO_PROXY, part", (url) => ({ HTTPS_PROXY: url, NO_PROXY: "zonaws.com" }), "proxy", "proxy", "proxy"),
  row(
    "NO_PROXY, *.",
    (url) => ({ HTTPS_PROXY: url, NO_PROXY: "*.amazonaws.com" }),
    "direct",
    "proxy",
    "proxy",
  ),
  row(
    "NO_PROXY, port",
    (url) => ({ HTTPS_PROXY: url, NO_PROXY: "amazonaws.com:443" }),
    "direct",
    "proxy",
    "proxy",
  ),
  row(
    "no_proxy first",
    (url) => ({ HTTPS_PROXY: url, NO_PROXY: "*", no_proxy: "x.org" }),
    "proxy",
    "proxy",
    "proxy",
  ),
];

for (const { setting, env, ...expected } of ROWS) {
  Deno.test({
    ...needs("aws", "curl"),
    name: `beside the AWS CLI and curl: ${setting}: ${JSON.stringify(expected)}`,
    fn: async () => {
      await using stage = await openCorporateStage();
      const all = { ...stage.env, ...env(stage.proxy.url), AWS_REGION: "us-east-1", AWS_MAX_ATTEMPTS: "1" };
      const { home, user } = stage;
      const found = {
        awsmfa: await outcome(
          stage,
          () => stage.awsmfa([stage.code(), "--serial", user.serial], { env: all }),
        ),
        aws: await outcome(stage, () => home.run("aws", ["sts", "get-caller-identity"], { env: all })),
        curl: await outcome(
          stage,
          () => home.run("curl", ["-sS", "--cacert", CORP_CA_FILE, `https://${STS_HOST}/`], { env: all }),
        ),
      };
      assert.deepEqual(found, expected);
    },
  });
}

async function outcome({ proxy }: CorporateStage, run: () => Promise<Ran>): Promise<Outcome> {
  const before = proxy.asked.length;
  const { code, stderr } = await run();
  if (proxy.asked.length > before) return "proxy";
  assert.notEqual(code, 0, "nobody has AWS's name on this machine");
  const isDirect = !/proxy|parse/i.test(stderr) &&
    /unknown host|no connection to|Could not connect to the endpoint URL|Could not resolve host/i.test(
      stderr,
    );
  return isDirect ? "direct" : "refused";
}
