import { type Ini, withText } from "../aws_files/ini.ts";
import { setValues } from "../aws_files/ini_edit.ts";
import { findProfile } from "../aws_files/profiles.ts";
import { backUpForeign, restoreKeys } from "../changes/restore_keys.ts";
import { roleValue } from "../placement/role.ts";
import { type KeyFiles, keysBeside, stemOfKeys } from "../placement/source_keys.ts";
import { type ForeignSetup, type ProfileSettings, putSettings } from "./foreign_setup.ts";

/**
 * broamski/aws-mfa (its README): the keys in [NAME-long-term], with `aws_mfa_device` and `assume_role`; and
 * huvcodes/aws-cli-mfa: the keys in [NAME_permanent]. Both stay as they are, and the config file gets AWS's own names
 * for the settings. Undefined where no such section is there.
 */
export function importKeySections(files: KeyFiles): ForeignSetup | undefined {
  const names = files.credentials.sections.flatMap(({ name }) => stemOfKeys(name) ?? []);
  const found = [...new Set(names)].filter((name) => keysBeside(files, name) !== undefined);
  if (found.length === 0) return undefined;
  return {
    tool: found.some((name) => keysBeside(files, name)?.section.endsWith("_permanent"))
      ? "huvcodes/aws-cli-mfa"
      : "broamski/aws-mfa",
    files: putSettings(files, found.map((name) => settingsOf(files, name))),
    notes: [],
  };
}

function settingsOf(files: KeyFiles, name: string): ProfileSettings {
  const source = keysBeside(files, name)?.section ?? name;
  const [profile, holder] = [findProfile(files, name), findProfile(files, source)];
  const missing = (key: string, value: string | undefined): [string, string][] =>
    value === undefined || roleValue(profile, key) !== undefined ? [] : [[key, value]];
  const role = holder?.own("assume_role");
  const device = holder?.own("aws_mfa_device") ?? holder?.own("mfa_serial");
  return {
    profile: name,
    values: [
      // A role's is for the AWS tools; over a user's own .NET refuses the profile.
      ...(role === undefined && roleValue(profile, "mfa_serial") === undefined
        ? missing("aws_mfa_device", device)
        : missing("mfa_serial", device)),
      ...missing("region", holder?.own("region")),
      ...missing("role_arn", role),
      ...missing("source_profile", role === undefined ? undefined : source),
    ],
  };
}

/**
 * An older layout of huvcodes/aws-cli-mfa: `mfa_serial` in quotes, which AWS's tools take for a part of it. Undefined
 * where there is none.
 */
export function importQuotedSerials(files: KeyFiles): ForeignSetup | undefined {
  const after = {
    ...files,
    credentials: unquoteSerials(files.credentials),
    config: unquoteSerials(files.config),
  };
  const isThere = after.credentials !== files.credentials || after.config !== files.config;
  return isThere ? { tool: "huvcodes/aws-cli-mfa", files: after, notes: [] } : undefined;
}

function unquoteSerials(ini: Ini): Ini {
  return ini.sections.reduce((now, { kind, name, properties }) => {
    const quoted = properties.find(({ key, value }) => key === "mfa_serial" && /^(["']).+\1$/.test(value));
    if (quoted === undefined || !/profile$/.test(kind)) return now;
    return withText(now, setValues(now, name, [["mfa_serial", quoted.value.slice(1, -1)]]));
  }, ini);
}

/**
 * The backup of luhring/awsmfa, a whole credentials file: everything in it goes back to its place, and awsmfa's own
 * logins put aside what they replace.
 */
export function importLuhring(files: KeyFiles): ForeignSetup {
  const backup = backUpForeign(files.credentials, files.backup, undefined);
  const after = restoreKeys(files.credentials, backup, undefined);
  return {
    tool: "luhring/awsmfa",
    files: {
      ...files,
      credentials: withText(files.credentials, after.credentials),
      backup: withText(files.backup, after.backup),
    },
    notes: after.profiles.filter(({ outcome }) => outcome === "left alone")
      .map(({ profile }) => `profile '${profile}' has other keys now: they are left unchanged`),
  };
}
