import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS, type FakeSetup, fakeWorld } from "../../support/fake_world.ts";
import { playIn } from "../play.ts";

const KEYS = "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const ROLE = "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n";
const files = { [CREDENTIALS]: KEYS, [CONFIG]: ROLE };
const OTHER = "/mnt/c/aws/credentials";

/** What three logins say on stderr, one after another. */
async function logins(setup: FakeSetup, args: string[]): Promise<[string, string, string]> {
  const fake = fakeWorld(setup);
  const one = async (code: string): Promise<string> => {
    const played = await playIn(fake, [...args, code]);
    assert.equal(played.code, 0, played.stderr);
    return played.stderr;
  };
  return [await one("123456"), await one("654321"), await one("111111")];
}

Deno.test("a login that sets a role aside says once that the config file is read with another credentials file elsewhere", async () => {
  const note = (credentials: string): RegExp =>
    new RegExp(
      `^note: the session of profile 'r' is in ${credentials}, and whoever reads ${CONFIG} with another credentials file `,
      "m",
    );
  const alone = { AWS_SHARED_CREDENTIALS_FILE: OTHER };
  const [first, second] = await logins({ files: { [OTHER]: KEYS, [CONFIG]: ROLE }, env: alone }, ["-p", "r"]);
  assert.match(first, note(OTHER));
  assert.doesNotMatch(second, /with another credentials file/);
  const inGit = { ...files, "/home/alice/.git": "gitdir: elsewhere\n" };
  assert.match((await logins({ files: inGit }, ["-p", "r"])).join(""), note(CREDENTIALS));
});

Deno.test("nothing is said of the usual pair, of a pair that is named whole, and where the config file stays as it is", async () => {
  const pair = { AWS_SHARED_CREDENTIALS_FILE: OTHER, AWS_CONFIG_FILE: CONFIG };
  const cases: [FakeSetup, string[]][] = [
    [{ files }, ["-p", "r"]],
    [{ files: { [OTHER]: KEYS, [CONFIG]: ROLE }, env: pair }, ["-p", "r"]],
    [{ files: { [OTHER]: KEYS, [CONFIG]: ROLE }, env: { AWS_SHARED_CREDENTIALS_FILE: OTHER } }, []],
  ];
  for (const [setup, args] of cases) {
    assert.doesNotMatch((await logins(setup, args)).join(""), /with another credentials file/);
  }
});

Deno.test("a login says once which tools don't know the variables that lead to the profile", async () => {
  const [first, second, third] = await logins({
    files: { [OTHER]: KEYS.replace("default", "work") },
    env: { AWS_SHARED_CREDENTIALS_FILE: OTHER, AWS_DEFAULT_PROFILE: "work" },
  }, []);
  assert.match(
    first,
    /^note: JavaScript, \.NET, Java, .* don't know AWS_DEFAULT_PROFILE, .* not 'work'; export AWS_PROFILE=work$/m,
  );
  assert.match(
    second,
    /^note: Java 1 reads \/home\/alice\/\.aws\/credentials and not .*; export AWS_CREDENTIAL_PROFILES_FILE=\/mnt\/c\/aws\/credentials$/m,
  );
  assert.doesNotMatch(third, /^note: /m);
});
