import type { Check } from "../../domain/checks/check.ts";
import { withText } from "../../domain/aws_files/ini.ts";
import { mendedFiles } from "../../domain/changes/mended_files.ts";
import { excerptOf } from "../../domain/readers/excerpt.ts";
import type { AwsFiles } from "../support/aws_files.ts";
import { textsOf } from "../../domain/readers/texts_of.ts";
import { misreadBy } from "../readers/misread_by.ts";

/** Who misreads the profile, with what to type: `--fix` where that writes the file in which they do. */
export function checkReaders(files: AwsFiles, profile: string): Check[] {
  const checks = misreadBy(files, profile);
  if (checks.length === 0) return [];
  // Of long files what says enough.
  const some = {
    ...files,
    credentials: withText(files.credentials, excerptOf(files.credentials, profile).text),
    config: withText(files.config, excerptOf(files.config, profile).text),
  };
  const [now, after] = [textsOf(some), mendedFiles(some)];
  return checks.map((check) => {
    const isMended = (["credentials", "config"] as const)
      .some((file) => file === check.what && now[file] !== after[file]);
    return isMended ? { ...check, fix: "awsmfa doctor --fix" } : check;
  });
}
