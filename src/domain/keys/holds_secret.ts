import { canBeKeyId } from "./credentials.ts";
import { parseIni } from "../aws_files/ini.ts";

const SECRET_KEY = /^(?!.*expires).*(secret|token|password|access_key(?!_id)|awsmfa_session)/;
/** Commands, whose words may hold the secret that codes are made of. */
const COMMAND_KEY = /^(mfa_process|credential_process)$/;
/** Also in a line that no tool reads, since its key is mistyped or its sign is another. */
const SECRET_LINE =
  /^(?![^=:\n]*expires)[^=:\n]*(?:secret|token|password|access_key(?!_id))[^=:\n]*[=:][ \t]*\S/im;
/** As long as a secret, in a comment: people keep old keys there. */
const LONG_RUN = /[#;].*[A-Za-z0-9+/=_-]{30,}/;

/** True for lines of a section of the credentials file that look as if a password, a key or a seed stood in them. */
export function holdsSecret(lines: string, path: string): boolean {
  const text = `[x]\n${lines}`;
  return SECRET_LINE.test(text) || LONG_RUN.test(text) ||
    parseIni(text, "credentials", path).sections.some(({ properties }) =>
      properties.some(({ key, value }) =>
        value !== "" &&
        (SECRET_KEY.test(key) || (COMMAND_KEY.test(key) && /\s/.test(value)) ||
          (key === "aws_access_key_id" && !canBeKeyId(value)))
      )
    );
}
