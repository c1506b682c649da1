import assert from "node:assert/strict";
import { type Ini, parseIni } from "../../src/domain/aws_files/ini.ts";
import { setValues } from "../../src/domain/aws_files/ini_edit.ts";
import type { FileKind } from "../../src/domain/aws_files/section_header.ts";
import { testVectors } from "./read_vectors.ts";

interface Vector {
  readonly name: string;
  readonly original: string;
  readonly update: Record<string, string | Record<string, string>>;
  readonly expected: string;
}

/**
 * The reference writes ` = `, and no empty line before a new section; awsmfa keeps the spacing that it finds, so these
 * agree in their meaning.
 */
const OTHER_SPACING = [
  "test_update_single_existing_value_no_spaces",
  "test_handles_no_spaces",
  "test_appends_newline_on_new_section",
];

testVectors<Vector>(
  "configure writer",
  "aws-cli/configure-writer-cases.json",
  22,
  (vector) => {
    const { __section__: section = "default", ...values } = vector.update;
    assert.equal(typeof section, "string");
    const [, prefix, name = ""] = /^(profile )?(.*)$/.exec(String(section)) ?? [];
    // The bare names of these cases, such as [a], are profiles in a credentials file only.
    const kind: FileKind = prefix === undefined ? "credentials" : "config";
    const written = setValues(
      parse(vector.original, kind),
      name,
      Object.entries(values).map(([key, value]) => [key, String(value)]),
    );
    if (OTHER_SPACING.includes(vector.name)) {
      assert.notEqual(written, vector.expected);
      assert.deepEqual(meaningOf(parse(written, kind)), meaningOf(parse(vector.expected, kind)));
    } else {
      assert.equal(written, vector.expected);
    }
  },
  ({ update }) =>
    Object.values(update).some((value) => typeof value !== "string")
      ? "a nested attribute, which awsmfa never writes"
      : undefined,
);

function parse(text: string, kind: FileKind): Ini {
  return parseIni(text, kind, "FILE");
}

function meaningOf(ini: Ini): unknown {
  return ini.sections.map(({ name, properties }) => [name, properties.map(({ key, value }) => [key, value])]);
}
