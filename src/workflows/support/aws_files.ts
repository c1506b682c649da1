import { mergeBackups } from "../../domain/changes/backup_format.ts";
import { refuseEncrypted } from "../../domain/aws_files/encrypted_text.ts";
import { FileError } from "../../errors.ts";
import { folderOf } from "../../domain/paths/folder_of.ts";
import { listing } from "../../domain/shell/shell_commands.ts";
import { realPathOf } from "./real_path.ts";
import { type Ini, parseIni, withText } from "../../domain/aws_files/ini.ts";
import { type Companions, findLocations, type Locations, NO_FILE } from "../../domain/paths/locations.ts";
import type { FileChange, World } from "../../world.ts";

/** The two AWS files and the backup, as they are now. */
export interface AwsFiles {
  readonly at: Locations;
  readonly config: Ini;
  readonly credentials: Ini;
  /** With what an earlier awsmfa left in another place. */
  readonly backup: Ini;
}

/** Where the files are, and what awsmfa keeps beside them. Throws FileError. */
export function locate(world: World): Locations {
  return findLocations(world.env, world.windows, world.realPath);
}

/** Reads all three; one that is not there is empty. Throws FileError. */
export function readAwsFiles(world: World): AwsFiles {
  const at = locate(world);
  const settings = world.readText(at.config) ?? "";
  if (settings === "") refuseDangling(world, at.config);
  const { credentials, backups } = readWithBackups(world, at);
  if (credentials === "") refuseDangling(world, at.credentials);
  refuseEncrypted(credentials, at.credentials);
  refuseEncrypted(settings, at.config);
  const config = parseIni(settings, "config", at.config);
  return {
    at,
    config,
    credentials: parseIni(credentials, "credentials", at.credentials),
    backup: mergeAll(parseIni(backups[0] ?? "", "credentials", at.backup), backups.slice(1)),
  };
}

/** A link into a folder that is not there, such as a disk's or a repository's: a new file there would be no remedy. */
function refuseDangling(world: World, path: string): void {
  if (path === NO_FILE) return;
  const real = realPathOf(world, path);
  if (real === path || world.fileInfo(folderOf(real)) !== undefined) return;
  throw new FileError(
    `${path} leads to ${real}, and there is no such directory`,
    (shell) => `is the disk or the repository there that has it? else: ${listing(path)(shell)}`,
  );
}

/** The files that hold keys and what decides on them: what an update has to read. */
export function pathsOf({ credentials, config, backup, formerBackups }: Locations): string[] {
  return [credentials, config, backup, ...formerBackups];
}

/** The files as an update sees them: `texts` are those of {@linkcode pathsOf}, in their order. */
export function filesNow(files: AwsFiles, texts: readonly (string | undefined)[]): AwsFiles {
  const [credentials, config, backup, ...former] = texts;
  refuseEncrypted(credentials ?? "", files.at.credentials);
  refuseEncrypted(config ?? "", files.at.config);
  const isSame = former.every((text) => text === undefined) || backup === files.backup.text;
  return {
    at: files.at,
    credentials: withText(files.credentials, credentials),
    config: withText(files.config, config),
    backup: isSame ? withText(files.backup, backup) : mergeAll(withText(files.backup, backup), former),
  };
}

/** The changes that leave this backup, or none, in its place, and nothing of it in a former one. */
export function backupChanges(
  { at }: AwsFiles,
  texts: readonly (string | undefined)[],
  backup: string | undefined,
): FileChange[] {
  const [there, ...former] = texts.slice(2);
  const moved = at.formerBackups.filter((_, i) => former[i] !== undefined);
  return [
    ...((there ?? "") === (backup ?? "") ? [] : [{ path: at.backup, text: backup || undefined }]),
    ...moved.map((path) => ({ path, text: undefined })),
  ];
}

/**
 * All as they were at one moment, without a lock. A login puts keys into the backup before a session takes their
 * place; a restore puts them back before it takes them out of the backup. So only with a restore between the two
 * readings, the keys would be in neither text.
 */
function readWithBackups(
  world: World,
  at: Locations,
): { credentials: string; backups: (string | undefined)[] } {
  let credentials = world.readText(at.credentials) ?? "";
  for (;;) {
    const backups = [at.backup, ...at.formerBackups].map((path) => world.readText(path));
    const now = credentials.includes("aws_session_token")
      ? world.readText(at.credentials) ?? ""
      : credentials;
    if (now === credentials) return { credentials, backups };
    credentials = now;
  }
}

function mergeAll(backup: Ini, former: readonly (string | undefined)[]): Ini {
  return former.reduce((now: Ini, text) => mergeBackups(now, withText(now, text)), backup);
}

/** Where a file of awsmfa's own folder lies. */
export function inSessions(world: World, { sessions }: Pick<Companions, "sessions">, name: string): string {
  return `${sessions}${world.windows ? "\\" : "/"}${name}`;
}
