import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeBytes, encodeText } from "../../../src/domain/text/byte_text.ts";
import { type Ini, lastValue, parseIni, type Section } from "../../../src/domain/aws_files/ini.ts";
import { removeKeys, setValues, type Values } from "../../../src/domain/aws_files/ini_edit.ts";
import { findSection } from "../../../src/domain/aws_files/find_section.ts";
import type { FileKind } from "../../../src/domain/aws_files/section_header.ts";
import { type RandomFile, randomFile } from "../../support/generators.ts";

const RUNS = 20_000;

/** Their texts stand in no random file, so that each is found in the result. */
const NEW_VALUES = ["<<A>>", "<<B>>/+=", "<<C=1>>", "<<é\udcff>>"];
const OWNED = ["aws_access_key_id", "aws_secret_access_key", "region", "x_new_1", "foo"];

interface Case {
  readonly kind: FileKind;
  readonly file: RandomFile;
  readonly target: string;
  readonly values: Values;
}

const caseOf = (kind: FileKind): fc.Arbitrary<Case> =>
  fc.record({
    file: randomFile(kind),
    chosen: fc.nat(),
    keys: fc.shuffledSubarray(OWNED, { minLength: 1, maxLength: 4 }),
    values: fc.shuffledSubarray(NEW_VALUES, { minLength: 4 }),
  }).map(({ file, chosen, keys, values }) => ({
    kind,
    file,
    // One more than there are: then the profile is a new one.
    target: file.profiles[chosen % (file.profiles.length + 1)]?.name ?? "newcomer",
    values: keys.map((key, i) => [key, values[i] ?? ""] as const),
  }));
const cases = fc.oneof(caseOf("credentials"), caseOf("config"));

Deno.test(`in ${RUNS} random files, nothing but the values set and the lines added differs`, () => {
  fc.assert(
    fc.property(cases, ({ kind, file, target, values }) => {
      const before = parse(file.text, kind);
      const after = setValues(before, target, values);
      assertSameButFor(withoutNewLines(after, values, findSection(before, target)), before, target, values);
      assertOthersSame(before, parse(after, kind), target);
      assert.equal(decodeBytes(encodeText(after)), after);
    }),
    { numRuns: RUNS },
  );
});

Deno.test(`in ${RUNS} random files, values set are read back, and setting them again changes nothing`, () => {
  fc.assert(
    fc.property(cases, ({ kind, file, target, values }) => {
      const after = parse(setValues(parse(file.text, kind), target, values), kind);
      const section = findSection(after, target);
      assert.ok(section);
      for (const [key, value] of values) assert.equal(lastValue(section, key), value);
      assert.equal(setValues(after, target, values), after.text);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("keys added and removed again leave the file as it was, up to a final line end", () => {
  fc.assert(
    fc.property(cases, ({ kind, file, target, values }) => {
      const before = parse(file.text, kind);
      const section = findSection(before, target);
      fc.pre(section !== undefined);
      const added = values.filter(([key]) => lastValue(section, key) === undefined);
      const after = parse(setValues(before, target, added), kind);
      const back = removeKeys(after, target, added.map(([key]) => key));
      assert.ok(back === before.text || isWithLineEnd(back, before.text));
    }),
    { numRuns: RUNS / 4 },
  );
});

function parse(text: string, kind: FileKind): Ini {
  return parseIni(text, kind, "FILE");
}

function isWithLineEnd(longer: string, text: string): boolean {
  return longer === `${text}\n` || longer === `${text}\r\n`;
}

/** Takes away each line that holds nothing but a key that was not there and its new value; one for every such key. */
function withoutNewLines(text: string, values: Values, section: Section | undefined): string {
  let rest = text;
  for (const [key, value] of values) {
    if (section?.properties.some((property) => property.key === key)) continue;
    const lines = rest.split(/(?<=\n)/);
    const own = lines.filter((line) => line.includes(value));
    assert.match(own.join(""), /^[ \t]*[a-z_0-9]+ ?= ?<<[^\n]*\n$/);
    assert.equal(own.join("").split("=")[0]?.trim(), key);
    rest = lines.filter((line) => !line.includes(value)).join("");
  }
  return rest;
}

/** `edited` with the old values in place of the new ones is the file as it was. */
function assertSameButFor(edited: string, before: Ini, target: string, values: Values): void {
  const section = findSection(before, target);
  if (section === undefined) {
    const [, header = ""] = /^([^]*?)(\[[^\]\n]*\]\r?\n)$/.exec(edited) ?? [];
    // On a line of its own, behind an empty one.
    const joint = header.slice(before.text.length);
    assert.ok(header.startsWith(before.text) && /^(?:\r?\n){0,2}$/.test(joint));
    assert.ok(before.text === "" || header.split("\n").at(-2)?.trim() === "");
    return;
  }
  const news = new Map(values);
  let original = edited;
  // From left to right: so all before the new value is as it was already.
  for (const { key, value, valueStart, valueEnd } of section.properties) {
    const set = news.get(key);
    if (set === undefined) continue;
    const span = before.text.slice(valueStart, valueEnd);
    assert.equal(meaningOf(span), value);
    assert.ok(original.startsWith(before.text.slice(0, valueStart)));
    const after = original.slice(valueStart);
    // A blank may have been put between the delimiter and a value that was empty.
    const blank = span === "" && after.startsWith(" ") && !after.startsWith(set) ? " " : "";
    assert.ok(after.startsWith(blank + set));
    original = original.slice(0, valueStart) + span + after.slice(blank.length + set.length);
  }
  assert.ok(original === before.text || isWithLineEnd(original, before.text));
}

/** The bytes of a value, read without the parser: its lines, trimmed, without comments on lines of their own. */
function meaningOf(span: string): string {
  const [first = "", ...rest] = span.split("\n");
  const head = first.split(/\s[#;]/)[0]?.trim() ?? "";
  const more = rest.map((line) => line.trim()).filter((line) => !/^([#;]|$)/.test(line));
  return [/^[#;]/.test(head) && first !== head ? "" : head, ...more].join("\n");
}

function assertOthersSame(before: Ini, after: Ini, target: string): void {
  const others = (ini: Ini): string[] =>
    ini.sections.filter(({ name, kind }) => name !== target || kind === "other").map(({ start, end }) =>
      ini.text.slice(start, end).trimEnd()
    );
  assert.deepEqual(others(after), others(before));
}
