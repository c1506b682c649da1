import assert from "node:assert/strict";
import { FileError } from "../../../src/errors.ts";
import { CACHE_FOLDER, CONFIG, CREDENTIALS, fakeWorld } from "../../support/fake_world.ts";
import { playIn } from "../play.ts";

const K = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const KB = "aws_access_key_id = AKIABOB\naws_secret_access_key = bobs/secret\n";
const ALL = " (awsmfa doctor --readers shows all)";

/** Of a login of `work`. */
const NOTES: [what: string, credentials: string | undefined, config: string | undefined, note: string][] = [
  [
    "text behind a header",
    `[other] # old\n${KB}\n[work]\n${K}`,
    undefined,
    `.NET and Java 1 can't read ${CREDENTIALS} (line 1: text stands behind the header)`,
  ],
  [
    "an indented key at the end of a long file, and its line",
    Array.from({ length: 50 }, (_, i) => `[p${i}]\n${KB}`).join("") + `[work]\n${K}[last]\n  region = x\n`,
    undefined,
    `Java, Rust and the AWS CRT can't read ${CREDENTIALS} (line 158: an indented line has no key above it)`,
  ],
  [
    "a mark at the beginning, and keys in the other file",
    `\ufeff[work]\n${K}`,
    `[profile work]\n${KB}`,
    `Go, Terraform, the AWS CRT, Ruby and OpenDAL go on with the long-term key (line 2 of ${CONFIG}); ` +
    `the AWS CLI, Go 1, Java, Java 1 and Rust can't read ${CREDENTIALS} (line 1: a byte order mark stands before the text)`,
  ],
  [
    "sso_session in the config file",
    `[work]\n${K}`,
    "[profile work]\nregion = eu-west-1\nsso_session = s\n",
    `Go, Terraform, Go 1, .NET, Java and Rust look at sso_session first (line 3 of ${CONFIG})`,
  ],
  [
    "a comment behind the secret, which some take as a part of it",
    `[work]\n${K.trimEnd()} # mine\n`,
    undefined,
    "the AWS CLI, .NET, Java 1, Ruby, OpenDAL and rust-s3 take the session's key ID with another secret or token " +
    `(line 2 of ${CREDENTIALS})`,
  ],
  [
    "a name that some don't know",
    `[my work]\n${K}`,
    undefined,
    "JavaScript, Java, Rust and the AWS CRT see no profile 'my work'; a name of A-Z a-z 0-9 _ - / . % @ : + alone is seen by all",
  ],
  [
    "a role over it with a device",
    `[work]\n${K}`,
    "[profile admin]\nrole_arn = arn:aws:iam::111122223333:role/admin\nsource_profile = work\nmfa_serial = x\n",
    `role 'admin' over 'work': the AWS CLI still asks for a code, and Go and Terraform refuse it (mfa_serial, line 4 of ${CONFIG}); ` +
    "awsmfa -p admin logs in to it without one",
  ],
];
for (const [what, credentials, config, note] of NOTES) {
  Deno.test(`a login says who won't use its session, before it asks for a code, and once: ${what}`, async () => {
    const files = {
      ...(credentials === undefined ? {} : { [CREDENTIALS]: credentials }),
      ...(config === undefined ? {} : { [CONFIG]: config }),
    };
    const said: string[] = [];
    const fake = fakeWorld({ files, answers: ["123456", "654321", "234567"] });
    const profile = /my work/.exec(credentials ?? "")?.[0] ?? "work";
    const first = await playIn(fake, ["-p", profile, "--force"]);
    assert.equal(first.code, 0, first.stderr);
    said.push(...first.stderr.split("\n").filter((line) => line.startsWith("note: ")));
    const cure = note.startsWith("role ")
      ? ""
      : /header|indented/.test(note)
      ? " (awsmfa doctor --fix helps)"
      : ALL;
    assert.deepEqual(said, [`note: ${note}${cure}`]);
    assert.ok(first.stderr.startsWith("note: "), "before all else");
    const again = await playIn(fake, ["-p", profile, "--force"]);
    assert.equal(again.code, 0);
    assert.ok(!again.stderr.includes("note: "), again.stderr);
  });
}

Deno.test("a login of a usual home says nothing, and keeps nothing of that", async () => {
  const fake = fakeWorld({
    files: {
      [CREDENTIALS]: `# mine\n[default]\n${KB}\n[work]\n${K}\n[last]\n${KB}`,
      [CONFIG]:
        "[default]\nregion = eu-west-1\ns3 =\n  max_concurrent_requests = 5\n\n[profile work]\nregion = eu-west-1\n",
    },
  });
  const { code, stderr } = await playIn(fake, ["-p", "work", "123456"]);
  assert.equal(code, 0);
  assert.ok(!stderr.includes("note"), stderr);
  assert.equal(fake.files.get(`${CACHE_FOLDER}/notes`), undefined);
});

Deno.test("what was mended and is wrong again is said again", async () => {
  const wrong = `[other] # old\n${KB}\n`;
  const fake = fakeWorld({
    files: { [CREDENTIALS]: `${wrong}[work]\n${K}` },
    answers: ["111111", "222222", "333333"],
  });
  const notes: boolean[] = [];
  for (const [from, to] of [["", ""], ["[other] # old", "[other]"], ["[other]", "[other] # old"]] as const) {
    fake.files.set(CREDENTIALS, (fake.files.get(CREDENTIALS) ?? "").replace(from, to));
    notes.push((await playIn(fake, ["-p", "work", "--force"])).stderr.includes("note: "));
  }
  assert.deepEqual(notes, [true, false, true]);
});

Deno.test("where the config file can't be written, the login goes on, and says who won't use the session", async () => {
  const config = "[profile work]\nsource_profile = base\n";
  const checkReplaceable = (paths: readonly string[]): void => {
    if (paths.includes(CONFIG)) {
      throw new FileError(`can't save ${CONFIG}: it is marked read-only`, `chmod u+w ${CONFIG}`);
    }
  };
  const fake = fakeWorld({
    files: { [CREDENTIALS]: `[base]\n${K}`, [CONFIG]: config },
    but: { checkReplaceable },
  });
  const { code, stderr, stdout } = await playIn(fake, ["-p", "work", "123456"]);
  assert.equal(code, 0);
  assert.match(stdout, /^Logged in to 'work'/);
  assert.equal(
    stderr,
    `note: Go, Terraform, Go 1, .NET and Ruby look at source_profile first (line 2 of ${CONFIG})${ALL}\n` +
      `warning: can't save ${CONFIG}: it is marked read-only, so it stays as it is\n` +
      `hint: chmod u+w ${CONFIG}; awsmfa env -p work writes neither file\n`,
  );
  assert.equal(fake.files.get(CONFIG), config);
  const save = await playIn(fake, ["-p", "work", "--to", "other", "--source-profile", "base", "--save"]);
  assert.equal(save.code, 5);
});
