import type { Ini } from "../aws_files/ini.ts";
import { findProfile, type Profile, profileNames, type Profiles } from "../aws_files/profiles.ts";
import { writeHeader } from "../aws_files/section_header.ts";
import { WRITTEN_KEYS } from "../changes/session_in_file.ts";

/** What says who a profile is, and not how its programs reach AWS. */
const WHO =
  /^(awsmfa_|sso_|role_|source_profile$|credential_|web_identity_|external_id$|mfa_|duration_seconds$|login_session$|include_profile$|parent_profile$|aws_mfa_device$|source_identity$|session_tags$|transitive_session_tags$)/;

/** A config file for a program that looks into `[default]`: there it finds the settings of another profile. */
export function configAsDefault(files: Profiles, name: string): string {
  const others = withoutProfile(files.config, "default");
  return `${others}[default]\n${settingsOf(files, name)}`;
}

/**
 * A config file with one more profile, of the settings of another, whose credentials come from a command whenever a tool
 * asks; and the name of that profile, which neither file has.
 */
export function configAsking(
  files: Profiles,
  name: string,
  command: string,
): { text: string; asking: string } {
  const names = profileNames(files);
  let asking = `${name}-awsmfa`;
  while (names.includes(asking)) asking += "-";
  const { text } = files.config;
  const header = writeHeader(asking, "config");
  const process = `credential_process = ${command}\n`;
  return { text: `${withLineEnd(text)}${header}\n${process}${settingsOf(files, name)}`, asking };
}

function withoutProfile({ text, sections }: Ini, name: string): string {
  let left = "";
  let at = 0;
  for (const section of sections) {
    if (section.name !== name || !/profile$/.test(section.kind)) continue;
    left += text.slice(at, section.start);
    at = section.end;
  }
  return withLineEnd(left + text.slice(at));
}

/** The lines of a profile's settings, in both files, but for those that say who it is. */
function settingsOf(files: Profiles, name: string): string {
  const profile = findProfile(files, name);
  if (profile === undefined) return "";
  const isSetting = (key: string): boolean => !WHO.test(key) && !WRITTEN_KEYS.includes(key);
  const inConfig = profile.inConfig.flatMap(({ properties }) => properties)
    .filter(({ key }) => isSetting(key)).map(({ start, end }) =>
      withLineEnd(files.config.text.slice(start, end))
    );
  const inCredentials = profile.inCredentials.flatMap(({ properties }) => properties)
    .filter(({ key, value }) => isSetting(key) && !value.includes("\n")).map(({ key, value }) =>
      `${key} = ${value}\n`
    );
  return [...inConfig, ...inCredentials, ...includedRegion(profile)].join("");
}

/** What AWS's tools don't find by themselves. */
function includedRegion(profile: Profile): string[] {
  const region = profile.own("region") === undefined ? profile.get("region") : undefined;
  return region === undefined ? [] : [`region = ${region}\n`];
}

function withLineEnd(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}
