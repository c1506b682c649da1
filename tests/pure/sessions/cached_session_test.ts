import assert from "node:assert/strict";
import fc from "fast-check";
import {
  bindingOf,
  type CachedId,
  cachedId,
  type CachedSession,
  cachedSessionName,
  formatCachedSession,
  parseCachedSession,
} from "../../../src/domain/sessions/cached_session.ts";
import type { RoleStep } from "../../../src/domain/placement/role.ts";

/** Of AWS's own STS in its first partition, where a test says no more. */
function idOf(
  accessKeyId: string,
  roles: readonly RoleStep[],
  endpoint?: string,
  region = "us-east-1",
): CachedId {
  return cachedId(accessKeyId, roles, { endpoint, region });
}

const STEP: RoleStep = {
  arn: "arn:aws:iam::111122223333:role/admin",
  profile: "work",
  externalId: undefined,
  sessionName: undefined,
  seconds: undefined,
};
const CACHED: CachedSession = {
  id: idOf("AKIAALICE", []),
  serial: "arn:aws:iam::111122223333:mfa/alice",
  callerArn: "arn:aws:iam::111122223333:user/alice",
  askedSeconds: 43_200,
  credentials: {
    accessKeyId: "ASIA1",
    secretAccessKey: "SECRET/",
    sessionToken: "TOKEN==",
    expiration: new Date("2026-11-20T21:00:00Z"),
    principalArn: undefined,
  },
};

const word = fc.string({ minLength: 1, unit: "binary" });
const step: fc.Arbitrary<RoleStep> = fc.record({
  arn: word,
  profile: fc.option(word, { nil: undefined }),
  externalId: fc.option(word, { nil: undefined }),
  sessionName: fc.option(word, { nil: undefined }),
  seconds: fc.option(fc.nat(), { nil: undefined }),
});
const session: fc.Arbitrary<CachedSession> = fc.record({
  id: fc.tuple(word, fc.array(step, { maxLength: 3 })).map(([key, steps]) => idOf(key, steps)),
  serial: word,
  callerArn: fc.option(word, { nil: undefined }),
  askedSeconds: fc.option(fc.nat(), { nil: undefined }),
  issued: fc.option(fc.integer({ min: 0, max: 4e9 }).map((seconds) => new Date(seconds * 1000)), {
    nil: undefined,
  }),
  credentials: fc.record({
    accessKeyId: word,
    secretAccessKey: word,
    sessionToken: word,
    expiration: fc.integer({ min: 0, max: 4e9 }).map((seconds) => new Date(seconds * 1000)),
    principalArn: fc.option(word, { nil: undefined }),
  }, { noNullPrototype: true }),
}, { noNullPrototype: true });

Deno.test("a session that was kept is found again as it was", () => {
  assert.deepEqual(parseCachedSession(formatCachedSession(CACHED), CACHED.id), {
    ...CACHED,
    issued: undefined,
  });
  fc.assert(
    fc.property(session, (kept) => {
      assert.deepEqual(parseCachedSession(formatCachedSession(kept), kept.id), kept);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("its file is JSON with a version, and ends with a line end", () => {
  const text = formatCachedSession(CACHED);
  assert.ok(text.endsWith("}\n"));
  assert.deepEqual(JSON.parse(text), {
    version: 1,
    id: { accessKeyId: "AKIAALICE", roles: [] },
    serial: "arn:aws:iam::111122223333:mfa/alice",
    callerArn: "arn:aws:iam::111122223333:user/alice",
    askedSeconds: 43200,
    session: {
      accessKeyId: "ASIA1",
      secretAccessKey: "SECRET/",
      sessionToken: "TOKEN==",
      expiration: "2026-11-20T21:00:00Z",
    },
  });
});

Deno.test("a session of another key, role, external id, session name, address or partition is not taken", () => {
  const kept = { ...CACHED, id: idOf("AKIAALICE", [STEP]) };
  const others = [
    idOf("AKIABOB", [STEP]),
    idOf("AKIAALICE", []),
    idOf("AKIAALICE", [STEP, STEP]),
    idOf("AKIAALICE", [{ ...STEP, arn: `${STEP.arn}2` }]),
    idOf("AKIAALICE", [{ ...STEP, externalId: "X" }]),
    idOf("AKIAALICE", [{ ...STEP, sessionName: "X" }]),
    idOf("AKIAALICE", [STEP], "http://127.0.0.1:4566/"),
    idOf("AKIAALICE", [STEP], undefined, "cn-north-1"),
  ];
  const text = formatCachedSession(kept);
  for (const id of others) assert.equal(parseCachedSession(text, id), undefined);
  assert.equal(new Set([kept.id, ...others].map(cachedSessionName)).size, others.length + 1);
  assert.equal(new Set([kept.id, ...others].map(bindingOf)).size, others.length + 1);
});

Deno.test("the profile that names a role, and the duration wished, don't make it another session", () => {
  const same = idOf("AKIAALICE", [{ ...STEP, profile: "other", seconds: 900 }]);
  assert.deepEqual(same, idOf("AKIAALICE", [STEP]));
});

Deno.test("a file cut off anywhere is as good as absent", () => {
  const text = formatCachedSession(CACHED);
  for (let end = 0; end < text.trimEnd().length; end++) {
    assert.equal(parseCachedSession(text.slice(0, end), CACHED.id), undefined);
  }
  assert.equal(parseCachedSession(undefined, CACHED.id), undefined);
});

Deno.test("a file of another kind, or of another version, is as good as absent", () => {
  const good = JSON.parse(formatCachedSession(CACHED));
  const texts = [
    "null",
    "1",
    '"text"',
    "[]",
    "{}",
    "[default]\naws_access_key_id = AKIA1\n",
    "\u0000\udcff",
    JSON.stringify({ ...good, version: 2 }),
    JSON.stringify({ ...good, version: "1" }),
    JSON.stringify({ ...good, serial: undefined }),
    JSON.stringify({ ...good, serial: 1 }),
    JSON.stringify({ ...good, id: undefined }),
    JSON.stringify({ ...good, session: null }),
    JSON.stringify({ ...good, session: [] }),
    ...["accessKeyId", "secretAccessKey", "sessionToken", "expiration"].flatMap((key) =>
      [undefined, "", 5, null, {}].map((value) =>
        JSON.stringify({ ...good, session: { ...good.session, [key]: value } })
      )
    ),
    JSON.stringify({ ...good, session: { ...good.session, expiration: "soon" } }),
    "[".repeat(200_000),
  ];
  for (const text of texts) assert.equal(parseCachedSession(text, CACHED.id), undefined, text.slice(0, 300));
});

Deno.test("whatever a file holds, reading it never throws", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (text) => {
      assert.equal(parseCachedSession(text, CACHED.id), undefined);
    }),
    { numRuns: 2_000 },
  );
  const good = JSON.parse(formatCachedSession(CACHED));
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(good)), fc.jsonValue(), (key, value) => {
      const isFree = ["callerArn", "serial", "askedSeconds"].includes(key);
      fc.pre(JSON.stringify(value) !== JSON.stringify(good[key]) && !isFree);
      assert.equal(parseCachedSession(JSON.stringify({ ...good, [key]: value }), CACHED.id), undefined);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("what 0.1.0 kept is found by the same id: it has no time that was asked for, and is AWS's", () => {
  const text = formatCachedSession(CACHED).replace(/ *"askedSeconds": \d+,\n/, "");
  assert.deepEqual(parseCachedSession(text, idOf("AKIAALICE", [], undefined, "eu-west-1")), {
    ...CACHED,
    askedSeconds: undefined,
    issued: undefined,
  });
});

Deno.test("the file's name is the key's id, and a hash of the roles", () => {
  assert.equal(cachedSessionName(idOf("AKIAALICE", [])), "AKIAALICE.json");
  assert.match(cachedSessionName(idOf("AKIAALICE", [STEP])), /^AKIAALICE-[0-9a-f]{16}\.json$/);
});

Deno.test("no name, whatever the ids are, leads out of the folder or is long", () => {
  const nasty = fc.constantFrom(
    "..",
    "../../etc/passwd",
    "/",
    "\\",
    "C:\\x",
    "a\u0000b",
    ".",
    "~",
    "x".repeat(400),
  );
  fc.assert(
    fc.property(
      fc.oneof(nasty, fc.string({ unit: "binary" })),
      fc.array(step, { maxLength: 2 }),
      (key, steps) => {
        assert.match(cachedSessionName(idOf(key, steps)), /^[A-Za-z0-9_]{0,100}(-[0-9a-f]{16})?\.json$/);
      },
    ),
    { numRuns: 5_000 },
  );
});
