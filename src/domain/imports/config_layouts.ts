import type { Hint } from "../../errors.ts";
import { INHERITED_SECTION } from "../aws_files/inherited_section.ts";
import type { Ini } from "../aws_files/ini.ts";
import { sectionsOf } from "../aws_files/find_section.ts";
import { findProfile, includedName, type Profile, profileNames } from "../aws_files/profiles.ts";
import { roleValue } from "../placement/role.ts";
import { profileOption, shellWord } from "../shell/shell_word.ts";
import type { KeyFiles } from "../placement/source_keys.ts";
import {
  type ForeignSetup,
  hasKeys,
  prefixSections,
  type ProfileSettings,
  putSettings,
} from "./foreign_setup.ts";

/** What a profile inherits in aws-vault (vault/config.go), under the names that AWS's tools read. */
const INHERITED = [
  "mfa_serial",
  "role_arn",
  "external_id",
  "region",
  "role_session_name",
  "duration_seconds",
  "source_profile",
  "mfa_process",
];

/**
 * Sections of the config file that lack `profile ` before their names, which all AWS tools skip: reusabit/awsmfa and
 * huvcodes/aws-cli-mfa want them so. Undefined where there is none.
 */
export function importUnprefixed(files: KeyFiles): ForeignSetup | undefined {
  const found = unprefixedNames(files.config);
  if (found.length === 0) return undefined;
  const config = prefixSections(files.config, (name) => name !== INHERITED_SECTION);
  const notes = unprefixedNames(config).map((name) =>
    sectionsOf(config, name).length > 0
      ? `[${name}] is left unchanged, since there is a [profile ${name}] already`
      : `[${name}] is left unchanged, since it is defined twice: awsmfa edit`
  );
  return { tool: "reusabit/awsmfa or huvcodes/aws-cli-mfa", files: { ...files, config }, notes };
}

function unprefixedNames({ sections }: Ini): string[] {
  return [
    ...new Set(
      sections.filter(({ kind, name }) => kind === "unprefixed" && name !== INHERITED_SECTION)
        .map(({ name }) => name),
    ),
  ];
}

/**
 * What profiles inherit by aws-vault's `include_profile` and `parent_profile`, which no AWS tool follows, is written
 * into them; aws-vault reads the file as before. Undefined where nothing is inherited and no mfa_process is there.
 */
export function importAwsVault(files: KeyFiles): ForeignSetup | undefined {
  const profiles = profileNames(files).flatMap((name) => findProfile(files, name) ?? []);
  const heirs = profiles.filter((profile) => includedName(profile) !== undefined);
  if (heirs.length === 0 && !profiles.some(({ own }) => own("mfa_process") !== undefined)) return undefined;
  const standard = findProfile(files, "default");
  const settings = heirs.map((profile): ProfileSettings => ({
    profile: profile.name,
    values: INHERITED.flatMap((key): [string, string][] => {
      const value = profile.own(key) !== undefined
        ? undefined
        : roleValue(profile, key) ?? standard?.own(key);
      if (value === undefined || (key === "source_profile" && value === profile.name)) return [];
      // Over one of a user's own .NET refuses the profile.
      const isUsers = key === "mfa_serial" && roleValue(profile, "role_arn") === undefined;
      return [[isUsers ? "aws_mfa_device" : key, value]];
    }),
  }));
  const notes = usersOf(profiles).filter((name) => !hasKeys(files, name)).map((name): Hint => (shell) =>
    `the access key of '${name}' is in aws-vault's own store: awsmfa setup${
      profileOption(name, shell)
    }, with what this shows: aws-vault export --no-session --format=ini ${shellWord(name, shell)}`
  );
  return { tool: "aws-vault", files: putSettings(files, settings), notes };
}

/** The profiles that have keys of their own: others name them as their source, or they have a device and no heirs. */
function usersOf(profiles: readonly Profile[]): string[] {
  const sources = profiles.flatMap((profile) => roleValue(profile, "source_profile") ?? []);
  const included = profiles.flatMap((profile) => includedName(profile) ?? []);
  return profiles.filter((profile) => {
    const { name, get } = profile;
    const isOther = roleValue(profile, "role_arn") ?? roleValue(profile, "source_profile");
    const hasDevice = (get("mfa_serial") ?? get("aws_mfa_device")) !== undefined &&
      !included.includes(name);
    return isOther === undefined && (sources.includes(name) || hasDevice);
  }).map(({ name }) => name);
}
