import assert from "node:assert/strict";
import { run } from "../../../src/cli/run.ts";
import { StsRefusal } from "../../../src/domain/aws/sts_refusal.ts";
import { NetworkError } from "../../../src/errors.ts";
import type { FilesEdit, StsAccess, World } from "../../../src/world.ts";
import { type FakeIam, fakeIam, type FakeKey, keyNumber } from "../../support/fake_iam.ts";
import * as home from "../../support/fake_world.ts";
import { type Played, playIn } from "../play.ts";

const OLD: FakeKey = {
  accessKeyId: "AKIAALICE",
  secretAccessKey: "alice/secret+1",
  status: "Active",
  created: new Date("2025-10-16T09:00:00Z"),
  lastUse: { at: new Date("2026-11-19T08:00:00Z"), service: "s3", region: "eu-central-1" },
};
const OTHER: FakeKey = { ...OLD, accessKeyId: "AKIAOTHERKEY2222", secretAccessKey: "other/secret+1" };
const NEW = keyNumber(1);
const section = (
  name: string,
  { accessKeyId, secretAccessKey }: Pick<FakeKey, "accessKeyId" | "secretAccessKey">,
) => `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
const JOURNAL = `${home.CACHE_FOLDER}/rotation_AKIAALICE.json`;
const KEYS = `${home.CACHE_FOLDER}/rotation_AKIAALICE_keys`;

Deno.test("a rotation puts a new key wherever the old one stands, and makes that inactive", async () => {
  const text =
    `# mine\n${section("default", OLD)}; note\n[x]\nregion = eu-west-1\n${section("other", OTHER)}` +
    section("default_permanent", OLD);
  const { iam, run } = stage([OLD], {
    [home.CREDENTIALS]: text,
    [home.CONFIG]: "[default]\nregion = eu-west-1\n",
  });
  const ran = await run(["rotate", "-c", "123456"]);
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(
    ran.stdout,
    "Profile 'default': the access key is AKIAMADEAAAAAAAAAAA1 now; AKIAALICE is inactive.\n",
  );
  assert.equal(
    ran.files[home.CREDENTIALS],
    text.replaceAll(OLD.accessKeyId, NEW.accessKeyId).replaceAll(OLD.secretAccessKey, NEW.secretAccessKey),
  );
  assert.deepEqual(statusOf(iam), [["AKIAALICE", "Inactive"], [NEW.accessKeyId, "Active"]]);
  assert.equal(
    ran.stderr,
    `Access keys of user 'alice':
  AKIAALICE: active, 400 days old, last used 2026-11-19 08:00 (s3, eu-central-1)
New access key AKIAMADEAAAAAAAAAAA1: created, and saved.
Trying the new key: three times in a row, in 10 seconds ...
Replaced in ${home.CREDENTIALS}: [default], [default_permanent]
Old access key AKIAALICE: inactive.
Other machines and CI that have the old key need the new one (last used 2026-11-19 08:00: s3, eu-central-1).
A login with the new key was not tried: awsmfa
When nothing misses the old key: awsmfa rotate --finish; to go back: awsmfa rotate --undo
`,
  );
  assert.doesNotMatch(ran.files[JOURNAL] ?? "", /secret/i);
  assert.match(ran.files[KEYS] ?? "", /\[old\][^]*alice\/secret\+1[^]*\[new\][^]*made\/secret\+1/);
});

Deno.test("on a later day --finish deletes the old key, and nothing of the rotation is left", async () => {
  const { iam, run } = stage([OLD]);
  await run(["rotate", "-c", "123456"]);
  const again = await run(["rotate", "-c", "223456"]);
  assert.deepEqual([again.code, again.stdout], [3, ""]);
  assert.match(
    again.stderr,
    /'AKIAALICE' is inactive, and still there\nhint: awsmfa rotate --finish deletes it/,
  );
  // The session that was had for the rotation is kept for the new key.
  const ran = await run(["rotate", "--finish"]);
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(ran.stdout, "Profile 'default': the old access key AKIAALICE is deleted.\n");
  assert.deepEqual(statusOf(iam), [[NEW.accessKeyId, "Active"]]);
  assert.deepEqual([ran.files[JOURNAL], ran.files[KEYS]], [undefined, undefined]);
});

Deno.test("--undo puts the old key back, byte for byte", async () => {
  const { iam, run, fake } = stage([OLD]);
  const before = fake.files.get(home.CREDENTIALS);
  await run(["rotate", "-c", "123456"]);
  const ran = await run(["rotate", "--undo", "-c", "223456"]);
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(ran.files[home.CREDENTIALS], before);
  assert.deepEqual(statusOf(iam), [["AKIAALICE", "Active"], [NEW.accessKeyId, "Inactive"]]);
  assert.match(ran.stderr, /awsmfa rotate --delete-inactive AKIAMADEAAAAAAAAAAA1\n$/);
  assert.deepEqual([ran.files[JOURNAL], ran.files[KEYS]], [undefined, undefined]);
  const third = await run(["rotate", "--delete", "--delete-inactive", NEW.accessKeyId, "-c", "323456"]);
  assert.equal(third.code, 0, third.stderr);
  assert.deepEqual(statusOf(iam), [[keyNumber(2).accessKeyId, "Active"]]);
});

Deno.test("while the profile is logged in the key in the backup is replaced, and the session stays", async () => {
  const { iam, run } = stage([OLD]);
  const login = await run(["123456"]);
  const ran = await run(["rotate"]);
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(ran.files[home.CREDENTIALS], login.files[home.CREDENTIALS]);
  assert.match(ran.files[home.BACKUP] ?? "", /aws_secret_access_key = made\/secret\+1/);
  assert.deepEqual(statusOf(iam), [["AKIAALICE", "Inactive"], [NEW.accessKeyId, "Active"]]);
  const restored = await run(["--restore"]);
  assert.equal(restored.files[home.CREDENTIALS], section("default", NEW));
});

Deno.test("a cached session that AWS takes no more is dropped, and a new one had for the code that is at hand", async () => {
  for (const code of ["ExpiredToken", "InvalidClientTokenId", "UnrecognizedClientException"]) {
    const { iam, run, fake } = stage([OLD], undefined, { codeCommand: () => "222222" });
    await run(["env", "-s", "sh", "-c", "123456"]);
    const list = fake.world.listAccessKeys;
    const world = {
      ...fake.world,
      listAccessKeys: (access: StsAccess, userName: string) =>
        access.keys.accessKeyId === home.sessionNumber(1).accessKeyId
          ? Promise.reject(new StsRefusal(code, "", 1, 0))
          : list(access, userName),
    };
    const ran = await playIn({ ...fake, world }, ["rotate", "--code-command", "totp"]);
    assert.equal(ran.code, 0, ran.stderr);
    const ofOld = ran.requests.filter(({ access }) => access.keys.accessKeyId === OLD.accessKeyId);
    assert.equal(ofOld.length, 2, code);
    assert.deepEqual(statusOf(iam), [["AKIAALICE", "Inactive"], [NEW.accessKeyId, "Active"]]);
  }
});

Deno.test("somebody at a terminal tries a login with the new key", async () => {
  const { run, fake } = stage([OLD], undefined, { answers: ["123456", "654321"] });
  const ran = await run(["rotate", "--json"]);
  assert.equal(ran.code, 0, ran.stderr);
  const { loggedIn, oldKey, newKeyId, ageDays } = JSON.parse(ran.stdout);
  assert.deepEqual([loggedIn, oldKey, newKeyId, ageDays], [true, "inactive", NEW.accessKeyId, 400]);
  assert.deepEqual(fake.requests.map(({ access }) => access.keys.accessKeyId), [
    OLD.accessKeyId,
    NEW.accessKeyId,
  ]);
});

Deno.test("one lucky answer proves nothing: three in a row count", async () => {
  const { iam, run, fake } = stage([OLD]);
  iam.refusals = [true, true, false, true, false, false, true];
  const ran = await run(["rotate", "-c", "123456"]);
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(fake.sleeps.length, 9);
});

Deno.test("a new key that AWS does not take changes no file of the user's, and the next run goes on", async () => {
  const { iam, run, fake } = stage([OLD]);
  const before = fake.files.get(home.CREDENTIALS);
  iam.refusals = Array.from({ length: 100 }, () => true);
  const ran = await run(["rotate", "-c", "123456"]);
  assert.deepEqual([ran.code, ran.stdout, ran.files[home.CREDENTIALS]], [3, "", before]);
  assert.match(ran.stderr, /does not take the key 'AKIAMADEAAAAAAAAAAA1' yet, after 90s\n/);
  iam.refusals = [];
  const again = await run(["rotate"]);
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, /^The rotation of AKIAALICE goes on\.$/m);
  assert.equal(iam.keys.length, 2);
});

Deno.test("two keys are explained; an active one is never deleted, an inactive one where it is named", async () => {
  for (const status of ["Active", "Inactive", "Expired"] as const) {
    const { iam, run } = stage([OLD, { ...OTHER, status }]);
    const ran = await run(["rotate", "-c", "123456"]);
    assert.deepEqual([ran.code, ran.stdout], [3, ""]);
    assert.match(
      ran.stderr,
      new RegExp(`has two access keys already.*${OTHER.accessKeyId}: ${status.toLowerCase()}`),
    );
    const named = await run(["rotate", "--delete-inactive", OTHER.accessKeyId]);
    assert.equal(named.code, status === "Active" ? 3 : 0, named.stderr);
    if (status === "Active") assert.match(named.stderr, /is active, and is not deleted/);
    assert.equal(iam.keys.some((key) => key.accessKeyId === OTHER.accessKeyId), status === "Active");
  }
});

Deno.test("where a lost answer had the secret, the key is named, and deleted where that is asked for", async () => {
  const { iam, run, fake } = stage([OLD]);
  const create = fake.world.createAccessKey;
  let lost = true;
  Object.assign(fake.world, {
    createAccessKey: async (...args: Parameters<typeof create>) => {
      const key = await create(...args);
      if (lost) throw new NetworkError("no answer");
      return key;
    },
  });
  for (let i = 0; i < 2; i++) {
    const ran = await run(["rotate", "-c", "123456"]);
    assert.deepEqual([ran.code, ran.stdout], [6, ""]);
    assert.match(ran.stderr, /AKIAMADEAAAAAAAAAAA1', and the answer with its secret was lost/);
    assert.match(ran.stderr, /awsmfa rotate --delete-inactive AKIAMADEAAAAAAAAAAA1\n$/);
    fake.clock.now = new Date(fake.clock.now.getTime() + 120_000);
  }
  lost = false;
  const ran = await run(["rotate", "--delete-inactive", NEW.accessKeyId]);
  assert.equal(ran.code, 0, ran.stderr);
  assert.deepEqual(statusOf(iam), [["AKIAALICE", "Inactive"], [keyNumber(2).accessKeyId, "Active"]]);
});

Deno.test("each call that is denied is named, with the statement that allows it, and the old key still works", async () => {
  for (const action of ["ListAccessKeys", "CreateAccessKey", "UpdateAccessKey", "DeleteAccessKey"]) {
    const { iam, run, fake } = stage([OLD]);
    iam.denied.add(action);
    const ran = await run(["rotate", "--delete", "-c", "123456"]);
    assert.deepEqual([ran.code, ran.stdout], [3, ""], ran.stderr);
    assert.match(
      ran.stderr,
      new RegExp(
        `awsmfa: AWS does not let the user call iam:${action}\nhint: an administrator can allow it: {"Effect":"Allow",` +
          '"Action":\\["iam:CreateAccessKey",.*"Resource":"arn:aws:iam::\\*:user/\\${aws:username}"}\n$',
      ),
    );
    assertWorks(fake, iam);
  }
  const { iam, run } = stage([OLD]);
  iam.denied.add("GetAccessKeyLastUsed");
  const ran = await run(["rotate", "-c", "123456"]);
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(ran.stderr, /400 days old, last use not told\n/);
});

Deno.test("AWS's limit, where the list told of no second key, is told, and nothing is left half done", async () => {
  const { iam, run } = stage([OLD], undefined, {
    but: {
      createAccessKey: () => {
        throw new StsRefusal("LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", 1, 0);
      },
    },
  });
  const ran = await run(["rotate", "-c", "123456"]);
  assert.deepEqual([ran.code, ran.stdout], [3, ""]);
  assert.match(
    ran.stderr,
    /awsmfa: AWS refuses iam:CreateAccessKey: the user has as many as it allows \(LimitExceeded\)\nhint: awsmfa rotate shows both keys, and --delete-inactive KEYID makes room\n$/,
  );
  assert.deepEqual([statusOf(iam), ran.files[JOURNAL], ran.files[KEYS]], [
    [["AKIAALICE", "Active"]],
    undefined,
    undefined,
  ]);
});

Deno.test("the root user's key, keys of a program and keys in variables are not rotated", async () => {
  const root = stage([OLD], undefined, {
    but: {
      caller: () =>
        Promise.resolve({ arn: "arn:aws:iam::111122223333:root", clockAheadSeconds: 0, via: "direct" }),
    },
  });
  const ran = await root.run(["rotate", "-c", "123456"]);
  assert.deepEqual([ran.code, ran.requests.length], [3, 0]);
  assert.match(ran.stderr, /is the root user's, which should have none/);
  const program = await stage([OLD], { [home.CONFIG]: "[default]\ncredential_process = /bin/vault\n" }).run([
    "rotate",
  ]);
  assert.equal(program.code, 4);
  assert.match(program.stderr, /through another program/);
  const variables = stage([OLD], {}, {
    env: { AWS_ACCESS_KEY_ID: OLD.accessKeyId, AWS_SECRET_ACCESS_KEY: OLD.secretAccessKey },
  });
  const inVariables = await variables.run(["rotate"]);
  assert.deepEqual([inVariables.code, inVariables.saves], [4, []]);
  assert.match(inVariables.stderr, /stands in AWS_ACCESS_KEY_ID/);
});

Deno.test("--if-older-than leaves a young key alone, and asks for no code", async () => {
  const { iam, run } = stage([OLD], undefined, { keyCreated: () => OLD.created });
  const young = await run(["rotate", "--if-older-than", "500d"]);
  assert.deepEqual(
    [young.code, young.stdout, young.stderr],
    [0, "Profile 'default': the access key AKIAALICE is 400 days old, and stays.\n", ""],
  );
  assert.deepEqual([iam.calls, young.requests, young.saves], [[], [], [home.DEVICES]]);
  const old = await run(["rotate", "--if-older-than", "400d", "-c", "123456"]);
  assert.equal(old.code, 0, old.stderr);
  assert.equal(iam.keys.length, 2);
});

Deno.test("what IAM told of keys, status --json tells later without asking: when the profile's was made, and its age", async () => {
  const { run } = stage([OLD], undefined, { keyCreated: () => OLD.created });
  const ages = async (): Promise<unknown[]> => {
    const { stdout } = await run(["status", "--json"]);
    return JSON.parse(stdout).profiles.map((
      { keyCreated, keyAgeDays }: { keyCreated?: string; keyAgeDays?: number },
    ) => [keyCreated, keyAgeDays]);
  };
  assert.deepEqual(await ages(), [[undefined, undefined]]);
  await run(["rotate", "--if-older-than", "500d"]);
  assert.deepEqual(await ages(), [["2025-10-16T09:00:00.000Z", 400]]);
  await run(["rotate", "-c", "123456"]);
  const [made] = await ages() as [string, number][];
  assert.deepEqual([made?.[0].slice(0, 10), made?.[1]], [home.NOW.toISOString().slice(0, 10), 0]);
  await run(["rotate", "--undo", "-c", "223456"]);
  assert.deepEqual(await ages(), [["2025-10-16T09:00:00.000Z", 400]]);
});

Deno.test("--dry-run says where the key would be replaced, calls nobody and writes nothing", async () => {
  const { iam, run } = stage([OLD]);
  const ran = await run(["rotate", "--dry-run"]);
  assert.deepEqual(
    [ran.code, ran.stdout, ran.stderr, ran.saves, iam.calls],
    [
      0,
      `A new access key would take the place of AKIAALICE in:\n  ${home.CREDENTIALS}: [default]\n`,
      "",
      [],
      [],
    ],
  );
});

Deno.test("a clock that is off, and a key that AWS does not know, are said before a code is asked for", async () => {
  for (
    const [refusal, says] of [
      [
        new StsRefusal("RequestExpired", "the clock is off", 1, 7200),
        /this machine's clock is 2h ahead of AWS's/,
      ],
      [new StsRefusal("InvalidClientTokenId", "", 1, 0), /AWS doesn't recognize the access key 'AKIAALICE'/],
    ] as const
  ) {
    const { iam, run } = stage([OLD], undefined, {
      answers: [],
      but: { caller: () => Promise.reject(refusal) },
    });
    const ran = await run(["rotate"]);
    assert.deepEqual([ran.code, ran.questions, ran.saves, iam.calls], [3, [], [], []]);
    assert.match(ran.stderr, says);
  }
});

Deno.test("of two rotations at once one makes a key, and the other is told that it waits to be finished", async () => {
  const { iam, fake } = stage([OLD]);
  await playIn(fake, ["123456"]);
  const [one, other] = await Promise.all([run(["rotate"], fake.world), run(["rotate"], fake.world)]);
  assert.deepEqual([one, other], [0, 3]);
  assert.match(fake.err.join(""), /is inactive, and still there/);
  assert.deepEqual(statusOf(iam), [["AKIAALICE", "Inactive"], [NEW.accessKeyId, "Active"]]);
});

Deno.test("the session goes on for the new key where AWS still takes it, and else a login gets a new one", async () => {
  for (const takes of [true, false]) {
    const { run, fake } = stage([OLD]);
    const { caller } = fake.world;
    await run(["246802"]);
    Object.assign(fake.world, {
      caller: (access: StsAccess) =>
        access.keys.sessionToken !== undefined && !takes
          ? Promise.reject(new StsRefusal("InvalidClientTokenId", "", 1, 0))
          : caller(access),
    });
    const ran = await run(["rotate"]);
    assert.equal(ran.code, 0, ran.stderr);
    assert.equal((await run([])).code, takes ? 0 : 2);
  }
});

Deno.test("doctor tells of a rotation that is not finished", async () => {
  const { run } = stage([OLD]);
  await run(["rotate", "-c", "123456"]);
  const ran = await run(["doctor", "--offline"]);
  assert.match(
    ran.stdout,
    /the access key AKIAALICE was rotated and is still there, inactive\n +fix: awsmfa rotate --finish\n/,
  );
  assert.match(ran.stdout, /sessions cached in [^\n]*: 2\n/);
  const cut = stage([OLD]);
  cut.iam.denied.add("UpdateAccessKey");
  await cut.run(["rotate", "-c", "123456"]);
  const after = await cut.run(["doctor", "--offline"]);
  assert.match(after.stdout, /the rotation of access key AKIAALICE was cut off\n +fix: awsmfa rotate\n/);
});

const STORIES = [false, true].flatMap((logIn) =>
  [[], ["--delete"], ["--undo"]].flatMap((end) =>
    (["killed", "without an answer"] as const).map((how) => ({ logIn, end, how }))
  )
);
for (const { logIn, end, how } of STORIES) {
  const story = `${["rotate", ...end].join(" ")}${logIn ? ", while logged in," : ""}`;
  Deno.test(`wherever ${story} is ${how}, a key that works is on the disk, and the next run ends it`, async () => {
    let breaks = 0;
    for (let at = 1;; at++) {
      const { iam, run, fake } = stage([OLD]);
      if (logIn) await run(["123456"]);
      if (end[0] === "--undo") await run(["rotate", "-c", "223456"]);
      tick(fake);
      const broken = breakAt(fake, at, how);
      await run(["rotate", ...end, "-c", "323456"]);
      broken.mend();
      if (!broken.wasReached()) break;
      breaks++;
      const when = `${how} at ${at}`;
      assertWorks(fake, iam, when);
      tick(fake);
      const orphan = iam.keys.find(({ accessKeyId }) =>
        accessKeyId.startsWith("AKIAMADE") && ![...fake.files.values()].join("").includes(accessKeyId)
      );
      const free = orphan === undefined ? [] : ["--delete-inactive", orphan.accessKeyId];
      const next = await run(["rotate", ...end, ...free, "-c", "423456"]);
      assertWorks(fake, iam, `${when}, then ${next.stderr}`);
      // What was over but for the last line of the journal is not done twice.
      const isOver = /is inactive, and still there|no rotation of the access key/.test(next.stderr);
      assert.ok(next.code === 0 || isOver, `${when}, then ${next.stderr}`);
      assert.ok(iam.keys.length <= 2, when);
      assert.ok(iam.keys.filter(({ status }) => status === "Active").length === 1, when);
    }
    assert.ok(breaks > (how === "killed" ? 10 : 5), `${breaks}`);
  });
}

/** Until the device shows another code. */
function tick({ clock }: home.FakeWorld): void {
  clock.now = new Date(clock.now.getTime() + 120_000);
}

interface Stage {
  readonly iam: FakeIam;
  readonly fake: home.FakeWorld;
  readonly run: (args: readonly string[]) => Promise<Played>;
}

function stage(
  keys: readonly FakeKey[],
  files: Record<string, string> = { [home.CREDENTIALS]: section("default", OLD) },
  setup: home.FakeSetup = {},
): Stage {
  const iam = fakeIam(keys, home.NOW);
  const fake = home.fakeWorld({ files, ...setup, but: { ...iam.world, ...setup.but } });
  return { iam, fake, run: (args) => playIn(fake, args) };
}

function statusOf({ keys }: FakeIam): [string, string][] {
  return keys.map(({ accessKeyId, status }) => [accessKeyId, status]);
}

/** The long-term keys that the profile leads to are active ones. */
function assertWorks({ files }: home.FakeWorld, { keys }: FakeIam, when = ""): void {
  const texts = [files.get(home.CREDENTIALS) ?? "", files.get(home.BACKUP) ?? ""];
  const works = keys.some(({ accessKeyId, secretAccessKey, status }) =>
    status === "Active" && texts.some((text) => text.includes(accessKeyId) && text.includes(secretAccessKey))
  );
  assert.ok(works, when);
}

/**
 * Kills a run before, or after, its nth effect: a call, or the save of one file of several. Or the answer of its nth
 * call is lost, once, though the call was done.
 */
function breakAt(
  { world }: home.FakeWorld,
  at: number,
  how: "killed" | "without an answer",
): { readonly wasReached: () => boolean; readonly mend: () => void } {
  const killed = new Error("the power is gone");
  let effects = 0;
  let reached = false;
  const step = (): boolean => {
    const isNow = ++effects === at;
    reached ||= isNow;
    return how === "killed" ? reached : isNow;
  };
  const names = [
    "createAccessKey",
    "setAccessKeyActive",
    "deleteAccessKey",
    "listAccessKeys",
    "caller",
    "requestSession",
  ] as const;
  const real: Partial<World> = { updateTexts: world.updateTexts };
  for (const name of names) {
    const call = world[name] as (...args: unknown[]) => Promise<unknown>;
    Object.assign(real, { [name]: call });
    Object.assign(world, {
      [name]: async (...args: unknown[]) => {
        if (how === "killed" && step()) throw killed;
        const result = await call(...args);
        if (step()) throw how === "killed" ? killed : new NetworkError("no answer");
        return result;
      },
    });
  }
  if (how === "killed") {
    const { updateTexts } = world;
    Object.assign(world, {
      updateTexts: async (paths: readonly string[], edit: FilesEdit) => {
        if (reached) throw killed;
        await updateTexts(paths, (texts) => {
          const changes = edit(texts);
          const kept = changes.findIndex(() => step());
          return kept < 0 ? changes : changes.slice(0, kept);
        });
        if (reached) throw killed;
      },
    });
  }
  return { wasReached: () => reached, mend: () => void Object.assign(world, real) };
}
