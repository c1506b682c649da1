import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { seededRandom } from "../../support/seeded_random.ts";
import { playIn } from "../play.ts";

// Whatever a person or another tool writes into a place of awsmfa's, between any two of its commands: it is in some
// file afterwards, in all orders up to four commands.

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = LONG0TERM0SECRET\n";
const ROLE = "arn:aws:iam::111122223333:role/adm";
const CONFIG_TEXT =
  `[profile adm]\nrole_arn = ${ROLE}\nsource_profile = default\n[profile linked]\nregion = x\n`;

/** The commands that write; `N` is a code that was not used yet. */
const COMMANDS: [string[], ...string[][]] = [
  ["N"],
  ["-f", "N"],
  ["-p", "adm", "N"],
  ["--to", "tool", "-f", "N"],
  ["--restore"],
  ["restore", "-p", "tool"],
  ["logout"],
  ["logout", "-p", "adm"],
  ["logout", "-p", "tool"],
  ["setup", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", "--region", "us-east-1"],
  ["import", home.CREDENTIALS, "--yes"],
];

const SECTIONS: [string, ...string[]] = ["default", "adm", "tool"];

/** What somebody may write into a section; `S` is a secret unlike any other. */
const WRITINGS: ((lines: string[], secret: string) => string[])[] = [
  (lines, secret) => put(lines, { aws_access_key_id: "AKIANEWNEWNEWNEWNEW2", aws_secret_access_key: secret }),
  (lines, secret) => put(lines, { aws_secret_access_key: secret }),
  (
    lines,
    secret,
  ) => [...put(lines, { aws_secret_access_key: secret }), "aws_acces_key_id = AKIANEWNEWNEWNEWNEW2"],
  (lines, secret) => put(lines, { aws_session_token: secret }),
  (lines, secret) =>
    put(lines, {
      aws_access_key_id: "ASIAOTHEROTHEROTHER2",
      aws_secret_access_key: `${secret}0`,
      aws_session_token: secret,
    }),
  (_, secret) => [
    "aws_access_key_id = ASIAOTHEROTHEROTHER2",
    `aws_secret_access_key = ${secret}0`,
    `aws_session_token = ${secret}`,
    "x_security_token_expires = 2036-01-01T00:00:00Z",
  ],
  (lines, secret) => put(lines, { aws_access_key_id: "0555b35654ad1656d804", aws_secret_access_key: secret }),
  (lines, secret) => [`# ${secret}`, ...lines],
  (lines, secret) => lines.map((line) => /^aws_(secret|session)/.test(line) ? `${line} # ${secret}` : line),
  (lines, secret) => [...lines, `aws_security_token = ${secret}`],
  (lines, secret) => [...lines, `api_password = ${secret}`],
];

/** Sets keys where they are, else behind the others. */
function put(lines: readonly string[], values: Record<string, string>): string[] {
  const rest = new Map(Object.entries(values));
  const changed = lines.map((line) => {
    const key = line.split("=")[0]?.trim() ?? "";
    const value = rest.get(key);
    rest.delete(key);
    return value === undefined ? line : `${key} = ${value}`;
  });
  return [...changed, ...[...rest].map(([key, value]) => `${key} = ${value}`)];
}

/** Somebody writes into one section of the credentials file, or makes it. The secrets that this leaves are given. */
function write(fake: home.FakeWorld, name: string, how: (typeof WRITINGS)[number], secret: string): string[] {
  const text = fake.files.get(home.CREDENTIALS) ?? "";
  const [, before = text, body = "", after = ""] =
    new RegExp(`^([^]*^\\[${name}\\]\\n|)((?:(?!\\[).*\\n)*)([^]*)$`, "m").exec(text) ?? [];
  const isThere = before.endsWith(`[${name}]\n`);
  const lines = isThere ? body.split("\n").filter((line) => line !== "") : [];
  const written = how(lines, secret).map((line) => `${line}\n`).join("");
  const now = isThere
    ? before + written + after
    : `${text}${text.endsWith("\n") ? "" : "\n"}[${name}]\n${written}`;
  fake.files.set(home.CREDENTIALS, now);
  return now.includes(secret) ? [secret] : [];
}

const SEED = 30;
const ORDERS = 5_000;

Deno.test(`in ${ORDERS} orders of up to four commands, nothing that somebody wrote in between is lost`, async () => {
  const random = seededRandom(SEED);
  for (let order = 0; order < ORDERS; order++) {
    const story: string[] = [];
    const secrets = new Set(["LONG0TERM0SECRET"]);
    const fake = home.fakeWorld({
      files: { [home.CREDENTIALS]: `[default]\n${KEYS}`, [home.CONFIG]: CONFIG_TEXT },
      stdin: "SETUP0SECRETSETUP0SECRETSETUP0SECRET0000",
    });
    const length = 1 + random.integer(4);
    for (let step = 0; step < length; step++) {
      const command = random.pick(COMMANDS).map((word) =>
        word === "N" ? String(100_000 + order * 4 + step) : word
      );
      story.push(`awsmfa ${command.join(" ")}`);
      // What is overwritten by a person is theirs to lose.
      const { code, stderr } = await playIn(fake, command);
      story.push(`  -> ${code} ${stderr.split("\n")[0]}`);
      assert.notEqual(code, 1, story.join("\n"));
      assertAllThere(fake, secrets, story);
      if (command[0] === "setup" && code === 0) secrets.add("SETUP0SECRETSETUP0SECRETSETUP0SECRET0000");
      const section = random.pick(SECTIONS);
      const i = random.integer(WRITINGS.length);
      const secret = `SECRET0OF0STEP0${step}0`.padEnd(40, "0");
      const writing = WRITINGS[i];
      if (writing === undefined) continue;
      const before = new Set(secretsIn(fake, secrets));
      for (const each of write(fake, section, writing, secret)) secrets.add(each);
      const after = new Set(secretsIn(fake, secrets));
      for (const each of before) if (!after.has(each)) secrets.delete(each);
      story.push(`writing ${i} into [${section}]`);
    }
    const { code, stderr } = await playIn(fake, ["--restore"]);
    story.push(`awsmfa --restore -> ${code} ${stderr.split("\n")[0]}`);
    assert.notEqual(code, 1, story.join("\n"));
    assertAllThere(fake, secrets, story);
  }
});

function secretsIn(fake: home.FakeWorld, secrets: ReadonlySet<string>): string[] {
  const texts = [fake.files.get(home.CREDENTIALS), fake.files.get(home.BACKUP), fake.files.get(home.CONFIG)]
    .join("\n");
  return [...secrets].filter((secret) => texts.includes(secret));
}

function assertAllThere(fake: home.FakeWorld, secrets: ReadonlySet<string>, story: readonly string[]): void {
  const there = secretsIn(fake, secrets);
  const lost = [...secrets].filter((secret) => !there.includes(secret));
  assert.deepEqual(
    lost,
    [],
    `${story.join("\n")}\n--- credentials\n${fake.files.get(home.CREDENTIALS)}\n--- backup\n${
      fake.files.get(home.BACKUP)
    }`,
  );
}
