import { sectionsOf } from "../ini_edit.ts";
import { findProfile, includedName, profileNames } from "../profiles.ts";
import { writeHeader } from "../section_header.ts";
import { type KeyFiles, keysBeside, ownKeys } from "../source_keys.ts";
import { type ForeignSetup, type ProfileSettings, putSettings, withText } from "./foreign_setup.ts";

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
  const { config } = files;
  const found = config.sections.filter(({ kind }) => kind === "unprefixed");
  const free = found.filter(({ name }) => sectionsOf(config, name).length === 0);
  const notes = found.filter((section) => !free.includes(section))
    .map(({ name }) => `[${name}] is left as it is, since there is a [profile ${name}] already`);
  if (found.length === 0) return undefined;
  let text = config.text;
  for (const { name, start, bodyStart } of free.toReversed()) {
    const header = text.slice(start, bodyStart);
    text = text.slice(0, start) + header.replace(/\[[^\]]*\]/, writeHeader(name, "config")) +
      text.slice(bodyStart);
  }
  return {
    tool: "reusabit/awsmfa or huvcodes/aws-cli-mfa",
    files: { ...files, config: withText(config, text) },
    notes,
  };
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
  const settings = heirs.map(({ name, own, get }): ProfileSettings => ({
    profile: name,
    values: INHERITED.flatMap((key): [string, string][] => {
      const value = own(key) ?? get(key) ?? standard?.own(key);
      return value === undefined || own(key) !== undefined ? [] : [[key, value]];
    }),
  }));
  const notes = profiles.filter(({ name, get }) => {
    const isUser = get("mfa_serial") !== undefined && get("role_arn") === undefined &&
      get("source_profile") === undefined;
    return isUser &&
      (keysBeside(files, name) ?? ownKeys(files, name, findProfile(files, name))) === undefined;
  }).map(({ name }) =>
    `the access key of '${name}' is in aws-vault's own store: awsmfa setup -p ${name}, with what ` +
    `'aws-vault export --no-session --format=ini ${name}' shows`
  );
  return { tool: "aws-vault", files: putSettings(files, settings), notes };
}
