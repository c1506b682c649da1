import assert from "node:assert/strict";
import { type Ini, parseIni } from "../../src/domain/ini.ts";
import { place, type Placement } from "../../src/domain/placement.ts";
import { FileError, NoCredentialsError } from "../../src/errors.ts";

const KEYS = "aws_access_key_id = AKIA1\naws_secret_access_key = SECRET1\n";
const OTHER_KEYS = "aws_access_key_id = AKIA2\naws_secret_access_key = SECRET2\n";
const SESSION = "aws_access_key_id = ASIA1\naws_secret_access_key = SECRET3\naws_session_token = TOKEN\n";

interface Files {
  readonly credentials?: string;
  readonly config?: string;
  readonly backup?: string;
}

function placed({ credentials = "", config = "", backup = "" }: Files, name = "a"): Placement {
  const profiles: { credentials: Ini; config: Ini } = {
    credentials: parseIni(credentials, "credentials", "CREDENTIALS"),
    config: parseIni(config, "config", "CONFIG"),
  };
  return place(profiles, parseIni(backup, "credentials", "BACKUP"), name);
}

function refusal(files: Files, name = "a"): NoCredentialsError {
  try {
    placed(files, name);
  } catch (error) {
    assert.ok(error instanceof NoCredentialsError);
    assert.doesNotMatch(`${error.message}${error.hint}`, /SECRET|TOKEN/);
    return error;
  }
  return assert.fail("keys were found");
}

const ROWS: [what: string, files: Files, from: Placement["from"], id: string][] = [
  ["its own long-term keys", { credentials: `[a]\n${KEYS}` }, "in-place", "AKIA1"],
  [
    "its own keys before others in the backup",
    { credentials: `[a]\n${KEYS}`, backup: `[a]\n${OTHER_KEYS}` },
    "in-place",
    "AKIA1",
  ],
  [
    "its own keys before others in config",
    { credentials: `[a]\n${KEYS}`, config: `[profile a]\n${OTHER_KEYS}` },
    "in-place",
    "AKIA1",
  ],
  [
    "the backup's while it holds a session",
    { credentials: `[a]\n${SESSION}`, backup: `[a]\n${KEYS}` },
    "backup",
    "AKIA1",
  ],
  [
    "the backup's where its section has no keys",
    { credentials: "[a]\nx=1\n", backup: `[a]\n${KEYS}` },
    "backup",
    "AKIA1",
  ],
  ["the backup's where its section is gone", { backup: `[a]\n${KEYS}` }, "backup", "AKIA1"],
  ["the config file's", { config: `[profile a]\n${KEYS}` }, "config", "AKIA1"],
  [
    "the config file's behind a session",
    { credentials: `[a]\n${SESSION}`, config: `[profile a]\n${KEYS}` },
    "config",
    "AKIA1",
  ],
  [
    "the backup's before those in config",
    { config: `[profile a]\n${KEYS}`, backup: `[a]\n${OTHER_KEYS}` },
    "backup",
    "AKIA2",
  ],
];
for (const [what, files, from, id] of ROWS) {
  Deno.test(`a profile logs in with ${what}`, () => {
    const placement = placed(files);
    assert.equal(placement.target, "a");
    assert.equal(placement.from, from);
    assert.equal(placement.keys.accessKeyId, id);
  });
}

Deno.test("the profile found is that of both files, credentials first", () => {
  const { profile } = placed({
    credentials: `[a]\n${KEYS}region = x\n`,
    config: "[profile a]\nregion = y\noutput = json\n",
  });
  assert.equal(profile?.get("region"), "x");
  assert.equal(profile?.get("output"), "json");
  assert.equal(profile?.get("none"), undefined);
});

Deno.test("[profile default] hides [default] in the config file", () => {
  const config = `[default]\n${OTHER_KEYS}region = x\n[profile default]\n${KEYS}`;
  const { keys, profile } = placed({ config }, "default");
  assert.equal(keys.accessKeyId, "AKIA1");
  assert.equal(profile?.get("region"), undefined);
});

Deno.test("where no file has the profile, few names are listed", () => {
  const error = refusal({ credentials: "[b]\n[c c]\n", config: "[profile b]\n[profile d]\n[e]\n" });
  assert.equal(error.message, "no profile 'a' in CREDENTIALS or CONFIG");
  assert.equal(error.hint, "there are 'b', 'c c', 'd'");
  assert.equal(refusal({ credentials: "[b]\n" }).hint, "there is 'b'");
});

Deno.test("of many names, only those near are listed", () => {
  const credentials = Array.from({ length: 20 }, (_, i) => `[team-${i + 10}]\n`).join("");
  assert.equal(refusal({ credentials }, "taem-12").message, "no profile 'taem-12' in CREDENTIALS or CONFIG");
  assert.match(refusal({ credentials }, "tem-12").hint ?? "", /^there are 'team-12', /);
  assert.equal(refusal({ credentials }, "zzz").hint, "aws configure list-profiles shows the 20 there are");
});

Deno.test("where there are no profiles at all, the hint is how to make one, quoted for a shell", () => {
  assert.equal(refusal({}, "a").hint, "aws configure --profile a");
  assert.equal(refusal({}, "it's me").hint, `aws configure --profile 'it'\\''s me'`);
});

Deno.test("half a key is told, with the file and the half that is missing", () => {
  const noSecret = refusal({ credentials: "[a]\naws_access_key_id = AKIA1\n", backup: `[a]\n${KEYS}` });
  assert.match(noSecret.message, /^profile 'a' has no aws_secret_access_key in CREDENTIALS/);
  assert.match(noSecret.hint ?? "", /^aws configure set aws_secret_access_key /);
  const noId = refusal({ config: "[profile a]\naws_secret_access_key = SECRET1\n" });
  assert.match(noId.message, /^profile 'a' has no aws_access_key_id in CONFIG/);
});

Deno.test("a session whose keys are nowhere is told, with where they were looked for", () => {
  const error = refusal({ credentials: `[a]\n${SESSION}`, backup: `[b]\n${KEYS}` });
  assert.equal(error.message, "profile 'a' holds a session, and its long-term keys are not in BACKUP");
  assert.match(error.hint ?? "", /\[a\] of CREDENTIALS/);
});

Deno.test("a profile without keys is told, with where they were looked for", () => {
  const error = refusal({ config: "[profile a]\nregion = x\n" });
  for (const place of ["CREDENTIALS", "backup", "CONFIG"]) assert.ok(error.message.includes(place));
  assert.equal(error.hint, "aws configure --profile a");
});

Deno.test("a profile that stands twice in credentials is refused before anything is asked, with both lines", () => {
  assert.throws(() => placed({ credentials: `[a]\n${KEYS}[a]\nx=1\n` }), (error) => {
    assert.ok(error instanceof FileError);
    assert.match(error.message, /lines 1 and 4/);
    return true;
  });
});

Deno.test("a profile that stands twice in config is read, its last value counts", () => {
  const config = `[profile a]\n${KEYS}region = x\n[profile a]\nregion = y\n`;
  const { keys, profile } = placed({ config });
  assert.equal(keys.accessKeyId, "AKIA1");
  assert.equal(profile?.get("region"), "y");
});
