import type { Hint } from "../../errors.ts";
import { keyOfRenamed } from "../aws_files/renamed_name.ts";
import { type Check, ok, problem, warning } from "./check.ts";
import { INHERITED_SECTION } from "../aws_files/inherited_section.ts";
import { type Ini, parseIni } from "../aws_files/ini.ts";
import type { Property } from "../aws_files/property.ts";
import { sayFault } from "../aws_files/refuse_faults.ts";
import type { FileKind } from "../aws_files/section_header.ts";
import { running } from "../shell/shell_commands.ts";
import { quoteWord, shellWord } from "../shell/shell_word.ts";

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
  if (text.includes("\r\n")) {
    checks.push(ok(file, `${path} has Windows line endings, which all AWS tools read`));
  }
  const ini = parseIni(text, file, path);
  return [...checks, ...broken(ini), ...duplicates(ini), ...ignored(ini), ...colons(ini), ...commented(ini)];
}

function broken(ini: Ini): Check[] {
  return ini.faults.map((fault) =>
    problem(ini.file, sayFault(ini, fault), fault.hint ?? editLine(fault.line, ini.path))
  );
}

function duplicates({ sections, file, path }: Ini): Check[] {
  const first = new Map<string, { readonly line: number; readonly prefixed: boolean }>();
  return sections.flatMap(({ kind, name, line, prefixed }) => {
    const there = first.get(`${kind} ${name}`);
    if (there === undefined) first.set(`${kind} ${name}`, { line, prefixed });
    if (there === undefined || !kind.endsWith("profile")) return [];
    const before = there.line;
    if (there.prefixed !== prefixed) {
      return [
        warning(
          file,
          `[default] and [profile default] are both in ${path}, in lines ${before} and ${line}: the AWS CLI reads the ` +
            "later one, and others one of the two",
          editLine(line, path),
        ),
      ];
    }
    return [
      problem(
        file,
        `profile '${name}' is defined twice in ${path}, in lines ${before} and ${line}`,
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

/** A colon behind a key: the AWS CLI and Go read it, JavaScript passes over the line, others refuse the file. */
function colons(ini: Ini): Check[] {
  return eachKey(
    ini,
    ({ start, valueStart }, key) =>
      /:\s*$/.test(ini.text.slice(start, valueStart))
        ? `many AWS tools don't read ${key} with a colon; write = in its place`
        : undefined,
  );
}

/** Comments behind values: botocore, and .NET with it, have them as a part of the value (../shared/readers.md, "Text"). */
function commented(ini: Ini): Check[] {
  return eachKey(ini, ({ valueEnd }, key) => {
    const [, character] = /^[ \t]+([#;])/.exec(ini.text.slice(valueEnd, valueEnd + 100)) ?? [];
    return character === undefined || !COMMENTED.has(key)
      ? undefined
      : `the AWS CLI takes what follows ${character} as a part of ${key}, too`;
  });
}

/** What is to be said of keys of profiles, by the name that they have while they are not set aside. */
function eachKey(
  { sections, text, file, path }: Ini,
  say: (property: Property, key: string) => string | undefined,
): Check[] {
  return sections.filter(({ kind }) => kind.endsWith("profile")).flatMap(({ line, start, properties }) =>
    properties.flatMap((property) => {
      const says = say(property, keyOfRenamed(property.key) ?? property.key);
      if (says === undefined) return [];
      const number = line + text.slice(start, property.start).split("\n").length - 1;
      return [warning(file, `line ${number} of ${path}: ${says}`, editLine(number, path))];
    })
  );
}

function editLine(line: number, path: string): Hint {
  return running(`vi +${line}`, path);
}

/** By the line's number: a name may hold characters that mean something to perl or the shell. */
function editHeader(change: string, line: number, path: string): Hint {
  return perl(`${change} if $. == ${line}`, path);
}

function perl(program: string, path: string): Hint {
  return (shell) => `perl -pi -e ${quoteWord(program, shell)} ${shellWord(path, shell)}`;
}
