import { NoCredentialsError } from "../../errors.ts";
import { findCredentials, type LongTermKeys } from "../keys/credentials.ts";
import type { Ini } from "../aws_files/ini.ts";
import { INHERITED_SECTION, inheritedSections } from "../aws_files/inherited_section.ts";
import { sectionsOf } from "../aws_files/find_section.ts";
import { findProfile, type Profile, type Profiles, valueIn } from "../aws_files/profiles.ts";
import { refuseFaults } from "../aws_files/refuse_faults.ts";
import { type NamedRole, roleOfProfile } from "./role.ts";
import { partialKeys, splitKeys } from "./placement_errors.ts";

/** The files that keys are looked for in. */
export interface KeyFiles extends Profiles {
  /** Keys that an in-place login put aside. */
  readonly backup: Ini;
}

/** Long-term keys, or a session of which there are none; and where they were found. */
export interface SourceKeys {
  readonly keys: LongTermKeys;
  /** The profile whose settings count for the call: region, mfa_serial. */
  readonly profile: string;
  /** `section`: of this name in the credentials file. */
  readonly from: "section" | "backup" | "config" | "environment";
  readonly section: string;
  /** Where the keys are those of a session; without an end where nothing says so. */
  readonly session?: { readonly token: string; readonly expiration: Date | undefined };
}

/** Keys in the environment; with a token those of a session. */
export interface EnvironmentCredentials {
  readonly keys: LongTermKeys;
  readonly sessionToken: string | undefined;
}

/** What other tools append to a profile's name for its long-term keys: broamski/aws-mfa, huvcodes/aws-cli-mfa. */
const LONG_TERM_SUFFIXES = ["-long-term", "_permanent"];

/** The profile that a section with such a suffix holds the keys of: "work" of "work-long-term"; undefined for others. */
export function stemOfKeys(section: string): string | undefined {
  const suffix = LONG_TERM_SUFFIXES.find((each) => section.endsWith(each) && section !== each);
  return suffix === undefined ? undefined : section.slice(0, -suffix.length);
}

/** The value of `credential_source` that awsmfa can follow (AWS SDKs and Tools reference guide, "Assume role"). */
export const ENVIRONMENT = "Environment";

/** The keys of `credential_source = Environment`. Throws {@linkcode NoCredentialsError}. */
export function ofEnvironment(
  { name }: Profile,
  environment: EnvironmentCredentials | undefined,
): SourceKeys {
  if (environment === undefined) {
    throw new NoCredentialsError(
      `profile '${name}' takes its keys from the environment (credential_source), and there are none`,
      "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    );
  }
  const { keys, sessionToken } = environment;
  const source = { keys, profile: name, from: "environment", section: name } as const;
  if (sessionToken === undefined) return source;
  return { ...source, session: { token: sessionToken, expiration: undefined } };
}

/** Keys in a section that another tool made for them: `[NAME-long-term]` or `[NAME_permanent]`. */
export function keysBeside(files: KeyFiles, name: string): SourceKeys | undefined {
  for (const section of sectionsBeside(name)) {
    refuseFaults(files.credentials, section);
    const found = findCredentials(sectionsOf(files.credentials, section));
    if (found.kind === "partial") throw partialKeys(files.credentials.path, section, found.missing);
    if (found.kind === "long-term") return { keys: found.keys, profile: section, from: "section", section };
  }
  return undefined;
}

/**
 * The role of a profile whose keys were found in such a section, by broamski/aws-mfa's `assume_role` there (its README).
 * Without one, and for other keys, none.
 */
export function rolesBeside(files: KeyFiles, { from, section }: SourceKeys, name: string): NamedRole[] {
  const holder = from === "section" && stemOfKeys(section) === name ? findProfile(files, section) : undefined;
  const arn = holder?.own("assume_role");
  if (holder === undefined || arn === undefined) return [];
  return [{ ...roleOfProfile(holder, arn), key: "assume_role" }];
}

/** The sections in which other tools look for a profile's keys. */
export function sectionsBeside(name: string): string[] {
  return LONG_TERM_SUFFIXES.map((suffix) => name + suffix);
}

/** The profile's own keys: in its section, put aside from there, or in its config section. */
export function ownKeys(files: KeyFiles, name: string, profile: Profile | undefined): SourceKeys | undefined {
  const inCredentials = findCredentials(profile?.inCredentials ?? []);
  if (inCredentials.kind === "long-term") {
    return { keys: inCredentials.keys, profile: name, from: "section", section: name };
  }
  if (inCredentials.kind === "partial") {
    const isInConfig = Boolean(valueIn(profile?.inConfig ?? [], inCredentials.missing));
    throw isInConfig
      ? splitKeys(files, name, inCredentials.missing)
      : partialKeys(files.credentials.path, name, inCredentials.missing);
  }
  refuseFaults(files.backup, name);
  const backedUp = findCredentials(sectionsOf(files.backup, name));
  if (backedUp.kind === "long-term") {
    return { keys: backedUp.keys, profile: name, from: "backup", section: name };
  }
  const inConfig = findCredentials(profile?.inConfig ?? []);
  if (inConfig.kind === "partial") throw partialKeys(files.config.path, name, inConfig.missing);
  if (inConfig.kind === "long-term") {
    return { keys: inConfig.keys, profile: name, from: "config", section: name };
  }
  return undefined;
}

/** Keys that a profile of the credentials file inherits from `[DEFAULT]` there, as the AWS CLI does. */
export function inheritedKeys(files: KeyFiles, profile: Profile | undefined): SourceKeys | undefined {
  if (profile === undefined) return undefined;
  const found = findCredentials(inheritedSections(files.credentials, profile.inCredentials));
  return found.kind === "long-term"
    ? { keys: found.keys, profile: profile.name, from: "section", section: INHERITED_SECTION }
    : undefined;
}
