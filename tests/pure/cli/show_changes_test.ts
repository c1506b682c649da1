import assert from "node:assert/strict";
import fc from "fast-check";
import { showChanges, writeChanges } from "../../../src/cli/output/show_changes.ts";
import { SHOWN_KEYS } from "../../../src/domain/keys/shown_keys.ts";
import type { PlannedChange } from "../../../src/workflows/support/dry_run.ts";
import { applyDiff } from "../../support/apply_diff.ts";
import { BACKUP, CACHED, CONFIG, CREDENTIALS, fakeWorld } from "../../support/fake_world.ts";
import { randomFile } from "../../support/generators.ts";

/** Some that are shown. */
const K = [...SHOWN_KEYS].slice(0, 12);
const LINES = K.map((key, i) => `${key} = ${i}`);
const FILE = `[default]\n${LINES.join("\n")}\n`;

interface Row {
  readonly what: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly diff: readonly string[];
}

const ROWS: Row[] = [
  {
    what: "a new file",
    before: undefined,
    after: "[default]\nregion = x\n",
    diff: ["--- /dev/null", `+++ ${CONFIG}`, "@@ -0,0 +1,2 @@", "+[default]", "+region = x"],
  },
  {
    what: "a file that goes",
    before: "[default]\nregion = x\n",
    after: undefined,
    diff: [`--- ${CONFIG}`, "+++ /dev/null", "@@ -1,2 +0,0 @@", "-[default]", "-region = x"],
  },
  {
    what: "a file that is emptied",
    before: "[default]\n",
    after: "",
    diff: [`--- ${CONFIG}`, `+++ ${CONFIG}`, "@@ -1,1 +0,0 @@", "-[default]"],
  },
  {
    what: "a line that changes, with two lines around it",
    before: FILE,
    after: FILE.replace(`${K[5]} = 5`, `${K[5]} = five`),
    diff: [
      `--- ${CONFIG}`,
      `+++ ${CONFIG}`,
      "@@ -5,5 +5,5 @@",
      ` ${K[3]} = 3`,
      ` ${K[4]} = 4`,
      `-${K[5]} = 5`,
      `+${K[5]} = five`,
      ` ${K[6]} = 6`,
      ` ${K[7]} = 7`,
    ],
  },
  {
    what: "two places far from each other",
    before: FILE,
    after: FILE.replace("[default]\n", "[default]\ncolor = 1\n").replace(`${K[11]} = 11\n`, ""),
    diff: [
      `--- ${CONFIG}`,
      `+++ ${CONFIG}`,
      "@@ -1,3 +1,4 @@",
      " [default]",
      "+color = 1",
      ` ${K[0]} = 0`,
      ` ${K[1]} = 1`,
      "@@ -11,3 +12,2 @@",
      ` ${K[9]} = 9`,
      ` ${K[10]} = 10`,
      `-${K[11]} = 11`,
    ],
  },
  {
    what: "a last line without an end, which gets one",
    before: "[default]\nregion = x",
    after: "[default]\nregion = x\noutput = json\n",
    diff: [
      `--- ${CONFIG}`,
      `+++ ${CONFIG}`,
      "@@ -1,2 +1,3 @@",
      " [default]",
      "-region = x",
      "\\ No newline at end of file",
      "+region = x",
      "+output = json",
    ],
  },
  {
    what: "a last line that loses its end",
    before: "[default]\nregion = x\n",
    after: "[default]\nregion = x",
    diff: [
      `--- ${CONFIG}`,
      `+++ ${CONFIG}`,
      "@@ -1,2 +1,2 @@",
      " [default]",
      "-region = x",
      "+region = x",
      "\\ No newline at end of file",
    ],
  },
  {
    what: "Windows line ends, which are not shown",
    before: "[default]\r\nregion = x\r\n",
    after: "[default]\r\nregion = y\r\n",
    diff: [`--- ${CONFIG}`, `+++ ${CONFIG}`, "@@ -1,2 +1,2 @@", " [default]", "-region = x", "+region = y"],
  },
];
for (const { what, before, after, diff } of ROWS) {
  Deno.test(`shown as diff -u shows it: ${what}`, () => {
    assert.deepEqual(shown({ path: CONFIG, before, after }), diff);
  });
}

Deno.test("two secrets that differ are shown as a change, though both are masked", () => {
  const before = "[default]\naws_access_key_id = AKIA1\naws_secret_access_key = one/secret\nregion = x\n";
  assert.deepEqual(
    shown({ path: CREDENTIALS, before, after: before.replace("one/secret", "other/secret") }),
    [
      `--- ${CREDENTIALS}`,
      `+++ ${CREDENTIALS}`,
      "@@ -1,4 +1,4 @@",
      " [default]",
      " aws_access_key_id = AKIA1",
      "-aws_secret_access_key = ****",
      "+aws_secret_access_key = ****",
      " region = x",
    ],
  );
});

Deno.test("a secret that stays is masked in the lines around a change", () => {
  const before = "[default]\naws_secret_access_key = one/secret\nregion = x\n";
  const lines = shown({ path: CREDENTIALS, before, after: before.replace("= x", "= y") });
  assert.ok(lines.includes(" aws_secret_access_key = ****"));
});

Deno.test("a secret that goes on in other lines is masked in each, wherever the change is", () => {
  const before = "[a]\naws_session_token = one\n  two\n  three\nregion = x\n";
  assert.deepEqual(
    shown({ path: CREDENTIALS, before, after: before.replace("  two\n", "  2\n  zwei\n") }).slice(2),
    [
      "@@ -1,5 +1,6 @@",
      " [a]",
      " aws_session_token = ****",
      "-  ****",
      "+  ****",
      "+  ****",
      "   ****",
      " region = x",
    ],
  );
});

Deno.test("each file is read as what it is: the backup as credentials, config as config", () => {
  const header = "[profile a]\ncredential_process = x secret\n";
  const at = (path: string): string[] =>
    shown({ path, before: header, after: `${header}region = x\n` }).slice(2);
  for (const path of [CONFIG, CREDENTIALS, BACKUP]) {
    assert.deepEqual(at(path), [
      "@@ -1,2 +1,3 @@",
      " [profile a]",
      " credential_process = x ****",
      "+region = x",
    ]);
  }
});

Deno.test("of a file in awsmfa's own folder only the name is shown", () => {
  const secret = '{ "secretAccessKey": "s3cret" }';
  assert.deepEqual(shown({ path: CACHED, before: undefined, after: secret }), [
    "--- /dev/null",
    `+++ ${CACHED}`,
  ]);
  assert.deepEqual(shown({ path: CACHED, before: secret, after: undefined }), [
    `--- ${CACHED}`,
    "+++ /dev/null",
  ]);
  assert.deepEqual(shown({ path: CACHED, before: secret, after: "{}" }), [`--- ${CACHED}`, `+++ ${CACHED}`]);
});

Deno.test("a credentials file whose name begins as that folder's is shown", () => {
  const path = "/home/alice/.aws/awsmfa-credentials";
  const { world } = fakeWorld({ env: { AWS_SHARED_CREDENTIALS_FILE: path } });
  for (const each of [path, `${path}_backup_by_awsmfa`]) {
    const [change] = showChanges(world, [{ path: each, before: undefined, after: "[a]\n" }]);
    assert.equal(change?.diff, `--- /dev/null\n+++ ${each}\n@@ -0,0 +1,1 @@\n+[a]\n`);
  }
});

Deno.test("the files are shown in their order, and of none nothing is", () => {
  const { world } = fakeWorld();
  const changes = [BACKUP, CREDENTIALS, CONFIG].map((path) => ({ path, before: undefined, after: "[a]\n" }));
  const files = showChanges(world, changes);
  assert.deepEqual(files.map(({ path }) => path), [BACKUP, CREDENTIALS, CONFIG]);
  assert.equal(writeChanges(files, false), files.map(({ diff }) => diff).join(""));
  assert.equal(writeChanges([], true), "");
});

Deno.test("in colour: headers bold, places cyan, what goes red, what comes green, the rest as it is", () => {
  const { world } = fakeWorld();
  const files = showChanges(world, [{ path: CONFIG, before: "[a]\nregion = 1\n", after: "[a]\nregion = 2" }]);
  assert.equal(
    writeChanges(files, true),
    `\x1b[1m--- ${CONFIG}\x1b[0m\n\x1b[1m+++ ${CONFIG}\x1b[0m\n\x1b[36m@@ -1,2 +1,2 @@\x1b[0m\n [a]\n` +
      "\x1b[31m-region = 1\x1b[0m\n\x1b[32m+region = 2\x1b[0m\n\\ No newline at end of file\n",
  );
});

Deno.test("property: a diff turns the masked text of before into that of after, and shows no secret", () => {
  fc.assert(
    fc.property(randomFile("credentials"), randomFile("credentials"), ({ text, profiles }, other) => {
      const [before, after] = [text, other.text];
      const lines = shown({ path: CREDENTIALS, before, after });
      const [was, is] = [wholeDiff(before, "-"), wholeDiff(after, "+")];
      const made = applyDiff(was, lines);
      assert.equal(made.length, is.length);
      for (const [i, line] of made.entries()) {
        assert.ok([line, is[i]].some((each) => each?.endsWith(" ****")) || line === is[i], line);
      }
      for (const { keys } of [...profiles, ...other.profiles]) {
        assert.ok(keys === undefined || !lines.join("\n").includes(keys.secretAccessKey));
      }
    }),
  );

  /** The masked lines of a text: those of the diff that makes it, or removes it. */
  function wholeDiff(text: string, character: "+" | "-"): string[] {
    const [before, after] = character === "+" ? [undefined, text] : [text, undefined];
    return shown({ path: CREDENTIALS, before, after }).slice(3)
      .filter((line) => line.startsWith(character)).map((line) => line.slice(1));
  }
});

/** The diff of one file, line by line. */
function shown(change: PlannedChange): string[] {
  const [file] = showChanges(fakeWorld().world, [change]);
  assert.equal(file?.path, change.path);
  assert.ok(file.diff.endsWith("\n"));
  return file.diff.slice(0, -1).split("\n");
}
