import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { playIn } from "../play.ts";

const K = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const KB = "aws_access_key_id = AKIABOB\naws_secret_access_key = bobs/secret\n";

Deno.test("keys in the config file alone: the credentials file that a login made goes with it, and Java 1 is told of", async () => {
  for (const undo of [["--restore"], ["logout", "-p", "work"]]) {
    const files = { [home.CONFIG]: `[profile work]\n${K}[profile other]\n${KB}` };
    const fake = home.fakeWorld({ files });
    const { stderr } = await playIn(fake, ["-p", "work", "123456"]);
    assert.match(
      stderr,
      /^note: Java 1 reads profile 'other' otherwise while 'work' is logged in \(awsmfa doctor --readers shows all\)\n/,
    );
    assert.ok(fake.files.has(home.CREDENTIALS));
    assert.equal((await playIn(fake, undo)).code, 0);
    assert.deepEqual(home.withoutCached(Object.fromEntries(fake.files)), files);
  }
});

Deno.test("of several logins in a file that the first one made, the last restore takes it away, whatever their order", async () => {
  for (const order of [["a", "b"], ["b", "a"]]) {
    const files = { [home.CONFIG]: `[profile a]\n${K}[profile b]\n${KB}` };
    const fake = home.fakeWorld({ files });
    for (const name of ["a", "b"]) {
      const code = name === "a" ? "123456" : "654321";
      assert.equal((await playIn(fake, ["-p", name, code, "--serial", "GAHT12345678"])).code, 0);
    }
    for (const name of order) assert.equal((await playIn(fake, ["--restore", "-p", name])).code, 0);
    assert.deepEqual(home.withoutCached(Object.fromEntries(fake.files)), files);
  }
});

Deno.test("an empty file that was there stays, and one that somebody wrote into", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: "", [home.CONFIG]: `[profile work]\n${K}` } });
  await playIn(fake, ["-p", "work", "123456"]);
  await playIn(fake, ["--restore"]);
  assert.equal(fake.files.get(home.CREDENTIALS), "");

  const other = home.fakeWorld({ files: { [home.CONFIG]: `[profile work]\n${K}` } });
  await playIn(other, ["-p", "work", "123456"]);
  other.files.set(home.CREDENTIALS, `${other.files.get(home.CREDENTIALS)}[mine]\n${KB}`);
  await playIn(other, ["--restore"]);
  assert.equal(other.files.get(home.CREDENTIALS), `[mine]\n${KB}`);
});

Deno.test("the region that --to gave a new profile goes with its session, byte for byte, and --save's stays", async () => {
  for (const config of [undefined, "[default]\nregion = eu-west-1\n", "[default]\nregion = eu-west-1"]) {
    const files = {
      [home.CREDENTIALS]: `[default]\n${K}${config === undefined ? "region = eu-west-1\n" : ""}`,
      ...(config === undefined ? {} : { [home.CONFIG]: config }),
    };
    const fake = home.fakeWorld({ files });
    assert.equal((await playIn(fake, ["--to", "new", "123456"])).code, 0);
    assert.match(fake.files.get(home.CONFIG) ?? "", /\[profile new\]\nregion = eu-west-1\n$/);
    assert.equal((await playIn(fake, ["logout", "-p", "new"])).code, 0);
    assert.deepEqual(home.withoutCached(Object.fromEntries(fake.files)), files);
  }
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: `[default]\n${K}region = eu-west-1\n` } });
  await playIn(fake, ["--source-profile", "default", "--to", "new", "--save", "123456"]);
  await playIn(fake, ["logout", "-p", "new"]);
  assert.equal(fake.files.get(home.CONFIG), "[profile new]\nregion = eu-west-1\nawsmfa_source = default\n");
});

Deno.test("several new profiles, logged out in any order: both files have their bytes again", async () => {
  for (const config of ["[default]\nregion = eu-west-1\n", "[default]\nregion = eu-west-1"]) {
    for (const order of [["one", "two"], ["two", "one"]]) {
      const files = { [home.CREDENTIALS]: `[default]\n${K}`, [home.CONFIG]: config };
      const fake = home.fakeWorld({ files });
      for (const to of ["one", "two"]) await playIn(fake, ["--to", to, "123456"]);
      assert.match(
        fake.files.get(home.CONFIG) ?? "",
        /eu-west-1\n\n\[profile one\]\nregion = eu-west-1\n\n\[profile two\]/,
      );
      for (const to of order) await playIn(fake, ["logout", "-p", to]);
      assert.deepEqual([fake.files.get(home.CREDENTIALS), fake.files.get(home.CONFIG)], [
        `[default]\n${K}`,
        config,
      ]);
    }
  }
});

Deno.test("a new profile's section in config that somebody wrote into stays, and one in front of another goes", async () => {
  const credentials = `[default]\n${K}`;
  const config = "[default]\nregion = eu-west-1\n";
  for (
    const [more, left] of [["output = json\n", undefined], [
      "[x]\n",
      /^\[default\]\nregion = eu-west-1\n\n?\[x\]\n$/,
    ]] as const
  ) {
    const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: credentials, [home.CONFIG]: config } });
    await playIn(fake, ["--to", "new", "123456"]);
    const written = fake.files.get(home.CONFIG) + more;
    fake.files.set(home.CONFIG, written);
    await playIn(fake, ["logout", "-p", "new"]);
    if (left === undefined) assert.equal(fake.files.get(home.CONFIG), written);
    else assert.match(fake.files.get(home.CONFIG) ?? "", left);
  }
});

Deno.test("a section that a login made goes whole, and a comment on the next one stays", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: `[default]\n${K}` } });
  await playIn(fake, ["--to", "mfa", "123456"]);
  fake.files.set(home.CREDENTIALS, `${fake.files.get(home.CREDENTIALS)}\n# Bob's\n[other]\n${KB}`);
  await playIn(fake, ["logout", "-p", "mfa"]);
  assert.equal(fake.files.get(home.CREDENTIALS), `[default]\n${K}\n# Bob's\n[other]\n${KB}`);
  assert.equal(fake.files.get(home.BACKUP), undefined);
});
