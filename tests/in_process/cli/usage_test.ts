import assert from "node:assert/strict";
import type { World } from "../../../src/world.ts";
import { assertFailed, play } from "../play.ts";

function never(): never {
  throw new Error("too early");
}

/** A world in which nothing may be read, asked or called. */
const SEALED: Partial<World> = {
  readText: never,
  updateTexts: never,
  checkReplaceable: never,
  refuseReadOnly: never,
  looseMode: never,
  ask: never,
  readLine: never,
  caller: never,
  listMfaDevices: never,
  accessKeyCreated: never,
  listAccessKeys: never,
  accessKeyLastUse: never,
  createAccessKey: never,
  setAccessKeyActive: never,
  deleteAccessKey: never,
  fileInfo: never,
  listFolder: never,
  sleep: never,
  requestSession: never,
  assumeRole: never,
  checkPrivateFolder: never,
  withLock: never,
  appendText: never,
  runForText: never,
  runProgram: never,
};

const WRONG: [args: string[], env: Record<string, string>, stderr: RegExp][] = [
  [["--profil", "x", "123456"], {}, /^awsmfa: unknown option '--profil'\nhint: did you mean --profile\?\n$/],
  [["--frobnicate"], {}, /^awsmfa: unknown option '--frobnicate'\nhint: awsmfa --help\n$/],
  [["-x"], {}, /^awsmfa: unknown option '-x'\n/],
  [["-p"], {}, /^awsmfa: option '-p, --profile <name>' needs a value\n/],
  [["-p", "", "123456"], {}, /^awsmfa: --profile: the name is empty\nhint: awsmfa -p NAME\n$/],
  [["-d", "10m", "123456"], {}, /^awsmfa: --duration: '10m' is too short/],
  [["-d", "2d", "123456"], {}, /^awsmfa: --duration: '2d' is too long\n/],
  [["-d", "", "123456"], {}, /^awsmfa: --duration: /],
  [["123456"], { AWSMFA_DURATION: "99h" }, /^awsmfa: AWSMFA_DURATION: '99h' is too long/],
  [["--serial", "x", "123456"], {}, /^awsmfa: --serial: 'x' isn't an MFA device's serial number/],
  [["--serial", "", "123456"], {}, /^awsmfa: --serial: /],
  [["123456"], { AWSMFA_SERIAL: "x" }, /^awsmfa: AWSMFA_SERIAL: 'x' isn't an MFA device's serial number/],
  [["--region", "a/b", "123456"], {}, /^awsmfa: --region: 'a\/b' isn't a region\n/],
  [["123456"], { AWS_REGION: "a/b" }, /^awsmfa: AWS_REGION: /],
  [["123456"], { AWS_DEFAULT_REGION: "a/b" }, /^awsmfa: AWS_DEFAULT_REGION: /],
  [["123456"], { AWS_ENDPOINT_URL: "here" }, /^awsmfa: AWS_ENDPOINT_URL is not an address\n/],
  [
    ["123456"],
    { AWS_ENDPOINT_URL_STS: "http://sts.amazonaws.com" },
    /^awsmfa: AWS_ENDPOINT_URL_STS: .* https\n/,
  ],
  [["12345"], {}, /^awsmfa: an MFA code has six digits, not 5\n/],
  [["123456", "654321"], {}, /^awsmfa: more than one MFA code given\n/],
  [["wJalrXUtnFEMI/K7MDENG"], {}, /^awsmfa: the argument isn't an MFA code\n/],
  [["--restore", "123456"], {}, /^awsmfa: --restore can't be used with an MFA code\nhint: awsmfa --restore/],
  [["-r", "-f"], {}, /^awsmfa: --restore can't be used with --force\n/],
  [["rotate", "--finish", "--undo"], {}, /^awsmfa: --finish can't be used with --undo\n/],
  [
    ["rotate", "--if-older-than", "90"],
    {},
    /^awsmfa: --if-older-than: '90' isn't a number of days\nhint: 90d\n$/,
  ],
  [["rotate", "--delete-inactive", "x"], {}, /^awsmfa: that is not an access key id\n/],
  [["-r", "-d", "1h"], {}, /^awsmfa: --restore can't be used with --duration\n/],
  [["-r", "--serial", "GAHT12345678"], {}, /^awsmfa: --restore can't be used with --serial\n/],
  [["-r", "--region", "us-east-1"], {}, /^awsmfa: --restore can't be used with --region\n/],
  [["-r", "-p", ""], {}, /^awsmfa: --profile: the name is empty\nhint: awsmfa -p NAME\n$/],
];
for (const [args, env, stderr] of WRONG) {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value} `).join("");
  const typed = args.map((arg) => arg === "" ? " ''" : ` ${arg}`).join("");
  Deno.test(`wrong usage, before anything is read or asked: ${variables}awsmfa${typed}`, async () => {
    assertFailed(await play(args, { env, but: SEALED }), { code: 2, stderr });
  });
}

Deno.test("help and version go to stdout, and read nothing", async () => {
  for (const flag of ["-h", "--help", "help"]) {
    const { code, stdout, stderr } = await play([flag], { but: SEALED });
    assert.match(stdout, /^Log in to AWS with an MFA code\.\n\nUsage: awsmfa /);
    const lines = stdout.split("\n");
    assert.ok(lines.length <= 41 && lines.every((line) => line.length <= 80), stdout);
    for (const word of ["--profile", "--duration", "--restore", "status", "doctor", "help login"]) {
      assert.ok(stdout.includes(word), word);
    }
    assert.equal(stderr, "");
    assert.equal(code, 0);
  }
  for (const flag of ["-V", "--version", "version"]) {
    const { code, stdout, stderr } = await play([flag], { but: SEALED });
    assert.deepEqual([stdout, stderr, code], ["1.2.3\n", "", 0]);
  }
});

Deno.test("help is read at 40 columns, too: no line is wider, and texts stand below what they are about", async () => {
  for (
    const args of [["--help"], ["help", "login"], ["help", "env"], ["help", "setup"], ["help", "import"]]
  ) {
    const { stdout } = await play(args, { but: { ...SEALED, columns: 40 } });
    // A command to be typed is in one piece.
    const wide = stdout.split("\n").filter((line) =>
      line.length > 40 && !/^ {2}\S|^Usage|^ {7}awsmfa/.test(line)
    );
    assert.deepEqual(wide, []);
    assert.match(stdout, /^ {6}\S/m);
  }
});

Deno.test("help exit-codes, and a word that help does not know", async () => {
  const { stdout, code } = await play(["help", "exit-codes"], { but: SEALED });
  assert.deepEqual([...stdout.matchAll(/^ {2}(\d+) /gm)].map(([, each]) => Number(each)), [
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    130,
  ]);
  assert.equal(code, 0);
  const wrong = "awsmfa: unknown command 'statsu'\nhint: did you mean awsmfa help status?\n";
  assertFailed(await play(["help", "statsu"], { but: SEALED }), { code: 2, stderr: wrong });
});

Deno.test("list and ls are status", async () => {
  const files = {
    "/home/alice/.aws/credentials": "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = s\n",
  };
  const { stdout } = await play(["status"], { files });
  for (const word of ["list", "ls"]) assert.equal((await play([word], { files })).stdout, stdout);
});

Deno.test("a defect of awsmfa is told by its place, without the message, which could hold anything", async () => {
  const readText = (): never => {
    throw new RangeError("a secret");
  };
  const { code, stdout, stderr } = await play(["123456"], { but: { readText } });
  assert.match(stderr, /^awsmfa: unexpected RangeError .*usage_test\.ts.*\nhint: please report this/);
  assert.doesNotMatch(stderr, /a secret/);
  assert.equal(stdout, "");
  assert.equal(code, 1);
});
