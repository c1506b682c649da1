import { unsetting } from "../domain/shell_commands.ts";
import { type Check, ok, problem, warning } from "../domain/check.ts";
import { checkText } from "../domain/check_text.ts";
import { folderOf } from "../domain/folder_of.ts";
import { type Locations, profileFromEnvironment } from "../domain/locations.ts";
import { findProfile } from "../domain/profiles.ts";
import { missingIncludes } from "../domain/includes.ts";
import { entriesOf } from "../domain/backup_format.ts";
import { profilesWithRoleAside } from "../domain/role_aside.ts";
import type { FileKind } from "../domain/section_header.ts";
import { shellWord } from "../domain/shell_word.ts";
import { Failure } from "../errors.ts";
import type { World } from "../world.ts";
import { type AwsFiles, locate } from "./aws_files.ts";

/** The two AWS files: there, readable, private, and in order. */
export function checkFiles(world: World): Check[] {
  const at = locate(world);
  return [
    ...checkFile(world, "credentials", at.credentials),
    ...checkFile(world, "config", at.config),
    ...checkFolder(world, folderOf(at.credentials)),
    ...checkLeftovers(world, at),
  ];
}

/** Variables that keep AWS tools from using the profile. */
export function checkEnvironment(world: World, name: string): Check[] {
  const checks: Check[] = [];
  if (world.env("AWS_ACCESS_KEY_ID")) {
    checks.push(
      warning(
        "environment",
        "AWS_ACCESS_KEY_ID is set, and wins over every profile",
        unsetting("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"),
      ),
    );
  }
  const { name: named, variable } = profileFromEnvironment(world.env);
  if (variable !== undefined && named !== name) {
    checks.push(
      warning("environment", `${variable} is '${named}', and hides profile '${name}'`, unsetting(variable)),
    );
  }
  return checks.length > 0 ? checks : [ok("environment", "no variable hides the profile")];
}

/** What awsmfa keeps: the backup, and sessions for other commands. */
export function checkKept(world: World): Check[] {
  const at = locate(world);
  const backupPath = [at, ...at.former].map((place) => place.backup)
    .find((path) => world.fileInfo(path) !== undefined) ?? at.backup;
  const backup = world.fileInfo(backupPath);
  const checks = [
    backup === undefined
      ? ok("backup", "no long-term keys are put aside")
      : ok("backup", `${backupPath} holds keys put aside, last changed ${world.localTime(backup.modified)}`),
    ...checkMode(world, "backup", backupPath),
  ];
  try {
    world.checkPrivateFolder(at.sessions);
    const kept = world.listFolder(at.sessions).filter((file) =>
      /\.json$/.test(file) && file !== "devices.json"
    );
    checks.push(
      ok(
        "kept",
        kept.length === 0 ? "no session is kept" : `sessions kept in ${at.sessions}: ${kept.length}`,
      ),
    );
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    checks.push(problem("kept", error.message, error.hint ?? `chmod 700 ${shellWord(at.sessions)}`));
  }
  return checks;
}

/** What logins put aside, in words. */
export function describeAside(files: AwsFiles): Check[] {
  const aside = entriesOf(files.backup).map(({ name }) => name);
  const roles = profilesWithRoleAside(files.config);
  const named = (names: string[]): string => names.map((each) => `'${each}'`).join(", ");
  const orphans = aside.filter((name) => findProfile(files, name) === undefined);
  return [
    ...(aside.length > 0 ? [ok("backup", `put aside by logins: ${named(aside)}`)] : []),
    ...(roles.length > 0 ? [ok("config", `role_arn set aside by logins: ${named(roles)}`)] : []),
    ...missingIncludes(files).map(([name, included]) =>
      warning(
        "config",
        `profile '${name}' includes '${included}', which is in neither file`,
        `awsmfa edit config`,
      )
    ),
    ...(orphans.length > 0
      ? [warning("backup", `put aside, and in neither file any more: ${named(orphans)}`, "awsmfa --restore")]
      : []),
  ];
}

function checkFile(world: World, file: FileKind, path: string): Check[] {
  try {
    const info = world.fileInfo(path);
    const text = world.readText(path);
    if (info === undefined || text === undefined) {
      // Keys may stand in the other file: where they stand nowhere, the profile is the problem.
      return [ok(file, `${path} is not there`)];
    }
    const link = info.linkTo === undefined ? "" : `, a link to ${info.linkTo}`;
    const checks = [ok(file, `${path} can be read${link}`), ...checkText(text, file, path)];
    return file === "credentials" ? [...checks, ...checkMode(world, file, path)] : checks;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [problem(file, error.message, error.hint ?? `ls -l ${shellWord(path)}`)];
  }
}

/** Whether others can read a file that holds keys. */
function checkMode(world: World, what: string, path: string): Check[] {
  const loose = world.looseMode(path);
  if (loose === undefined) return [];
  const says = `${path} can be read by others (mode 0${loose.toString(8)})`;
  return [warning(what, says, `chmod 600 ${shellWord(path)}`)];
}

/** Drafts of a run that was killed; the next one that saves the same file sweeps them. */
function checkLeftovers(world: World, at: Locations): Check[] {
  const folders = new Set([folderOf(at.credentials), folderOf(at.config), at.sessions]);
  return [...folders].flatMap((folder) =>
    namesIn(world, folder)
      .filter((name) => /\.awsmfa(?:-|\.try-)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name))
      .map((name) => {
        const path = `${folder}/${name}`;
        return warning("leftover", `${path} was left by a run that was killed`, `rm ${shellWord(path)}`);
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
    return [];
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return [problem("folder", error.message, error.hint ?? `ls -ld ${shellWord(folder)}`)];
  }
}
