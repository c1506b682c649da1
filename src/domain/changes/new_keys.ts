import { UsageError } from "../../errors.ts";
import {
  findCredentials,
  isSessionKeyId,
  type LongTermKeys,
  sameKeys,
  SECRET_LENGTH,
} from "../keys/credentials.ts";
import { addReplaced } from "./backup_format.ts";
import { withText } from "../aws_files/ini.ts";
import { removeKeys, setValues } from "../aws_files/ini_edit.ts";
import { findSection, refuseDoubles, sectionsOf } from "../aws_files/find_section.ts";
import { undoLogins, type WrittenFiles } from "./log_out.ts";
import { WRITTEN_KEYS } from "./session_in_file.ts";
import { bodyOf } from "./back_up.ts";
import { ownershipOf } from "../keys/session_mark.ts";
import { sectionsBeside } from "../placement/source_keys.ts";

/** The files with new keys in them. */
export interface FilesWithKeys {
  readonly credentials: string;
  readonly backup: string | undefined;
  readonly config: string;
  /** To be saved first, so that no crash between the two loses a key. */
  readonly first: "credentials" | "backup";
}

/**
 * An access key id as it was typed, without outer blanks. Never repeats it: it may be the secret, pasted into the
 * wrong place. Throws {@linkcode UsageError}.
 */
export function checkAccessKeyId(typed: string): string {
  const id = typed.trim();
  // AWS STS API reference, GetAccessKeyInfo: 16 to 128 of \\w; the AWS console shows 20.
  if (!/^[A-Z0-9]{16,128}$/.test(id)) {
    throw new UsageError(
      "that is not an access key id",
      "20 capital letters and digits, such as AKIAIOSFODNN7EXAMPLE",
    );
  }
  if (isSessionKeyId(id, undefined)) {
    throw new UsageError(
      "that access key id is one of a session",
      "an IAM user's begins with AKIA: IAM console > Users > Security credentials",
    );
  }
  return id;
}

/** A secret as it was typed or pasted, without blanks and line ends. Never repeats it. Throws {@linkcode UsageError}. */
export function checkSecret(typed: string): string {
  const secret = typed.replace(/\s+/g, "");
  if (secret.length === SECRET_LENGTH && /^[A-Za-z0-9+/]+$/.test(secret)) return secret;
  const why = secret.length === SECRET_LENGTH
    ? "characters that AWS's don't have"
    : `${secret.length} characters`;
  throw new UsageError(
    `that is not a secret access key: it has ${why}`,
    `${SECRET_LENGTH} letters, digits, + and /; AWS shows it once, when the key is made`,
  );
}

/**
 * Puts keys into the section of the credentials file that holds those of a profile: its own, or one beside it. Where
 * both hold some, both get the new ones, so that a login does not find two. Logins are undone before, and a session
 * goes with its keys; other long-term keys that stand there are kept in the backup, under a name of their own.
 */
export function putKeys(files: WrittenFiles, profile: string, keys: LongTermKeys): FilesWithKeys {
  const all = [profile, ...sectionsBeside(profile)];
  let now = all.reduce(undoAll, files);
  const isThere = (section: string): boolean => sectionsOf(now.credentials, section).length > 0;
  const holding = all.filter((section) =>
    /^(long-term|partial)$/.test(findCredentials(sectionsOf(now.credentials, section)).kind)
  );
  const sections = holding.length > 0 ? holding : [all.slice(1).find(isThere) ?? profile];
  let first: FilesWithKeys["first"] = "credentials";
  for (const section of sections) {
    const after = putIntoSection(now, section, keys);
    if (after.backup !== now.backup.text) first = "backup";
    now = reread(now, after);
  }
  return {
    credentials: now.credentials.text,
    backup: now.backup.text || undefined,
    config: now.config.text,
    first,
  };
}

function putIntoSection(
  { credentials: file, backup, config, cached }: WrittenFiles,
  section: string,
  keys: LongTermKeys,
): Texts {
  const there = findSection(file, section);
  const former = there === undefined ? undefined : findCredentials([there]);
  const same = former?.kind === "long-term" && sameKeys(former.keys, keys);
  if (same) return { credentials: file.text, backup: backup.text, config: config.text };
  if (there !== undefined) refuseDoubles(file, there);

  const written = withText(
    file,
    setValues(file, section, [
      ["aws_access_key_id", keys.accessKeyId],
      ["aws_secret_access_key", keys.secretAccessKey],
    ]),
  );
  const ofSession = WRITTEN_KEYS.filter((key) => !/^aws_(access_key_id|secret_access_key)$/.test(key));
  const credentials = removeKeys(written, section, ofSession);
  const { own, foreign } = there === undefined ? { own: [], foreign: [] } : ownershipOf(there, cached);
  const isLost = foreign.some(({ value }) => value !== keys.accessKeyId && value !== keys.secretAccessKey);
  if (there === undefined || !isLost) {
    return { credentials, backup: backup.text, config: config.text };
  }
  const kept = addReplaced(backup, section, foreign, bodyOf(file, there, own)).backup;
  return { credentials, backup: kept.text, config: config.text };
}

/** The files with the profile's login undone; what stood in its place is in the backup then. */
function undoAll(files: WrittenFiles, section: string): WrittenFiles {
  const after = undoLogins(files, section);
  const now = reread(files, after);
  return after.again ? reread(now, undoLogins(now, section)) : now;
}

/** The texts of the three files; an empty backup is none. */
interface Texts {
  readonly credentials: string;
  readonly backup: string | undefined;
  readonly config: string;
}

function reread(files: WrittenFiles, { credentials, backup, config }: Texts): WrittenFiles {
  return {
    ...files,
    credentials: withText(files.credentials, credentials),
    backup: withText(files.backup, backup),
    config: withText(files.config, config),
  };
}
