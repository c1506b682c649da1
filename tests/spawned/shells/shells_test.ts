import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import {
  listing,
  makingWritable,
  movingAway,
  removing,
  running,
  setting,
  unsetting,
} from "../../../src/domain/shell/shell_commands.ts";
import { syntaxOf } from "../../../src/domain/shell/shell_of_program.ts";
import { shellWord } from "../../../src/domain/shell/shell_word.ts";
import { writerOf } from "../../../src/shells/shell.ts";
import { HOSTILE_NAMES } from "../../support/hostile_names.ts";
import { makeHome } from "../../support/home.ts";
import { needs } from "../../support/needs.ts";
import { type Random, seededRandom } from "../../support/seeded_random.ts";
import { shells } from "../../support/shells.ts";

const PRINT = fileURLToPath(new URL("../../support/print_variables.py", import.meta.url));
const PRINT_ARGUMENTS = fileURLToPath(new URL("../../support/print_arguments.py", import.meta.url));
const SEED = Number(Deno.env.get("AWSMFA_SHELL_SEED") ?? Date.now() % 1_000_000);
const VALUES = Number(Deno.env.get("AWSMFA_SHELL_VALUES") ?? 300);

/** Every printable sign of ASCII, and characters of one to four bytes more. */
const PRINTABLE = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const OTHERS = ["ä", "ß", "’", "‘", "“", "”", "日", "\u00a0", "\u2028", "😀", "\u0301", "€"];
const SIGNS = [...PRINTABLE, ...OTHERS] as [string, ...string[]];

/** What has tripped a shell's quoting before. */
const HARD = [
  "",
  "'",
  '"',
  "''",
  '""',
  "'\\''",
  "\\",
  "\\\\",
  "a\\",
  "!",
  "!!",
  "\\!",
  "'!'",
  "$HOME",
  "${HOME}",
  "$(id)",
  "`id`",
  "[exec id]",
  "{",
  "}",
  "%PATH%",
  "-n",
  "--",
  "~",
  "#",
  "a;b&c|d",
  "*",
  " ",
  "  a  ",
  "\\n\\t\\0",
  "$'a'",
  "=",
  "IQoJb3JpZ2luX2VjE+/=",
];

/** What stands bare, and could yet be a number, a flag or a path to a shell. */
const BARE = [
  "work",
  "x.y@z:1",
  "a/b+c-d_e",
  "./a",
  "/a",
  "+x",
  "1e3",
  "0x10",
  "1..3",
  "true",
  "2026-11-27",
  "a:",
  "a@",
];

/** Tcl 8.6 has no characters beyond U+FFFF, and cuts one in two where its buffer ends. */
function canRead(shell: string, value: string): boolean {
  return shell !== "tclsh" || !/[\u{10000}-\u{10ffff}]/u.test(value);
}

for (const { name, ready, command, source, evaluations: [evaluate], evaluates = name, run } of shells) {
  Deno.test({
    ignore: ready.ignore || needs("python3").ignore,
    name: `${name} reads back what is written for it: ${VALUES} secrets of every printable sign, and more`,
    fn: async () => {
      await using home = makeHome();
      const values = secrets(seededRandom(SEED)).filter((each) => canRead(name, each));
      const expected = new Map(values.map((value, i) => [`T${i}`, value]));
      const write = (shell: string): string => {
        home.write(`variables-${shell}`, writerOf(shell)(new Map([...expected, ["TGONE", undefined]])));
        return home.file(`variables-${shell}`);
      };
      for (const line of [source(write(name)), evaluate(`cat ${write(evaluates)}`)]) {
        home.write("script", `${line}\n${run(`python3 ${PRINT} T`)}\n`);
        const [program, ...args] = command;
        const ran = await home.run(program, [...args, home.file("script")], {
          env: { TGONE: "still there", LC_ALL: "C.UTF-8", TERM: "" },
        });
        const how = `AWSMFA_SHELL_SEED=${SEED}: ${line}`;
        assert.deepEqual([ran.code, ran.stderr], [0, ""], how);
        const read: Record<string, string> = JSON.parse(ran.stdout);
        for (const [variable, value] of expected) {
          assert.equal(read[variable] ?? "unset", hex(value), `${how}: ${JSON.stringify(value)}`);
        }
        if (!line.includes("from json")) assert.ok(!("TGONE" in read), "a variable to be unset is");
      }
    },
  });
}

for (const { name, ready, command, run } of shells) {
  Deno.test({
    ignore: ready.ignore || needs("python3").ignore,
    name:
      `${name} hands every name to a program as it is: ${VALUES} of every printable sign, and hostile ones`,
    fn: async () => {
      await using home = makeHome();
      const names = [...HOSTILE_NAMES, ...BARE, ...secrets(seededRandom(SEED))].filter((each) =>
        (name !== "pwsh" || each !== "--%") && canRead(name, each)
      );
      const words = names.map((each) => shellWord(each, syntaxOf(name) ?? "posix")).join(" ");
      // exec of tclsh has redirections of its own, whatever is quoted: there the words are Tcl's alone.
      const script = name === "tclsh"
        ? `foreach each [list ${words}] { puts [binary encode hex [encoding convertto utf-8 $each]] }`
        : run(`python3 ${PRINT_ARGUMENTS} ${words}`);
      home.write("script", `${script}\n`);
      const [program, ...args] = command;
      const ran = await home.run(program, [...args, home.file("script")], {
        env: { LC_ALL: "C.UTF-8", TERM: "" },
      });
      assert.deepEqual([ran.code, ran.stderr], [0, ""]);
      const got: string[] = name === "tclsh" ? ran.stdout.split("\n").slice(0, -1) : JSON.parse(ran.stdout);
      assert.equal(got.length, names.length);
      for (const [i, each] of names.entries()) {
        assert.equal(got[i], hex(each), `AWSMFA_SHELL_SEED=${SEED}: ${JSON.stringify(each)}`);
      }
      assert.ok(![...Deno.readDirSync(home.path)].some((file) => file.name === "PWNED"));
    },
  });
}

for (const { name, ready, command, run } of shells) {
  Deno.test({
    ignore: ready.ignore || needs("python3").ignore,
    name: `${name}: what a hint says to type sets a variable, and takes two away`,
    fn: async () => {
      await using home = makeHome();
      const syntax = syntaxOf(name) ?? "posix";
      const print = run(`python3 ${PRINT} T`);
      const value = "x‘ it's ’";
      const lines = [setting("TSET", value)(syntax), print, unsetting("TSET", "TGONE")(syntax), print];
      home.write("script", `${lines.join("\n")}\n`);
      const [program, ...args] = command;
      const ran = await home.run(program, [...args, home.file("script")], {
        env: { TGONE: "x", LC_ALL: "C.UTF-8", TERM: "" },
      });
      assert.deepEqual([ran.code, ran.stderr], [0, ""]);
      const read = ran.stdout.trimEnd().split("\n").map((line): Record<string, string> => JSON.parse(line));
      const [[set], [left]] = [read, read.slice(1)];
      assert.equal(set?.["TSET"], hex(value));
      for (const each of ["TSET", "TGONE"]) assert.ok(left !== undefined && !(each in left), each);
    },
  });
}

/** What a path may have in it that a shell would take for something else; Tcl's own exec takes the first of `<|>`. */
const ODD_FILE = "it's [1] ‘a’ $HOME {b} *.c";

for (const { name, ready, command, run } of shells) {
  Deno.test({
    ignore: ready.ignore,
    name: `${name}: what a hint says to type shows a file, makes it writable, moves it and removes it`,
    fn: async () => {
      await using home = makeHome();
      const syntax = syntaxOf(name) ?? "posix";
      const path = home.file(ODD_FILE);
      home.write(ODD_FILE, "x");
      home.write(`${ODD_FILE}.gone`, "x");
      Deno.chmodSync(path, 0o400);
      const hints = [
        listing(path),
        makingWritable(path),
        running("chmod 0640", path),
        movingAway(path),
        removing(`${path}.gone`),
      ];
      home.write("script", `${hints.map((hint) => run(hint(syntax))).join("\n")}\n`);
      const [program, ...args] = command;
      const env = { LC_ALL: "C.UTF-8", TERM: "" };
      const ran = await home.run(program, [...args, home.file("script")], { env });
      assert.deepEqual([ran.code, ran.stderr], [0, ""]);
      const left = [...Deno.readDirSync(home.path)].map((file) => file.name).filter((each) =>
        each !== "script"
      );
      assert.deepEqual(left.filter((each) => each.startsWith("it's")), [`${ODD_FILE}.old`]);
      assert.equal((Deno.statSync(`${path}.old`).mode ?? 0) & 0o777, 0o640);
      // elvish, tclsh and the others print what ls does; nu a table, PowerShell one of its own.
      if (syntax !== "nu") assert.match(ran.stdout, /-r--/);
    },
  });
}

Deno.test("one format is read back by the program it is for: json", () => {
  const values = secrets(seededRandom(SEED));
  const read = JSON.parse(writerOf("json")(new Map(values.map((value, i) => [`T${i}`, value]))));
  assert.deepEqual(Object.values(read), values);
});

function secrets({ integer, pick }: Random): string[] {
  const random = Array.from(
    { length: VALUES },
    () => Array.from({ length: 1 + integer(60) }, () => pick(SIGNS)).join(""),
  );
  return [PRINTABLE.join(""), PRINTABLE.toReversed().join(""), OTHERS.join(""), ...HARD, ...random];
}

function hex(text: string): string {
  return new TextEncoder().encode(text).toHex();
}
