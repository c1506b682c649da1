import type { SessionCredentials } from "../keys/credentials.ts";
import { renamedName } from "../aws_files/renamed_name.ts";
import { formatExpiration } from "../keys/expiration.ts";
import { type Ini, type Section, withText } from "../aws_files/ini.ts";
import { checkSectionName, removeKeys, renameKeys, setValues } from "../aws_files/ini_edit.ts";
import { findSection, refuseDoubles, sectionsOf } from "../aws_files/find_section.ts";
import { keysToRename, renameBack } from "./renamed_keys.ts";
import { accountToWrite } from "../keys/account_in_file.ts";
import { ACCOUNT_KEY, formatMark, ownershipOf, readMark, SESSION_MARK } from "../keys/session_mark.ts";
import { backUp } from "./back_up.ts";

/**
 * The keys of a section in the credentials file that a login writes. The names after `aws_security_token` are those
 * of other tools: the expiration and the role's ARN as saml2aws and granted read them, and broamski/aws-mfa's own
 * expiration, which is only written where it stands already. What of them is awsmfa's is told by value: session_mark.
 */
export const WRITTEN_KEYS: readonly string[] = [
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "aws_security_token",
  "x_security_token_expires",
  "x_principal_arn",
  "expiration",
  "assumed_role",
  SESSION_MARK,
];

/** Both files after a login. `backup` is to be saved first: then no crash in between loses a key. */
export interface FilesWithSession {
  readonly backup: string;
  readonly credentials: string;
  /** The section of the backup that has what the session replaced, if that was neither awsmfa's nor long-term keys. */
  readonly replaced: string | undefined;
}

/** What a login puts into a section. */
export interface NewCredentials extends SessionCredentials {
  /** The assumed role's ARN, for credentials of a role. */
  readonly principalArn?: string | undefined;
}

/** A session, and where it goes. */
export interface Placing {
  readonly profile: string;
  readonly session: NewCredentials;
  /** What the session is bound to, in one word. */
  readonly binding: string;
  /** The account of the session, where it is known; and what the config file says of the profile's. */
  readonly accountId?: string | undefined;
  readonly accountInConfig?: string | undefined;
  /** Write the token under its old name, too, for programs with boto 2. */
  readonly legacyToken?: boolean | undefined;
  /** The sessions that awsmfa caches: one of 0.1.0 is known by them. */
  readonly cached?: readonly SessionCredentials[];
}

/**
 * Puts temporary credentials into a profile's section, and what stood there into the backup, if awsmfa did not write
 * it: keys, half of some, another tool's session, or the news that there was no section. What the backup has of the
 * profile by then is never replaced by something else: that is kept under a name of its own. Throws FileError where a
 * key is there twice: no reader would say which of the two counts.
 */
export function placeSession(
  before: Ini,
  backup: Ini,
  { profile, session, binding, cached, accountId, accountInConfig, legacyToken }: Placing,
): FilesWithSession {
  checkPlaceable(before, profile);
  const there = sectionsOf(before, profile);
  const isTheirs = there.some((each) => ownershipOf(each, cached).foreign.length > 0);
  const wasOurs = readMark(there) !== undefined || sectionsOf(backup, profile).length > 0;
  // What a login set aside is backed up under its own name; what a hand or a merge left so, as it stands there.
  const credentials = isTheirs && wasOurs ? withText(before, renameBack(before, profile)) : before;
  const section = findSection(credentials, profile);
  const kept = backUp(credentials, section, backup, profile, cached);
  const account = accountToWrite(section, accountId, accountInConfig);
  const values = sessionValues(session, section, binding, account, legacyToken);
  // Several readers know the keys in small letters alone, and take a token that stands in a block for a part of it.
  const lower = withText(credentials, renamed(credentials, profile, values.map(([key]) => key)));
  const hasToken = section?.properties.some(({ key }) => key === "aws_session_token");
  const behind = hasToken ? "aws_session_token" : "aws_secret_access_key";
  const written = setValues(lower, profile, values, behind);
  const isStale = session.principalArn === undefined &&
    section?.properties.some(({ key }) => key === "x_principal_arn");
  return {
    ...kept,
    credentials: isStale ? removeKeys(withText(credentials, written), profile, ["x_principal_arn"]) : written,
  };
}

/** The keys that a login writes in small letters, and those that would keep a reader from it set aside. */
function renamed(credentials: Ini, profile: string, written: readonly string[]): string {
  const aside = keysToRename(credentials, profile);
  return renameKeys(credentials, profile, (key) => {
    const small = key.toLowerCase();
    if (aside.includes(small)) return renamedName(key);
    return small !== key && (WRITTEN_KEYS.includes(small) || written.includes(small)) ? small : undefined;
  });
}

/** Throws FileError or UsageError for a section that no session can be put into. */
function checkPlaceable(credentials: Ini, profile: string): void {
  checkSectionName(credentials, profile);
  const section = findSection(credentials, profile);
  if (section !== undefined) refuseDoubles(credentials, section);
}

function sessionValues(
  session: NewCredentials,
  section: Section | undefined,
  binding: string,
  account: string | undefined,
  legacyToken = false,
): [string, string][] {
  const values: [string, string][] = [
    ["aws_access_key_id", session.accessKeyId],
    ["aws_secret_access_key", session.secretAccessKey],
    ["aws_session_token", session.sessionToken],
    ["x_security_token_expires", formatExpiration(session.expiration)],
  ];
  if (session.principalArn !== undefined) values.push(["x_principal_arn", session.principalArn]);
  // What other tools keep beside the session must not contradict it; where they keep nothing, nothing is added.
  const theirs: [string, string][] = [
    ["aws_security_token", session.sessionToken],
    ["expiration", formatExpiration(session.expiration).replace("T", " ").replace("Z", "")],
    ["assumed_role", session.principalArn === undefined ? "False" : "True"],
  ];
  return [
    ...values,
    ...theirs.filter(([key]) =>
      (legacyToken && key === "aws_security_token") ||
      section?.properties.some((property) => property.key === key)
    ),
    ...(account === undefined ? [] : [[ACCOUNT_KEY, account] as [string, string]]),
    [SESSION_MARK, formatMark(binding, session, account)],
  ];
}
