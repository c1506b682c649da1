/**
 * The words of one command, by POSIX.1-2024, XCU 2.2: single quotes, and a backslash outside of them. Throws at
 * any other character that means something to a shell, since a writer must not let one out of the quotes.
 */
export function readPosixWords(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) throw new Error("a quote is not closed");
      word = (word ?? "") + text.slice(at + 1, end);
      at = end;
    } else if (character === "\\") {
      at++;
      word = (word ?? "") + text.charAt(at);
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      if (!/[\w=]/.test(character)) throw new Error(`'${character}' is not quoted`);
      word = (word ?? "") + character;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** A word between double quotes, in which each character with a meaning has a backslash (Tcl(n)). */
export function readTclWord(text: string): string {
  const [, inside] = /^"([^]*)"$/.exec(text) ?? [];
  if (inside === undefined) throw new Error("no quotes");
  const bare = inside.replace(/\\[\\"$[\]{};]/g, "");
  if (/[\\"$[\]{};]/.test(bare)) throw new Error(`a sign has no backslash: ${bare}`);
  return inside.replace(/\\([\\"$[\]{};])/g, "$1");
}

/** A word between single quotes, in which each of `quotes` is doubled. */
export function unquoteDoubled(text: string, quotes: string): string {
  const [, inside] = /^'([^]*)'$/.exec(text) ?? [];
  if (inside === undefined) throw new Error("no quotes");
  const doubled = new RegExp(`([${quotes}])\\1`, "g");
  if (new RegExp(`[${quotes}]`).test(inside.replace(doubled, ""))) throw new Error("a quote stands alone");
  return inside.replace(doubled, "$1");
}

/** A value of a `.env` file: bare, between single quotes as it is, or between double quotes with escapes. */
export function readDotenvValue(text: string): string {
  if (text.startsWith('"')) return JSON.parse(text);
  const [, quoted] = /^'([^']*)'$/.exec(text) ?? [];
  if (quoted !== undefined) return quoted;
  if (/[\s#'"$\\`]/.test(text)) throw new Error(`${text} is not quoted`);
  return text;
}
