import assert from "node:assert/strict";
import { asBytes } from "../../support/aws_file.ts";
import { assertFails } from "../../support/failure.ts";
import { runAndKill } from "../../support/killed_run.ts";
import { cachedFile, keepSession, setSecondsLeft } from "../../support/cached_session.ts";
import { seededRandom } from "../../support/seeded_random.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const FOLDER = ".aws/awsmfa";
const ROUNDS = Number(Deno.env.get("AWSMFA_KILL_ROUNDS") ?? 10);
const SEED = Number(Deno.env.get("AWSMFA_KILL_SEED") ?? Date.now() % 1_000_000);

Deno.test("sessions are kept in a folder of mode 0700 and files of mode 0600, whatever the umask", async () => {
  await using stage = await openStage();
  const { home } = stage;
  const through = ["sh", "-c", 'umask 0; exec "$@"', "sh"];
  const ran = await stage.awsmfa(["env", "-s", "json", stage.code()], { through, secretsOnStdout: true });
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(modeOf(home.file(FOLDER)), 0o700);
  const kept = [...Deno.readDirSync(home.file(FOLDER))].map(({ name }) => `${FOLDER}/${name}`).sort();
  const session = cachedFile(stage);
  assert.deepEqual(kept, [
    `${FOLDER}/.awsmfa.lock`,
    `${FOLDER}/.gitignore`,
    session,
    `${session}.awsmfa.lock`,
    `${FOLDER}/devices.json`,
  ]);
  for (const name of kept) assert.equal(modeOf(home.file(name)), 0o600, name);
});

Deno.test("a folder that others can write into is refused by every command that would look into it", async () => {
  await using stage = await openStage();
  const { home } = stage;
  await keepSession(stage);
  const path = home.file(FOLDER);
  for (const mode of [0o770, 0o702, 0o777]) {
    Deno.chmodSync(path, mode);
    const ways = [[], [stage.code()], ["env"], ["env", stage.code()], ["exec", "--", "true"], [
      "credential-process",
    ], ["logout"]];
    for (const args of ways) {
      await assertFails(stage, args, {
        code: 5,
        says: `${path} can be written by other users (mode 0${mode.toString(8)})`,
        hint: `chmod 700 ${path}`,
      });
    }
  }
  Deno.chmodSync(path, 0o755);
  const ran = await stage.awsmfa(["credential-process"], { secretsOnStdout: true });
  assert.equal(ran.code, 0, "that others can read the names of the files is no danger");
});

Deno.test("a kept file that is corrupted, foreign or of another version is ignored, and replaced", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  await keepSession(stage);
  const name = cachedFile(stage);
  const good = home.read(name);
  const changed = (edit: (kept: Record<string, unknown>) => void): string => {
    const kept = JSON.parse(good);
    edit(kept);
    return JSON.stringify(kept);
  };
  const texts: [title: string, text: string][] = [
    ["empty", ""],
    ["cut off", good.slice(0, good.length / 2)],
    ["no JSON", "aws_access_key_id = x\n"],
    ["bytes", "\xff\xfe\x00\x01"],
    ["null", "null"],
    ["a number", "1"],
    ["a list", "[]"],
    ["an empty object", "{}"],
    ["another version of awsmfa", changed((kept) => kept.version = 2)],
    ["another key's", good.replaceAll(user.accessKeyId, "AKIAIOSFODNN7EXAMPLE")],
    ["a role's", changed((kept) => kept.id = { accessKeyId: user.accessKeyId, roles: [{ arn: "x" }] })],
    ["no session", changed((kept) => delete kept.session)],
    ["a session that is a text", changed((kept) => kept.session = "x")],
    ["no token", changed((kept) => kept.session = { ...Object(kept.session), sessionToken: "" })],
    ["numbers", changed((kept) => kept.session = { ...Object(kept.session), accessKeyId: 1 })],
    ["no date", changed((kept) => kept.session = { ...Object(kept.session), expiration: "soon" })],
    ["no serial", changed((kept) => delete kept.serial)],
  ];
  for (const [title, text] of texts) {
    home.write(name, asBytes(text));
    const before = stage.files();
    const ran = await stage.awsmfa(["credential-process"]);
    assert.deepEqual([ran.code, ran.stdout], [4, ""], title);
    assert.equal(ran.stderr, "awsmfa: profile 'default' has no valid session; run: awsmfa\n", title);
    assert.deepEqual(stage.files(), before, title);
  }
  await keepSession(stage);
  const ran = await stage.awsmfa(["credential-process"], { secretsOnStdout: true });
  assert.equal(ran.code, 0, ran.stderr);
});

Deno.test("a file in the folder's place is named", async () => {
  await using stage = await openStage();
  stage.home.write(FOLDER, "");
  const path = stage.home.file(FOLDER);
  await assertFails(stage, ["credential-process"], {
    code: 5,
    says: `${path} isn't a directory`,
    hint: `move it away: mv ${path} ${path}.old`,
  });
});

const NAMES = [
  "my work",
  "a.b",
  "a/b",
  "/etc/passwd",
  "..",
  "../..",
  "../../evil",
  "it's",
  'say "hi"',
  "a\\..\\b",
  "日本",
  "$(touch evil)",
  "--help",
  "x".repeat(200),
];

Deno.test("whatever a profile is called, nothing is written outside of the folder", async () => {
  await using stage = await openStage();
  const { home, sts } = stage;
  const users = NAMES.map((_, i) => sts.addUser({ name: `user${i}` }));
  home.write("inner/.aws/credentials", users.map((user, i) => section(NAMES[i] ?? "", user)).join("\n"));
  const env = { HOME: home.file("inner") };
  const before = Object.keys(stage.filesOfUser());
  for (const [i, user] of users.entries()) {
    const args = ["env", "-s", "json", sts.code(user.serial), `--profile=${NAMES[i]}`];
    const ran = await stage.awsmfa(args, { env, secretsOnStdout: true });
    assert.equal(ran.code, 0, `${NAMES[i]}: ${ran.stderr}`);
    assert.ok(`inner/${cachedFile({ user, sts })}` in stage.files(), NAMES[i]);
  }
  assert.deepEqual(Object.keys(stage.filesOfUser()), before, "the folder and its files apart");
});

Deno.test("an access key id that is a path is refused, and no file is made of it", async () => {
  await using stage = await openStage();
  const { home } = stage;
  home.write("session.json", "{}");
  home.write(
    ".aws/credentials",
    section("default", { accessKeyId: "../../session", secretAccessKey: "s".repeat(40) }),
  );
  const before = stage.files();
  const ran = await stage.awsmfa(["credential-process"], { env: { AWSMFA_CODE_COMMAND: "echo 123456" } });
  assert.equal(ran.code, 4);
  assert.deepEqual(stage.files(), before);
});

Deno.test(`whenever a run is killed the kept session is the old or the new one, whole: ${ROUNDS} rounds`, async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  const random = seededRandom(SEED);
  await keepSession(stage);
  const start = performance.now();
  await keepSession(stage);
  const lasts = performance.now() - start;
  for (let round = 1; round <= ROUNDS; round++) {
    const how = `round ${round} of AWSMFA_KILL_SEED=${SEED}`;
    const before = home.read(cachedFile(stage));
    const moment = random.integer(2) === 0
      ? { afterMs: random.integer(Math.ceil(lasts * 1.1)) }
      : { atSavingStep: 1 + random.integer(6) };
    await runAndKill(stage, ["env", "-s", "json", "--serial", user.serial, stage.code()], moment);
    const text = home.read(cachedFile(stage));
    const { version, id, session } = JSON.parse(text);
    assert.deepEqual([version, id.accessKeyId], [1, user.accessKeyId], how);
    assert.match(session.sessionToken, /^\S{300,}$/, how);
    const ran = await stage.awsmfa(["credential-process"], { secretsOnStdout: true });
    assert.equal(JSON.parse(ran.stdout).AccessKeyId, session.accessKeyId, how);
    if (text === before && random.integer(2) === 0) setSecondsLeft(stage, -60);
    await keepSession(stage);
    assert.deepEqual(leftovers(stage), [], `${how}: what it left lying is swept`);
  }
  assert.equal(home.read(".aws/credentials"), section("default", user));
});

function leftovers(stage: Stage): string[] {
  return Object.keys(stage.files()).filter((name) => name.includes(".awsmfa-"));
}

function modeOf(path: string): number {
  return (Deno.statSync(path).mode ?? 0) & 0o777;
}
