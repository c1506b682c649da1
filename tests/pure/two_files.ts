import assert from "node:assert/strict";
import type { SessionCredentials } from "../../src/domain/credentials.ts";
import { type Ini, parseIni } from "../../src/domain/ini.ts";
import { restoreKeys } from "../../src/domain/restore_keys.ts";
import { placeSession } from "../../src/domain/session_in_file.ts";
import type { RandomProfile } from "../support/generators.ts";

/** The credentials file and the backup beside it, if there is one. */
export interface TwoFiles {
  readonly credentials: string;
  readonly backup: string | undefined;
}

/** Both files after a login. */
export function logIn(files: TwoFiles, profile: string, session: SessionCredentials): TwoFiles {
  const { credentials, backup } = placeSession(
    parse(files.credentials),
    parse(files.backup ?? "", "BACKUP"),
    profile,
    session,
  );
  return { credentials, backup };
}

/** Both files after `--restore`, of one profile or of all. */
export function restoreAll(files: TwoFiles, only?: string): TwoFiles {
  const { credentials, backup } = restoreKeys(
    parse(files.credentials),
    parse(files.backup ?? "", "BACKUP"),
    only,
  );
  return { credentials, backup };
}

/** What became of each profile. */
export function outcomes(files: TwoFiles, only?: string): Record<string, string> {
  const { profiles } = restoreKeys(parse(files.credentials), parse(files.backup ?? "", "BACKUP"), only);
  return Object.fromEntries(profiles.map(({ profile, outcome }) => [profile, outcome]));
}

export function parse(text: string, path = "CREDENTIALS"): Ini {
  return parseIni(text, "credentials", path);
}

/** Promise 1 of design.md: no long-term key is ever lost. */
export function assertSecretsInOne(profiles: readonly RandomProfile[], files: TwoFiles): void {
  for (const { name, keys } of profiles) {
    if (keys === undefined) continue;
    const found = [files.credentials, files.backup ?? ""].some((text) =>
      text.includes(keys.accessKeyId) && text.includes(keys.secretAccessKey)
    );
    assert.ok(found, `the keys of '${name}' are in neither file`);
  }
}
