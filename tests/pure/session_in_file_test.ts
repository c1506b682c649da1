import assert from "node:assert/strict";
import type { SessionCredentials } from "../../src/domain/credentials.ts";
import { ABSENT, BACKUP_TITLE, formatExpiration, NO_LINE_END } from "../../src/domain/session_in_file.ts";
import { FileError } from "../../src/errors.ts";
import { logIn, parse } from "./two_files.ts";

const SESSION: SessionCredentials = {
  accessKeyId: "ASIA1",
  secretAccessKey: "temporary",
  sessionToken: "token==",
  expiration: new Date("2026-11-20T21:17:33.999Z"),
};

/** Both files after a login of `profile`, told apart from the title of the backup. */
function after(credentials: string, profile = "a", backup?: string): { credentials: string; backup: string } {
  const files = logIn({ credentials, backup }, profile, SESSION);
  return { credentials: files.credentials, backup: files.backup?.replace(BACKUP_TITLE, "") ?? "" };
}

Deno.test("a session takes the place of the keys, in their spacing, and the section is put aside as it was", () => {
  const text = "# mine\n[a]\naws_access_key_id=AKIA1\n# note\naws_secret_access_key=long\nregion = x\n[b]\n";
  assert.deepEqual(after(text), {
    credentials:
      "# mine\n[a]\naws_access_key_id=ASIA1\n# note\naws_secret_access_key=temporary\nregion = x\n" +
      "aws_session_token = token==\nx_security_token_expires = 2026-11-20T21:17:33Z\n[b]\n",
    backup: "[a]\naws_access_key_id=AKIA1\n# note\naws_secret_access_key=long\nregion = x\n",
  });
});

Deno.test("a token's old name, which old tools read, gets the new token where it is there", () => {
  const { credentials } = after(
    "[a]\naws_access_key_id=AKIA1\naws_secret_access_key=s\naws_security_token=old\n",
  );
  assert.match(credentials, /^aws_security_token=token==$/m);
  assert.doesNotMatch(after("[a]\naws_access_key_id=AKIA1\n").credentials, /aws_security_token/);
});

Deno.test("a second login while a session is there leaves the backup alone", () => {
  const backup = "[a]\naws_access_key_id=AKIA1\naws_secret_access_key=long\n";
  const there = "[a]\naws_access_key_id=ASIA0\naws_secret_access_key=x\naws_session_token=y\n";
  assert.equal(after(there, "a", backup).backup, backup);
});

Deno.test("a session is never put aside, also where the backup knows nothing of the profile", () => {
  const there = "[a]\naws_access_key_id=ASIA0\naws_secret_access_key=x\naws_session_token=y\n";
  assert.equal(after(there).backup, "");
});

Deno.test("a section that is not there, such as that of keys in config, is noted as such and added", () => {
  const files = after("", "a");
  assert.equal(files.backup, `[a]\n${ABSENT}`);
  assert.match(files.credentials, /^\[a\]\naws_access_key_id = ASIA1\n/);
  assert.equal(after("[b]", "a").backup, `[a]\n${ABSENT}\n${NO_LINE_END}`);
});

Deno.test("the backup is a credentials file: the keys in it are read as the profile's", () => {
  const { backup } = after("[a]\naws_access_key_id=AKIA1\naws_secret_access_key=long");
  assert.ok(backup.endsWith(NO_LINE_END));
  const [section] = parse(backup).sections;
  assert.deepEqual(section?.properties.map(({ value }) => value), ["AKIA1", "long"]);
});

Deno.test("another key put aside later never takes the place of the former one", () => {
  let { backup } = after("[a]\naws_access_key_id=AKIA1\naws_secret_access_key=one\n");
  for (
    const [id, secret] of [["AKIA2", "two"], ["AKIA3", "three"], ["AKIA2", "two-again"], ["AKIA1", "four"]]
  ) {
    backup = after(`[a]\naws_access_key_id=${id}\naws_secret_access_key=${secret}\n`, "a", backup).backup;
  }
  const secrets = parse(backup).sections.map(({ name, properties }) => [name, properties[1]?.value]);
  assert.deepEqual(secrets, [
    ["a@AKIA1", "one"],
    ["a@AKIA2", "two"],
    ["a@AKIA3", "three"],
    ["a@AKIA2@2", "two-again"],
    ["a", "four"],
  ]);
});

Deno.test("the same key put aside again, with another line beside it, is put aside as it is now", () => {
  const { backup } = after("[a]\naws_access_key_id=AKIA1\naws_secret_access_key=one\n");
  const again = after("[a]\naws_access_key_id=AKIA1\naws_secret_access_key=one\nregion=x\n", "a", backup);
  assert.equal(again.backup, "[a]\naws_access_key_id=AKIA1\naws_secret_access_key=one\nregion=x\n");
});

Deno.test("a profile that stands twice gets no session", () => {
  assert.throws(() => after("[a]\n[a]\n"), FileError);
});

Deno.test("the expiration is RFC 3339 in UTC, in whole seconds", () => {
  assert.equal(formatExpiration(new Date("2026-11-20T21:17:33.999Z")), "2026-11-20T21:17:33Z");
});
