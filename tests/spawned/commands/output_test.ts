import assert from "node:assert/strict";
import config from "../../../deno.json" with { type: "json" };
import { valuesOf } from "../../support/aws_file.ts";
import { openStage, section } from "../../support/stage.ts";

Deno.test("--json prints one document for a login and for a restore", async () => {
  await using stage = await openStage();
  stage.home.write(".aws/credentials", section("default", stage.user) + section("work", stage.user));
  const login = await stage.login(["--json"]);
  const { x_security_token_expires: until = "" } = valuesOf(
    stage.home.read(".aws/credentials"),
    "default",
  );
  assert.deepEqual(JSON.parse(login.stdout), {
    profile: "default",
    expiration: new Date(until).toISOString(),
    how: "new",
    mfaSerial: stage.user.serial,
    warnings: [],
  });
  assert.equal(login.stderr, "");

  await stage.login(["-p", "work", "--json"]);
  const restored = await stage.restore(["--json"]);
  assert.deepEqual(JSON.parse(restored.stdout), {
    profiles: [{ profile: "default", outcome: "restored" }, { profile: "work", outcome: "restored" }],
  });
  assert.equal(restored.stderr, "");
});

Deno.test("a login warns of what keeps other tools from the session", async () => {
  await using stage = await openStage();
  const keys = section("default", stage.user) + section("work", stage.user);
  stage.home.write(".aws/credentials", keys);
  const rows: [title: string, args: string[], env: Record<string, string>, says: string, hint: string][] = [
    [
      "keys in the environment",
      [],
      {
        AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
        AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        AWS_SESSION_TOKEN: "IQoJb3JpZ2luX2VjEXAMPLETOKEN",
      },
      "AWS_ACCESS_KEY_ID is set in the environment, and wins over the session in the file",
      "unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN",
    ],
    [
      "another profile by AWS_PROFILE",
      ["-p", "default"],
      { AWS_PROFILE: "work" },
      "AWS_PROFILE is 'work', so other tools use that profile and not 'default'",
      "unset AWS_PROFILE",
    ],
    [
      "another profile by AWS_DEFAULT_PROFILE",
      ["-p", "work"],
      { AWS_DEFAULT_PROFILE: "default" },
      "AWS_DEFAULT_PROFILE is 'default', so other tools use that profile and not 'work'",
      "export AWS_DEFAULT_PROFILE=work",
    ],
  ];
  for (const [title, args, env, says, hint] of rows) {
    const login = await stage.login([...args, "--json"], { env });
    assert.equal(login.stderr, `warning: ${says}\nhint: ${hint}\n`, title);
    assert.deepEqual(JSON.parse(login.stdout).warnings, [says], title);
  }
});

Deno.test("the keys in the environment are not those that a named profile logs in with", async () => {
  await using stage = await openStage();
  await stage.login([], {
    env: { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "x".repeat(40) },
  });
  assert.deepEqual(
    stage.sts.requests.map(({ accessKeyId }) => accessKeyId),
    [stage.user.accessKeyId, stage.user.accessKeyId],
  );
});

Deno.test("--help and --version print to stdout, read no file and ask nobody", async () => {
  await using stage = await openStage();
  stage.home.write(".aws/credentials", "no such format");
  for (const flag of ["-h", "--help"]) {
    const { code, stdout, stderr } = await stage.awsmfa([flag]);
    assert.deepEqual([code, stderr], [0, ""]);
    for (
      const word of ["Usage: awsmfa", "--profile", "--duration", "--restore", "awsmfa 123456", "exit-codes"]
    ) {
      assert.ok(stdout.includes(word), `${word} in\n${stdout}`);
    }
  }
  for (const flag of ["-V", "--version"]) {
    const ran = await stage.awsmfa([flag]);
    assert.deepEqual(ran, { code: 0, stdout: `${config.version}\n`, stderr: "" });
  }
  assert.equal(stage.sts.requests.length, 0);
});
