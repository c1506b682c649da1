import { FileError, type Hint, MissingProfileError, NoCredentialsError } from "../../errors.ts";
import type { Ini } from "../aws_files/ini.ts";
import { nearest } from "../text/nearest.ts";
import { sayFault } from "../aws_files/refuse_faults.ts";
import { profileOption, type ShellSyntax, shellWord } from "../shell/shell_word.ts";
import { MOST_IN_CHAIN, profileNames, type Profiles } from "../aws_files/profiles.ts";

/** The places that were looked at, for the words of an error. */
interface Places extends Profiles {
  readonly backup: Ini;
}

/** `referrer` is the profile that names it as its source. */
export function noSuchProfile(files: Places, name: string, referrer?: string): MissingProfileError {
  const { credentials, config } = files;
  const odd = credentials.sections.find((section) =>
    section.kind === "other" && section.name.replace(/^profile\s+/, "") === name
  );
  if (odd !== undefined) {
    return new MissingProfileError(
      name,
      `[${odd.name}] in line ${odd.line} of ${credentials.path} isn't a profile to most AWS tools, or to awsmfa`,
      `there it must be [${name}]: awsmfa edit credentials`,
    );
  }
  const names = profileNames(files);
  const whose = referrer === undefined ? "" : `, the source profile of '${referrer}',`;
  const message = `no profile '${name}'${whose} in ${credentials.path} or ${config.path}`;
  const near = nearest(name, names);
  const hiding = near.length > 0 ? undefined : [credentials, config].flatMap(hidingFaults)[0];
  if (hiding !== undefined) {
    return new MissingProfileError(name, message, `it may be below a line that can't be read: ${hiding}`);
  }
  const offered = names.length <= 8 ? [...near, ...names.filter((each) => !near.includes(each))] : near;
  if (names.length === 0) return new MissingProfileError(name, message, setUp(name));
  return new MissingProfileError(
    name,
    message,
    offered.length > 0
      ? `there ${offered.length === 1 ? "is" : "are"} ${offered.map((each) => `'${each}'`).join(", ")}`
      : `aws configure list-profiles shows the ${names.length} that there are`,
  );
}

/** The lines that can't be read and are in no profile's section: what stands below them is in none, either. */
function hidingFaults(ini: Ini): string[] {
  const inProfiles = ini.sections.filter(({ kind }) => kind !== "broken" && kind !== "other")
    .flatMap(({ faults }) => faults);
  return ini.faults.filter((fault) => !inProfiles.includes(fault)).map((fault) => sayFault(ini, fault));
}

/** `key` is what the profiles of the chain name each other with. */
export function longChain({ config }: Profiles, name: string, key: string): NoCredentialsError {
  return new NoCredentialsError(
    `profile '${name}' is at the end of a chain of more than ${MOST_IN_CHAIN} profiles`,
    `shorten the chain: ${key} in ${config.path}`,
  );
}

export function partialKeys(path: string, name: string, missing: string): NoCredentialsError {
  return new NoCredentialsError(
    `profile '${name}' has no ${missing} in ${path}, only the other half of the key`,
    setUp(name),
  );
}

/** The two halves of a key stand in two files: some tools join them, the AWS CLI has none. */
export function splitKeys(
  { credentials, config }: Pick<Places, "credentials" | "config">,
  name: string,
  inConfig: string,
): NoCredentialsError {
  const other = inConfig === "aws_access_key_id" ? "aws_secret_access_key" : "aws_access_key_id";
  return new NoCredentialsError(
    `profile '${name}' has ${other} in ${credentials.path}, and ${inConfig} in ${config.path}, where the AWS CLI and others ` +
      "don't look for it",
    `put both into [${name}] of the credentials file: awsmfa edit credentials`,
  );
}

export function sessionWithoutKeys(files: Places, name: string, referrer?: string): NoCredentialsError {
  const whose = referrer === undefined ? "" : `, the source profile of '${referrer}',`;
  return new NoCredentialsError(
    `profile '${name}'${whose} holds a session, and its long-term keys are not in ${files.backup.path}`,
    `put the long-term keys into [${name}] of ${files.credentials.path}, in place of the session`,
  );
}

/** A default profile of settings alone is as none, where there are others: people have it so that no tool acts by chance. */
export function noKeys(files: Places, name: string, referrer?: string): NoCredentialsError {
  const message =
    `profile '${name}' has no access key in ${files.credentials.path}, in its backup or in ${files.config.path}`;
  const others = profileNames(files).filter((each) => each !== name);
  if (name !== "default" || referrer !== undefined || others.length === 0) {
    return new NoCredentialsError(message, setUp(name));
  }
  const offered = others.length > 8
    ? ""
    : `; there ${others.length === 1 ? "is" : "are"} ${others.map((each) => `'${each}'`).join(", ")}`;
  return new MissingProfileError(name, message, `name the profile that is meant: awsmfa -p NAME${offered}`);
}

/** The target holds other long-term keys than those that log in. */
export function otherKeysThere(path: string, target: string, source: string): FileError {
  return new FileError(
    `profile '${target}' in ${path} has other long-term keys than '${source}', and a session would replace them`,
    `--force backs them up first; --to NAME names another profile for the session`,
  );
}

/** The target's keys in the config file are another user's, and tools would act as that one before a login alone. */
export function otherKeysInConfig(path: string, target: string, source: string): FileError {
  return new FileError(
    `profile '${target}' in ${path} has other long-term keys than '${source}', and a session would hide them`,
    `--force logs in with the keys of '${source}', and leaves those where they are; --to NAME names another profile`,
  );
}

function setUp(name: string): Hint {
  return (shell) => `awsmfa setup${profileOption(name, shell)}`;
}

/** What to type to put keys into a profile, with the AWS CLI. */
export function configure(name: string): Hint {
  return (shell) => `aws configure${profileFlag(name, shell)}`;
}

/** " --profile NAME" for the AWS CLI; nothing for the default profile. */
function profileFlag(name: string, shell: ShellSyntax): string {
  return name === "default" ? "" : ` --profile ${shellWord(name, shell)}`;
}

/** Profiles that name each other as their sources, in the order in which they were found. */
export function loopOf({ config }: Profiles, names: readonly string[]): NoCredentialsError {
  return new NoCredentialsError(
    `the source profiles form a loop: ${names.map((name) => `'${name}'`).join(" -> ")}`,
    `correct source_profile in ${config.path}`,
  );
}
