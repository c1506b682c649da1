import { NoCredentialsError } from "../../errors.ts";
import { canBeKeyId } from "../keys/credentials.ts";
import { lineAt, sectionsOf } from "../aws_files/find_section.ts";
import { profileOption } from "../shell/shell_word.ts";
import type { KeyFiles, SourceKeys } from "./source_keys.ts";

/** What neither an access key ID nor a secret has: it may be shown. */
const NEITHER_ID_NOR_SECRET = /[^\w/+= \t\r\n]/u;
const NOT_IN_A_HEADER = /[^\x21-\x7e]/u;

/**
 * Throws NoCredentialsError for a key ID that is none, for a secret in quotes, for either that goes on in the next line, and for
 * a session's token that no request can have. None is repeated: the ID may be the secret, in the wrong place. A character that no secret has is told, with its line.
 */
export function refuseOddKeys(files: KeyFiles, source: SourceKeys): void {
  const { keys: { accessKeyId, secretAccessKey }, section, session } = source;
  if (source.from !== "environment") {
    // A secret in the place of the id is told as such.
    const [line = ""] = accessKeyId.split("\n");
    if (canBeKeyId(line)) refuseBlock(files, source, "aws_access_key_id", accessKeyId);
    refuseBlock(files, source, "aws_secret_access_key", secretAccessKey);
  }
  if (!canBeKeyId(accessKeyId)) {
    const character = oddCharacter(accessKeyId, NEITHER_ID_NOR_SECRET);
    if (source.from === "environment") throw oddInEnvironment(character);
    const says = `the access key ID of profile '${section}' isn't one`;
    if (character !== undefined) throw oddIn(files, source, says, character, ["aws_access_key_id"]);
    throw new NoCredentialsError(
      says,
      (shell) =>
        `swapped with the secret, or pasted together? put both right: awsmfa setup${
          profileOption(section, shell)
        }`,
    );
  }
  if (source.from !== "environment") refuseQuotes(files, source, secretAccessKey);
  const character = oddCharacter(session?.token ?? "", NOT_IN_A_HEADER);
  if (character === undefined) return;
  const says = `the session token of profile '${section}' isn't one`;
  throw oddIn(files, source, says, character, ["aws_session_token", "aws_security_token"]);
}

/** An indented line below a key is the end of its value for nearly all tools. */
function refuseBlock(files: KeyFiles, source: SourceKeys, key: string, value: string): void {
  if (!value.includes("\n")) return;
  const { path, line, fix } = placeOf(files, source, [key], "awsmfa edit");
  throw new NoCredentialsError(
    `${key} of profile '${source.section}' goes on below line ${line} of ${path}: what is indented there is a part of it`,
    fix,
  );
}

/** Go takes them off, and all others send them to AWS, whose secrets have none. */
function refuseQuotes(files: KeyFiles, source: SourceKeys, secret: string): void {
  if (!/^(["']).*\1$/.test(secret)) return;
  const { path, line, fix } = placeOf(
    files,
    source,
    ["aws_secret_access_key"],
    "take the quotes off: awsmfa edit",
  );
  throw new NoCredentialsError(
    `aws_secret_access_key of profile '${source.section}' is in quotes in line ${line} of ${path}, and most tools take ` +
      "them as a part of it",
    fix,
  );
}

function oddInEnvironment(character: string | undefined): NoCredentialsError {
  return new NoCredentialsError(
    `AWS_ACCESS_KEY_ID holds no access key ID${character === undefined ? "" : `: ${character} is in it`}`,
    "are the ID and the secret swapped? the ID has 20 capital letters and digits, from AKIA on",
  );
}

function oddIn(
  files: KeyFiles,
  source: SourceKeys,
  says: string,
  character: string,
  keys: readonly string[],
): NoCredentialsError {
  const { path, line, fix } = placeOf(files, source, keys, "take the character out: awsmfa edit");
  return new NoCredentialsError(`${says}: ${character} is in it, in line ${line} of ${path}`, fix);
}

/** Where the last of these keys stands that has a value, and what to type: with the file's name. */
function placeOf(
  files: KeyFiles,
  { section, from }: SourceKeys,
  keys: readonly string[],
  edit: string,
): { readonly path: string; readonly line: number; readonly fix: string } {
  const ini = from === "backup" ? files.backup : from === "config" ? files.config : files.credentials;
  const at = sectionsOf(ini, section).flatMap(({ properties }) => properties)
    .findLast(({ key, value }) => keys.includes(key) && value !== "")?.valueStart ?? 0;
  return {
    path: ini.path,
    line: lineAt(ini, at),
    fix: from === "backup" ? "correct that line" : `${edit} ${ini.file}`,
  };
}

/** Something of it can be seen. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The first character of a text that is `odd`, as it is told: "U+200B", "“ (U+201C)". */
function oddCharacter(text: string, odd: RegExp): string | undefined {
  const [found] = odd.exec(text) ?? [];
  if (found === undefined) return undefined;
  const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return SEEN.test(found) ? `${found} (${code})` : code;
}
