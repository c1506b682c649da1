import { type Ini, parseIni } from "../domain/ini.ts";
import { findLocations, type Locations } from "../domain/locations.ts";
import type { World } from "../world.ts";

/** The two AWS files and the backup, as they are now. */
export interface AwsFiles {
  readonly at: Locations;
  readonly config: Ini;
  readonly credentials: Ini;
  readonly backup: Ini;
}

/** Reads all three; one that is not there is empty. Throws FileError. */
export function readAwsFiles(world: World): AwsFiles {
  const at = findLocations(world.env, world.windows);
  const config = parseIni(world.readText(at.config) ?? "", "config", at.config);
  const { credentials, backup } = readWithBackup(world, at);
  return {
    at,
    config,
    credentials: parseIni(credentials, "credentials", at.credentials),
    backup: parseIni(backup, "credentials", at.backup),
  };
}

/**
 * The two as they were at one moment, without a lock. A login puts keys into the backup before a session takes their
 * place; a restore puts them back before it takes them out of the backup. So only with a restore between the two
 * readings, the keys would be in neither text.
 */
function readWithBackup(world: World, at: Locations): { credentials: string; backup: string } {
  let credentials = world.readText(at.credentials) ?? "";
  for (;;) {
    const backup = world.readText(at.backup) ?? "";
    const now = credentials.includes("aws_session_token")
      ? world.readText(at.credentials) ?? ""
      : credentials;
    if (now === credentials) return { credentials, backup };
    credentials = now;
  }
}

/** Where a file of awsmfa's own folder lies. */
export function inSessions(world: World, at: Locations, name: string): string {
  return `${at.sessions}${world.windows ? "\\" : "/"}${name}`;
}
