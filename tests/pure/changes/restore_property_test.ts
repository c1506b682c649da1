import assert from "node:assert/strict";
import fc from "fast-check";
import type { SessionCredentials } from "../../../src/domain/keys/credentials.ts";
import { findSection } from "../../../src/domain/aws_files/find_section.ts";
import { randomFile, type RandomProfile, session } from "../../support/generators.ts";
import { assertSecretsInOne, logIn, parse, restoreAll, type TwoFiles } from "./two_files.ts";

const RUNS = 5_000;

/** A random file, and logins of some of its profiles or of one that is in no section yet, in any order. */
const stories = fc.record({
  file: randomFile("credentials"),
  logins: fc.array(fc.tuple(fc.nat(), session), { minLength: 1, maxLength: 6 }),
}).map(({ file, logins }) => {
  const withKeys = [...file.profiles.filter(({ keys }) => keys !== undefined), NEWCOMER, ANOTHER];
  return {
    text: file.text,
    profiles: withKeys,
    others: file.profiles.filter(({ keys }) => keys === undefined),
    logins: logins.map(([n, session]) => ({ ...(withKeys[n % withKeys.length] ?? NEWCOMER), session })),
  };
});
type Login = RandomProfile & { readonly session: SessionCredentials };

/** Its keys stand in the config file only. */
const NEWCOMER: RandomProfile = { name: "newcomer", keys: undefined };
const ANOTHER: RandomProfile = { name: "another", keys: undefined };

function logInAll(before: TwoFiles, logins: readonly Login[]): TwoFiles {
  return logins.reduce((files, { name, session }) => logIn(files, name, session), before);
}

Deno.test("login after login of any profiles, then restore: the same bytes, and no backup", () => {
  fc.assert(
    fc.property(stories, ({ text, logins }) => {
      const during = logInAll({ credentials: text, backup: undefined }, logins);
      assert.notEqual(during.credentials, text);
      assert.deepEqual(restoreAll(during), { credentials: text, backup: undefined });
    }),
    { numRuns: RUNS },
  );
});

Deno.test("profiles restored one by one, in any order: the same bytes, too", () => {
  fc.assert(
    fc.property(stories, fc.infiniteStream(fc.nat()), ({ text, logins }, random) => {
      const names = [...new Set(logins.map(({ name }) => name))];
      let files = logInAll({ credentials: text, backup: undefined }, logins);
      while (names.length > 0) {
        const [name] = names.splice((random.next().value ?? 0) % names.length, 1);
        files = restoreAll(files, name);
      }
      assert.equal(files.credentials, text);
      assert.equal(files.backup, undefined);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("between any two saves of a login or a restore, every long-term secret is in one of the two files", () => {
  fc.assert(
    fc.property(stories, ({ text, logins, profiles }) => {
      let files: TwoFiles = { credentials: text, backup: undefined };
      for (const { name, session } of logins) {
        const after = logIn(files, name, session);
        assertSecretsInOne(profiles, { credentials: files.credentials, backup: after.backup });
        assertSecretsInOne(profiles, after);
        files = after;
      }
      const restored = restoreAll(files);
      assertSecretsInOne(profiles, { credentials: restored.credentials, backup: files.backup });
      assertSecretsInOne(profiles, restored);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("a crash between the two saves is mended by the next command", () => {
  fc.assert(
    fc.property(stories, session, ({ text, logins: [first] }, again) => {
      const before: TwoFiles = { credentials: text, backup: undefined };
      const { name, session } = first ?? { ...NEWCOMER, session: again };
      const after = logIn(before, name, session);
      const loginCut = { credentials: text, backup: after.backup };
      assert.deepEqual(restoreAll(loginCut), before);
      assert.deepEqual(restoreAll(logIn(loginCut, name, again)), before);
      const restoreCut = { credentials: restoreAll(after).credentials, backup: after.backup };
      assert.deepEqual(restoreAll(restoreCut), before);
      assert.deepEqual(restoreAll(logIn(restoreCut, name, again)), before);
    }),
    { numRuns: RUNS },
  );
});

Deno.test("what others write into other sections meanwhile stays, and the rest is as before", () => {
  fc.assert(
    fc.property(
      stories,
      fc.constantFrom("\n# note", "\nz_new = 1", "\n\n"),
      ({ text, logins, others }, added) => {
        const [other] = others;
        fc.pre(other !== undefined);
        /** Behind the brackets of another section. */
        const edit = (credentials: string): string => {
          const at = credentials.indexOf("]", findSection(parse(credentials), other.name)?.start) + 1;
          return credentials.slice(0, at) + added + credentials.slice(at);
        };
        const during = logInAll({ credentials: text, backup: undefined }, logins);
        const restored = restoreAll({ ...during, credentials: edit(during.credentials) });
        assert.equal(restored.credentials, edit(text));
        assert.equal(restored.backup, undefined);
      },
    ),
    { numRuns: RUNS },
  );
});
