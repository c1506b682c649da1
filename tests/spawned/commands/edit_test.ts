import assert from "node:assert/strict";
import { asBytes, valuesOf } from "../../support/aws_file.ts";
import { assertFails } from "../../support/failure.ts";
import { asOrdinaryPerson } from "../../support/machine.ts";
import { needs, works } from "../../support/needs.ts";
import { isAlive, startAwsmfa } from "../../support/running.ts";
import { assertNoSecret, secretsBelow } from "../../support/secrets.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";
import { CTRL_C, CTRL_D, openAwsmfa } from "../../support/terminal.ts";

const FILE = ".aws/credentials";
const CONFIG = ".aws/config";
const LOCK = ".aws/credentials.awsmfa.lock";
const SETTINGS = "# mine\n[default]\nregion = eu-west-1\n";
const MOVE = "s/eu-west-1/eu-west-3/";
const MOVED = SETTINGS.replace("eu-west-1", "eu-west-3");
const DRAFT = /\.awsmfa-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const COPY = new RegExp(`${DRAFT.source.slice(0, -1)}/(config|credentials)$`);
const AGAIN = "i: save anyway [e]: ";
const CORRECT = "nothing was changed; edit again, and correct it";

/** An editor that says where the copy lies, and waits for the file `go` before it goes on. */
const WAITING = 'echo "editing $1 in $$"\nwhile [ -d "$HOME" ] && [ ! -e "$HOME/go" ]; do sleep 0.02; done\n';

async function openWithSettings(): Promise<Stage> {
  const stage = await openStage();
  stage.home.write(CONFIG, SETTINGS);
  return stage;
}

/** A program in the home, to be named as the editor; `$1` is the copy. */
function editorOf({ home }: Stage, script: string, name = "editor"): string {
  home.write(name, `#!/bin/sh\n${script}\n`);
  Deno.chmodSync(home.file(name), 0o700);
  return home.file(name);
}

/** Every path in a folder of the home, but for locks. */
function namesIn({ home }: Stage, folder = ".aws"): string[] {
  return [...Deno.readDirSync(home.file(folder))].map(({ name }) => `${folder}/${name}`)
    .filter((path) => !path.endsWith(".awsmfa.lock")).sort();
}

function modeOf(path: string): number {
  return (Deno.statSync(path).mode ?? 0) & 0o777;
}

const COMMANDS: [what: string, command: string, env?: Record<string, string>][] = [
  ["a program with arguments", `sed -i ${MOVE}`],
  ["quotes around a word", `sed -i -e '${MOVE}' -e "s/# mine/# mine/"`],
  ["a program in a folder with a blank", `"HOME/my programs/editor"`],
  ["the home, for the shell", "~/editor"],
  ["a variable, for the shell", "$MY_EDITOR $MY_CHANGE", { MY_EDITOR: "sed -i", MY_CHANGE: MOVE }],
  ["two commands, for the shell", `cd / && sed -i ${MOVE}`],
];
for (const [what, command, env = {}] of COMMANDS) {
  Deno.test(`an editor is started as a shell would: ${what}`, async () => {
    await using stage = await openWithSettings();
    editorOf(stage, `sed -i ${MOVE} "$1"`);
    editorOf(stage, `[ $# = 1 ] && sed -i ${MOVE} "$1"`, "my programs/editor");
    const editor = command.replace("HOME", stage.home.path);
    for (const [args, more] of [[["-e", editor], {}], [[], { EDITOR: editor }]] as const) {
      stage.home.write(CONFIG, SETTINGS);
      const ran = await stage.awsmfa(["edit", ...args], { env: { ...env, ...more } });
      assert.deepEqual(ran, { code: 0, stdout: `${stage.home.file(CONFIG)} is saved.\n`, stderr: "" });
      assert.equal(stage.home.read(CONFIG), MOVED);
    }
  });
}

Deno.test("a path with blanks and signs reaches the editor as one word", async () => {
  await using stage = await openStage();
  const name = "it's my $(id); *";
  stage.home.write(`${name}/settings`, SETTINGS);
  const env = { AWS_CONFIG_FILE: stage.home.file(`${name}/settings`) };
  const editor = editorOf(stage, `[ $# = 1 ] && sed -i ${MOVE} "$1"`);
  for (const each of [editor, "~/editor"]) {
    stage.home.write(`${name}/settings`, SETTINGS);
    const { code, stderr } = await stage.awsmfa(["edit", "-e", each], { env });
    assert.equal(code, 0, stderr);
    assert.equal(stage.home.read(`${name}/settings`), MOVED);
  }
});

Deno.test("the copy is the owner's alone, in a folder of its own beside the file, and not there any more afterwards", async () => {
  await using stage = await openWithSettings();
  const { home } = stage;
  const editor = editorOf(stage, `ls -ld "$1"; ls -ld "$(dirname "$1")"; cat "$1" >&2; sed -i ${MOVE} "$1"`);
  for (const mode of [0o600, 0o640, 0o644]) {
    home.write(CONFIG, SETTINGS);
    Deno.chmodSync(home.file(CONFIG), mode);
    const { code, stdout, stderr } = await stage.awsmfa(["edit", "-e", editor], {
      through: ["sh", "-c", 'umask 0; exec "$@"', "sh"],
    });
    assert.equal(code, 0, stderr);
    assert.equal(stderr, SETTINGS);
    const [, bits, path = ""] = /^(\S{10})\S* [^\n]* (\/[^\n]+)\n/.exec(stdout) ?? [];
    assert.equal(bits, "-rw-------");
    assert.match(stdout, /\ndrwx------/);
    assert.match(path, COPY);
    assert.ok(path.startsWith(`${home.file(CONFIG)}.`), path);
    assert.equal(home.read(CONFIG), MOVED);
    assert.equal(modeOf(home.file(CONFIG)), mode, "the file keeps its own mode");
    assert.deepEqual(namesIn(stage), [CONFIG, FILE]);
  }
});

Deno.test("a copy of the credentials is as well guarded, and what was made of it is a login's", async () => {
  await using stage = await openStage();
  const { home, user } = stage;
  home.write(FILE, section("work", user));
  const editor = editorOf(stage, 'ls -ld "$1"; sed -i "s/^.work.$/[default]/" "$1"');
  const { code, stdout, stderr } = await stage.awsmfa(["edit", "credentials", "-e", editor]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^-rw-------/);
  await stage.login();
  assert.match(valuesOf(home.read(FILE), "default").aws_access_key_id ?? "", /^ASIA/);
});

Deno.test("in an empty home the file is made, for its owner only", async () => {
  await using stage = await openStage();
  Deno.removeSync(stage.home.file(".aws"), { recursive: true });
  const editor = editorOf(stage, "printf '[default]\\nregion = eu-west-3\\n' >>\"$1\"");
  const { code, stderr } = await stage.awsmfa(["edit", "-e", editor], {
    through: ["sh", "-c", 'umask 0; exec "$@"', "sh"],
  });
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(stage.home.read(CONFIG), "[default]\nregion = eu-west-3\n");
  assert.deepEqual([modeOf(stage.home.file(".aws")), modeOf(stage.home.file(CONFIG))], [0o700, 0o600]);
  assert.deepEqual(namesIn(stage), [CONFIG]);
});

const FAILING: [what: string, script: string, expected: { code: number; says: string; hint: string }][] = [
  ["fails", `sed -i ${MOVE} "$1"; exit 1`, {
    code: 5,
    says: "the editor 'EDITOR' failed, and CONFIG is as before",
    hint: "awsmfa edit --editor vi",
  }],
  ["is ended by a signal", `sed -i ${MOVE} "$1"; kill -KILL $$`, {
    code: 5,
    says: "the editor 'EDITOR' failed, and CONFIG is as before",
    hint: "awsmfa edit --editor vi",
  }],
  ["removes the copy", 'rm "$1"', {
    code: 5,
    says: "the editor 'EDITOR' failed, and CONFIG is as before",
    hint: "awsmfa edit --editor vi",
  }],
  ["leaves a broken text", 'echo broken >>"$1"', {
    code: 5,
    says: "CONFIG: line 4: Expected an '=' sign defining a property",
    hint: CORRECT,
  }],
  ["leaves a profile twice", `echo "[default]" >>"$1"`, {
    code: 5,
    says: "profile 'default' is defined twice in CONFIG, in lines 2 and 4",
    hint: CORRECT,
  }],
  [
    "changes the file itself beside the copy",
    'echo "[profile x]" >>"$1"; echo "# new" >>"$HOME/.aws/config"',
    {
      code: 5,
      says: "CONFIG was changed by another program while it was edited",
      hint: CORRECT,
    },
  ],
];
for (const [what, script, { code, says, hint }] of FAILING) {
  Deno.test(`an editor that ${what} changes nothing, and no copy is left`, async () => {
    await using stage = await openWithSettings();
    const config = stage.home.file(CONFIG);
    const editor = editorOf(stage, script);
    const ran = await stage.awsmfa(["edit", "-e", editor]);
    const message = says.replace("EDITOR", editor).replace("CONFIG", config);
    assert.deepEqual(ran, { code, stdout: "", stderr: `awsmfa: ${message}\nhint: ${hint}\n` });
    const others = script.includes(".aws/config") ? "# new\n" : "";
    assert.equal(stage.home.read(CONFIG), SETTINGS + others);
    assert.deepEqual(namesIn(stage), [CONFIG, FILE]);
  });
}

Deno.test("an editor that is not there, or is no program, ends as in a shell", async () => {
  await using stage = await openWithSettings();
  const plain = stage.home.file(CONFIG);
  const rows: [editor: string, code: number, why: string, hint: string][] = [
    ["no-such-editor", 127, "there is no such program", "is it installed, and in a directory on your PATH?"],
    ["/nowhere/vi -n", 127, "there is no such program", "is it installed, and in a directory on your PATH?"],
    [plain, 126, "permission denied", `is it executable? ls -ld ${plain}`],
  ];
  for (const [editor, code, why, hint] of rows) {
    const says = `can't run '${editor.split(" ")[0]}': ${why}`;
    await assertFails(stage, ["edit", "-e", editor], { code, says, hint });
    await assertFails(stage, ["edit"], { code, says, hint }, { env: { VISUAL: editor } });
  }
  const { code, stderr } = await stage.awsmfa(["edit", "-e", "~/no-such-editor"]);
  assert.equal(code, 5);
  assert.match(stderr, /\nawsmfa: the editor '~\/no-such-editor' failed, and \S+ is as before\nhint: /);
  assert.deepEqual(namesIn(stage), [CONFIG, FILE]);
});

Deno.test("a text that is left as it was is no change, also where the copy was written again", async () => {
  await using stage = await openWithSettings();
  const before = Deno.statSync(stage.home.file(CONFIG));
  for (const script of [":", 'touch "$1"', 'cp "$1" "$1.new" && mv "$1.new" "$1"']) {
    const { code, stdout, stderr } = await stage.awsmfa(["edit", "-e", editorOf(stage, script)]);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.equal(stdout, `${stage.home.file(CONFIG)} is unchanged.\n`);
  }
  const after = Deno.statSync(stage.home.file(CONFIG));
  assert.deepEqual([after.ino, after.mtime], [before.ino, before.mtime]);
  assert.deepEqual(namesIn(stage), [CONFIG, FILE]);
});

const BESIDES: [editor: string, script: string][] = [
  ["emacs and nano -B", 'cp "$1" "$1~"'],
  ["sed -i.bak", 'cp "$1" "$1.bak"'],
  ["a vi that was killed", 'cp "$1" "$(dirname "$1")/.$(basename "$1").swp"'],
  ["an emacs that was killed", 'cp "$1" "$(dirname "$1")/#$(basename "$1")#"'],
];
for (const [editor, script] of BESIDES) {
  Deno.test(`no other copy is left with the keys in it, such as that of ${editor}`, async () => {
    await using stage = await openStage();
    for (const end of ["echo '# new' >>\"$1\"", "exit 1"]) {
      await stage.awsmfa(["edit", "credentials", "-e", editorOf(stage, `${script}\n${end}`)]);
      assert.deepEqual(namesIn(stage), [FILE]);
    }
  });
}

for (const signal of ["SIGTERM", "SIGHUP"] as const) {
  Deno.test(`${signal} while the editor runs ends that too, changes nothing and leaves no copy`, async () => {
    await using stage = await openStage();
    const before = stage.files();
    const editor = editorOf(stage, `echo "# new" >>"$1"\n${WAITING}`);
    const own = { editor: stage.files().editor };
    await using run = startAwsmfa(stage, ["edit", "credentials", "-e", editor]);
    const [, path = "", pid] = await run.prints(/editing (\S+) in (\d+)\n/);
    assert.match(path, COPY);
    run.kill(signal);
    assert.equal((await run.ends()).code, 5);
    assert.ok(!isAlive(Number(pid)), "the editor has ended");
    assert.deepEqual(stage.files(), { ...before, ...own });
  });
}

Deno.test("an editor that saves on SIGHUP, and ends well, has its text installed", async () => {
  await using stage = await openWithSettings();
  const editor = editorOf(stage, `trap 'sed -i ${MOVE} "$1"; exit 0' HUP\n${WAITING}`);
  await using run = startAwsmfa(stage, ["edit", "-e", editor]);
  await run.prints(/editing /);
  run.kill("SIGHUP");
  assert.equal((await run.ends()).code, 0);
  assert.equal(stage.home.read(CONFIG), MOVED);
  assert.deepEqual(namesIn(stage), [CONFIG, FILE]);
});

/** Kills awsmfa while its editor runs, which has made `script` of the copy. The answer: the copy's folder. */
async function cutOff(stage: Stage, file: "config" | "credentials", script: string): Promise<string> {
  await using run = startAwsmfa(stage, ["edit", file, "-e", editorOf(stage, `${script}\n${WAITING}`)]);
  await run.prints(/editing /);
  run.kill("SIGKILL");
  stage.home.write("go", "");
  await run.ends();
  Deno.removeSync(stage.home.file("go"));
  const [left = "", ...others] = namesIn(stage).filter((name) => DRAFT.test(name));
  assert.deepEqual(others, []);
  return stage.home.file(left);
}

Deno.test("a copy in which nothing was typed before awsmfa was killed is removed by the next edit", async () => {
  await using stage = await openWithSettings();
  for (const file of ["config", "credentials"] as const) {
    await cutOff(stage, file, "true");
    assert.equal((await stage.awsmfa(["edit", file, "-e", "true"])).code, 0);
    assert.deepEqual(namesIn(stage), [CONFIG, FILE]);
  }
});

Deno.test({
  ...needs("python3"),
  name: "what was typed before awsmfa was killed is told by doctor, and taken over by the next edit",
  fn: async () => {
    await using stage = await openWithSettings();
    const folder = await cutOff(stage, "config", `sed -i ${MOVE} "$1"`);
    const told = `what was typed in an edit of the config file that was cut off is in ${folder}`;
    const doctor = await stage.awsmfa(["doctor", "--offline"]);
    assert.ok(doctor.stdout.includes(told), doctor.stdout);
    const silent = await stage.awsmfa(["edit", "-e", "true"]);
    assert.equal(silent.stderr, `warning: ${told}\nhint: awsmfa edit config, on a terminal, takes it over\n`);
    await stage.login();
    assert.equal(Deno.readTextFileSync(`${folder}/config`), MOVED);

    await using terminal = openAwsmfa(stage, ["edit", "-e", editorOf(stage, 'echo "# more" >>"$1"')]);
    await terminal.shows("Go on with it? n removes it [Y/n]: ");
    await terminal.type("\r");
    assert.equal(await terminal.ends(), 0, terminal.screen());
    assert.equal(stage.home.read(CONFIG), `${MOVED}# more\n`);
    assert.deepEqual(namesIn(stage).filter((name) => DRAFT.test(name)), []);
  },
});

Deno.test({
  ...needs("python3"),
  name:
    "an editor that is back at once may go on in a window: what is saved before Enter counts, and no later save leaves a copy",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    const window = 'echo "$1" >"$HOME/copy"\n' +
      `(while [ ! -e "$HOME/go" ]; do sleep 0.05; done; echo "# typed" >>"$1"; touch "$HOME/saved") </dev/null >/dev/null 2>&1 &`;
    await using terminal = openAwsmfa(stage, ["edit", "credentials", "-e", editorOf(stage, window)]);
    await terminal.shows("Does your editor go on in a window? Press Enter when you have saved: ");
    home.write("go", "");
    while (!home.has("saved")) await new Promise((resolve) => setTimeout(resolve, 50));
    await terminal.type("\r");
    assert.equal(await terminal.ends(), 0, terminal.screen());
    assert.match(home.read(FILE), /# typed\n$/);
    const copy = home.read("copy").trim();
    assert.throws(() => Deno.writeTextFileSync(copy, "late"), Deno.errors.NotFound);
    assert.deepEqual(namesIn(stage), [FILE]);
  },
});

Deno.test({
  ...needs("strace"),
  name: "a signal between the copy and its editor leaves no copy, whatever the umask",
  fn: async () => {
    await using stage = await openWithSettings();
    const before = stage.home.read(CONFIG);
    // With this umask the folder's mode is set, by the one chmod of an edit.
    const traced =
      'umask 0777; exec strace -f -qq -o /dev/null -e trace=chmod -e inject=chmod:signal=TERM:when=1 "$@"';
    await stage.awsmfa(["edit", "-e", "sleep 5"], { through: ["sh", "-c", traced, "sh"] });
    assert.equal(stage.home.read(CONFIG), before);
    assert.deepEqual(namesIn(stage), [CONFIG, FILE]);
  },
});

Deno.test("a file that is a symbolic link stays one, and the copy lies beside its target", async () => {
  await using stage = await openWithSettings();
  const { home } = stage;
  home.write("dotfiles/aws", SETTINGS);
  Deno.removeSync(home.file(CONFIG));
  Deno.symlinkSync("../dotfiles/aws", home.file(CONFIG));
  const editor = editorOf(stage, `echo "copy $1"; sed -i ${MOVE} "$1"`);
  const { code, stdout, stderr } = await stage.awsmfa(["edit", "-e", editor]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.match(stdout, /^copy \S*\/dotfiles\/aws\.awsmfa-/);
  assert.equal(Deno.readLinkSync(home.file(CONFIG)), "../dotfiles/aws");
  assert.equal(home.read("dotfiles/aws"), MOVED);
  assert.deepEqual(namesIn(stage, "dotfiles"), ["dotfiles/aws"]);
});

Deno.test("a link to a file that is not there yet is filled in where it points to", async () => {
  await using stage = await openStage();
  const { home } = stage;
  Deno.symlinkSync("../dotfiles/aws", home.file(CONFIG));
  const editor = editorOf(stage, 'echo "[default]" >>"$1"');
  const { code, stderr } = await stage.awsmfa(["edit", "-e", editor]);
  assert.deepEqual([code, stderr], [0, ""]);
  assert.equal(Deno.readLinkSync(home.file(CONFIG)), "../dotfiles/aws");
  assert.equal(home.read("dotfiles/aws"), "[default]\n");
});

Deno.test({
  ...needs("python3"),
  name: "nobody waits for an editor: a login goes through, and the edit does not undo it",
  fn: async () => {
    await using stage = await openWithSettings();
    const { home } = stage;
    const editor = editorOf(stage, `${WAITING}printf '[added]\\nregion = eu-west-3\\n' >>"$1"`);
    await using edit = startAwsmfa(stage, ["edit", "credentials", "-e", editor]);
    await edit.prints(/editing /);
    const login = await stage.awsmfa([stage.code(), "--serial", stage.user.serial]);
    assert.deepEqual([login.code, /waiting/.test(login.stderr)], [0, false], login.stderr);
    home.write("go", "");
    const { code, stderr } = await edit.ends();
    assert.deepEqual([code, stderr.split("\n")[0]], [
      5,
      `awsmfa: ${home.file(FILE)} was changed by another program while it was edited`,
    ]);
    assert.match(valuesOf(home.read(FILE), "default").aws_access_key_id ?? "", /^ASIA/);
  },
});

Deno.test({
  ...needs("python3"),
  name: "two edits of different files go on side by side",
  fn: async () => {
    await using stage = await openWithSettings();
    const first = editorOf(stage, `${WAITING}sed -i ${MOVE} "$1"`);
    const second = editorOf(stage, `printf '[added]\\nregion = eu-west-3\\n' >>"$1"`, "second");
    await using edit = startAwsmfa(stage, ["edit", "-e", first]);
    await edit.prints(/editing /);
    const other = await stage.awsmfa(["edit", "credentials", "-e", second]);
    assert.equal(other.code, 0, other.stderr);
    stage.home.write("go", "");
    assert.equal((await edit.ends()).code, 0);
    assert.equal(stage.home.read(CONFIG), SETTINGS.replace("eu-west-1", "eu-west-3"));
    assert.equal(valuesOf(stage.home.read(FILE), "added").region, "eu-west-3");
  },
});

const ODD_BYTES: [what: string, text: string][] = [
  ["Windows line ends", "# mine\r\n[default]\r\nregion = eu-west-1\r\n\r\n[profile a]\r\noutput = json"],
  [
    "bytes that are not UTF-8",
    "# caf\xe9 \xff\xfe\n[default]\nregion = eu-west-1\n[profile a]\nx = \xc3\x28\n",
  ],
  ["both line ends, and none at the end", "# a\r\n[default]\nregion = eu-west-1\r\n# \xe9"],
  ["a second CR, and signs of many bytes", "[default]\nregion = eu-west-1\nx = a\r\r\n# \xf0\x9f\x94\x91\n"],
];
for (const [what, text] of ODD_BYTES) {
  Deno.test(`an edit elsewhere in the file leaves ${what}`, async () => {
    await using stage = await openStage();
    stage.home.write(CONFIG, asBytes(text));
    const { code, stderr } = await stage.awsmfa(["edit", "-e", `sed -i ${MOVE}`], { env: { LC_ALL: "C" } });
    assert.deepEqual([code, stderr], [0, ""]);
    assert.deepEqual(
      Deno.readFileSync(stage.home.file(CONFIG)),
      asBytes(text.replace("eu-west-1", "eu-west-3")),
    );
  });
}

Deno.test({
  ...needs("python3"),
  name: "a byte order mark is told, and stays where that is wished",
  fn: async () => {
    await using stage = await openStage();
    const { home } = stage;
    const text = `\xef\xbb\xbf${SETTINGS}`;
    home.write(CONFIG, asBytes(text));
    const args = ["edit", "-e", `sed -i ${MOVE}`];
    const says = `${home.file(CONFIG)} begins with a byte order mark, which the AWS CLI can't read`;
    await assertFails(stage, args, { code: 5, says, hint: CORRECT });
    await using terminal = openAwsmfa(stage, args);
    await terminal.shows(AGAIN);
    assert.ok(terminal.screen().startsWith(`problem: ${says}\r\n`), terminal.screen());
    await terminal.type("i\r");
    assert.equal(await terminal.ends(), 0, terminal.screen());
    assert.deepEqual(Deno.readFileSync(home.file(CONFIG)), asBytes(text.replace("eu-west-1", "eu-west-3")));
  },
});

Deno.test({
  ...needs("python3"),
  name:
    "on a terminal a broken text is edited again until it is in order, and no copy lies about at the question",
  fn: async () => {
    await using stage = await openStage();
    const { home, user } = stage;
    const editor = editorOf(stage, 'echo "$1" >>"$HOME/copies"\ncat "$HOME/next" >>"$1"');
    home.write("next", "broken\n");
    await using terminal = openAwsmfa(stage, ["edit", "credentials", "-e", editor]);
    await terminal.shows(AGAIN);
    assert.match(terminal.screen(), /^problem: \S+: line 4: Expected an '=' sign defining a property\r\n/);
    assert.deepEqual(namesIn(stage), [FILE]);
    home.write("next", "# once more\n");
    await terminal.type("e\r");
    await terminal.shows(AGAIN, 2);
    await terminal.type("what?\r");
    await terminal.shows("e, x or i [e]: ");
    assert.equal(home.read(FILE), section("default", user));
    const mend = 'sed -i /broken/d "$1"';
    editorOf(stage, mend);
    await terminal.type("\r");
    assert.equal(await terminal.ends(), 0, terminal.screen());
    assert.equal(home.read(FILE), `${section("default", user)}# once more\n`);
    const copies = home.read("copies").trim().split("\n");
    assert.deepEqual([copies.length, new Set(copies).size], [2, 2]);
    assert.deepEqual(namesIn(stage), [FILE]);
    assertNoSecret(terminal.screen(), secretsBelow(home.path), "on the terminal");
  },
});

for (const [name, keys] of [["x", "x\r"], ["Ctrl-C", CTRL_C], ["Ctrl-D", CTRL_D]] as const) {
  Deno.test({
    ...needs("python3"),
    name: `${name} at the question ends with 130, and your changes were discarded`,
    fn: async () => {
      await using stage = await openWithSettings();
      const editor = editorOf(stage, 'echo broken >>"$1"');
      const before = stage.files();
      await using terminal = openAwsmfa(stage, ["edit", "-e", editor]);
      await terminal.shows(AGAIN);
      await terminal.type(keys);
      assert.equal(await terminal.ends(), 130, terminal.screen());
      assert.deepEqual(stage.files(), before);
    },
  });
}

Deno.test({
  ...needs("python3"),
  name: "Ctrl-C in the editor is the editor's, and awsmfa goes on",
  fn: async () => {
    await using stage = await openWithSettings();
    const editor = editorOf(stage, `trap 'touch "$HOME/go"' INT\n${WAITING}sed -i ${MOVE} "$1"`);
    await using terminal = openAwsmfa(stage, ["edit", "-e", editor]);
    await terminal.shows("editing ");
    await terminal.type(CTRL_C);
    assert.equal(await terminal.ends(), 0, terminal.screen());
    assert.equal(stage.home.read(CONFIG), MOVED);
  },
});

// With what each shows once it can be typed to.
for (
  const [editor, ready] of [["vi", "eu-west-1"], ["ex", "Ex mode"]] as const
) {
  Deno.test({
    ignore: needs("python3").ignore || !works([editor, "--version"]),
    name: `a file is edited in a real ${editor}, and a broken one again`,
    fn: async () => {
      await using stage = await openWithSettings();
      const { home } = stage;
      await using terminal = openAwsmfa(stage, ["edit"], { EDITOR: editor });
      await terminal.shows(ready);
      await terminal.type(":%s/region = /region /\r:wq\r");
      await terminal.shows(AGAIN);
      assert.equal(home.read(CONFIG), SETTINGS);
      const seen = terminal.screen().split(ready).length;
      await terminal.type("e\r");
      await terminal.shows(ready, seen);
      await terminal.type(":%s/region eu-west-1/region = eu-west-3/\r:wq\r");
      assert.equal(await terminal.ends(), 0, terminal.screen());
      assert.ok(terminal.screen().endsWith(`${home.file(CONFIG)} is saved.\r\n`), terminal.screen());
      assert.equal(home.read(CONFIG), MOVED);
      assert.deepEqual(namesIn(stage), [CONFIG, FILE]);
    },
  });
}

Deno.test({
  ignore: asOrdinaryPerson === undefined,
  name: "a file that is marked read-only is refused before an editor is started",
  fn: async () => {
    await using stage = await openWithSettings();
    const config = stage.home.file(CONFIG);
    Deno.chmodSync(config, 0o400);
    const editor = editorOf(stage, `touch "$HOME/started"; sed -i ${MOVE} "$1"`);
    await assertFails(stage, ["edit", "-e", editor], {
      code: 5,
      says: `can't save ${config}: it is marked read-only`,
      hint: `chmod u+w ${config}`,
    }, { through: asOrdinaryPerson ?? [] });
    assert.ok(!("started" in stage.files()));
  },
});

Deno.test("an edit leaves the lock files of the two AWS files and nothing else", async () => {
  await using stage = await openWithSettings();
  const expected = [".aws/config.awsmfa.lock", ".aws/config.edit.awsmfa.lock", LOCK];
  const edits: [args: string[], more: string[]][] = [
    [["edit", "-e", `sed -i ${MOVE}`], []],
    [["edit", "credentials", "-e", "true"], [".aws/credentials.edit.awsmfa.lock"]],
  ];
  for (const [args, more] of edits) {
    assert.equal((await stage.awsmfa(args)).code, 0);
    const locks = Object.keys(stage.home.snapshot()).filter((name) => name.endsWith(".lock"));
    assert.deepEqual(locks, [...expected, ...more]);
  }
});
