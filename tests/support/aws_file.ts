/** The keys that a session has and long-term keys have not. */
const SESSION_ONLY = /^\s*(aws_session_token|x_security_token_expires|awsmfa_session)\s*=/i;
/** The same, the keys themselves, and what other tools keep beside a session. */
const OF_LOGIN =
  /^\s*(aws_access_key_id|aws_secret_access_key|aws_session_token|aws_security_token|awsmfa_session|x_\w+|expiration|assumed_role)\s*=/i;

/** A file's bytes as text, one character a byte. */
export function readBytes(path: string): string {
  return new TextDecoder("latin1").decode(Deno.readFileSync(path));
}

/** Text as bytes, one byte a character: `\xff` is the byte FF. */
export function asBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The keys of one profile, read line by line and not by awsmfa's own parser. Names are in lower case. */
export function valuesOf(text: string, profile: string): Record<string, string> {
  const pairs = linesOf(text).filter((line) => line.profile === profile).map(({ line }) =>
    /^\s*([^=\s#;[]+)\s*=\s*(.*?)\s*$/.exec(line)
  );
  return Object.fromEntries(
    pairs.flatMap((pair) => pair === null ? [] : [[pair[1]?.toLowerCase(), pair[2]]]),
  );
}

/** The text without the lines of one profile that only a session has. */
export function withoutSessionLines(text: string, profile: string): string {
  return linesOf(text).filter((each) => each.profile !== profile || !SESSION_ONLY.test(each.line))
    .map(({ line }) => line).join("");
}

/** The text without the lines of one profile that a login may write. */
export function withoutLoginLines(text: string, profile: string): string {
  return linesOf(text).filter((each) => each.profile !== profile || !OF_LOGIN.test(each.line))
    .map(({ line }) => line).join("");
}

function linesOf(text: string): { line: string; profile: string | undefined }[] {
  let profile: string | undefined;
  return (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => {
    profile = /^(?:\ufeff|ï»¿)?\s*\[\s*([^\]]*?)\s*\]/.exec(line)?.[1] ?? profile;
    return { line, profile };
  });
}
