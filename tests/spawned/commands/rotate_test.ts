import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { needs } from "../../support/needs.ts";
import { type Moment, runAndKill } from "../../support/killed_run.ts";
import { seededRandom } from "../../support/seeded_random.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const FILE = ".aws/credentials";
const CLI = needs("aws");

Deno.test("a key is rotated while the AWS CLI goes on with the profile, and deleted later", CLI, async () => {
  await using stage = await openStage({ user: { name: "alice", iamNeedsMfa: true } });
  const { home, sts, user } = stage;
  home.write(
    FILE,
    `# mine\n${section("default", user)}\n[other]\nregion = eu-west-1\n${section("x_permanent", user)}`,
  );
  await assertCliWorks(stage);
  let during = 0;
  sts.behave({
    newKeyRefusals: [true, false, true],
    onRequest: async ({ action }) => {
      if (action !== "UpdateAccessKey" || during++ > 0) return;
      sts.behave({ onRequest: undefined });
      await assertCliWorks(stage);
    },
  });
  const ran = await stage.awsmfa(["rotate", "-c", stage.code()]);
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(during, 1);
  const [old, made] = sts.keysOf(user);
  assert.deepEqual([old?.status, made?.status], ["Inactive", "Active"]);
  assert.ok(made !== undefined);
  assert.equal(
    home.read(FILE),
    `# mine\n${section("default", made)}\n[other]\nregion = eu-west-1\n${section("x_permanent", made)}`,
  );
  const folder = Object.keys(stage.files()).filter((name) => name.includes("rotation_"));
  assert.deepEqual(folder.map((name) => name.split("/").at(-1)), [
    `rotation_${user.accessKeyId}.json`,
    `rotation_${user.accessKeyId}_keys`,
  ]);
  for (const name of folder) assert.equal((Deno.statSync(home.file(name)).mode ?? 0) & 0o777, 0o600);
  await assertCliWorks(stage);

  await stage.login(["--serial", user.serial]);
  await assertCliWorks(stage);
  const finished = await stage.awsmfa(["rotate", "--finish"]);
  assert.equal(finished.code, 0, finished.stderr);
  assert.deepEqual(sts.keysOf(user), [made]);
  assert.ok(!Object.keys(stage.files()).some((name) => name.includes("rotation_")));
});

Deno.test("whatever answer is lost, a key that works is in the file, and the next run ends the rotation", async () => {
  const actions = ["ListAccessKeys", "CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey"];
  await Promise.all(actions.map(async (action) => {
    await using stage = await openStage({ user: { name: "alice" } });
    const { sts, user } = stage;
    // fetch and the SDK try again where they can: no answer comes through.
    sts.behave({
      onRequest: ({ action: asked }) =>
        sts.behave({ failNext: { count: asked === action ? 1 : 0, kind: "lost" } }),
    });
    const ran = await stage.awsmfa(["rotate", "--delete", "-c", stage.code()]);
    assert.notEqual(ran.code, 0);
    sts.behave({ onRequest: undefined, failNext: { count: 0, kind: "lost" } });
    assertWorks(stage, action);
    const [orphan] = orphansOf(stage);
    assert.equal(orphan !== undefined, action === "CreateAccessKey");
    if (orphan !== undefined) assert.match(ran.stderr, new RegExp(`--delete-inactive ${orphan}\n$`));
    const free = orphan === undefined ? [] : ["--delete-inactive", orphan];
    const next = await stage.awsmfa(["rotate", "--delete", ...free, "-c", stage.code()]);
    assert.equal(next.code, 0, `${action}: ${next.stderr}`);
    assertWorks(stage, action);
    if (action !== "DeleteAccessKey") assert.equal(sts.keysOf(user).length, 1);
  }));
});

Deno.test("killed at a call that is done all the same, a rotation goes on with the next run", async () => {
  await Promise.all(["GetSessionToken", "CreateAccessKey", "UpdateAccessKey"].map(async (atCall) => {
    await using stage = await openStage({ user: { name: "alice" } });
    const { sts, user } = stage;
    const rotate = (): string[] => ["rotate", "-c", stage.code(), "--serial", user.serial];
    await runAndKill(stage, rotate(), { atCall });
    assertWorks(stage, atCall);
    const orphans = orphansOf(stage);
    assert.equal(orphans.length, atCall === "CreateAccessKey" ? 1 : 0);
    const next = await stage.awsmfa([...rotate(), ...orphans.flatMap((id) => ["--delete-inactive", id])]);
    assert.equal(next.code, 0, `${atCall}: ${next.stderr}`);
    assertWorks(stage, atCall);
    assert.deepEqual(sts.keysOf(user).map(({ status }) => status), ["Inactive", "Active"]);
  }));
});

const ROUNDS = Number(Deno.env.get("AWSMFA_ROTATION_KILLS") ?? 6);

Deno.test(`whenever a rotation is killed a key that works is in the file, and the next run ends it: ${ROUNDS} rounds`, async () => {
  const { integer } = seededRandom(ROUNDS);
  // A rotation takes ten seconds, most of which it waits between its tries of the new key.
  const rounds = Array.from(
    { length: ROUNDS },
    (_, i) => i % 2 === 0 ? { atSavingStep: 1 + integer(60) } : { afterMs: 200 + integer(12_000) },
  );
  const next = rounds.values();
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (const moment of next) await killRotation(moment);
  }));
});

async function killRotation(moment: Moment): Promise<void> {
  await using stage = await openStage({ user: { name: "alice" } });
  const { sts, user } = stage;
  const rotate = (): string[] => ["rotate", "-c", stage.code(), "--serial", user.serial];
  await runAndKill(stage, rotate(), moment);
  const when = JSON.stringify(moment);
  assertWorks(stage, when);
  const orphans = orphansOf(stage);
  const again = await stage.awsmfa([...rotate(), ...orphans.flatMap((id) => ["--delete-inactive", id])]);
  // It was over before it was killed, or it is now.
  if (again.code !== 0) {
    assert.match(again.stderr, /--finish deletes it/, when);
    const finished = await stage.awsmfa(["rotate", "--finish", "-c", stage.code()]);
    assert.equal(finished.code, 0, `${when}: ${finished.stderr}`);
  }
  assertWorks(stage, when);
  const statuses = sts.keysOf(user).map(({ status }) => status);
  assert.deepEqual(statuses, again.code === 0 ? ["Inactive", "Active"] : ["Active"], when);
}

/** Keys of the user whose secret is on no disk. */
function orphansOf({ home, sts, user }: Stage): string[] {
  const kept = `.aws/awsmfa/rotation_${user.accessKeyId}_keys`;
  const texts = [FILE, kept].filter((name) => name in home.snapshot()).map((name) => home.read(name)).join(
    "",
  );
  return sts.keysOf(user).map(({ accessKeyId }) => accessKeyId).filter((id) => !texts.includes(id));
}

async function assertCliWorks({ home }: Stage): Promise<void> {
  const ran = await home.run("aws", ["sts", "get-caller-identity", "--query", "Arn", "--output", "text"], {
    env: { AWS_DEFAULT_REGION: "us-east-1" },
  });
  assert.equal(ran.stdout.trim(), "arn:aws:iam::123456789012:user/alice", ran.stderr);
}

function assertWorks({ home, sts, user }: Stage, when: string): void {
  const { aws_access_key_id: id, aws_secret_access_key: secret } = valuesOf(home.read(FILE), "default");
  const works = sts.keysOf(user).some((key) =>
    key.status === "Active" && key.accessKeyId === id && key.secretAccessKey === secret
  );
  assert.ok(works, when);
}
