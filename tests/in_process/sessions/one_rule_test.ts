import assert from "node:assert/strict";
import { NetworkError } from "../../../src/errors.ts";
import { CONFIG, CREDENTIALS, type FakeWorld, fakeWorld } from "../../support/fake_world.ts";
import { type Played, playIn } from "../play.ts";

// The rule of src/domain/sessions/session_rule.ts, row by row, for each of the four commands that want a session.

const COMMANDS: readonly string[][] = [["login"], ["env", "-s", "sh"], ["exec"], ["credential-process"]];
const ASKING = COMMANDS.slice(0, 3);
const SILENT = COMMANDS.slice(3);

/** For whom the new session would be had, and how. */
const WAYS = {
  person: { profile: "default", options: [] },
  role: { profile: "r", options: [] },
  command: { profile: "default", options: ["--code-command", "totp"] },
} as const;

interface State {
  readonly way: keyof typeof WAYS;
  /** Of the session at hand. */
  readonly left: number;
  readonly isDown?: true;
}

/** A world where a session of 12 hours is kept, or of a role one of an hour, `left` seconds before its end. */
async function stage({ way, left, isDown }: State): Promise<FakeWorld> {
  let down = false;
  const fail = (): void => {
    if (down) throw new NetworkError("can't reach AWS", "is there a network?");
  };
  const fake = fakeWorld({
    files: {
      [CREDENTIALS]: "[default]\naws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n",
      [CONFIG]: "[profile r]\nrole_arn = arn:aws:iam::111122223333:role/r\nsource_profile = default\n",
    },
    answers: ["654321"],
    codeCommand: () => "222222",
    sts: fail,
    assumeRole: fail,
  });
  const made = await playIn(fake, ["env", "-s", "sh", "-p", WAYS[way].profile, "123456"]);
  assert.equal(made.code, 0, made.stderr);
  const end = way === "role" ? "2026-11-20T10:00:00Z" : "2026-11-20T21:00:00Z";
  fake.clock.now = new Date(new Date(end).getTime() - left * 1000);
  down = isDown ?? false;
  return fake;
}

interface Done {
  readonly code: number;
  readonly questions: number;
  readonly commands: number;
  /** Had of AWS since. */
  readonly sessions: number;
  readonly roles: number;
}

async function run(
  fake: FakeWorld,
  [command = "", ...words]: readonly string[],
  { profile, options }: (typeof WAYS)[State["way"]],
  more: readonly string[],
): Promise<{ played: Played; done: Done }> {
  const before = { sessions: fake.sessions.length, roles: fake.roles.length };
  const program = command === "exec" ? ["--", "program"] : [];
  const played = await playIn(fake, [command, ...words, "-p", profile, ...options, ...more, ...program]);
  const done = {
    code: played.code,
    questions: fake.questions.length,
    commands: fake.commands.length,
    sessions: fake.sessions.length - before.sessions,
    roles: fake.roles.length - before.roles,
  };
  return { played, done };
}

const NOTHING: Done = { code: 0, questions: 0, commands: 0, sessions: 0, roles: 0 };

const ROWS: readonly [what: string, commands: readonly string[][], State, more: string[], Partial<Done>][] = [
  ["a role and the user's session: 15 minutes are enough", COMMANDS, { way: "role", left: 900 }, [], {}],
  ["a role and the user's session: with less it is assumed anew", COMMANDS, { way: "role", left: 899 }, [], {
    roles: 1,
  }],
  ["a code command: 15 minutes are enough", COMMANDS, { way: "command", left: 900 }, [], {}],
  ["a code command: with less it is run", COMMANDS, { way: "command", left: 899 }, [], {
    commands: 1,
    sessions: 1,
  }],
  ["a person who may be asked: 5 minutes are enough", ASKING, { way: "person", left: 300 }, [], {}],
  ["a person who may be asked: with less they are", ASKING, { way: "person", left: 299 }, [], {
    questions: 1,
    sessions: 1,
  }],
  ["a person who may not be asked: a minute is enough", SILENT, { way: "person", left: 60 }, [], {}],
  ["a person who may not be asked: with less it fails", SILENT, { way: "person", left: 59 }, [], { code: 4 }],
  ["a code that is given: always a new one", ASKING, { way: "person", left: 3600 }, ["777777"], {
    sessions: 1,
  }],
  ["--force: always a new one", ASKING, { way: "person", left: 3600 }, ["--force"], {
    questions: 1,
    sessions: 1,
  }],
  ["a --duration that it was not asked for: a new one", ASKING, { way: "person", left: 9999 }, ["-d", "1h"], {
    questions: 1,
    sessions: 1,
  }],
  ["the same where nobody may be asked", SILENT, { way: "person", left: 9999 }, ["-d", "1h"], { code: 4 }],
  ["a --duration that it was asked for", COMMANDS, { way: "person", left: 9999 }, ["-d", "12h"], {}],
  ["--min-remaining says another time", ASKING, { way: "person", left: 1799 }, ["--min-remaining", "30m"], {
    questions: 1,
    sessions: 1,
  }],
  ["--min-remaining, of a role", COMMANDS, { way: "role", left: 120 }, ["--min-remaining", "2m"], {}],
];
for (const [what, commands, state, more, done] of ROWS) {
  Deno.test(`the rule, ${what}`, async () => {
    for (const command of commands) {
      const ran = await run(await stage(state), command, WAYS[state.way], more);
      assert.deepEqual(ran.done, { ...NOTHING, ...done }, `${command.join(" ")}: ${ran.played.stderr}`);
    }
  });
}

Deno.test("the rule, a new one can't be had: the one at hand is used with a warning, but in its last minute", async () => {
  for (const way of ["role", "command"] as const) {
    for (const command of COMMANDS) {
      const used = await run(await stage({ way, left: 60, isDown: true }), command, WAYS[way], []);
      assert.match(
        used.played.stderr,
        /^warning: can't reach AWS; the session at hand is used until it ends\n/m,
        command.join(" "),
      );
      assert.equal(used.played.code, 0);
      const failed = await run(await stage({ way, left: 59, isDown: true }), command, WAYS[way], []);
      assert.match(failed.played.stderr, /^awsmfa: can't reach AWS\n/m);
      assert.equal(failed.played.code, 6);
    }
  }
});
