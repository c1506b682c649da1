import assert from "node:assert/strict";
import { findCredentials, sameKeys } from "../../../src/domain/keys/credentials.ts";
import { parse } from "../changes/two_files.ts";

function kindOf(lines: string): string {
  const found = findCredentials(parse(`[a]\n${lines}`).sections);
  return found.kind === "partial" ? `no ${found.missing}` : found.kind;
}

Deno.test("the prefix of the key id tells long-term keys from a session, whatever token stands beside", () => {
  assert.equal(kindOf("aws_access_key_id=AKIA1\naws_secret_access_key=s\n"), "long-term");
  assert.equal(
    kindOf("aws_access_key_id=AKIA1\naws_secret_access_key=s\naws_session_token=left over\n"),
    "long-term",
  );
  assert.equal(kindOf("aws_access_key_id=ASIA1\naws_secret_access_key=s\naws_session_token=t\n"), "session");
  assert.equal(kindOf("aws_access_key_id=ASIA1\naws_secret_access_key=s\n"), "session");
});

Deno.test("where the prefix is another, as of a local service, the session token tells", () => {
  assert.equal(kindOf("aws_access_key_id=test\naws_secret_access_key=s\n"), "long-term");
  assert.equal(kindOf("aws_access_key_id=test\naws_secret_access_key=s\naws_session_token=\n"), "long-term");
  assert.equal(kindOf("aws_access_key_id=test\naws_secret_access_key=s\naws_session_token=t\n"), "session");
});

Deno.test("half a key is told apart from none", () => {
  assert.equal(kindOf(""), "none");
  assert.equal(kindOf("aws_access_key_id=\naws_secret_access_key=\n"), "none");
  assert.equal(kindOf("aws_access_key_id=AKIA1\n"), "no aws_secret_access_key");
  assert.equal(kindOf("aws_secret_access_key=s\n"), "no aws_access_key_id");
});

Deno.test("two keys are the same only with the same secret", () => {
  const keys = { accessKeyId: "AKIA1", secretAccessKey: "s" };
  assert.ok(sameKeys(keys, { ...keys }));
  assert.ok(!sameKeys(keys, { ...keys, secretAccessKey: "t" }));
  assert.ok(!sameKeys(keys, { ...keys, accessKeyId: "AKIA2" }));
});
