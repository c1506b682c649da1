import assert from "node:assert/strict";
import { isLoopback } from "../../../src/domain/network/loopback.ts";
import { isInNoProxy } from "../../../src/domain/network/no_proxy.ts";

const STS = "https://sts.eu-west-1.amazonaws.com/";
const ROWS: [noProxy: string, url: string, direct: boolean][] = [
  ["", STS, false],
  [",, ,", STS, false],
  ["*", STS, true],
  ["example.com,*", STS, true],
  ["amazonaws.com", STS, true],
  [".amazonaws.com", STS, true],
  ["*.amazonaws.com", STS, true],
  ["AMAZONAWS.COM.", STS, true],
  ["sts.eu-west-1.amazonaws.com", STS, true],
  ["naws.com", STS, false],
  ["sts.eu-west-1.amazonaws.com.cn", STS, false],
  ["localhost example.com amazonaws.com", STS, true],
  ["localhost,\texample.com", STS, false],
  ["amazonaws.com:443", STS, true],
  ["amazonaws.com:8443", STS, false],
  ["amazonaws.com:8443", "https://sts.eu-west-1.amazonaws.com:8443/", true],
  ["10.0.0.0/8", "https://10.1.2.3/", true],
  ["10.0.0.0/8", "https://11.1.2.3/", false],
  ["10.1.2.3", "https://10.1.2.3/", true],
  ["1.2.3", "https://10.1.2.3/", false],
  ["10.1.2.0/23", "https://10.1.3.255/", true],
  ["10.1.2.0/23", "https://10.1.4.0/", false],
  ["[::1]", "https://[::1]/", true],
  ["::1", "https://[::1]/", true],
  ["[::1]:8443", "https://[::1]:8443/", true],
  ["[::1]:8443", "https://[::1]/", false],
  ["2001:db8::/32", "https://[2001:db8:1::5]/", true],
  ["[2001:db8::]/32", "https://[2001:db9::5]/", false],
  ["10.0.0.0/8", STS, false],
  ["10.0.0.0/8", "https://[::a00:1]/", false],
];
for (const [noProxy, url, direct] of ROWS) {
  Deno.test(`NO_PROXY '${noProxy}' ${direct ? "has" : "has not"} ${url} go directly`, () =>
    assert.equal(isInNoProxy(noProxy, new URL(url)), direct));
}

Deno.test("this machine is localhost, 127.0.0.0/8 and [::1], and nothing that begins or ends so", () => {
  const hosts = ["localhost", "127.0.0.1", "127.1", "127.255.255.254", "2130706433", "[::1]", "[0:0::1]"];
  for (const host of hosts) assert.ok(isLoopback(new URL(`http://${host}/`).hostname), host);
  for (const host of ["localhost.example", "127.0.0.1.example", "128.0.0.1", "[::2]", "a.localhost"]) {
    assert.ok(!isLoopback(new URL(`http://${host}/`).hostname), host);
  }
});
