import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { allConsumers, assertAllUseSession } from "../../support/consumers.ts";
import { openStage, section } from "../../support/stage.ts";

// wizard-shack has the keys in [ACCOUNT_USER], and the session in [mfa-USER].
const FILE = ".aws/credentials";
const CONFIG = ".aws/config";

Deno.test({
  ...allConsumers,
  name: "--source-profile ACCOUNT_USER --to mfa-USER, and with --save the next time without flags",
  fn: async () => {
    await using stage = await openStage();
    const { home, sts, user } = stage;
    const original = `# keys\n${section("acme_bob", user)}\n[last]\noutput = json\n`;
    home.write(FILE, original);
    home.write(CONFIG, `[profile acme_bob]\nregion = eu-west-1\nmfa_serial = ${user.serial}\n# end\n`);
    const before = stage.files();

    const flags = ["--source-profile", "acme_bob", "--to", "mfa-bob"];
    const { stdout, stderr } = await stage.login(flags);
    assert.match(stdout, /^Logged in to 'mfa-bob' until /);
    assert.equal(stderr, "");
    assert.ok(home.read(FILE).startsWith(`${original}\n[mfa-bob]\n`), "every other byte is as before");
    assert.equal(
      home.read(CONFIG),
      `[profile acme_bob]\nregion = eu-west-1\nmfa_serial = ${user.serial}\n# end\n` +
        "\n[profile mfa-bob]\nregion = eu-west-1\n",
      "the new profile has its source's region",
    );
    assert.deepEqual(sts.requests.map(({ action, region }) => [action, region]), [
      ["GetSessionToken", "eu-west-1"],
    ]);
    await assertAllUseSession(stage, "mfa-bob");

    await stage.login([...flags, "--save"]);
    assert.deepEqual(valuesOf(home.read(CONFIG), "profile mfa-bob"), {
      region: "eu-west-1",
      awsmfa_source: "acme_bob",
    });
    await stage.login(["-p", "mfa-bob"]);
    assert.equal(sts.requests.at(-1)?.accessKeyId, user.accessKeyId);
    await assertAllUseSession(stage, "mfa-bob");

    await stage.restore(["-p", "mfa-bob"]);
    assert.equal(valuesOf(home.read(CONFIG), "profile mfa-bob").awsmfa_source, "acme_bob");
    const saved = stage.files()[CONFIG];
    assert.deepEqual(stage.filesOfUser(), { ...before, [CONFIG]: saved }, "but for what --save wrote");
    await stage.login(["-p", "mfa-bob"]);
    assert.equal((await stage.awsmfa(["logout", "-p", "mfa-bob"])).code, 0);
    assert.deepEqual(stage.filesOfUser(), { ...before, [CONFIG]: saved });
  },
});

Deno.test("--to alone takes the keys of the profile, and leaves them where they are", async () => {
  await using stage = await openStage();
  const before = stage.files();
  await stage.login(["--to", "mfa"]);
  const text = stage.home.read(FILE);
  assert.ok(text.startsWith(section("default", stage.user)));
  assert.match(valuesOf(text, "mfa").aws_access_key_id ?? "", /^ASIA/);
  await stage.restore();
  assert.deepEqual(stage.filesOfUser(), before);
});

Deno.test("the words of other tools for a code, and options of the AWS CLI after --, are taken", async () => {
  await using stage = await openStage();
  const { code, sts, user } = stage;
  const ways: ((code: string) => string[])[] = [
    (digits) => ["login", digits],
    (digits) => ["login", "--token-code", digits, "--", "--duration-seconds", "3600"],
    (digits) => ["--mfa-code", digits, "-d", "1h"],
    (digits) => ["-m", digits, "-d", "1h"],
    (digits) => ["-c", digits, "-d", "1h"],
    (digits) => ["login", "--code", digits, "-d", "1h"],
    (digits) => ["login", "--", `--token-code=${digits}`, "--duration-seconds=3600"],
    (digits) => ["login", "--", "--serial-number", user.serial, "--token-code", digits],
  ];
  for (const words of ways) {
    const digits = code();
    const args = words(digits);
    const ran = await stage.awsmfa(args);
    assert.equal(ran.code, 0, `${args.join(" ")}: ${ran.stderr}`);
    const { TokenCode, DurationSeconds } = sts.requests.at(-1)?.params ?? {};
    const seconds = /3600|1h/.test(args.join(" ")) ? "3600" : "43200";
    assert.deepEqual([TokenCode, DurationSeconds], [digits, seconds], args.join(" "));
  }
});
