import assert from "node:assert/strict";
import { readGivenSession } from "../../../src/domain/network/given_session.ts";

const NOW = new Date("2026-11-20T09:00:00Z");
const GOOD = {
  AccessKeyId: "ASIAIOSFODNN7EXAMPLE",
  SecretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  SessionToken: "FwoGZXIvYXdzEBYaD+/=",
  Expiration: new Date("2026-11-20T10:00:00Z"),
};
const read = (changed: Record<string, unknown>): boolean =>
  readGivenSession({ ...GOOD, ...changed }, 3600, NOW) !== undefined;

const ROWS: [what: string, changed: Record<string, unknown>, taken: boolean][] = [
  ["what AWS gives", {}, true],
  ["LocalStack's key id", { AccessKeyId: "LSIAQAAAAAAVNCBMPNSG" }, true],
  ["a key id as other STSs have it", { AccessKeyId: "AKIAIOSFODNN7EXAMPLE" }, true],
  ["Ceph's key id", { AccessKeyId: "0555b35654ad1656d804" }, true],
  ["MinIO's token, a JWT", { SessionToken: "eyJhbGciOi.eyJhY2Nlc3-N._x" }, true],
  ["no key id", { AccessKeyId: undefined }, false],
  ["a key id that is a path", { AccessKeyId: "../../../../etc/passwd" }, false],
  ["a key id with an escape", { AccessKeyId: "ASIAIOSFODNN7EXAMPLE\u001b[2J" }, false],
  ["a short key id", { AccessKeyId: "ASIA" }, false],
  ["a secret with a quote", { SecretAccessKey: `${GOOD.SecretAccessKey}"` }, false],
  ["a secret with $()", { SecretAccessKey: `${GOOD.SecretAccessKey}$(id)` }, false],
  ["no secret", { SecretAccessKey: "" }, false],
  ["a token with a line end", { SessionToken: "abc\nPATH=/tmp" }, false],
  ["a token with a quote", { SessionToken: "abc'" }, false],
  ["a token of 13,000 characters", { SessionToken: "a".repeat(13_000) }, false],
  ["no token", { SessionToken: undefined }, false],
  ["an end that is over", { Expiration: new Date("2001-01-01T00:00:00Z") }, false],
  ["the end of days", { Expiration: new Date("9999-12-31T23:59:59Z") }, false],
  ["no end", { Expiration: undefined }, false],
  ["an end that is none", { Expiration: new Date(NaN) }, false],
  ["5 minutes more than asked for", { Expiration: new Date("2026-11-20T10:05:00Z") }, true],
  ["more than that", { Expiration: new Date("2026-11-20T10:05:01Z") }, false],
];
for (const [what, changed, taken] of ROWS) {
  Deno.test(`a session is ${taken ? "taken" : "not AWS's"}: ${what}`, () =>
    assert.equal(read(changed), taken));
}
