import { type Check, ok, problem, warning } from "../../domain/checks/check.ts";
import { parseIni } from "../../domain/aws_files/ini.ts";
import { sayFault } from "../../domain/aws_files/refuse_faults.ts";
import type { Locations } from "../../domain/paths/locations.ts";
import { findProfile } from "../../domain/aws_files/profiles.ts";
import { missingIncludes } from "../../domain/placement/includes.ts";
import { filesElsewhere, notedFiles, sayElsewhere } from "../../domain/changes/session_elsewhere.ts";
import { profileOption } from "../../domain/shell/shell_word.ts";
import { entriesOf } from "../../domain/changes/backup_format.ts";
import { profilesWithRenamedKeys } from "../../domain/changes/renamed_keys.ts";
import type { World } from "../../world.ts";
import type { AwsFiles } from "../support/aws_files.ts";
import { checkAddable, checkMode } from "./check_mode.ts";

/** That it can be read counts more than that it is there: a run as root may have left it. */
export function checkBackup(world: World, at: Locations): Check[] {
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
