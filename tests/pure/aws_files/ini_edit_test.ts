import assert from "node:assert/strict";
import { type Ini, parseIni } from "../../../src/domain/aws_files/ini.ts";
import {
  addSections,
  appendBlock,
  removeKeys,
  replaceSection,
  sectionText,
  setValues,
} from "../../../src/domain/aws_files/ini_edit.ts";
import { findSection } from "../../../src/domain/aws_files/find_section.ts";
import { FileError, UsageError } from "../../../src/errors.ts";

function ini(text: string, file: "config" | "credentials" = "credentials"): Ini {
  return parseIni(text, file, "FILE");
}

const SET_X: [what: string, before: string, after: string][] = [
  ["an empty file gets the section", "", "[a]\nx = V\n"],
  ["a file of comments keeps them", "# c\n", "# c\n\n[a]\nx = V\n"],
  ["an empty line comes before a new section", "[b]\ny = 1\n", "[b]\ny = 1\n\n[a]\nx = V\n"],
  ["an empty line that is there is enough", "[b]\ny = 1\n \n", "[b]\ny = 1\n \n[a]\nx = V\n"],
  ["the empty line ends as the others do", "[b]\r\ny = 1\r\n", "[b]\r\ny = 1\r\n\r\n[a]\r\nx = V\r\n"],
  ["a missing final line end is added before a new section", "[b]\ny = 1", "[b]\ny = 1\n\n[a]\nx = V\n"],
  ["a value is replaced where it stands", "[a]\nx = 1\ny = 2\n", "[a]\nx = V\ny = 2\n"],
  ["a missing final line end stays missing", "[a]\nx = 1", "[a]\nx = V"],
  [
    "a new key comes after the last key, not after comments",
    "[a]\ny = 1\n# c\n\n[b]\n",
    "[a]\ny = 1\nx = V\n# c\n\n[b]\n",
  ],
  ["a section without keys gets it first", "[a]\n# c\n[b]\n", "[a]\nx = V\n# c\n[b]\n"],
  ["a header without line end gets one", "[a]", "[a]\nx = V\n"],
  ["spacing is kept", "[a]\nx=1\n", "[a]\nx=V\n"],
  ["columns are kept", "[a]\nx   =   1\n", "[a]\nx   =   V\n"],
  ["tabs are kept", "[a]\n\tx\t=\t1\t\n", "[a]\n\tx\t=\tV\t\n"],
  ["upper case is kept", "[a]\nX = 1\n", "[a]\nX = V\n"],
  ["a colon becomes =, which every tool reads", "[a]\nx: 1\n", "[a]\nx = V\n"],
  ["so does one without blanks", "[a]\nx:1 # why\n", "[a]\nx=V # why\n"],
  ["so does one behind blanks, without a value", "[a]\n  x\t:\n", "[a]\n  x = V\n"],
  [
    "a line with a colon above a new one gives its indentation",
    "[a]\n\ty: a=b\n",
    "[a]\n\ty: a=b\n\tx = V\n",
  ],
  ["and whether there are blanks", "[a]\ny:1\n", "[a]\ny:1\nx=V\n"],
  ["a header behind an empty section stays one", "[a]\n\n  [b]\n", "[a]\n  x = V\n\n  [b]\n"],
  [
    "faults in other sections keep their bytes",
    "z\n[b\ny\n[a]\n[c]\n= z\n",
    "z\n[b\ny\n[a]\nx = V\n[c]\n= z\n",
  ],
  ["a comment behind the value is kept", "[a]\nx = 1 # why\n", "[a]\nx = V # why\n"],
  ["an empty value is filled, spaced as its sign", "[a]\nx =\ny=\n", "[a]\nx = V\ny=\n"],
  ["an empty value before a comment is filled", "[a]\nx = # why\n", "[a]\nx = V # why\n"],
  ["CRLF is kept", "[a]\r\nx = 1\r\n", "[a]\r\nx = V\r\n"],
  [
    "a new line ends as the one above it",
    "[b]\ny = 1\n[a]\r\ny = 1\r\n",
    "[b]\ny = 1\n[a]\r\ny = 1\r\nx = V\r\n",
  ],
  ["a new key is spaced as the one above it", "[a]\n  y=1\n", "[a]\n  y=1\n  x=V\n"],
  ["a byte order mark is kept", "\ufeff[a]\nx = 1\n", "\ufeff[a]\nx = V\n"],
  ["lines that continue the value go with it", "[a]\nx = 1\n  2\ny = 3\n", "[a]\nx = V\ny = 3\n"],
  ["a key after a nested block comes after the block", "[a]\ns3 =\n  z = 1\n", "[a]\ns3 =\n  z = 1\nx = V\n"],
  [
    "a key inside a nested block is another key",
    "[a]\ns3 =\n  x = 1\ny = 2\n",
    "[a]\ns3 =\n  x = 1\ny = 2\nx = V\n",
  ],
  ["a key that is defined twice is set twice", "[a]\nx = 1\nx = 2\n", "[a]\nx = V\nx = V\n"],
  [
    "other sections are left alone",
    "[b]\nx = 1\n[a]\nx = 2\n[c]\nx = 3\n",
    "[b]\nx = 1\n[a]\nx = V\n[c]\nx = 3\n",
  ],
  ["a commented section is none", "#[a]\n#x = 1\n", "#[a]\n#x = 1\n\n[a]\nx = V\n"],
  ["a header with blanks is found", "[ a ] # c\nx = 1\n", "[ a ] # c\nx = V\n"],
  ["an indented line that no tool reads as a key stays one", "[a]\n  b!d = 1\n", "[a]\n  x = V\n  b!d = 1\n"],
];
for (const [what, before, after] of SET_X) {
  Deno.test(`setting a key: ${what}`, () => {
    assert.equal(setValues(ini(before), "a", [["x", "V"]]), after);
  });
}

Deno.test("setting several keys replaces some and adds the others in the order given", () => {
  const after = setValues(ini("[a]\nz = 1\ny = 2\n"), "a", [["x", "X"], ["y", "Y"], ["w", "W"]]);
  assert.equal(after, "[a]\nz = 1\ny = Y\nx = X\nw = W\n");
});

Deno.test("a new section in config is named as config names it", () => {
  const header = (profile: string): string => setValues(ini("", "config"), profile, []).trimEnd();
  assert.equal(header("default"), "[default]");
  assert.equal(header("work"), "[profile work]");
  assert.equal(header("team a"), '[profile "team a"]');
});

Deno.test("removing keys takes their whole lines, and those that continue them", () => {
  const text = "[b]\nx = 1\n[a]\nx = 1\n  2\n# c\ny = 3\nX = 4";
  assert.equal(removeKeys(ini(text), "a", ["x"]), "[b]\nx = 1\n[a]\n# c\ny = 3\n");
  assert.equal(removeKeys(ini(text), "c", ["x"]), text);
});

Deno.test("a comment behind a value that goes stays, on a line of its own", () => {
  const text = "[a]\n  x = 1 # why\r\ny = 2 ; z\nz = 3 #";
  assert.equal(removeKeys(ini(text), "a", ["x", "y", "z"]), "[a]\n# why\r\n; z\n#");
});

Deno.test("a section's text is its header and all up to the next header", () => {
  const file = ini("# c\n[a]\nx = 1\n# d\n\n[b]\n");
  const section = findSection(file, "a");
  assert.ok(section);
  assert.equal(sectionText(file, section), "[a]\nx = 1\n# d\n\n");
  assert.equal(sectionText(file, section, section.properties), "[a]\n# d\n\n");
});

Deno.test("a block that replaces a section gets a line end only where text follows", () => {
  const file = ini("[a]\nx = 1\n[b]\n");
  const [a, b] = [findSection(file, "a"), findSection(file, "b")];
  assert.ok(a && b);
  assert.equal(replaceSection(file, a, "[a]"), "[a]\n[b]\n");
  assert.equal(replaceSection(file, b, "[c]"), "[a]\nx = 1\n[c]");
  assert.equal(replaceSection(file, a, ""), "[b]\n");
});

Deno.test("a block at the end stands on a line of its own", () => {
  assert.equal(appendBlock(ini(""), "[b]\n"), "[b]\n");
  assert.equal(appendBlock(ini("[a]\n"), "[b]\n"), "[a]\n[b]\n");
  assert.equal(appendBlock(ini("[a]\r\nx = 1"), "[b]\n"), "[a]\r\nx = 1\r\n[b]\n");
});

Deno.test("a profile that is defined twice is read, and never written: the error names both lines", () => {
  const twice = ini("[a]\nx = 1\n\n[b]\n[ a ]\n");
  const expected = { name: "Error", message: "FILE: profile 'a' is defined twice, in lines 1 and 5" };
  assert.throws(() => setValues(twice, "a", [["x", "V"]]), expected);
  assert.throws(() => removeKeys(twice, "a", ["x"]), expected);
  assert.throws(() => findSection(twice, "a"), FileError);
  assert.throws(() => findSection(ini("[a]\n[a]\n"), "a"), {
    hint: "merge the two sections in FILE: the AWS CLI can't read the file, either",
  });
  assert.equal(setValues(twice, "b", [["x", "V"]]), "[a]\nx = 1\n\n[b]\nx = V\n[ a ]\n");
});

Deno.test("a name that would not be read back is refused", () => {
  const bad = ["", " a", "a ", "a\nb", "a\rb", "a]", "[a", 'a"b', "a'b", "a#b", "a;b", "a\\b", "a\u0000b"];
  for (const name of bad) assert.throws(() => setValues(ini(""), name, [["x", "V"]]), UsageError, name);
});

Deno.test("a value that would not be read back is refused, and not repeated", () => {
  const bad = [
    "SECRET\n[b]",
    "SECRET\r",
    "SECRET\u0000",
    " SECRET",
    "SECRET ",
    "SECRET # c",
    "SECRET\t;",
    "#SECRET",
    ";SECRET",
  ];
  for (const value of bad) {
    assert.throws(() => setValues(ini("[a]\n"), "a", [["x", value]]), (error) => {
      assert.ok(error instanceof UsageError, value);
      assert.doesNotMatch(error.message + error.hint, /SECRET/);
      return true;
    });
  }
});

Deno.test("a section with a line that can't be read is not written, and neither is one with a broken header", () => {
  for (
    const [text, line] of [["[a]\nx = 1\nSECRET\n", 3], ["[b]\n[a\n", 2], [
      "[a]\n[a] SECRET\nx = 1\n",
      2,
    ]] as const
  ) {
    assert.throws(() => setValues(ini(text), "a", [["x", "V"]]), (error) => {
      assert.ok(error instanceof FileError);
      assert.match(error.message, new RegExp(`^FILE: line ${line}: (?!.*SECRET)`));
      assert.equal(error.hint, `correct line ${line} of FILE`);
      return true;
    });
  }
});

Deno.test("[default] beside [profile default] in the config file is not written: readers differ in which they take", () => {
  const both = ini("[default]\nx = 1\n[profile default]\nx = 2\n", "config");
  assert.throws(() => setValues(both, "default", [["x", "V"]]), /is defined twice, in lines 1 and 3/);
  assert.equal(setValues(both, "a", [["x", "V"]]), `${both.text}\n[profile a]\nx = V\n`);
});

Deno.test("sections added at once stand as those added one after the other", () => {
  const values = [["region", "eu-west-1"]] as const;
  for (const text of ["", "# mine", "[a]\nx = 1\n", "[a]\r\nx = 1\r\n", "[a]\nx = 1\n\n", "[a]\r\nx = 1"]) {
    const names = ["b", "c", "d"];
    const oneByOne = names.reduce(
      (now, name) => setValues(parseIni(now, "config", "config"), name, [...values]),
      text,
    );
    const ini = parseIni(text, "config", "config");
    assert.equal(addSections(ini, new Map(names.map((name) => [name, [...values]]))), oneByOne);
  }
});
