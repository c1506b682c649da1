import assert from "node:assert/strict";
import { valuesOf, withoutSessionLines } from "../../support/aws_file.ts";
import { type Moment, runAndKill } from "../../support/killed_run.ts";
import { type Random, seededRandom } from "../../support/seeded_random.ts";
import { cachedFile } from "../../support/cached_session.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const FILE = ".aws/credentials";
const BACKUP = ".aws/credentials_backup_by_awsmfa";
const CACHED = ".aws/awsmfa/";
const ROUNDS = Number(Deno.env.get("AWSMFA_KILL_ROUNDS") ?? 12);
const SEED = Number(Deno.env.get("AWSMFA_KILL_SEED") ?? Date.now() % 1_000_000);
/** Three drafts written, flushed and renamed are about so many changes to the folders. */
const SAVING_STEPS = 20;

type Operation = "login" | "restore";

Deno.test(`whenever a login or a restore is killed no key is lost and the next command works: ${ROUNDS} rounds`, async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  const original = `# mine\n[a]\nregion = eu-west-1\n${section("default", user)}\n[z]\nlast = line`;
  home.write(FILE, original);
  const files = stage.files();
  const lasts = { login: await measure(stage, "login"), restore: await measure(stage, "restore") };
  assert.deepEqual(stage.filesOfUser(), files);

  const random = seededRandom(SEED);
  for (let round = 1; round <= ROUNDS; round++) {
    const operation: Operation = isLoggedIn(stage) ? random.pick(["login", "restore"]) : "login";
    const moment = randomMoment(random, lasts[operation]);
    const next: Operation = random.pick(["login", "restore"]);
    try {
      await runAndKill(stage, argsOf(stage, operation), moment);
      assertNothingLost(stage, original);
      const hadWork = await assertWorks(stage, next);
      assertNothingLost(stage, original);
      // A restore does not go into the folder of cached sessions: the next login sweeps that.
      const left = leftovers(stage).filter((name) => next === "login" || !name.startsWith(CACHED));
      if (hadWork) assert.deepEqual(left, [], "what the killed run left lying is swept");
    } catch (error) {
      const how = `round ${round} of AWSMFA_KILL_SEED=${SEED}: ${operation} killed ${JSON.stringify(moment)}`;
      throw new Error(`${how}, then ${next}: ${error instanceof Error ? error.message : error}`, {
        cause: error,
      });
    }
  }
  // What is tried before a code is asked for takes no lock, and could be of a run that is alive: it goes an hour later.
  home.write(`${FILE}.awsmfa.try-${crypto.randomUUID()}`, "");
  const hourAgo = new Date(Date.now() - 3_700_000);
  for (const name of trials(stage)) Deno.utimeSync(home.file(name), hourAgo, hourAgo);
  await assertWorks(stage, "login");
  await assertWorks(stage, "restore");
  assert.deepEqual(stage.filesOfUser(), files, `AWSMFA_KILL_SEED=${SEED}: byte for byte as before`);
});

Deno.test("a signal that asks it to end waits until the files are saved, and nothing lies about", async () => {
  await using stage = await openStage();
  const original = stage.home.read(FILE);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    for (const atSavingStep of [1, 3, 5]) {
      for (const operation of ["login", "restore"] as const) {
        await runAndKill(stage, argsOf(stage, operation), { atSavingStep }, signal);
        assert.deepEqual(leftovers(stage), [], `${signal} at step ${atSavingStep} of a ${operation}`);
        assertNothingLost(stage, original);
        // A signal between the two saves of a login: the session is cached, and the next login needs no code.
        const isCached = operation === "login" && stage.home.has(cachedFile(stage));
        assert.ok(isLoggedIn(stage) === (operation === "login") || isCached, `${signal} at ${atSavingStep}`);
      }
    }
  }
});

/** Milliseconds that an undisturbed run takes. */
async function measure(stage: Stage, operation: Operation): Promise<number> {
  const start = performance.now();
  await assertWorks(stage, operation);
  return performance.now() - start;
}

function randomMoment(random: Random, lasts: number): Moment {
  return random.integer(2) === 0
    ? { afterMs: random.integer(Math.ceil(lasts * 1.1)) }
    : { atSavingStep: 1 + random.integer(SAVING_STEPS) };
}

function argsOf(stage: Stage, operation: Operation): string[] {
  return operation === "restore" ? ["--restore"] : [stage.code(), "--serial", stage.user.serial];
}

/** False for a restore that had nothing to do, and so touched nothing. */
async function assertWorks(stage: Stage, operation: Operation): Promise<boolean> {
  const nothingToRestore = operation === "restore" && !(BACKUP in stage.files());
  const { code, stderr } = await stage.awsmfa(argsOf(stage, operation));
  assert.equal(code, nothingToRestore ? 4 : 0, `exit ${code}: ${stderr}`);
  assert.equal(isLoggedIn(stage), operation === "login");
  return code === 0;
}

function assertNothingLost(stage: Stage, original: string): void {
  const { home, user } = stage;
  const text = home.read(FILE);
  const session = valuesOf(text, "default");
  if (!isLoggedIn(stage)) {
    assert.equal(text, original, "without a session the file is the old one");
    return;
  }
  const backup = valuesOf(home.read(BACKUP), "default");
  assert.deepEqual(
    [backup.aws_access_key_id, backup.aws_secret_access_key],
    [user.accessKeyId, user.secretAccessKey],
    "the keys are in the backup while a session is in their place",
  );
  const { aws_access_key_id: id = "", aws_secret_access_key: secret = "" } = session;
  assert.match(session.aws_session_token ?? "", /^\S{300,}$/);
  assert.equal(
    withoutSessionLines(text, "default").replace(id, user.accessKeyId).replace(secret, user.secretAccessKey),
    original,
    "with a session the rest of the file is the old one",
  );
}

function isLoggedIn({ home }: Stage): boolean {
  return valuesOf(home.read(FILE), "default").aws_access_key_id?.startsWith("ASIA") ?? false;
}

function trials(stage: Stage): string[] {
  return Object.keys(stage.files()).filter((name) => name.includes(".awsmfa.try-"));
}

function leftovers(stage: Stage): string[] {
  return Object.keys(stage.files()).filter((name) => name.includes(".awsmfa-"));
}
