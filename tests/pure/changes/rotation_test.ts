import assert from "node:assert/strict";
import { ageInDays } from "../../../src/domain/keys/access_key.ts";
import { parseIni } from "../../../src/domain/aws_files/ini.ts";
import { replaceKey } from "../../../src/domain/changes/replace_key.ts";
import {
  formatRotation,
  formatRotationKeys,
  oldKeyIdOf,
  parseRotation,
  parseRotationKeys,
  type Rotation,
  rotationNames,
} from "../../../src/domain/changes/rotation.ts";

const OLD = { accessKeyId: "AKIAOLD", secretAccessKey: "old/secret" };
const NEW = { accessKeyId: "AKIANEW", secretAccessKey: "new/secret+longer" };

Deno.test("a key is replaced wherever both halves of it stand, and every other byte stays", () => {
  const rows: [before: string, after: string, sections: string[]][] = [
    ["", "", []],
    [
      "# AKIAOLD old/secret\r\n[a]\r\n aws_access_key_id=AKIAOLD ; mine\r\nAWS_SECRET_ACCESS_KEY =  old/secret",
      "# AKIAOLD old/secret\r\n[a]\r\n aws_access_key_id=AKIANEW ; mine\r\nAWS_SECRET_ACCESS_KEY =  new/secret+longer",
      ["a"],
    ],
    [
      "[a]\naws_secret_access_key = old/secret\naws_access_key_id = AKIAOLD\n[profile b]\naws_access_key_id = AKIAOLD\n" +
      "aws_secret_access_key = old/secret\n",
      "[a]\naws_secret_access_key = new/secret+longer\naws_access_key_id = AKIANEW\n[profile b]\n" +
      "aws_access_key_id = AKIANEW\naws_secret_access_key = new/secret+longer\n",
      ["a", "profile b"],
    ],
    // Half of it, or the id with another secret, is none of it.
    ["[a]\naws_access_key_id = AKIAOLD\n", "[a]\naws_access_key_id = AKIAOLD\n", []],
    [
      "[a]\naws_access_key_id = AKIAOLD\naws_secret_access_key = old/secrets\n",
      "[a]\naws_access_key_id = AKIAOLD\naws_secret_access_key = old/secrets\n",
      [],
    ],
  ];
  for (const [before, after, sections] of rows) {
    assert.deepEqual(replaceKey(parseIni(before, "credentials", "/c"), OLD, NEW), { text: after, sections });
  }
});

const ROTATION: Rotation = {
  oldKeyId: "AKIAOLD",
  userName: "alice",
  before: ["AKIAOLD"],
  started: new Date("2026-11-20T09:00:00Z"),
  step: "create",
};

Deno.test("a journal is read as it was written, and one that is cut off or of another kind is none", () => {
  const text = formatRotation(ROTATION);
  assert.deepEqual(parseRotation(text), ROTATION);
  for (let end = 0; end < text.trimEnd().length; end++) {
    assert.equal(parseRotation(text.slice(0, end)), undefined);
  }
  for (
    const odd of [
      "null",
      "{}",
      text.replace("create", "x"),
      text.replace("2026", "x"),
      text.replace("1,", "2,"),
    ]
  ) {
    assert.equal(parseRotation(odd), undefined, odd);
  }
});

Deno.test("both keys are kept as a credentials file", () => {
  for (const keys of [{ old: OLD, new: undefined }, { old: OLD, new: NEW }]) {
    assert.deepEqual(parseRotationKeys(formatRotationKeys(keys), "/k"), keys);
  }
  assert.equal(parseRotationKeys(undefined, "/k"), undefined);
  assert.equal(parseRotationKeys("[new]\naws_access_key_id = AKIANEW\n", "/k"), undefined);
});

Deno.test("a journal is known by its name", () => {
  assert.equal(oldKeyIdOf(rotationNames("AKIAOLD").journal), "AKIAOLD");
  for (const name of [rotationNames("AKIAOLD").keys, "AKIAOLD.json", "devices.json", "rotation_.json"]) {
    assert.equal(oldKeyIdOf(name), undefined);
  }
});

Deno.test("a key's age is in whole days", () => {
  const now = new Date("2026-11-20T09:00:00Z");
  assert.equal(ageInDays({ created: new Date("2026-11-18T09:00:01Z") }, now), 1);
  assert.equal(ageInDays({ created: new Date("2026-11-18T09:00:00Z") }, now), 2);
  assert.equal(ageInDays({ created: undefined }, now), undefined);
});
