import { textsOf } from "../readers/texts_of.ts";
import { findCredentials } from "../keys/credentials.ts";
import { type Ini, withText } from "../aws_files/ini.ts";
import { renameKeys } from "../aws_files/ini_edit.ts";
import { sectionsOf } from "../aws_files/find_section.ts";
import { isMendable, mend, readsSame } from "../readers/mend.ts";
import type { ReaderFiles } from "../readers/reader.ts";
import type { KeyFiles } from "../placement/source_keys.ts";

/** The texts of both files with what can be mended so that no reader which reads them now reads them otherwise. */
export function mendedFiles(files: KeyFiles): ReaderFiles {
  const mended = mend(textsOf(files));
  return withDevices(files, mended) ?? mended;
}

/** True where {@linkcode mendedFiles} would change something. */
export function canBeMended(files: KeyFiles): boolean {
  const texts = textsOf(files);
  return isMendable(texts) || withDevices(files, texts) !== undefined;
}

/** The texts with the config file's devices renamed; undefined where some reader would read that otherwise, or none is. */
function withDevices(files: KeyFiles, mended: ReaderFiles): ReaderFiles | undefined {
  const config = renameDevices({
    ...files,
    config: withText(files.config, mended.config),
    credentials: withText(files.credentials, mended.credentials),
  });
  const renamed = { ...mended, config: config.text || undefined };
  const isSafe = renamed.config !== mended.config &&
    readsSame(mended, renamed, ["mfa_serial", "aws_mfa_device"]);
  return isSafe ? renamed : undefined;
}

/**
 * The config file with the device of users named `aws_mfa_device`: over a `mfa_serial` beside keys .NET refuses the
 * profile. Not where no keys are: aws-vault reads it there.
 */
function renameDevices(files: KeyFiles): Ini {
  const { config, credentials, backup } = files;
  return config.sections.reduce((now, { kind, name, properties, faults }) => {
    const keys = properties.map(({ key }) => key);
    const isRole = keys.some((key) => /^(?:awsmfa_)?role_arn$/.test(key));
    const isUsers = /profile$/.test(kind) && !isRole && keys.includes("mfa_serial") &&
      !keys.includes("aws_mfa_device") && faults.length === 0 && sectionsOf(config, name).length === 1 &&
      [credentials, config, backup].some((ini) => findCredentials(sectionsOf(ini, name)).kind !== "none");
    if (!isUsers) return now;
    const rename = (key: string): string | undefined =>
      key.toLowerCase() === "mfa_serial" ? "aws_mfa_device" : undefined;
    return withText(now, renameKeys(now, name, rename));
  }, config);
}
