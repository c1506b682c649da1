/** A `.gitignore`, and the folder that it lies in: as the parts of a path below the top of the work tree. */
export interface IgnoreFile {
  readonly folder: readonly string[];
  readonly text: string;
}

/**
 * True where git leaves a file out (gitignore documentation, "Pattern format"): by its own name, or by that of a folder
 * on the way to it. `files` are those on that way, the one of the top first; the last pattern that matches counts.
 */
export function isGitIgnored(path: readonly string[], files: readonly IgnoreFile[]): boolean {
  return path.some((_, i) => {
    const [part, isFolder] = [path.slice(0, i + 1), i + 1 < path.length];
    const last = files.filter(({ folder }) => folder.length <= i).flatMap((file) =>
      file.text.split("\n").flatMap((line) => verdict(line, file, part, isFolder) ?? [])
    ).at(-1);
    return last ?? false;
  });
}

/** What a line says of a file or folder; undefined for nothing. */
function verdict(
  line: string,
  { folder }: IgnoreFile,
  part: readonly string[],
  isFolder: boolean,
): boolean | undefined {
  const pattern = line.replace(/\r$/, "").replace(/(?<!\\) +$/, "");
  if (pattern === "" || pattern.startsWith("#")) return undefined;
  const isBack = pattern.startsWith("!");
  const [, glob = "", slash] = /^!?(.*?)(\/?)$/.exec(pattern) ?? [];
  if (slash !== "" && !isFolder) return undefined;
  const below = part.slice(folder.length);
  const text = glob.includes("/") ? below.join("/") : below.at(-1) ?? "";
  return new RegExp(`^${regexOf(glob.replace(/^\//, ""))}$`).test(text) ? !isBack : undefined;
}

function regexOf(glob: string): string {
  return glob.replace(
    /\*\*\/|\/\*\*$|\*+|\?|\[[!^]?\]?[^\]]*\]|\\.|[^]/g,
    (token) => {
      if (token === "**/") return "(?:.*/)?";
      if (token === "/**") return "/.*";
      if (token.startsWith("*")) return "[^/]*";
      if (token === "?") return "[^/]";
      if (token.length > 1 && token.startsWith("[")) {
        return token.replace(/^\[[!^]/, "[^").replaceAll("\\", "\\\\");
      }
      return token.replace(/^\\(?=.)/, "").replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
    },
  );
}
