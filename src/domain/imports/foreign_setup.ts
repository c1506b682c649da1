import type { Hint } from "../../errors.ts";
import { renamedName } from "../aws_files/renamed_name.ts";
import { type Ini, withText } from "../aws_files/ini.ts";
import { addSections, setValues, type Values } from "../aws_files/ini_edit.ts";
import { sectionsOf } from "../aws_files/find_section.ts";
import { findProfile, valueIn } from "../aws_files/profiles.ts";
import { writeHeader } from "../aws_files/section_header.ts";
import { sectionsNamed } from "../aws_files/section_index.ts";
import { sourceKey } from "../placement/source_key.ts";
import { profileOption } from "../shell/shell_word.ts";
import { type KeyFiles, keysBeside, ownKeys } from "../placement/source_keys.ts";

/** What the configuration of another tool means for the AWS files. */
export interface ForeignSetup {
  /** Such as "cwells/aws-mfa". */
  readonly tool: string;
  /** The files with that in them. */
  readonly files: KeyFiles;
  /** What it has that awsmfa does not need, or that is still to be done. */
  readonly notes: readonly Hint[];
}

/** Settings of one profile, for the config file. */
export interface ProfileSettings {
  readonly profile: string;
  readonly values: Values;
}

/**
 * The files with these settings in the config file. One that has its value already keeps its line, and a profile's
 * section that lacks `profile ` gets it. The source of a profile without a role gets awsmfa's own key.
 */
export function putSettings(files: KeyFiles, settings: readonly ProfileSettings[]): KeyFiles {
  const added = new Map<string, Values>();
  let now = files;
  for (const { profile, values } of settings) {
    if (values.length === 0) continue;
    const { read, unprefixed } = sectionsNamed(now.config, profile);
    if (read.length + unprefixed.length === 0 && !added.has(profile)) {
      added.set(profile, named(now, profile, values));
      continue;
    }
    now = addAll(now, added);
    const config = prefixSections(now.config, (name) => name === profile);
    const text = setValues(config, profile, named({ ...now, config }, profile, values));
    now = { ...now, config: withText(config, text) };
  }
  return addAll(now, added);
}

/** There may be thousands: the file is read once for all that follow each other. */
function addAll(files: KeyFiles, added: Map<string, Values>): KeyFiles {
  const config = withText(files.config, addSections(files.config, added));
  added.clear();
  return { ...files, config };
}

/** The settings under the keys that they have in this profile. */
function named(files: KeyFiles, profile: string, values: Values): Values {
  const there = findProfile(files, profile);
  // A device that was named before keeps its key.
  const isNamed = there?.own("mfa_serial") !== undefined;
  const isRole = values.some(([key]) => key === "role_arn");
  const sections = sectionsOf(files.config, profile);
  return values.map(([key, value]): [string, string] => {
    if (key === "source_profile" && !isRole) return [sourceKey(there), value];
    return [key === "aws_mfa_device" && isNamed ? "mfa_serial" : key, value];
  })
    // A login may have set it aside.
    .filter(([key, value]) => valueIn(sections, renamedName(key)) !== value);
}

/** The config file with `profile ` in the headers that lack it, but for those that would be a second one of a name. */
export function prefixSections(config: Ini, isWanted: (name: string) => boolean): Ini {
  const text = config.sections.filter(({ kind, name }) =>
    kind === "unprefixed" && isWanted(name) && sectionsOf(config, name).length === 0 &&
    config.sections.filter((other) => other.kind === kind && other.name === name).length === 1
  ).toReversed().reduce((now, { name, start, bodyStart }) => {
    const header = now.slice(start, bodyStart).replace(/\[[^\]]*\]/, () => writeHeader(name, "config"));
    return now.slice(0, start) + header + now.slice(bodyStart);
  }, config.text);
  return withText(config, text);
}

/** True where a profile has long-term keys of its own. */
export function hasKeys(files: KeyFiles, profile: string): boolean {
  return (keysBeside(files, profile) ?? ownKeys(files, profile, findProfile(files, profile))) !== undefined;
}

/** The note on a profile whose keys are still to come; none where they are there. */
export function missingKeys(files: KeyFiles, profile: string): Hint[] {
  return hasKeys(files, profile)
    ? []
    : [(shell) => `profile '${profile}' has no access key yet: awsmfa setup${profileOption(profile, shell)}`];
}
