/** The reason for a person: what a line is that was meant as a header. */
export function whatIsOdd(line: string, usual: string): string {
  if (line.startsWith("\ufeff")) return "a byte order mark stands before the text";
  if (/^\s*\[[^\]]*\]/.test(line)) return "text stands behind the header";
  return /^\s*\[/.test(line) ? "the header has no ']'" : usual;
}
