import { programIn } from "./command_words.ts";
import { looksLikeKeyId } from "./credentials.ts";
import { parseIni } from "./ini.ts";
import type { FileKind } from "./section_header.ts";

const MASK = "****";
/** The last one is no secret, and of no use to anybody. */
const SECRET_KEY = /^(?!.*expires).*(secret|token|password|access_key(?!_id)|awsmfa_session)/;
/** Commands, whose words may hold the secret that codes are made of. */
const COMMAND_KEY = /^(mfa_process|credential_process)$/;
/** Also in a line that no tool reads, since its key is mistyped or its sign is another. */
const SECRET_LINE =
  /^((?![^=:\n]*expires)[^=:\n]*(?:secret|token|password|access_key(?!_id))[^=:\n]*[=:][ \t]*)\S[^\r\n]*/gim;
/** As long as a secret, in a comment: people keep old keys there. */
const LONG_RUN = /[A-Za-z0-9+/=_-]{30,}/g;

/** The text of one of the AWS files to be shown: line for line the same, without a secret. Throws FileError. */
export function maskSecrets(text: string, file: FileKind, path: string): string {
  let masked = "";
  let at = 0;
  for (
    const { key, valueStart, valueEnd } of parseIni(text, file, path).sections.flatMap((each) =>
      each.properties
    )
  ) {
    masked += text.slice(at, valueStart) + maskValue(key, text.slice(valueStart, valueEnd));
    at = valueEnd;
  }
  return (masked + text.slice(at))
    .replace(SECRET_LINE, `$1${MASK}`)
    .replace(/[#;].*$/gm, (comment) => comment.replace(LONG_RUN, MASK));
}

function maskValue(key: string, value: string): string {
  if (COMMAND_KEY.test(key)) return maskCommand(value);
  // What stands in the place of a key id may be the secret, pasted there.
  const isOdd = key === "aws_access_key_id" && !looksLikeKeyId(value) && value.length > 20;
  return isOdd || SECRET_KEY.test(key) ? maskLines(value) : value;
}

function maskLines(value: string): string {
  return value.replace(/\S[^\r\n]*/g, MASK);
}

function maskCommand(value: string): string {
  if (/^awsmfa credential-process -p [^\s'"]+$/.test(value) || !/\s/.test(value)) return value;
  const [first = ""] = value.split("\n", 1);
  const program = programIn(first);
  return `${program === undefined ? "" : `${program} `}${MASK}${maskLines(value.slice(first.length))}`;
}
