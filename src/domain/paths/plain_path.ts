/**
 * A path of Windows as Deno's permissions know it: they refuse `\\server\share` and `\\?\C:\...` as devices, and take
 * `//server/share` and `C:\...`, which are the same.
 */
export function plainPath(path: string): string {
  return path
    .replace(/^\\\\\?\\UNC\\/i, "//")
    .replace(/^\\\\\?\\(?=[A-Za-z]:)/, "")
    .replace(/^\\\\(?![?.]\\)/, "//");
}
