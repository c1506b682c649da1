import assert from "node:assert/strict";
import { lastValue, parseIni } from "../../../src/domain/aws_files/ini.ts";
import { setValues } from "../../../src/domain/aws_files/ini_edit.ts";
import { refuseFaults } from "../../../src/domain/aws_files/refuse_faults.ts";

/** Section names with their keys and values, as written in credentials. */
function read(text: string, file: "config" | "credentials" = "credentials"): Record<string, unknown> {
  return Object.fromEntries(
    parseIni(text, file, "FILE").sections.map(({ name, properties }) => [
      name,
      Object.fromEntries(properties.map(({ key, value }) => [key, value])),
    ]),
  );
}

Deno.test("keys may be indented, as deep as the first of them", () => {
  assert.deepEqual(read("[a]\n  x = 1\n  y = 2\n z = 3\n"), { a: { x: "1", y: "2", z: "3" } });
  assert.deepEqual(read("[a]\n\tx = 1\n\ty = 2\n"), { a: { x: "1", y: "2" } });
});

Deno.test("a line indented deeper than the key before it continues that key's value", () => {
  assert.deepEqual(read("[a]\n  x = 1\n    y = 2\nz = 3\n"), { a: { x: "1\ny = 2", z: "3" } });
});

Deno.test("a comment or a blank line does not end a value that goes on", () => {
  assert.deepEqual(read("[a]\nx = 1\n# note\n\n  2\n"), { a: { x: "1\n2" } });
});

Deno.test("a header may be indented where no value goes on", () => {
  assert.deepEqual(read("  [a]\nx = 1\n"), { a: { x: "1" } });
  assert.deepEqual(read("[a]\n  x = 1\n  [b]\n  y = 2\n"), { a: { x: "1" }, b: { y: "2" } });
});

Deno.test("a header indented deeper than a key continues that key's value, as for the AWS CLI", () => {
  assert.deepEqual(read("[a]\nx = 1\n  [b]\n"), { a: { x: "1\n[b]" } });
});

Deno.test("comments may be indented, and stand behind a header", () => {
  assert.deepEqual(read("  # one\n[a] # two\n\t; three\nx = 1 ; four\n[b]; five\n"), {
    a: { x: "1" },
    b: {},
  });
});

Deno.test("a # or ; without a blank before it belongs to the value", () => {
  assert.deepEqual(read("[a]\nx = 1#2;3\ny =#4\n"), { a: { x: "1#2;3", y: "#4" } });
});

Deno.test("CRLF ends lines as LF does, also mixed, and so does the end of the file", () => {
  assert.deepEqual(read("[a]\r\nx = 1\r\n\r\n  2\ny = 3"), { a: { x: "1\n2", y: "3" } });
});

const faultsOf = (text: string): string[] =>
  parseIni(text, "credentials", "FILE").faults.map(({ line, says }) => `${line} ${says}`);

Deno.test("a carriage return within a line is a fault of its section: the AWS CLI ends the line there", () => {
  const says = "it has a carriage return in it, where the AWS CLI ends the line";
  assert.deepEqual(faultsOf("[a]\nx = 1\ry = 2\n"), [`2 ${says}`]);
  assert.deepEqual(faultsOf("[a]\n# x\r[b]\n"), [`2 ${says}`]);
  assert.deepEqual(faultsOf("[a]\n  x = 1\r\r\n\r\n"), [], "behind the line it is blank to every tool");
  const header = parseIni("[b]\n[a]\r # [x]\n", "credentials", "FILE");
  assert.deepEqual(header.sections.map(({ faults }) => faults.length), [0, 1]);
  const both = parseIni("[a]\nx = 1\ry = 2\n[b]\nx = 1\n", "credentials", "FILE");
  assert.doesNotThrow(() => refuseFaults(both, "b"));
  assert.throws(() => refuseFaults(both, "a"), { hint: "correct line 2 of FILE" });
});

Deno.test("a file of carriage returns, or in UTF-16, is read by no profile, and says so", () => {
  const utf16 = [..."[a]\nx = 1\n"].map((character) => `${character}\0`).join("");
  for (
    const [text, says] of [
      ["[a]\rx = 1\r", "1 the lines end with a carriage return alone, which only some AWS tools read"],
      [utf16, "1 the file is in UTF-16, which AWS tools don't read"],
      [`\udcff\udcfe${utf16}`, "1 the file is in UTF-16, which AWS tools don't read"],
      [`\udcfe\udcff\0${utf16.slice(0, -1)}`, "1 the file is in UTF-16, which AWS tools don't read"],
    ] as const
  ) {
    const ini = parseIni(text, "credentials", "FILE");
    assert.deepEqual([ini.sections, faultsOf(text)], [[], [says]]);
    assert.throws(() => refuseFaults(ini, "any"), { hint: /^save it (as|with) / });
  }
  assert.deepEqual(faultsOf("[a]\r"), [], "one line, and its end");
});

Deno.test("a byte order mark before the first header or comment is passed over", () => {
  assert.deepEqual(read("\ufeff[a]\nx = 1\n"), { a: { x: "1" } });
  assert.deepEqual(read("\ufeff# note\n[a]\n"), { a: {} });
});

Deno.test("keys are the same in upper and lower case, and the last one counts", () => {
  const [section] = parseIni("[a]\nX = 1\nx = 2\nX = 3\n", "credentials", "FILE").sections;
  assert.ok(section);
  assert.deepEqual(section.properties.map(({ key }) => key), ["x", "x", "x"]);
  assert.equal(lastValue(section, "x"), "3");
  assert.equal(lastValue(section, "y"), undefined);
});

Deno.test("names with blanks are read as the AWS CLI reads them: quoted in config, bare in credentials", () => {
  assert.deepEqual(read(`[profile "team a"]\nx = 1\n[profile 'b']\n`, "config"), {
    "team a": { x: "1" },
    b: {},
  });
  assert.deepEqual(read("[team a]\nx = 1\n"), { "team a": { x: "1" } });
});

Deno.test("a header is told apart by its kind", () => {
  const kinds = (text: string, file: "config" | "credentials"): string[] =>
    parseIni(text, file, "FILE").sections.map(({ kind }) => kind);
  const config =
    `[default]\n[profile b]\n[c]\n[sso-session d]\n[services e]\n[profile "f g"]\n[profile h i]\n`;
  assert.deepEqual(
    kinds(config, "config"),
    ["profile", "profile", "unprefixed", "sso-session", "other", "cli-profile", "other"],
  );
  assert.deepEqual(kinds("[b]\n[team a]\n[profile c]\n[sso-session d]\n[]\n", "credentials"), [
    "profile",
    "cli-profile",
    "other",
    "other",
    "other",
  ]);
});

for (
  const name of ["büro", "R&D", "x(y)", "a,b", "a=b", "a~b", "$x", "日本", "Company-[production]/Role"]
) {
  Deno.test(`[profile ${name}] in the config file is the profile that the AWS CLI reads there`, () => {
    const ini = parseIni(`[profile ${name}]\nregion = eu-west-1\n`, "config", "FILE");
    assert.deepEqual(ini.sections.map((section) => [section.kind, section.name]), [["cli-profile", name]]);
    const saved = setValues(ini, name, [["region", "eu-west-3"]]);
    assert.equal(saved, `[profile ${name}]\nregion = eu-west-3\n`);
  });
}

Deno.test("a name that the AWS CLI's quoting makes another one of, or none, is no profile without quotes", () => {
  for (const name of ["it's", "a b", 'a"b', "a\\b"]) {
    const [section] = parseIni(`[profile ${name}]\n`, "config", "FILE").sections;
    assert.equal(section?.kind, "other", name);
  }
});

Deno.test("a line that can't be read is told by its number, and never by its text", () => {
  const cases: [text: string, line: number][] = [
    ["\n# note\n\nSECRET\nMORE\n", 4],
    ["SECRET = 1\n", 1],
    ["[a]\r\nx = 1\r\nSECRET\r\n", 3],
    ["[a]\n[SECRET\n", 2],
    ["[a]\n= SECRET\n", 2],
    ["[a]\n: SECRET\n", 2],
    ["[a]\n  SECRET\n", 2],
    ["[a]\ns3 =\n  SECRET\n", 3],
    ["[a]\ns3 =\n  = SECRET\n", 3],
    ["[a]\n[b] SECRET\n", 2],
    ["[a]\n[b]SECRET # c\n", 2],
  ];
  for (const [text, line] of cases) {
    const { faults } = parseIni(text, "credentials", "FILE");
    assert.deepEqual(faults.map((fault) => fault.line), [line], text);
    assert.doesNotMatch(JSON.stringify(faults), /SECRET/);
  }
});

Deno.test("a fault is of the section that it stands in, and of no other one", () => {
  const text = "x = 1\n[a]\ny = 1\nbroken\nz = 2\n[b]\nx = 1\n[c\nx = 2\n[d]\n";
  const { sections, faults } = parseIni(text, "credentials", "FILE");
  assert.deepEqual(faults.map(({ line }) => line), [1, 4, 8]);
  assert.deepEqual(
    sections.map((section) => [
      section.kind,
      section.name,
      section.properties.map(({ key }) => key).join(""),
      section.faults.map(({ line }) => line).join(),
    ]),
    [["profile", "a", "yz", "4"], ["profile", "b", "x", ""], ["broken", "c", "x", "8"], [
      "profile",
      "d",
      "",
      "",
    ]],
  );
});

Deno.test("a header that can't be read is that of the profile that was meant, and of no other kind of section", () => {
  const meant = (text: string, file: "config" | "credentials"): string[] =>
    parseIni(text, file, "FILE").sections.map(({ kind, name }) => `${kind} ${name}`);
  assert.deepEqual(
    meant("[profile a\n[ b # c\n[profile d] e\n[sso-session f\n[profile g]h]i\n", "config"),
    ["broken a", "broken b", "broken d", "other f", "broken g]h"],
  );
  assert.deepEqual(meant("[a\n[b c] d\n", "credentials"), ["broken a", "broken b c"]);
});

// Measured with botocore, which takes a header up to the last bracket of its line.
for (
  const [inside, name] of [
    ["client#1", "client#1"],
    ["a;b", "a;b"],
    ["x]", "x]"],
    ["a]b", "a]b"],
    ["Company-[production]/Role", "Company-[production]/Role"],
  ] as const
) {
  for (const comment of ["", " # note", "; note", "  "]) {
    Deno.test(`[profile ${inside}]${comment} is the profile ${name}`, () => {
      const { sections, faults } = parseIni(`[profile ${inside}]${comment}\n`, "config", "FILE");
      assert.deepEqual([sections.map((section) => section.name), faults], [[name], []]);
    });
  }
}

Deno.test("a comment behind a header may have brackets in it: there the SDKs read the profile, and the AWS CLI does not", () => {
  assert.deepEqual(Object.keys(read("[a] # see [wiki]\n")), ["a"]);
});

Deno.test("a colon stands for =, as for the AWS CLI and Go, and the first of both counts", () => {
  const text = "[a]\nregion: x\ntoken:y==\nrole_arn = arn:aws:iam::1:role/r\nz : a=b\ns3:\n  k = v\n";
  assert.deepEqual(read(text), {
    a: { region: "x", token: "y==", role_arn: "arn:aws:iam::1:role/r", z: "a=b", s3: "\nk = v" },
  });
});
