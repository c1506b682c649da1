import { type Check, warning } from "./check.ts";
import { looksLikeKeyId, SECRET_LENGTH } from "../keys/credentials.ts";
import { lineAt } from "../aws_files/find_section.ts";
import type { Ini } from "../aws_files/ini.ts";

/** The access keys in a file that look cut off, or pasted into the wrong place. Never repeats one. */
export function checkKeys(ini: Ini): Check[] {
  const { sections, file, path } = ini;
  return sections.filter(({ kind }) => /profile$/.test(kind)).flatMap(({ name, properties }) =>
    properties.flatMap(({ key, value, start }) => {
      const line = lineAt(ini, start);
      const at = `line ${line} of ${path}: ${key} of [${name}]`;
      const fix = `awsmfa edit ${file}`;
      if (key === "aws_access_key_id" && value !== "" && !looksLikeKeyId(value)) {
        return [
          warning(
            file,
            `${at} does not look like a key id: 20 capital letters and digits, from AKIA on`,
            fix,
          ),
        ];
      }
      if (key === "aws_secret_access_key" && value !== "" && value.length !== SECRET_LENGTH) {
        return [warning(file, `${at} has ${value.length} characters instead of ${SECRET_LENGTH}`, fix)];
      }
      return [];
    })
  );
}
