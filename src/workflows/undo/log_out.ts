import { undoLogins } from "../../domain/changes/log_out.ts";
import { findCredentials } from "../../domain/keys/credentials.ts";
import { sectionsOf } from "../../domain/aws_files/find_section.ts";
import { place } from "../../domain/placement/placement.ts";
import type { RestoredProfile } from "../../domain/changes/restore_keys.ts";
import { sourceOfLink } from "../../domain/placement/behind_links.ts";
import { filesElsewhere } from "../../domain/changes/session_elsewhere.ts";
import { setting } from "../../domain/shell/shell_commands.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { NoCredentialsError, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";
import { type AwsFiles, readAwsFiles } from "../support/aws_files.ts";
import { cachedPathsOf, findCached } from "../sessions/cached_sessions.ts";
import { updateWith } from "./restore.ts";

export interface Logout {
  readonly profile: string;
  /** Undefined where the file held no session, and only a kept one was forgotten. */
  readonly undone: RestoredProfile | undefined;
  readonly forgotKept: boolean;
  readonly backupPath: string;
}

/**
 * Takes a profile's session out of the file, puts back what its login put aside, and forgets the session that is
 * kept for its keys. Throws NoCredentialsError where there is no session at all.
 */
export async function logOut(world: World, name: string): Promise<Logout> {
  const files = readAwsFiles(world);
  const profile = behindLink(files, name);
  const cached = cachedFilesOf(world, files, profile);
  const before = undoLogins({ ...files, cached: findCached(world, files) }, profile);
  if (before.profiles.length === 0 && !before.again && cached.length === 0) {
    const { kind } = findCredentials(sectionsOf(files.credentials, profile));
    if (kind === "session") {
      throw new NoCredentialsError(
        `profile '${profile}' has a session that awsmfa didn't write`,
        "it was left unchanged: end it with the tool that made it",
      );
    }
    const [elsewhere] = filesElsewhere(files.config, profile, files.at.credentials);
    if (elsewhere !== undefined) {
      throw new NoCredentialsError(
        `profile '${profile}' holds no session here: that one is in ${elsewhere}`,
        (shell) =>
          `${setting("AWS_SHARED_CREDENTIALS_FILE", elsewhere)(shell)}; awsmfa logout${
            profileOption(profile, shell)
          }`,
      );
    }
    throw new NoCredentialsError(
      `profile '${profile}' holds no session`,
      "awsmfa status shows which profiles do",
    );
  }
  let undone: RestoredProfile | undefined;
  await updateWith(
    world,
    files,
    (now) => {
      const after = undoLogins(now, profile);
      undone = after.profiles[0];
      return after;
    },
    cached.map((path) => ({ path, text: undefined })),
  );
  return { profile, undone, forgotKept: cached.length > 0, backupPath: files.at.backup };
}

/** What a link holds is its source's. A loop of links holds nothing. */
function behindLink(files: AwsFiles, name: string): string {
  try {
    return sourceOfLink(files, name);
  } catch (error) {
    if (error instanceof NoCredentialsError) return name;
    throw error;
  }
}

/** The files with cached sessions for the profile's keys, roles and all; a profile without keys has none. */
function cachedFilesOf(world: World, files: AwsFiles, profile: string): string[] {
  try {
    const { source } = place(files, { name: profile, named: true, asTools: true });
    return cachedPathsOf(world, files.at, source.keys.accessKeyId);
  } catch (error) {
    // A profile that can't log in, since its keys are gone or a setting is wrong, can still be logged out.
    if (error instanceof NoCredentialsError || error instanceof UsageError) return [];
    throw error;
  }
}
