import { findCredentials, type LongTermKeys, sameKeys, type SessionCredentials } from "./credentials.ts";
import { type Ini, parseIni, type Section } from "./ini.ts";
import {
  appendBlock,
  findSection,
  lineEnd,
  removeKeys,
  replaceSection,
  sectionsOf,
  sectionText,
  setValues,
} from "./ini_edit.ts";
import { valueIn } from "./profiles.ts";
import { writeHeader } from "./section_header.ts";

/**
 * The keys of a section in the credentials file that a login writes and a restore takes away. The names after
 * `aws_security_token` are those of other tools: the expiration and the role's ARN as saml2aws and granted read
 * them, and broamski/aws-mfa's own expiration, which is only written where it stands already.
 */
export const OWNED_KEYS: readonly string[] = [
  "aws_access_key_id",
  "aws_secret_access_key",
  "aws_session_token",
  "aws_security_token",
  "x_security_token_expires",
  "x_principal_arn",
  "expiration",
  "assumed_role",
];

/** First line of a backup that this program began. */
export const BACKUP_TITLE =
  "# Long-term keys that awsmfa put aside while a session is in their place; `awsmfa --restore` puts them back.\n";
/** Stands in the backup behind a section that was the end of a file without a last line end. */
export const NO_LINE_END = "# awsmfa: the line above had no line end\n";
/** Stands in the backup for a section that there was none of before the login. */
export const ABSENT = "# awsmfa: there was no such section\n";
/** Stands in the backup in a section that another key of the same profile followed. */
export const REPLACED = "# awsmfa: replaced by a later key of profile";

/** Both files after a login. `backup` is to be saved first: then no crash in between loses a key. */
export interface FilesWithSession {
  readonly backup: string;
  readonly credentials: string;
}

/** What a login puts into a section. */
export interface NewCredentials extends SessionCredentials {
  /** The assumed role's ARN, for credentials of a role. */
  readonly principalArn?: string | undefined;
}

/**
 * Puts temporary credentials into a profile's section, and what stood there into the backup, if that was no
 * session: keys, or the news that there was no section. Keys of another value that the backup holds for the
 * profile are kept there under a name of their own.
 */
export function placeSession(
  credentials: Ini,
  backup: Ini,
  profile: string,
  session: NewCredentials,
): FilesWithSession {
  const section = findSection(credentials, profile);
  const written = setValues(credentials, profile, sessionValues(session, section));
  const isStale = session.principalArn === undefined &&
    section?.properties.some(({ key }) => key === "x_principal_arn");
  return {
    backup: putAside(credentials, section, backup, profile),
    credentials: isStale
      ? removeKeys(parseIni(written, "credentials", credentials.path), profile, ["x_principal_arn"])
      : written,
  };
}

/** When the session in some sections of a profile ends; undefined where nothing says so. */
export function expirationIn(sections: readonly Section[]): Date | undefined {
  const text = valueIn(sections, "x_security_token_expires") || valueIn(sections, "expiration");
  if (!text) return undefined;
  // broamski/aws-mfa writes UTC without saying so: "2026-11-20 21:17:00".
  const plain = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(text);
  const at = new Date(plain === null ? text : `${plain[1]}T${plain[2]}Z`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/** Expiration as it stands in the file: RFC 3339 in UTC, whole seconds. */
export function formatExpiration(expiration: Date): string {
  return expiration.toISOString().replace(/\.\d+Z$/, "Z");
}

/** A backup section's text as it stood in the credentials file; undefined where there was none. */
export function unwrapBlock(text: string): string | undefined {
  if (text.includes(`\n${ABSENT}`)) return undefined;
  return text.endsWith(NO_LINE_END) ? text.slice(0, -NO_LINE_END.length).replace(/\n$/, "") : text;
}

function sessionValues(session: NewCredentials, section: Section | undefined): [string, string][] {
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
    ...theirs.filter(([key]) => section?.properties.some((property) => property.key === key)),
  ];
}

function putAside(
  credentials: Ini,
  section: Section | undefined,
  backup: Ini,
  profile: string,
): string {
  const found = section === undefined ? undefined : findCredentials([section]);
  if (found?.kind === "session") return backup.text;
  const block = wrapBlock(credentials, section, profile);
  const [former] = sectionsOf(backup, profile);
  if (former === undefined) return appendBlock(backup, backup.text === "" ? BACKUP_TITLE + block : block);
  if (found?.kind !== "long-term") return backup.text;
  const formerKeys = findCredentials([former]);
  if (formerKeys.kind !== "long-term" || sameKeys(formerKeys.keys, found.keys)) {
    return replaceSection(backup, former, block);
  }
  const kept = renameFormer(backup, former, profile, formerKeys.keys);
  return appendBlock(parseIni(kept, "credentials", backup.path), block);
}

function wrapBlock(credentials: Ini, section: Section | undefined, profile: string): string {
  const block = section === undefined
    ? `${writeHeader(profile, "credentials")}\n${ABSENT}`
    : sectionText(credentials, section);
  const atEnd = section === undefined || section.end === credentials.text.length;
  if (!atEnd || credentials.text === "" || credentials.text.endsWith("\n")) return block;
  // For a section that is added, the line end that is added before it: it must go with it.
  return block + (section === undefined ? lineEnd(credentials) : "\n") + NO_LINE_END;
}

function renameFormer(backup: Ini, former: Section, profile: string, keys: LongTermKeys): string {
  const body = backup.text.slice(former.bodyStart, former.end);
  return replaceSection(backup, former, replacedBlock(backup, profile, keys.accessKeyId, body));
}

/** The section of a backup for a key that another replaces: under a name of its own, which no restore puts back. */
export function replacedBlock(backup: Ini, profile: string, accessKeyId: string, body: string): string {
  let name = `${profile}@${accessKeyId}`;
  for (let n = 2; sectionsOf(backup, name).length > 0; n++) name = `${profile}@${accessKeyId}@${n}`;
  return `${writeHeader(name, "credentials")}\n${REPLACED} '${profile}'\n${body}`;
}
