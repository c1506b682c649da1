import assert from "node:assert/strict";
import { type Ini, parseIni } from "../../../src/domain/aws_files/ini.ts";
import { backUpForeign, type RestoredFiles, restoreKeys } from "../../../src/domain/changes/restore_keys.ts";
import { type NewCredentials, placeSession } from "../../../src/domain/changes/session_in_file.ts";
import type { RandomProfile } from "../../support/generators.ts";

/** The credentials file and the backup beside it, if there is one. */
export interface TwoFiles {
  readonly credentials: string;
  readonly backup: string | undefined;
}

/** Both files after a login. */
export function logIn(files: TwoFiles, profile: string, session: NewCredentials): TwoFiles {
  const { credentials, backup } = placeSession(
    parse(files.credentials),
    parse(files.backup ?? "", "BACKUP"),
    { profile, session, binding: "0123456789abcdef" },
  );
  return { credentials, backup: backup === "" ? undefined : backup };
}

/** Both files after `--restore`, of one profile or of all. */
export function restoreAll(files: TwoFiles, only?: string): TwoFiles {
  const { credentials, backup } = restored(files, only);
  return { credentials, backup };
}

/** What became of each profile. */
export function outcomes(files: TwoFiles, only?: string): Record<string, string> {
  return Object.fromEntries(restored(files, only).profiles.map(({ profile, outcome }) => [profile, outcome]));
}

function restored(files: TwoFiles, only: string | undefined): RestoredFiles {
  const credentials = parse(files.credentials);
  return restoreKeys(
    credentials,
    backUpForeign(credentials, parse(files.backup ?? "", "BACKUP"), only),
    only,
  );
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
