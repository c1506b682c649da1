import assert from "node:assert/strict";
import fc from "fast-check";
import { type Ini, parseIni } from "../../../src/domain/aws_files/ini.ts";
import { sectionsOf } from "../../../src/domain/aws_files/find_section.ts";
import {
  keysToRename,
  profilesWithRenamedKeys,
  renameBack,
  renameForSession,
} from "../../../src/domain/changes/renamed_keys.ts";
import { randomConfigWithRole } from "../../support/generators.ts";

const CONFIG =
  "# mine\n[profile a]\n\tRole_Arn=R # why\nregion = x\nsource_profile   =  s\r\n[profile b]\nrole_arn = R\n";

function config(text: string): Ini {
  return parseIni(text, "config", "CONFIG");
}

Deno.test("role keys get names that AWS tools don't read, and nothing else changes", () => {
  const aside = renameForSession(config(CONFIG), "a");
  assert.equal(
    aside,
    "# mine\n[profile a]\n\tawsmfa_Role_Arn=R # why\nregion = x\nawsmfa_source_profile   =  s\r\n[profile b]\nrole_arn = R\n",
  );
  assert.deepEqual(profilesWithRenamedKeys(config(aside)), ["a"]);
  assert.equal(keysToRename(config(aside), "a").length > 0, false);
  assert.equal(keysToRename(config(aside), "b").length > 0, true);
});

Deno.test("a profile without a role, or that is not there, keeps its text", () => {
  for (const name of ["c", "none"]) {
    const text = `${CONFIG}[profile c]\nregion = x\n`;
    assert.equal(renameForSession(config(text), name), text);
    assert.equal(renameBack(config(text), name), text);
    assert.equal(keysToRename(config(text), name).length > 0, false);
  }
});

Deno.test("in 5000 random files, role keys set aside and put back leave the same bytes", () => {
  fc.assert(
    fc.property(randomConfigWithRole, ({ text, name }) => {
      const before = config(text);
      const aside = config(renameForSession(before, name));
      assert.notEqual(aside.text, text);
      assert.equal(keysToRename(aside, name).length > 0, false);
      assert.deepEqual(profilesWithRenamedKeys(aside), [name]);
      assert.equal(renameBack(aside, name), text);
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("in 5000 random files, nothing but those keys' names differs while they are aside", () => {
  const meaning = (ini: Ini, name: string): unknown[] =>
    ini.sections.map((section) => [
      section.kind,
      section.name,
      section.properties.map(({ key, value }) => [
        sectionsOf(ini, name).includes(section) ? key.replace(/^awsmfa_/, "") : key,
        value,
      ]),
    ]);
  fc.assert(
    fc.property(randomConfigWithRole, ({ text, name }) => {
      const aside = config(renameForSession(config(text), name));
      assert.deepEqual(meaning(aside, name), meaning(config(text), name));
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("a key that was written while its like is set aside stays, and none is there twice", () => {
  const aside = renameForSession(
    config("[profile a]\nrole_arn = OLD\nsource_profile = s\nregion = x\n"),
    "a",
  );
  const written = `${aside}role_arn = NEW\n`;
  assert.equal(
    renameBack(config(written), "a"),
    "[profile a]\nsource_profile = s\nregion = x\nrole_arn = NEW\n",
  );
  assert.equal(
    renameForSession(config(written), "a"),
    "[profile a]\nawsmfa_source_profile = s\nregion = x\nawsmfa_role_arn = NEW\n",
  );
});

Deno.test("keys that end in a role key's name are others, and sections that are no profile's are left alone", () => {
  // As long as the prefix.
  const text = "[profile a]\nmy_own_role_arn = R\n[services b]\nawsmfa_role_arn = R\n";
  assert.deepEqual(profilesWithRenamedKeys(config(text)), []);
  for (const name of ["a", "b"]) assert.equal(renameBack(config(text), name), text);
});
