/** The folder that a path lies in, by its text: "." for a name alone. */
export function folderOf(path: string): string {
  const end = path.search(/[/\\][^/\\]*$/);
  return end < 0 ? "." : path.slice(0, end) || "/";
}
