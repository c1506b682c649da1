import { NoCredentialsError } from "../errors.ts";
import { canBeKeyId } from "./credentials.ts";
import { lineAt, sectionsOf } from "./ini_edit.ts";
import { oddCharacter } from "./odd_character.ts";
import { profileOption } from "./shell_word.ts";
import type { KeyFiles, SourceKeys } from "./source_keys.ts";

/** What neither an access key ID nor a secret has: it may be shown. */
const NEITHER_ID_NOR_SECRET = /[^\w/+= \t\r\n]/u;
const NOT_IN_A_HEADER = /[^\x21-\x7e]/u;

/**
 * Throws NoCredentialsError for a key ID that is none, and for a session's token that no request can have. Neither is
 * repeated: the ID may be the secret, in the wrong place. A character that no secret has is told, with its line.
 */
export function refuseOddKeys(files: KeyFiles, source: SourceKeys): void {
  const { keys: { accessKeyId }, section, session } = source;
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
  const character = oddCharacter(session?.token ?? "", NOT_IN_A_HEADER);
  if (character === undefined) return;
  const says = `the session token of profile '${section}' isn't one`;
  throw oddIn(files, source, says, character, ["aws_session_token", "aws_security_token"]);
}

function oddInEnvironment(character: string | undefined): NoCredentialsError {
  return new NoCredentialsError(
    `AWS_ACCESS_KEY_ID holds no access key ID${character === undefined ? "" : `: ${character} is in it`}`,
    "are the ID and the secret swapped? the ID has 20 capital letters and digits, from AKIA on",
  );
}

function oddIn(
  files: KeyFiles,
  { section, from }: SourceKeys,
  says: string,
  character: string,
  keys: readonly string[],
): NoCredentialsError {
  const ini = from === "backup" ? files.backup : from === "config" ? files.config : files.credentials;
  const at = sectionsOf(ini, section).flatMap(({ properties }) => properties)
    .findLast(({ key, value }) => keys.includes(key) && value !== "")?.valueStart ?? 0;
  return new NoCredentialsError(
    `${says}: ${character} is in it, in line ${lineAt(ini, at)} of ${ini.path}`,
    from === "backup" ? "correct that line" : `take the character out: awsmfa edit ${ini.file}`,
  );
}
