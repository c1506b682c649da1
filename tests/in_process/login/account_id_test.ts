import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { type Played, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const ROLE = "[profile ops]\nrole_arn = arn:aws:iam::222222222222:role/ops\nsource_profile = default\n";
const MINE = "aws_account_id = 111122223333\n";
const OTHERS = "aws_account_id = 999999999999\n";

async function well(fake: home.FakeWorld, ...args: string[]): Promise<Played> {
  const played = await playIn(fake, args);
  assert.equal(played.code, 0, played.stderr);
  return played;
}

/** What tools take for the account of a profile that is logged in: the last line of the credentials file, by value. */
function accountIn(fake: home.FakeWorld): string | undefined {
  return /^aws_account_id ?= ?(\d+)/mi.exec(fake.files.get(home.CREDENTIALS) ?? "")?.[1];
}

/** For each: the two files, the login, the account id in the credentials file after it. */
const LOGINS: readonly [what: string, files: Record<string, string>, args: string[], account?: string][] = [
  ["nothing is said of an account, and nothing is added", { [home.CREDENTIALS]: `[default]\n${KEYS}` }, []],
  ["the user's own, in place", { [home.CREDENTIALS]: `[default]\n${MINE}${KEYS}` }, [], "111122223333"],
  [
    "another one stands beside the keys",
    {
      [home.CREDENTIALS]: `[default]\n${KEYS}${OTHERS}region = us-east-1\n`,
    },
    [],
    "111122223333",
  ],
  [
    "a role's of another account, over the user's",
    {
      [home.CREDENTIALS]: `[default]\n${KEYS}[ops]\n# mine\n${MINE}`,
      [home.CONFIG]: ROLE,
    },
    ["-p", "ops"],
    "222222222222",
  ],
  [
    "in capitals, which the AWS CLI reads as the same",
    {
      [home.CREDENTIALS]: `[default]\n${KEYS}[ops]\nAWS_ACCOUNT_ID=111122223333\n`,
      [home.CONFIG]: ROLE,
    },
    ["-p", "ops"],
    "222222222222",
  ],
  [
    "the config file has another one, which some SDKs read together with the session",
    {
      [home.CREDENTIALS]: `[default]\n${KEYS}`,
      [home.CONFIG]: ROLE + OTHERS,
    },
    ["-p", "ops"],
    "222222222222",
  ],
  ["the config file has the right one: nothing is added", {
    [home.CREDENTIALS]: `[default]\n${KEYS}`,
    [home.CONFIG]: `[default]\n${MINE}`,
  }, []],
  [
    "a session for another profile",
    {
      [home.CREDENTIALS]: `[default]\n${KEYS}[other]\n${OTHERS}`,
    },
    ["--source-profile", "default", "--to", "other"],
    "111122223333",
  ],
];
for (const [what, files, args, account] of LOGINS) {
  Deno.test(`a login sees to the account id in the file, and a restore gives the same bytes: ${what}`, async () => {
    const fake = home.fakeWorld({ files });
    await well(fake, "123456", ...args);
    assert.equal(accountIn(fake), account);
    await well(fake, "-f", "654321", ...args);
    assert.equal(accountIn(fake), account);
    await well(fake, "--restore");
    assert.deepEqual(home.withoutCached(Object.fromEntries(fake.files)), files);
  });
}

Deno.test("an account id that a person wrote since the login stays at a restore and a logout", async () => {
  for (const way of [["--restore"], ["logout"]]) {
    const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: `[default]\n${OTHERS}${KEYS}` } });
    await well(fake, "123456");
    const text = fake.files.get(home.CREDENTIALS) ?? "";
    fake.files.set(home.CREDENTIALS, text.replace("111122223333", "444444444444"));
    await well(fake, ...way);
    assert.equal(fake.files.get(home.CREDENTIALS), `[default]\naws_account_id = 444444444444\n${KEYS}`);
  }
});

Deno.test("a session of which nobody knows the account leaves what a person said of it", async () => {
  const files = { [home.CREDENTIALS]: `[default]\n${OTHERS}${KEYS}` };
  const fake = home.fakeWorld({ files });
  await well(fake, "123456", "--serial", "GAHT12345678");
  assert.equal(accountIn(fake), "999999999999");
  await well(fake, "--restore");
  assert.deepEqual(home.withoutCached(Object.fromEntries(fake.files)), files);
});

Deno.test("setup writes the account of new keys where the profile names one", async () => {
  const setUp = ["setup", "-p", "work", "--access-key-id", "AKIAQYLPMN5HHHFPZAM2", "--region", "us-east-1"];
  for (const [file, header] of [[home.CREDENTIALS, "[work]"], [home.CONFIG, "[profile work]"]] as const) {
    const fake = home.fakeWorld({
      files: { [file]: `${header}\n${OTHERS}` },
      stdin: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYzEXAMPLEKE\n",
    });
    await well(fake, ...setUp);
    assert.match(fake.files.get(file) ?? "", /^aws_account_id = 111122223333$/m);
  }
});
