import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const FILE = ".aws/credentials";
const BACKUP = ".aws/credentials_backup_by_awsmfa";

// luhring/awsmfa copies the whole file to the backup, and leaves [default] alone with a session.
const SESSION = "[default]\naws_access_key_id = ASIAIOSFODNN7EXAMPLE\naws_secret_access_key = " +
  `${"s".repeat(40)}\naws_session_token = ${"t".repeat(300)}\n`;

Deno.test("a login of luhring/awsmfa is taken back, whole file and all", async () => {
  await using stage = await openStage();
  const original = leaveLogin(stage);
  const { stdout } = await stage.restore();
  assert.equal(
    stdout,
    "Profile 'default' has its long-term keys back.\nProfile 'work' has its long-term keys back.\n",
  );
  assert.equal(stage.home.read(FILE), original);
  assert.deepEqual(Object.keys(stage.files()), [".aws", FILE]);
});

Deno.test("a login on top of one of luhring/awsmfa uses the keys that it put aside", async () => {
  await using stage = await openStage();
  const original = leaveLogin(stage);
  await stage.login();
  assert.match(valuesOf(stage.home.read(FILE), "default").aws_access_key_id ?? "", /^ASIA(?!IOSF)/);
  assert.equal(stage.home.read(BACKUP), original);
  await stage.restore();
  assert.equal(stage.home.read(FILE), original);
});

Deno.test("a profile that only the backup of luhring/awsmfa knows can be logged in", async () => {
  await using stage = await openStage();
  const original = leaveLogin(stage);
  await stage.login(["-p", "work"]);
  assert.match(valuesOf(stage.home.read(FILE), "work").aws_access_key_id ?? "", /^ASIA/);
  await stage.restore();
  assert.equal(stage.home.read(FILE), original);
});

Deno.test("a section added since a login of luhring/awsmfa stays after the restore", async () => {
  await using stage = await openStage();
  leaveLogin(stage);
  const added = section("new", { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "n".repeat(40) });
  stage.home.write(FILE, SESSION + added);
  await stage.restore();
  const text = stage.home.read(FILE);
  assert.ok(text.includes(added));
  for (const profile of ["default", "work"]) {
    assert.equal(valuesOf(text, profile).aws_secret_access_key, stage.user.secretAccessKey);
  }
});

function leaveLogin({ home, user }: Stage): string {
  const original = `# mine\n\n${section("default", user)}region = eu-west-1\n\n${section("work", user)}# end`;
  home.write(BACKUP, original);
  home.write(FILE, SESSION);
  return original;
}
