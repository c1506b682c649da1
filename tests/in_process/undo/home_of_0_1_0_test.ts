import assert from "node:assert/strict";
import home from "../../support/home_of_0_1_0.json" with { type: "json" };
import {
  BACKUP,
  CONFIG,
  CREDENTIALS,
  type FakeSetup,
  fakeWorld,
  withoutCached,
} from "../../support/fake_world.ts";
import { playIn } from "../play.ts";

// A home that awsmfa 0.1.0 made (commit 22c7a10): logins in place of two users, of a role and --to a profile, a link,
// and another login of the first user, so that one session in the file is no more in its folder.

const BEFORE: Record<string, string> = home.before;
/** What a login --to a new profile, and `link`, add to the config file. */
const ADDED =
  "[profile tool]\nregion = eu-west-1\n[profile linked]\ncredential_process = awsmfa credential-process -p work\n";

function left(setup: FakeSetup = {}): ReturnType<typeof fakeWorld> {
  return fakeWorld({ files: home.after, ...setup });
}

Deno.test("its sessions go on: nothing is asked, and nothing is called", async () => {
  const fake = left();
  for (
    const args of [[], ["-p", "work"], ["-p", "adm"], ["credential-process"], [
      "env",
      "-s",
      "sh",
      "-p",
      "work",
    ]]
  ) {
    const { code, stderr, requests } = await playIn(fake, args);
    assert.deepEqual([code, requests.length], [0, 0], args.join(" ") + stderr);
  }
});

Deno.test("--restore gives the bytes of before its first login back, and no backup is left", async () => {
  const fake = left();
  const { code, stdout } = await playIn(fake, ["--restore"]);
  assert.equal(code, 0);
  assert.match(
    stdout,
    /'default' has its long-term keys back\.\nProfile 'work' has its long-term keys back\.\n/,
  );
  const files = withoutCached(Object.fromEntries(fake.files));
  assert.equal(files[CREDENTIALS], BEFORE[CREDENTIALS]);
  assert.equal(files[CONFIG], `${BEFORE[CONFIG]}${ADDED}`);
});

Deno.test("a login on top of it, then a restore or a logout of each: the same bytes", async () => {
  for (const undo of [[["--restore"]], [["logout"], ["logout", "-p", "work"], ["--restore"]]]) {
    const fake = left();
    for (const args of [["200001"], ["-f", "-p", "work", "200002"], ["-p", "adm", "-f", "200003"], ...undo]) {
      assert.equal((await playIn(fake, args)).code, 0, args.join(" "));
    }
    assert.equal(fake.files.get(CREDENTIALS), BEFORE[CREDENTIALS]);
    assert.equal(fake.files.get(CONFIG), `${BEFORE[CONFIG]}${ADDED}`);
  }
});

Deno.test("its backup is known with other line ends, a line above it, or another word in its first line", async () => {
  const backup = home.after[BACKUP];
  const changed = [
    backup.replaceAll("\n", "\r\n"),
    `# a line above\n${backup}`,
    backup.replace("Long-term keys", "Longterm keys"),
  ];
  for (const text of changed) {
    const fake = left({ files: { ...home.after, [BACKUP]: text } });
    const { code } = await playIn(fake, ["--restore"]);
    assert.equal(code, 0);
    const restored = fake.files.get(CREDENTIALS)?.replaceAll("\r\n", "\n") ?? "";
    assert.ok(restored.includes(BEFORE[CREDENTIALS] ?? "?"), restored);
  }
});
