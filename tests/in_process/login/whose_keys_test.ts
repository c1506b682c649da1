import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS, type FakeWorld, fakeWorld } from "../../support/fake_world.ts";
import { playIn } from "../play.ts";

const keys = (id: string): string => `aws_access_key_id = ${id}\naws_secret_access_key = secret/of/${id}\n`;
const ROLE = "arn:aws:iam::111122223333:role/r";

/** The keys that a command logs in with, all that only read the files asked the same. */
async function keyOf(files: Record<string, string>): Promise<string[]> {
  const used = [];
  for (
    const command of [["exec", "-p", "P", "123456", "--", "x"], ["env", "-s", "sh", "-p", "P", "123456"]]
  ) {
    const fake = fakeWorld({ files });
    const { code, stderr } = await playIn(fake, command);
    assert.equal(code, 0, stderr);
    used.push(
      `${fake.requests.at(-1)?.access.keys.accessKeyId}${fake.roles.length > 0 ? " and its role" : ""}`,
    );
  }
  const devices = fakeWorld({ files });
  await playIn(devices, ["devices", "-p", "P"]);
  used.push(devices.deviceLists.at(-1)?.keys.accessKeyId ?? "");
  return used;
}

const OWN: [what: string, files: Record<string, string>][] = [
  ["keys beside it (-long-term)", { [CREDENTIALS]: `[P]\n${keys("AKIAA")}[P-long-term]\n${keys("AKIAB")}` }],
  ["keys beside it (_permanent)", { [CREDENTIALS]: `[P]\n${keys("AKIAA")}[P_permanent]\n${keys("AKIAB")}` }],
  ["a stray source_profile", {
    [CREDENTIALS]: `[P]\n${keys("AKIAA")}[b]\n${keys("AKIAB")}`,
    [CONFIG]: "[profile P]\nsource_profile = b\n",
  }],
  ["a role of the profile that it includes", {
    [CREDENTIALS]: `[P]\n${keys("AKIAA")}[b]\n${keys("AKIAB")}`,
    [CONFIG]: `[profile P]\ninclude_profile = T\n[profile T]\nrole_arn = ${ROLE}\nsource_profile = b\n`,
  }],
  ["a source of the profile that it includes", {
    [CREDENTIALS]: `[P]\n${keys("AKIAA")}[b]\n${keys("AKIAB")}`,
    [CONFIG]: "[profile P]\ninclude_profile = T\n[profile T]\nsource_profile = b\n",
  }],
  ["a role behind no 'profile '", {
    [CREDENTIALS]: `[P]\n${keys("AKIAA")}[b]\n${keys("AKIAB")}`,
    [CONFIG]: `[P]\nrole_arn = ${ROLE}\nsource_profile = b\n`,
  }],
  ["own keys in the config file, and others beside it", {
    [CREDENTIALS]: `[P-long-term]\n${keys("AKIAB")}`,
    [CONFIG]: `[profile P]\n${keys("AKIAA")}`,
  }],
];
for (const [what, files] of OWN) {
  Deno.test(`a profile's own long-term keys are who it is for every AWS tool, whatever there is of: ${what}`, async () => {
    assert.deepEqual(await keyOf(files), ["AKIAA", "AKIAA", "AKIAA"]);
  });
}

Deno.test("a role of its own comes before its own keys, as for every AWS tool", async () => {
  const files = {
    [CREDENTIALS]: `[P]\n${keys("AKIAA")}[b]\n${keys("AKIAB")}`,
    [CONFIG]: `[profile P]\nrole_arn = ${ROLE}\nsource_profile = b\n`,
  };
  assert.deepEqual(await keyOf(files), ["AKIAB and its role", "AKIAB and its role", "AKIAB"]);
});

const session = (end: string): string =>
  `[mfa]\n${keys("ASIAMFA")}aws_session_token = token/of/mfa\n${
    end === "" ? "" : `x_security_token_expires = ${end}\n`
  }`;
const OPS = `[profile ops]\nrole_arn = ${ROLE}\nsource_profile = mfa\nregion = eu-west-1\n`;
const worldWith = (end: string, config = OPS): FakeWorld =>
  fakeWorld({ files: { [CREDENTIALS]: session(end), [CONFIG]: config } });

Deno.test("a role over a profile that holds a session is had with that, without a code, for an hour", async () => {
  for (const end of ["2026-11-20T12:00:00Z", ""]) {
    for (
      const command of [
        ["-p", "ops"],
        ["exec", "-p", "ops", "--", "x"],
        ["env", "-s", "sh", "-p", "ops"],
        ["credential-process", "-p", "ops"],
        ["exec", "-p", "mfa", "--role-arn", ROLE, "--", "x"],
      ]
    ) {
      const fake = worldWith(end);
      const { code, stderr } = await playIn(fake, command);
      assert.equal(code, 0, `${command} ${stderr}`);
      const [{ access, request } = { access: undefined, request: undefined }] = fake.roleRequests;
      const { accessKeyId, secretAccessKey, sessionToken } = access?.keys ?? {};
      assert.deepEqual(
        [
          { accessKeyId, secretAccessKey, sessionToken },
          request?.seconds,
          request?.mfa,
          fake.requests.length,
        ],
        [
          { accessKeyId: "ASIAMFA", secretAccessKey: "secret/of/ASIAMFA", sessionToken: "token/of/mfa" },
          3600,
          undefined,
          0,
        ],
      );
      assert.ok(fake.files.get(CREDENTIALS)?.startsWith(session(end)), "the session stays where it is");
      await playIn(fake, command);
      assert.equal(fake.roleRequests.length, 1, `the role is kept: ${command} ${end}`);
    }
  }
});

Deno.test("an ended one is told, and what renews it; a longer duration is refused", async () => {
  const ended = await playIn(worldWith("2026-11-20T08:00:00Z"), ["exec", "-p", "ops", "--", "x"]);
  assert.equal(
    ended.stderr,
    "awsmfa: the session in profile 'mfa' has ended, and its long-term keys are not known\n" +
      "hint: renew it with what made it; if that was awsmfa: awsmfa --source-profile NAME --to mfa\n",
  );
  assert.equal(ended.code, 4);
  const long = await playIn(worldWith("2026-11-20T12:00:00Z"), ["exec", "-p", "ops", "-d", "2h", "--", "x"]);
  assert.match(long.stderr, /^awsmfa: 2h is too long: AWS gives a role for 1h at most/);
  const usual = worldWith("2026-11-20T12:00:00Z", `${OPS}duration_seconds = 7200\n`);
  assert.equal((await playIn(usual, ["exec", "-p", "ops", "--", "x"])).code, 0);
  assert.equal(usual.roleRequests[0]?.request.seconds, 3600);
});

Deno.test("a profile that holds a session and no keys is handed on as it is, until it ends", async () => {
  const fake = worldWith("2026-11-20T12:00:00Z", "");
  assert.equal((await playIn(fake, ["exec", "-p", "mfa", "--", "x"])).code, 0);
  assert.equal(fake.programs.at(-1)?.variables.get("AWS_SESSION_TOKEN"), "token/of/mfa");
  fake.clock.now = new Date("2026-11-20T12:00:01Z");
  assert.equal((await playIn(fake, ["exec", "-p", "mfa", "--", "x"])).code, 4);
});
