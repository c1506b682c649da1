import { type Ini, withText } from "../../domain/aws_files/ini.ts";
import { canBeMended } from "../../domain/changes/mended_files.ts";
import { excerptOf } from "../../domain/readers/excerpt.ts";
import { type Meaning, missingSession } from "../../domain/readers/missing_session.ts";
import { READERS } from "../../domain/readers/reader_table.ts";
import { sayMissing } from "../../domain/readers/say_missing.ts";
import type { AwsFiles } from "./aws_files.ts";
import { textsOf } from "../../domain/readers/texts_of.ts";

/** The two texts that a command wrote. */
interface Written {
  readonly credentials: string | undefined;
  readonly config: string | undefined;
}

/**
 * Who does not read a profile that a command wrote as it is meant, in a line; undefined where all of them do. Readers
 * named in `others` are spoken of elsewhere.
 */
export function noteProfile(
  files: AwsFiles,
  written: Written,
  profile: string,
  meaning: Meaning,
  others: readonly string[] = [],
): string | undefined {
  const excerpt = (ini: Ini): ReturnType<typeof excerptOf> => excerptOf(ini, profile);
  const before = {
    credentials: withText(files.credentials, excerpt(files.credentials).text),
    config: withText(files.config, excerpt(files.config).text),
  };
  const after = {
    credentials: excerpt(withText(files.credentials, written.credentials)),
    config: excerpt(withText(files.config, written.config)),
  };
  const texts = { credentials: after.credentials.text || undefined, config: after.config.text || undefined };
  const readers = READERS.filter(({ id }) => !others.includes(id));
  const missing = missingSession(readers, textsOf(before), texts, profile, meaning)
    .map(({ file, line, ...rest }) => ({
      ...rest,
      ...(file === undefined ? {} : { file }),
      ...(file === undefined || line === undefined ? {} : { line: after[file].lines[line - 1] ?? line }),
    }));
  const isCured = missing.length > 0 && canBeMended({
    credentials: withText(files.credentials, texts.credentials),
    config: withText(files.config, texts.config),
    backup: files.backup,
  });
  const cure = isCured ? "awsmfa doctor --fix helps" : "awsmfa doctor --readers shows all";
  return sayMissing(missing, profile, files.at, cure);
}
