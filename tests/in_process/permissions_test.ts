import assert from "node:assert/strict";
import type { World } from "../../src/world.ts";
import { CONFIG, CREDENTIALS, type FakeSetup, fakeWorld } from "../support/fake_world.ts";
import { play, playIn } from "./play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const files = { [CREDENTIALS]: `[default]\n${KEYS}` };
const SESSION = "aws_access_key_id = ASIAX\naws_secret_access_key = s3cret\naws_session_token = t0ken\n";

const LOCAL = ["read", "write", "env"];
const NET = [...LOCAL, "net"];
const ALL = [...NET, "run"];

/** What each command keeps before it reads a file. The fake world refuses what was given up, as the real one does. */
const KEPT_FIRST: [args: string[], kept: string[]][] = [
  [["status"], ["read", "env"]],
  [["status", "-p", "default"], ["read", "env"]],
  [["status", "--json"], ["read", "env"]],
  [["devices"], ["read", "env", "net"]],
  [["doctor"], ["read", "env", "net"]],
  [["doctor", "--json"], ["read", "env", "net"]],
  [["--restore"], LOCAL],
  [["restore"], LOCAL],
  [["restore", "-p", "default"], LOCAL],
  [["logout"], LOCAL],
  [["link", "tool"], LOCAL],
  [["import", CREDENTIALS], LOCAL],
  [["import", CREDENTIALS, "--dry-run"], ["read", "env"]],
  [["edit"], [...LOCAL, "run"]],
  [["setup"], NET],
  [["rotate"], ALL],
  [["rotate", "--dry-run"], ["read", "env"]],
  [["setup", "--dry-run"], ["read", "env", "net"]],
  [["123456"], ALL],
  [["login", "123456"], ALL],
  [["env", "-s", "sh", "123456"], ALL],
  [["exec", "123456", "--", "x"], ALL],
  [["credential-process"], ALL],
];
for (const [args, kept] of KEPT_FIRST) {
  Deno.test(`before it reads a file, awsmfa ${args.join(" ")} gives up all but ${kept.join(", ")}`, async () => {
    const fake = fakeWorld({ files });
    const keptThen: string[][] = [];
    const readText: World["readText"] = (path) => {
      keptThen.push(fake.kept.flat());
      return fake.files.get(path);
    };
    await playIn({ ...fake, world: { ...fake.world, readText } }, args);
    assert.deepEqual(keptThen[0], kept);
  });
}

/** What is left when somebody is asked, or AWS is. */
const BEFORE_AWS: [what: string, args: string[], setup: FakeSetup, kept: string[][]][] = [
  ["a login without a code command", [], { answers: ["123456"] }, [ALL, NET]],
  ["a login with a code", ["123456"], {}, [ALL, NET]],
  ["env without a code command", ["env", "-s", "sh"], { answers: ["123456"] }, [ALL, NET]],
  ["a login with a code command", ["--code-command", "x"], { codeCommand: () => "123456" }, [ALL]],
  ["env with a code command", ["env", "-s", "sh", "--code-command", "x"], { codeCommand: () => "123456" }, [
    ALL,
  ]],
  ["exec, which runs a program afterwards", ["exec", "--", "x"], { answers: ["123456"] }, [ALL]],
  ["credential-process with a code command", ["credential-process", "--code-command", "x"], {
    codeCommand: () => "123456",
  }, [ALL]],
  [
    "a login whose profile has mfa_process",
    [],
    { files: { ...files, [CONFIG]: "[default]\nmfa_process = x\n" }, codeCommand: () => "123456" },
    [ALL],
  ],
];
for (const [what, args, setup, kept] of BEFORE_AWS) {
  Deno.test(`what is kept while somebody is asked, and AWS is: ${what}`, async () => {
    const { code, kept: told, stderr } = await play(args, { files, ...setup });
    assert.equal(code, 0, stderr);
    assert.deepEqual(told, kept);
  });
}

Deno.test("a code command that a code on the command line makes needless is given up, too", async () => {
  const { kept } = await play(["--code-command", "x", "123456"], { files });
  assert.deepEqual(kept, [ALL, NET]);
});

Deno.test("a command that holds no permission for AWS fails in the fake world, as it would in the real one", async () => {
  const fake = fakeWorld({ files: { [CREDENTIALS]: `[default]\n${SESSION}` } });
  await playIn(fake, ["status"]);
  const access = {
    keys: { accessKeyId: "A", secretAccessKey: "s" },
    region: "us-east-1",
    endpoint: undefined,
    iamEndpoint: undefined,
    caBundle: undefined,
    limits: { connectSeconds: 10, answerSeconds: 20 },
    fips: false,
    dualstack: false,
  };
  assert.equal(await fake.world.parentProgram(), undefined);
  assert.throws(() => fake.world.caller(access), /'net' was given up/);
  assert.throws(() => fake.world.listMfaDevices(access), /'net' was given up/);
});
