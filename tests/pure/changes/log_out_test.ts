import assert from "node:assert/strict";
import fc from "fast-check";
import { BACKUP_TITLE } from "../../../src/domain/changes/backup_format.ts";
import { profilesToUndo, undoLogins, type WrittenFiles } from "../../../src/domain/changes/log_out.ts";
import { parseIni } from "../../../src/domain/aws_files/ini.ts";
import { renameForSession } from "../../../src/domain/changes/renamed_keys.ts";
import { type NewCredentials, placeSession } from "../../../src/domain/changes/session_in_file.ts";
import { randomConfigWithRole, randomFile, session } from "../../support/generators.ts";
import { keyFiles, keys, othersSession, sessionLines, type Texts } from "../aws_files/key_files.ts";

const ROLE_CONFIG = "[profile r]\nrole_arn = R\nsource_profile = a\n";
const RENAMED_ROLE = "[profile r]\nawsmfa_role_arn = R\nawsmfa_source_profile = a\n";

/** The texts after a logout, and what became of each profile. */
function undone(texts: Texts, only?: string): Texts & { profiles: Record<string, string> } {
  const { profiles, credentials, backup, config } = undoLogins(keyFiles(texts), only);
  const outcomes = Object.fromEntries(profiles.map(({ profile, outcome }) => [profile, outcome]));
  return { credentials, config, ...(backup === undefined ? {} : { backup }), profiles: outcomes };
}

Deno.test("a session in place of keys makes room for them again", () => {
  const texts = { credentials: `[a]\n${sessionLines("ASIA1")}`, backup: `[a]\n${keys("AKIA1")}` };
  for (const only of [undefined, "a"]) {
    assert.deepEqual(undone(texts, only), {
      credentials: `[a]\n${keys("AKIA1")}`,
      config: "",
      profiles: { a: "restored" },
    });
  }
});

Deno.test("a session that nothing was put aside for goes, by name only, and other lines of its section stay", () => {
  const credentials = `[a]\n${
    sessionLines("ASIA1", "region = x", "x_security_token_expires = 2026-11-20T21:00:00Z")
  }[b]\n`;
  assert.deepEqual(undone({ credentials }, "a"), {
    credentials: "[a]\nregion = x\n[b]\n",
    config: "",
    profiles: { a: "logged out" },
  });
  assert.deepEqual(undone({ credentials }), { credentials, config: "", profiles: {} });
});

Deno.test("a profile without a session, or with long-term keys, is left alone", () => {
  for (const credentials of ["", "[a]\nregion = x\n", `[a]\n${keys("AKIA1")}`]) {
    assert.deepEqual(undone({ credentials }, "a"), { credentials, config: "", profiles: {} });
  }
});

Deno.test("what another tool wrote into the session's place goes into the backup first, and nothing else changes yet", () => {
  const files = keyFiles({
    credentials: `[a]\n${othersSession("ASIA2")}`,
    backup: `${BACKUP_TITLE}[a]\n${keys("AKIA1")}`,
    config: RENAMED_ROLE,
  });
  const first = undoLogins(files, undefined);
  assert.ok(first.again);
  assert.deepEqual(
    [first.credentials, first.config, first.profiles],
    [files.credentials.text, files.config.text, []],
  );
  assert.match(first.backup ?? "", /TOKEN\/ASIA2/);

  const second = undoLogins(
    { ...files, backup: parseIni(first.backup ?? "", "credentials", "BACKUP") },
    undefined,
  );
  assert.ok(!second.again);
  assert.equal(second.credentials, `[a]\n${keys("AKIA1")}`);
  assert.match(second.backup ?? "", /TOKEN\/ASIA2/);
});

Deno.test("role keys go back to their names, with the session or after it is gone", () => {
  const credentials = `[r]\n${sessionLines("ASIA1", "x_principal_arn = x")}`;
  for (const only of [undefined, "r"]) {
    assert.deepEqual(undone({ credentials, config: RENAMED_ROLE }, only), {
      credentials: "[r]\n",
      config: ROLE_CONFIG,
      profiles: { r: "logged out" },
    });
    assert.deepEqual(undone({ config: RENAMED_ROLE }, only), {
      credentials: "",
      config: ROLE_CONFIG,
      profiles: { r: "logged out" },
    });
  }
  assert.equal(undone({ credentials, config: RENAMED_ROLE }, "other").config, RENAMED_ROLE);
});

Deno.test("profiles to be undone without a name are those that something was put aside for", () => {
  const names = (texts: Texts): string[] => profilesToUndo(keyFiles(texts));
  assert.deepEqual(names({ credentials: `[a]\n${sessionLines("ASIA1")}`, config: ROLE_CONFIG }), []);
  assert.deepEqual(names({ backup: `[a]\n${keys("AKIA1")}[r]\n`, config: RENAMED_ROLE }), ["a", "r"]);
});

/** A login of a role profile: both files as awsmfa writes them. */
function logRoleIn(
  files: WrittenFiles,
  profile: string,
  session: NewCredentials,
): WrittenFiles {
  const after = placeSession(files.credentials, files.backup, { profile, session, binding: "b" });
  return {
    credentials: parseIni(after.credentials, "credentials", "CREDENTIALS"),
    backup: parseIni(after.backup, "credentials", "BACKUP"),
    config: parseIni(renameForSession(files.config, profile), "config", "CONFIG"),
  };
}

Deno.test("in 5000 random pairs of files, a role's login undone by name or with all leaves the same bytes", () => {
  fc.assert(
    fc.property(
      randomFile("credentials"),
      randomConfigWithRole,
      session,
      session,
      fc.boolean(),
      (credentials, config, first, second, byName) => {
        const before = keyFiles({ credentials: credentials.text, config: config.text });
        const role = { ...first, principalArn: "arn:aws:sts::111122223333:assumed-role/x/y" };
        const once = logRoleIn(before, config.name, role);
        const during = logRoleIn(once, config.name, { ...second, principalArn: role.principalArn });
        const after = undoLogins(during, byName ? config.name : undefined);
        assert.equal(after.config, config.text);
        assert.equal(after.credentials, credentials.text);
        assert.equal(after.backup, undefined);
      },
    ),
    { numRuns: 5_000 },
  );
});

Deno.test("a profile with both a session and a role set aside is undone once", () => {
  const backup = `# awsmfa: x\n[r]\n# awsmfa: there was no such section\n`;
  const files = keyFiles({ credentials: `[r]\n${sessionLines("ASIA1")}`, backup, config: RENAMED_ROLE });
  for (const only of [undefined, "r"]) {
    assert.deepEqual(undoLogins(files, only).profiles.map(({ profile }) => profile), ["r"]);
  }
});
