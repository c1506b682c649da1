import { parseIni } from "./ini.ts";
import type { FileKind } from "./section_header.ts";
import { programIn } from "./token_code.ts";

const MASK = "****";
const SECRET_KEY = /(secret_access_key|session_token|security_token|password|secret)$/;
/** Commands, whose words may hold the secret that codes are made of. */
const COMMAND_KEY = /^(mfa_process|credential_process)$/;
/** Also in a line that no tool reads, since its key is mistyped. */
const SECRET_LINE = /^((?![^=\n]*expires)[^=\n]*(?:secret|token|password)[^=\n]*=[ \t]*)\S[^\r\n]*/gim;
/** As long as a secret, in a comment: people keep old keys there. */
const LONG_RUN = /[A-Za-z0-9+/=_-]{30,}/g;

/** The text of one of the AWS files to be shown: line for line the same, without a secret. Throws FileError. */
export function maskSecrets(text: string, file: FileKind, path: string): string {
  const values = parseIni(text, file, path).sections.flatMap(({ properties }) => properties)
    .filter(({ key }) => SECRET_KEY.test(key) || COMMAND_KEY.test(key));
  let masked = "";
  let at = 0;
  for (const { key, valueStart, valueEnd } of values) {
    const value = text.slice(valueStart, valueEnd);
    masked += text.slice(at, valueStart) + (SECRET_KEY.test(key) ? maskLines(value) : maskCommand(value));
    at = valueEnd;
  }
  return (masked + text.slice(at))
    .replace(SECRET_LINE, `$1${MASK}`)
    .replace(/[#;].*$/gm, (comment) => comment.replace(LONG_RUN, MASK));
}

function maskLines(value: string): string {
  return value.replace(/\S[^\r\n]*/g, MASK);
}

function maskCommand(value: string): string {
  if (value.startsWith("awsmfa ") || !/\s/.test(value)) return value;
  const [first = ""] = value.split("\n", 1);
  return `${programIn(first)} ${MASK}${maskLines(value.slice(first.length))}`;
}
