import assert from "node:assert/strict";
import { CREDENTIALS, type FakeWorld, fakeWorld } from "../../support/fake_world.ts";
import { playIn } from "../play.ts";

const WRONG = (hours: number): RegExp =>
  new RegExp(
    `the session of profile 'default' would end in ${hours}h, and none lasts that long: this machine's clock is wrong`,
  );

/** Logged in, or with a cached session alone, and then the clock is set back. */
async function setBack(command: string[], hours: number): Promise<FakeWorld> {
  const fake = fakeWorld({
    files: {
      [CREDENTIALS]: "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n",
    },
  });
  assert.equal((await playIn(fake, [...command, "222222"])).code, 0);
  fake.clock.now = new Date(fake.clock.now.getTime() - hours * 3_600_000);
  return fake;
}

Deno.test("a clock that was set back by days: no session lasts that long, which is said, and none is used by it", async () => {
  for (
    const command of [["-p", "default"], ["exec", "--", "x"], ["env", "-s", "sh"], ["credential-process"]]
  ) {
    const fake = await setBack(["login"], 72);
    const { code, stderr } = await playIn(fake, command);
    assert.notEqual(code, 0, command.join(" "));
    assert.match(stderr, WRONG(84));
    assert.match(stderr, /^hint: Linux: sudo timedatectl/m);
    assert.equal(fake.requests.length, 1);
  }
  const fake = await setBack(["login"], 72);
  for (const args of [[], ["-p", "default"]]) {
    const { code, stderr } = await playIn(fake, ["status", ...args]);
    assert.equal(code, 0);
    assert.match(stderr, WRONG(84));
  }
  const { stdout } = await playIn(fake, ["doctor", "--offline"]);
  assert.match(stdout, /^problem +clock +the session of profile 'default' would end in 84h/m);
});

Deno.test("a kept session knows when it was had: a clock that was set back by hours is told, too, and one of minutes is not", async () => {
  const hours = await setBack(["env", "-s", "sh"], 10);
  assert.match((await playIn(hours, ["credential-process"])).stderr, WRONG(22));
  const minutes = await setBack(["env", "-s", "sh"], 0.05);
  const { code, stderr } = await playIn(minutes, ["credential-process"]);
  assert.deepEqual([code, stderr], [0, ""]);
});
