import { keyOfRenamed, OWN_SOURCE, renamedName } from "./renamed_name.ts";
import { type Ini, lastValue, type Section } from "./ini.ts";
import { INHERITED_SECTION, inheritedSections } from "./inherited_section.ts";
import { sectionsOf } from "./find_section.ts";
import { refuseFaults } from "./refuse_faults.ts";
import { sectionsNamed } from "./section_index.ts";

/** Both files as one: where a key stands in both, the credentials file wins (shared/vectors). */
export interface Profiles {
  readonly config: Ini;
  readonly credentials: Ini;
}

/** One profile with what both files say of it. */
export interface Profile {
  readonly name: string;
  /**
   * The value that counts: its own, else that of the profile that it includes, else that of `[DEFAULT]`. An empty one
   * counts as absent.
   */
  readonly get: (key: string) => string | undefined;
  /** The value of its own, also of a key that a login gave its other name; {@linkcode OWN_SOURCE} for `source_profile`. */
  readonly own: (key: string) => string | undefined;
  /**
   * The profile that it inherits from, as in aws-vault: `include_profile`, or by its former name `parent_profile`.
   * Undefined also where that one is nowhere, was reached already, or is behind {@linkcode MOST_IN_CHAIN} others.
   */
  readonly included: () => Profile | undefined;
  /** Its sections in the credentials file, in order; more than one where it stands there twice. */
  readonly inCredentials: readonly Section[];
  readonly inConfig: readonly Section[];
  /** Its config section lacks the prefix `profile `: awsmfa reads it, and every AWS tool skips it. */
  readonly unprefixed: boolean;
}

/** More profiles than anybody has in a chain: what is behind them is not read. */
export const MOST_IN_CHAIN = 100;

/** The profile of this name, or undefined where neither file has it. */
export function findProfile(profiles: Profiles, name: string): Profile | undefined {
  return findBelow(profiles, name, []);
}

/**
 * The same for a profile that something is to be done with. Throws FileError where a line that it is read from has a
 * fault.
 */
export function soundProfile(profiles: Profiles, name: string): Profile | undefined {
  const profile = findProfile(profiles, name);
  const names = [name];
  for (let at = profile?.included(); at !== undefined; at = at.included()) names.push(at.name);
  if (profile !== undefined) names.push(INHERITED_SECTION);
  for (const ini of [profiles.credentials, profiles.config]) {
    for (const each of names) refuseFaults(ini, each);
  }
  return profile;
}

/** The name of the profile that a profile includes. */
export function includedName({ own }: Profile): string | undefined {
  return own("include_profile") ?? own("parent_profile");
}

function findBelow(profiles: Profiles, name: string, above: readonly string[]): Profile | undefined {
  const inCredentials = sectionsOf(profiles.credentials, name);
  const prefixed = sectionsOf(profiles.config, name);
  const unprefixed = prefixed.length > 0 ? [] : sectionsNamed(profiles.config, name).unprefixed;
  const inConfig = [...prefixed, ...unprefixed];
  if (inCredentials.length === 0 && inConfig.length === 0) return undefined;
  const profile: Profile = {
    name,
    inCredentials,
    inConfig,
    unprefixed: unprefixed.length > 0,
    get: (key) =>
      profile.own(key) ?? profile.included()?.get(key) ??
        (valueIn(inheritedSections(profiles.credentials, inCredentials), key) ||
          valueIn(inheritedSections(profiles.config, prefixed), key) || undefined),
    own: (key) => ownIn(inCredentials, key) || ownIn(inConfig, key) || undefined,
    included: () => {
      const other = includedName(profile);
      const reached = [...above, name];
      return other === undefined || reached.includes(other) || reached.length >= MOST_IN_CHAIN
        ? undefined
        : findBelow(profiles, other, reached);
    },
  };
  return profile;
}

/** Every profile name that AWS tools see, those of the credentials file first. */
export function profileNames({ config, credentials }: Profiles): string[] {
  const named = [...credentials.sections, ...config.sections]
    .filter(({ kind }) => kind === "profile" || kind === "cli-profile");
  return [...new Set(named.map(({ name }) => name))];
}

/** The value of a key in some sections of one profile: the last one counts. */
export function valueIn(sections: readonly Section[], key: string): string | undefined {
  for (const section of sections.toReversed()) {
    const value = lastValue(section, key);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** A key that was written since a login goes before the one that the login set aside, and AWS's before awsmfa's own. */
function ownIn(sections: readonly Section[], key: string): string | undefined {
  const aside = renamedName(key);
  return valueIn(sections, key) ||
    (keyOfRenamed(aside) === undefined ? undefined : valueIn(sections, aside)) ||
    (key === "source_profile" ? valueIn(sections, OWN_SOURCE) : undefined);
}
