import assert from "node:assert/strict";
import { StsRefusal } from "../../../src/domain/aws/sts_refusal.ts";
import * as home from "../../support/fake_world.ts";
import { playIn } from "../play.ts";

const ROLE = "arn:aws:iam::111122223333:role/r";
const files = {
  [home.CREDENTIALS]: "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n",
  [home.CONFIG]: `[profile r]\nrole_arn = ${ROLE}\nsource_profile = default\n`,
};

/** A world where a session is kept that AWS refuses for a role with this code, until it is another one. */
async function refusing(code: string, more: Partial<home.FakeSetup> = {}): Promise<home.FakeWorld> {
  const fake = home.fakeWorld({
    files,
    ...more,
    assumeRole: ({ keys }, { mfa }) => {
      if (mfa === undefined && keys.accessKeyId === "ASIA0000000000000001") {
        throw new StsRefusal(code, "The security token included in the request is no good", 1, 0);
      }
    },
  });
  assert.equal((await playIn(fake, ["env", "-s", "sh", "-p", "default", "111111"])).code, 0);
  fake.saves.length = 0;
  return fake;
}

for (
  const code of [
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidClientTokenId",
    "UnrecognizedClientException",
  ]
) {
  Deno.test(`a cached session that AWS refuses is dropped, said, and replaced for a code: ${code}`, async () => {
    for (const command of [["-p", "r"], ["env", "-s", "sh", "-p", "r"], ["exec", "-p", "r", "--", "x"]]) {
      const fake = await refusing(code, { answers: ["222222"] });
      const played = await playIn(fake, command);
      assert.equal(played.code, 0, played.stderr);
      assert.ok(
        played.stderr.startsWith(
          `AWS no longer accepts the cached session of profile 'default' (${code}): it was removed, and a code is needed.\n`,
        ),
        played.stderr,
      );
      assert.deepEqual([fake.questions.length, fake.requests.length, fake.roles.length], [1, 2, 1]);
      assert.ok(fake.saves.includes(`-${home.CACHED}`));
    }
  });

  Deno.test(`without a terminal it is one line with the command to type, and the session is dropped: ${code}`, async () => {
    for (const command of [["-p", "r"], ["exec", "-p", "r", "--", "x"], ["credential-process", "-p", "r"]]) {
      const fake = await refusing(code);
      const played = await playIn(fake, command);
      assert.equal(
        played.stderr,
        `awsmfa: AWS no longer accepts the cached session of profile 'default' (${code}); it was removed; run: awsmfa -p r\n`,
      );
      assert.equal(played.code, 4);
      assert.deepEqual(fake.saves, [`-${home.CACHED}`]);
    }
  });

  Deno.test(`a code command is run for it, by credential-process as well: ${code}`, async () => {
    for (const command of [["-p", "r"], ["credential-process", "-p", "r"]]) {
      const fake = await refusing(code, { codeCommand: () => "222222" });
      const played = await playIn(fake, [...command, "--code-command", "totp"]);
      assert.equal(played.code, 0, played.stderr);
      assert.deepEqual([fake.commands.length, fake.requests.length, fake.roles.length], [1, 2, 1]);
    }
  });
}

Deno.test("a role that takes no session, or only a younger one, gets a code with its own request", async () => {
  const fake = await refusing("AccessDenied", { answers: ["222222"] });
  const played = await playIn(fake, ["-p", "r"]);
  assert.equal(played.code, 0, played.stderr);
  assert.ok(
    played.stderr.startsWith(
      `AWS doesn't accept the cached session for role ${ROLE} (AccessDenied): it is tried with a code.\n`,
    ),
  );
  assert.deepEqual([fake.requests.length, fake.roleRequests.at(-1)?.request.mfa?.code], [1, "222222"]);
  assert.ok(fake.files.has(home.CACHED), "for other roles it is as good as before");
  const alone = await refusing("AccessDenied");
  assert.match(
    (await playIn(alone, ["-p", "r"])).stderr,
    /^awsmfa: the user of profile 'default' may not assume arn:.*\nhint: .*; if it wants a younger session: awsmfa -p r -f\n$/,
  );
});

Deno.test("of four logins at once with one code command one asks, and the others take what it got", async () => {
  const roles = ["a", "b", "c", "d"].map((name) =>
    `[profile ${name}]\nrole_arn = arn:aws:iam::111122223333:role/${name}\nsource_profile = default\n`
  );
  const fake = home.fakeWorld({
    files: { ...files, [home.CONFIG]: roles.join("") },
    codeCommand: async () => {
      await Promise.resolve();
      return "222222";
    },
  });
  const { run } = await import("../../../src/cli/run.ts");
  const codes = await Promise.all(
    ["a", "b", "c", "d"].map((name) => run(["-p", name, "--code-command", "totp"], fake.world)),
  );
  assert.deepEqual(codes, [0, 0, 0, 0], fake.err.join(""));
  assert.deepEqual([fake.commands.length, fake.requests.length, fake.roles.length], [1, 1, 4]);
});
