import assert from "node:assert/strict";
import type { SessionCredentials } from "../../../src/domain/keys/credentials.ts";
import { expirationIn, formatExpiration } from "../../../src/domain/keys/expiration.ts";
import { ABSENT, BACKUP_TITLE, NO_LINE_END } from "../../../src/domain/changes/backup_format.ts";
import type { NewCredentials } from "../../../src/domain/changes/session_in_file.ts";
import { FileError } from "../../../src/errors.ts";
import { withoutMark } from "../../support/session_mark.ts";
import { logIn, parse, restoreAll } from "./two_files.ts";

const SESSION: SessionCredentials = {
  accessKeyId: "ASIA1",
  secretAccessKey: "temporary",
  sessionToken: "token==",
  expiration: new Date("2026-11-20T21:17:33.999Z"),
};

const ASSUMED = "arn:aws:sts::111122223333:assumed-role/admin/alice";
const ROLE_SESSION: NewCredentials = { ...SESSION, accessKeyId: "ASIA2", principalArn: ASSUMED };

/** Both files after a login of `profile`, told apart from the title of the backup. */
function after(
  credentials: string,
  profile = "a",
  backup?: string,
  session: NewCredentials = SESSION,
): { credentials: string; backup: string } {
  const files = logIn({ credentials, backup }, profile, session);
  return { credentials: files.credentials, backup: files.backup?.replace(BACKUP_TITLE, "") ?? "" };
}

Deno.test("a session takes the place of the keys, in their spacing, and the section is put aside as it was", () => {
  const text = "# mine\n[a]\naws_access_key_id=AKIA1\n# note\naws_secret_access_key=long\nregion = x\n[b]\n";
  const { credentials, backup } = after(text);
  assert.deepEqual({ credentials: withoutMark(credentials), backup }, {
    credentials: "# mine\n[a]\naws_access_key_id=ASIA1\n# note\naws_secret_access_key=temporary\n" +
      "aws_session_token=token==\nx_security_token_expires=2026-11-20T21:17:33Z\nregion = x\n[b]\n",
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

Deno.test("a second login while a session of awsmfa's is there leaves the backup alone", () => {
  const first = after("[a]\naws_access_key_id=AKIA1\naws_secret_access_key=long\n");
  assert.equal(after(first.credentials, "a", first.backup, ROLE_SESSION).backup, first.backup);
});

const OTHERS = "[a]\naws_access_key_id=ASIA0\naws_secret_access_key=x\naws_session_token=y\n";

Deno.test("another tool's session is backed up: it comes back with a restore", () => {
  const files = after(OTHERS);
  assert.equal(files.backup, OTHERS);
  assert.equal(restoreAll(files).credentials, OTHERS);
});

Deno.test("another tool's session beside keys that are backed up gets a name of its own there", () => {
  const backup = `${BACKUP_TITLE}[a]\naws_access_key_id=AKIA1\naws_secret_access_key=long\n`;
  const files = after(OTHERS, "a", backup);
  assert.deepEqual(parse(files.backup).sections.map(({ name }) => name), ["a", "a@ASIA0"]);
  assert.match(files.backup, /x\naws_session_token=y\n$/);
  assert.equal(after(OTHERS, "a", BACKUP_TITLE + files.backup).backup, files.backup);
});

Deno.test("a key that is defined twice is refused with both lines", () => {
  const text = "[b]\n[a]\naws_access_key_id=AKIA1\naws_secret_access_key=s\n# x\naws_access_key_id=AKIA2\n";
  assert.throws(() => after(text), {
    message: "CREDENTIALS: aws_access_key_id is defined twice in [a], in lines 3 and 6",
    hint: "leave the one that counts: awsmfa edit credentials",
  });
});

Deno.test("so is a key that awsmfa does not write: the AWS CLI reads no profile then", () => {
  const text = "[a]\naws_access_key_id=AKIA1\naws_secret_access_key=s\nregion = x\nREGION = y\n";
  assert.throws(() => after(text), {
    message: "CREDENTIALS: region is defined twice in [a], in lines 4 and 5",
  });
});

Deno.test("a section that is not there, such as that of keys in config, is noted as such and added", () => {
  const files = after("", "a");
  assert.equal(files.backup, `[a]\n${ABSENT}`);
  assert.match(files.credentials, /^\[a\]\naws_access_key_id = ASIA1\n/);
  assert.equal(after("[b]", "a").backup, `[a]\n${ABSENT}\n\n${NO_LINE_END}`);
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

Deno.test("a profile that is defined twice gets no session", () => {
  assert.throws(() => after("[a]\n[a]\n"), FileError);
});

Deno.test("the expiration is RFC 3339 in UTC, in whole seconds", () => {
  assert.equal(formatExpiration(new Date("2026-11-20T21:17:33.999Z")), "2026-11-20T21:17:33Z");
});

Deno.test("credentials of a role say so beside them, and a user's session after them says it no more", () => {
  const role = after("", "a", undefined, ROLE_SESSION);
  assert.equal(
    withoutMark(role.credentials),
    "[a]\naws_access_key_id = ASIA2\naws_secret_access_key = temporary\naws_session_token = token==\n" +
      `x_security_token_expires = 2026-11-20T21:17:33Z\nx_principal_arn = ${ASSUMED}\n`,
  );
  const user = after(role.credentials, "a", role.backup);
  assert.doesNotMatch(user.credentials, /x_principal_arn|ASIA2/);
  assert.match(user.credentials, /^aws_access_key_id = ASIA1$/m);
  const again = after(user.credentials, "a", user.backup, ROLE_SESSION);
  assert.match(again.credentials, new RegExp(`^x_principal_arn = ${ASSUMED}$`, "m"));
});

Deno.test("what broamski/aws-mfa keeps beside a session is kept in step, only where it stands, and in its spelling", () => {
  const theirs = "[a]\nassumed_role = False\naws_access_key_id = ASIA0\naws_secret_access_key = x\n" +
    "aws_session_token = y\naws_security_token = y\nexpiration = 2026-11-20 09:00:00\n";
  assert.equal(
    withoutMark(after(theirs).credentials),
    "[a]\nassumed_role = False\naws_access_key_id = ASIA1\naws_secret_access_key = temporary\n" +
      "aws_session_token = token==\nx_security_token_expires = 2026-11-20T21:17:33Z\n" +
      "aws_security_token = token==\nexpiration = 2026-11-20 21:17:33\n",
  );
  assert.match(after(theirs, "a", undefined, ROLE_SESSION).credentials, /^assumed_role = True$/m);
  assert.doesNotMatch(
    after("[a]\nregion = x\n").credentials,
    /^(expiration|assumed_role|aws_security_token)/m,
  );
});

Deno.test("broamski's keys beside long-term ones come back with them", () => {
  const text = "[a]\naws_access_key_id=AKIA1\naws_secret_access_key=s\nexpiration = never # mine\n";
  assert.deepEqual(restoreAll(logIn({ credentials: text, backup: undefined }, "a", ROLE_SESSION)), {
    credentials: text,
    backup: undefined,
  });
});

Deno.test("when a session ends: in awsmfa's words and in those of other tools, the first one before the second", () => {
  const cases: [lines: string, at: string | undefined][] = [
    ["x_security_token_expires = 2026-11-20T21:17:00Z\n", "2026-11-20T21:17:00.000Z"],
    ["x_security_token_expires = 2026-11-20T22:17:00+01:00\n", "2026-11-20T21:17:00.000Z"],
    ["expiration = 2026-11-20 21:17:00\n", "2026-11-20T21:17:00.000Z"],
    ["x_security_token_expires =\nexpiration = 2026-11-20 21:17:00\n", "2026-11-20T21:17:00.000Z"],
    [
      "expiration = 2020-01-01 00:00:00\nx_security_token_expires = 2026-11-20T21:17:00Z\n",
      "2026-11-20T21:17:00.000Z",
    ],
    ["expiration = soon\n", undefined],
    ["expiration = 2026-13-40 21:17:00\n", undefined],
    ["x_security_token_expires =\n", undefined],
    ["", undefined],
  ];
  for (const [lines, at] of cases) {
    assert.equal(expirationIn(parse(`[a]\n${lines}`).sections)?.toISOString(), at, lines);
  }
});

const PLACES: [what: string, lines: string][] = [
  ["a block at the end", "s3 =\n  max = 1\n"],
  ["a value that goes on", "note = a\n  b\n"],
  ["a value that ends in a backslash", "note = C:\\certs\\\n"],
  ["an empty token in capitals", "AWS_SESSION_TOKEN =\n"],
];
for (const [what, lines] of PLACES) {
  Deno.test(`the token is behind the secret, in small letters, and a restore gives the bytes back: ${what}`, () => {
    const text = `[a]\naws_access_key_id = AKIA1\nAWS_SECRET_ACCESS_KEY = long\n${lines}`;
    const files = logIn({ credentials: text, backup: undefined }, "a", SESSION);
    assert.match(files.credentials, /^aws_secret_access_key = temporary\naws_session_token = token==\n/m);
    assert.doesNotMatch(files.credentials, /AWS_/);
    assert.deepEqual(restoreAll(files), { credentials: text, backup: undefined });
  });
}
