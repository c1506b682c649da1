import { UsageError } from "../../errors.ts";
import type { LongTermKeys } from "../keys/credentials.ts";
import { checkAccessKeyId, checkSecret } from "../changes/new_keys.ts";

/** One access key of a file that IAM's console gave. */
export interface DownloadedKey {
  /** As a column of the file says. */
  readonly userName: string | undefined;
  readonly keys: LongTermKeys;
}

/**
 * The access keys in a CSV file of IAM's console: `NAME_accessKeys.csv` ("Access key ID,Secret access key") and
 * `credentials.csv` or `NAME_credentials.csv` ("User name,Password,Access key ID,..."), with or without a byte order mark;
 * undefined for a text that is none (IAM user guide, "Manage access keys"; AWS CLI, `aws configure import`). Throws
 * {@linkcode UsageError}, which repeats nothing of it.
 */
export function readAccessKeysCsv(text: string): DownloadedKey[] | undefined {
  const [header, ...rows] = text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/).filter((line) =>
    line.trim() !== ""
  )
    .map(fieldsOf);
  const names = header?.map((name) => name.toLowerCase().replaceAll(/[^a-z]/g, "")) ?? [];
  const [id, secret, user] = ["accesskeyid", "secretaccesskey", "username"].map((name) =>
    names.indexOf(name)
  );
  if (id === undefined || secret === undefined || user === undefined || id < 0 || secret < 0) {
    return undefined;
  }
  const found = rows.map((row) => ({
    userName: row[user] || undefined,
    keys: { accessKeyId: checkAccessKeyId(row[id] ?? ""), secretAccessKey: checkSecret(row[secret] ?? "") },
  }));
  if (found.length === 0) {
    throw new UsageError("it has no access key below its first line", "download it again in IAM's console");
  }
  return found;
}

/** "alice" of ".../alice_accessKeys.csv", also of a second download. */
export function userOfFile(path: string): string | undefined {
  return /(?:^|[/\\])([^/\\]+?)_(?:accessKeys|credentials)(?: ?\(\d+\))?\.csv$/i.exec(path)?.[1];
}

/** The fields of a line; one in quotes may have commas in it, and two quotes for one (RFC 4180). */
function fieldsOf(line: string): string[] {
  const fields = line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g);
  return [...fields].map(([, field = ""]) =>
    field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field.trim()
  );
}
