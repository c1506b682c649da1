import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { assertFailed, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const FILES = {
  [home.CREDENTIALS]: `[work]\n${KEYS}`,
  [home.CONFIG]: "[profile work]\nregion = eu-west-1\n[profile tool]\nregion = eu-west-2\n" +
    "credential_process = /usr/local/bin/awsmfa credential-process -p work\n",
};

function linked(setup: home.FakeSetup = {}): home.FakeWorld {
  return home.fakeWorld({ files: FILES, ...setup });
}

Deno.test("a login with a link logs its source in, however the link is named", async () => {
  for (const [args, env] of [[["-p", "tool"], {}], [[], { AWS_PROFILE: "tool" }]] as const) {
    const fake = linked({ env });
    const { code, stdout, stderr, files } = await playIn(fake, [...args, "123456"]);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Logged in to 'work' /);
    assert.doesNotMatch(stderr, /AWS_PROFILE/, "other tools with the link get this session, too");
    assert.match(files[home.CREDENTIALS] ?? "", /^\[work\]\naws_access_key_id = ASIA/);
    const status = await playIn(fake, ["status", "-p", "tool"]);
    assert.match(
      status.stdout,
      /^state {4}link to work, whose session is cached until 2026-11-20 21:00 \(12h\)$/m,
    );
    assert.equal(status.code, 0);
  }
});

Deno.test("env, exec and devices act as the source of a link, with the settings of the link", async () => {
  const fake = linked({ env: { AWS_PROFILE: "tool" } });
  const { stdout, code } = await playIn(fake, ["env", "-s", "sh", "123456"]);
  assert.equal(code, 0);
  assert.match(stdout, /^export AWS_ACCESS_KEY_ID='ASIA0000000000000001';$/m);
  assert.match(stdout, /^export AWS_REGION='eu-west-2';$/m);
  assert.match(stdout, /^export AWSMFA_PROFILE='tool';$/m);
  assert.equal((await playIn(fake, ["exec", "--", "x"])).code, 0);
  assert.equal(fake.programs[0]?.variables.get("AWS_ACCESS_KEY_ID"), "ASIA0000000000000001");
  assert.match((await playIn(fake, ["devices"])).stdout, /^alice /);
  assert.equal(fake.requests.length, 1);
});

Deno.test("a logout of a link ends the session of its source, and says so where there is none", async () => {
  const fake = linked({ env: { AWS_PROFILE: "tool" } });
  await playIn(fake, ["123456"]);
  const { code, stdout } = await playIn(fake, ["logout"]);
  assert.match(stdout, /^The long-term keys of 'work' are back|^Profile 'work' /m);
  assert.equal(code, 0);
  assert.equal(fake.files.get(home.CREDENTIALS), FILES[home.CREDENTIALS]);
  fake.saves.length = 0;
  assertFailed(await playIn(fake, ["logout"]), {
    code: 4,
    stderr: /^awsmfa: profile 'work' holds no session\n/,
  });
});

Deno.test("links that lead back to each other: a logout holds nothing, a login says so", async () => {
  const link = (to: string): string => `credential_process = awsmfa credential-process -p ${to}\n`;
  const fake = home.fakeWorld({
    files: { [home.CONFIG]: `[profile a]\n${link("b")}[profile b]\n${link("a")}` },
  });
  assertFailed(await playIn(fake, ["logout", "-p", "a"]), {
    code: 4,
    stderr: /profile 'a' holds no session/,
  });
  assertFailed(await playIn(fake, ["-p", "a"]), { code: 4, stderr: /the source profiles form a loop/ });
});

Deno.test("nobody chooses a link: its source is in the list", async () => {
  const fake = linked({ answers: ["123456"], picks: ["work"] });
  await playIn(fake, ["--choose"]);
  assert.deepEqual(fake.offered.map((choices) => choices.map(({ name }) => name)), [["work"]]);
});

Deno.test("a profile whose keys are beside it is linked to itself, and the link is taken away without its settings", async () => {
  const config = "[profile home]\nregion = eu-west-1\n";
  const fake = home.fakeWorld({
    files: { [home.CREDENTIALS]: `[home-long-term]\n${KEYS}`, [home.CONFIG]: config },
  });
  const { code, stderr } = await playIn(fake, ["link", "home", "-p", "home"]);
  assert.equal(code, 0, stderr);
  assert.equal(
    fake.files.get(home.CONFIG),
    `${config}credential_process = /usr/local/bin/awsmfa credential-process -p home\n`,
  );
  assert.equal((await playIn(fake, ["env", "-p", "home", "-s", "sh", "123456"])).code, 0);
  const served = await playIn(fake, ["credential-process", "-p", "home"]);
  assert.equal(JSON.parse(served.stdout).AccessKeyId, "ASIA0000000000000001");
  const role = "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = home\n";
  fake.files.set(home.CONFIG, `${fake.files.get(home.CONFIG)}${role}`);
  assert.equal((await playIn(fake, ["-p", "r"])).code, 0);
  await playIn(fake, ["logout", "-p", "r"]);
  assert.equal((await playIn(fake, ["link", "home", "--remove"])).code, 0);
  assert.equal(fake.files.get(home.CONFIG), `${config}${role}`);
});

Deno.test("a profile is not linked to itself where its keys are its own, or where it holds a session", async () => {
  const own = linked();
  assertFailed(await playIn(own, ["link", "work", "-p", "work"]), {
    code: 2,
    stderr: /^awsmfa: profile 'work' can't get its credentials from itself\n/,
  });
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: `[home-long-term]\n${KEYS}` } });
  await playIn(fake, ["-p", "home", "123456"]);
  fake.saves.length = 0;
  assertFailed(await playIn(fake, ["link", "home", "-p", "home"]), {
    code: 5,
    stderr: /^awsmfa: profile 'home' holds a session in .*\nhint: awsmfa logout -p home, then again\n$/,
  });
});
