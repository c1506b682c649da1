import assert from "node:assert/strict";
import { parseIni } from "../../../src/domain/aws_files/ini.ts";
import { refuseLoss } from "../../../src/domain/changes/refuse_loss.ts";
import { FileError } from "../../../src/errors.ts";

const keys = (character: string): string =>
  `aws_access_key_id = AKIA${character.repeat(16)}\naws_secret_access_key = ${character.repeat(40)}\n`;

interface Texts {
  readonly credentials: string;
  readonly backup?: string;
}

function save(before: Texts, after: Texts): void {
  const parsed = {
    credentials: parseIni(before.credentials, "credentials", "CREDENTIALS"),
    backup: parseIni(before.backup ?? "", "credentials", "BACKUP"),
  };
  refuseLoss(parsed, { credentials: after.credentials, backup: after.backup });
}

function refuses(before: Texts, after: Texts, message: string): void {
  assert.throws(() => save(before, after), (error: unknown) => {
    assert.ok(error instanceof FileError);
    assert.equal(error.message, message);
    return true;
  });
}

Deno.test("keys that move to the other file, to another section, or stand elsewhere already, are not lost", () => {
  save({ credentials: `[a]\n${keys("A")}` }, { credentials: "[a]\n", backup: `[a]\n${keys("A")}` });
  save({ credentials: "[a]\n", backup: `[a]\n${keys("A")}` }, { credentials: `[a]\n${keys("A")}` });
  save({ credentials: `[a]\n${keys("A")}[b]\nx = 1\n` }, { credentials: `[a]\n[b]\n${keys("A")}x = 1\n` });
  save({ credentials: `[a]\n${keys("A")}[b]\n[c]\n[d]\n${keys("A")}` }, {
    credentials: "[b]\n[c]\n[d]\n" + keys("A"),
  });
});

Deno.test("a key that would be in no file any more is refused with its line", () => {
  const words = ": aws_access_key_id in line 2 would be lost, so nothing was changed";
  refuses({ credentials: `[a]\n${keys("A")}` }, { credentials: "[a]\n" }, `CREDENTIALS${words}`);
  refuses(
    { credentials: `[b]\n${keys("B")}`, backup: `[a]\n${keys("A")}` },
    { credentials: `[b]\n${keys("B")}`, backup: "" },
    `BACKUP${words}`,
  );
});

Deno.test("a section behind the change is looked at where its header would be none any more", () => {
  const other = `  [b]\n  ${keys("B").replace("\n", "\n  ")}`;
  refuses(
    { credentials: `[a]\n\n${other}` },
    { credentials: `[a]\nx = 1\n${other}` },
    "CREDENTIALS: aws_access_key_id in line 4 would be lost, so nothing was changed",
  );
});

Deno.test("what is saved has no line more that can't be read", () => {
  const [was, is] = [
    `broken\n[a]\n${keys("A")}[b]\nbroken\n`,
    `broken\n[a]\n${keys("A")}x = 1\n[b]\nbroken\n`,
  ];
  save({ credentials: was }, { credentials: is });
  refuses(
    { credentials: was },
    { credentials: is.replace("x = 1", "x") },
    "CREDENTIALS: a line could not be read any more, so nothing was changed: Expected an '=' sign defining a property",
  );
  refuses(
    { credentials: "[a]\n", backup: "" },
    { credentials: "[a]\n", backup: "[b\n" },
    "BACKUP: a line could not be read any more, so nothing was changed: Profile definition must end with ']'",
  );
});
