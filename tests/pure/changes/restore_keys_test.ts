import assert from "node:assert/strict";
import fc from "fast-check";
import { BACKUP_TITLE } from "../../../src/domain/changes/backup_format.ts";
import type { SessionCredentials } from "../../../src/domain/keys/credentials.ts";
import { randomFile } from "../../support/generators.ts";
import { logIn, outcomes, restoreAll, type TwoFiles } from "./two_files.ts";

const SESSION: SessionCredentials = {
  accessKeyId: "ASIA1",
  secretAccessKey: "temporary",
  sessionToken: "token==",
  expiration: new Date("2026-11-20T21:17:33Z"),
};
const KEYS = "aws_access_key_id = AKIA1\naws_secret_access_key = long\n";
const OTHER_KEYS = "aws_access_key_id = AKIA2\naws_secret_access_key = other\n";

function loggedIn(credentials: string, ...profiles: string[]): TwoFiles {
  let files: TwoFiles = { credentials, backup: undefined };
  for (const profile of profiles) files = logIn(files, profile, SESSION);
  return files;
}

Deno.test("lines that others add to the same section stay, and the keys are back", () => {
  const { credentials, backup } = loggedIn(`[a]\n${KEYS}region = x\n[b]\n`, "a");
  const edited = credentials.replace("region = x\n", "region = y\noutput = json\n");
  assert.deepEqual(restoreAll({ credentials: edited, backup }), {
    credentials: `[a]\n${KEYS}region = y\noutput = json\n[b]\n`,
    backup: undefined,
  });
});

const ODD = [
  // A role's ARN goes with former credentials.
  `[a]\nx_principal_arn = arn:aws:iam::1:role/r\n${KEYS}region = x\n`,
  `[a]\naws_access_key_id = ASIA9\nx_principal_arn = r\naws_secret_access_key = s\naws_session_token = t`,
  // Python, for one, takes it for a part of the line where it is not the first of the file.
  `\n\ufeff[a]\n${KEYS.trimEnd()}`,
  "[a]\n\n  [b]\n",
];
for (const text of ODD) {
  Deno.test(`byte for byte, also ${JSON.stringify(text)}`, () => {
    assert.deepEqual(restoreAll(loggedIn(text, "a")), { credentials: text, backup: undefined });
  });
}

Deno.test("keys come back with their own comments where the section was edited, also a value of two lines", () => {
  const stale = `[a]\n${KEYS}x_security_token_expires = 1\n    more\nregion = x\n`;
  const { credentials, backup } = loggedIn(stale, "a");
  const edited = credentials.replace("region = x", "region = y");
  assert.equal(
    restoreAll({ credentials: edited, backup }).credentials,
    stale.replace("region = x", "region = y"),
  );
});

Deno.test("a section that somebody removed meanwhile comes back at the end", () => {
  const { backup } = loggedIn(`[a]\n${KEYS}[b]\nx = 1\n`, "a");
  assert.equal(restoreAll({ credentials: "[b]\nx = 1\n", backup }).credentials, `[b]\nx = 1\n\n[a]\n${KEYS}`);
  assert.equal(restoreAll({ credentials: "", backup }).credentials, `[a]\n${KEYS}`);
});

Deno.test("a section that a login added goes again, but not what others wrote into it", () => {
  const { credentials, backup } = loggedIn("[b]\nx = 1\n", "a");
  assert.equal(restoreAll({ credentials, backup }).credentials, "[b]\nx = 1\n");
  const edited = `${credentials}region = x\n`;
  assert.equal(restoreAll({ credentials: edited, backup }).credentials, "[b]\nx = 1\n\n[a]\nregion = x\n");
});

Deno.test("the empty line before a section that a login added goes with it, where it is still there", () => {
  for (const before of ["[b]\nx = 1\n", "[b]\nx = 1", "[b]\r\nx = 1\r\n", "[b]\nx = 1\n\n", "# c\n"]) {
    const { credentials, backup = "" } = loggedIn(before, "a");
    assert.equal(restoreAll({ credentials, backup }).credentials, before);
    const withOtherEnds = backup.replaceAll(/(?<!\r)\n/g, "\r\n");
    assert.equal(restoreAll({ credentials, backup: withOtherEnds }).credentials, before);
    const shorter = credentials.replace(/(\r?\n)+\[a\]/, "\n[a]");
    assert.equal(restoreAll({ credentials: shorter, backup }).credentials.trimEnd(), before.trimEnd());
  }
});

Deno.test("what 0.1.0 said of a section that it added is read: one line end goes with it", () => {
  const entry = "[a]\n# awsmfa: there was no such section\n\n# awsmfa: the line above had no line end\n";
  const { credentials } = loggedIn("[b]\nx = 1", "a");
  const backup = `${BACKUP_TITLE}${entry}`;
  const as010 = credentials.replace("\n\n[a]", "\n[a]");
  assert.deepEqual(restoreAll({ credentials: as010, backup }), {
    credentials: "[b]\nx = 1",
    backup: undefined,
  });
});

Deno.test("a profile that holds its long-term keys again is 'already there', and needs no backup", () => {
  const text = `[a]\n${KEYS}`;
  const files = { credentials: text, backup: loggedIn(text, "a").backup };
  assert.deepEqual(outcomes(files), { a: "already there" });
  assert.deepEqual(restoreAll(files), { credentials: text, backup: undefined });
});

Deno.test("a profile that holds other long-term keys is 'kept', and so is its backup", () => {
  const text = `[a]\n${OTHER_KEYS}`;
  const files = { credentials: text, backup: loggedIn(`[a]\n${KEYS}`, "a").backup };
  assert.deepEqual(outcomes(files), { a: "left alone" });
  assert.deepEqual(restoreAll(files), files);
});

Deno.test("of several profiles, each has its own outcome, in the order of the logins", () => {
  const { credentials, backup } = loggedIn(`[a]\n${KEYS}[b]\n${KEYS}[c]\n${KEYS}`, "c", "a", "b");
  const edited = credentials.replace(/\[a\][^[]*/, `[a]\n${OTHER_KEYS}`).replace(
    /\[b\][^[]*/,
    `[b]\n${KEYS}`,
  );
  const files = { credentials: edited, backup };
  assert.deepEqual(Object.entries(outcomes(files)), [["c", "restored"], ["a", "left alone"], [
    "b",
    "already there",
  ]]);
  assert.equal(restoreAll(files).credentials, `[a]\n${OTHER_KEYS}[b]\n${KEYS}[c]\n${KEYS}`);
  assert.deepEqual(outcomes(restoreAll(files)), { a: "left alone" });
});

Deno.test("a profile that had no keys of its own is 'logged out', whether it had a section or none", () => {
  const text = `[a]\n${KEYS}[b]\nregion = x\n`;
  const files = loggedIn(text, "a", "b", "c");
  assert.deepEqual(outcomes(files), { a: "restored", b: "logged out", c: "logged out" });
  assert.deepEqual(restoreAll(files), { credentials: text, backup: undefined });
});

Deno.test("one profile is restored alone, and the others after it", () => {
  const text = `[a]\n${KEYS}\n[b]\n${OTHER_KEYS}`;
  const files = loggedIn(text, "a", "b");
  const half = restoreAll(files, "b");
  assert.match(half.credentials, /^\[a\]\naws_access_key_id = ASIA1\n[^]*\[b\]\naws_access_key_id = AKIA2\n/);
  assert.deepEqual(outcomes(half), { a: "restored" });
  assert.deepEqual(restoreAll(half, "a"), { credentials: text, backup: undefined });
  assert.deepEqual(outcomes(files, "c"), {});
});

Deno.test("former keys of a profile stay in the backup when the later ones are restored", () => {
  const first = loggedIn(`[a]\n${KEYS}`, "a");
  const second = logIn({ credentials: `[a]\n${OTHER_KEYS}`, backup: first.backup }, "a", SESSION);
  const restored = restoreAll(second);
  assert.equal(restored.credentials, `[a]\n${OTHER_KEYS}`);
  assert.match(
    restored.backup ?? "",
    /^\[a@AKIA1\]\n# awsmfa: replaced by a later key of profile 'a'\n[^]*= long\n/m,
  );
  assert.deepEqual(outcomes(restored), {});
  assert.deepEqual(restoreAll(restored), restored);
});

Deno.test("a backup of luhring/awsmfa, a whole file while credentials was reduced, comes back byte for byte", () => {
  const reduced =
    "[default]\naws_access_key_id     = ASIA1\naws_secret_access_key = s\naws_session_token     = t\n";
  fc.assert(
    fc.property(randomFile("credentials"), ({ text, profiles }) => {
      fc.pre(profiles.some(({ name, keys }) => name === "default" && keys !== undefined));
      const restored = restoreAll({ credentials: reduced, backup: text });
      assert.deepEqual(restored, { credentials: text, backup: undefined });
      const cut = restoreAll({ credentials: restored.credentials, backup: text });
      assert.deepEqual(cut, restored);
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("what was added to the reduced file of luhring/awsmfa stays", () => {
  const reduced = "[default]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n";
  const added = `${reduced}[new]\n${OTHER_KEYS}`;
  const restored = restoreAll({
    credentials: added,
    backup: `# mine\n[default]\n${KEYS}[b]\nrole_arn = r\n`,
  });
  assert.match(restored.credentials, /^# mine\n\[default\]\naws_access_key_id = AKIA1\n/);
  assert.match(restored.credentials, /\[new\]\naws_access_key_id = AKIA2\naws_secret_access_key = other\n/);
  assert.match(restored.credentials, /\[b\]\nrole_arn = r\n/);
});

Deno.test("so does a line that can't be read, which may hold anything", () => {
  const reduced = "[default]\naws_access_key_id = ASIA1\naws_secret_access_key = s\naws_session_token = t\n";
  for (const added of [`left over\n${reduced}`, `${reduced}[lost\n${OTHER_KEYS}`]) {
    const { credentials } = restoreAll({ credentials: added, backup: `[default]\n${KEYS}` });
    assert.equal(credentials, added.replace(/aws_access_key_id = ASIA1\n[^]*?token = t\n/, KEYS));
  }
});
