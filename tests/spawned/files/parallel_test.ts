import assert from "node:assert/strict";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { valuesOf } from "../../support/aws_file.ts";
import { openStage, section } from "../../support/stage.ts";

const FILE = ".aws/credentials";

Deno.test("twenty profiles logged in at once all hold their session, and come back", async () => {
  await using stage = await openStage();
  const { home, sts } = stage;
  const users = Array.from({ length: 20 }, (_, i) => sts.addUser({ name: `user${i}` }));
  home.write(FILE, `# all of them\n${users.map((user) => section(user.name, user)).join("\n")}`);
  const files = stage.files();

  const runs = await Promise.all(
    users.map((user) => stage.awsmfa([sts.code(user.serial), "-p", user.name])),
  );
  for (const { code, stderr } of runs) assert.equal(code, 0, stderr);
  const text = home.read(FILE);
  for (const user of users) assert.equal(await arnOf(text, user.name, sts.url), user.arn);

  await stage.restore();
  assert.deepEqual(stage.filesOfUser(), files, "byte for byte as before");
});

Deno.test("one profile logged in ten times at once holds one of the ten sessions, whole", async () => {
  const devices = Array.from({ length: 10 }, (_, i) => ({ name: `phone${i}` }));
  await using stage = await openStage({ user: { devices } });
  const { home, sts, user } = stage;
  const files = stage.files();
  const runs = await Promise.all(
    user.serials.map((serial) => stage.awsmfa([sts.code(serial), "--serial", serial])),
  );
  for (const { code, stderr } of runs) assert.equal(code, 0, stderr);
  assert.equal(await arnOf(home.read(FILE), "default", sts.url), user.arn);
  await stage.restore();
  assert.deepEqual(stage.filesOfUser(), files, "byte for byte as before");
});

Deno.test("logins and restores at once leave either the keys or a whole session, and the keys somewhere", async () => {
  const devices = Array.from({ length: 6 }, (_, i) => ({ name: `phone${i}` }));
  await using stage = await openStage({ user: { devices } });
  const { home, sts, user } = stage;
  const files = stage.files();
  await stage.login(["--serial", user.serial]);
  await Promise.all(user.serials.flatMap((serial) => [
    stage.awsmfa([sts.code(serial), "--serial", serial]).then(({ code, stderr }) =>
      assert.equal(code, 0, stderr)
    ),
    stage.awsmfa(["--restore"]).then(({ code, stderr }) => assert.ok(code === 0 || code === 4, stderr)),
  ]));
  assert.equal(await arnOf(home.read(FILE), "default", sts.url), user.arn);
  await stage.awsmfa(["--restore"]);
  assert.deepEqual(stage.filesOfUser(), files, "byte for byte as before");
});

/** Who the credentials of a profile stand for: the local STS knows only those whose three parts belong together. */
async function arnOf(text: string, profile: string, endpoint: string): Promise<string | undefined> {
  const { aws_access_key_id: id = "", aws_secret_access_key: secret = "", aws_session_token: token } =
    valuesOf(
      text,
      profile,
    );
  const credentials = {
    accessKeyId: id,
    secretAccessKey: secret,
    ...(token === undefined ? {} : { sessionToken: token }),
  };
  const client = new STSClient({ endpoint, region: "us-east-1", credentials });
  try {
    return (await client.send(new GetCallerIdentityCommand({}))).Arn;
  } finally {
    client.destroy();
  }
}
