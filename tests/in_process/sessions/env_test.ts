import assert from "node:assert/strict";
import * as home from "../../support/fake_world.ts";
import { formatHandedOut, type HandedOut } from "../../../src/domain/sessions/handed_out.ts";
import { assertFailed, play, playIn } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const files = {
  [home.CREDENTIALS]: `[default]\n${KEYS}[work]\n${KEYS}`,
  [home.CONFIG]: "[profile work]\nregion = eu-west-1\n",
};

const SET = "export AWS_ACCESS_KEY_ID='ASIA0000000000000001';\n" +
  "export AWS_SECRET_ACCESS_KEY='temporary/secret+1';\nexport AWS_SESSION_TOKEN='session//token==1';\n" +
  "export AWS_CREDENTIAL_EXPIRATION='2026-11-20T21:00:00Z';\n";
const ACCOUNT = "export AWS_ACCOUNT_ID='111122223333';\n";
const UNSET = "unset AWS_PROFILE;\nunset AWS_DEFAULT_PROFILE;\nunset AWS_SECURITY_TOKEN;\n";
/** The variables that a mark tells of, with these more in their place. */
const MARKED = {
  AWS_ACCESS_KEY_ID: "ASIA0000000000000001",
  AWS_CREDENTIAL_EXPIRATION: "2026-11-20T21:00:00Z",
};
const MARKED_ACCOUNT = { AWS_ACCOUNT_ID: "111122223333" };
const NOTHING = { was: new Map(), options: new Map(), files: new Map(), keyId: undefined };

function own(profile: string, set: Record<string, string>, more: Partial<HandedOut> = {}): string {
  const mark = { ...NOTHING, set: new Map(Object.entries({ ...set, AWSMFA_PROFILE: profile })), ...more };
  return `export AWSMFA_PROFILE='${profile}';\nexport AWSMFA_SET='${formatHandedOut(mark)}';\n`;
}
const ALL = SET + ACCOUNT + UNSET + own("default", { ...MARKED, ...MARKED_ACCOUNT });

Deno.test("stdout holds the variables and nothing else, the AWS files are untouched, the session is kept", async () => {
  const { code, stdout, stderr, saves, files: after } = await play(["env", "-s", "bash", "123456"], {
    files,
  });
  assert.equal(stdout, ALL);
  assert.deepEqual([stderr, code], ["", 0]);
  assert.deepEqual(saves, [home.CACHED, home.DEVICES]);
  assert.deepEqual(after, {
    ...files,
    [home.CACHED]: after[home.CACHED],
    [home.DEVICES]: after[home.DEVICES],
  });
  assert.equal(after[home.BACKUP], undefined);
});

Deno.test("the region goes along where it is known: --region, else the variable, else the profile's", async () => {
  const cases: [args: string[], env: Record<string, string>, region: string][] = [
    [["-p", "work", "--region", "eu-west-2"], { AWS_REGION: "eu-west-3" }, "eu-west-2"],
    [["-p", "work"], { AWS_REGION: "eu-west-3" }, "eu-west-3"],
    [["-p", "work"], {}, "eu-west-1"],
  ];
  for (const [args, env, region] of cases) {
    const { stdout } = await play(["env", "-s", "sh", ...args, "123456"], { files, env });
    const isSetting = env["AWS_REGION"] === region;
    // What boto3 knows alone is what it would find in the profile.
    const second = isSetting ? "eu-west-1" : region;
    const regions = { ...(isSetting ? {} : { AWS_REGION: region }), AWS_DEFAULT_REGION: second };
    const was = !isSetting && env["AWS_REGION"] ? { was: new Map([["AWS_REGION", env["AWS_REGION"]]]) } : {};
    assert.equal(
      stdout,
      `${SET}export AWS_REGION='${region}';\nexport AWS_DEFAULT_REGION='${second}';\n${ACCOUNT}${UNSET}${
        own("work", { ...MARKED, ...regions, ...MARKED_ACCOUNT }, was)
      }`,
    );
  }
});

Deno.test("the question and notes go to stderr, so that eval reads variables only", async () => {
  const { stdout, stderr, questions, code } = await play(["env", "-s", "sh"], { files, answers: ["123456"] });
  assert.equal(stdout, ALL);
  assert.deepEqual(questions, ["Code of mfa/alice for profile 'default': "]);
  assert.deepEqual([stderr, code], ["", 0]);
});

Deno.test("the next command, the next shell and the next profile of the same key get the kept session", async () => {
  const fake = home.fakeWorld({ files });
  const first = await playIn(fake, ["env", "-s", "sh", "123456"]);
  const second = await playIn(fake, ["env", "-s", "sh"]);
  assert.equal(second.stdout, first.stdout);
  const other = await playIn(fake, ["-p", "work", "env", "-s", "sh"]);
  assert.match(other.stdout, /^export AWS_ACCESS_KEY_ID='ASIA0000000000000001';\n/);
  assert.deepEqual([fake.requests.length, fake.questions.length, fake.saves], [1, 0, [
    home.CACHED,
    home.DEVICES,
  ]]);
});

Deno.test("a session that a login put into the file is used, too", async () => {
  const fake = home.fakeWorld({ files });
  await playIn(fake, ["123456"]);
  fake.files.delete(home.CACHED);
  fake.saves.length = 0;
  const { code, stdout, saves } = await playIn(fake, ["env", "-s", "sh"]);
  // Whose account it is stands nowhere then.
  assert.equal(stdout, SET + UNSET + own("default", MARKED));
  assert.deepEqual([code, saves], [0, []]);
});

Deno.test("a login after env takes the same session", async () => {
  const fake = home.fakeWorld({ files });
  await playIn(fake, ["env", "-s", "sh", "123456"]);
  const { stdout, requests } = await playIn(fake, []);
  assert.match(stdout, /reusing an earlier login\.\n$/);
  assert.equal(requests.length, 1);
});

const SHELLS: [what: string, args: string[], setup: home.FakeSetup, first: RegExp][] = [
  [
    "-s",
    ["-s", "fish"],
    { parentProgram: "zsh", env: { SHELL: "/bin/bash" } },
    /^set -gx AWS_ACCESS_KEY_ID '/,
  ],
  ["--shell", ["--shell=tcsh"], {}, /^setenv AWS_ACCESS_KEY_ID '/],
  ["the parent program", [], { parentProgram: "-fish", env: { SHELL: "/bin/bash" } }, /^set -gx /],
  ["the parent's path", [], { parentProgram: "/usr/bin/tcsh" }, /^setenv /],
  [
    "SHELL where the parent is no shell",
    [],
    { parentProgram: "make", env: { SHELL: "/usr/bin/fish" } },
    /^set -gx /,
  ],
  ["SHELL where the parent is unknown", [], { env: { SHELL: "/bin/tcsh" } }, /^setenv /],
  ["sh where nothing tells", [], { env: { SHELL: "/bin/unknown" } }, /^export /],
  [
    "PowerShell on Windows where nothing tells",
    [],
    { but: { windows: true } },
    /^\$Env:AWS_ACCESS_KEY_ID = '/,
  ],
];
for (const [what, args, setup, first] of SHELLS) {
  Deno.test(`the shell is named by ${what}`, async () => {
    const windows = setup.but?.windows
      ? { AWS_SHARED_CREDENTIALS_FILE: home.CREDENTIALS, AWS_CONFIG_FILE: home.CONFIG }
      : {};
    const { code, stdout } = await play(["env", ...args, "123456"], {
      files,
      ...setup,
      env: { ...setup.env, ...windows },
    });
    assert.match(stdout, first);
    assert.equal(code, 0);
  });
}

Deno.test("an unknown shell is wrong usage before anything is read, and the hint lists all", async () => {
  const played = await play(["env", "-s", "xonsh", "123456"], { files });
  assertFailed(played, {
    code: 2,
    stdout: "false;\n",
    stderr: /^awsmfa: --shell: 'xonsh' is not known\nhint: one of bash, zsh, sh, .*github\n$/,
  });
  assert.deepEqual(played.requests, []);
});

Deno.test("--unset prints the opposite, for every shell, and needs neither code nor files", async () => {
  const readText = (): never => {
    throw new Error("too early");
  };
  const cases: [shell: string, text: string][] = [
    [
      "bash",
      "unset AWS_ACCESS_KEY_ID;\nunset AWS_SECRET_ACCESS_KEY;\nunset AWS_SESSION_TOKEN;\nunset AWS_CREDENTIAL_EXPIRATION;\n",
    ],
    [
      "fish",
      "set -e AWS_ACCESS_KEY_ID; or true;\nset -e AWS_SECRET_ACCESS_KEY; or true;\n" +
      "set -e AWS_SESSION_TOKEN; or true;\nset -e AWS_CREDENTIAL_EXPIRATION; or true;\n",
    ],
    [
      "dotenv",
      "AWS_ACCESS_KEY_ID=\nAWS_SECRET_ACCESS_KEY=\nAWS_SESSION_TOKEN=\nAWS_CREDENTIAL_EXPIRATION=\n",
    ],
  ];
  for (const [shell, text] of cases) {
    const { code, stdout, stderr } = await play(["env", "--unset", "-s", shell], { but: { readText } });
    assert.deepEqual([stdout, stderr, code], [text, "", 0]);
  }
});

Deno.test("files for other programs hold no empty AWS_PROFILE, which boto3 would look for", async () => {
  for (const format of ["dotenv", "docker"]) {
    const { stdout } = await play(["env", "-s", format, "123456"], { files });
    assert.equal(
      stdout,
      "AWS_ACCESS_KEY_ID=ASIA0000000000000001\nAWS_SECRET_ACCESS_KEY=temporary/secret+1\n" +
        "AWS_SESSION_TOKEN=session//token==1\nAWS_CREDENTIAL_EXPIRATION=2026-11-20T21:00:00Z\n" +
        "AWS_ACCOUNT_ID=111122223333\nAWS_SECURITY_TOKEN=\n" +
        own("default", { ...MARKED, ...MARKED_ACCOUNT }).replace(/^export |[';]/gm, ""),
    );
  }
});

Deno.test("JSON is an object of what to set, and with --unset an array of what to unset: no null in it", async () => {
  const { stdout } = await play(["env", "-s", "json", "123456"], { files });
  const read: Record<string, unknown> = JSON.parse(stdout);
  assert.equal(read["AWS_SESSION_TOKEN"], "session//token==1");
  assert.ok(Object.values(read).every((value) => typeof value === "string"));
  assert.ok(!("AWS_PROFILE" in read));
  const names: unknown = JSON.parse((await play(["env", "-s", "json", "--unset"])).stdout);
  assert.ok(Array.isArray(names));
  for (const name of ["AWS_SESSION_TOKEN", "AWS_PROFILE", "AWS_SECURITY_TOKEN"]) {
    assert.ok(names.includes(name));
  }
});

Deno.test("what a format can't unset is told on stderr where it is set; a shell unsets it", async () => {
  const cases: [format: string, env: Record<string, string>, told: string][] = [
    ["docker", { AWS_PROFILE: "x" }, "AWS_PROFILE is set, and -s docker can't unset it"],
    ["dotenv", { AWS_DEFAULT_PROFILE: "x" }, "AWS_DEFAULT_PROFILE is set, and -s dotenv can't unset it"],
    [
      "json",
      { AWS_PROFILE: "x", AWS_SECURITY_TOKEN: "y" },
      "AWS_PROFILE and AWS_SECURITY_TOKEN are set, and ",
    ],
    [
      "github",
      { AWS_PROFILE: "x", GITHUB_ENV: "/tmp/e" },
      "AWS_PROFILE is set, and -s github can't unset it",
    ],
  ];
  for (const [format, env, told] of cases) {
    const args = ["env", "-p", "default", "-s", format, "123456"];
    const { code, stderr } = await play(args, { files, env });
    assert.equal(code, 0);
    assert.ok(stderr.startsWith(`warning: ${told}`), stderr);
    assert.match(stderr, /\nhint: unset AWS_\w+( AWS_\w+)*\n$/);
  }
  const { stderr } = await play(["env", "-p", "default", "-s", "sh", "123456"], {
    files,
    env: { AWS_PROFILE: "x", AWS_SECURITY_TOKEN: "y" },
  });
  assert.equal(stderr, "");
  const empty = await play(["env", "-p", "default", "-s", "docker", "123456"], {
    files,
    env: { AWS_PROFILE: "" },
  });
  assert.equal(empty.stderr, "");
});

Deno.test("whatever fails, the shell that reads stdout gets a line that fails in it, and a format nothing", async () => {
  const failing: [args: string[], parentProgram: string | undefined, stdout: string][] = [
    [[], "zsh", "false;\n"],
    [[], "/usr/bin/fish", "false;\n"],
    [[], "tcsh", "false;\n"],
    [[], "pwsh", "throw 'awsmfa env failed';\n"],
    [["-s", "cmd"], "bash", "cmd /c exit 1\n"],
    [["--shell=nu"], "bash", 'error make {msg: "awsmfa env failed"};\n'],
    [["-selvish"], "bash", "fail 'awsmfa env failed';\n"],
    [["--shell", "tclsh"], "bash", "error {awsmfa env failed};\n"],
    [["-s", "json"], "bash", ""],
    [["-s", "github"], "bash", ""],
    [["--frobnicate"], "pwsh", "throw 'awsmfa env failed';\n"],
    [["-p"], "bash", "false;\n"],
    [["-p", ""], "bash", "false;\n"],
    [["12", "34", "56", "78"], "bash", "false;\n"],
    [["--", "x"], "bash", "false;\n"],
  ];
  for (const [args, parentProgram, stdout] of failing) {
    const setup = parentProgram === undefined ? { files } : { files, parentProgram };
    const played = await play(["env", ...args], setup);
    assert.deepEqual([played.code, played.stdout], [2, stdout], args.join(" "));
  }
  // After AWS was asked, when running programs is given up.
  const refused = await play(["env", "123456"], { files, parentProgram: "pwsh", sts: home.refuseCode });
  assert.deepEqual([refused.code, refused.stdout], [3, "throw 'awsmfa env failed';\n"]);
  // Nobody evaluates what another command prints.
  assert.equal((await play(["status", "--frobnicate"], { files, parentProgram: "bash" })).stdout, "");
});

Deno.test("github: the secrets are masked on stdout, and the variables go to the end of GITHUB_ENV's file", async () => {
  const GITHUB = "/tmp/github_env";
  const { code, stdout, stderr, files: after, saves } = await play(["env", "-s", "github", "123456"], {
    files: { ...files, [GITHUB]: "X=1\n" },
    env: { GITHUB_ENV: GITHUB },
  });
  assert.equal(stdout, "::add-mask::temporary/secret+1\n::add-mask::session//token==1\n");
  assert.deepEqual([stderr, code], ["", 0]);
  assert.match(after[GITHUB] ?? "", /^X=1\nAWS_ACCESS_KEY_ID=ASIA0000000000000001\nAWS_SECRET_ACCESS_KEY=/);
  assert.doesNotMatch(after[GITHUB] ?? "", /^AWS_\w*PROFILE/m);
  assert.deepEqual(saves, [home.CACHED, home.DEVICES, GITHUB]);
});

Deno.test("github outside of GitHub Actions is told before anything is asked", async () => {
  const played = await play(["env", "-s", "github"], { files, answers: ["123456"] });
  assertFailed(played, { code: 2, stdout: "", stderr: /^awsmfa: GITHUB_ENV is not set\nhint: /, files });
  assert.deepEqual(played.questions, []);
});

Deno.test("without a session and without a terminal nothing is printed", async () => {
  assertFailed(await play(["env", "-s", "sh"], { files }), {
    code: 2,
    stdout: "false;\n",
    stderr: "awsmfa: an MFA code is required, but there is no terminal to ask for it\nhint: awsmfa 123456\n",
    files,
  });
});

Deno.test("a role's credentials are handed on, and config keeps its role", async () => {
  const config = "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n";
  const fake = home.fakeWorld({ files: { ...files, [home.CONFIG]: config } });
  const { code, stdout } = await playIn(fake, ["env", "-p", "r", "-s", "sh", "123456"]);
  assert.match(stdout, /^export AWS_ACCESS_KEY_ID='ASIAROLE000000000001';\n/);
  assert.equal(code, 0);
  assert.equal(fake.files.get(home.CONFIG), config);
  assert.equal(fake.files.get(home.CREDENTIALS), files[home.CREDENTIALS]);
  const again = await playIn(fake, ["env", "-p", "r", "-s", "sh"]);
  assert.equal(again.stdout, stdout);
  assert.equal(fake.roleRequests.length, 1);
});
