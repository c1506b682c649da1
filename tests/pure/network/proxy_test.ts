import assert from "node:assert/strict";
import fc from "fast-check";
import { chooseProxy, differingVariables } from "../../../src/domain/network/proxy.ts";
import { UsageError } from "../../../src/errors.ts";

const STS = new URL("https://sts.eu-west-1.amazonaws.com/");

function choose(env: Record<string, string>, url = STS): string | undefined {
  const proxy = chooseProxy((name) => env[name], url);
  return proxy && `${proxy.variable} ${proxy.url}`;
}

const ORDER = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
Deno.test("the scheme's own variable counts before the one for all, and lower case before upper case", () => {
  const all = Object.fromEntries(ORDER.map((name) => [name, `http://${name.replace("_", "-")}:1`]));
  for (const name of ORDER) {
    assert.equal(choose(all), `${name} ${all[name]?.toLowerCase()}`);
    delete all[name];
  }
  assert.equal(choose({ http_proxy: "http://x:1", HTTP_PROXY: "http://x:1" }), undefined);
  assert.equal(choose({ https_proxy: "", ALL_PROXY: "http://x:1" }), "ALL_PROXY http://x:1");
});

const TAKEN: [value: string, url: string][] = [
  ["http://proxy:3128", "http://proxy:3128"],
  ["http://proxy:3128/", "http://proxy:3128"],
  ["proxy:3128", "http://proxy:3128"],
  ["proxy", "http://proxy"],
  ["HTTP://Proxy.Example:3128", "http://proxy.example:3128"],
  ["https://proxy", "https://proxy"],
  ["socks5h://proxy:1080", "socks5h://proxy:1080"],
  ["http://[::1]:3128", "http://[::1]:3128"],
  // The runtime would pass over a user without a colon.
  ["http://bob@proxy:3128", "http://bob:@proxy:3128"],
  ["http://bob:pw@proxy:3128", "http://bob:pw@proxy:3128"],
  // It would take the first @ for the end of the password.
  ["http://bob:p@ss:w@proxy:3128", "http://bob:p%40ss%3Aw@proxy:3128"],
  ["http://bob:p%2Fw@proxy:3128", "http://bob:p%2Fw@proxy:3128"],
];
for (const [value, url] of TAKEN) {
  Deno.test(`a proxy as the runtime takes it: ${value}`, () =>
    assert.equal(choose({ HTTPS_PROXY: value }), `HTTPS_PROXY ${url}`));
}

Deno.test("what is not to go through a proxy may have one that can't be used", () => {
  assert.equal(choose({ HTTPS_PROXY: "http//", NO_PROXY: "*" }), undefined);
  assert.equal(choose({ HTTPS_PROXY: "http//" }, new URL("http://127.0.0.2:4566/")), undefined);
});

Deno.test("both cases of a name are told where they differ, and nowhere else", () => {
  const env: Record<string, string> = {
    https_proxy: "a",
    HTTPS_PROXY: "b",
    no_proxy: "c",
    NO_PROXY: "c",
    ALL_PROXY: "d",
  };
  assert.deepEqual(differingVariables((name) => env[name]), [["https_proxy", "HTTPS_PROXY"]]);
});

Deno.test("property: a value is used, or refused in words that hold nothing of it; it is never passed by", () => {
  const secret = "hunter2hunter2";
  const part = fc.string({ unit: "grapheme", maxLength: 8 });
  fc.assert(fc.property(part, part, part, (a, b, c) => {
    const value = `http://me${a}:${secret}${b}@proxy${c}`;
    try {
      assert.ok(choose({ HTTPS_PROXY: value })?.startsWith("HTTPS_PROXY http://"));
    } catch (error) {
      assert.ok(error instanceof UsageError, String(error));
      assert.ok(!`${error.message}${error.hint}`.includes(secret));
      assert.ok(error.message.startsWith("HTTPS_PROXY "));
    }
  }));
});
