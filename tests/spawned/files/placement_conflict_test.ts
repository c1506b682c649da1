import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { assertFails } from "../../support/failure.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";

const FILE = ".aws/credentials";
const BACKUP = ".aws/credentials_backup_by_awsmfa";

Deno.test("a target that holds other long-term keys is refused, before a code is used up", async () => {
  await using stage = await openStage();
  const other = addOther(stage);
  const expected = {
    code: 5,
    says:
      `profile 'other' in ${stage.home.file(FILE)} has other long-term keys than 'default', and a session ` +
      "would replace them",
    hint: "--force backs them up first; --to NAME names another profile for the session",
  };
  await assertFails(stage, ["123456", "--to", "other"], expected);
  assert.ok(stage.home.read(FILE).includes(other.secretAccessKey));
});

Deno.test("with --force the other keys are put aside, and come back byte for byte", async () => {
  await using stage = await openStage();
  const other = addOther(stage);
  const before = stage.files();
  const { stderr } = await stage.login(["--to", "other", "--force"]);
  assert.equal(
    stderr,
    `Your long-term keys are backed up in ${stage.home.file(BACKUP)}; awsmfa --restore puts them back.\n`,
  );
  assert.match(valuesOf(stage.home.read(FILE), "other").aws_access_key_id ?? "", /^ASIA/);
  assert.equal(valuesOf(stage.home.read(BACKUP), "other").aws_secret_access_key, other.secretAccessKey);
  assert.equal(stage.sts.requests.at(-1)?.accessKeyId, stage.user.accessKeyId, "default's keys logged in");
  await stage.login(["--to", "other"]);
  assert.equal(valuesOf(stage.home.read(BACKUP), "other").aws_secret_access_key, other.secretAccessKey);
  const { stdout } = await stage.restore();
  assert.equal(stdout, "Profile 'other' has its long-term keys back.\n");
  assert.deepEqual(stage.filesOfUser(), before);
});

Deno.test("keys that another program wrote into the target while AWS was asked stay there", async () => {
  await using stage = await openStage();
  const { home, sts, user } = stage;
  const other = sts.addUser({ name: "bob" });
  sts.behave({
    onRequest: ({ action }) => {
      if (action === "GetSessionToken") home.write(FILE, section("default", user) + section("other", other));
    },
  });
  const { code, stderr } = await stage.awsmfa([stage.code(), "--to", "other"]);
  assert.match(stderr, /^awsmfa: profile 'other' was changed while the login went on/);
  assert.equal(code, 5);
  assert.equal(home.read(FILE), section("default", user) + section("other", other));
});

function addOther({ home, sts, user }: Stage): { accessKeyId: string; secretAccessKey: string } {
  const other = sts.addUser({ name: "bob" });
  home.write(FILE, `${section("default", user)}# bob's\n${section("other", other)}output = json`);
  return other;
}
