/** What neither an access key ID nor a secret has: it may be shown. */
const ODD = /[^\w/+= \t\r\n]/u;
/** Something of it can be seen. */
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** The first character that neither a key nor its secret has, as it is told: "U+200B", "“ (U+201C)". */
export function oddCharacter(text: string): string | undefined {
  const [found] = ODD.exec(text) ?? [];
  if (found === undefined) return undefined;
  const code = `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return SEEN.test(found) ? `${found} (${code})` : code;
}
