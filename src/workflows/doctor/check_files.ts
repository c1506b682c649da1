import { listing, removing, running } from "../../domain/shell/shell_commands.ts";
import { type Check, ok, problem, warning } from "../../domain/checks/check.ts";
import { checkText } from "../../domain/checks/check_text.ts";
import { refuseEncrypted } from "../../domain/aws_files/encrypted_text.ts";
import { parseIni } from "../../domain/aws_files/ini.ts";
import { sayFault } from "../../domain/aws_files/refuse_faults.ts";
import { folderOf } from "../../domain/paths/folder_of.ts";
import { inFolder } from "../../domain/paths/in_folder.ts";
import { type Locations, NO_FILE } from "../../domain/paths/locations.ts";
import { findProfile } from "../../domain/aws_files/profiles.ts";
import { missingIncludes } from "../../domain/placement/includes.ts";
import { filesElsewhere, notedFiles, sayElsewhere } from "../../domain/changes/session_elsewhere.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { entriesOf } from "../../domain/changes/backup_format.ts";
import { profilesWithRenamedKeys } from "../../domain/changes/renamed_keys.ts";
import type { FileKind } from "../../domain/aws_files/section_header.ts";
import { oldKeyIdOf, parseRotation, rotationNames } from "../../domain/changes/rotation.ts";
import { Failure, type Hint } from "../../errors.ts";
import type { World } from "../../world.ts";
import { addable } from "../support/git_work_tree.ts";
import { type AwsFiles, locate } from "../support/aws_files.ts";

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

/** That it can be read counts more than that it is there: a run as root may have left it. */
function checkBackup(world: World, at: Locations): Check[] {
  const path = [at.backup, ...at.formerBackups]
    .find((each) => world.fileInfo(each) !== undefined) ?? at.backup;
  const backup = world.fileInfo(path);
  const text = world.readText(path) ?? "";
  const broken = parseIni(text, "credentials", path).faults.map((fault) =>
    problem("backup", sayFault({ path }, fault), `correct line ${fault.line} of ${path}`)
  );
  const says = backup === undefined
    ? "no backups"
    : `${path} has backed-up keys, last changed ${world.localTime(backup.modified)}`;
  return [ok("backup", says), ...broken, ...checkMode(world, "backup", path), ...checkAddable(world, path)];
}

/** Keys that the next `git add -A` would take. */
function checkAddable(world: World, path: string): Check[] {
  const found = world.fileInfo(path) === undefined ? undefined : addable(world, path);
  if (found === undefined) return [];
  return [problem(
    "backup",
    `${path} lies in the git work tree ${found.workTree}, which does not ignore it: git add -A takes it`,
    `add the line ${found.line} to ${inFolder(found.workTree, ".gitignore")}`,
  )];
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

/** What logins put aside, in words. */
export function describeBackup(files: AwsFiles): Check[] {
  const aside = entriesOf(files.backup).map(({ name }) => name);
  const named = (names: string[]): string => names.map((each) => `'${each}'`).join(", ");
  const orphans = aside.filter((name) => findProfile(files, name) === undefined);
  return [
    ...(aside.length > 0 ? [ok("backup", `backed up by logins: ${named(aside)}`)] : []),
    ...[files.config, files.credentials].flatMap((ini) => {
      const names = profilesWithRenamedKeys(ini);
      return names.length > 0 ? [ok(ini.file, `keys renamed by logins: ${named(names)}`)] : [];
    }),
    ...profilesWithRenamedKeys(files.config).flatMap((name) => {
      const elsewhere = filesElsewhere(files.config, name, files.at.credentials);
      if (elsewhere.length === 0 || notedFiles(files.config, name).includes(files.at.credentials)) return [];
      const says = sayElsewhere(name, elsewhere.join(", "));
      return [warning("config", says, (shell) => `awsmfa${profileOption(name, shell)}`)];
    }),
    ...missingIncludes(files).map(([name, included]) =>
      warning(
        "config",
        `profile '${name}' includes '${included}', which is in neither file`,
        `awsmfa edit config`,
      )
    ),
    ...(orphans.length > 0
      ? [warning("backup", `backed up, and no longer in either file: ${named(orphans)}`, "awsmfa --restore")]
      : []),
  ];
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

/** Whether others can read a file that holds keys. */
function checkMode(world: World, what: string, path: string): Check[] {
  const loose = world.looseMode(path);
  if (loose === undefined) return [];
  const says = `${path} can be read by other users (mode 0${loose.toString(8)})`;
  return [warning(what, says, running("chmod 600", path))];
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
