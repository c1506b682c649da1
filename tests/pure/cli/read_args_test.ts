import assert from "node:assert/strict";
import type { Options } from "../../../src/cli/options/command.ts";
import { type ReadArgs, readArgs } from "../../../src/cli/read_args.ts";
import { UsageError } from "../../../src/errors.ts";

const OPTIONS: Options = {
  profile: { short: "-p", value: "<name>", description: "the profile" },
  minRemaining: { value: "<time>", description: "how long" },
  force: { short: "-f", description: "ask anyway" },
  json: { description: "as JSON" },
  help: { short: "-h", description: "show this" },
};

function read(...args: string[]): ReadArgs {
  return readArgs(args, OPTIONS, "awsmfa", ["status", "login"]);
}

const GIVEN: [args: string[], given: ReadArgs["given"], words?: string[]][] = [
  [[], {}],
  [["123456"], {}, ["123456"]],
  [["123", "456"], {}, ["123", "456"]],
  [["-"], {}, ["-"]],
  [["-p", "work"], { profile: "work" }],
  [["-pwork"], { profile: "work" }],
  [["--profile", "work"], { profile: "work" }],
  [["--profile=work"], { profile: "work" }],
  [["--profile="], { profile: "" }],
  [["--profile", ""], { profile: "" }],
  [["--profile=a=b"], { profile: "a=b" }],
  [["--profile", "--json"], { profile: "--json" }],
  [["--min-remaining", "-1"], { minRemaining: "-1" }],
  [["-p", "b", "-p", "b"], { profile: "b" }],
  [["-fp", "work", "123456", "--json"], { force: true, profile: "work", json: true }, ["123456"]],
  [["123456", "-f"], { force: true }, ["123456"]],
  [["-123456"], {}, ["-123456"]],
  [["-12", "-12"], {}, ["-12", "-12"]],
  [["--nonsense", "--help"], { help: true }],
  [["--profile", "x", "-h", "-p"], { profile: "x", help: true }],
];
for (const [args, given, words = []] of GIVEN) {
  Deno.test(`read: awsmfa ${args.map((arg) => arg || "''").join(" ")}`, () => {
    const found = read(...args);
    assert.deepEqual({ ...found.given }, given);
    assert.deepEqual(found.words, words);
    assert.equal(found.command, undefined);
  });
}

Deno.test("a command word is the first word, and what stands behind it is left unread", () => {
  const { given, command } = read("-p", "login", "status", "--anything", "-p");
  assert.deepEqual({ ...given }, { profile: "login" });
  assert.deepEqual(command, { name: "status", args: ["--anything", "-p"] });
  assert.equal(read("123456", "status").command, undefined);
});

const REFUSED: [args: string[], message: string, hint: string][] = [
  [["--profil", "x"], "unknown option '--profil'", "did you mean --profile?"],
  [["--frobnicate=SECRET"], "unknown option '--frobnicate'", "awsmfa --help"],
  [["-xSECRET"], "unknown option '-x'", "awsmfa --help"],
  [["-fx"], "unknown option '-x'", "awsmfa --help"],
  [["--toString"], "unknown option '--toString'", "awsmfa --help"],
  [["--__proto__"], "unknown option '--__proto__'", "awsmfa --help"],
  [["-p"], "option '-p, --profile <name>' needs a value", "awsmfa --help"],
  [["--min-remaining"], "option '--min-remaining <time>' needs a value", "awsmfa --help"],
  [["--json=SECRET"], "option '--json' doesn't take a value", "--json"],
  [["--nonsense", "-p"], "unknown option '--nonsense'", "awsmfa --help"],
  [["--nonsense", "status"], "unknown option '--nonsense'", "awsmfa --help"],
];
for (const [args, message, hint] of REFUSED) {
  Deno.test(`refused, without repeating a value: awsmfa ${args.join(" ")}`, () => {
    assert.throws(() => read(...args), (error) => {
      assert.ok(error instanceof UsageError);
      assert.deepEqual([error.message, error.hint], [message, hint]);
      return true;
    });
  });
}
