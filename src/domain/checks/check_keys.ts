import { type Check, warning } from "./check.ts";
import { looksLikeKeyId, SECRET_LENGTH } from "../keys/credentials.ts";
import type { Ini } from "../aws_files/ini.ts";

/** The access keys in a file that look cut off, or pasted into the wrong place. Never repeats one. */
export function checkKeys({ sections, file, path, text }: Ini): Check[] {
  return sections.filter(({ kind }) => /profile$/.test(kind)).flatMap(({ name, properties }) =>
    properties.flatMap(({ key, value, start }) => {
      const line = text.slice(0, start).split("\n").length;
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
