import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS, fakeWorld } from "../../support/fake_world.ts";
import { withoutMark } from "../../support/session_mark.ts";
import { play, playIn } from "../play.ts";

// Which session is good enough for whom, so that nobody is asked for a code.

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const OTHER_KEYS = "aws_access_key_id = AKIABOB\naws_secret_access_key = other/secret\n";
const FILE = `[default]\n${KEYS}[work]\n${KEYS}[bob]\n${OTHER_KEYS}`;

/** A session that stands in the file, as another login or another tool left it. */
function foreignSession(id: string, ...more: string[]): string {
  return `aws_access_key_id = ${id}\naws_secret_access_key = their/secret\naws_session_token = their//token\n` +
    more.map((line) => `${line}\n`).join("");
}
const UNTIL_21 = "x_security_token_expires = 2026-11-20T21:00:00Z";

Deno.test("a session in the target of --to is not taken for one of the keys that log in: nobody knows whose it is", async () => {
  const file = `${FILE}[t]\n${foreignSession("ASIABOB", UNTIL_21)}`;
  for (
    const args of [["-p", "work", "--to", "t"], ["-p", "t", "--source-profile", "work"], [
      "-p",
      "work",
      "--source-profile",
      "work",
      "--to",
      "t",
    ]]
  ) {
    const { code, requests, files } = await play(args, {
      files: { [CREDENTIALS]: file },
      answers: ["123456"],
    });
    assert.deepEqual([code, requests.length], [0, 1], args.join(" "));
    assert.doesNotMatch(files[CREDENTIALS] ?? "", /ASIABOB/);
  }
});

Deno.test("credentials of a role are not taken for the user's own session, nor a session that does not say when it ends", async () => {
  const sections = [
    foreignSession("ASIAROLE", UNTIL_21, "x_principal_arn = arn:aws:sts::111122223333:assumed-role/r/alice"),
    foreignSession("ASIAENDLESS"),
    foreignSession("ASIAODD", "x_security_token_expires = soon"),
  ];
  for (const section of sections) {
    const setup = { files: { [CREDENTIALS]: `[work]\n${section}[work-long-term]\n${KEYS}` } };
    const login = await play(["-p", "work"], { ...setup, answers: ["123456"] });
    assert.deepEqual([login.code, login.requests.length], [0, 1]);
    const given = await play(["credential-process", "-p", "work"], setup);
    assert.deepEqual([given.code, given.stdout], [4, ""]);
  }
});

Deno.test("a user's session that lasts less than --min-remaining gets no role any more", async () => {
  const role = "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n";
  const cases = [
    ["20:55:00", [], 0],
    // The role lasts longer than the session that it is had with.
    ["20:59:00", [], 0],
    ["20:59:01", [], 1],
    ["20:55:00", ["--min-remaining", "5m"], 0],
    ["20:55:01", ["--min-remaining", "5m"], 1],
  ] as const;
  for (const [time, args, asked] of cases) {
    const fake = fakeWorld({ files: { [CREDENTIALS]: FILE, [CONFIG]: role }, answers: ["654321"] });
    assert.equal((await playIn(fake, ["123456"])).code, 0);
    fake.requests.length = 0;
    fake.clock.now = new Date(`2026-11-20T${time}Z`);
    const { code, requests, roleRequests } = await playIn(fake, ["-p", "r", ...args]);
    assert.deepEqual([code, requests.length, roleRequests.length], [0, asked, 1], `${time} ${args}`);
  }
});

Deno.test("a session in the file of which a value is somebody else's by now does not hold any more", async () => {
  const changes: [what: string, change: (text: string) => string][] = [
    ["the token", (text) => text.replace(/(aws_session_token = ).*/, "$1their//token")],
    ["the end", (text) => text.replace(/(x_security_token_expires = ).*/, "$12026-11-20T23:30:00Z")],
    [
      "id and secret",
      (text) =>
        text.replace(/(aws_access_key_id = )ASIA.*/, "$1ASIATHEIRS").replace(
          /(aws_secret_access_key = ).*/,
          "$1their/secret",
        ),
    ],
    [
      "all of it, without the mark",
      (text) =>
        withoutMark(text).replace(/(aws_access_key_id = )ASIA.*/, "$1ASIATHEIRS").replace(
          /(aws_secret_access_key = ).*/,
          "$1their/secret",
        ),
    ],
  ];
  for (const [what, change] of changes) {
    const fake = fakeWorld({ files: { [CREDENTIALS]: `[default]\n${KEYS}` }, answers: ["654321"] });
    assert.equal((await playIn(fake, ["123456"])).code, 0);
    const before = fake.files.get(CREDENTIALS) ?? "";
    const after = change(before);
    assert.notEqual(after, before, what);
    fake.files.set(CREDENTIALS, after);
    const { code, stdout } = await playIn(fake, []);
    assert.equal(code, 0, what);
    assert.doesNotMatch(stdout, /^Already logged in/, what);
    assert.doesNotMatch(fake.files.get(CREDENTIALS) ?? "", /their/i, what);
  }
});
