import { formatMark } from "../../src/domain/keys/session_mark.ts";

/** A credentials file without what a login writes of its own doing beside a session: its tests are in session_mark_test. */
export function withoutMark(text: string | undefined): string {
  return (text ?? "").replace(/^[ \t]*awsmfa_session[ \t]*=[^\n]*(\n|$)/gm, "");
}

/** The lines of a session as a login of awsmfa's leaves them: with the mark that they are its own. */
export function marked(lines: string, binding = "0123456789abcdef"): string {
  const valueOf = (key: string): string =>
    new RegExp(`^[ \\t]*${key}[ \\t]*=[ \\t]*(\\S+)`, "m").exec(lines)?.[1] ?? "";
  const expires = new Date(valueOf("x_security_token_expires"));
  const mark = formatMark(binding, {
    accessKeyId: valueOf("aws_access_key_id"),
    secretAccessKey: valueOf("aws_secret_access_key"),
    sessionToken: valueOf("aws_session_token"),
    expiration: Number.isNaN(expires.getTime()) ? new Date(0) : expires,
  });
  return `${lines}awsmfa_session = ${mark}\n`;
}
