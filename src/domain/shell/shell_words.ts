/** The words of a line as Python's shlex.split finds them; undefined where a quote is not closed. */
export function shellWords(line: string): string[] | undefined {
  const words: string[] = [];
  const token = /[ \t\r\n]+|\\([^])|'([^']*)'|"((?:[^"\\]|\\[^])*)"|([^ \t\r\n\\'"]+)/gy;
  let word: string | undefined;
  while (token.lastIndex < line.length) {
    const found = token.exec(line);
    if (found === null) return undefined;
    const [, escaped, single, double, plain] = found;
    const part = escaped ?? single ?? double?.replace(/\\(["\\])/g, "$1") ?? plain;
    if (part !== undefined) word = (word ?? "") + part;
    else if (word !== undefined) words.push(word), word = undefined;
  }
  return word === undefined ? words : [...words, word];
}
