import assert from "node:assert/strict";
import { refuseSideEffects } from "../../../src/domain/changes/refuse_side_effects.ts";
import { FileError } from "../../../src/errors.ts";

const PATHS = { credentials: "CREDENTIALS", config: "CONFIG" };

function save(before: string, after: string, profiles: string[] | "any" = ["a"]): void {
  refuseSideEffects(
    { credentials: before, config: undefined },
    { credentials: after, config: undefined },
    profiles,
    PATHS,
  );
}

Deno.test("what a save means to change may change, and a new section may come", () => {
  save("[a]\nx = 1\n[b]\ny = 2\n", "[a]\nx = 3\nz = 4\n[b]\ny = 2\n");
  save("[b]\ny = 2\n", "[b]\ny = 2\n[a]\nx = 1\n");
  save("[b]\ny = 2\n", "[b]\ny = 2\n[a b]\nx = 1\n", ["a b"]);
});

Deno.test("a section that would be read otherwise is named, and nothing is saved", () => {
  const cases: [before: string, after: string][] = [
    ["[a]\nx = 1\n[b]\ny = 2\n", "[a]\nx = 1\n[b]\ny = 3\n"],
    ["[a]\nx = 1\n[b]\ny = 2\n", "[a]\nx = 1\n"],
    ["[a]\nx = 1\n[b]\ny = 2\n", "[a]\nx = 1\n[b]\ny = 2\n  [a]\n"],
  ];
  for (const [before, after] of cases) {
    assert.throws(() => save(before, after), (error: unknown) => {
      assert.ok(error instanceof FileError);
      assert.match(
        error.message,
        /^the AWS CLI would read b otherwise, which is not to be changed; nothing was saved$/,
      );
      return true;
    });
  }
});

Deno.test("a header that a reader takes for another profile's is told with its line, and as it is to be written", () => {
  for (
    const [header, name] of [["[a ]", "a"], ["[a] # see [wiki]", "a"], [
      "[ default ]",
      "default",
    ]]
  ) {
    const before = `[b]\ny = 1\n${header}\nx = 1\n`;
    const after = before.replace("x = 1", "x = 2");
    assert.throws(() => save(before, after, [name ?? ""]), {
      message:
        `line 3 of CREDENTIALS: the AWS CLI does not read this header as that of '${name}'; nothing was saved`,
      hint: `write it as [${name}]: awsmfa edit credentials`,
    });
  }
});

Deno.test("a file that a reader could not read any more is refused with the line", () => {
  assert.throws(() => save("[a]\nx = 1\n", "[a]\nx = 1\nx = 2\n"), {
    message: /^CREDENTIALS: the AWS CLI could not read the file any more, from line 3 on: /,
  });
  assert.throws(() => save("[a]\nx = 1\n", "[a]\nx = 1\n[b]\nnonsense\n", "any"), /from line 4 on/);
});

Deno.test("who could not read the file before has nothing to lose, and the others are asked", () => {
  const twice = "[a]\nx = 1\nx = 2\n[b]\ny = 2\n";
  save(twice, twice.replace("x = 1", "x = 3"));
  assert.throws(() => save(twice, twice.replace("y = 2", "y = 3")), /would read b otherwise/);
});

Deno.test("of a long file the sections around the change are looked at, and the line is that of the file", () => {
  const section = (i: number): string => `[p${i}]\naws_access_key_id = AKIA${i}\n`;
  const before = Array.from({ length: 10_000 }, (_, i) => section(i)).join("");
  save(before, before.replace("AKIA5000\n", "ASIA5000\nx = 1\n"), ["p5000"]);
  assert.throws(
    () => save(before, before.replace("AKIA5000\n", "ASIA5000\n"), ["p4999"]),
    /read p5000 otherwise/,
  );
  assert.throws(
    () => save(before, before.replace("AKIA5000\n", "ASIA5000\nnonsense\n"), ["p5000"]),
    /from line 10003 on/,
  );
});
