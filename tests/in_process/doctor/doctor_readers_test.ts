import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS, fakeWorld } from "../../support/fake_world.ts";
import { play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";

/** What each reader uses of a profile, by its id. */
function viewsIn(stdout: string): Record<string, string> {
  const readers: { id: string; view: string }[] = JSON.parse(stdout).readers;
  return Object.fromEntries(readers.map(({ id, view }) => [id, view]));
}

Deno.test("doctor --readers: after a login, every usual reader has the session", async () => {
  const fake = fakeWorld({ files: { [CREDENTIALS]: `[default]\n${KEYS}` } });
  await playIn(fake, ["123456"]);
  const { code, stdout, stderr, requests } = await playIn(fake, ["doctor", "--readers"]);
  assert.deepEqual([code, stderr, requests.length], [0, "", 1]);
  for (const line of stdout.trimEnd().split("\n")) assert.match(line, /^\S.* {2}session$/);
});

Deno.test("doctor --readers: before a login, they have the long-term keys", async () => {
  const { code, stdout } = await play(["doctor", "--readers", "--json"], {
    files: { [CREDENTIALS]: `[default]\n${KEYS}` },
  });
  assert.equal(code, 0);
  assert.deepEqual([...new Set(Object.values(viewsIn(stdout)))], ["long-term keys"]);
});

Deno.test("doctor --readers: what keeps a reader from the session is named with file and line, and ends with 1", async () => {
  const fake = fakeWorld({
    files: {
      [CREDENTIALS]: `[default]\n${KEYS}`,
      [CONFIG]: "# mine\n[default]\nmfa_serial = GAHT12345678\n",
    },
  });
  await playIn(fake, ["123456"]);
  const { code, stdout } = await playIn(fake, ["doctor", "--readers"]);
  assert.equal(code, 1);
  assert.match(
    stdout,
    /^\.NET .* another source .* mfa_serial decides \(\/home\/alice\/\.aws\/config, line 3\)$/m,
  );
  assert.match(stdout, /^the AWS CLI +session$/m);
});

Deno.test("doctor --readers: a file that a reader refuses is named with the line", async () => {
  const credentials = `[default]\n${KEYS}[other] # see\n  indented = 1\n`;
  const { code, stdout } = await play(["doctor", "--readers"], { files: { [CREDENTIALS]: credentials } });
  assert.equal(code, 1);
  assert.match(stdout, /^Java .* nothing .*\(\/home\/alice\/\.aws\/credentials, line [45]\)$/m);
});
