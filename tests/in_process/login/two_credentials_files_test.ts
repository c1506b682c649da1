import assert from "node:assert/strict";
import { CONFIG, CREDENTIALS, type FakeWorld, fakeWorld } from "../../support/fake_world.ts";
import { type Played, playIn } from "../play.ts";

// One config file that is read with two credentials files: WSL and Windows, a container with the host's config.

const OTHER = "/mnt/c/My Keys/credentials";
const KEYS = "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const ROLE =
  "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\nregion = eu-west-1\n";

interface Two {
  readonly fake: FakeWorld;
  readonly here: (...args: string[]) => Promise<Played>;
  readonly there: (...args: string[]) => Promise<Played>;
  readonly config: () => string | undefined;
}

function open(): Two {
  const fake = fakeWorld({
    files: { [CREDENTIALS]: KEYS, [OTHER]: KEYS, [CONFIG]: ROLE },
    codeCommand: () => "222222",
  });
  const run = (path: string | undefined) => async (...args: string[]): Promise<Played> => {
    const isLogin = args[0] === "login";
    const env = (name: string): string | undefined =>
      name === "AWS_SHARED_CREDENTIALS_FILE" ? path : fake.world.env(name);
    const played = await playIn({ ...fake, world: { ...fake.world, env } }, [
      ...args,
      ...isLogin ? ["-f", "--code-command", "x"] : [],
    ]);
    if (isLogin) assert.equal(played.code, 0, played.stderr);
    return played;
  };
  return { fake, here: run(undefined), there: run(OTHER), config: () => fake.files.get(CONFIG) };
}

Deno.test("a role that is set aside for a session in another file is told by status, doctor and logout, with that file", async () => {
  const { here, there, config } = open();
  await there("login", "-p", "r");
  assert.match(config() ?? "", /^awsmfa_session_in = \/mnt\/c\/My%20Keys\/credentials$/m);
  const says = `the role of 'r' is set aside for a session in ${OTHER}: here AWS's tools find neither`;
  assert.equal((await here("status")).stderr, `warning: ${says}\nhint: awsmfa -p r\n`);
  const one = await here("status", "-p", "r");
  assert.match(
    one.stderr,
    new RegExp(`profile 'r' isn't logged in: its role is renamed for a session in ${OTHER}`),
  );
  assert.match(
    (await here("doctor", "--offline")).stdout,
    new RegExp(`^warning +config +${says}\\n +fix: awsmfa -p r$`, "m"),
  );
  const before = config();
  const restored = await here("--restore");
  assert.equal(restored.code, 4, restored.stdout);
  const again = await here("logout", "-p", "r");
  assert.deepEqual([again.code, again.stderr], [
    4,
    `awsmfa: profile 'r' holds no session here: that one is in ${OTHER}\n` +
    `hint: export AWS_SHARED_CREDENTIALS_FILE='${OTHER}'; awsmfa logout -p r\n`,
  ]);
  assert.equal(config(), before);
  assert.equal((await there("status")).stderr, "", "there all is well");
  assert.equal((await there("logout", "-p", "r")).code, 0);
  assert.equal(config(), ROLE);
});

Deno.test("with two logins on one config file the role has its name back when the last one is undone, in either order", async () => {
  for (const first of ["here", "there"] as const) {
    for (const undone of ["here", "there"] as const) {
      for (const undo of [["logout", "-p", "r"], ["--restore"]]) {
        const two = open();
        const [a, b] = first === "here" ? [two.here, two.there] : [two.there, two.here];
        await a("login", "-p", "r");
        await b("login", "-p", "r");
        const [c, d] = undone === "here" ? [two.here, two.there] : [two.there, two.here];
        assert.equal((await c(...undo)).code, 0);
        assert.match(two.config() ?? "", /^awsmfa_role_arn = /m, `${first} ${undone} ${undo.join(" ")}`);
        assert.equal((await d(...undo)).code, 0);
        assert.equal(two.config(), ROLE, `${first} ${undone} ${undo.join(" ")}`);
        assert.deepEqual([two.fake.files.get(CREDENTIALS), two.fake.files.get(OTHER)], [KEYS, KEYS]);
      }
    }
  }
});

Deno.test("where the variables name both files, or none, nothing is noted", async () => {
  const { here, config } = open();
  await here("login", "-p", "r");
  assert.doesNotMatch(config() ?? "", /awsmfa_session_in/);
  assert.equal((await here("logout", "-p", "r")).code, 0);
  assert.equal(config(), ROLE);
});
