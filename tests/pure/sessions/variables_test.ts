import assert from "node:assert/strict";
import type { SessionCredentials } from "../../../src/domain/keys/credentials.ts";
import {
  formatProcessCredentials,
  type HandOut,
  noSessionVariables,
  programVariables,
  sessionVariables,
  type Variables,
} from "../../../src/domain/sessions/variables.ts";

const SESSION: SessionCredentials = {
  accessKeyId: "ASIA1",
  secretAccessKey: "secret",
  sessionToken: "token==",
  expiration: new Date("2026-11-20T21:17:33.999Z"),
};
const SET = {
  AWS_ACCESS_KEY_ID: "ASIA1",
  AWS_SECRET_ACCESS_KEY: "secret",
  AWS_SESSION_TOKEN: "token==",
  AWS_CREDENTIAL_EXPIRATION: "2026-11-20T21:17:33Z",
};
const UNSET = { AWS_PROFILE: undefined, AWS_DEFAULT_PROFILE: undefined, AWS_SECURITY_TOKEN: undefined };

const HAND_OUT: HandOut = {
  credentials: SESSION,
  accountId: undefined,
  profile: "work",
  settings: new Map(),
  options: new Map(),
  files: new Map(),
  keyId: undefined,
};
const nothing = (): undefined => undefined;
const envOf = (env: Record<string, string>) => (name: string): string | undefined => env[name];

/** An environment after what `env` printed was evaluated there. */
function after(env: Record<string, string>, variables: Variables): Record<string, string> {
  const all = new Map<string, string | undefined>([...Object.entries(env), ...variables]);
  return Object.fromEntries([...all].flatMap(([name, value]) => value === undefined ? [] : [[name, value]]));
}

Deno.test("a session's variables, none that names other credentials, and a mark without a secret", () => {
  const { AWSMFA_SET: mark, ...variables } = Object.fromEntries(sessionVariables(HAND_OUT, nothing));
  assert.deepEqual(variables, { ...SET, ...UNSET, AWSMFA_PROFILE: "work" });
  assert.match(mark ?? "", /^[\w.~:,-]+$/);
  assert.doesNotMatch(mark ?? "", /secret|token/);
});

const REGIONS = new Map([["AWS_REGION", "eu-west-1"], ["AWS_DEFAULT_REGION", "eu-west-1"]]);
const STORIES: [
  what: string,
  env: Record<string, string>,
  first: Partial<HandOut>,
  second: Partial<HandOut>,
][] = [
  ["a bare environment", { HOME: "/h" }, { settings: REGIONS }, {}],
  [
    "the person's region",
    { AWS_REGION: "us-west-2" },
    { settings: new Map([["AWS_REGION", "us-west-2"]]) },
    {},
  ],
  ["a region that --region replaces", { AWS_REGION: "us-west-2" }, { settings: REGIONS }, {
    settings: REGIONS,
  }],
  ["a profile that is named", { AWS_PROFILE: "prod", AWS_DEFAULT_PROFILE: "x" }, {}, { settings: REGIONS }],
  ["the account of another", { AWS_ACCOUNT_ID: "999900001111" }, {}, { accountId: "111122223333" }],
];
for (const [what, env, first, second] of STORIES) {
  Deno.test(`--unset leaves what was there before, once and after two sessions: ${what}`, () => {
    const once = after(env, sessionVariables({ ...HAND_OUT, ...first }, envOf(env)));
    assert.deepEqual(after(once, noSessionVariables(envOf(once), true)), env);
    const twice = after(once, sessionVariables({ ...HAND_OUT, ...second, profile: "other" }, envOf(once)));
    assert.equal(twice["AWSMFA_PROFILE"], "other");
    if (second.settings === undefined && env["AWS_REGION"] === undefined) {
      assert.equal(twice["AWS_REGION"], undefined);
    }
    assert.deepEqual(after(twice, noSessionVariables(envOf(twice), true)), env);
  });
}

Deno.test("--unset leaves what was set since by somebody else: keys, a region, a profile", () => {
  const once = after({ AWS_PROFILE: "prod" }, sessionVariables({ ...HAND_OUT, settings: REGIONS }, nothing));
  const changed = { ...once, AWS_ACCESS_KEY_ID: "AKIA1", AWS_REGION: "us-west-2", AWS_PROFILE: "mine" };
  const left = after(changed, noSessionVariables(envOf(changed), false));
  assert.deepEqual(
    [left["AWS_ACCESS_KEY_ID"], left["AWS_REGION"], left["AWS_DEFAULT_REGION"], left["AWS_PROFILE"]],
    ["AKIA1", "us-west-2", undefined, "mine"],
  );
  assert.deepEqual([left["AWSMFA_PROFILE"], left["AWSMFA_SET"]], [undefined, undefined]);
});

Deno.test("a program finds no other way to credentials", () => {
  const variables = programVariables(HAND_OUT, nothing);
  for (
    const name of [
      ...Object.keys(UNSET),
      "AWS_ROLE_ARN",
      "AWS_ROLE_SESSION_NAME",
      "AWS_WEB_IDENTITY_TOKEN_FILE",
      "AWS_CONTAINER_CREDENTIALS_FULL_URI",
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
      "AWS_VAULT",
      "AWSUME_PROFILE",
    ]
  ) {
    assert.ok(variables.has(name), name);
    assert.equal(variables.get(name), undefined);
  }
  for (const [name, value] of Object.entries(SET)) assert.equal(variables.get(name), value);
});

Deno.test("what a credential process prints is one line of JSON, version 1", () => {
  const text = formatProcessCredentials(SESSION);
  assert.match(text, /^[^\n]+\n$/);
  assert.deepEqual(JSON.parse(text), {
    Version: 1,
    AccessKeyId: "ASIA1",
    SecretAccessKey: "secret",
    SessionToken: "token==",
    Expiration: "2026-11-20T21:17:33Z",
  });
});
