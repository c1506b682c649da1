import assert from "node:assert/strict";
import { assertFails } from "../../support/failure.ts";
import { openStage } from "../../support/stage.ts";
import { CA_FILE, serverTls } from "../../support/tls_files.ts";

Deno.test("with AWS_CA_BUNDLE a server of that authority is trusted, derived device and all", async () => {
  await using stage = await openStage({ tls: serverTls(), env: { AWS_CA_BUNDLE: CA_FILE } });
  await stage.login();
  const [who, session] = stage.sts.requests;
  assert.equal(stage.sts.requests.length, 2);
  assert.equal(who?.connection, session?.connection, "on one connection");
});

Deno.test("a server of an unknown authority is not talked to, and AWS_CA_BUNDLE is named", async () => {
  await using stage = await openStage({ tls: serverTls() });
  await assertFails(stage, [stage.code()], {
    code: 6,
    says: `can't trust ${new URL(stage.sts.url).host}: its TLS certificate isn't trusted but from ` +
      "'awsmfa tests: authority' (looked in Mozilla's list, the system's store)",
    hint: "where a proxy inspects TLS, have its authority as a PEM file: AWS_CA_BUNDLE=FILE.pem",
  });
});

Deno.test("a bundle that is not there, or is none, is named", async () => {
  await using stage = await openStage({ tls: serverTls() });
  const { home } = stage;
  const hint = "name a PEM file of certificate authorities, or leave AWS_CA_BUNDLE out";
  home.write("empty.pem", "");
  home.write("key.pem", serverTls().key);
  home.write("broken.pem", "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n");
  const rows: [file: string, why: string][] = [
    ["none.pem", "is not there"],
    ["empty.pem", "holds no PEM certificate"],
    ["key.pem", "holds no PEM certificate, but PRIVATE KEY"],
    ["broken.pem", "holds a certificate that can't be read"],
  ];
  for (const [file, why] of rows) {
    const says = `AWS_CA_BUNDLE: ${home.file(file)} ${why}`;
    await assertFails(stage, [stage.code()], { code: 5, says, hint }, {
      env: { AWS_CA_BUNDLE: home.file(file) },
    });
  }
});

Deno.test("plain text where TLS is spoken, and TLS where plain text is, end clearly", async () => {
  await using plain = await openStage();
  const https = plain.sts.url.replace("http:", "https:");
  const ran = await plain.awsmfa([plain.code()], { env: { AWS_ENDPOINT_URL_STS: https } });
  assert.deepEqual([ran.code, ran.stdout], [6, ""]);
  assert.match(ran.stderr, /^awsmfa: .*127\.0\.0\.1:\d+.*\nhint: .+\n$/);

  await using secure = await openStage({ tls: serverTls() });
  const http = secure.sts.url.replace("https:", "http:");
  const other = await secure.awsmfa([secure.code()], { env: { AWS_ENDPOINT_URL_STS: http } });
  assert.deepEqual([other.code, other.stdout], [6, ""]);
  assert.match(other.stderr, /^awsmfa: .*127\.0\.0\.1:\d+.*\nhint: .+\n$/);
});
