import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { COMMANDS } from "../../../src/cli/table.ts";
import { assertFailed, play } from "../play.ts";

const files = {
  [home.CREDENTIALS]: ["default", "work"].map((name) =>
    `[${name}]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n`
  ).join(""),
};

const SAME: string[][] = [
  ["123456"],
  ["login", "123456"],
  ["login", "123", "456"],
  ["-c", "123456"],
  ["--code", "123456"],
  ["-m", "123456"],
  ["--mfa-code", "123456"],
  ["--token-code", "123456"],
  ["--token-code=123456"],
  ["--code", "123 456"],
  ["login", "-m", "123456"],
  ["-m", "123456", "login"],
  ["login", "--token-code", "123456"],
  ["login", "--", "--token-code", "123456"],
  ["login", "--", "--token-code=123456"],
  ["--", "--token-code", "123456"],
];
for (const args of SAME) {
  Deno.test(`the same login: awsmfa ${args.join(" ")}`, async () => {
    const { code, stdout, stderr, saves, requests } = await play(args, { files });
    assert.equal(stdout, "Logged in to 'default' until 2026-11-20 21:00 (12h).\n");
    assert.equal(
      stderr,
      `Your long-term keys are backed up in ${home.BACKUP}; awsmfa --restore puts them back.\n`,
    );
    assert.equal(code, 0);
    assert.deepEqual(saves, [home.CACHED, home.DEVICES, home.BACKUP, home.CREDENTIALS]);
    assert.deepEqual(requests.map(({ request }) => request), [{
      serial: home.ALICES_DEVICE,
      code: "123456",
      seconds: 43_200,
    }]);
  });
}

Deno.test("a code flag may be a dash, for stdin", async () => {
  const { code, requests } = await play(["login", "-m", "-"], { files, stdin: "654321\n" });
  assert.equal(code, 0);
  assert.equal(requests[0]?.request.code, "654321");
});

Deno.test("options of aws sts behind -- are taken", async () => {
  const args = ["login", "--token-code", "123456", "--", "--duration-seconds", "3600", "--serial-number"];
  const rest = ["GAHT12345678", "--region=eu-west-1", "--profile", "work"];
  const { code, stdout, requests } = await play([...args, ...rest], { files });
  assert.equal(stdout, "Logged in to 'work' until 2026-11-20 10:00 (1h).\n");
  assert.equal(code, 0);
  assert.deepEqual(requests.map(({ request }) => request), [{
    serial: "GAHT12345678",
    code: "123456",
    seconds: 3600,
  }]);
  assert.equal(requests[0]?.access.region, "eu-west-1");
});

Deno.test("options of aws sts assume-role behind -- are taken", async () => {
  const rest = [
    "--role-arn",
    "arn:aws:iam::111122223333:role/x",
    "--role-session-name",
    "me",
    "--external-id",
    "E",
  ];
  const { code, roleRequests } = await play(["login", "123456", "--", ...rest], { files });
  assert.equal(code, 0);
  assert.deepEqual(
    roleRequests.map(({ request }) => [request.roleArn, request.sessionName, request.externalId]),
    [["arn:aws:iam::111122223333:role/x", "me", "E"]],
  );
});

/** What may stand before the dashes. */
const WORDS: Readonly<Record<string, string>> = { completions: "bash", __complete: "profiles" };

const REFUSED: [args: string[], stderr: RegExp][] = [
  [
    ["login", "123456", "--", "--policy", "{}"],
    /^awsmfa: option '--policy' after -- has no meaning here\nhint: what has: --duration-seconds --serial-number /,
  ],
  [["login", "123456", "--", "--output=SECRET"], /^awsmfa: option '--output' after -- has no meaning here\n/],
  [["login", "--", "SECRET"], /^awsmfa: a word after -- has no meaning here\n/],
  [
    ["login", "123456", "--", "--region"],
    /^awsmfa: option '--region' after -- has no value\nhint: --region VALUE\n$/,
  ],
  [
    ["login", "-d", "1h", "123456", "--", "--duration-seconds", "3600"],
    /^awsmfa: option '--duration-seconds' is given twice\n/,
  ],
  [
    ["login", "123456", "--", "--region", "us-east-1", "--region", "us-east-2"],
    /^awsmfa: option '--region' is given twice\n/,
  ],
  [["login", "123456", "--", "--token-code", "654321"], /^awsmfa: more than one MFA code given\n/],
  [["-m", "123456", "-c", "654321"], /^awsmfa: more than one MFA code given\n/],
  [["123456", "-c", "123456"], /^awsmfa: more than one MFA code given\n/],
  [["-c", "12345"], /^awsmfa: an MFA code has six digits, not 5\n/],
  [["-c", "SECRET/"], /^awsmfa: the argument isn't an MFA code\n/],
  [
    ["logn", "123456"],
    /^awsmfa: unknown command 'logn'\nhint: did you mean awsmfa login\?\n$/,
  ],
  [
    ["statsu"],
    /^awsmfa: unknown command 'statsu'\nhint: did you mean awsmfa status\?\n$/,
  ],
  [["login", "--frobnicate"], /^awsmfa: unknown option '--frobnicate'\n/],
  [["--save", "123456"], /^awsmfa: --save has nothing to save\n/],
  [["--to", "", "123456"], /^awsmfa: --to: the name is empty\n/],
  [["--source-profile", "", "123456"], /^awsmfa: --source-profile: the name is empty\n/],
  [
    ["--external-id", "X", "123456"],
    /^awsmfa: --external-id goes with --role-arn only\nhint: awsmfa --role-arn ARN --external-id VALUE\n$/,
  ],
  [["--role-session-name", "X", "123456"], /^awsmfa: --role-session-name goes with --role-arn only\n/],
  [["--min-remaining", "soon"], /^awsmfa: --min-remaining: 'soon' isn't a duration\n/],
  [["--min-remaining", "37h"], /^awsmfa: --min-remaining: '37h' is too long\n/],
  [
    ["--duration", "1h", "status"],
    /^awsmfa: --duration can't be used with 'status'\nhint: awsmfa status --help\n$/,
  ],
  [["--min-remaining", "1h", "logout"], /^awsmfa: --min-remaining can't be used with 'logout'\n/],
  [["--restore", "login"], /^awsmfa: --restore can't be used with 'login'\n/],
  [["--json", "env"], /^awsmfa: --json can't be used with 'env'\n/],
  [["status", "--", "x"], /^awsmfa: 'status' doesn't take anything after --\nhint: awsmfa status --help\n$/],
  [["env", "--", "x"], /^awsmfa: 'env' doesn't take anything after --\n/],
  [["credential-process", "--", "x"], /^awsmfa: 'credential-process' doesn't take anything after --\n/],
  [
    ["--restore", "--", "--profile", "b"],
    /^awsmfa: '--restore' doesn't take anything after --\nhint: awsmfa --restore\n$/,
  ],
  [["--restore", "--"], /^awsmfa: '--restore' doesn't take anything after --\n/],
  [["restore", "--", "--profile", "b"], /^awsmfa: 'restore' doesn't take anything after --\n/],
  [["--version", "--", "x"], /^awsmfa: '--version' doesn't take anything after --\n/],
  [["--", "status"], /^awsmfa: a word after -- has no meaning here\n/],
  [["status", "extra"], /^awsmfa: too many arguments/],
  [["link"], /^awsmfa: missing argument <name>\n/],
];
for (const [args, stderr] of REFUSED) {
  Deno.test(`wrong usage: awsmfa ${args.map((arg) => arg || "''").join(" ")}`, async () => {
    const played = await play(args, { files });
    assertFailed(played, { code: 2, stderr, files });
    assert.doesNotMatch(played.stderr, /SECRET/);
    assert.deepEqual([played.requests, played.questions], [[], []]);
  });
}

Deno.test("what stands behind -- is taken or refused: by every command", async () => {
  const takes = ["login", "exec"];
  for (const { name } of COMMANDS.filter(({ name }) => !takes.includes(name))) {
    const words = /^(import|link|completions|__complete)$/.test(name) ? [WORDS[name] ?? "x"] : [];
    const played = await play([name, ...words, "--", "--profile", "b"], { files });
    assertFailed(played, {
      code: 2,
      stderr: `awsmfa: '${name}' doesn't take anything after --\nhint: awsmfa ${name} --help\n`,
      files,
    });
  }
});

Deno.test("every command has its help, on stdout", async () => {
  for (const word of ["login", "env", "exec", "status", "logout", "restore", "credential-process", "link"]) {
    const { code, stdout, stderr } = await play([word, "--help"]);
    assert.match(stdout, new RegExp(`^Usage: awsmfa ${word} \\[options\\]`, "m"));
    assert.deepEqual([stderr, code], ["", 0]);
    assert.deepEqual(await play(["help", word]).then(({ stdout }) => stdout), stdout);
    const root = await play(["--help"]);
    if (word !== "credential-process") assert.match(root.stdout, new RegExp(`^ {2}${word} `, "m"));
  }
});
