import assert from "node:assert/strict";
import fc from "fast-check";
import { parseIni } from "../../../src/domain/aws_files/ini.ts";
import { setValues } from "../../../src/domain/aws_files/ini_edit.ts";
import { checkProfileName } from "../../../src/domain/aws_files/profile_name.ts";
import { UsageError } from "../../../src/errors.ts";

const FINE = [
  "default",
  "work",
  "my work",
  "R&D",
  "büro",
  "日本",
  "a.b/c@d:e%f+g-h_i",
  "sso",
  "x=y",
  "Default",
];
const REFUSED = ["", " a", "a ", "a]b", "[a", "a#b", "a;b", 'a"b', "it's", "a\\b", "a\nb", "a\x07b", "a\tb"];

for (const name of FINE) {
  Deno.test(`a new profile may be called ${JSON.stringify(name)}`, () => checkProfileName(name));
}

for (const name of REFUSED) {
  Deno.test(`no new profile may be called ${JSON.stringify(name)}`, () => {
    for (const files of [[], ["config"], ["credentials"]] as const) {
      assert.throws(() => checkProfileName(name, ...files), UsageError);
    }
  });
}

Deno.test("[DEFAULT], which every profile of the AWS CLI inherits, is never written, also where it is there", () => {
  for (const text of ["", "[DEFAULT]\nregion = x\n"]) {
    assert.throws(
      () => setValues(parseIni(text, "credentials", "F"), "DEFAULT", [["a", "b"]]),
      {
        message:
          "the AWS CLI lets every profile inherit what is in [DEFAULT], so no session can be written there",
      },
    );
  }
});

Deno.test("a header of the config file is no name, and the name in it is told", () => {
  assert.throws(() => checkProfileName("profile dev"), {
    message: "'profile dev' is a section's header in the config file, and not a profile's name",
    hint: "leave out the word 'profile': 'dev'",
  });
  assert.throws(() => checkProfileName("sso-session x", "credentials"), UsageError);
  assert.throws(() => checkProfileName("profile it's"), /it would be read as another one/);
});

Deno.test("an odd name that is there can be written in its place", () => {
  const ini = parseIni("[it's]\na = 1\n", "credentials", "F");
  assert.equal(setValues(ini, "it's", [["a", "2"]]), "[it's]\na = 2\n");
});

Deno.test("in 5000 random names, each that is not refused is read back from both files", () => {
  const character = fc.constantFrom(..."ab ]['\"#;=\\/.é日\t\r", "profile ", "DEFAULT", "default");
  fc.assert(
    fc.property(fc.array(character, { maxLength: 6 }).map((characters) => characters.join("")), (name) => {
      try {
        checkProfileName(name);
      } catch (error) {
        assert.ok(error instanceof UsageError);
        return;
      }
      for (const file of ["credentials", "config"] as const) {
        const before = parseIni("[a]\nx = 1\n", file, "F");
        const after = parseIni(setValues(before, name, [["k", "v"]]), file, "F");
        const found = after.sections.filter((section) =>
          section.name === name && section.kind !== "unprefixed"
        );
        assert.deepEqual(found.map(({ properties }) => properties.at(-1)?.value), ["v"]);
      }
    }),
    { numRuns: 5_000 },
  );
});
