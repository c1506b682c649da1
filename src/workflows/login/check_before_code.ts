import { configOfLogin } from "../../domain/changes/config_of_login.ts";
import { findCredentials } from "../../domain/keys/credentials.ts";
import { sectionsOf } from "../../domain/aws_files/find_section.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { FileError, type Hint, joinHints } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { AwsFiles } from "../support/aws_files.ts";
import type { SessionOrder } from "../sessions/session_order.ts";

/** Nobody shall be asked for a code that is of no use: what a login will write is tried before. Throws FileError. */
export function checkBeforeCode(world: World, { at, credentials }: AwsFiles, target: string): void {
  const movesKeys = findCredentials(sectionsOf(credentials, target)).kind === "long-term";
  world.checkReplaceable([at.credentials, ...(movesKeys ? [at.backup] : [])]);
}

/** Why the config file stays as it is. */
export interface ConfigStays {
  readonly why: string;
  readonly hint: Hint;
}

/**
 * A config file that a login would change and that can't be saved: in a container, or a home that a package manager
 * made, it is read-only for good. The login goes on without it. Throws FileError with --save (`remember`), and
 * where it is the credentials file, too.
 */
export function whyConfigStays(
  world: World,
  { files: { at, config }, placement }: SessionOrder,
  remember: boolean,
): ConfigStays | undefined {
  if (configOfLogin(config, placement, remember) === config.text) return undefined;
  const isSaved = (paths: string[]): FileError | undefined => {
    try {
      world.checkReplaceable(paths);
      return undefined;
    } catch (error) {
      if (error instanceof FileError) return error;
      throw error;
    }
  };
  const failed = isSaved([at.credentials, at.config]);
  if (failed === undefined) return undefined;
  const without: Hint = (shell) => `awsmfa env${profileOption(placement.target, shell)} writes neither file`;
  const hint = failed.fix === undefined ? without : joinHints(failed.fix, "; ", without);
  if (remember || isSaved([at.config]) === undefined) throw new FileError(failed.message, hint);
  return { why: failed.message, hint };
}
