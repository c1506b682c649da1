import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS, type FakeSetup } from "../../support/fake_world.ts";
import { assertFailed, play, type Played } from "../play.ts";

const ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const PATH = "/home/alice/Downloads/alice_accessKeys.csv";
const CSV = `\ufeffAccess key ID,Secret access key\r\n${ID},${SECRET}\r\n`;
const NEW_USER =
  `User name,Password,Access key ID,Secret access key,Console login link\r\nbob,,${ID},${SECRET},https://x\r\n`;
const section = (name: string, id = ID): string =>
  `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${SECRET}\n`;
const LEFT = `note: the secret access key is in ${PATH} as well: rm ${PATH}\n`;

function run(args: string[], files: Record<string, string>, more: FakeSetup = {}): Promise<Played> {
  return play(args, { files: { [PATH]: CSV, ...files }, ...more });
}

/** Where the key goes: the files before, and the options. */
const PLACES: [what: string, files: Record<string, string>, args: string[], section: string][] = [
  ["the default profile where there is none", {}, [], "default"],
  ["one that has a region only", { [CONFIG]: "[default]\nregion = eu-west-1\n" }, [], "default"],
  ["the profile that is named", {}, ["-p", "work"], "work"],
  [
    "the user of the file's name, where the default one has other keys",
    {
      [CREDENTIALS]: section("default", "AKIAIOSFODNN8EXAMPLE"),
    },
    [],
    "alice",
  ],
  [
    "the user of the file, where the default one is somebody else's business",
    {
      [PATH]: NEW_USER,
      [CONFIG]: "[default]\nsso_session = s\n",
    },
    [],
    "bob",
  ],
];
for (const [what, files, args, name] of PLACES) {
  Deno.test(`import of a downloaded access key: ${what}`, async () => {
    const { code, stdout, stderr, files: after } = await run(["import", PATH, "--yes", ...args], files);
    assert.equal(code, 0, stderr);
    assert.ok(after[CREDENTIALS]?.endsWith(section(name)), after[CREDENTIALS]);
    assert.equal(stdout, `${CREDENTIALS} is changed.\n`);
    assert.ok(stderr.startsWith(`${PATH} has access keys from IAM's console.\n--- `), stderr);
    assert.ok(stderr.endsWith(`+aws_secret_access_key = ****\n${LEFT}`), stderr);
    const again = await run(["import", PATH, ...args], { ...files, [CREDENTIALS]: after[CREDENTIALS] ?? "" });
    assert.deepEqual([again.code, again.saves], [0, []]);
    assert.match(again.stdout, /^Nothing to change: /);
    assert.equal(again.stderr, LEFT);
  });
}

Deno.test("several keys go to the profiles of their users", async () => {
  const two =
    `User name,Access key ID,Secret access key\na,${ID},${SECRET}\nb,AKIAIOSFODNN8EXAMPLE,${SECRET}\n`;
  const { files, code } = await run(["import", PATH, "--yes"], { [PATH]: two });
  assert.equal(code, 0);
  assert.equal(files[CREDENTIALS], `${section("a")}\n${section("b", "AKIAIOSFODNN8EXAMPLE")}`);
  assertFailed(await run(["import", PATH, "-p", "x"], { [PATH]: two }), {
    code: 5,
    stderr: /has 2 access keys, and -p /,
  });
  assertFailed(await run(["setup", "--csv", PATH], { [PATH]: two }), {
    code: 5,
    stderr: /has 2 access keys\nhint: awsmfa import FILE takes them all\n$/,
  });
});

Deno.test("a downloaded key replaces none: other keys, a role and other ways stay, and it says what to type", async () => {
  const others: Record<string, string>[] = [
    { [CREDENTIALS]: section("work", "AKIAIOSFODNN8EXAMPLE") },
    { [CREDENTIALS]: section("work-long-term", "AKIAIOSFODNN8EXAMPLE") },
    { [CONFIG]: "[profile work]\nrole_arn = arn:aws:iam::123456789012:role/r\nsource_profile = x\n" },
    { [CONFIG]: "[profile work]\nsso_session = s\n" },
  ];
  for (const files of others) {
    assertFailed(await run(["import", PATH, "--yes", "-p", "work"], files), {
      code: 5,
      stderr:
        /^awsmfa: profile 'work' has other keys, .*\nhint: awsmfa setup -p work replaces keys; or another /,
    });
  }
});

Deno.test("a key that is none, a file without a name, and -p for another tool's file are refused", async () => {
  const bad = CSV.replace(ID, SECRET);
  assertFailed(await run(["import", PATH], { [PATH]: bad }), {
    code: 5,
    stderr: /\.csv: that is not an access key id\n/,
  });
  const taken = { [CREDENTIALS]: section("default", "AKIAIOSFODNN8EXAMPLE") };
  assertFailed(await play(["import", "/tmp/keys.csv"], { files: { "/tmp/keys.csv": CSV, ...taken } }), {
    code: 5,
    stderr:
      /^awsmfa: \/tmp\/keys\.csv does not say whose key it is\nhint: name a profile: awsmfa import -p NAME\n$/,
  });
  assertFailed(await run(["import", CREDENTIALS, "-p", "x"], taken), {
    code: 2,
    stderr: /^awsmfa: -p is for a key of IAM's console/,
  });
  assertFailed(await run(["import", PATH, "-p", ""], {}), { code: 2, stderr: /the name is empty/ });
});

Deno.test("as JSON, and without writing: the secret is nowhere, and where the file lies is told", async () => {
  const json = await run(["import", PATH, "--yes", "--json"], {});
  assert.deepEqual(JSON.parse(json.stdout), {
    tools: ["IAM's console"],
    notes: [LEFT.slice(6, -1)],
    changed: [CREDENTIALS],
  });
  const dry = await run(["import", PATH, "--dry-run"], {});
  assert.deepEqual([dry.code, dry.saves], [0, []]);
  assert.doesNotMatch(`${dry.stdout}${dry.stderr}${json.stdout}${json.stderr}`, new RegExp(SECRET));
});

Deno.test("setup --csv takes the key, checks it with AWS, and says where it still lies", async () => {
  const { code, stdout, stderr, files, identityCalls } = await run(
    ["setup", "-p", "work", "--csv", PATH],
    {},
  );
  assert.equal(code, 0, stderr);
  assert.deepEqual(identityCalls[0]?.keys, { accessKeyId: ID, secretAccessKey: SECRET });
  assert.equal(files[CREDENTIALS], section("work"));
  assert.match(stdout, /^Profile 'work' is set up: key AKIAIOSFODNN7EXAMPLE, /);
  assert.ok(stderr.includes(LEFT), stderr);
  const asked = await run(["setup", "--csv", PATH], {}, { answers: ["eu-west-1", "", ""] });
  assert.equal(asked.code, 0, asked.stderr);
  assert.ok(asked.questions.every((question) => !/access key/i.test(question)), asked.questions.join());
});

Deno.test("setup --csv refuses what is none, and an id beside it", async () => {
  const cases: [args: string[], code: number, stderr: RegExp][] = [
    [["--csv", PATH, "--access-key-id", ID], 2, /--csv can't be used with --access-key-id/],
    [["--csv", "/nowhere.csv"], 5, /^awsmfa: \/nowhere\.csv is not there\n/],
    [["--csv", CREDENTIALS], 5, /isn't an access key as IAM's console gives it\n/],
  ];
  for (const [args, code, stderr] of cases) {
    assertFailed(await run(["setup", ...args], { [CREDENTIALS]: section("default") }), { code, stderr });
  }
});
