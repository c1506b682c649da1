import { entriesOf, readEntry } from "../../domain/changes/backup_format.ts";
import {
  type FilesAfterLogout,
  profilesToUndo,
  undoLogins,
  type WrittenFiles,
} from "../../domain/changes/log_out.ts";
import { refuseFaults } from "../../domain/aws_files/refuse_faults.ts";
import { refuseLoss } from "../../domain/changes/refuse_loss.ts";
import { refuseSideEffects } from "../../domain/changes/refuse_side_effects.ts";
import type { RestoredProfile } from "../../domain/changes/restore_keys.ts";
import type { FileKind } from "../../domain/aws_files/section_header.ts";
import { NoCredentialsError } from "../../errors.ts";
import type { FileChange, World } from "../../world.ts";
import { type AwsFiles, backupChanges, filesNow, pathsOf, readAwsFiles } from "../support/aws_files.ts";
import { textsOf } from "../../domain/readers/texts_of.ts";
import { findCached } from "../sessions/cached_sessions.ts";

export interface Restore {
  readonly profiles: readonly RestoredProfile[];
  /** Where keys are left that were not put back. */
  readonly backupPath: string;
}

/**
 * Puts everything back that logins put aside: long-term keys, and role keys in the config file; of all profiles, or
 * of one. Throws NoCredentialsError where nothing is put aside; then nothing was touched.
 */
export async function restore(world: World, profile: string | undefined): Promise<Restore> {
  const files = readAwsFiles(world);
  refuseNothing(files, files, profile);
  let profiles: readonly RestoredProfile[] = [];
  await updateWith(world, files, (now) => {
    refuseNothing(files, now, profile);
    const after = undoLogins(now, profile);
    profiles = after.profiles;
    return after;
  });
  return { profiles, backupPath: files.at.backup };
}

/**
 * Saves what `undo` makes of the three files. The keys are back in the credentials file before they leave the
 * backup, so that no crash between the two loses them; and what is to be backed up first is in it before anything else
 * is done. `more` is saved last.
 */
export async function updateWith(
  world: World,
  files: AwsFiles,
  undo: (now: WrittenFiles) => FilesAfterLogout,
  more: readonly FileChange[] = [],
): Promise<void> {
  const { at } = files;
  const cached = findCached(world, files);
  const paths = pathsOf(at);
  for (let again = true; again;) {
    await world.updateTexts([...paths, ...more.map(({ path }) => path)], (all) => {
      const texts = all.slice(0, paths.length);
      const now = { ...filesNow(files, texts), cached };
      const after = undo(now);
      refuseLoss(now, after, cached);
      const profiles = [...profilesToUndo(now), ...after.profiles.map(({ profile }) => profile)];
      const written = { credentials: after.credentials || undefined, config: after.config || undefined };
      // What no reader could read before the login, either, goes back as it was.
      const putBack = entriesOf(now.backup).flatMap((entry) => readEntry(now.backup, entry).block ?? []);
      refuseSideEffects(textsOf(now), written, profiles, at, putBack);
      again = after.again;
      const backups = backupChanges(files, texts, after.backup);
      if (again) return backups;
      // A file that is not there, and has nothing to hold, is not made; and one that a login made goes then.
      const textOf = (kind: FileKind): string | undefined =>
        after[kind] === "" && after.made.includes(kind) ? undefined : after[kind];
      const changes = [
        { path: at.credentials, text: textOf("credentials") },
        { path: at.config, text: textOf("config") },
      ].filter(({ text }, i) => (text ?? "") !== "" || texts[i] !== undefined);
      return [...changes, ...backups, ...more];
    });
  }
}

function refuseNothing({ at }: AwsFiles, now: WrittenFiles, profile: string | undefined): void {
  refuseFaults(now.backup, profile);
  const names = profilesToUndo(now);
  if (profile === undefined ? names.length > 0 : names.includes(profile)) return;
  const whose = profile === undefined ? "" : ` of profile '${profile}'`;
  throw new NoCredentialsError(
    `no long-term keys${whose} are backed up in ${at.backup}`,
    names.length > 0
      ? `there are keys of ${names.map((name) => `'${name}'`).join(", ")}`
      : "nothing was changed: the keys are where they were",
  );
}
