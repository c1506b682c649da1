import { UsageError } from "../errors.ts";
import {
  findCredentials,
  isSessionKeyId,
  type LongTermKeys,
  sameKeys,
  SECRET_LENGTH,
} from "./credentials.ts";
import { parseIni } from "./ini.ts";
import { appendBlock, findSection, removeKeys, setValues } from "./ini_edit.ts";
import { undoLogins, type WrittenFiles } from "./log_out.ts";
import { BACKUP_TITLE, OWNED_KEYS, replacedBlock } from "./session_in_file.ts";

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
  const why = secret.length === SECRET_LENGTH ? "other signs than AWS's have" : `${secret.length} signs`;
  throw new UsageError(
    `that is not a secret access key: it has ${why}`,
    `${SECRET_LENGTH} letters, digits, + and /; AWS shows it once, when the key is made`,
  );
}

/**
 * Puts keys into a profile's section of the credentials file. A login of the profile is undone before; other long-term
 * keys that stand there are kept in the backup, under a name of their own.
 */
export function putKeys(files: WrittenFiles, section: string, keys: LongTermKeys): FilesWithKeys {
  const { credentials, backup, config } = undoLogins(files, section);
  const file = parseIni(credentials, "credentials", files.credentials.path);
  const there = findSection(file, section);
  const former = there === undefined ? undefined : findCredentials([there]);
  if (former?.kind === "long-term" && sameKeys(former.keys, keys)) {
    return { credentials, backup, config, first: "credentials" };
  }

  const written = parseIni(
    setValues(file, section, [
      ["aws_access_key_id", keys.accessKeyId],
      ["aws_secret_access_key", keys.secretAccessKey],
    ]),
    "credentials",
    file.path,
  );
  const ofSession = OWNED_KEYS.filter((key) => !/^aws_(access_key_id|secret_access_key)$/.test(key));
  const after = { credentials: removeKeys(written, section, ofSession), config };
  if (there === undefined || former?.kind !== "long-term") return { ...after, backup, first: "credentials" };
  const aside = parseIni(backup ?? BACKUP_TITLE, "credentials", files.backup.path);
  const body = file.text.slice(there.bodyStart, there.end);
  const kept = appendBlock(aside, replacedBlock(aside, section, former.keys, body));
  return { ...after, backup: kept, first: "backup" };
}
