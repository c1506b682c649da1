import { programIn } from "../shell/command_words.ts";
import { canBeKeyId } from "./credentials.ts";
import { parseIni, type Section } from "../aws_files/ini.ts";
import type { FileKind } from "../aws_files/section_header.ts";
import { SHOWN_KEYS } from "./shown_keys.ts";

const MASK = "****";
/** Stands for what only AWS can say, in a dry run. */
export const FROM_AWS = "(from AWS)";
/** Commands, whose words may hold the secret that codes are made of. */
const COMMAND_KEY = /^(mfa_process|credential_process)$/;
/** What awsmfa itself writes into a backup for a person to read. */
const OWN_COMMENT = /^[ \t]*#[ \t]*(awsmfa: |Long-term keys )/;

/**
 * The text of one of the AWS files to be shown: line for line the same, with the values of those keys alone that are
 * known to be no secret.
 */
export function maskSecrets(text: string, file: FileKind, path: string): string {
  let masked = "";
  let at = 0;
  const loose = (end: number): void => {
    masked += text.slice(at, end).replace(/[^\r\n]+/g, maskLine);
    at = end;
  };
  const shown = (end: number): void => {
    masked += text.slice(at, end);
    at = end;
  };
  for (const section of parseIni(text, file, path).sections) {
    loose(section.start);
    shown(endOfHeader(text, section));
    for (const { key, start, valueStart, valueEnd } of section.properties) {
      loose(start);
      if (key.length < LONGEST_KEY || SHOWN_KEYS.has(key)) shown(valueStart);
      else loose(valueStart);
      masked += maskValue(key, text.slice(valueStart, valueEnd));
      at = valueEnd;
    }
  }
  loose(text.length);
  return masked;
}

/** Behind the last bracket of a header; the beginning of a line that is none, and may be anything. */
function endOfHeader(text: string, { start, bodyStart }: Section): number {
  const [header = ""] = /^\s*\[.*?\](?=\s*(?:[#;]|$))/s.exec(text.slice(start, bodyStart)) ?? [];
  return start + header.length;
}

/** Longer is no key, but what lost the key before it. */
const LONGEST_KEY = 40;

/** Of a line, or what is left of it, that no tool reads a value in. */
function maskLine(line: string): string {
  if (/^[ \t\ufeff]*$/.test(line) || OWN_COMMENT.test(line)) return line;
  const [, lead = "", rest = ""] = /^([ \t\ufeff]*(?:[#;]+[ \t]*)?)(.*)$/s.exec(line) ?? [];
  const [, words = "", delimiter = "", value = ""] = /^([\w. -]*[\w.-])([ \t]*[=:][ \t]*)(.*)$/s.exec(rest) ??
    [];
  const [key = ""] = /\S+$/.exec(words) ?? [];
  // A comment of several words is prose, and a secret may be in it.
  if (key === "" || words.length >= LONGEST_KEY || (/[#;]/.test(lead) && key !== words)) {
    return `${lead}${rest === "" ? "" : MASK}`;
  }
  return `${lead}${words}${delimiter}${maskValue(key.toLowerCase(), value)}`;
}

function maskValue(key: string, value: string): string {
  if (COMMAND_KEY.test(key)) return maskCommand(value);
  if (key === "aws_access_key_id") return canBeKeyId(value) || value === FROM_AWS ? value : maskLines(value);
  if (SHOWN_KEYS.has(key)) return /:\/\/[^/\s]*@/.test(value) ? maskLines(value) : value;
  return value.replace(/[^\r\n]+/g, (line) => isShownLine(line) ? line : maskLines(line));
}

/** One of a block, such as that of `s3`. */
function isShownLine(line: string): boolean {
  const [, key = ""] = /^[ \t]+([\w.-]+)[ \t]*=/.exec(line) ?? [];
  return SHOWN_KEYS.has(key.toLowerCase());
}

function maskLines(value: string): string {
  return value.replace(/\S[^\r\n]*/g, MASK);
}

function maskCommand(value: string): string {
  if (/^\S*awsmfa credential-process -p [^\s'"]+$/.test(value) || !/\s/.test(value)) return value;
  const [first = ""] = value.split("\n", 1);
  const program = programIn(first);
  return `${program === undefined ? "" : `${program} `}${MASK}${maskLines(value.slice(first.length))}`;
}
