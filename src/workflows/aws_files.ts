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
  return {
    at,
    config: parseIni(world.readText(at.config) ?? "", "config", at.config),
    credentials: parseIni(world.readText(at.credentials) ?? "", "credentials", at.credentials),
    backup: parseIni(world.readText(at.backup) ?? "", "credentials", at.backup),
  };
}

/** The file with a text that was read later: parsed again only where it is another one. */
export function withText(ini: Ini, text: string | undefined): Ini {
  return (text ?? "") === ini.text ? ini : parseIni(text ?? "", ini.file, ini.path);
}

/** Where a file of awsmfa's own folder lies. */
export function inSessions(world: World, at: Locations, name: string): string {
  return `${at.sessions}${world.windows ? "\\" : "/"}${name}`;
}
