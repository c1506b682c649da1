import assert from "node:assert/strict";
import fc from "fast-check";
import { findCredentials, type LongTermKeys } from "../../../src/domain/keys/credentials.ts";
import { findSection } from "../../../src/domain/aws_files/find_section.ts";
import { checkAccessKeyId, checkSecret, putKeys } from "../../../src/domain/changes/new_keys.ts";
import { restoreKeys } from "../../../src/domain/changes/restore_keys.ts";
import { BACKUP_TITLE } from "../../../src/domain/changes/backup_format.ts";
import { FileError, UsageError } from "../../../src/errors.ts";
import { randomFile, session } from "../../support/generators.ts";
import { keyFiles, keys, othersSession, sessionLines, type Texts } from "../aws_files/key_files.ts";
import { assertSecretsInOne, logIn, parse, type TwoFiles } from "./two_files.ts";

const ID = "AKIAQYLPMN5HHHFPZAM2";
const SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

/** What a check says of a text that it refuses, and which it must not repeat. */
function refusal(check: (typed: string) => string, typed: string): { message: string; hint: string } {
  try {
    check(typed);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    const { message, hint = "" } = error;
    if (typed.trim().length > 4) assert.ok(!`${message}${hint}`.includes(typed.trim()), "it is repeated");
    return { message, hint };
  }
  throw new Error(`'${typed}' was not refused`);
}

Deno.test("an access key id is 16 to 128 capital letters and digits; blanks around it are of a paste", () => {
  for (const typed of [ID, `  ${ID}\t`, `${ID}\r\n`, `AKIA${"A".repeat(12)}`, `AKIA${"0".repeat(124)}`]) {
    assert.equal(checkAccessKeyId(typed), typed.trim());
  }
});

Deno.test("what is no access key id is refused, and not repeated: it may be the secret", () => {
  for (
    const typed of [
      "",
      " ",
      SECRET,
      "AKIA",
      ID.toLowerCase(),
      ID.slice(0, 15),
      `${ID.slice(0, 10)} ${ID.slice(10)}`,
      `${ID}\n[other]`,
      `AKIA${"0".repeat(125)}`,
      `À${ID.slice(1)}`,
      `aws_access_key_id = ${ID}`,
    ]
  ) {
    assert.deepEqual(refusal(checkAccessKeyId, typed), {
      message: "that is not an access key id",
      hint: "20 capital letters and digits, such as AKIAIOSFODNN7EXAMPLE",
    });
  }
});

Deno.test("the key id of a session is told to be one", () => {
  assert.deepEqual(refusal(checkAccessKeyId, "ASIAZZZZZZZZZZZZZZZZ"), {
    message: "that access key id is one of a session",
    hint: "an IAM user's begins with AKIA: IAM console > Users > Security credentials",
  });
});

Deno.test("a secret has 40 signs, whatever blanks and line ends came with it", () => {
  const [first, second] = [SECRET.slice(0, 20), SECRET.slice(20)];
  for (
    const typed of [
      SECRET,
      ` ${SECRET}\t`,
      `${SECRET}\r\n`,
      `${first}\n${second}`,
      `${first}\r\n  ${second}\n`,
      [...SECRET].join(" "),
    ]
  ) {
    assert.equal(checkSecret(typed), SECRET);
  }
});

Deno.test("what is no secret is refused with what is wrong, and not repeated", () => {
  const cases: [typed: string, why: string][] = [
    ["", "0 characters"],
    [ID, "20 characters"],
    [SECRET.slice(1), "39 characters"],
    [`${SECRET}x`, "41 characters"],
    [`${SECRET}${SECRET}`, "80 characters"],
    [`${SECRET.slice(1)}=`, "characters that AWS's don't have"],
    [`"${SECRET.slice(2)}"`, "characters that AWS's don't have"],
    [`${SECRET.slice(1)}é`, "characters that AWS's don't have"],
    [`${SECRET.slice(1)}\x1b`, "characters that AWS's don't have"],
  ];
  for (const [typed, why] of cases) {
    assert.deepEqual(refusal(checkSecret, typed), {
      message: `that is not a secret access key: it has ${why}`,
      hint: "40 letters, digits, + and /; AWS shows it once, when the key is made",
    });
  }
});

Deno.test("no piece of a mistyped secret stands in the refusal", () => {
  const characters = fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
  const secret = fc.array(characters, { minLength: 12, maxLength: 60 }).map((all) => all.join(""));
  fc.assert(fc.property(secret.filter((text) => text.length !== 40), (typed) => {
    const words = [refusal(checkSecret, typed), refusal(checkAccessKeyId, `${typed}=`)];
    for (let at = 0; at + 12 <= typed.length; at++) {
      assert.ok(!JSON.stringify(words).includes(typed.slice(at, at + 12)));
    }
  }));
});

/** The key whose two lines {@linkcode keys} writes. */
function keyPair(id: string): LongTermKeys {
  return { accessKeyId: id, secretAccessKey: `SECRET/${id}` };
}

/** The texts with the key NEW in profile 'work'; an empty one is left out. */
function put(texts: Texts, profile = "work", id = "AKIANEW"): Texts {
  const { credentials, backup, config } = putKeys(keyFiles(texts), profile, keyPair(id));
  return { credentials, ...(backup ? { backup } : {}), ...(config === "" ? {} : { config }) };
}

/** The backup's section for a key that another one has replaced. */
function replaced(id: string, body: string = keys(id), profile = "work"): string {
  return `[${profile}@${id}]\n# awsmfa: replaced by a later key of profile '${profile}'\n${body}`;
}

const NEW = `[work]\n${keys("AKIANEW")}`;

const PLACES: [what: string, before: Texts, after: Texts][] = [
  ["an empty file", {}, { credentials: NEW }],
  [
    "a file without the profile: behind all that is there",
    { credentials: `[other]\n${keys("AKIAOTHER")}` },
    { credentials: `[other]\n${keys("AKIAOTHER")}\n${NEW}` },
  ],
  [
    "a file without a last line end",
    { credentials: "[other]\nregion = x" },
    { credentials: `[other]\nregion = x\n\n${NEW}` },
  ],
  ["an empty section", { credentials: "[work]\n" }, { credentials: NEW }],
  [
    "a section with other keys",
    { credentials: "[work]\nregion = x\n\n[other]\n" },
    { credentials: `[work]\nregion = x\n${keys("AKIANEW")}\n[other]\n` },
  ],
  [
    "half of the same key, which is made whole",
    { credentials: "[work]\naws_access_key_id = AKIANEW\nregion = x\n" },
    {
      credentials:
        "[work]\naws_access_key_id = AKIANEW\nregion = x\naws_secret_access_key = SECRET/AKIANEW\n",
    },
  ],
  [
    "half of another key, which is kept",
    { credentials: "[work]\naws_access_key_id = AKIAHALF\nregion = x\n" },
    {
      credentials:
        "[work]\naws_access_key_id = AKIANEW\nregion = x\naws_secret_access_key = SECRET/AKIANEW\n",
      backup: BACKUP_TITLE + replaced("AKIAHALF", "aws_access_key_id = AKIAHALF\nregion = x\n"),
    },
  ],
  [
    "keys without values, as a template has them",
    { credentials: "[work]\naws_access_key_id =\naws_secret_access_key=\n" },
    { credentials: "[work]\naws_access_key_id = AKIANEW\naws_secret_access_key=SECRET/AKIANEW\n" },
  ],
  [
    "another long-term key, which is kept in the backup",
    { credentials: `[work]\n${keys("AKIAOLD")}` },
    { credentials: NEW, backup: BACKUP_TITLE + replaced("AKIAOLD") },
  ],
  [
    "another secret of the same key id, which is kept too",
    { credentials: "[work]\naws_access_key_id = AKIANEW\naws_secret_access_key = SECRET/MISTYPED\n" },
    {
      credentials: NEW,
      backup: BACKUP_TITLE +
        replaced("AKIANEW", "aws_access_key_id = AKIANEW\naws_secret_access_key = SECRET/MISTYPED\n"),
    },
  ],
  [
    "another long-term key with a token that `aws configure` left behind",
    { credentials: `[work]\n${othersSession("AKIAOLD")}` },
    { credentials: NEW, backup: BACKUP_TITLE + replaced("AKIAOLD", othersSession("AKIAOLD")) },
  ],
  [
    "another long-term key beside the token of a login of awsmfa's: the token goes",
    { credentials: `[work]\n${keys("AKIAOLD")}${sessionLines("ASIA1").split("\n").slice(2).join("\n")}` },
    { credentials: NEW, backup: BACKUP_TITLE + replaced("AKIAOLD") },
  ],
  [
    "another long-term key, with a backup of other profiles: its bytes stay in front",
    { credentials: `[work]\n${keys("AKIAOLD")}`, backup: `${BACKUP_TITLE}[other]\n${keys("AKIAOTHER")}` },
    { credentials: NEW, backup: `${BACKUP_TITLE}[other]\n${keys("AKIAOTHER")}${replaced("AKIAOLD")}` },
  ],
  [
    "another long-term key, with a backup that has no last line end",
    { credentials: `[work]\n${keys("AKIAOLD")}`, backup: `${BACKUP_TITLE}[other]\nregion = x` },
    { credentials: NEW, backup: `${BACKUP_TITLE}[other]\nregion = x\n${replaced("AKIAOLD")}` },
  ],
  [
    "a key that was replaced once before: both are kept, under names of their own",
    {
      credentials: "[work]\naws_access_key_id = AKIAOLD\naws_secret_access_key = SECRET/SECOND\n",
      backup: BACKUP_TITLE + replaced("AKIAOLD"),
    },
    {
      credentials: NEW,
      backup: `${BACKUP_TITLE}${replaced("AKIAOLD")}[work@AKIAOLD@2]\n` +
        "# awsmfa: replaced by a later key of profile 'work'\n" +
        "aws_access_key_id = AKIAOLD\naws_secret_access_key = SECRET/SECOND\n",
    },
  ],
  [
    "a login: the session goes, and the keys that were put aside are kept under a name of their own",
    { credentials: `[work]\n${sessionLines("ASIA1")}`, backup: `${BACKUP_TITLE}[work]\n${keys("AKIAOLD")}` },
    { credentials: NEW, backup: BACKUP_TITLE + replaced("AKIAOLD") },
  ],
  [
    "a login of the same keys: it is undone, and nothing is left in the backup",
    { credentials: `[work]\n${sessionLines("ASIA1")}`, backup: `${BACKUP_TITLE}[work]\n${keys("AKIANEW")}` },
    { credentials: NEW },
  ],
  [
    "a login and those of others: only its own is undone",
    {
      credentials: `[work]\n${sessionLines("ASIA1")}[other]\n${sessionLines("ASIA2")}`,
      backup: `${BACKUP_TITLE}[work]\n${keys("AKIAOLD")}[other]\n${keys("AKIAOTHER")}`,
    },
    {
      credentials: `${NEW}[other]\n${sessionLines("ASIA2")}`,
      backup: `${BACKUP_TITLE}[other]\n${keys("AKIAOTHER")}${replaced("AKIAOLD")}`,
    },
  ],
  [
    "keys that somebody wrote over a login: those and the ones put aside are both kept",
    { credentials: `[work]\n${keys("AKIAOLD")}`, backup: `${BACKUP_TITLE}[work]\n${keys("AKIAFIRST")}` },
    { credentials: NEW, backup: `${BACKUP_TITLE}[work]\n${keys("AKIAFIRST")}${replaced("AKIAOLD")}` },
  ],
  [
    "a session of awsmfa's that nothing was backed up for, with all that other tools keep beside it",
    {
      credentials: `[work]\nregion = x\n${
        sessionLines(
          "ASIA1",
          "aws_security_token = TOKEN/ASIA1",
          "x_security_token_expires = 2026-11-20T21:00:00Z",
          "x_principal_arn = r",
          "expiration = 1",
          "assumed_role = True",
          "# mine",
        )
      }`,
    },
    { credentials: `[work]\nregion = x\n${keys("AKIANEW")}# mine\n` },
  ],
  [
    "a session of another tool, which is kept too",
    { credentials: `[work]\n${othersSession("ASIA1")}` },
    { credentials: NEW, backup: BACKUP_TITLE + replaced("ASIA1", othersSession("ASIA1")) },
  ],
  ["the same keys: nothing changes", { credentials: NEW }, { credentials: NEW }],
  [
    "the same keys: nothing changes in a backup either",
    { credentials: NEW, backup: BACKUP_TITLE + replaced("AKIAOLD"), config: "[profile work]\nregion = x\n" },
    { credentials: NEW, backup: BACKUP_TITLE + replaced("AKIAOLD"), config: "[profile work]\nregion = x\n" },
  ],
];
for (const [what, before, after] of PLACES) {
  Deno.test(`new keys go into ${what}`, () => assert.deepEqual(put(before), after));
}

Deno.test("a secret without its key id is not lost, as where that was mistyped", () => {
  const mistyped = "[work]\naws_acces_key_id = AKIAOLD\naws_secret_access_key = SECRET/AKIAOLD\n";
  const { credentials = "", backup = "" } = put({ credentials: mistyped });
  assert.match(credentials, /^aws_access_key_id = AKIANEW\n/m);
  assert.ok(`${credentials}${backup}`.includes("SECRET/AKIAOLD"));
});

Deno.test("comments, line ends and the other sections keep their bytes", () => {
  const before =
    "\ufeff# mine\r\n[a]\r\nregion=x\r\n\r\n[work]  ; why\r\n  aws_access_key_id=AKIAOLD\r\n# between\r\n" +
    "\taws_secret_access_key =  SECRET/AKIAOLD  # old\r\n\r\n; end\r\n[z]\r\n  s3 =\r\n    max = 1\r\nlast = 1";
  const { credentials, backup } = put({ credentials: before });
  const where = [before.indexOf("[work]"), before.indexOf("[z]")] as const;
  assert.equal(
    credentials,
    before.replace("AKIAOLD\r", "AKIANEW\r").replace("SECRET/AKIAOLD", "SECRET/AKIANEW"),
  );
  const [, , ...lines] = backup?.slice(BACKUP_TITLE.length).split("\n") ?? [];
  assert.equal(lines.join("\n"), before.slice(...where).replace(/^[^\n]*\n/, ""));
});

Deno.test("a profile that is defined twice is refused, and both lines are named", () => {
  const credentials = `[work]\n[a]\n[work]\n${keys("AKIAOLD")}`;
  assert.throws(() => put({ credentials }), (error) => {
    assert.ok(error instanceof FileError);
    assert.equal(error.message, "CREDENTIALS: profile 'work' is defined twice, in lines 1 and 3");
    return true;
  });
});

Deno.test("a restore gives back neither keys that were replaced nor a session", () => {
  const { credentials = "", backup = "" } = put({ credentials: `[work]\n${keys("AKIAOLD")}` });
  const restored = restoreKeys(parse(credentials), parse(backup), undefined);
  assert.deepEqual(restored, { credentials: NEW, backup, profiles: [] });
});

Deno.test("a login that another tool wrote over is undone before new keys come, and no restore brings back what was under it", () => {
  const { credentials = "", backup = "" } = put({
    credentials: `[work]\n${othersSession("ASIA2")}`,
    backup: `${BACKUP_TITLE}[work]\n${keys("AKIAOLD")}`,
  });
  assert.equal(credentials, NEW);
  for (const secret of ["SECRET/AKIAOLD", "TOKEN/ASIA2"]) {
    assert.equal(backup.split(secret).length, 2, secret);
  }
  const restored = restoreKeys(parse(credentials), parse(backup), undefined);
  assert.deepEqual(restored, { credentials: NEW, backup, profiles: [] });
});

/** A random file, maybe with a login of some profile in it, and the profile that gets new keys. */
const places = fc.record({
  file: randomFile("credentials"),
  loggedIn: fc.option(fc.tuple(fc.nat(), session)),
  which: fc.nat(),
}).map(({ file: { text, profiles }, loggedIn, which }) => {
  const all = [...profiles, { name: "newcomer", keys: undefined }];
  const nth = (n: number): string => all[n % all.length]?.name ?? "";
  const before: TwoFiles = { credentials: text, backup: undefined };
  const files = loggedIn === null ? before : logIn(before, nth(loggedIn[0]), loggedIn[1]);
  return { files, profiles, profile: nth(which) };
});

Deno.test("whatever there was: the profile holds the new keys, no secret is lost, and the others keep their bytes", () => {
  fc.assert(
    fc.property(places, ({ files: { credentials, backup = "" }, profiles, profile }) => {
      const file = parse(credentials);
      const after = put({ credentials, backup }, profile, "AKIANEW");
      const now = parse(after.credentials ?? "");
      const section = findSection(now, profile);
      const found = findCredentials(section === undefined ? [] : [section]);
      assert.deepEqual(found, { kind: "long-term", keys: keyPair("AKIANEW") });
      assertSecretsInOne(profiles, { credentials: now.text, backup: after.backup });

      const was = findSection(file, profile);
      const [start, end] = was === undefined
        ? [credentials.length, credentials.length]
        : [was.start, was.end];
      assert.ok(now.text.startsWith(credentials.slice(0, start)));
      assert.ok(now.text.endsWith(credentials.slice(end)));
      assert.deepEqual(put(after, profile, "AKIANEW"), after, "a second time changes nothing");
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("between the two saves, in their order, no secret is lost either", () => {
  fc.assert(
    fc.property(places, ({ files: { credentials, backup = "" }, profiles, profile }) => {
      const after = putKeys(keyFiles({ credentials, backup }), profile, keyPair("AKIANEW"));
      const between = after.first === "backup"
        ? { credentials, backup: after.backup }
        : { credentials: after.credentials, backup };
      assertSecretsInOne(profiles, between);
    }),
    { numRuns: 2_000 },
  );
});
