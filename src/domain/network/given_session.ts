import type { SessionCredentials } from "../keys/credentials.ts";

/** What an answer of STS says that it gives. */
export interface GivenSession {
  readonly AccessKeyId?: string | undefined;
  readonly SecretAccessKey?: string | undefined;
  readonly SessionToken?: string | undefined;
  readonly Expiration?: Date | undefined;
}

/** Clocks differ: a session may end this much after what was asked for. */
const SLACK_SECONDS = 300;

// The STS API reference ("Credentials") has 16 to 128 word characters for the id and no limit for the others; what other
// makers of STS give has other beginnings than ASIA. A line end, a quote or `$` would be read as something else in a
// file or by a shell.
const ID = /^\w{16,128}$/;
const SECRET = /^[A-Za-z0-9+/=_.~-]{16,256}$/;
const TOKEN = /^[A-Za-z0-9+/=_.:~-]{1,12000}$/;

/** The credentials of an answer, where they are such as STS gives and end when they can; undefined for any others. */
export function readGivenSession(
  { AccessKeyId: id = "", SecretAccessKey: secret = "", SessionToken: token = "", Expiration: end }:
    GivenSession,
  askedSeconds: number,
  now: Date,
): SessionCredentials | undefined {
  if (!ID.test(id) || !SECRET.test(secret) || !TOKEN.test(token)) return undefined;
  const left = end === undefined ? NaN : (end.getTime() - now.getTime()) / 1000;
  if (end === undefined || !(left > 0 && left <= askedSeconds + SLACK_SECONDS)) return undefined;
  return { accessKeyId: id, secretAccessKey: secret, sessionToken: token, expiration: end };
}
