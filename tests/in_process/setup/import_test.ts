import assert from "node:assert/strict";
import type { YamlData } from "../../../src/domain/imports/yaml_data.ts";
import * as home from "../../support/fake_world.ts";
import { assertFailed, play, type Played, playIn } from "../play.ts";

// YAML can't be parsed without the permission to read variables: these files come parsed into the fake world.
const YAML = "/home/alice/.aws/aws-mfa.yaml";
const parsed = (data: YamlData): home.FakeSetup => ({ but: { parseYaml: () => Promise.resolve(data) } });
const CWELLS = new Map([["default", new Map([["account", "111122223333"], ["username", "alice"]])]]);

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const BROAMSKI = `# mine\n[work-long-term]\n${KEYS}aws_mfa_device = ${home.ALICES_DEVICE}\n`;
const UNPREFIXED = "# mine\n[work]\nregion = eu-west-1 # near\n\n[other]\noutput = json";
const FILES = { [home.CREDENTIALS]: BROAMSKI, [home.CONFIG]: UNPREFIXED };
const CONFIG_AFTER =
  `# mine\n[profile work]\nregion = eu-west-1 # near\naws_mfa_device = ${home.ALICES_DEVICE}\n\n` +
  "[profile other]\noutput = json";
const AFTER = { [home.CREDENTIALS]: BROAMSKI, [home.CONFIG]: CONFIG_AFTER };
const FOUND =
  `${home.CONFIG} is the configuration of reusabit/awsmfa or huvcodes/aws-cli-mfa, and of broamski/aws-mfa.\n`;
const DIFF = `--- ${home.CONFIG}\n+++ ${home.CONFIG}\n@@ -1,6 +1,7 @@\n # ****\n-[work]\n+[profile work]\n` +
  ` region = eu-west-1 # ****\n+aws_mfa_device = ${home.ALICES_DEVICE}\n \n-[other]\n+[profile other]\n output = json\n` +
  "\\ No newline at end of file\n";
const QUESTION = "Write this? [y/N]: ";

function assertPlayed(
  played: Played,
  expected: { code?: number; stdout: string; stderr: string; files: Record<string, string>; saves: string[] },
): void {
  const { code = 0, ...rest } = expected;
  const { stdout, stderr, files, saves } = played;
  assert.deepEqual({ stdout, stderr, files, saves }, rest);
  assert.equal(played.code, code);
}

for (const answer of ["y", "Y", "yes", " YES "]) {
  Deno.test(`import shows what it would change, asks, and writes it: ${JSON.stringify(answer)}`, async () => {
    const played = await play(["import", home.CONFIG], { files: FILES, answers: [answer] });
    assertPlayed(played, {
      stdout: `${home.CONFIG} is changed.\n`,
      stderr: FOUND + DIFF,
      files: AFTER,
      saves: [home.CONFIG],
    });
    assert.deepEqual(played.questions, [QUESTION]);
    assert.deepEqual(played.kept, [["read", "write", "env"]]);
  });
}

for (const answers of [["n"], [""], ["yep"], ["no"], []]) {
  Deno.test(`import writes nothing without a yes: ${JSON.stringify(answers)}`, async () => {
    const played = await play(["import", home.CONFIG], { files: FILES, answers });
    assertPlayed(played, {
      code: 130,
      stdout: "",
      stderr: `${FOUND}${DIFF}awsmfa: nothing was written\n`,
      files: FILES,
      saves: [],
    });
    assert.deepEqual(played.questions, [QUESTION]);
  });
}

Deno.test("import on a terminal with colours paints what is shown, and nothing else", async () => {
  const { code, stdout, stderr } = await play(["import", home.CONFIG], {
    files: FILES,
    answers: ["y"],
    but: { colour: true },
  });
  assert.deepEqual([code, stdout], [0, `${home.CONFIG} is changed.\n`]);
  // deno-lint-ignore no-control-regex
  assert.equal(stderr.replaceAll(/\x1b\[\d+m/g, ""), FOUND + DIFF);
  assert.ok(stderr.includes("\n\x1b[31m-[work]\x1b[0m\n\x1b[32m+[profile work]\x1b[0m\n region"));
});

for (const flag of ["--yes", "-y"]) {
  Deno.test(`import ${flag} asks nobody, with or without a terminal`, async () => {
    for (const setup of [{ files: FILES }, { files: FILES, answers: ["n"] }]) {
      const played = await play(["import", home.CONFIG, flag], setup);
      assertPlayed(played, {
        stdout: `${home.CONFIG} is changed.\n`,
        stderr: FOUND + DIFF,
        files: AFTER,
        saves: [home.CONFIG],
      });
      assert.deepEqual(played.questions, []);
    }
  });
}

Deno.test("import without a terminal writes only with --yes", async () => {
  const played = await play(["import", home.CONFIG], { files: FILES });
  const stderr = "awsmfa: there is no terminal to ask on; nothing was written\n" +
    "hint: --yes writes it, --dry-run shows it\n";
  assertFailed(played, { code: 2, stderr, files: FILES });
});

Deno.test("import --dry-run shows it on stdout and gives up the permission to write, also with --yes", async () => {
  for (const more of [[], ["--yes"]]) {
    const played = await play(["import", home.CONFIG, "--dry-run", ...more], {
      files: FILES,
      answers: ["y"],
    });
    assertPlayed(played, { stdout: FOUND + DIFF, stderr: "", files: FILES, saves: [] });
    assert.deepEqual([played.questions, played.kept], [[], [["read", "env"]]]);
  }
});

Deno.test("import --dry-run --json is one document, with the diffs", async () => {
  const played = await play(["import", home.CONFIG, "--dry-run", "--json"], { files: FILES });
  assert.deepEqual(JSON.parse(played.stdout), {
    dryRun: true,
    tools: ["reusabit/awsmfa or huvcodes/aws-cli-mfa", "broamski/aws-mfa"],
    notes: [],
    files: [{ path: home.CONFIG, diff: DIFF }],
  });
  assert.deepEqual([played.stderr, played.code, played.files, played.saves], ["", 0, FILES, []]);
});

Deno.test("import --json names what it changed", async () => {
  const played = await play(["import", home.CONFIG, "--json", "--yes"], { files: FILES });
  assert.deepEqual(JSON.parse(played.stdout), {
    tools: ["reusabit/awsmfa or huvcodes/aws-cli-mfa", "broamski/aws-mfa"],
    notes: [],
    changed: [home.CONFIG],
  });
  assert.deepEqual([played.stderr, played.code, played.files, played.saves], [FOUND + DIFF, 0, AFTER, [
    home.CONFIG,
  ]]);
});

Deno.test("import --json without a terminal writes only with --yes", async () => {
  const played = await play(["import", home.CONFIG, "--json"], { files: FILES });
  assertFailed(played, { code: 2, stderr: /^awsmfa: there is no terminal to ask on/, files: FILES });
});

Deno.test("import --json on a terminal asks, with the diff on stderr", async () => {
  const played = await play(["import", home.CONFIG, "--json"], { files: FILES, answers: ["y"] });
  assert.deepEqual(JSON.parse(played.stdout).changed, [home.CONFIG]);
  assert.deepEqual([played.stderr, played.files], [FOUND + DIFF, AFTER]);
});

Deno.test("import a second time changes nothing, and asks nothing", async () => {
  for (const file of [home.CONFIG, home.CREDENTIALS]) {
    const fake = home.fakeWorld({ files: FILES });
    assert.equal((await playIn(fake, ["import", file, "--yes"])).code, 0);
    fake.saves.length = 0;
    const stdout = `Nothing to change: all of ${file} is there already.\n`;
    assertPlayed(await playIn(fake, ["import", file]), { stdout, stderr: "", files: AFTER, saves: [] });
    const { stdout: shown } = await playIn(fake, ["import", file, "--dry-run"]);
    assert.match(shown, /\nNo file would change\.\n$/);
    const json = await playIn(fake, ["import", file, "--json"]);
    assert.deepEqual([JSON.parse(json.stdout).changed, json.stderr, json.saves], [[], "", []]);
  }
});

Deno.test("import of AWS files that are nobody else's says so", async () => {
  const files = {
    [home.CREDENTIALS]: `[default]\n${KEYS}`,
    [home.CONFIG]: "[default]\nregion = eu-west-1\n",
  };
  assertPlayed(await play(["import", home.CONFIG, "--dry-run"], { files }), {
    stdout: `Nothing in ${home.CONFIG} is another tool's.\nNo file would change.\n`,
    stderr: "",
    files,
    saves: [],
  });
});

Deno.test("import knows the file in use by another way to it", async () => {
  const linked = "/home/alice/dotfiles/aws-config";
  const files = { ...FILES, [linked]: UNPREFIXED };
  const played = await play(["import", linked, "--yes"], { files });
  assertPlayed(played, {
    stdout: `${home.CONFIG} is changed.\n`,
    stderr: FOUND.replace(home.CONFIG, linked) + DIFF,
    files: { ...files, ...AFTER },
    saves: [home.CONFIG],
  });
});

Deno.test("import takes the files that the variables name", async () => {
  const env = { AWS_CONFIG_FILE: "/etc/aws/config", AWS_SHARED_CREDENTIALS_FILE: "/etc/aws/credentials" };
  const files = { "/etc/aws/config": UNPREFIXED, "/etc/aws/credentials": BROAMSKI };
  const played = await play(["import", "/etc/aws/config", "--yes"], { files, env });
  assertPlayed(played, {
    stdout: "/etc/aws/config is changed.\n",
    stderr: (FOUND + DIFF).replaceAll(home.CONFIG, "/etc/aws/config"),
    files: { ...files, "/etc/aws/config": CONFIG_AFTER },
    saves: ["/etc/aws/config"],
  });
});

Deno.test("import shows secrets of the credentials file as asterisks, in comments too", async () => {
  const old = "o1d/Secret+".repeat(4);
  const credentials = `[default]\n${KEYS}# was ${old}\nmfa_serial = "${home.ALICES_DEVICE}"\n`;
  const played = await play(["import", home.CREDENTIALS], {
    files: { [home.CREDENTIALS]: credentials },
    answers: ["y"],
  });
  assertPlayed(played, {
    stdout: `${home.CREDENTIALS} is changed.\n`,
    stderr:
      `${home.CREDENTIALS} is the configuration of huvcodes/aws-cli-mfa.\n--- ${home.CREDENTIALS}\n+++ ${home.CREDENTIALS}\n` +
      "@@ -3,3 +3,3 @@\n aws_secret_access_key = ****\n # ****\n" +
      `-mfa_serial = "${home.ALICES_DEVICE}"\n+mfa_serial = ${home.ALICES_DEVICE}\n`,
    files: { [home.CREDENTIALS]: credentials.replaceAll('"', "") },
    saves: [home.CREDENTIALS],
  });
});

Deno.test("import of luhring's backup shows both files without a secret, and puts the keys back first", async () => {
  const original = `# mine\n[default]\n${KEYS}region = eu-west-1\n# end`;
  const session =
    "[default]\naws_access_key_id = ASIAX\naws_secret_access_key = s3cret\naws_session_token = t0ken\n";
  const files = { [home.CREDENTIALS]: session, [home.BACKUP]: original };
  const played = await play(["import", home.BACKUP], { files, answers: ["y"] });
  assert.match(played.stderr, /^\S+ is the configuration of luhring\/awsmfa\.\n--- /);
  assert.ok(played.stderr.includes("+aws_access_key_id = AKIAALICE\n+aws_secret_access_key = ****\n"));
  assert.ok(played.stderr.includes(`--- ${home.BACKUP}\n+++ /dev/null\n`));
  assertPlayed(played, {
    stdout: `${home.CREDENTIALS} is changed.\n${home.BACKUP} is deleted.\n`,
    stderr: played.stderr,
    files: { [home.CREDENTIALS]: original },
    saves: [home.CREDENTIALS, `-${home.BACKUP}`],
  });
});

Deno.test("import of YAML makes a config file where there is none, and says what it does not need", async () => {
  const files = { [home.CREDENTIALS]: `[default]\n${KEYS}`, [YAML]: "as parsed" };
  const data = new Map([
    ["default", new Map([["account", "111122223333"], ["username", "alice"], ["shell", "bash"]])],
    ["staging", new Map([["aws_profile", "stage"]])],
  ]);
  const notes = [
    "profile 'stage' has no access key yet: awsmfa setup -p stage",
    "shell is not needed: awsmfa env finds the shell that it is run from",
  ];
  const config = `[default]\naws_mfa_device = ${home.ALICES_DEVICE}\n\n` +
    `[profile staging]\naws_mfa_device = ${home.ALICES_DEVICE}\nawsmfa_source = stage\n`;
  const diff = `--- /dev/null\n+++ ${home.CONFIG}\n@@ -0,0 +1,6 @@\n${
    config.replaceAll(/^(?!$(?![^]))/gm, "+")
  }`;
  const said = notes.map((note) => `note: ${note}\n`).join("");

  const shown = await play(["import", YAML, "--dry-run"], { files, ...parsed(data) });
  const found = `${YAML} is the configuration of cwells/aws-mfa.\n${said}`;
  assertPlayed(shown, { stdout: found + diff, stderr: "", files, saves: [] });

  const written = await play(["import", YAML, "--yes"], { files, ...parsed(data) });
  assertPlayed(written, {
    stdout: `${home.CONFIG} is changed.\n`,
    stderr: found + diff,
    files: { ...files, [home.CONFIG]: config },
    saves: [home.CONFIG],
  });

  const json = await play(["import", YAML, "--yes", "--json"], { files, ...parsed(data) });
  assert.deepEqual(JSON.parse(json.stdout), { tools: ["cwells/aws-mfa"], notes, changed: [home.CONFIG] });
  assert.deepEqual([json.stderr, json.code], [found + diff, 0]);
});

Deno.test("what is asked about says each note once", async () => {
  const files = { [YAML]: "as parsed" };
  const { code, stderr } = await play(["import", YAML], { files, answers: ["y"], ...parsed(CWELLS) });
  assert.equal(code, 0);
  assert.equal(stderr.split("profile 'default' has no access key yet").length, 2, stderr);
});

/** A run in which another program writes while the question stands. */
function playMeanwhile(
  fake: home.FakeWorld,
  write: (files: Map<string, string>) => void,
  file = home.CONFIG,
): Promise<Played> {
  const ask: home.FakeWorld["world"]["ask"] = () => {
    write(fake.files);
    return Promise.resolve("y");
  };
  return playIn({ ...fake, world: { ...fake.world, ask } }, ["import", file]);
}

Deno.test("import writes nothing where the file is another one by the time of the answer", async () => {
  const others = `${UNPREFIXED}\n[profile new]\nregion = us-east-1\n`;
  const fake = home.fakeWorld({ files: FILES, answers: [] });
  const played = await playMeanwhile(fake, (files) => files.set(home.CONFIG, others));
  assertPlayed(played, {
    code: 5,
    stdout: "",
    stderr: `${FOUND}${DIFF}awsmfa: ${home.CONFIG} was changed by another program meanwhile\n` +
      "hint: run the import again\n",
    files: { ...FILES, [home.CONFIG]: others },
    saves: [],
  });
});

Deno.test("import writes nothing where the file was removed, or made, by the time of the answer", async () => {
  const removed = await playMeanwhile(
    home.fakeWorld({ files: FILES, answers: [] }),
    (files) => files.delete(home.CONFIG),
  );
  assert.deepEqual([removed.code, removed.files], [5, { [home.CREDENTIALS]: BROAMSKI }]);

  const before = { [home.CREDENTIALS]: `[default]\n${KEYS}`, [YAML]: "as parsed" };
  const made = await playMeanwhile(
    home.fakeWorld({ files: before, answers: [], ...parsed(CWELLS) }),
    (files) => files.set(home.CONFIG, "[default]\nregion = x\n"),
    YAML,
  );
  assert.match(made.stderr, /\nawsmfa: \S+config was changed by another program meanwhile\n/);
  assert.deepEqual([made.code, made.files], [5, { ...before, [home.CONFIG]: "[default]\nregion = x\n" }]);
});

Deno.test("import writes none of two files where one of them changed while it was to be saved", async () => {
  const files = {
    [home.CREDENTIALS]: `[default]\n${KEYS}mfa_serial = "${home.ALICES_DEVICE}"\n`,
    [home.CONFIG]: UNPREFIXED,
  };
  const played = await play(["import", home.CONFIG, "--yes"], {
    files,
    meanwhile: (now) => now.set(home.CONFIG, "[profile theirs]\n"),
  });
  assert.deepEqual([played.code, played.stdout, played.saves], [5, "", []]);
  assert.ok(
    played.stderr.endsWith(
      `\nawsmfa: ${home.CONFIG} was changed by another program meanwhile\nhint: run the import again\n`,
    ),
  );
  assert.deepEqual(played.files, { ...files, [home.CONFIG]: "[profile theirs]\n" });
});

const OWN_BACKUP =
  "# Long-term keys that awsmfa put aside while a session is in their place; `awsmfa --restore` puts them back.\n" +
  `[default]\n${KEYS}`;
const REFUSED: {
  readonly what: string;
  readonly file: string;
  readonly files: Record<string, string>;
  readonly stderr: string;
  readonly setup?: home.FakeSetup;
}[] = [
  {
    what: "a file that is not there",
    file: "/home/alice/gone.yaml",
    files: FILES,
    stderr: "awsmfa: /home/alice/gone.yaml is not there\nhint: awsmfa import FILE\n",
  },
  {
    what: "awsmfa's own backup",
    file: home.BACKUP,
    files: { [home.BACKUP]: OWN_BACKUP },
    stderr:
      `awsmfa: ${home.BACKUP} is awsmfa's own backup\nhint: awsmfa --restore puts the keys in it back\n`,
  },
  {
    what: "an INI file that is not the one in use",
    file: "/home/alice/old/config",
    files: { ...FILES, "/home/alice/old/config": "[work]\nregion = us-east-1\n" },
    stderr:
      "awsmfa: /home/alice/old/config looks like one of AWS's files, and is not the one that is in use\n" +
      "hint: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name those\n",
  },
  {
    what: "an INI file with comments on top that is not the one in use",
    file: "/home/alice/old/config",
    files: { "/home/alice/old/config": "# mine\n\n  ; too\n  [default]\nregion = us-east-1\n" },
    stderr:
      "awsmfa: /home/alice/old/config looks like one of AWS's files, and is not the one that is in use\n" +
      "hint: AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name those\n",
  },
  {
    what: "YAML that isn't a mapping",
    file: YAML,
    files: { [YAML]: "long/secret" },
    setup: parsed("long/secret"),
    stderr: `awsmfa: ${YAML}: no configuration that awsmfa knows\n` +
      "hint: it knows those of cwells/aws-mfa and wizard-shack/aws-mfa, and the AWS files of other tools\n",
  },
  {
    what: "YAML of no tool",
    file: YAML,
    files: { [YAML]: "as parsed" },
    setup: parsed(new Map([["version", "3"]])),
    stderr: `awsmfa: ${YAML}: no configuration that awsmfa knows\n` +
      "hint: it knows those of cwells/aws-mfa and wizard-shack/aws-mfa, and the AWS files of other tools\n",
  },
  {
    what: "an AWS file in use that is broken",
    file: home.CONFIG,
    files: { [home.CONFIG]: "[work\nregion = eu-west-1\n" },
    stderr:
      `awsmfa: ${home.CONFIG}: line 1: Profile definition must end with ']'\nhint: correct line 1 of ${home.CONFIG}\n`,
  },
  {
    what: "a profile that is defined twice and would be changed",
    file: YAML,
    files: { [YAML]: "as parsed", [home.CONFIG]: "[default]\nregion = x\n\n[default]\nregion = y\n" },
    setup: parsed(CWELLS),
    stderr: `awsmfa: ${home.CONFIG}: profile 'default' is defined twice, in lines 1 and 4\n` +
      `hint: merge the two sections in ${home.CONFIG}: the AWS CLI can't read the file, either\n`,
  },
];
for (const { what, file, files, stderr, setup } of REFUSED) {
  Deno.test(`import refuses ${what}, and asks nothing`, async () => {
    for (const flags of [[], ["--yes"], ["--dry-run"], ["--json"]]) {
      const played = await play(["import", file, ...flags], { files, answers: ["y"], ...setup });
      assertFailed(played, { code: 5, stderr, files });
      assert.deepEqual(played.questions, []);
    }
  });
}

Deno.test("import without a file, or with two, is wrong usage", async () => {
  assertFailed(await play(["import"]), { code: 2, stderr: /^awsmfa: missing argument <file>\n/ });
  assertFailed(await play(["import", YAML, home.CONFIG]), { code: 2, stderr: /^awsmfa: too many arguments/ });
});

for (const comment of ["# optional [default]", "# see [1]\n# and [2]"]) {
  Deno.test(`a bracket in a comment makes YAML no AWS file: ${JSON.stringify(comment)}`, async () => {
    const files = { [home.CREDENTIALS]: `[default]\n${KEYS}`, [YAML]: `${comment}\n---\ndefault:\n` };
    const { code, stderr } = await play(["import", YAML, "--yes"], { files, ...parsed(CWELLS) });
    assert.equal(code, 0, stderr);
  });
}

Deno.test("a comment that is a row of signs keeps nobody waiting for ever", async () => {
  const files = { [home.CREDENTIALS]: `[default]\n${KEYS}`, [YAML]: `#${" #".repeat(99)}\ndefault:\n` };
  const { code } = await play(["import", YAML, "--yes"], { files, ...parsed(CWELLS) });
  assert.equal(code, 0);
});
