import { formatExpiration } from "./expiration.ts";
import { fingerprint } from "../text/fingerprint.ts";
import type { Section } from "../aws_files/ini.ts";
import type { Property } from "../aws_files/property.ts";

/**
 * The key beside a session that says what awsmfa wrote there: what the session is bound to, then a fingerprint of each
 * value. So a value that a person or another tool wrote since is known as theirs, whatever it looks like.
 */
export const SESSION_MARK = "awsmfa_session";

/** The account of the keys beside it, which tools build host names of; a login writes it only where it would be wrong. */
export const ACCOUNT_KEY = "aws_account_id";

/** Where a login writes these, in the order of their fingerprints in the mark; the last one stands there at times. */
const MARKED = [
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "x_security_token_expires",
  ACCOUNT_KEY,
];
/** A token's old name, which holds the same. */
const SAME_AS = new Map([["aws_security_token", "aws_session_token"]]);
/** What goes with the values: it says no more than they do. */
const WITH_THEM = ["x_principal_arn", "expiration", "assumed_role"];
/** Those that authenticate somebody. */
const SECRET = ["aws_access_key_id", "aws_secret_access_key", "aws_session_token", "aws_security_token"];

/** What a login writes of a session. */
interface SessionValues {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

/** What is known of the values that awsmfa wrote into a section. */
export interface SessionMark {
  /** What the session is bound to; undefined in a home of awsmfa 0.1.0. */
  readonly binding: string | undefined;
  readonly fingerprints: ReadonlyMap<string, string>;
}

/** The mark of a session, as it stands in the file. `binding` is one word; `account` what was written of it. */
export function formatMark(binding: string, session: SessionValues, account?: string): string {
  return [
    binding,
    ...fingerprintsOf(session).values(),
    ...(account === undefined ? [] : [fingerprint(account)]),
  ].join(" ");
}

/** The mark in some sections of a profile; undefined where there is none, or one of another form. */
export function readMark(sections: readonly Section[]): SessionMark | undefined {
  const properties = sections.flatMap((section) => section.properties);
  const text = properties.findLast(({ key }) => key === SESSION_MARK)?.value;
  const [binding, ...words] = text?.split(" ") ?? [];
  if (binding === undefined || ![MARKED.length - 1, MARKED.length].includes(words.length)) return undefined;
  return { binding, fingerprints: new Map(words.map((word, i) => [MARKED[i] ?? "", word])) };
}

/** True where awsmfa wrote this value there. */
export function isOwnValue(mark: SessionMark | undefined, key: string, value: string): boolean {
  const known = mark?.fingerprints.get(SAME_AS.get(key) ?? key);
  return known !== undefined && value !== "" && known === fingerprint(value);
}

/** What of a section is awsmfa's, and what somebody else's, of the keys that a login writes. */
export interface Ownership {
  readonly own: readonly Property[];
  /** Values that authenticate somebody, and that awsmfa did not write: no command may lose them. */
  readonly foreign: readonly Property[];
}

/**
 * Told by value. `cached` are the sessions that awsmfa caches: 0.1.0 wrote no mark, and what it wrote is one of these.
 */
export function ownershipOf(section: Section, cached: readonly SessionValues[] = []): Ownership {
  const mark = readMark([section]) ?? markOfCached(section, cached);
  const isOwn = ({ key, value }: Property): boolean => isOwnValue(mark, key, value);
  const values = section.properties.filter((each) => each.key !== ACCOUNT_KEY && isOwn(each));
  const along = values.length > 0 ? [SESSION_MARK, ...WITH_THEM] : [SESSION_MARK];
  return {
    own: section.properties.filter((each) => isOwn(each) || along.includes(each.key)),
    foreign: section.properties.filter((each) =>
      SECRET.includes(each.key) && each.value !== "" && !isOwn(each)
    ),
  };
}

function markOfCached(section: Section, cached: readonly SessionValues[]): SessionMark | undefined {
  return cached.map((session) => ({ binding: undefined, fingerprints: fingerprintsOf(session) }))
    .find((mark) =>
      section.properties.some(({ key, value }) => SECRET.includes(key) && isOwnValue(mark, key, value))
    );
}

function fingerprintsOf(session: SessionValues): Map<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = session;
  const values = [accessKeyId, secretAccessKey, sessionToken, formatExpiration(expiration)];
  return new Map(values.map((value, i) => [MARKED[i] ?? "", fingerprint(value)]));
}
