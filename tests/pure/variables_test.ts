import assert from "node:assert/strict";
import type { SessionCredentials } from "../../src/domain/credentials.ts";
import {
  formatProcessCredentials,
  noSessionVariables,
  programVariables,
  sessionVariables,
} from "../../src/domain/variables.ts";

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

Deno.test("a session's variables, and none that names other credentials", () => {
  assert.deepEqual(Object.fromEntries(sessionVariables(SESSION, undefined)), { ...SET, ...UNSET });
});

Deno.test("the region has two names, where it is known", () => {
  assert.deepEqual(Object.fromEntries(sessionVariables(SESSION, "eu-west-1")), {
    ...SET,
    AWS_REGION: "eu-west-1",
    AWS_DEFAULT_REGION: "eu-west-1",
    ...UNSET,
  });
});

Deno.test("the opposite unsets what was set, and leaves the region", () => {
  assert.deepEqual([...noSessionVariables()], Object.keys(SET).map((name) => [name, undefined]));
});

Deno.test("a program finds no other way to credentials", () => {
  const variables = programVariables(SESSION, undefined);
  for (
    const name of [
      ...Object.keys(UNSET),
      "AWS_ROLE_ARN",
      "AWS_ROLE_SESSION_NAME",
      "AWS_WEB_IDENTITY_TOKEN_FILE",
      "AWS_CONTAINER_CREDENTIALS_FULL_URI",
      "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
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
