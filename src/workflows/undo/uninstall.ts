import { linkIn } from "../../domain/placement/linked_profile.ts";
import { inFolder } from "../../domain/paths/in_folder.ts";
import { lastValue } from "../../domain/aws_files/ini.ts";
import { homeFolder } from "../../domain/paths/locations.ts";
import { profilesToUndo, undoLogins } from "../../domain/changes/log_out.ts";
import type { RestoredProfile } from "../../domain/changes/restore_keys.ts";
import { readMark } from "../../domain/keys/session_mark.ts";
import {
  COMPLETION_FILES,
  START_UP_FILES,
  type StartUpLine,
  startUpLines,
  withoutLines,
} from "../../domain/shell/start_up_lines.ts";
import type { World } from "../../world.ts";
import { readAwsFiles } from "../support/aws_files.ts";
import { formerFolders } from "../support/former_folders.ts";
import { removeLink } from "../setup/link_profile.ts";
import { updateWith } from "./restore.ts";

/** A start-up file of a shell that names awsmfa. */
export interface StartUpFile {
  readonly path: string;
  readonly lines: readonly StartUpLine[];
}

/** What became of all that awsmfa had made. */
export interface Uninstalled {
  readonly profiles: readonly RestoredProfile[];
  /** Profiles of `awsmfa link` that were taken out of the config file. */
  readonly links: readonly string[];
  readonly removed: readonly string[];
  /** What is in awsmfa's folder and may be nowhere else. */
  readonly left: readonly string[];
  /** Where keys are that were not put back; undefined where none are. */
  readonly backupPath: string | undefined;
  readonly startUp: readonly StartUpFile[];
}

/**
 * Undoes all that awsmfa did in the home: logins, links, its own files, and with `startUp` the statements of shells'
 * start-up files that are for it alone. Each step leaves the home in order, and what is done can be done again: a run
 * that is killed loses nothing. Throws a Failure.
 */
export async function uninstall(world: World, startUp: boolean): Promise<Uninstalled> {
  const profiles = await undoAll(world);
  const links = await removeLinks(world);
  const { at, backup } = readAwsFiles(world);
  // An edit has a lock of its own.
  const files = [at.credentials, at.config].flatMap((path) => [path, `${path}.edit`]);
  const folders = [at, ...formerFolders(world, at)].map(({ sessions }) => sessions);
  const { removed, left } = await world.removeOwn(folders, files);
  const found = findStartUp(world);
  if (startUp) { for (const file of found) await removeWholeLines(world, file); }
  return {
    profiles,
    links,
    removed,
    left,
    backupPath: backup.sections.length > 0 || backup.faults.length > 0 ? at.backup : undefined,
    startUp: found,
  };
}

/** The logins that something was backed up for, then sessions that stand alone. */
async function undoAll(world: World): Promise<RestoredProfile[]> {
  const done: RestoredProfile[] = [];
  let files = readAwsFiles(world);
  const undo = async (only: string | undefined): Promise<void> => {
    let profiles: readonly RestoredProfile[] = [];
    await updateWith(world, files, (now) => {
      const after = undoLogins(now, only);
      profiles = after.profiles;
      return after;
    });
    done.push(...profiles);
    files = readAwsFiles(world);
  };
  if (profilesToUndo(files).length > 0) await undo(undefined);
  const alone = files.credentials.sections.filter((section) => readMark([section]) !== undefined);
  for (const name of new Set(alone.map(({ name }) => name))) await undo(name);
  return done;
}

async function removeLinks(world: World): Promise<string[]> {
  const links = readAwsFiles(world).config.sections.filter((section) =>
    linkIn(lastValue(section, "credential_process") ?? "") !== undefined
  ).map(({ name }) => name);
  for (const name of links) await removeLink(world, name);
  return links;
}

function findStartUp(world: World): StartUpFile[] {
  const home = homeFolder(world.env, world.windows);
  return [...START_UP_FILES, ...COMPLETION_FILES].flatMap((name) => {
    const path = inFolder(home, world.windows ? name.replaceAll("/", "\\") : name);
    const lines = startUpLines(world.readText(path) ?? "");
    return lines.length === 0 ? [] : [{ path, lines }];
  });
}

/** A file of nothing but awsmfa's completions goes. */
async function removeWholeLines(world: World, { path, lines }: StartUpFile): Promise<void> {
  const isOwn = COMPLETION_FILES.some((name) => path.replaceAll("\\", "/").endsWith(`/${name}`));
  const whole = lines.filter(({ isWhole }) => isWhole);
  if (!isOwn && whole.length === 0) return;
  await world.updateTexts([path], ([text]) => [
    { path, text: isOwn || text === undefined ? undefined : withoutLines(text, whole) },
  ]);
  // The lock of that save.
  await world.removeOwn([], [path]);
}
