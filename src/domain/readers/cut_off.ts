/** The line without its comment. */
export function cutOff(comment: RegExp | undefined, line: string): string {
  const at = comment === undefined ? -1 : line.search(comment);
  return at < 0 ? line : line.slice(0, at);
}
