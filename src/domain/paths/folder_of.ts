/** The folder that a path lies in, by its text: "." for a name alone, `C:\` for a file in a drive's root. */
export function folderOf(path: string): string {
  const end = path.search(/[/\\][^/\\]*$/);
  if (end < 0) return ".";
  const folder = path.slice(0, end);
  // `C:` by itself is the current folder of that drive.
  return folder === "" || /^[A-Za-z]:$/.test(folder) ? path.slice(0, end + 1) : folder;
}
