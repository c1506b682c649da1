import { FileError, type Hint } from "../errors.ts";
import { keyAside } from "./aside_name.ts";
import { type Check, ok, problem, warning } from "./check.ts";
import { INHERITED_SECTION } from "./inherited_section.ts";
import { type Ini, parseIni } from "./ini.ts";
import type { FileKind } from "./section_header.ts";
import { running } from "./shell_commands.ts";
import { quoteWord, shellWord } from "./shell_word.ts";

/** What is to be said of the text of one of the two AWS files, but for what its keys mean. */
export function checkText(text: string, file: FileKind, path: string): Check[] {
  const checks: Check[] = [];
  if (text.startsWith("\ufeff")) {
    checks.push(
      problem(
        file,
        `${path} begins with a byte order mark, which the AWS CLI can't read`,
        perl("s/^\\xEF\\xBB\\xBF//", path),
      ),
    );
  }
  if (text.includes("\r\n")) checks.push(ok(file, `${path} has Windows line ends, which all AWS tools read`));
  const read = readable(text, file, path);
  return read.ini === undefined
    ? [...checks, read.problem]
    : [...checks, ...duplicates(read.ini), ...ignored(read.ini), ...commented(read.ini)];
}

function readable(
  text: string,
  file: FileKind,
  path: string,
): { ini: Ini } | { ini: undefined; problem: Check } {
  try {
    return { ini: parseIni(text, file, path) };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const [, line = "1"] = /line (\d+)/.exec(error.message) ?? [];
    return { ini: undefined, problem: problem(file, error.message, editLine(line, path)) };
  }
}

function duplicates({ sections, file, path }: Ini): Check[] {
  const first = new Map<string, number>();
  return sections.flatMap(({ kind, name, line }) => {
    const before = first.get(`${kind} ${name}`);
    if (before === undefined) first.set(`${kind} ${name}`, line);
    if (before === undefined || !kind.endsWith("profile")) return [];
    return [
      problem(
        file,
        `profile '${name}' stands twice in ${path}, in lines ${before} and ${line}`,
        editLine(line, path),
      ),
    ];
  });
}

/** Sections that look like a profile, and that the AWS CLI skips. */
function ignored({ sections, file, path }: Ini): Check[] {
  return sections.flatMap(({ kind, name, line }) => {
    if (file === "config" && kind === "unprefixed" && name !== INHERITED_SECTION) {
      const fix = editHeader("s/\\[\\s*(?!profile\\s)/[profile /", line, path);
      return [
        warning(file, `line ${line} of ${path}: the AWS CLI ignores [${name}], which lacks 'profile '`, fix),
      ];
    }
    const [, profile] = /^profile\s+(.+)$/.exec(name) ?? [];
    if (file === "credentials" && kind === "other" && profile !== undefined) {
      const fix = editHeader("s/\\[\\s*profile\\s+/[/", line, path);
      return [
        warning(
          file,
          `line ${line} of ${path}: AWS tools ignore [${name}]; here it must be [${profile}]`,
          fix,
        ),
      ];
    }
    return [];
  });
}

/** Keys of a profile for which it matters that a comment is no part of the value. */
const COMMENTED = new Set([
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "region",
  "output",
  "mfa_serial",
  "role_arn",
  "source_profile",
  "credential_source",
  "role_session_name",
  "external_id",
  "duration_seconds",
  "web_identity_token_file",
  "sso_session",
  "sso_start_url",
  "sso_region",
  "sso_account_id",
  "sso_role_name",
  "endpoint_url",
  "ca_bundle",
]);

/** Comments behind values: botocore, and .NET with it, have them as a part of the value (../shared/readers.md, "Text"). */
function commented({ sections, text, file, path }: Ini): Check[] {
  return sections.filter(({ kind }) => kind.endsWith("profile")).flatMap(({ line, start, properties }) =>
    properties.flatMap(({ key, start: at, valueEnd }) => {
      const [, sign] = /^[ \t]+([#;])/.exec(text.slice(valueEnd, valueEnd + 100)) ?? [];
      if (sign === undefined || !COMMENTED.has(keyAside(key) ?? key)) return [];
      const number = line + text.slice(start, at).split("\n").length - 1;
      return [
        warning(
          file,
          `line ${number} of ${path}: the AWS CLI takes what follows ${sign} as a part of ${
            keyAside(key) ?? key
          }, too`,
          editLine(number, path),
        ),
      ];
    })
  );
}

function editLine(line: number | string, path: string): Hint {
  return running(`vi +${line}`, path);
}

/** By the line's number: a name may hold signs that mean something to perl or the shell. */
function editHeader(change: string, line: number, path: string): Hint {
  return perl(`${change} if $. == ${line}`, path);
}

function perl(program: string, path: string): Hint {
  return (shell) => `perl -pi -e ${quoteWord(program, shell)} ${shellWord(path, shell)}`;
}
