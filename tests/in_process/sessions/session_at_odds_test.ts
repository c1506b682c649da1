import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS, type FakeWorld, fakeWorld } from "../../support/fake_world.ts";
import { assertFailed, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const ROLE = "arn:aws:iam::111122223333:role/team/admin";
const OTHER = "arn:aws:iam::444455556666:role/admin";
const ROLE_LINES = `[profile admin]\nrole_arn = ${ROLE}\nsource_profile = default\nregion = eu-west-1\n`;

/** The role is logged in. */
async function loggedIn(): Promise<FakeWorld> {
  const fake = fakeWorld({ files: { [CREDENTIALS]: `[default]\n${KEYS}`, [CONFIG]: ROLE_LINES } });
  assert.equal((await playIn(fake, ["-p", "admin", "123456"])).code, 0);
  fake.saves.length = 0;
  return fake;
}

Deno.test("a config file that was put back while a role is logged in: the next login sets the role aside again, and asks nobody", async () => {
  const fake = await loggedIn();
  const aside = fake.files.get(CONFIG);
  fake.files.set(CONFIG, ROLE_LINES);
  const calls = fake.requests.length + fake.roleRequests.length;
  const { code, stdout, stderr } = await playIn(fake, ["-p", "admin"]);
  assert.equal(code, 0, stderr);
  assert.match(stderr, /^role_arn of 'admin' is renamed in /m);
  assert.match(stdout, /^Logged in to 'admin' as role .*, reusing an earlier login\.\n$/);
  assert.equal(fake.requests.length + fake.roleRequests.length, calls);
  assert.equal(fake.files.get(CONFIG), aside);
  assert.deepEqual(fake.saves, [CONFIG]);
  assert.match((await playIn(fake, ["-p", "admin"])).stdout, /^Already logged in/);
});

Deno.test("one that stays as it was put back: status, its check and doctor say so", async () => {
  const fake = await loggedIn();
  fake.files.set(CONFIG, ROLE_LINES);
  const says = "AWS's tools pass over the session of 'admin': role_arn stands in its section again";
  const list = await playIn(fake, ["status"]);
  assert.equal(list.stderr, `warning: ${says}\nhint: awsmfa -p admin\n`);
  assert.match(list.stdout, /^ {2}admin +logged in, role, ignored +1h +eu-west-1$/m);
  assertFailed(await playIn(fake, ["status", "-p", "admin"]), {
    code: 4,
    stderr: /^awsmfa: profile 'admin' isn't logged in: AWS tools ignore its session, since role_arn /,
  });
  const doctor = await playIn(fake, ["doctor", "-p", "admin", "--offline"]);
  assert.ok(doctor.stdout.includes(`problem  session     ${says}\n${" ".repeat(21)}fix: awsmfa -p admin\n`));
  assert.match(doctor.stdout, /^warning {2}config .* look at role_arn before .*\n +fix: awsmfa -p admin$/m);
  assert.equal(doctor.code, 1);
  const json = JSON.parse((await playIn(fake, ["status", "--json"])).stdout);
  assert.deepEqual(json.profiles[1].passedOver, true);
});

Deno.test("`status --check` ends with 4 where AWS's tools pass over the session here", async () => {
  const files = { [CREDENTIALS]: `[default]\n${KEYS}`, [CONFIG]: ROLE_LINES };
  const fake = fakeWorld({ files, env: { AWS_PROFILE: "admin" } });
  await playIn(fake, ["123456"]);
  assert.equal((await playIn(fake, ["status", "--check"])).code, 0);
  fake.files.set(CONFIG, ROLE_LINES);
  assert.equal((await playIn(fake, ["status", "--check"])).code, 4);
});

Deno.test("a role that was changed meanwhile: status tells who the session is, and who the profile names", async () => {
  const fake = await loggedIn();
  fake.files.set(CONFIG, (fake.files.get(CONFIG) ?? "").replace(ROLE, OTHER));
  const session = "arn:aws:sts::111122223333:assumed-role/admin/alice";
  const warning = `warning: the session in 'admin' is ${session}, and the profile names ${OTHER} by now\n` +
    "hint: awsmfa -p admin\n";
  assert.equal((await playIn(fake, ["status"])).stderr, warning);
  const one = await playIn(fake, ["status", "-p", "admin"]);
  assert.deepEqual([one.stderr, one.code], [warning, 0]);
  assert.match(one.stdout, new RegExp(`^role {5}${session}$`, "m"));
  const doctor = await playIn(fake, ["doctor", "-p", "admin", "--offline"]);
  assert.match(
    doctor.stdout,
    /^warning {2}session {5}the session in 'admin' is .*\n +fix: awsmfa -p admin$/m,
  );
  const json = JSON.parse((await playIn(fake, ["status", "-p", "admin", "--json"])).stdout);
  assert.deepEqual([json.sessionArn, json.roleArn], [session, OTHER]);
  await playIn(fake, ["-p", "admin"]);
  assert.equal((await playIn(fake, ["status"])).stderr, "");
});

Deno.test("a session that has ended is a problem for the doctor: of a role, and in place", async () => {
  const fake = await loggedIn();
  await playIn(fake, ["654321"]);
  fake.clock.now = new Date("2026-11-21T10:00:00Z");
  for (const [options, ago] of [[" -p admin", "24h"], ["", "13h"]] as const) {
    const { code, stdout } = await playIn(fake, ["doctor", ...options.split(" ").slice(1), "--offline"]);
    const name = options === "" ? "default" : "admin";
    assert.ok(
      stdout.includes(
        `problem  session     '${name}' holds one that ended ${ago} ago: AWS's tools still send it, and AWS refuses it\n` +
          `${
            " ".repeat(21)
          }fix: awsmfa${options} gets a new one; awsmfa logout${options} puts back what was there before\n`,
      ),
      stdout,
    );
    assert.equal(code, 1);
  }
});

Deno.test("status has the profiles that have a source and no role, too", async () => {
  const files = {
    [CREDENTIALS]: `[default]\n${KEYS}`,
    [CONFIG]:
      "[profile a]\nsource_profile = default\n[profile b]\nawsmfa_source = default\n[profile c]\nregion = x\n",
  };
  const fake = fakeWorld({ files });
  const rows = async (): Promise<string[]> => {
    const { stdout } = await playIn(fake, ["status"]);
    return stdout.split("\n").slice(2, -1).map((row) => row.replaceAll(/ {2,}12h$| +$/g, ""));
  };
  assert.deepEqual(await rows(), ["* default  logged out", "  a        logged out", "  b        logged out"]);
  await playIn(fake, ["-p", "a", "123456"]);
  assert.deepEqual(await rows(), [
    "* default  logged out, cached",
    "  a        logged in",
    "  b        logged out, cached",
  ]);
});
