import { type Ini, lastValue, type Section } from "./ini.ts";
import { sectionsOf } from "./ini_edit.ts";

/** Both files as one: where a key stands in both, the credentials file wins (shared/vectors). */
export interface Profiles {
  readonly config: Ini;
  readonly credentials: Ini;
}

/** One profile with what both files say of it. */
export interface Profile {
  readonly name: string;
  /** The value that the SDKs use. */
  readonly get: (key: string) => string | undefined;
  /** Its sections in the credentials file, in order; more than one where it stands there twice. */
  readonly inCredentials: readonly Section[];
  readonly inConfig: readonly Section[];
}

/** The profile of this name, or undefined where neither file has it. */
export function findProfile(profiles: Profiles, name: string): Profile | undefined {
  const inCredentials = sectionsOf(profiles.credentials, name);
  const inConfig = effectiveConfigSections(sectionsOf(profiles.config, name));
  if (inCredentials.length === 0 && inConfig.length === 0) return undefined;
  return {
    name,
    inCredentials,
    inConfig,
    get: (key) => valueIn(inCredentials, key) ?? valueIn(inConfig, key),
  };
}

/** Every profile name, those of the credentials file first. */
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

/** `[profile default]` hides `[default]` (shared/vectors: "Default profiles with mixed prefixes..."). */
function effectiveConfigSections(sections: Section[]): Section[] {
  return sections.some(({ prefixed }) => prefixed) ? sections.filter(({ prefixed }) => prefixed) : sections;
}
