import assert from "node:assert/strict";
import { formatPem, readPem } from "../../../src/domain/network/pem.ts";

/** A DER sequence of 300 bytes: to a reader of PEM it is a certificate. */
const DER = Uint8Array.from([0x30, 0x82, 0x01, 0x28, ...Array.from({ length: 0x128 }, (_, i) => i % 256)]);
const PEM = formatPem(DER);
const count = (text: string): number => {
  const { certificates } = readPem(text);
  for (const each of certificates) assert.deepEqual(each, DER);
  return certificates.length;
};

Deno.test("a certificate is read as OpenSSL reads it, however it is dressed", () => {
  assert.equal(count(PEM), 1);
  assert.equal(count(PEM + PEM), 2);
  assert.equal(count(`\uFEFF${PEM}`), 1);
  assert.equal(count(PEM.replaceAll("\n", "\r\n")), 1);
  assert.equal(count(PEM.replaceAll(/^/gm, "    ")), 1);
  assert.equal(count(`# Corp\nsubject=CN = Corp\n${PEM}\nmore\n`), 1);
  assert.equal(count(PEM.replaceAll("CERTIFICATE", "X509 CERTIFICATE")), 1);
});

Deno.test("what OpenSSL puts behind a trusted certificate is left off", () => {
  const trusted = formatPem(Uint8Array.from([...DER, 0x30, 0x03, 1, 2, 3]));
  assert.equal(count(trusted.replaceAll("CERTIFICATE", "TRUSTED CERTIFICATE")), 1);
});

Deno.test("what is no certificate is told by its label", () => {
  const key = PEM.replaceAll("CERTIFICATE", "PRIVATE KEY");
  assert.deepEqual(readPem(key), { certificates: [], others: ["PRIVATE KEY"] });
  assert.deepEqual(readPem(""), { certificates: [], others: [] });
  const bodies = ["nonsense!", "AAAA", "", "MIIB"];
  for (const body of bodies) {
    const text = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
    assert.deepEqual(readPem(text), { certificates: [], others: ["CERTIFICATE"] }, body);
  }
});
