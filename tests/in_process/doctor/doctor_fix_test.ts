import assert from "node:assert/strict";
import { BACKUP, CONFIG, CREDENTIALS, fakeWorld } from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const K = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const MESSY = `[other] # old\n${K}\n[work]\n  region = eu-west-1\n  ${K.replace("\n", "\n  ")}`;
const TIDY = `# old\n[other]\n${K}\n[work]\nregion = eu-west-1\n${K}`;
const ROLE =
  "[profile admin]\nrole_arn = arn:aws:iam::111122223333:role/admin\nsource_profile = work\nmfa_serial = x\n";
const DEVICE =
  `[profile work]\nMFA_serial = arn:aws:iam::111122223333:mfa/alice # phone\n${ROLE}[profile vault]\nmfa_serial = y\n`;
const FILES = { [CREDENTIALS]: MESSY, [CONFIG]: DEVICE };

Deno.test("doctor --fix shows what it would write, asks, and then more tools read the files, and all as before", async () => {
  const before = await play(["doctor", "--readers", "-p", "work"], { files: FILES });
  assert.equal(before.code, 1);
  const fake = fakeWorld({ files: FILES, answers: ["y"] });
  const { code, stdout, stderr, questions } = await playIn(fake, ["doctor", "--fix"]);
  assert.equal(code, 0, stderr);
  assert.equal(stdout, `${CREDENTIALS} is changed.\n${CONFIG} is changed.\n`);
  assert.deepEqual(questions, ["Write this? [y/N]: "]);
  assert.match(stderr, /^-\[other\] # \*{4}\n\+# \*{4}\n\+\[other\]\n/m);
  assert.equal(fake.files.get(CREDENTIALS), TIDY);
  assert.equal(fake.files.get(CONFIG), DEVICE.replace("MFA_serial", "aws_mfa_device"));
  assert.equal((await playIn(fake, ["doctor", "--readers", "-p", "work"])).code, 0);
  assert.equal((await playIn(fake, ["doctor", "--fix"])).stdout, "Nothing to fix.\n");
  // The device is still the one.
  await playIn(fake, ["-p", "work", "123456"]);
  assert.deepEqual(fake.requests.map(({ request }) => request.serial), [
    "arn:aws:iam::111122223333:mfa/alice",
  ]);
  assert.ok(fake.files.has(BACKUP));
});

Deno.test("doctor --fix --dry-run writes nothing, a no neither, and without a terminal it takes --yes", async () => {
  const dry = await play(["doctor", "--fix", "--dry-run"], { files: FILES });
  assert.deepEqual([dry.code, dry.saves, dry.kept], [0, [], [["read", "env"]]]);
  assert.match(dry.stdout, /^\+aws_mfa_device = /m);
  const json = await play(["doctor", "--fix", "--dry-run", "--json"], { files: FILES });
  assert.deepEqual(JSON.parse(json.stdout).files.map(({ path }: { path: string }) => path), [
    CREDENTIALS,
    CONFIG,
  ]);
  const no = await play(["doctor", "--fix"], { files: FILES, answers: ["n"] });
  assert.deepEqual([no.code, no.saves], [130, []]);
  assertFailed(await play(["doctor", "--fix"], { files: FILES }), {
    code: 2,
    stderr:
      "awsmfa: there is no terminal to ask on; nothing was written\nhint: --yes writes it, --dry-run shows it\n",
    files: FILES,
  });
  const yes = await play(["doctor", "--fix", "-y", "--json"], { files: FILES });
  assert.deepEqual(JSON.parse(yes.stdout), { changed: [CREDENTIALS, CONFIG] });
});

Deno.test("doctor names who reads the profile otherwise, with the line, and what to type", async () => {
  const { stdout, code } = await play(["doctor", "--offline", "-p", "work", "--json"], { files: FILES });
  const checks: { what: string; state: string; says: string; fix?: string }[] = JSON.parse(stdout).checks;
  const header = checks.find(({ says }) => says.startsWith(`line 1 of ${CREDENTIALS}: `));
  assert.match(
    header?.says ?? "",
    /: .NET and Java 1 can't read the file \(text stands behind the header\)$/,
  );
  assert.equal(header?.fix, "awsmfa doctor --fix");
  assert.equal(code, 0);
  const fake = fakeWorld({ files: FILES });
  await playIn(fake, ["doctor", "--fix", "--yes"]);
  const tidy = await playIn(fake, ["doctor", "--offline", "-p", "work"]);
  assert.ok(!/can't read the file|looks? at/.test(tidy.stdout), tidy.stdout);
  for (const args of [["doctor", "--dry-run"], ["doctor", "-y"]]) {
    assert.equal((await play(args, { files: FILES })).code, 2);
  }
});
