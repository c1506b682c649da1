import { profilesIn, type RestoredProfile, restoreKeys } from "../domain/restore_keys.ts";
import { NoCredentialsError } from "../errors.ts";
import type { World } from "../world.ts";
import { parseIni } from "../domain/ini.ts";
import { findLocations } from "../domain/locations.ts";

export interface Restore {
  readonly profiles: readonly RestoredProfile[];
  /** Where keys are left that were not put back. */
  readonly backupPath: string;
}

/**
 * Puts the long-term keys of all profiles, or of one, back where an in-place login took them from. Throws
 * NoCredentialsError where none are put aside; then nothing was touched.
 */
export async function restore(world: World, profile: string | undefined): Promise<Restore> {
  const at = findLocations(world.env, world.windows);
  const backupText = world.readText(at.backup);
  if (backupText === undefined) throw nothingPutAside(at.backup, profile, []);

  let profiles: readonly RestoredProfile[] = [];
  await world.updateTexts([at.credentials, at.backup], ([credentialsText = "", backupText = ""]) => {
    const backup = parseIni(backupText, "credentials", at.backup);
    const restored = restoreKeys(parseIni(credentialsText, "credentials", at.credentials), backup, profile);
    if (restored.profiles.length === 0) {
      throw nothingPutAside(at.backup, profile, profilesIn(backup).map(({ name }) => name));
    }
    profiles = restored.profiles;
    // The keys are back in the credentials file before they leave the backup: no crash between the two loses them.
    return [
      { path: at.credentials, text: restored.credentials },
      { path: at.backup, text: restored.backup },
    ];
  });
  return { profiles, backupPath: at.backup };
}

function nothingPutAside(path: string, profile: string | undefined, others: string[]): NoCredentialsError {
  const whose = profile === undefined ? "" : ` of profile '${profile}'`;
  return new NoCredentialsError(
    `no long-term keys${whose} were put aside in ${path}`,
    others.length > 0
      ? `there are keys of ${others.map((name) => `'${name}'`).join(", ")}`
      : "nothing was changed: the keys are where they were",
  );
}
