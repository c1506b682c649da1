import assert from "node:assert/strict";
import { valuesOf } from "../../support/aws_file.ts";
import { awsCli, keyUsed } from "../../support/consumers.ts";
import { asked } from "../../support/device_memory.ts";
import { needs } from "../../support/needs.ts";
import { assertNoSecret, secretsBelow } from "../../support/secrets.ts";
import { openStage, section, type Stage } from "../../support/stage.ts";
import { CTRL_C, CTRL_D, openAwsmfa, type Terminal } from "../../support/terminal.ts";

const UP = "\x1b[A";
const DOWN = "\x1b[B";
const KEYPAD_UP = "\x1bOA";
const KEYPAD_DOWN = "\x1bOB";
const PAGE_DOWN = "\x1b[6~";
const HOME = "\x1b[H";
const END = "\x1b[F";
const ESCAPE = "\x1b";
const BACKSPACE = "\x7f";
const CTRL_U = "\x15";
const ENTER = "\r";
const HELP = "60: type to filter, arrows to move, Enter to select, Escape to cancel";

/** Says at the end whether the terminal is as it was; goes on where Ctrl-C reaches the shell as well. */
const COMPARE = `trap : INT; before=$(stty -g); "$@"; code=$?
[ "$before" = "$(stty -g)" ] && echo 'as before'; exit $code`;
const COMPARING = ["sh", "-c", COMPARE, "sh"];

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ ...needs("python3"), name, fn });
}

/** Profiles p00, p01, ... with the stage's keys, and no default one. */
async function openMany(count = 60): Promise<Stage> {
  const stage = await openStage();
  const names = Array.from({ length: count }, (_, i) => `p${String(i).padStart(2, "0")}`);
  stage.home.write(".aws/credentials", names.map((name) => section(name, stage.user)).join("\n"));
  return stage;
}

/** How the line of the marked profile begins, with colour. */
function marked(name: string): string {
  return `\x1b[7m> ${name}`;
}

/** What was drawn last: its lines, without escape sequences. */
function lastDrawing(terminal: Terminal): string[] {
  const drawn = terminal.screen().split("\x1b[J").at(-1) ?? "";
  // deno-lint-ignore no-control-regex
  return drawn.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "").split(/\r+\n/);
}

/** The code question follows, and the login of this profile, and of no other one, works. */
async function assertLogsIn(stage: Stage, terminal: Terminal, profile: string): Promise<void> {
  await terminal.shows(`Code of mfa/alice for profile '${profile}': `);
  await terminal.type(`${stage.code()}\r`);
  assert.equal(await terminal.ends(), 0, terminal.screen());
  assert.match(
    terminal.screen(),
    new RegExp(`Logged in to '${profile}' until .* \\(12h\\)\\.\r\n$`),
  );
  const credentials = stage.home.read(".aws/credentials");
  assert.equal(credentials.match(/^aws_access_key_id = ASIA/gm)?.length, 1);
  assert.match(valuesOf(credentials, profile).aws_access_key_id ?? "", /^ASIA/);
  assertNoSecret(terminal.screen(), secretsBelow(stage.home.path), "on the terminal");
}

test("on 80 columns and 24 rows a window of 60 profiles is shown, with the first one marked", async () => {
  await using stage = await openMany();
  await using terminal = openAwsmfa(stage, ["--choose"]);
  await terminal.shows(HELP);
  const lines = lastDrawing(terminal);
  assert.deepEqual(lines.slice(0, 3), ["Profile: ", "> p00", "  p01"]);
  assert.deepEqual(lines.slice(-2), ["  p20", HELP]);
  assert.equal(lines.length, 23);
  assert.ok(lines.every((line) => line.length < 80));
  await terminal.type(ENTER);
  await assertLogsIn(stage, terminal, "p00");
});

/** The keys, each with what is shown then, and the profile that Enter chooses. */
const WAYS: [what: string, keys: [key: string, shows: string][], profile: string][] = [
  ["arrows", [[DOWN, marked("p01")], [DOWN, marked("p02")], [UP, marked("p01")]], "p01"],
  [
    "arrows of a terminal in keypad mode",
    [[KEYPAD_DOWN, marked("p01")], [KEYPAD_DOWN, marked("p02")], [KEYPAD_UP, marked("p01")]],
    "p01",
  ],
  ["several arrows at once", [[DOWN + DOWN + KEYPAD_DOWN + UP, marked("p02")]], "p02"],
  ["pages, and both ends", [[PAGE_DOWN, marked("p21")], [END, marked("p59")], [HOME, marked("p00")]], "p00"],
  ["the end", [[END, marked("p59")]], "p59"],
  ["typing", [["4", "Profile: 4"], ["2", "Profile: 42"]], "p42"],
  ["typing at once, in capitals", [["P57", "Profile: P57"]], "p57"],
  ["typing, then an arrow", [["5", marked("p05")], [DOWN, marked("p15")]], "p15"],
  ["Backspace", [["42", marked("p42")], [BACKSPACE, marked("p04")], [BACKSPACE, marked("p00")]], "p00"],
  ["Backspace, as some terminals send it", [["42", marked("p42")], ["\b", marked("p04")]], "p04"],
  ["Ctrl-U", [["42", marked("p42")], [CTRL_U, HELP]], "p00"],
  [
    "Backspace after nothing was found, where Enter does nothing",
    [["9x", "no matches"], [ENTER, "no matches"], [BACKSPACE, marked("p09")]],
    "p09",
  ],
  ["keys that mean nothing", [["\t\x1b[5;2~\x1b[Z\x1bOP1", "Profile: 1"]], "p01"],
];
for (const [what, keys, profile] of WAYS) {
  test(`a profile is chosen with ${what}, and its login works`, async () => {
    await using stage = await openMany();
    await using terminal = openAwsmfa(stage, ["--choose"]);
    await terminal.shows(HELP);
    for (const [key, shows] of keys) {
      const times = terminal.screen().split(shows).length;
      await terminal.type(key);
      await terminal.shows(shows, times);
    }
    await terminal.type(ENTER);
    await assertLogsIn(stage, terminal, profile);
  });
}

test("what is typed at once, with Enter behind it, chooses", async () => {
  await using stage = await openMany();
  await using terminal = openAwsmfa(stage, ["--choose"]);
  await terminal.shows(HELP);
  await terminal.type(`42${ENTER}`);
  await assertLogsIn(stage, terminal, "p42");
});

test("the list is taken away again: the question stands where it began", async () => {
  await using stage = await openMany();
  // Where AWS has to be asked for the device, a slow machine shows that between the two.
  await using terminal = openAwsmfa(stage, ["--choose", "--serial", stage.user.serial]);
  await terminal.shows(HELP);
  await terminal.type(ENTER);
  await assertLogsIn(stage, terminal, "p00");
  assert.ok(
    terminal.screen().includes(`${HELP}\x1b[22A\r\x1b[JCode of mfa/alice for profile 'p00': `),
    JSON.stringify(terminal.screen()),
  );
});

const STOPS: [name: string, keys: string, says: string][] = [
  ["Escape", ESCAPE, "awsmfa: cancelled; nothing was changed"],
  ["Ctrl-C", CTRL_C, "awsmfa: cancelled; nothing was changed"],
  ["Ctrl-C after typing", `4${CTRL_C}`, "awsmfa: cancelled; nothing was changed"],
];
for (const [name, keys, says] of STOPS) {
  test(`${name} ends it with 130, no file changes, and the terminal is as it was`, async () => {
    await using stage = await openMany();
    const before = stage.files();
    const requests = await asked(stage, async () => {
      await using terminal = openAwsmfa(stage, ["--choose"], {}, COMPARING);
      await terminal.shows(HELP);
      await terminal.type(keys);
      assert.equal(await terminal.ends(), 130, terminal.screen());
      assert.ok(
        terminal.screen().endsWith(`\x1b[22A\r\x1b[J${says}\r\nas before\r\n`),
        JSON.stringify(terminal.screen().slice(-200)),
      );
    });
    assert.deepEqual([requests, stage.files()], [[], before]);
  });
}

test("after a choice the terminal is as it was, too, and Ctrl-C at the code changes nothing", async () => {
  await using stage = await openMany();
  const before = stage.files();
  await using terminal = openAwsmfa(stage, ["--choose"], {}, COMPARING);
  await terminal.shows(HELP);
  await terminal.type(ENTER);
  await terminal.shows("Code of mfa/alice for profile 'p00': ");
  await terminal.type(CTRL_C);
  assert.equal(await terminal.ends(), 130, terminal.screen());
  assert.ok(terminal.screen().endsWith("as before\r\n"), terminal.screen());
  assert.deepEqual(stage.files(), before);
});

test("with NO_COLOR the marked profile has a sign, and no colour", async () => {
  await using stage = await openMany();
  await using terminal = openAwsmfa(stage, ["--choose"], { NO_COLOR: "1" });
  await terminal.shows(HELP);
  await terminal.type(DOWN);
  await terminal.shows("> p01");
  assert.deepEqual(lastDrawing(terminal).slice(1, 4), ["  p00", "> p01", "  p02"]);
  await terminal.type(ENTER);
  await assertLogsIn(stage, terminal, "p01");
  // deno-lint-ignore no-control-regex
  assert.doesNotMatch(terminal.screen(), /\x1b\[[0-9;]*m/);
});

test("with stdin from a pipe the list is on the terminal behind it", async () => {
  await using stage = await openMany();
  await using terminal = openAwsmfa(stage, ["--choose"], {}, ["sh", "-c", 'echo 42 | "$@"', "sh"]);
  await terminal.shows(HELP);
  await terminal.type(DOWN);
  await terminal.shows(marked("p01"));
  await terminal.type(ENTER);
  await assertLogsIn(stage, terminal, "p01");
});

test("where TERM is not set nothing is drawn", async () => {
  await using stage = await openMany(3);
  const through = ["env", "-u", "TERM"];
  await using terminal = openAwsmfa(stage, ["--choose"], {}, through);
  await terminal.shows("  p00\r\n  p01\r\n  p02\r\nProfile: ");
  await terminal.type("p01\r");
  await assertLogsIn(stage, terminal, "p01");
  assert.ok(!terminal.screen().includes("\x1b"), JSON.stringify(terminal.screen()));
});

test("with TERM=dumb the list is printed, a name typed, and nothing drawn", async () => {
  await using stage = await openMany(3);
  await using terminal = openAwsmfa(stage, ["--choose"], { TERM: "dumb" });
  await terminal.shows("  p00\r\n  p01\r\n  p02\r\nProfile: ");
  await terminal.type("p1\r");
  await terminal.shows("there is no profile 'p1' among them (did you mean 'p01'");
  await terminal.shows("Profile: ", 2);
  await terminal.type("p01\r");
  await assertLogsIn(stage, terminal, "p01");
  assert.ok(!terminal.screen().includes("\x1b"), JSON.stringify(terminal.screen()));
});

for (const [name, keys] of [["Ctrl-C", CTRL_C], ["Ctrl-D", CTRL_D]] as const) {
  test(`with TERM=dumb ${name} ends it with 130, and no file changes`, async () => {
    await using stage = await openMany(3);
    const before = stage.files();
    await using terminal = openAwsmfa(stage, ["--choose"], { TERM: "dumb" });
    await terminal.shows("Profile: ");
    await terminal.type(keys);
    assert.equal(await terminal.ends(), 130, terminal.screen());
    assert.deepEqual(stage.files(), before);
  });
}

Deno.test({
  ...needs("python3", "aws"),
  name: "without a default profile a login asks which one; then the AWS CLI uses its session",
  fn: async () => {
    await using stage = await openMany();
    await using terminal = openAwsmfa(stage);
    await terminal.shows(HELP);
    await terminal.type("33");
    await terminal.shows(marked("p33"));
    await terminal.type(ENTER);
    await assertLogsIn(stage, terminal, "p33");
    assert.match(await keyUsed(stage, awsCli, { AWS_PROFILE: "p33" }), /^ASIA/);
  },
});

test("with a default profile, and with AWS_PROFILE, nobody has to choose", async () => {
  await using stage = await openMany();
  await using named = openAwsmfa(stage, [], { AWS_PROFILE: "p07" });
  await assertLogsIn(stage, named, "p07");
  assert.ok(!named.screen().includes(HELP));

  await stage.awsmfa(["logout", "-p", "p07"]);
  stage.home.write(
    ".aws/credentials",
    stage.home.read(".aws/credentials") + section("default", stage.user),
  );
  await using usual = openAwsmfa(stage, ["-f"]);
  await assertLogsIn(stage, usual, "default");
  assert.ok(!usual.screen().includes("to filter"));
});

test("the time left stands beside a profile that is logged in", async () => {
  await using stage = await openMany(3);
  await stage.login(["-p", "p01"]);
  await using terminal = openAwsmfa(stage, ["--choose"]);
  await terminal.shows("3: type to filter");
  assert.match(lastDrawing(terminal)[2] ?? "", /^ {2}p01 {2}1[12]h( \d+m)? left$/);
  await terminal.type(ESCAPE);
  assert.equal(await terminal.ends(), 130);
});

test("names that are longer than the line are cut, and chosen all the same", async () => {
  await using stage = await openStage();
  const [long, longer] = ["a".repeat(90), `${"a".repeat(90)}b`];
  stage.home.write(".aws/credentials", section(long, stage.user) + section(longer, stage.user));
  await using terminal = openAwsmfa(stage, ["--choose"]);
  await terminal.shows("2: type to filter");
  const lines = lastDrawing(terminal);
  assert.deepEqual(lines.slice(1, 3), [`> ${"a".repeat(76)}…`, `  ${"a".repeat(76)}…`]);
  await terminal.type("b");
  await terminal.shows("Profile: b");
  await terminal.type(ENTER);
  await assertLogsIn(stage, terminal, longer);
});

test("stdout may go to a file while the list is on the terminal", async () => {
  await using stage = await openMany();
  const output = stage.home.file("output");
  const through = ["sh", "-c", `exec "$@" >'${output}'`, "sh"];
  await using terminal = openAwsmfa(stage, ["--choose", "--json"], {}, through);
  await terminal.shows("to select, Escape to cancel");
  await terminal.type("42");
  await terminal.shows("Profile: 42");
  await terminal.type(ENTER);
  await terminal.shows("Code of mfa/alice for profile 'p42': ");
  await terminal.type(`${stage.code()}\r`);
  assert.equal(await terminal.ends(), 0, terminal.screen());
  assert.equal(JSON.parse(Deno.readTextFileSync(output)).profile, "p42");
});

test("where stderr is no terminal, nothing is drawn, and it says so", async () => {
  await using stage = await openMany();
  const before = stage.files();
  const through = ["sh", "-c", 'exec "$@" 2>/dev/null', "sh"];
  await using terminal = openAwsmfa(stage, ["--choose"], {}, through);
  assert.equal(await terminal.ends(), 2);
  assert.ok(!terminal.screen().includes("p00"));
  assert.deepEqual([stage.files(), stage.sts.requests.length], [before, 0]);
});

Deno.test({
  ...needs("python3", "strace"),
  name: "nothing is echoed any more once the list is shown: who types at once does not spoil it",
  fn: async () => {
    await using stage = await openMany();
    const trace = [
      "strace",
      "-f",
      "-qq",
      "-s",
      "4000",
      "-e",
      "trace=write,ioctl",
      "-o",
      stage.home.file("calls"),
    ];
    await using terminal = openAwsmfa(stage, ["--choose"], {}, trace);
    await terminal.shows(HELP);
    await terminal.type(CTRL_C);
    assert.equal(await terminal.ends(), 130, terminal.screen());
    const calls = stage.home.read("calls").split("\n");
    const list = calls.findIndex((call) => call.includes(HELP));
    const off = calls.findIndex((call) => /ioctl\(\d+, .*TCSETS/.test(call));
    assert.ok(list > 0, "it is shown");
    assert.ok(off > 0 && off < list, "the terminal's echo is turned off after the list is shown");
  },
});
