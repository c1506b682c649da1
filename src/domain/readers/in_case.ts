import type { Grammar } from "./reader.ts";

/** A key as it is compared. */
export function inCase({ keyCase }: Grammar, key: string): string {
  if (keyCase === "exact") return key;
  return keyCase === "lower" ? key.toLowerCase() : key.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
