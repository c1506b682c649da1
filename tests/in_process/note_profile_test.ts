import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS } from "../support/fake_world.ts";
import { play } from "./play.ts";

const K = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const FOLLOW_NONE =
  "note: such a line is not followed by Java 1 while there is a credentials file, by Go 1 without AWS_SDK_LOAD_CONFIG=1, " +
  "nor by gdal, polars, rust-s3, s3cmd and s3fs\n";

Deno.test("setup says who does not find the keys that it wrote, and nothing where all do", async () => {
  const typed = ["AKIAQYLPMN5HHHFPZAM2", "us-east-1", ""];
  const set = (files: Record<string, string>, name: string): ReturnType<typeof play> =>
    play(["setup", "-p", name, "--access-key-id", typed[0] ?? "", "--region", "us-east-1"], {
      files,
      stdin: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKE\n",
    });
  assert.ok(!(await set({}, "work")).stderr.includes("note: "));
  assert.match(
    (await set({ [CREDENTIALS]: `[other] # old\n${K}` }, "work")).stderr,
    new RegExp(
      `^note: \\.NET and Java 1 can't read ${CREDENTIALS} \\(line 1: text stands behind the header\\) `,
      "m",
    ),
  );
  assert.match(
    (await set({}, "my work")).stderr,
    /^note: JavaScript, Java, Rust and the AWS CRT find no keys in 'my work' \(there is no such profile\) /m,
  );
});

Deno.test("link says who follows no such line, and who does not see this one", async () => {
  const files = { [CREDENTIALS]: `[work]\n${K}` };
  const plain = await play(["link", "tool", "-p", "work"], { files });
  assert.deepEqual([plain.code, plain.stderr], [0, FOLLOW_NONE]);
  const bare = await play(["link", "lnk", "-p", "work"], {
    files: { ...files, [CONFIG]: "[lnk]\nregion = x\n" },
  });
  assert.equal(
    bare.stderr,
    `note: Go 1 finds no keys in 'lnk' (the profile has no keys) (awsmfa doctor --readers shows all)\n${FOLLOW_NONE}`,
  );
  const odd = await play(["link", "my link", "-p", "work"], { files });
  assert.match(
    odd.stderr,
    /^note: JavaScript, .*Java.* find no keys in 'my link' \(there is no such profile\)/,
  );
});
