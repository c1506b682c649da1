import assert from "node:assert/strict";
import * as home from "../support/fake_world.ts";
import { assertFailed, play, playIn } from "./play.ts";

const keys = (name: string): string =>
  `aws_access_key_id = AKIA${name}\naws_secret_access_key = ${name}/secret\n`;
/** Issue 11, line 14: a line above the first section, one in a section, a header without its bracket, and text behind one. */
const FILES = {
  [home.CREDENTIALS]: `region = x\n[default]\n${keys("DEFAULT")}[work]\nbroken\n${keys("WORK")}` +
    `[next]\n${keys("NEXT")}[lost\n${keys("LOST")}`,
  [home.CONFIG]:
    "[default]\nregion = eu-west-1\n[profile client#1]\nregion: us-west-2\n[profile next] text\nregion = x\n",
};

Deno.test("a line that can't be read stops nothing that does not depend on it", async () => {
  const fake = home.fakeWorld({ files: FILES });
  const login = await playIn(fake, ["123456"]);
  assert.equal(login.code, 0, login.stderr);
  assert.match(login.stderr, /^note: the AWS CLI[^\n]* can't read \S+credentials \(line 1: /m);
  for (const args of [["status"], ["env", "-s", "sh"], ["exec", "--", "true"], ["status", "-p", "default"]]) {
    const { code, stderr } = await playIn(fake, args);
    assert.equal(code, 0, `${args.join(" ")}: ${stderr}`);
  }
  const { files, code } = await playIn(fake, ["--restore"]);
  assert.deepEqual([home.withoutCached(files), code], [FILES, 0]);
});

const REFUSED: [profile: string, place: string][] = [
  ["work", "credentials: line 6"],
  ["lost", "credentials: line 12"],
  ["next", "config: line 5"],
];

for (const [profile, place] of REFUSED) {
  Deno.test(`what depends on such a line of '${profile}' is refused with its place`, async () => {
    const commands = [
      ["123456"],
      ["env", "-s", "sh", "123456"],
      ["exec", "123456", "--", "true"],
      ["logout"],
      ["setup"],
    ];
    for (const [command = "", ...more] of commands) {
      assertFailed(await play([command, "-p", profile, ...more], { files: FILES }), {
        code: 5,
        stderr: new RegExp(`^awsmfa: /home/alice/.aws/${place}: [^\\n]+\\nhint: correct line `),
        files: FILES,
      });
    }
    const target = await play(["--to", profile, "123456"], { files: FILES });
    assertFailed(target, { code: 5, stderr: new RegExp(place), files: FILES });
  });
}

Deno.test("doctor names each of them with its line, and status what they are in", async () => {
  const doctor = await play(["doctor", "--offline"], { files: FILES });
  const found = [...doctor.stdout.matchAll(/^problem +(\w+) +\S+: line (\d+): /gm)].map((
    [, file, line],
  ) => [file, line]);
  assert.deepEqual(found, [["credentials", "1"], ["credentials", "6"], ["credentials", "12"], [
    "config",
    "5",
  ]]);
  assert.match(doctor.stdout, /^ok {7}profile {5}'default' logs in with its own keys/m);
  assert.equal(doctor.code, 1);
  const status = await play(["status"], { files: FILES });
  assert.deepEqual(
    status.stdout.split("\n").slice(2).map((line) => line.slice(2).trim().split(/ {2,}/).slice(0, 2)),
    [["default", "logged out"], ["work", "unreadable"], ["next", "unreadable"], ["lost", "unreadable"], [""]],
  );
});

Deno.test("a role, an included profile and a section beside stand behind such a line, too", async () => {
  const role = "[profile role]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = work\n";
  const heir = "[profile heir]\ninclude_profile = base\n[profile base]\nbroken\nregion = x\n";
  const credentials = `[work]\nbroken\n${keys("WORK")}[heir]\n${keys("HEIR")}[a-long-term]\nbroken\n${
    keys("A")
  }[a]\n`;
  const files = { [home.CREDENTIALS]: credentials, [home.CONFIG]: role + heir };
  for (
    const [profile, place] of [["role", "credentials: line 2"], ["heir", "config: line 7"], [
      "a",
      "credentials: line 9",
    ]]
  ) {
    const failed = await play(["-p", profile ?? "", "123456"], { files });
    assertFailed(failed, { code: 5, stderr: new RegExp(`${place}: `), files });
  }
});

Deno.test("a profile that may be below a broken header is not said to be nowhere without it", async () => {
  const files = { [home.CREDENTIALS]: `profile x]\n${keys("X")}` };
  const { stderr } = await play(["-p", "x", "123456"], { files });
  assert.match(
    stderr,
    /^awsmfa: no profile 'x' [^\n]+\nhint: it may be below a line that can't be read: \S+: line 1: /,
  );
});

Deno.test("a backup is put back up to the entry with such a line, and is never removed with one", async () => {
  const fake = home.fakeWorld({
    files: { [home.CREDENTIALS]: `[default]\n${keys("DEFAULT")}[work]\n${keys("WORK")}` },
  });
  await playIn(fake, ["123456"]);
  await playIn(fake, ["-p", "work", "123457"]);
  const backup = fake.files.get(home.BACKUP) ?? "";
  fake.files.set(home.BACKUP, backup.replace("[work]\n", "[work]\nbroken\n"));
  fake.saves.length = 0;
  const before = Object.fromEntries(fake.files);
  const place = /^awsmfa: \S+credentials_backup_by_awsmfa: line \d+: Expected an '=' sign/;
  for (const args of [["--restore"], ["--restore", "-p", "work"], ["logout", "-p", "work"]]) {
    assertFailed(await playIn(fake, args), { code: 5, stderr: place, files: before });
  }
  const one = await playIn(fake, ["--restore", "-p", "default"]);
  assert.equal(one.code, 0, one.stderr);
  assert.ok(
    one.files[home.CREDENTIALS]?.startsWith(`[default]\n${keys("DEFAULT")}[work]\naws_access_key_id = ASIA`),
  );
  assert.match(one.files[home.BACKUP] ?? "", /\[work\]\nbroken\n[^[]*WORK\/secret/);
});

Deno.test("a tool that takes the keys below a broken header for those of the section above is named", async () => {
  const files = { [home.CREDENTIALS]: `[default]\n${keys("DEFAULT")}[lost] text\n${keys("LOST")}` };
  const { stderr, code } = await play(["123456"], { files });
  assert.match(
    stderr,
    /^note: JavaScript[^\n]* go on with the long-term key \(line \d+ of \S+credentials\)/m,
  );
  assert.equal(code, 0);
});

Deno.test("keys with a colon log in, are written with =, and go back as they were", async () => {
  const text =
    "[default]\naws_access_key_id: AKIAALICE\naws_secret_access_key :long/secret\naws_session_token: x==\nregion: eu-west-2\n";
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: text } });
  const { code, files, stderr } = await playIn(fake, ["123456"]);
  assert.equal(code, 0, stderr);
  assert.match(
    files[home.CREDENTIALS] ?? "",
    /^\[default\]\naws_access_key_id = ASIA\S+\naws_secret_access_key = \S+\naws_session_token = \S+\nx_/,
  );
  assert.match(files[home.CREDENTIALS] ?? "", /\nregion: eu-west-2\n$/);
  assert.deepEqual(home.withoutCached((await playIn(fake, ["--restore"])).files), {
    [home.CREDENTIALS]: text,
  });
});

Deno.test("[profile default] hides [default] in the config file, and a login needs neither to be written", async () => {
  const credentials = `[default]\n${keys("DEFAULT")}`;
  const arn = "role_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n";
  for (const hidden of ["region = eu-west-1\n", arn]) {
    for (const swap of [false, true]) {
      const sections = [`[default]\n${hidden}`, "[profile default]\nregion = eu-west-3\n"];
      const config = (swap ? sections.toReversed() : sections).join("");
      const { code, requests, files, stderr } = await play(["123456"], {
        files: { [home.CREDENTIALS]: credentials, [home.CONFIG]: config },
      });
      assert.equal(code, 0, stderr);
      assert.equal(requests[0]?.access.region, "eu-west-3");
      assert.equal(files[home.CONFIG], config);
      // For the AWS CLI the later one counts.
      assert.equal(/the AWS CLI[^;]* at role_arn first/.test(stderr), swap && hidden === arn, stderr);
    }
  }
  const doctor = await play(["doctor", "--offline"], {
    files: { [home.CREDENTIALS]: credentials, [home.CONFIG]: "[default]\n[profile default]\n" },
  });
  assert.match(doctor.stdout, /^warning {2}config {6}\[default\] and \[profile default\] are both in /m);
  assert.equal(doctor.code, 0);
});

Deno.test("where [profile default] would be written beside [default], it is refused with both lines", async () => {
  const files = {
    [home.CREDENTIALS]: `[default]\n${keys("DEFAULT")}`,
    [home.CONFIG]:
      "[profile default]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n[default]\n",
  };
  const failed = await play(["123456"], { files });
  assertFailed(failed, { code: 5, stderr: /profile 'default' is defined twice, in lines 1 and 4/, files });
});

Deno.test("a file that is not text as AWS tools read it: each command says so, and nothing is written", async () => {
  const text = `[default]\n${keys("DEFAULT")}`;
  const files = {
    "in UTF-16": [...text].map((character) => `${character}\0`).join(""),
    "end with a carriage return alone": text.replaceAll("\n", "\r"),
  };
  for (const [says, credentials] of Object.entries(files)) {
    for (const args of [["123456"], ["status"], ["env", "-s", "sh"], ["logout"], ["link", "tool"]]) {
      const { code, stderr, saves } = await play(args, { files: { [home.CREDENTIALS]: credentials } });
      assert.match(stderr, new RegExp(`credentials: line 1: [^\\n]*${says}`), args.join(" "));
      assert.deepEqual([code, saves], [5, []]);
    }
    const { stdout } = await play(["doctor", "--offline"], { files: { [home.CREDENTIALS]: credentials } });
    assert.match(stdout, new RegExp(`^problem  credentials [^\\n]*${says}[^\\n]*\\n +fix: save it `, "m"));
  }
});

Deno.test("a NUL in a line is told: no variable, file name or request can have it", async () => {
  const credentials = `[default]\n${keys("DEFAULT")}`;
  const settings = ["output = js\0on", "ca_bundle = /x\0", "x\0 = y", "s3 =\n  a = \0"];
  for (const setting of settings) {
    const files = { [home.CREDENTIALS]: credentials, [home.CONFIG]: `[default]\n${setting}\n` };
    const line = setting.includes("\n") ? 3 : 2;
    for (const args of [["123456"], ["exec", "123456", "--", "true"], ["env", "-s", "sh", "123456"]]) {
      const says = `awsmfa: ${home.CONFIG}: line ${line}: it has a NUL (U+0000) in it\n`;
      const failed = await play(args, { files });
      assertFailed(failed, {
        code: 5,
        stderr: `${says}hint: correct line ${line} of ${home.CONFIG}\n`,
        files,
      });
    }
  }
  for (const id of ["AKIA\0DEFAULT", "\0", "AKIADEFAULT\0"]) {
    const files = { [home.CREDENTIALS]: credentials.replace("AKIADEFAULT", id) };
    assertFailed(await play(["123456"], { files }), {
      code: 5,
      stderr: /line 2: it has a NUL \(U\+0000\) in it\n/,
      files,
    });
  }
  const other = { [home.CREDENTIALS]: `# a\0b\n${credentials}[other]\nx = \0\n` };
  assert.equal((await play(["123456"], { files: other })).code, 0);
});
