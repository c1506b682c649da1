import assert from "node:assert/strict";
import { findCredentials, type SessionCredentials } from "../../../src/domain/keys/credentials.ts";
import { isOwnValue, ownershipOf, readMark } from "../../../src/domain/keys/session_mark.ts";
import { logIn, parse } from "../changes/two_files.ts";

const SESSION: SessionCredentials = {
  accessKeyId: "ASIA1",
  secretAccessKey: "temporary",
  sessionToken: "token==",
  expiration: new Date("2026-11-20T21:17:33Z"),
};
const KEYS = "aws_access_key_id = AKIA1\naws_secret_access_key = long\n";

/** [a] after a login, with lines of it changed. */
function loggedIn(change: (text: string) => string = (text) => text, session = SESSION): string {
  const { credentials } = logIn({ credentials: `[a]\n${KEYS}`, backup: undefined }, "a", session);
  return change(credentials);
}

function owned(text: string, cached?: SessionCredentials[]): { own: string[]; foreign: string[] } {
  const [section] = parse(text).sections;
  assert.ok(section);
  const { own, foreign } = ownershipOf(section, cached);
  return { own: own.map(({ key }) => key), foreign: foreign.map(({ value }) => value) };
}

const OWN = [
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "x_security_token_expires",
  "awsmfa_session",
];

Deno.test("what a login wrote is its own, whatever the key id looks like", () => {
  for (const accessKeyId of ["ASIA1", "AKIAIOSFODNN7EXAMPLE", "LSIA1", "0555b35654ad1656d804"]) {
    const text = loggedIn(undefined, { ...SESSION, accessKeyId });
    assert.deepEqual(owned(text), { own: OWN, foreign: [] });
    assert.equal(findCredentials(parse(text).sections).kind, "session", accessKeyId);
  }
});

Deno.test("each value that somebody wrote since is theirs, and the others stay awsmfa's", () => {
  for (const [i, key] of OWN.slice(0, 3).entries()) {
    const text = loggedIn((text) => text.replace(new RegExp(`(${key} = ).*`), "$1OTHER"));
    assert.deepEqual(owned(text), { own: OWN.toSpliced(i, 1), foreign: ["OTHER"] }, key);
  }
});

Deno.test("the token's old name is awsmfa's with the same value, and somebody's with another", () => {
  assert.deepEqual(owned(loggedIn((text) => `${text}aws_security_token = token==\n`)).foreign, []);
  assert.deepEqual(owned(loggedIn((text) => `${text}aws_security_token = t\n`)).foreign, ["t"]);
});

Deno.test("half of awsmfa's session is no half of the keys beside it", () => {
  const newId = loggedIn((text) => text.replace("ASIA1", "AKIANEW"));
  assert.deepEqual(findCredentials(parse(newId).sections), {
    kind: "partial",
    missing: "aws_secret_access_key",
  });
  const newSecret = loggedIn((text) => text.replace("= temporary", "= NEW"));
  assert.deepEqual(findCredentials(parse(newSecret).sections), {
    kind: "partial",
    missing: "aws_access_key_id",
  });
});

Deno.test("without a mark nothing is awsmfa's, but what it caches: 0.1.0 wrote none", () => {
  const old = loggedIn((text) => text.replace(/awsmfa_session.*\n/, ""));
  assert.deepEqual(owned(old), { own: [], foreign: ["ASIA1", "temporary", "token=="] });
  assert.deepEqual(
    owned(old, [{ ...SESSION, accessKeyId: "ASIA2", secretAccessKey: "x", sessionToken: "y" }]),
    {
      own: [],
      foreign: ["ASIA1", "temporary", "token=="],
    },
  );
  assert.deepEqual(owned(old, [SESSION]), { own: OWN.slice(0, 4), foreign: [] });
});

Deno.test("a mark that is cut off, or of another form, is none", () => {
  for (const mark of ["", "x", "a b c d", "a b c d e f g"]) {
    const { sections } = parse(`[a]\nawsmfa_session = ${mark}\n`);
    assert.equal(readMark(sections), undefined, mark);
  }
  assert.equal(isOwnValue(readMark(parse(loggedIn()).sections), "constructor", "x"), false);
  assert.equal(isOwnValue(readMark(parse(loggedIn()).sections), "aws_access_key_id", ""), false);
});
