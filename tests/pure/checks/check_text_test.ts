import assert from "node:assert/strict";
import fc from "fast-check";
import type { Check } from "../../../src/domain/checks/check.ts";
import { checkText } from "../../../src/domain/checks/check_text.ts";
import { hintIn } from "../../../src/errors.ts";
import { randomFile } from "../../support/generators.ts";

const CREDENTIALS = "/h/.aws/credentials";
const CONFIG = "/h/.aws/config";

Deno.test("a file in order gives no word", () => {
  const text = "# mine\n[default]\nregion = x\n[team a]\naws_access_key_id = x\n";
  assert.deepEqual(checkText(text, "credentials", CREDENTIALS), []);
  assert.deepEqual(checkText("[default]\n[profile a]\n[sso-session s]\n", "config", CONFIG), []);
  assert.deepEqual(checkText("[sso-session s]\n[profile s]\n[sso-session s]\n", "config", CONFIG), []);
  assert.deepEqual(checkText("[DEFAULT]\nregion = x\n", "config", CONFIG), []);
  assert.deepEqual(checkText("", "config", CONFIG), []);
});

const FOUND: { what: string; file: "config" | "credentials"; text: string; checks: Check[] }[] = [
  {
    what: "a byte order mark",
    file: "credentials",
    text: "\ufeff[default]\n",
    checks: [{
      what: "credentials",
      state: "problem",
      says: `${CREDENTIALS} begins with a byte order mark, which the AWS CLI can't read`,
      fix: `perl -pi -e 's/^\\xEF\\xBB\\xBF//' ${CREDENTIALS}`,
    }],
  },
  {
    what: "Windows line ends, which are in order",
    file: "config",
    text: "[default]\r\nregion = x\r\n",
    checks: [{
      what: "config",
      state: "ok",
      says: `${CONFIG} has Windows line endings, which all AWS tools read`,
    }],
  },
  {
    what: "a line that no tool can read, and its text is not repeated",
    file: "credentials",
    text: "[default]\naws_access_key_id = A\nSECRET\n",
    checks: [{
      what: "credentials",
      state: "problem",
      says: `${CREDENTIALS}: line 3: Expected an '=' sign defining a property`,
      fix: `vi +3 ${CREDENTIALS}`,
    }],
  },
  {
    what: "a key before the first section",
    file: "config",
    text: "\nregion = x\n",
    checks: [{
      what: "config",
      state: "problem",
      says: `${CONFIG}: line 2: Expected a profile definition: '[name]' must come before the first key`,
      fix: `vi +2 ${CONFIG}`,
    }],
  },
  {
    what: "comments behind values that matter, also of a key that a login renamed",
    file: "config",
    text:
      "[profile a]\nregion = eu-west-1 # near\nawsmfa_role_arn = R\t; x\noutput = json\n# region = y # z\n" +
      "nickname = n # mine\nmfa_serial = A#b\n[plugins]\nregion = x # y\n",
    checks: [["#", "region", 2] as const, [";", "role_arn", 3] as const].map(([character, key, line]) => ({
      what: "config",
      state: "warning",
      says: `line ${line} of ${CONFIG}: the AWS CLI takes what follows ${character} as a part of ${key}, too`,
      fix: `vi +${line} ${CONFIG}`,
    })),
  },
  {
    what: "every line that no tool can read, and what else is odd",
    file: "config",
    text: "x\n[default]\nbroken\nregion: x\n[lost\n[profile default]\n",
    checks: [
      {
        what: "config",
        state: "problem",
        says: `${CONFIG}: line 1: Expected a profile definition: '[name]' must come before the first key`,
        fix: `vi +1 ${CONFIG}`,
      },
      {
        what: "config",
        state: "problem",
        says: `${CONFIG}: line 3: Expected an '=' sign defining a property`,
        fix: `vi +3 ${CONFIG}`,
      },
      {
        what: "config",
        state: "problem",
        says: `${CONFIG}: line 5: Profile definition must end with ']'`,
        fix: `vi +5 ${CONFIG}`,
      },
      {
        what: "config",
        state: "warning",
        says:
          `[default] and [profile default] are both in ${CONFIG}, in lines 2 and 6: the AWS CLI reads the later ` +
          "one, and others one of the two",
        fix: `vi +6 ${CONFIG}`,
      },
      {
        what: "config",
        state: "warning",
        says: `line 4 of ${CONFIG}: many AWS tools don't read region with a colon; write = in its place`,
        fix: `vi +4 ${CONFIG}`,
      },
    ],
  },
  {
    what: "a profile that stands there three times",
    file: "credentials",
    text: "[a]\n[b]\n[a]\nx = 1\n[a]\n",
    checks: [3, 5].map((line) => ({
      what: "credentials",
      state: "problem",
      says: `profile 'a' is defined twice in ${CREDENTIALS}, in lines 1 and ${line}`,
      fix: `vi +${line} ${CREDENTIALS}`,
    })),
  },
  {
    what: "a profile with blanks in its name, twice in config",
    file: "config",
    text: '[profile "team a"]\n[profile "team a"]\n',
    checks: [{
      what: "config",
      state: "problem",
      says: `profile 'team a' is defined twice in ${CONFIG}, in lines 1 and 2`,
      fix: `vi +2 ${CONFIG}`,
    }],
  },
  {
    what: "a section of config without 'profile '",
    file: "config",
    text: "[default]\n\n[ work ] # mine\n",
    checks: [{
      what: "config",
      state: "warning",
      says: `line 3 of ${CONFIG}: the AWS CLI ignores [work], which lacks 'profile '`,
      fix: `perl -pi -e 's/\\[\\s*(?!profile\\s)/[profile / if $. == 3' ${CONFIG}`,
    }],
  },
  {
    what: "'profile ' in the credentials file",
    file: "credentials",
    text: "[default]\n[profile it's $HOME]\n",
    checks: [{
      what: "credentials",
      state: "warning",
      says: `line 2 of ${CREDENTIALS}: AWS tools ignore [profile it's $HOME]; here it must be [it's $HOME]`,
      fix: `perl -pi -e 's/\\[\\s*profile\\s+/[/ if $. == 2' ${CREDENTIALS}`,
    }],
  },
  {
    what: "several at once, in the order of reading",
    file: "config",
    text: "\ufeff[work]\r\n[profile a]\r\n[profile a]\r\n",
    checks: [
      {
        what: "config",
        state: "problem",
        says: `${CONFIG} begins with a byte order mark, which the AWS CLI can't read`,
        fix: `perl -pi -e 's/^\\xEF\\xBB\\xBF//' ${CONFIG}`,
      },
      { what: "config", state: "ok", says: `${CONFIG} has Windows line endings, which all AWS tools read` },
      {
        what: "config",
        state: "problem",
        says: `profile 'a' is defined twice in ${CONFIG}, in lines 2 and 3`,
        fix: `vi +3 ${CONFIG}`,
      },
      {
        what: "config",
        state: "warning",
        says: `line 1 of ${CONFIG}: the AWS CLI ignores [work], which lacks 'profile '`,
        fix: `perl -pi -e 's/\\[\\s*(?!profile\\s)/[profile / if $. == 1' ${CONFIG}`,
      },
    ],
  },
];
for (const { what, file, text, checks } of FOUND) {
  Deno.test(`doctor finds in a file: ${what}`, () => {
    assert.deepEqual(checksOf(text, file, file === "config" ? CONFIG : CREDENTIALS), checks);
  });
}

Deno.test("a path with blanks is quoted in the fix", () => {
  const fixes = checksOf("\ufeff[a]\n[a]\n[profile b]\n", "credentials", "/h/my keys").map(({ fix }) => fix);
  assert.deepEqual(fixes, [
    "perl -pi -e 's/^\\xEF\\xBB\\xBF//' '/h/my keys'",
    "vi +2 '/h/my keys'",
    "perl -pi -e 's/\\[\\s*profile\\s+/[/ if $. == 3' '/h/my keys'",
  ]);
});

Deno.test("property: every problem and warning has a fix, and no value of the file is in a word of it", () => {
  for (const file of ["config", "credentials"] as const) {
    fc.assert(fc.property(randomFile(file), ({ text, profiles }) => {
      for (const { state, says, fix } of checksOf(text, file, CONFIG)) {
        assert.equal(fix !== undefined, state !== "ok");
        for (const { keys } of profiles) {
          assert.ok(keys === undefined || !`${says}${fix}`.includes(keys.secretAccessKey));
        }
      }
    }));
  }
});

/** With what is to be typed in a POSIX shell. */
function checksOf(...args: Parameters<typeof checkText>): Check[] {
  return checkText(...args).map((check) =>
    check.fix === undefined ? check : { ...check, fix: hintIn(check.fix, "posix") }
  );
}
