import assert from "node:assert/strict";
import { EXIT } from "../../../src/errors.ts";
import { fakeWorld } from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

// Names that every JavaScript object has: a look-up by one must not find what the object inherits.
const INHERITED = ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"];

const CREDENTIALS = "/home/alice/.aws/credentials";
const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

for (const name of INHERITED) {
  Deno.test(`a profile, and its access key, may be called '${name}'`, async () => {
    const text = `[${name}]\naws_access_key_id = ${name}\naws_secret_access_key = ${SECRET}\n`;
    const fake = fakeWorld({ files: { [CREDENTIALS]: text } });
    assert.equal((await playIn(fake, ["-p", name, "123456"])).code, EXIT.done);
    assert.deepEqual(fake.identityCalls.length, 1, "the device was derived");

    const status = await playIn(fake, ["status", "-p", name, "--json"]);
    assert.equal(JSON.parse(status.stdout).name, name);
    assert.equal((await playIn(fake, ["-p", name, "234567", "-f"])).code, EXIT.done);
    assert.equal(fake.identityCalls.length, 1, "the device was remembered");

    assert.equal((await playIn(fake, ["--restore", "-p", name])).code, EXIT.done);
    assert.equal(fake.files.get(CREDENTIALS), text);
  });

  Deno.test(`what is no word of awsmfa's is told, also '${name}'`, async () => {
    const calls: [args: string[], stderr: RegExp][] = [
      [[`--${name}`], /unknown option/],
      [["status", `--${name}`], /unknown option/],
      [["env", "--shell", name], /is not known/],
      [["completions", name], /is not a shell/],
      [["edit", name], /is not a file/],
      [["help", name], /too many|isn't an MFA code|unknown command/],
      [["login", "--", `--${name}`, "1"], /has no meaning here/],
      [["login", "--", name, "1"], /has no meaning here/],
    ];
    for (const [args, stderr] of calls) assertFailed(await play(args), { code: EXIT.usage, stderr });
  });
}
