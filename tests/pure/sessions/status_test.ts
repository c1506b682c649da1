import assert from "node:assert/strict";
import { isLoggedIn, listStatus, type ProfileState, statusOf } from "../../../src/domain/sessions/status.ts";
import type { NewCredentials } from "../../../src/domain/changes/session_in_file.ts";
import { logIn } from "../changes/two_files.ts";
import { keyFiles, keys, othersSession, sessionLines, type Texts } from "../aws_files/key_files.ts";

const NOW = new Date("2026-11-20T09:00:00.500Z");
const LATER = "x_security_token_expires = 2026-11-20T10:00:00Z";
const BEFORE = "x_security_token_expires = 2026-11-20T08:00:00Z";
const ASSUMED = "x_principal_arn = arn:aws:sts::111122223333:assumed-role/admin/alice";
const ROLE = "arn:aws:iam::111122223333:role/admin";

interface Case {
  readonly what: string;
  readonly texts: Texts;
  readonly state: ProfileState;
  readonly left?: number;
  readonly loggedIn?: boolean;
}

const MINE: NewCredentials = {
  accessKeyId: "ASIA1",
  secretAccessKey: "temporary",
  sessionToken: "token==",
  expiration: new Date("2026-11-20T10:00:00Z"),
};
/** The files after a login of [a]. */
function loggedIn(session: NewCredentials): Texts {
  const { credentials, backup } = logIn(
    { credentials: `[a]\n${keys("AKIA1")}`, backup: undefined },
    "a",
    session,
  );
  return { credentials, backup: backup ?? "" };
}

/** As `aws configure set` leaves it: other values in the same lines. */
function afterConfigure(session: NewCredentials): Texts {
  const { credentials = "", ...rest } = loggedIn(session);
  const others = credentials.replace(/(_id = ).*/, "$1ASIA9").replace(/(_access_key = ).*/, "$1others")
    .replace(/(_token = ).*/, "$1others");
  return { ...rest, credentials: others };
}

const CASES: Case[] = [
  {
    what: "another tool's session in the place of awsmfa's: the end that stands there says nothing of it",
    texts: afterConfigure(MINE),
    state: "other session",
    loggedIn: true,
  },
  {
    what: "the same in a role's section",
    texts: afterConfigure({ ...MINE, principalArn: ASSUMED.replace(/^.* = /, "") }),
    state: "other session",
    loggedIn: true,
  },
  {
    what: "another tool's section in the place of awsmfa's whole one",
    texts: { ...loggedIn(MINE), credentials: `[a]\n${othersSession("ASIA9")}` },
    state: "other session",
    loggedIn: true,
  },
  { what: "what awsmfa wrote", texts: loggedIn(MINE), state: "in place", left: 3599, loggedIn: true },
  {
    what: "what awsmfa wrote, of an STS whose key ids are like long-term ones",
    texts: loggedIn({ ...MINE, accessKeyId: "AKIAIOSFODNN7EXAMPLE" }),
    state: "in place",
    left: 3599,
    loggedIn: true,
  },
  { what: "long-term keys", texts: { credentials: `[a]\n${keys("AKIA1")}` }, state: "long-term" },
  {
    what: "long-term keys in config",
    texts: { config: `[profile a]\n${keys("AKIA1")}` },
    state: "long-term",
  },
  {
    what: "a session whose keys are in the backup",
    texts: { credentials: `[a]\n${sessionLines("ASIA1", LATER)}`, backup: `[a]\n${keys("AKIA1")}` },
    state: "in place",
    left: 3599,
    loggedIn: true,
  },
  {
    what: "a session whose keys are elsewhere",
    texts: { credentials: `[a]\n${sessionLines("ASIA1", LATER)}` },
    state: "session",
    left: 3599,
    loggedIn: true,
  },
  {
    what: "a session beside the keys in config",
    texts: { credentials: `[a]\n${sessionLines("ASIA1", LATER)}`, config: `[profile a]\n${keys("AKIA1")}` },
    state: "session",
    left: 3599,
    loggedIn: true,
  },
  {
    what: "credentials of a role, also where its keys are in the backup",
    texts: { credentials: `[a]\n${sessionLines("ASIA1", LATER, ASSUMED)}`, backup: `[a]\n${keys("AKIA1")}` },
    state: "role",
    left: 3599,
    loggedIn: true,
  },
  {
    what: "a session that is over",
    texts: { credentials: `[a]\n${sessionLines("ASIA1", BEFORE)}` },
    state: "expired",
    left: -3601,
  },
  {
    what: "a role's credentials that are over",
    texts: { credentials: `[a]\n${sessionLines("ASIA1", BEFORE, ASSUMED)}` },
    state: "expired",
    left: -3601,
  },
  {
    what: "a session in broamski's words",
    texts: { credentials: `[a]\n${sessionLines("ASIA1", "expiration = 2026-11-20 10:00:00")}` },
    state: "session",
    left: 3599,
    loggedIn: true,
  },
  {
    what: "a session that does not say when it ends",
    texts: { credentials: `[a]\n${sessionLines("ASIA1")}` },
    state: "session",
    loggedIn: true,
  },
  { what: "half a key", texts: { credentials: "[a]\naws_access_key_id = AKIA1\n" }, state: "none" },
  { what: "settings only", texts: { config: "[profile a]\nregion = x\n" }, state: "none" },
  {
    what: "a role and no credentials",
    texts: { config: `[profile a]\nrole_arn = ${ROLE}\n` },
    state: "none",
  },
  { what: "nothing at all", texts: {}, state: "none" },
];
for (const { what, texts, state, left, loggedIn } of CASES) {
  Deno.test(`the state of a profile with ${what} is '${state}'`, () => {
    const status = statusOf(keyFiles(texts), "a", NOW, "b");
    assert.equal(status.state, state);
    assert.equal(status.secondsLeft, left);
    assert.equal(status.expiration === undefined, left === undefined);
    assert.equal(isLoggedIn(status), loggedIn ?? false);
    assert.equal(status.current, false);
  });
}

Deno.test("a session is over in the second in which it ends", () => {
  const credentials = `[a]\n${sessionLines("ASIA1", LATER)}`;
  const at = (time: string): string => statusOf(keyFiles({ credentials }), "a", new Date(time), "a").state;
  assert.equal(at("2026-11-20T09:59:59Z"), "session");
  assert.equal(at("2026-11-20T09:59:59.500Z"), "expired");
  assert.equal(at("2026-11-20T10:00:00Z"), "expired");
});

Deno.test("an expiration left beside long-term keys says nothing of them", () => {
  const { state, expiration, secondsLeft } = statusOf(
    keyFiles({ credentials: `[a]\n${keys("AKIA1")}${BEFORE}\n` }),
    "a",
    NOW,
    "a",
  );
  assert.deepEqual([state, expiration, secondsLeft], ["long-term", undefined, undefined]);
});

Deno.test("role, device and region are what the profile says, in awsmfa's and in broamski's words", () => {
  const config =
    `[profile a]\nawsmfa_role_arn = ${ROLE}\nsource_profile = s\nawsmfa_mfa_serial = S\nregion = x\n`;
  const { roleArn, device, region, current } = statusOf(keyFiles({ config }), "a", NOW, "a");
  assert.deepEqual([roleArn, device, region, current], [ROLE, "S", "x", true]);
  assert.equal(
    statusOf(keyFiles({ credentials: "[a]\naws_mfa_device = B\n" }), "a", NOW, "a").device,
    "B",
  );
});

Deno.test("the list has every profile with keys, a session or a role, in the order of the files, once", () => {
  const files = keyFiles({
    credentials: `[keys]\n${keys("AKIA1")}[empty]\n[both]\n${sessionLines("ASIA1", LATER)}`,
    config:
      `[profile settings]\nregion = x\n[profile both]\nregion = y\n[profile role]\nrole_arn = ${ROLE}\n` +
      `[profile inconfig]\n${keys("AKIA2")}[sso-session x]\n`,
  });
  assert.deepEqual(
    listStatus(files, NOW, "both").map(({ name, state, current }) => [name, state, current]),
    [["keys", "long-term", false], ["both", "session", true], ["role", "none", false], [
      "inconfig",
      "long-term",
      false,
    ]],
  );
  assert.deepEqual(listStatus(keyFiles({}), NOW, "default"), []);
});
