import type { LongTermKeys } from "../../domain/keys/credentials.ts";
import { type DownloadedKey, readAccessKeysCsv } from "../../domain/imports/access_keys_csv.ts";
import { FileError, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";

/** The access keys in the text of a file; undefined where it is none of IAM's console. Throws FileError for a bad key. */
export function readDownloaded(path: string, text: string): DownloadedKey[] | undefined {
  try {
    return readAccessKeysCsv(text);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new FileError(`${path}: ${error.message}`, error.fix);
  }
}

/** The one access key in a file. Throws FileError. */
export function readDownloadedKey(world: World, path: string): LongTermKeys {
  const text = world.readText(path);
  if (text === undefined) throw new FileError(`${path} is not there`, "awsmfa setup --csv FILE");
  const found = readDownloaded(path, text);
  const [first, ...others] = found ?? [];
  if (first === undefined) {
    throw new FileError(
      `${path} isn't an access key as IAM's console gives it`,
      "its first line has 'Access key ID,Secret access key'",
    );
  }
  if (others.length === 0) return first.keys;
  throw new FileError(`${path} has ${others.length + 1} access keys`, "awsmfa import FILE takes them all");
}
