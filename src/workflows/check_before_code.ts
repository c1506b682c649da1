import { findCredentials } from "../domain/credentials.ts";
import { sectionsOf } from "../domain/ini_edit.ts";
import type { Placement } from "../domain/placement.ts";
import { profileOption } from "../domain/shell_word.ts";
import { FileError } from "../errors.ts";
import type { World } from "../world.ts";
import type { AwsFiles } from "./aws_files.ts";

/**
 * Nobody shall be asked for a code that is of no use: what a login will write is tried before. Throws FileError; where
 * a role's config file is in the way, with the way that needs no file.
 */
export function checkBeforeCode(
  world: World,
  { at, credentials }: AwsFiles,
  { target, targetProfile, roles }: Placement,
  changesConfig: boolean,
): void {
  const movesKeys = findCredentials(sectionsOf(credentials, target)).kind === "long-term";
  world.checkReplaceable([at.credentials, ...(movesKeys ? [at.backup] : [])]);
  if (!changesConfig) return;
  try {
    world.checkReplaceable([at.credentials, at.config]);
  } catch (error) {
    // In a container or a home that a package manager made, that file is read-only for good.
    if (!(error instanceof FileError) || targetProfile === undefined || roles.length === 0) throw error;
    const without = `awsmfa env${profileOption(target)} writes neither file`;
    throw new FileError(error.message, error.hint === undefined ? without : `${error.hint}; ${without}`);
  }
}
