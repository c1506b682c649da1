import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const ROLE = "arn:aws:iam::111122223333:role/";
const FILES = { [home.CREDENTIALS]: `[base]\n${KEYS}` };

function config(text: string, more: home.FakeSetup = {}): home.FakeSetup {
  return { files: { ...FILES, [home.CONFIG]: text }, ...more };
}

function role(name: string, more = "", source = "base"): string {
  return `[profile ${name}]\nrole_arn = ${ROLE}${name}\nsource_profile = ${source}\n${more}`;
}

const PLACES: [what: string, sections: string[], serial: string | undefined][] = [
  ["the target", ["target", "asked", "base"], "GAHT-target"],
  ["the profile that was asked for", ["asked", "base"], "GAHT-asked"],
  ["the source of the keys", ["base"], "GAHT-base"],
  ["none of them", ["other"], undefined],
];
for (const [what, sections, serial] of PLACES) {
  Deno.test(`a setting is looked for in the target, the profile asked for and the source: it stands in ${what}`, async () => {
    const setting = (name: string): string => sections.includes(name) ? `mfa_serial = GAHT-${name}\n` : "";
    const text = ["target", "asked", "base", "other"].map((name) =>
      `[profile ${name}]\n${name === "asked" ? "source_profile = base\n" : ""}${setting(name)}`
    ).join("");
    const { code, requests, identityCalls } = await play(
      ["-p", "asked", "--to", "target", "123456"],
      config(text),
    );
    assert.equal(code, 0);
    assert.equal(requests[0]?.request.serial, serial ?? "arn:aws:iam::111122223333:mfa/alice");
    assert.equal(identityCalls.length, serial === undefined ? 1 : 0);
  });
}

const LOCAL = "http://localhost:4566";
const ENDPOINTS: [what: string, text: string, env: Record<string, string>, sts?: string, iam?: string][] = [
  ["the profile's", `[profile base]\nendpoint_url = ${LOCAL}\n`, {}, `${LOCAL}/`, `${LOCAL}/`],
  [
    "the variable's before the profile's",
    `[profile base]\nendpoint_url = ${LOCAL}\n`,
    { AWS_ENDPOINT_URL: "http://localhost:1" },
    "http://localhost:1/",
    "http://localhost:1/",
  ],
  [
    "the variable of one service, and the profile's for the other",
    `[profile base]\nendpoint_url = ${LOCAL}\n`,
    { AWS_ENDPOINT_URL_STS: "http://localhost:1" },
    "http://localhost:1/",
    `${LOCAL}/`,
  ],
  ["AWS's own", "[profile base]\nregion = eu-west-1\n", {}],
];
for (const [what, text, env, sts, iam] of ENDPOINTS) {
  Deno.test(`where STS and IAM are asked: ${what}`, async () => {
    const { requests, deviceLists } = await play(
      ["-p", "base", "--serial", "GAHT00000000", "123456"],
      config(text, {
        env,
        sts: (_access, { serial }) => serial.startsWith("GAHT") ? home.refuseDevice() : undefined,
      }),
    );
    assert.deepEqual([requests[0]?.access.endpoint, deviceLists[0]?.iamEndpoint], [sts, iam]);
  });
}

Deno.test("an endpoint_url that awsmfa may not reach, or that is none, is told before anybody is asked", async () => {
  const cases: [address: string, code: number, stderr: RegExp][] = [
    [
      "https://u.example",
      6,
      /^awsmfa: awsmfa is not permitted to reach 'u\.example', .*\nhint: .*deno run -P=awsmfa --allow-net=u\.example src\/main\.ts\n$/,
    ],
    ["here", 2, /^awsmfa: endpoint_url of profile 'base' is not an address\n/],
    [
      "http://sts.amazonaws.com",
      2,
      /^awsmfa: endpoint_url of profile 'base': 'sts\.amazonaws\.com' must be reached by https\n/,
    ],
  ];
  for (const [address, code, stderr] of cases) {
    const given = config(`[profile base]\nendpoint_url = ${address}\n`, { answers: ["123456"] });
    const played = await play(["-p", "base"], given);
    assertFailed(played, { code, stderr, files: given.files ?? {} });
    assert.deepEqual(played.questions, []);
  }
});

const DURATIONS: [what: string, args: string[], env: string, more: string, seconds: number, own: boolean][] =
  [
    ["nothing said", [], "", "", 3600, false],
    ["AWSMFA_DURATION of less than an hour", [], "30m", "", 1800, false],
    ["AWSMFA_DURATION of more, which counts up to an hour", [], "36h", "", 3600, false],
    ["the profile's before the variable's", [], "30m", "duration_seconds = 7200\n", 7200, true],
    ["the flag's before all", ["-d", "2h"], "30m", "duration_seconds = 900\n", 7200, true],
  ];
for (const [what, args, env, more, seconds, own] of DURATIONS) {
  Deno.test(`how long a role lasts: ${what}`, async () => {
    const { code, requests, roleRequests } = await play(
      ["-p", "r", ...args, "123456"],
      config(role("r", more), { env: { AWSMFA_DURATION: env } }),
    );
    assert.equal(code, 0);
    assert.deepEqual(roleRequests.map(({ request }) => [request.seconds, request.mfa !== undefined]), [[
      seconds,
      own,
    ]]);
    assert.equal(requests.length, own ? 0 : 1);
  });
}

Deno.test("--source-profile on a profile with a role keeps the role, and takes the other keys", async () => {
  const files = {
    [home.CREDENTIALS]: `${
      FILES[home.CREDENTIALS]
    }[bob]\naws_access_key_id = AKIABOB\naws_secret_access_key = b/s\n`,
    [home.CONFIG]: role("r"),
  };
  const played = await play(["-p", "r", "--source-profile", "bob", "123456"], { files });
  assert.match(played.stdout, new RegExp(`^Logged in to 'r' as role r \\(111122223333\\) until `));
  assert.equal(played.code, 0);
  assert.equal(played.requests[0]?.access.keys.accessKeyId, "AKIABOB");
  assert.deepEqual(played.roleRequests.map(({ request }) => request.roleArn), [`${ROLE}r`]);
});

Deno.test("--save logs in also where a session is valid, asks nobody, and writes the source", async () => {
  const fake = home.fakeWorld({ files: { [home.CREDENTIALS]: `[base]\n${KEYS}` }, answers: ["654321"] });
  await playIn(fake, ["--source-profile", "base", "--to", "work", "123456"]);
  const before = fake.files.get(home.CREDENTIALS);
  fake.saves.length = 0;
  const saved = await playIn(fake, ["--source-profile", "base", "--to", "work", "--save"]);
  assert.equal(
    saved.stdout,
    "Logged in to 'work' until 2026-11-20 21:00 (12h), reusing an earlier login.\n",
  );
  assert.deepEqual([saved.stderr, saved.code, saved.questions], ["", 0, []]);
  assert.deepEqual(saved.saves, [home.CONFIG]);
  assert.equal(saved.files[home.CONFIG], "[profile work]\nawsmfa_source = base\n");
  assert.equal(saved.files[home.CREDENTIALS], before);
  assert.equal(saved.requests.length, 1);
});

Deno.test("a logout forgets all that is kept for the key: the user's session and every role's, and no other key's", async () => {
  const files = {
    [home.CREDENTIALS]: `[base]\n${KEYS}[bob]\naws_access_key_id = AKIAALICE2\naws_secret_access_key = b/s\n`,
    [home.CONFIG]: role("one") + role("two"),
  };
  const fake = home.fakeWorld({ files });
  for (const args of [["-p", "one", "111111"], ["-p", "two"], ["env", "-s", "sh", "-p", "bob", "222222"]]) {
    assert.equal((await playIn(fake, args)).code, 0);
  }
  const inFolder = (): string[] =>
    [...fake.files.keys()].filter((path) => path.startsWith(`${home.CACHE_FOLDER}/`)).toSorted();
  assert.equal(inFolder().length, 5);
  const { code, stdout } = await playIn(fake, ["logout", "-p", "two"]);
  assert.equal(
    stdout,
    "Profile 'two' is logged out.\nThe cached session was deleted.\n",
  );
  assert.equal(code, 0);
  assert.deepEqual(inFolder(), [`${home.CACHE_FOLDER}/AKIAALICE2.json`, home.DEVICES]);
  assert.ok(!fake.files.has(home.CACHED));
});

const QUOTED: [what: string, args: string[], setup: home.FakeSetup, hint: string][] = [
  [
    "a profile that is not logged in",
    ["status", "-p", "team a"],
    { files: { [home.CREDENTIALS]: `[team a]\n${KEYS}` } },
    "awsmfa -p 'team a'   (with its own keys, which a login backs up; the session goes to [team a])",
  ],
  [
    "credential-process",
    ["credential-process", "-p", "team a"],
    { files: { [home.CREDENTIALS]: `[team a]\n${KEYS}` } },
    "; run: awsmfa -p 'team a'",
  ],
  [
    "a profile without keys",
    ["-p", "team a", "123456"],
    { files: { [home.CONFIG]: '[profile "team a"]\nregion = x\n' } },
    "awsmfa setup -p 'team a'",
  ],
  [
    "a profile of another program",
    ["-p", "team a", "123456"],
    { files: { [home.CONFIG]: '[profile "team a"]\nsso_session = x\n' } },
    "use it without awsmfa: aws sts get-caller-identity --profile 'team a'",
  ],
];
for (const [what, args, setup, hint] of QUOTED) {
  Deno.test(`a name with blanks is quoted in what is to be typed: ${what}`, async () => {
    const played = await play(args, setup);
    assertFailed(played, { code: 4, stderr: /^awsmfa: / });
    assert.ok(played.stderr.endsWith(`${hint}\n`), played.stderr);
  });
}

Deno.test("AWS_PROFILE that names another profile: the export is quoted", async () => {
  const { stderr, code } = await play(["-p", "team a", "123456"], {
    files: { [home.CREDENTIALS]: `[team a]\n${KEYS}` },
    env: { AWS_PROFILE: "x" },
  });
  assert.match(stderr, /^warning: AWS_PROFILE is 'x', .*\nhint: export AWS_PROFILE='team a'\n/m);
  assert.equal(code, 0);
});
