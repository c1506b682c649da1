import assert from "node:assert/strict";
import fc from "fast-check";
import { cellsOf } from "../../../src/domain/text/cells.ts";
import { statusTable, timeLeft } from "../../../src/cli/output/status_table.ts";
import type { ProfileState, ProfileStatus } from "../../../src/domain/sessions/status.ts";

const PLAIN = { colour: false, columns: 80 };
const COLOUR = { colour: true, columns: 80 };
const DEVICE = "arn:aws:iam::111122223333:mfa/";
// deno-lint-ignore no-control-regex
const ESCAPES = /\x1b\[\d+m/g;
const BARS = /\[[#-]{6}\] /g;

function status(name: string, state: ProfileState, more: Partial<ProfileStatus> = {}): ProfileStatus {
  return {
    name,
    state,
    current: false,
    expiration: undefined,
    secondsLeft: undefined,
    roleArn: undefined,
    device: undefined,
    region: undefined,
    ...more,
  };
}

const FOUR = [
  status("default", "in place", {
    current: true,
    secondsLeft: 34_800,
    device: `${DEVICE}alice`,
    region: "eu-central-1",
  }),
  status("admin", "role", { secondsLeft: 600, roleArn: "R" }),
  status("old", "expired", { secondsLeft: -600, region: "us-east-1" }),
  status("keys", "long-term", { device: "GAHT12345678" }),
  status("ops", "none", { roleArn: "R" }),
];

Deno.test("without a profile there are the headings only", () => {
  assert.equal(statusTable([], PLAIN), "  PROFILE  STATUS  LEFT  DEVICE  REGION\n");
});

Deno.test("one profile: its status, the time left in words, device and region", () => {
  assert.equal(
    statusTable(FOUR.slice(0, 1), PLAIN),
    "  PROFILE  STATUS     LEFT    DEVICE  REGION\n" +
      "* default  logged in  9h 40m  alice   eu-central-1\n",
  );
});

Deno.test("several profiles: columns stand below each other, the current one is marked", () => {
  assert.equal(
    statusTable(FOUR, PLAIN),
    "  PROFILE  STATUS            LEFT     DEVICE        REGION\n" +
      "* default  logged in         9h 40m   alice         eu-central-1\n" +
      "  admin    logged in, role   10m\n" +
      "  old      expired           10m ago                us-east-1\n" +
      "  keys     logged out                 GAHT12345678\n" +
      "  ops      logged out, role\n",
  );
});

Deno.test("colours: bold headings, green while there is time, yellow before the end, red after it", () => {
  const lines = statusTable(FOUR, COLOUR).trimEnd().split("\n");
  assert.deepEqual(lines.map((line) => line.match(ESCAPES) ?? []), [
    ["\x1b[1m", "\x1b[0m"],
    ["\x1b[32m", "\x1b[0m"],
    ["\x1b[33m", "\x1b[0m"],
    ["\x1b[31m", "\x1b[0m"],
    [],
    [],
  ]);
  const words = (text: string): string => text.replace(ESCAPES, "").replace(BARS, "").replace(/ {2,}/g, "  ");
  assert.equal(lines.map((line) => `${words(line)}\n`).join(""), words(statusTable(FOUR, PLAIN)));
});

/** 30 profiles that don't fit: `length` is that of the longest name. */
function thirty(length: number): string[] {
  const many = Array.from(
    { length: 30 },
    (_, i) =>
      status(`customer-${i}`.padEnd(length - i, "x"), "in place", {
        secondsLeft: 1000 * i,
        device: `${DEVICE}somebody.with.a.long.name@example.com`,
        region: "ap-southeast-2",
      }),
  );
  const lines = statusTable(many, PLAIN).trimEnd().split("\n");
  assert.equal(lines.length, 31);
  for (const line of lines) assert.ok(line.length <= 80, line);
  return lines;
}

Deno.test("30 profiles fit into 80 columns: the device is cut, then left out, then the region, then names are cut", () => {
  assert.match(
    thirty(14)[1] ?? "",
    /^ {2}customer-0xxxx {2}logged in {2}.* {2}somebody\.with\S*… {2}ap-southeast-2$/,
  );
  assert.match(
    thirty(38)[1] ?? "",
    /^ {2}customer-0x{28} {2}logged in {2}0s ago +ap-southeast-2$/,
  );
  assert.match(thirty(55)[1] ?? "", /^ {2}customer-0x{45} {2}logged in {2}0s ago$/);
  assert.match(thirty(90)[1] ?? "", /^ {2}customer-0x+… {2}logged in {2}0s ago$/);
});

Deno.test("a name that is too long ends in an ellipsis, and state and time stay whole", () => {
  const [, line = ""] = statusTable([status("x".repeat(200), "in place", { secondsLeft: 43_200 })], PLAIN)
    .split(
      "\n",
    );
  assert.equal(line.length, 79);
  assert.match(line, /^ {2}x+… {2}logged in {2}12h$/);
});

Deno.test("whatever the profiles are, no line is longer than the terminal, with and without colour", () => {
  const some = fc.array(
    fc.record({
      name: fc.oneof(
        fc.string(),
        fc.constantFrom("work", "x".repeat(90), "team a", "開発環境", "é".repeat(50)),
      ),
      state: fc.constantFrom<ProfileState>("long-term", "in place", "session", "role", "expired", "none"),
      current: fc.boolean(),
      expiration: fc.constant(undefined),
      secondsLeft: fc.option(fc.integer({ min: -1e8, max: 129_600 }), { nil: undefined }),
      roleArn: fc.constant(undefined),
      device: fc.option(fc.constantFrom(`${DEVICE}alice`, `${DEVICE}${"y".repeat(60)}`), { nil: undefined }),
      region: fc.option(fc.constantFrom("us-east-1", "ap-southeast-2"), { nil: undefined }),
    }),
    { maxLength: 31 },
  );
  fc.assert(
    fc.property(some, fc.integer({ min: 60, max: 200 }), (profiles, columns) => {
      const plain = statusTable(profiles, { colour: false, columns });
      const lines = plain.split("\n");
      assert.equal(lines.length, profiles.length + 2);
      for (const line of lines) assert.ok(cellsOf(line) <= columns, line);
      const coloured = statusTable(profiles, { colour: true, columns }).replace(ESCAPES, "").split("\n");
      assert.equal(coloured.length, lines.length);
      for (const line of coloured) assert.ok(cellsOf(line) <= columns, line);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("the bar is full with what a login usually gives, and empty only when nothing is left", () => {
  const barOf = (state: ProfileState, secondsLeft: number): string =>
    /\[[#-]+\]/.exec(statusTable([status("a", state, { secondsLeft })], COLOUR))?.[0] ?? "";
  assert.equal(barOf("session", 129_600), "[######]");
  assert.equal(barOf("session", 43_200), "[######]");
  assert.equal(barOf("session", 21_600), "[###---]");
  assert.equal(barOf("session", 1), "[#-----]");
  assert.equal(barOf("role", 3_600), "[######]");
  assert.equal(barOf("expired", 0), "[------]");
  assert.equal(barOf("expired", -99_999), "[------]");
});

Deno.test("the time left in words", () => {
  const words = (secondsLeft: number | undefined): string =>
    timeLeft(status("a", "session", { secondsLeft }));
  assert.deepEqual([34_800, 59, 0, -600, undefined].map(words), [
    "9h 40m",
    "59s",
    "0s ago",
    "10m ago",
    "?",
  ]);
});

Deno.test("wide characters take two cells, and the columns stay below each other", () => {
  const table = statusTable([
    status("開発環境", "long-term", { region: "ap-northeast-1" }),
    status("work", "long-term", { region: "us-east-1" }),
  ], PLAIN);
  assert.equal(
    table,
    "  PROFILE   STATUS      LEFT  DEVICE  REGION\n" +
      "  開発環境  logged out                ap-northeast-1\n" +
      "  work      logged out                us-east-1\n",
  );
});
