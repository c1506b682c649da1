import assert from "node:assert/strict";
import { READERS } from "../../../src/domain/readers/reader_table.ts";
import { readBoth, readingOf } from "../../../src/domain/readers/reading.ts";
import * as home from "../../support/fake_world.ts";
import { withoutMark } from "../../support/session_mark.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const OTHER_KEYS = "aws_access_key_id = AKIAOTHER\naws_secret_access_key = other/secret\n";

/** A section that a login adds. */
function sessionSection(name: string): string {
  const { accessKeyId, secretAccessKey, sessionToken } = home.sessionNumber(1);
  return `[${name}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n` +
    `aws_session_token = ${sessionToken}\nx_security_token_expires = 2026-11-20T21:00:00Z\n`;
}

interface Layout {
  readonly what: string;
  readonly args: string[];
  readonly credentials: string;
  readonly config?: string;
  readonly profile: string;
  readonly credentialsAfter: string;
  readonly configAfter?: string;
}

const LAYOUTS: Layout[] = [
  {
    what: "wizard-shack: ACCOUNT_USER to mfa-USER, which gets the region",
    args: ["-p", "111122223333_bob", "--to", "mfa-bob"],
    credentials: `[111122223333_bob]\n${KEYS}`,
    config: "[profile 111122223333_bob]\nregion = eu-west-1\n",
    profile: "mfa-bob",
    credentialsAfter: `[111122223333_bob]\n${KEYS}\n${sessionSection("mfa-bob")}`,
    configAfter: "[profile 111122223333_bob]\nregion = eu-west-1\n\n[profile mfa-bob]\nregion = eu-west-1\n",
  },
  {
    what: "huvcodes: [NAME_permanent] beside an empty [NAME]",
    args: ["-p", "work"],
    credentials: `[work_permanent]\n${KEYS}\n[work]\n`,
    profile: "work",
    credentialsAfter: `[work_permanent]\n${KEYS}\n${sessionSection("work")}`,
  },
  {
    what: "huvcodes: empty values are filled where they stand",
    args: ["-p", "work"],
    credentials: `[work]\naws_access_key_id =\naws_secret_access_key=\n[work_permanent]\n${KEYS}`,
    profile: "work",
    credentialsAfter:
      `[work]\naws_access_key_id = ASIA0000000000000001\naws_secret_access_key=temporary/secret+1\n` +
      `aws_session_token=session//token==1\nx_security_token_expires=2026-11-20T21:00:00Z\n[work_permanent]\n${KEYS}`,
  },
  {
    what: "broamski: [NAME-long-term], with a region in the credentials file and keys of that tool's own",
    args: ["-p", "work"],
    credentials: `[work-long-term]\n${KEYS}aws_mfa_device = GAHT12345678\nregion = eu-west-1\n` +
      "[work]\nassumed_role = True\naws_access_key_id = ASIAX\naws_secret_access_key = s3cret\n" +
      "aws_session_token = t0ken\naws_security_token = t0ken\nexpiration = 2026-11-20 08:00:00\n",
    profile: "work",
    credentialsAfter: `[work-long-term]\n${KEYS}aws_mfa_device = GAHT12345678\nregion = eu-west-1\n` +
      "[work]\nassumed_role = False\naws_access_key_id = ASIA0000000000000001\n" +
      "aws_secret_access_key = temporary/secret+1\naws_session_token = session//token==1\n" +
      "x_security_token_expires = 2026-11-20T21:00:00Z\naws_security_token = session//token==1\n" +
      "expiration = 2026-11-20 21:00:00\n",
    configAfter: "[profile work]\nregion = eu-west-1\n",
  },
  {
    what: "source_profile without a role, which Go would refuse the session for",
    args: ["-p", "work"],
    credentials: `[base]\n${KEYS}`,
    config: "[profile base]\nregion = eu-west-1\n[profile work]\nsource_profile = base\n",
    profile: "work",
    credentialsAfter: `[base]\n${KEYS}\n${sessionSection("work")}`,
    configAfter: "[profile base]\nregion = eu-west-1\n[profile work]\nawsmfa_source_profile = base\n",
  },
  {
    what: "--source-profile and --to, with --save for the next time",
    args: ["--source-profile", "base", "--to", "work", "--save"],
    credentials: `[base]\n${KEYS}`,
    config: "# mine\n[profile base]\nregion = eu-west-1\n",
    profile: "work",
    credentialsAfter: `[base]\n${KEYS}\n${sessionSection("work")}`,
    configAfter:
      "# mine\n[profile base]\nregion = eu-west-1\n\n[profile work]\nregion = eu-west-1\nawsmfa_source = base\n",
  },
  {
    what: "--source-profile into a profile that config knows: its region stays its own",
    args: ["-p", "work", "--source-profile", "base"],
    credentials: `[base]\n${KEYS}`,
    config: "[profile base]\nregion = eu-west-1\n[profile work]\nregion = eu-west-2\n",
    profile: "work",
    credentialsAfter: `[base]\n${KEYS}\n${sessionSection("work")}`,
    configAfter: "[profile base]\nregion = eu-west-1\n[profile work]\nregion = eu-west-2\n",
  },
];
for (const { what, args, credentials, config, profile, credentialsAfter, configAfter } of LAYOUTS) {
  Deno.test(`a layout of another tool logs in, and out again: ${what}`, async () => {
    const files = {
      [home.CREDENTIALS]: credentials,
      ...(config === undefined ? {} : { [home.CONFIG]: config }),
    };
    const fake = home.fakeWorld({ files });
    const { code, stdout, stderr, requests } = await playIn(fake, [...args, "123456"]);
    assert.match(stdout, new RegExp(`^Logged in to '${profile}' until 2026-11-20 21:00`));
    assert.equal(code, 0);
    assert.equal(
      stderr,
      what.startsWith("broamski")
        ? "warning: profile 'work' had credentials that awsmfa didn't write\n" +
          `hint: they are in [work] of ${home.BACKUP}\n`
        : what.startsWith("source_profile")
        ? `source_profile of 'work' is renamed in ${home.CONFIG}, so that AWS tools use this session; ` +
          "awsmfa logout undoes it.\n"
        : "",
    );
    assert.equal(requests[0]?.access.keys.accessKeyId, "AKIAALICE");
    assert.equal(withoutMark(fake.files.get(home.CREDENTIALS)), credentialsAfter);
    assert.equal(fake.files.get(home.CONFIG), configAfter);
    const again = await playIn(fake, args);
    assert.match(
      again.stdout,
      args.includes("--save") ? /, reusing an earlier login\.$/m : /^Already logged in to/,
    );
    assert.equal(again.requests.length, 1);
    assert.equal(withoutMark(fake.files.get(home.CREDENTIALS)), credentialsAfter);
    assert.equal(fake.files.get(home.CONFIG), configAfter);
    const out = await playIn(fake, ["logout", "-p", profile]);
    assert.equal(out.code, 0);
    assert.equal(out.files[home.CREDENTIALS], credentials);
  });
}

Deno.test("the source's region is where STS is asked, and its device is used", async () => {
  const { requests } = await play(["-p", "work", "123456"], {
    files: {
      [home.CREDENTIALS]: `[base]\n${KEYS}`,
      [home.CONFIG]:
        "[profile base]\nregion = eu-west-1\nmfa_serial = GAHT12345678\n[profile work]\nsource_profile = base\n",
    },
  });
  assert.equal(requests[0]?.access.region, "eu-west-1");
  assert.equal(requests[0]?.request.serial, "GAHT12345678");
});

Deno.test("what --save writes keeps no reader from the profile, logged in or out", async () => {
  for (const config of [undefined, "[profile work]\nregion = eu-west-1\n"]) {
    const files = {
      [home.CREDENTIALS]: `[base]\n${KEYS}`,
      ...(config === undefined ? {} : { [home.CONFIG]: config }),
    };
    const fake = home.fakeWorld({ files });
    await playIn(fake, ["--source-profile", "base", "--to", "work", "--save", "123456"]);
    const saved = fake.files.get(home.CONFIG);
    assert.equal(saved, `${config ?? "[profile work]\n"}awsmfa_source = base\n`);
    assert.equal((await playIn(fake, ["logout", "-p", "work"])).code, 0);
    assert.equal(fake.files.get(home.CONFIG), saved);
    const texts = { credentials: fake.files.get(home.CREDENTIALS), config: saved };
    const refusing = READERS.filter((reader) => readingOf(readBoth(reader, texts), "work").kind === "other");
    assert.deepEqual(refusing.map(({ id }) => id), []);
  }
});

Deno.test("--save overwrites the source where it stands, under whichever name", async () => {
  for (const key of ["source_profile", "awsmfa_source"]) {
    const config = `[profile work]\n${key} = other # mine\nregion = eu-west-1\n`;
    const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: `[base]\n${KEYS}`, [home.CONFIG]: config } });
    await playIn(fake, ["-p", "work", "--source-profile", "base", "--save", "123456"]);
    await playIn(fake, ["logout", "-p", "work"]);
    assert.equal(fake.files.get(home.CONFIG), config.replace("other", "base"));
  }
});

Deno.test("what --save wrote is enough the next time", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: `[base]\n${KEYS}` } });
  await playIn(fake, ["--source-profile", "base", "--to", "work", "--save", "123456"]);
  const { code, requests } = await playIn(fake, ["-p", "work", "654321"]);
  assert.equal(code, 0);
  assert.deepEqual(requests.map(({ access }) => access.keys.accessKeyId), ["AKIAALICE", "AKIAALICE"]);
});

Deno.test("reusabit: sections without 'profile ' are read, with a note that the AWS CLI ignores them", async () => {
  const config =
    "[myaccountPermanent]\nmfa_serial = GAHT12345678\n[myaccount]\nsource_profile = myaccountPermanent\n";
  const { code, stdout, stderr, files, requests } = await play(["-p", "myaccount", "123456"], {
    files: { [home.CREDENTIALS]: `[myaccountPermanent]\n${KEYS}`, [home.CONFIG]: config },
  });
  assert.match(stdout, /^Logged in to 'myaccount'/);
  assert.equal(
    stderr,
    `note: Go 1 and Ruby look at source_profile first (line 4 of ${home.CONFIG}) (awsmfa doctor --readers shows all)\n` +
      `warning: the AWS CLI ignores a section of ${home.CONFIG} that awsmfa read, since its name has no 'profile ' before it\n` +
      "hint: write it as [profile NAME]\n",
  );
  assert.equal(code, 0);
  assert.equal(requests[0]?.request.serial, "GAHT12345678");
  assert.equal(
    withoutMark(files[home.CREDENTIALS]),
    `[myaccountPermanent]\n${KEYS}\n${sessionSection("myaccount")}`,
  );
  assert.equal(files[home.CONFIG], config);
});

Deno.test("keys of the environment: the session goes to the default profile, with a warning that they win", async () => {
  const env = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "env/secret" };
  const { code, stdout, stderr, files, requests } = await play(["123456"], { env });
  assert.equal(stdout, "Logged in to 'default' until 2026-11-20 21:00 (12h).\n");
  assert.equal(
    stderr,
    "warning: AWS_ACCESS_KEY_ID is set in the environment, and wins over the session in the file\n" +
      "hint: unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN\n",
  );
  assert.equal(code, 0);
  assert.deepEqual(requests[0]?.access.keys, { accessKeyId: "AKIAENV", secretAccessKey: "env/secret" });
  assert.equal(withoutMark(files[home.CREDENTIALS]), sessionSection("default"));
});

Deno.test("a session in the environment, half a key, or a named profile: the environment does not count", async () => {
  const key = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "env/secret" };
  const cases: [args: string[], env: Record<string, string>][] = [
    [[], { ...key, AWS_SESSION_TOKEN: "env/token" }],
    [[], { ...key, AWS_ACCESS_KEY_ID: "ASIAENV" }],
    [[], { AWS_ACCESS_KEY_ID: "AKIAENV" }],
    [["-p", "default"], key],
  ];
  for (const [args, env] of cases) {
    assertFailed(await play([...args, "123456"], { env }), {
      code: 4,
      stderr: /^awsmfa: no profile 'default' in /,
    });
  }
});

Deno.test("a target with other long-term keys keeps them without --force, and gets them into the backup with it", async () => {
  const files = { [home.CREDENTIALS]: `[base]\n${KEYS}[work]\n${OTHER_KEYS}` };
  const args = ["--source-profile", "base", "--to", "work"];
  const refused = await play(args, { files, answers: ["123456"] });
  assertFailed(refused, {
    code: 5,
    stderr:
      /^awsmfa: profile 'work' in \S+ has other long-term keys than 'base', .*\nhint: --force .*--to NAME .*\n$/,
    files,
  });
  assert.deepEqual(refused.questions, []);
  const fake = home.fakeWorld({ files });
  const forced = await playIn(fake, [...args, "--force", "123456"]);
  assert.equal(
    forced.stderr,
    `Your long-term keys are backed up in ${home.BACKUP}; awsmfa --restore puts them back.\n`,
  );
  assert.equal(forced.code, 0);
  assert.equal(withoutMark(forced.files[home.CREDENTIALS]), `[base]\n${KEYS}${sessionSection("work")}`);
  assert.match(forced.files[home.BACKUP] ?? "", /\[work\]\naws_access_key_id = AKIAOTHER\n/);
  const restored = await playIn(fake, ["--restore"]);
  assert.deepEqual(home.withoutCached(restored.files), files);
});

for (const [name, hint] of [["DEFAULT", "'default'"], ["profile dev", "'dev'"]] as const) {
  Deno.test(`--to ${name} is refused before a code is asked for, and nothing is written`, async () => {
    const files = { [home.CREDENTIALS]: `[default]\n${KEYS}` };
    for (const args of [["--to", name, "123456"], ["--to", name, "--dry-run"]]) {
      const played = await play(args, { files });
      assertFailed(played, { code: 2, stderr: new RegExp(hint), files });
      assert.deepEqual(played.requests, []);
    }
  });
}

Deno.test("a profile's own keys come before a source_profile without a role, as for AWS's tools", async () => {
  const other = "aws_access_key_id = AKIASHARED\naws_secret_access_key = shared/secret\n";
  const fake = home.fakeWorld({
    files: {
      [home.CREDENTIALS]: `[default]\n${KEYS}[shared]\n${other}`,
      [home.CONFIG]: "[profile shared]\nsource_profile = default\n",
    },
  });
  for (const code of ["123456", "654321"]) {
    const { stderr, code: exit } = await playIn(fake, ["-f", "-p", "shared", code]);
    assert.equal(exit, 0, stderr);
  }
  assert.deepEqual(fake.requests.map(({ access }) => access.keys.accessKeyId), ["AKIASHARED", "AKIASHARED"]);
});
