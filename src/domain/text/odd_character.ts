/** Something of it can be seen. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The first character of a text that is `odd`, as it is told: "U+200B", "“ (U+201C)". */
export function oddCharacter(text: string, odd: RegExp): string | undefined {
  const [found] = odd.exec(text) ?? [];
  if (found === undefined) return undefined;
  const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return SEEN.test(found) ? `${found} (${code})` : code;
}
