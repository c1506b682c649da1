import { type Ini, parseIni } from "../ini.ts";
import { setValues, type Values } from "../ini_edit.ts";
import type { KeyFiles } from "../source_keys.ts";

/** What the set-up of another tool means for the AWS files. */
export interface ForeignSetup {
  /** Such as "cwells/aws-mfa". */
  readonly tool: string;
  /** The files with that in them. */
  readonly files: KeyFiles;
  /** What it has that awsmfa does not need, or that is still to be done. */
  readonly notes: readonly string[];
}

/** Settings of one profile, for the config file. */
export interface ProfileSettings {
  readonly profile: string;
  readonly values: Values;
}

/** The files with these settings in the config file; one that has its value already keeps its line. */
export function putSettings(files: KeyFiles, settings: readonly ProfileSettings[]): KeyFiles {
  return settings.filter(({ values }) => values.length > 0).reduce(
    (now, { profile, values }) => ({
      ...now,
      config: withText(now.config, setValues(now.config, profile, values)),
    }),
    files,
  );
}

/** The file with another text. */
export function withText(ini: Ini, text: string): Ini {
  return text === ini.text ? ini : parseIni(text, ini.file, ini.path);
}
