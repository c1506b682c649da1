import { FileError, UsageError } from "../../errors.ts";
import { nearest } from "../text/nearest.ts";

/** What a YAML file holds, each scalar a text as it is written: an account that begins with 0 keeps it. */
export type YamlData = string | readonly YamlData[] | YamlMap;
export type YamlMap = ReadonlyMap<string, YamlData>;

/**
 * A mapping with no keys but these. `what` names it for the error: "profile 'staging'". Throws {@linkcode FileError}
 * that names a key which is not known, and the near one.
 */
export function readMap(
  data: YamlData | undefined,
  known: readonly string[],
  what: string,
  path: string,
): YamlMap {
  if (!(data instanceof Map)) {
    throw new FileError(`${path}: ${what} isn't a mapping`, `its keys are ${known.join(", ")}`);
  }
  for (const key of data.keys()) {
    if (known.includes(key)) continue;
    const [near] = nearest(key, known);
    throw new FileError(
      `${path}: ${what} has an unknown key '${key}'`,
      near === undefined ? `its keys are ${known.join(", ")}` : `did you mean '${near}'?`,
    );
  }
  return data;
}

/** The text of a key; undefined where it is left out or empty. Throws {@linkcode FileError} for anything else. */
export function readText(map: YamlMap, key: string, what: string, path: string): string | undefined {
  const value = map.get(key);
  if (value === undefined || value === "") return undefined;
  if (typeof value === "string") return value;
  throw new FileError(`${path}: ${key} of ${what} isn't text`, `write it as ${key}: VALUE`);
}

/** The same for one that must be there. */
export function needText(map: YamlMap, key: string, what: string, path: string): string {
  const text = readText(map, key, what, path);
  if (text === undefined) throw new FileError(`${path}: ${what} has no ${key}`, `add ${key}: VALUE`);
  return text;
}

/** The list of a key. Throws {@linkcode FileError}. */
export function needList(map: YamlMap, key: string, what: string, path: string): readonly YamlData[] {
  const value = map.get(key);
  if (Array.isArray(value)) return value;
  throw new FileError(`${path}: ${key} of ${what} isn't a list`, `begin each of its lines with a dash`);
}

/** A value that stands in the file, as a check of the command line's takes it: a UsageError becomes a FileError. */
export function checkInFile<T>(path: string, check: () => T): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new FileError(`${path}: ${error.message}`, error.hint);
  }
}

/** An AWS account's id: twelve digits. Throws {@linkcode FileError}. */
export function checkAccount(account: string, what: string, path: string): string {
  if (/^\d{12}$/.test(account)) return account;
  const why = /^\d+$/.test(account)
    ? `it has ${account.length} digits, and AWS's have 12`
    : "it isn't a number";
  throw new FileError(
    `${path}: the account of ${what} is not an AWS account id: ${why}`,
    "the console shows it",
  );
}
