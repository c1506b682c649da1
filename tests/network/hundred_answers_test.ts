import assert from "node:assert/strict";
import { listMfaDevices } from "../../src/adapters/aws/iam.ts";
import { assumeRole, caller, requestSession } from "../../src/adapters/aws/sts.ts";
import { run } from "../../src/cli/run.ts";
import { CACHE_FOLDER, CREDENTIALS, fakeWorld } from "../support/fake_world.ts";

// What a hostile or broken server may answer, to every command that asks AWS: 13 statuses with 8 bodies.

const STATUSES = [200, 201, 206, 301, 307, 400, 401, 403, 404, 407, 429, 502, 511];
const SESSION = "<Credentials><AccessKeyId>ASIA</AccessKeyId></Credentials>";
const BODIES: [what: string, body: string][] = [
  ["nothing", ""],
  ["a page", "<!DOCTYPE html><html><body>Please \u001b[31msign in</body></html>"],
  ["JSON", '{"Credentials": {"AccessKeyId": "ASIA", "__proto__": {}}}'],
  ["XML that is cut off", `<GetSessionTokenResponse><GetSessionTokenResult>${SESSION}`],
  ["XML of somebody else", "<soap:Envelope xmlns:soap='x'><soap:Body/></soap:Envelope>"],
  ["bytes", "\u0000\u0001\u0002\uffff".repeat(500)],
  ["entities", '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;&a;">]><x>&c;&c;</x>'],
  ["the answer to something else", "<ListUsersResponse><ListUsersResult/></ListUsersResponse>"],
];

const COMMANDS: [args: string[], stdin?: string][] = [
  [["123456", "--serial", "arn:aws:iam::111122223333:mfa/alice"]],
  [["env", "-s", "sh", "123456"]],
  [["exec", "123456", "--", "x"]],
  [["credential-process", "--code-command", "codes"]],
  [["devices"]],
  [
    ["setup", "--access-key-id", "AKIAIOSFODNN7EXAMPLE", "--region", "us-east-1"],
    "wJalrXUtnFEMIxK7MDENGxbPxRfiCYEXAMPLEKEY",
  ],
];

const TEXT = "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";

for (const [what, body] of BODIES) {
  Deno.test(`whatever status ${what} comes with, every command says that it is not AWS's, and changes nothing`, async () => {
    let status = 200;
    await using server = Deno.serve(
      { hostname: "127.0.0.1", port: 0, onListen: () => {} },
      () => new Response(body, { status, headers: { location: "http://127.0.0.1:9/", date: "x" } }),
    );
    const url = `http://127.0.0.1:${server.addr.port}`;
    for (status of STATUSES) {
      await Promise.all(COMMANDS.map(async ([args, stdin]) => {
        const fake = fakeWorld({
          files: { [CREDENTIALS]: TEXT },
          env: { AWS_ENDPOINT_URL: url, AWSMFA_TIMEOUT: "20" },
          ...(stdin === undefined ? {} : { stdin }),
          codeCommand: () => "123456",
          but: { mayReach: () => true, caller, requestSession, assumeRole, listMfaDevices },
        });
        const code = await run(args, fake.world);
        const how = `${args.join(" ")}, ${status}: ${fake.err.join("")}`;
        assert.equal(code, 6, how);
        assert.equal(fake.out.join(""), args[0] === "env" ? "false;\n" : "", how);
        assert.match(
          fake.err.join(""),
          /^awsmfa: [^\n]*(not AWS|n't come from AWS)[^\n]*\nhint: [^\n]+\n$/,
          how,
        );
        // deno-lint-ignore no-control-regex
        assert.doesNotMatch(fake.err.join(""), /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/, how);
        // That nothing was reached is told to those who wait for the same.
        fake.files.delete(`${CACHE_FOLDER}/unreachable`);
        assert.deepEqual(Object.fromEntries(fake.files), { [CREDENTIALS]: TEXT }, how);
      }));
    }
  });
}
