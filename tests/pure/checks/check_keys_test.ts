import assert from "node:assert/strict";
import fc from "fast-check";
import { checkKeys } from "../../../src/domain/checks/check_keys.ts";
import { parseIni } from "../../../src/domain/aws_files/ini.ts";
import type { FileKind } from "../../../src/domain/aws_files/section_header.ts";
import { randomFile } from "../../support/generators.ts";

const PATHS = { credentials: "/h/.aws/credentials", config: "/h/.aws/config" };
const ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const NO_ID = "does not look like a key id: 20 capital letters and digits, from AKIA on";

function said(text: string, file: FileKind = "credentials"): string[] {
  return checkKeys(parseIni(text, file, PATHS[file])).map(({ says }) => says);
}

const IN_ORDER: [what: string, text: string, file?: FileKind][] = [
  ["keys as AWS hands them out", `[default]\naws_access_key_id = ${ID}\naws_secret_access_key = ${SECRET}\n`],
  ["a session's", `[a]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${SECRET}\n`],
  ["comments behind them", `[a]\naws_access_key_id=${ID} # mine\naws_secret_access_key=${SECRET} ; mine\n`],
  ["keys that are not filled in", "[a]\naws_access_key_id =\naws_secret_access_key = # later\n"],
  ["keys in capitals", `[a]\nAWS_ACCESS_KEY_ID = ${ID}\r\nAWS_SECRET_ACCESS_KEY = ${SECRET}\r\n`],
  ["short tokens and other keys", "[a]\naws_session_token = x\nregion = eu-west-1\n"],
  ["a section that is no profile", "[sso-session s]\naws_access_key_id = x\n", "config"],
  ["a section of config that no tool reads", "[s]\naws_access_key_id = x\n", "config"],
  ["an empty file", ""],
];
for (const [what, text, file] of IN_ORDER) {
  Deno.test(`nothing is said of ${what}`, () => {
    assert.deepEqual(said(text, file), []);
  });
}

const NOT_AN_ID: [what: string, value: string][] = [
  ["one sign short", ID.slice(1)],
  ["one sign too long", `${ID}A`],
  ["in small letters", ID.toLowerCase()],
  ["with a quote on each side", `"${ID}"`],
  ["a secret", SECRET],
  ["a user's id", ID.replace("AKIA", "1234")],
  ["going on in a second line", `${ID}\n  ABC`],
];
for (const [what, value] of NOT_AN_ID) {
  Deno.test(`a key id that is none is found, and not repeated: ${what}`, () => {
    const text = `# mine\n[default]\nregion = x\naws_access_key_id = ${value}\n`;
    assert.deepEqual(said(text), [
      `line 4 of ${PATHS.credentials}: aws_access_key_id of [default] ${NO_ID}`,
    ]);
  });
}

const NOT_A_SECRET: [what: string, value: string, characters: number][] = [
  ["one sign short", SECRET.slice(0, -1), 39],
  ["one sign too long", `${SECRET}x`, 41],
  ["a key id", ID, 20],
  ["with a quote on each side", `'${SECRET}'`, 42],
];
for (const [what, value, characters] of NOT_A_SECRET) {
  Deno.test(`a secret that looks cut off is found, and not repeated: ${what}`, () => {
    const text = `[profile a]\naws_secret_access_key = ${value}`;
    assert.deepEqual(said(text, "config"), [
      `line 2 of ${PATHS.config}: aws_secret_access_key of [a] has ${characters} characters instead of 40`,
    ]);
  });
}

Deno.test("every line of every profile is looked at, and each has its own number", () => {
  const text = "\ufeff[default]\r\naws_access_key_id = x\r\n\r\n[team a]\r\n# note\r\n" +
    "aws_secret_access_key = y\r\naws_access_key_id = z\r\naws_access_key_id = z\r\n";
  assert.deepEqual(said(text), [
    `line 2 of ${PATHS.credentials}: aws_access_key_id of [default] ${NO_ID}`,
    `line 6 of ${PATHS.credentials}: aws_secret_access_key of [team a] has 1 characters instead of 40`,
    `line 7 of ${PATHS.credentials}: aws_access_key_id of [team a] ${NO_ID}`,
    `line 8 of ${PATHS.credentials}: aws_access_key_id of [team a] ${NO_ID}`,
  ]);
});

Deno.test("each is a warning, which awsmfa edit of that file mends", () => {
  for (const file of ["config", "credentials"] as const) {
    const ini = parseIni("[default]\naws_access_key_id = x\naws_secret_access_key = y\n", file, PATHS[file]);
    assert.deepEqual(checkKeys(ini).map(({ what, state, fix }) => [what, state, fix]), [
      [file, "warning", `awsmfa edit ${file}`],
      [file, "warning", `awsmfa edit ${file}`],
    ]);
  }
});

Deno.test("property: no value of the file is in a word of it, and the line named holds the key named", () => {
  for (const file of ["config", "credentials"] as const) {
    fc.assert(fc.property(randomFile(file), ({ text, profiles }) => {
      for (const { says, fix } of checkKeys(parseIni(text, file, PATHS[file]))) {
        const [, line = "", key = ""] = /^line (\d+) of \S+: (\w+) of /.exec(says) ?? [];
        assert.ok(text.split("\n")[Number(line) - 1]?.toLowerCase().includes(key), says);
        for (const { keys } of profiles) {
          if (keys === undefined) continue;
          assert.ok(!`${says}${fix}`.includes(keys.accessKeyId));
          assert.ok(!`${says}${fix}`.includes(keys.secretAccessKey));
        }
      }
    }));
  }
});
