import assert from "node:assert/strict";
import fc from "fast-check";
import type { Variables } from "../../../src/domain/sessions/variables.ts";
import { UsageError } from "../../../src/errors.ts";
import { writeGithubMasks } from "../../../src/shells/formats.ts";
import { quotePosix } from "../../../src/shells/posix.ts";
import { shellOfProgram } from "../../../src/domain/shell/shell_of_program.ts";
import { failureFor, namesLeftBy, SHELL_NAMES, writerOf } from "../../../src/shells/shell.ts";
import { readDotenvValue, readPosixWords, readTclWord, unquoteDoubled } from "./shell_readers.ts";

/** A is plain, B has every sign that means something somewhere, AWS_PROFILE is to be unset. */
const NASTY = `a'b"c\\d$e\`f!g%h;i{j}[k] l#m`;
const VARIABLES: Variables = new Map([["A", "t0k/en+="], ["B", NASTY], ["AWS_PROFILE", undefined]]);

const WRITTEN: [shells: string[], text: string][] = [
  [
    ["bash", "zsh", "sh", "dash", "ksh"],
    `export A='t0k/en+=';\nexport B='a'\\''b"c\\d$e\`f!g%h;i{j}[k] l#m';\nunset AWS_PROFILE;\n`,
  ],
  [
    ["fish"],
    `set -gx A 't0k/en+=';\nset -gx B 'a\\'b"c\\\\d$e\`f!g%h;i{j}[k] l#m';\nset -e AWS_PROFILE; or true;\n`,
  ],
  [
    ["csh", "tcsh"],
    `setenv A 't0k/en+=';\nsetenv B 'a'\\''b"c\\d$e\`f\\!g%h;i{j}[k] l#m';\nunsetenv AWS_PROFILE;\n`,
  ],
  [
    ["tclsh"],
    `set ::env(A) "t0k/en+=";\nset ::env(B) "a'b\\"c\\\\d\\$e\`f!g%h\\;i\\{j\\}\\[k\\] l#m";\n` +
    `unset -nocomplain ::env(AWS_PROFILE);\n`,
  ],
  [
    ["powershell", "pwsh"],
    `$Env:A = 't0k/en+=';\n$Env:B = 'a''b"c\\d$e\`f!g%h;i{j}[k] l#m';\n$Env:AWS_PROFILE = $null;\n`,
  ],
  [["cmd"], `set "A=t0k/en+="\nset "B=${NASTY}"\nset "AWS_PROFILE="\n`],
  [
    ["nu", "nushell"],
    `load-env {"A":"t0k/en+=","B":"a'b\\"c\\\\d$e\`f!g%h;i{j}[k] l#m"};\nhide-env --ignore-errors AWS_PROFILE;\n`,
  ],
  [
    ["elvish"],
    `set-env A 't0k/en+=';\nset-env B 'a''b"c\\d$e\`f!g%h;i{j}[k] l#m';\nunset-env AWS_PROFILE;\n`,
  ],
  [
    ["json"],
    `{\n  "A": "t0k/en+=",\n  "B": "a'b\\"c\\\\d$e\`f!g%h;i{j}[k] l#m"\n}\n`,
  ],
  [["dotenv"], `A=t0k/en+=\nB="a'b\\"c\\\\d$e\`f!g%h;i{j}[k] l#m"\n`],
  [["docker", "github"], `A=t0k/en+=\nB=${NASTY}\n`],
];
for (const [shells, text] of WRITTEN) {
  for (const shell of shells) {
    Deno.test(`variables as ${shell} reads them`, () => assert.equal(writerOf(shell)(VARIABLES), text));
  }
}

Deno.test("every shell and format of the list is in the table above", () => {
  assert.deepEqual(WRITTEN.flatMap(([shells]) => shells).toSorted(), SHELL_NAMES.toSorted());
});

Deno.test("files that can't unset leave AWS_PROFILE out, since boto3 fails on an empty one, and empty the keys", () => {
  const unset: Variables = new Map(
    ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_DEFAULT_PROFILE"].map((name) => [name, undefined]),
  );
  for (const format of ["dotenv", "docker", "github"]) {
    assert.equal(writerOf(format)(unset), "AWS_ACCESS_KEY_ID=\n");
  }
});

Deno.test("JSON has no null: an array of names where nothing is to be set", () => {
  assert.equal(writerOf("json")(new Map([["A", undefined], ["B", undefined]])), '[\n  "A",\n  "B"\n]\n');
});

Deno.test("what a format leaves as it is, and no shell does", () => {
  const unset: Variables = new Map([["A", "1"], ["AWS_PROFILE", undefined], [
    "AWS_SECURITY_TOKEN",
    undefined,
  ]]);
  assert.deepEqual(namesLeftBy("json", unset), ["AWS_PROFILE", "AWS_SECURITY_TOKEN"]);
  for (const format of ["dotenv", "docker", "github"]) {
    assert.deepEqual(namesLeftBy(format, unset), ["AWS_PROFILE"]);
  }
  assert.deepEqual(namesLeftBy("bash", unset), []);
});

Deno.test("for a failure a shell gets a line that fails, and a format nothing", () => {
  assert.equal(failureFor("bash"), "false;\n");
  assert.equal(failureFor("pwsh"), "throw 'awsmfa env failed';\n");
  for (const format of ["json", "dotenv", "docker", "github"]) assert.equal(failureFor(format), "");
});

Deno.test("every line but cmd's ends with a semicolon, so that eval may join the lines with blanks", () => {
  for (
    const shell of SHELL_NAMES.filter((name) => !["cmd", "json", "dotenv", "docker", "github"].includes(name))
  ) {
    for (const line of writerOf(shell)(VARIABLES).trimEnd().split("\n")) assert.match(line, /;$/, shell);
  }
});

Deno.test("nothing to set or nothing to unset leaves no half of a line", () => {
  assert.equal(writerOf("nu")(new Map([["A", "x"]])), `load-env {"A":"x"};\n`);
  assert.equal(writerOf("nu")(new Map([["A", undefined]])), "hide-env --ignore-errors A;\n");
  for (const shell of SHELL_NAMES) {
    assert.equal(writerOf(shell)(new Map()), shell === "json" ? "{}\n" : "", shell);
  }
});

Deno.test("a dotenv value is quoted only where it must be", () => {
  const line = (value: string): string => writerOf("dotenv")(new Map([["A", value]]));
  assert.equal(line("IQoJb3/+=="), "A=IQoJb3/+==\n");
  assert.equal(line(""), "A=\n");
  assert.equal(line("a b$c#d"), "A='a b$c#d'\n");
  assert.equal(line("it's"), `A="it's"\n`);
});

Deno.test("GitHub Actions hides each secret", () => {
  assert.equal(writeGithubMasks(["a", "b=="]), "::add-mask::a\n::add-mask::b==\n");
});

Deno.test("an unknown shell is refused with the list of all", () => {
  for (const name of ["", "Bash", "xonsh", "constructor", "__proto__", "toString"]) {
    assert.throws(() => writerOf(name), (error) => {
      assert.ok(error instanceof UsageError, name);
      assert.equal(error.message, `--shell: '${name}' is not known`);
      assert.equal(error.hint, `one of ${SHELL_NAMES.join(", ")}`);
      return true;
    });
  }
});

Deno.test("a shell is known by its program's name or path, also as a login shell", () => {
  const cases: [program: string, shell: string | undefined][] = [
    ["bash", "bash"],
    ["-zsh", "zsh"],
    ["/usr/bin/fish", "fish"],
    ["-/bin/dash", "dash"],
    ["C:\\Program Files\\PowerShell\\7\\pwsh.exe", "pwsh"],
    ["CMD.EXE", "cmd"],
    ["ksh93", "ksh"],
    ["mksh", "ksh"],
    ["tclsh8.6", "tclsh"],
    ["nu", "nu"],
    ["  tcsh\n", "tcsh"],
    ["elvish", "elvish"],
    ["json", undefined],
    ["docker", undefined],
    ["github", undefined],
    ["make", undefined],
    ["bash-thing", undefined],
    ["constructor", undefined],
    ["", undefined],
  ];
  for (const [program, shell] of cases) assert.equal(shellOfProgram(program), shell, program);
});

/** Every sign that a secret can be made of, and more: no NUL, which no variable can hold. */
const anyValue = fc.oneof(
  fc.string({ unit: fc.constantFrom(...`'"\\$!\`;{}[]%# \n\t=aé🔑\u2018\u2019\u201a\u201b`) }),
  fc.string({ unit: "grapheme" }),
).filter((value) => !value.includes("\0"));
const oneLine = anyValue.filter((value) => !/[\n\r]/.test(value));

function valueIn(shell: string, value: string, prefix: string, suffix = ""): string {
  const text = writerOf(shell)(new Map([["A", value]]));
  assert.ok(text.startsWith(prefix) && text.endsWith(`${suffix}\n`), text);
  return text.slice(prefix.length, text.length - suffix.length - 1);
}

Deno.test("a reader of POSIX words reads the same value back, and nothing beside it", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      assert.deepEqual(readPosixWords(quotePosix(value)), [value]);
      assert.deepEqual(readPosixWords(writerOf("bash")(new Map([["A", value]])).replace(/;\n$/, "")), [
        "export",
        `A=${value}`,
      ]);
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("a reader of fish, csh, Tcl, PowerShell and elvish words reads the same value back", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      const fish = valueIn("fish", value, "set -gx A '", "';");
      assert.doesNotMatch(fish, /(?<!\\)(\\\\)*'/);
      assert.equal(fish.replace(/\\([\\'])/g, "$1"), value);
      const csh = valueIn("csh", value, "setenv A ", ";").replace(/\\([!\n])/g, "$1");
      assert.deepEqual(readPosixWords(csh), [value]);
      assert.equal(readTclWord(valueIn("tclsh", value, "set ::env(A) ", ";")), value);
      assert.equal(
        unquoteDoubled(valueIn("powershell", value, "$Env:A = ", ";"), "'\u2018\u2019\u201a\u201b"),
        value,
      );
      assert.equal(unquoteDoubled(valueIn("elvish", value, "set-env A ", ";"), "'"), value);
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("JSON and nushell read the same value back, dotenv and docker any of one line", () => {
  fc.assert(
    fc.property(anyValue, oneLine, (value, line) => {
      assert.deepEqual(JSON.parse(writerOf("json")(new Map([["A", value]]))), { A: value });
      assert.deepEqual(JSON.parse(valueIn("nu", value, "load-env ", ";")), { A: value });
      assert.equal(readDotenvValue(valueIn("dotenv", value, "A=")), value);
      assert.equal(valueIn("docker", line, "A="), line);
      assert.equal(valueIn("github", line, "A="), line);
      assert.equal(valueIn("cmd", line, 'set "A=', '"'), line);
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("no line ends with a carriage return, on any system", () => {
  for (const shell of SHELL_NAMES) assert.doesNotMatch(writerOf(shell)(VARIABLES), /\r/);
});
