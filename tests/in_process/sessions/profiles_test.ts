import assert from "node:assert/strict";
import { FileError } from "../../../src/errors.ts";
import { BACKUP, CONFIG, CREDENTIALS } from "../../support/fake_world.ts";
import { assertFailed, play } from "../play.ts";

const KEYS = "aws_access_key_id = AKIAALICE\naws_secret_access_key = long/secret\n";
const SESSION = "aws_access_key_id = ASIA1\naws_secret_access_key = s3cret\naws_session_token = t0ken\n";

interface Case {
  readonly what: string;
  readonly profile?: string;
  readonly files: Record<string, string>;
  readonly code: number;
  readonly stderr: RegExp;
}

const CASES: Case[] = [
  {
    what: "an unknown profile, with the names there are",
    profile: "wrk",
    files: { [CREDENTIALS]: `[work]\n${KEYS}`, [CONFIG]: "[profile play]\n" },
    code: 4,
    stderr: /^awsmfa: no profile 'wrk' in \S+credentials or \S+config\nhint: there are 'work', 'play'\n$/,
  },
  {
    what: "an unknown profile, with the near ones of many",
    profile: "tem-12",
    files: { [CREDENTIALS]: Array.from({ length: 50 }, (_, i) => `[team-${i}]\n`).join("") },
    code: 4,
    stderr: /\nhint: there are 'team-12', '[^\n]*\n$/,
  },
  {
    what: "no files at all, with how to begin",
    files: {},
    code: 4,
    stderr: /\nhint: awsmfa setup\n$/,
  },
  {
    what: "a profile without keys",
    files: { [CONFIG]: "[default]\nregion = x\n" },
    code: 4,
    stderr: /^awsmfa: profile 'default' has no access key in /,
  },
  {
    what: "a key id without a secret",
    files: { [CREDENTIALS]: "[default]\naws_access_key_id = AKIAALICE\n" },
    code: 4,
    stderr: /^awsmfa: profile 'default' has no aws_secret_access_key in .*\nhint: awsmfa setup\n$/,
  },
  {
    what: "a session whose long-term keys are nowhere",
    files: { [CREDENTIALS]: `[default]\n${SESSION}` },
    code: 4,
    stderr: new RegExp(
      `^awsmfa: profile 'default' holds a session, and its long-term keys are not in ${BACKUP}\n`,
    ),
  },
  {
    what: "a profile that is defined twice, with both lines",
    files: { [CREDENTIALS]: `[default]\n${KEYS}[default]\n${KEYS}` },
    code: 5,
    stderr:
      /^awsmfa: \S+: profile 'default' is defined twice, in lines 1 and 4\nhint: merge the two sections/,
  },
  {
    what: "a credentials file that can't be understood, with the line",
    files: { [CREDENTIALS]: `[default]\n${KEYS}\nlong/secret2\n` },
    code: 5,
    stderr: /^awsmfa: \S+credentials: line 5: (?!.*secret)[^\n]*\nhint: correct line 5 of \S+credentials\n$/,
  },
  {
    what: "a config file that can't be understood, with the line",
    files: { [CREDENTIALS]: `[default]\n${KEYS}`, [CONFIG]: "[default\n" },
    code: 5,
    stderr: /^awsmfa: \S+config: line 1: /,
  },
  {
    what: "a header of the config file in the credentials file",
    profile: "work",
    files: { [CREDENTIALS]: `[other]\n${KEYS}[profile work]\n${KEYS}` },
    code: 4,
    stderr:
      /^awsmfa: \[profile work\] in line 4 of \S+ isn't a profile to most .*\nhint: there it must be \[work\]: /,
  },
];
for (const { what, profile, files, code, stderr } of CASES) {
  Deno.test(`told before anybody is asked: ${what}`, async () => {
    const args = profile === undefined ? [] : ["-p", profile];
    const played = await play(args, { files, answers: ["123456"] });
    assertFailed(played, { code, stderr, files });
    assert.deepEqual(played.questions, []);
    assert.deepEqual([...played.requests, ...played.identityCalls], []);
  });
}

Deno.test("a file that could not be saved is told before anybody is asked", async () => {
  const checkReplaceable = ([path]: readonly string[]): void => {
    throw new FileError(`can't save ${path}: it is marked read-only`, `chmod u+w ${path}`);
  };
  const files = { [CREDENTIALS]: `[default]\n${KEYS}` };
  const played = await play([], { files, answers: ["123456"], but: { checkReplaceable } });
  assertFailed(played, { code: 5, stderr: /read-only\nhint: chmod u\+w /, files });
  assert.deepEqual(played.questions, []);
});
