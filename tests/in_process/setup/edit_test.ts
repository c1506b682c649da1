import assert from "node:assert/strict";
import { FileError, ProgramError } from "../../../src/errors.ts";
import { CONFIG, CREDENTIALS, type FakeSetup, fakeWorld } from "../../support/fake_world.ts";
import { assertFailed, play, type Played, playIn } from "../play.ts";

const SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const KEYS = `aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${SECRET}\n`;
const TEXT = `# mine\n[default]\n${KEYS}`;
const SETTINGS = "[default]\nregion = eu-west-1\n";
const FILES = { [CREDENTIALS]: TEXT, [CONFIG]: SETTINGS };
const MORE = "output = json\n";
const AGAIN = "What now? e: edit again, x: discard the changes, i: save anyway [e]: ";
const MEANWHILE = `${CONFIG} was changed by another program while it was edited`;

/** An editor that makes these texts of what it is given, one each time it is started. */
function making(...texts: (string | undefined)[]): () => string | undefined {
  return () => texts.shift();
}

function append(line: string): (text: string) => string {
  return (text) => text + line;
}

function edit(setup: FakeSetup, ...args: string[]): Promise<Played> {
  return play(["edit", ...args], { files: FILES, ...setup });
}

const WHICH: [args: string[], path: string, text: string][] = [
  [[], CONFIG, SETTINGS],
  [["config"], CONFIG, SETTINGS],
  [["credentials"], CREDENTIALS, TEXT],
];
for (const [args, path, text] of WHICH) {
  Deno.test(`awsmfa edit ${args.join(" ")} opens ${path} and saves what was made of it`, async () => {
    const { code, stdout, stderr, files, saves, edits } = await edit({ editor: append(MORE) }, ...args);
    assert.deepEqual(edits, [{ path, text, editor: "vi" }]);
    assert.equal(stdout, `${path} is saved.\n`);
    assert.deepEqual([stderr, code], ["", 0]);
    assert.deepEqual(saves, [path]);
    assert.deepEqual(files, { ...FILES, [path]: text + MORE });
  });
}

Deno.test("the files may lie where the variables say", async () => {
  const env = { AWS_CONFIG_FILE: "/etc/aws/settings", AWS_SHARED_CREDENTIALS_FILE: "~/keys" };
  for (
    const [file, path] of [["config", "/etc/aws/settings"], ["credentials", "/home/alice/keys"]] as const
  ) {
    const { edits, files } = await edit({ env, editor: append("[a]\n") }, file);
    assert.deepEqual(edits.map((each) => each.path), [path]);
    assert.deepEqual(files, { ...FILES, [path]: "[a]\n" });
  }
});

const EDITORS: [what: string, args: string[], setup: FakeSetup, editor: string][] = [
  ["--editor before all", ["--editor", "code --wait"], { env: { VISUAL: "v", EDITOR: "e" } }, "code --wait"],
  ["-e, the same", ["-e", "nano"], {}, "nano"],
  ["VISUAL before EDITOR", [], { env: { VISUAL: "emacs -nw", EDITOR: "ed" } }, "emacs -nw"],
  ["EDITOR where VISUAL is empty", [], { env: { VISUAL: "", EDITOR: "ed" } }, "ed"],
  ["EDITOR where VISUAL is blank", [], { env: { VISUAL: " ", EDITOR: "ed" } }, "ed"],
  ["vi where neither is set", [], {}, "vi"],
  ["vi where both are blank", [], { env: { VISUAL: " ", EDITOR: "\t" } }, "vi"],
];
for (const [what, args, setup, editor] of EDITORS) {
  Deno.test(`the editor is ${what}`, async () => {
    const { edits, code } = await edit({ ...setup, editor: append(MORE) }, ...args);
    assert.deepEqual([edits.map((each) => each.editor), code], [[editor], 0]);
  });
}

Deno.test("on Windows it is notepad, and the file lies in the user's own folder", async () => {
  const env = { HOME: "", USERPROFILE: "C:\\Users\\alice" };
  const { edits, code } = await edit({ env, editor: append("[a]\n"), but: { windows: true } });
  assert.deepEqual(edits, [{ path: "C:\\Users\\alice\\.aws\\config", text: "", editor: "notepad" }]);
  assert.equal(code, 0);
});

Deno.test("a text that is as before is not saved", async () => {
  const { code, stdout, stderr, files, saves } = await edit({ editor: (text) => text }, "credentials");
  assert.equal(stdout, `${CREDENTIALS} is unchanged.\n`);
  assert.deepEqual([stderr, code, saves], ["", 0, []]);
  assert.deepEqual(files, FILES);
});

Deno.test("a text that is as before is not looked at, whatever is wrong with it", async () => {
  const files = { [CONFIG]: "[a]\nbroken\n[a]\n" };
  const { code, stdout, stderr } = await edit({ files, editor: (text) => text });
  assert.deepEqual([stdout, stderr, code], [`${CONFIG} is unchanged.\n`, "", 0]);
});

Deno.test("an editor that fails changes nothing, and is named", async () => {
  for (const answers of [undefined, ["i"]]) {
    const played = await edit({ editor: making(undefined), ...(answers && { answers }) }, "-e", "my editor");
    assertFailed(played, {
      code: 5,
      stderr: `awsmfa: the editor 'my editor' failed, and ${CONFIG} is as before\n` +
        "hint: awsmfa edit --editor vi\n",
      files: FILES,
    });
    assert.deepEqual(played.questions, []);
  }
});

Deno.test("an editor that can't be started changes nothing, and ends as a shell would", async () => {
  const editor = (): never => {
    throw new ProgramError("can't run 'no-such-editor': there is no such program", "is it installed?", 127);
  };
  assertFailed(await edit({ editor }, "-e", "no-such-editor"), {
    code: 127,
    stderr: "awsmfa: can't run 'no-such-editor': there is no such program\nhint: is it installed?\n",
    files: FILES,
  });
});

Deno.test("a file that is not there yet is begun empty, and made where something is in it", async () => {
  const made = await edit({ files: {}, editor: append(SETTINGS) });
  assert.deepEqual(made.edits, [{ path: CONFIG, text: "", editor: "vi" }]);
  assert.deepEqual([made.stdout, made.code], [`${CONFIG} is saved.\n`, 0]);
  assert.deepEqual(made.files, { [CONFIG]: SETTINGS });
  const left = await edit({ files: {}, editor: () => "" });
  assert.deepEqual([left.stdout, left.code], [`${CONFIG} is unchanged.\n`, 0]);
  assert.deepEqual(left.files, {});
});

Deno.test("a file may be emptied, and stays", async () => {
  const { code, files } = await edit({ editor: () => "" });
  assert.equal(code, 0);
  assert.deepEqual(files, { ...FILES, [CONFIG]: "" });
});

interface Finding {
  readonly what: string;
  readonly file: "config" | "credentials";
  readonly made: string;
  readonly says: string;
}

const PROBLEMS: Finding[] = [
  {
    what: "a line without '='",
    file: "config",
    made: `${SETTINGS}output json\n`,
    says: `${CONFIG}: line 3: Expected an '=' sign defining a property`,
  },
  {
    what: "a secret that lost its key, which is not repeated",
    file: "credentials",
    made: `${TEXT}${SECRET}x\n`,
    says: `${CREDENTIALS}: line 5: Expected an '=' sign defining a property`,
  },
  {
    what: "a bracket that lacks",
    file: "config",
    made: `[default\nregion = x\n`,
    says: `${CONFIG}: line 1: Profile definition must end with ']'`,
  },
  {
    what: "a key before the first header",
    file: "config",
    made: `region = x\n${SETTINGS}`,
    says: `${CONFIG}: line 1: Expected a profile definition: '[name]' must come before the first key`,
  },
  {
    what: "a profile that is defined twice",
    file: "credentials",
    made: `${TEXT}[a]\n${TEXT}`,
    says: `profile 'default' is defined twice in ${CREDENTIALS}, in lines 2 and 7`,
  },
  {
    what: "a key twice, for which the AWS CLI reads no profile",
    file: "config",
    made: `${SETTINGS}REGION = eu-west-2\n`,
    says: `${CONFIG}: the AWS CLI could not read the file any more, from line 3 on: region is defined twice`,
  },
  {
    what: "a byte order mark",
    file: "config",
    made: `\ufeff${SETTINGS}`,
    says: `${CONFIG} begins with a byte order mark, which the AWS CLI can't read`,
  },
];

const WARNINGS: Finding[] = [
  {
    what: "a section that AWS tools skip",
    file: "config",
    made: `${SETTINGS}[work]\nregion = x\n`,
    says: `line 3 of ${CONFIG}: the AWS CLI ignores [work], which lacks 'profile '`,
  },
  {
    what: "'profile ' in the credentials file",
    file: "credentials",
    made: `${TEXT}[profile work]\n${KEYS}`,
    says: `line 5 of ${CREDENTIALS}: AWS tools ignore [profile work]; here it must be [work]`,
  },
  {
    what: "a key id that looks cut off",
    file: "credentials",
    made: TEXT.replace("EXAMPLE\n", "EXAMPL\n"),
    says: `line 3 of ${CREDENTIALS}: aws_access_key_id of [default] does not look like a key id: ` +
      "20 capital letters and digits, from AKIA on",
  },
  {
    what: "a secret that looks cut off",
    file: "credentials",
    made: TEXT.replace("KEY\n", "KE\n"),
    says: `line 4 of ${CREDENTIALS}: aws_secret_access_key of [default] has 39 characters instead of 40`,
  },
];

const FOUND = [
  ...PROBLEMS.map((row) => ({ ...row, state: "problem" })),
  ...WARNINGS.map((row) => ({ ...row, state: "warning" })),
];
for (const { what, file, made, says, state } of FOUND) {
  const path = file === "config" ? CONFIG : CREDENTIALS;

  Deno.test(`told with its line, and offered for another edit: ${what}`, async () => {
    const good = FILES[path] + MORE;
    const played = await edit({ editor: making(made, good), answers: ["e"] }, file);
    assert.equal(played.stderr, `${state}: ${says}\n`);
    assert.deepEqual(played.questions, [AGAIN]);
    assert.deepEqual(
      played.edits.map(({ text }) => text),
      [FILES[path], made],
      "the text goes on as it was left",
    );
    assert.deepEqual([played.stdout, played.code], [`${path} is saved.\n`, 0]);
    assert.deepEqual(played.files, { ...FILES, [path]: good });
  });

  Deno.test(`left as it was with x, and installed with i: ${what}`, async () => {
    const left = await edit({ editor: making(made), answers: ["x"] }, file);
    assert.deepEqual([left.stdout, left.code, left.saves], ["", 130, []]);
    assert.equal(left.stderr, `${state}: ${says}\nawsmfa: your changes were discarded\n`);
    assert.deepEqual(left.files, FILES);
    const installed = await edit({ editor: making(made), answers: ["i"] }, file);
    assert.deepEqual([installed.stdout, installed.code], [`${path} is saved.\n`, 0]);
    assert.deepEqual(installed.files, { ...FILES, [path]: made });
  });
}

for (const { what, file, made, says } of PROBLEMS) {
  Deno.test(`refused where nobody can be asked: ${what}`, async () => {
    assertFailed(await edit({ editor: making(made) }, file), {
      code: 5,
      stderr: `awsmfa: ${says}\nhint: nothing was changed; edit again, and correct it\n`,
      files: FILES,
    });
  });
}

for (const { what, file, made, says } of WARNINGS) {
  Deno.test(`only told where nobody can be asked: ${what}`, async () => {
    const path = file === "config" ? CONFIG : CREDENTIALS;
    const { code, stdout, stderr, files } = await edit({ editor: making(made) }, file);
    assert.deepEqual([stdout, stderr, code], [`${path} is saved.\n`, `warning: ${says}\n`, 0]);
    assert.deepEqual(files, { ...FILES, [path]: made });
  });
}

Deno.test("all that is wrong is told at once, the lines that can't be read among it", async () => {
  const made = "[default]\n[work]\n[default]\n";
  const { stderr } = await edit({ editor: making(made), answers: ["x"] });
  assert.equal(
    stderr,
    `problem: profile 'default' is defined twice in ${CONFIG}, in lines 1 and 3\n` +
      `warning: line 2 of ${CONFIG}: the AWS CLI ignores [work], which lacks 'profile '\n` +
      "awsmfa: your changes were discarded\n",
  );
  const broken = await edit({ editor: making(`${made}one\ntwo\n`), answers: ["x"] });
  assert.match(
    broken.stderr,
    /^problem: [^\n]*: line 4: [^\n]*\nproblem: [^\n]*: line 5: [^\n]*\nproblem: [^\n]*twice/,
  );
});

Deno.test("without a terminal the warnings are told also beside each other, and a problem is the one that counts", async () => {
  const made = "[default]\n[work]\n[default]\n";
  assertFailed(await edit({ editor: making(made) }), { code: 5, stderr: /is defined twice/, files: FILES });
  const { code, stderr } = await edit({ editor: making("[a]\n[b]\n") });
  assert.equal(code, 0);
  assert.match(stderr, /^warning: [^\n]*\[a\][^\n]*\nwarning: [^\n]*\[b\][^\n]*\n$/);
});

Deno.test("Enter and capitals answer too, and what is no answer is asked again", async () => {
  const broken = "[default]\nbroken\n";
  for (const answers of [[""], ["E"], [" e "], ["y", "e"], ["edit", "no", "e"]]) {
    const played = await edit({ editor: making(broken, SETTINGS + MORE), answers });
    assert.deepEqual(played.questions, answers.map((_, i) => i === 0 ? AGAIN : "e, x or i [e]: "));
    assert.equal(played.code, 0, played.stderr);
    assert.deepEqual(played.files, { ...FILES, [CONFIG]: SETTINGS + MORE });
  }
});

Deno.test("who ends the input, after wrong answers too, leaves the file as it was", async () => {
  for (const answers of [[], ["a", "b", "c", "d"]]) {
    const ended = await edit({ editor: making("[default]\nbroken\n"), answers });
    assert.deepEqual([ended.stdout, ended.code, ended.saves], ["", 130, []]);
    assert.match(ended.stderr, /\nawsmfa: your changes were discarded\n$/);
    assert.deepEqual(ended.files, FILES);
  }
});

Deno.test("edited until it is in order: each time it is told what is still wrong", async () => {
  const played = await edit({
    editor: making("[a\n", "[profile a]\nx\n", "[profile a]\n[profile a]\n", "[profile a]\n"),
    answers: ["e", "", "e"],
  });
  assert.equal(
    played.stderr,
    `problem: ${CONFIG}: line 1: Profile definition must end with ']'\n` +
      `problem: ${CONFIG}: line 2: Expected an '=' sign defining a property\n` +
      `problem: profile 'a' is defined twice in ${CONFIG}, in lines 1 and 2\n`,
  );
  assert.deepEqual([played.code, played.edits.length], [0, 4]);
  assert.deepEqual(played.saves, [CONFIG]);
  assert.equal(played.files[CONFIG], "[profile a]\n");
});

Deno.test("edited back to what it was, it is unchanged", async () => {
  const { code, stdout, saves } = await edit({ editor: making("[a\n", SETTINGS), answers: ["e"] });
  assert.deepEqual([stdout, code, saves], [`${CONFIG} is unchanged.\n`, 0, []]);
});

Deno.test("an editor that fails at the second edit changes nothing", async () => {
  const { code, stdout, stderr, saves } = await edit({ editor: making("[a\n", undefined), answers: ["e"] });
  assert.deepEqual([stdout, code, saves], ["", 5, []]);
  assert.match(stderr, /\nawsmfa: the editor 'vi' failed, and \S+ is as before\n/);
});

const ODD = `[work]\nregion = x\n[default]\naws_access_key_id = AKIA\naws_secret_access_key = ${SECRET}x\n`;

Deno.test("a warning that was there before asks nobody, wherever its line stands by now", async () => {
  const files = { [CONFIG]: ODD };
  for (const answers of [undefined, ["x"]]) {
    const { code, stdout, stderr, questions, files: after } = await edit({
      files,
      editor: (text) => `# one\n# two\n${text}output = json\n`,
      ...(answers && { answers }),
    });
    assert.deepEqual([stdout, stderr, code, questions], [`${CONFIG} is saved.\n`, "", 0, []]);
    assert.equal(after[CONFIG], `# one\n# two\n${ODD}output = json\n`);
  }
});

Deno.test("a warning that is new asks, also beside one that was there, which is not told again", async () => {
  const { stderr, questions, code } = await edit({
    files: { [CONFIG]: ODD },
    editor: append("[play]\n"),
    answers: ["i"],
  });
  assert.equal(stderr, `warning: line 6 of ${CONFIG}: the AWS CLI ignores [play], which lacks 'profile '\n`);
  assert.deepEqual([questions, code], [[AGAIN], 0]);
});

Deno.test("a secret that is cut off in another way than before is told", async () => {
  const { stderr, code } = await edit({
    files: { [CONFIG]: ODD },
    editor: (text) => text.replace(`${SECRET}x`, "short"),
  });
  assert.match(stderr, /^warning: line 5 of \S+: aws_secret_access_key of \[default\] has 5 characters/);
  assert.equal(code, 0);
});

Deno.test("a problem that was there before is told and asked about, and can be mended", async () => {
  const files = { [CONFIG]: "[default]\nbroken\n" };
  const worse = await edit({ files, editor: append("output = json\n"), answers: ["x"] });
  assert.match(worse.stderr, /^problem: [^\n]*: line 2: /);
  assert.deepEqual([worse.questions, worse.files], [[AGAIN], files]);
  const mended = await edit({ files, editor: () => SETTINGS });
  assert.deepEqual([mended.stdout, mended.stderr, mended.code], [`${CONFIG} is saved.\n`, "", 0]);
});

const OTHERS = `${SETTINGS}[profile other]\n`;

/** Edits the config file, which another program saves while the editor runs for the first time. */
function whileChanged(answers: readonly string[] | undefined, ...texts: string[]): Promise<Played> {
  const fake = fakeWorld({
    files: FILES,
    editor: () => {
      fake.files.set(CONFIG, OTHERS);
      return texts.shift() ?? SETTINGS + MORE;
    },
    ...(answers && { answers }),
  });
  return playIn(fake, ["edit"]);
}

Deno.test("a file that another program changes meanwhile is not overwritten unasked", async () => {
  const { code, stdout, stderr, files, saves, questions } = await whileChanged(["x"]);
  assert.deepEqual([stdout, code, questions, saves], ["", 130, [AGAIN], []]);
  assert.equal(stderr, `problem: ${MEANWHILE}\nawsmfa: your changes were discarded\n`);
  assert.deepEqual(files, { ...FILES, [CONFIG]: OTHERS });
});

Deno.test("it may be overwritten on demand", async () => {
  const { code, stdout, files } = await whileChanged(["i"]);
  assert.deepEqual([stdout, code], [`${CONFIG} is saved.\n`, 0]);
  assert.deepEqual(files, { ...FILES, [CONFIG]: SETTINGS + MORE });
});

Deno.test("it may be edited once more, and is asked about again", async () => {
  const { code, edits, questions, files } = await whileChanged(["e", "i"], "[profile a]\n", OTHERS + MORE);
  assert.deepEqual([code, edits.map(({ text }) => text)], [0, [SETTINGS, "[profile a]\n"]]);
  assert.deepEqual(questions, [AGAIN, AGAIN]);
  assert.equal(files[CONFIG], OTHERS + MORE);
});

Deno.test("where nobody can be asked the other program's text stays", async () => {
  const played = await whileChanged(undefined);
  assertFailed(played, {
    code: 5,
    stderr: `awsmfa: ${MEANWHILE}\nhint: nothing was changed; edit again, and correct it\n`,
    files: { ...FILES, [CONFIG]: OTHERS },
  });
});

Deno.test("a file that comes into being meanwhile is not overwritten unasked either", async () => {
  const fake = fakeWorld({
    editor: () => {
      fake.files.set(CONFIG, OTHERS);
      return SETTINGS;
    },
  });
  assertFailed(await playIn(fake, ["edit"]), {
    code: 5,
    stderr: /was changed by another program/,
    files: { [CONFIG]: OTHERS },
  });
});

Deno.test("a file that another program changes at the moment of the save stays that program's", async () => {
  const played = await edit({
    editor: append(MORE),
    meanwhile: (files) => files.set(CONFIG, OTHERS),
  });
  assertFailed(played, {
    code: 5,
    stderr:
      `awsmfa: ${CONFIG} keeps being changed by another program\nhint: end that program, then try again\n`,
    files: { ...FILES, [CONFIG]: OTHERS },
  });
});

Deno.test("what another program does to the other file meanwhile stays", async () => {
  const fake = fakeWorld({
    files: FILES,
    editor: (text) => {
      fake.files.set(CREDENTIALS, "[new]\n");
      return text + MORE;
    },
  });
  const { code, files } = await playIn(fake, ["edit"]);
  assert.equal(code, 0);
  assert.deepEqual(files, { [CREDENTIALS]: "[new]\n", [CONFIG]: SETTINGS + MORE });
});

Deno.test("a file that can't be replaced is refused before an editor is started", async () => {
  const refuseReadOnly = (): never => {
    throw new FileError(`can't save ${CONFIG}: it is marked read-only`, `chmod u+w ${CONFIG}`);
  };
  const played = await edit({ editor: append(MORE), but: { refuseReadOnly } });
  assertFailed(played, {
    code: 5,
    stderr: `awsmfa: can't save ${CONFIG}: it is marked read-only\nhint: chmod u+w ${CONFIG}\n`,
    files: FILES,
  });
  assert.deepEqual(played.edits, []);
});

const USAGE: [args: string[], stderr: string][] = [
  [["secrets"], "awsmfa: 'secrets' is not a file that 'edit' knows\nhint: config, credentials\n"],
  [["config", "credentials"], "awsmfa: too many arguments: 'edit' takes one\nhint: awsmfa edit --help\n"],
  [["--editor", ""], "awsmfa: --editor: the command is empty\nhint: awsmfa edit --editor vi\n"],
  [["-e", " \t"], "awsmfa: --editor: the command is empty\nhint: awsmfa edit --editor vi\n"],
  [["--", "vi"], "awsmfa: 'edit' doesn't take anything after --\nhint: awsmfa edit --help\n"],
];
for (const [args, stderr] of USAGE) {
  Deno.test(`wrong usage starts no editor: awsmfa edit ${args.join(" ")}`, async () => {
    const played = await edit({ editor: append(MORE) }, ...args);
    assertFailed(played, { code: 2, stderr, files: FILES });
    assert.deepEqual(played.edits, []);
  });
}

Deno.test("what edit keeps is files, variables and programs: AWS can't be reached", async () => {
  const { kept } = await edit({ editor: append(MORE) });
  assert.deepEqual(kept, [["read", "write", "env", "run"]]);
});

Deno.test("the system's own editor is not started where stdin is no terminal: cron has no use for it", async () => {
  assertFailed(await edit({ stdin: "" }), {
    code: 2,
    stderr: "awsmfa: edit needs a terminal\nhint: awsmfa edit --editor COMMAND\n",
    files: FILES,
  });
  const { code, edits } = await edit({ stdin: "", editor: append(MORE), env: { EDITOR: "ed" } });
  assert.deepEqual([code, edits.map(({ editor }) => editor)], [0, ["ed"]]);
});
