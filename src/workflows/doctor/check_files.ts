import { listing, removing, running } from "../../domain/shell/shell_commands.ts";
import { type Check, ok, problem, warning } from "../../domain/checks/check.ts";
import { checkText } from "../../domain/checks/check_text.ts";
import { refuseEncrypted } from "../../domain/aws_files/encrypted_text.ts";
import { folderOf } from "../../domain/paths/folder_of.ts";
import { inFolder } from "../../domain/paths/in_folder.ts";
import { type Locations, NO_FILE } from "../../domain/paths/locations.ts";
import type { FileKind } from "../../domain/aws_files/section_header.ts";
import { oldKeyIdOf, parseRotation, rotationNames } from "../../domain/changes/rotation.ts";
import { Failure, type Hint } from "../../errors.ts";
import type { World } from "../../world.ts";
import { locate } from "../support/aws_files.ts";
import { checkBackup } from "./check_backup.ts";
import { checkMode } from "./check_mode.ts";

/** The two AWS files: there, readable, private, and in order. */
export function checkFiles(world: World): Check[] {
  const at = locate(world);
  return [
    ...checkFile(world, "credentials", at.credentials),
    ...checkFile(world, "config", at.config),
    ...(at.credentials === NO_FILE ? [] : checkFolder(world, folderOf(at.credentials))),
    ...checkLeftovers(world, at),
  ];
}

/** What a file system lacks that two awsmfa at once rely on, and what they do without it. */
export async function checkLocks(world: World): Promise<Check[]> {
  const { credentials } = locate(world);
  if (await world.takesLocks(credentials)) return [];
  return [
    ok(
      "locks",
      `${credentials} is on a file system without locks (flock): awsmfa makes a directory beside it while it saves, ` +
        "and takes over one that is silent for 30s",
    ),
  ];
}

/** What awsmfa keeps: the backup, and sessions for other commands. */
export function checkCached(world: World): Check[] {
  const at = locate(world);
  const checks = orProblem("backup", listing(at.backup), () => checkBackup(world, at));
  return [
    ...checks,
    ...orProblem("kept", running("chmod 700", at.sessions), () => {
      world.checkPrivateFolder(at.sessions);
      const files = world.listFolder(at.sessions).filter((file) => /\.json$/.test(file));
      // A session that can't be used is found here, and not by the command that needs it.
      for (const file of files) world.readPrivateText(inFolder(at.sessions, file));
      const rotations = files.flatMap((file) => oldKeyIdOf(file) ?? []);
      const cached = files.filter((file) => file !== "devices.json").length - rotations.length;
      return [
        ok("kept", cached === 0 ? "no cached sessions" : `sessions cached in ${at.sessions}: ${cached}`),
        ...rotations.map((id) => {
          const journal = inFolder(at.sessions, rotationNames(id).journal);
          const isDone = parseRotation(world.readPrivateText(journal))?.step === "done";
          return isDone
            ? warning(
              "kept",
              `the access key ${id} was rotated and is still there, inactive`,
              "awsmfa rotate --finish",
            )
            : warning("kept", `the rotation of access key ${id} was cut off`, "awsmfa rotate");
        }),
      ];
    }),
  ];
}

/** What a check throws is what it found. */
function orProblem(what: string, usualFix: Hint, check: () => Check[]): Check[] {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [problem(what, error.message, error.fix ?? usualFix)];
  }
}

function checkFile(world: World, file: FileKind, path: string): Check[] {
  try {
    const info = world.fileInfo(path);
    const text = world.readText(path);
    if (path === NO_FILE) return [ok(file, `${path} stands for no file`)];
    if (info === undefined || text === undefined) {
      if (info?.linkTo !== undefined) {
        return [warning(file, `${path} is a link to ${info.linkTo}, which is not there`, listing(path))];
      }
      // Keys may stand in the other file: where they stand nowhere, the profile is the problem.
      return [ok(file, `${path} is not there`)];
    }
    const link = info.linkTo === undefined ? "" : `, a link to ${info.linkTo}`;
    refuseEncrypted(text, path);
    const checks = [ok(file, `${path} can be read${link}`), ...checkText(text, file, path)];
    return file === "credentials" ? [...checks, ...checkMode(world, file, path)] : checks;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [problem(file, error.message, error.fix ?? listing(path))];
  }
}

/** Drafts of a run that was killed; the next one that saves the same file sweeps them. */
function checkLeftovers(world: World, at: Locations): Check[] {
  const folders = new Set([folderOf(at.credentials), folderOf(at.config), at.sessions]);
  return [...folders].flatMap((folder) =>
    namesIn(world, folder)
      .filter((name) => /\.awsmfa(?:-|\.try-)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name))
      .map((name) => {
        const path = inFolder(folder, name);
        return warning("leftover", `${path} was left by a run that was killed`, removing(path));
      })
  );
}

/** None where the folder can't be read: its files were looked at, and can't be either. */
function namesIn(world: World, folder: string): string[] {
  try {
    return world.listFolder(folder);
  } catch (error) {
    if (error instanceof Failure) return [];
    throw error;
  }
}

/** Whoever can write into the folder can put other files in the place of these. */
function checkFolder(world: World, folder: string): Check[] {
  try {
    world.checkPrivateFolder(folder);
    // One that may be written and not read (mode 0300) stops a save as well.
    world.listFolder(folder);
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [problem("folder", error.message, error.fix ?? listing(folder))];
  }
}
