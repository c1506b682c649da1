import assert from "node:assert/strict";
import { CREDENTIALS } from "../support/fake_world.ts";
import { play } from "./play.ts";

const ID = "AKIAIOSFODNN7EXAMPLE";
const SECRET = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY22";

/** What stands where the access key ID belongs. */
const ODD: [what: string, id: string, secret: string][] = [
  ["id and secret are swapped", SECRET, ID],
  ["the secret stands behind the id", `${ID} ${SECRET}`, "left0over0"],
  ["the secret stands right behind the id", `${ID}${SECRET}`, "left0over0"],
  ["the secret is continued in the next line", `${ID}\n  ${SECRET}`, "left0over0"],
  ["a part of the secret stands there", SECRET.slice(0, 18), "left0over0"],
  ["both are the secret", SECRET, SECRET],
];

const COMMANDS: string[][] = [
  ["123456"],
  ["--dry-run"],
  ["devices"],
  ["devices", "--json"],
  ["env", "-s", "sh", "123456"],
  ["exec", "123456", "--", "left0over0"],
  ["credential-process"],
  ["doctor"],
  ["doctor", "--json"],
  ["status"],
  ["status", "-p", "default"],
  ["status", "--json"],
  ["logout"],
  ["restore"],
  ["link", "tool"],
  ["setup", "--region", "us-east-1"],
];

for (const [what, id, secret] of ODD) {
  Deno.test(`where ${what}, no command shows it, sends it or makes a file's name of it`, async () => {
    const text = `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
    for (const args of COMMANDS) {
      const played = await play(args, {
        files: { [CREDENTIALS]: text },
        // The first is what setup asks for.
        ...(args[0] === "setup" ? { answers: [] } : {}),
      });
      const { code, stdout, stderr, requests, identityCalls, files, questions } = played;
      const shown = `${stdout}${stderr}${questions.join("")}${Object.keys(files).join("")}`;
      assert.ok(!shown.includes(SECRET.slice(0, 18)), `${args.join(" ")}: ${shown}`);
      assert.doesNotMatch(stderr, /unexpected/, args.join(" "));
      assert.equal(files[CREDENTIALS], text);
      assert.equal(requests.length + identityCalls.length, 0, args.join(" "));
      if (/^(123456|devices|env|exec|credential-process)$/.test(args[0] ?? "")) {
        assert.equal(code, 4, args.join(" "));
        assert.match(
          stderr,
          /^awsmfa: the access key ID of profile 'default' isn't one\nhint: swapped with /,
        );
      }
      if (args[0] === "doctor") assert.match(stdout, /the access key ID of profile 'default' isn't one/);
    }
  });
}

Deno.test("in the environment, too", async () => {
  const env = { AWS_ACCESS_KEY_ID: SECRET, AWS_SECRET_ACCESS_KEY: ID };
  const { stderr, code, requests } = await play(["env", "-s", "sh", "123456"], { env });
  assert.match(stderr, /^awsmfa: AWS_ACCESS_KEY_ID holds no access key ID\nhint: are the ID and the secret/);
  assert.deepEqual([code, requests], [4, []]);
});

Deno.test("another maker's short words are taken as they are", async () => {
  for (const id of ["test", "minioadmin", "000000000000", ID, "LKIAQAAAAAAAAAAAAAAA"]) {
    const text = `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${SECRET}\n`;
    const { code, stderr } = await play(["123456"], { files: { [CREDENTIALS]: text } });
    assert.equal(code, 0, stderr);
  }
});
