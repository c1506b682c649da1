import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS } from "../../support/fake_world.ts";
import { play } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";

/** A config file whose profiles p0, p1, ... each name the next one; the last one has keys. */
function chain(length: number, write: (i: number) => string): Record<string, string> {
  const config = Array.from({ length }, (_, i) => `[profile p${i}]\n${write(i)}\n`).join("");
  return { [CONFIG]: config, [CREDENTIALS]: `[p${length}]\n${KEYS}` };
}

const CHAINS: [key: string, write: (i: number) => string][] = [
  [
    "source_profile",
    (i) => `role_arn = arn:aws:iam::111122223333:role/r${i}\nsource_profile = p${i + 1}`,
  ],
  ["source_profile", (i) => `source_profile = p${i + 1}`],
  ["include_profile", (i) => `include_profile = p${i + 1}`],
];
for (const [key, write] of CHAINS) {
  const one = write(0).replaceAll("\n", ", ");
  Deno.test(`a chain of 10,000 profiles is refused in words: ${one}`, async () => {
    const files = chain(10_000, write);
    for (const args of [["-p", "p0", "123456"], ["-p", "p0", "--dry-run"], ["status", "-p", "p0"]]) {
      const { code, stderr, requests } = await play(args, { files });
      assert.equal(
        stderr.replace("'p1'", "'p0'"),
        "awsmfa: profile 'p0' is at the end of a chain of more than 100 profiles\n" +
          `hint: shorten the chain: ${key} in ${CONFIG}\n`,
      );
      assert.deepEqual([code, requests], [4, []]);
    }
    const doctor = await play(["doctor", "--offline", "-p", "p0"], { files });
    assert.match(doctor.stdout, /a chain of more than 100 profiles\n +fix: shorten the chain: /);
    assert.equal((await play(["status"], { files })).code, 0);
  });
  Deno.test(`one of 90 is none that is refused: ${one}`, async () => {
    const { stderr, code } = await play(["status", "-p", "p0"], { files: chain(90, write) });
    assert.match(
      stderr,
      key === "include_profile" ? / has no access key / : /with the keys of source profile 'p90'/,
    );
    assert.equal(code, 4);
  });
}

Deno.test("a profile is found by its name whatever the others are called", async () => {
  for (const name of ["__proto__", "constructor", "toString", "get"]) {
    const there = await play(["status", "-p", name], { files: { [CREDENTIALS]: `[${name}]\n${KEYS}` } });
    assert.match(there.stderr, /isn't logged in\n/);
    const nowhere = await play(["status", "-p", name], { files: { [CREDENTIALS]: `[x]\n${KEYS}` } });
    assert.match(nowhere.stderr, /^awsmfa: no profile '/);
  }
});
