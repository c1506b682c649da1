import { folderOf } from "../../domain/paths/folder_of.ts";
import { isGitIgnored } from "../../domain/paths/git_ignore.ts";
import { inFolder } from "../../domain/paths/in_folder.ts";
import { realPathOf } from "./real_path.ts";
import type { World } from "../../world.ts";

/** The folder of the git work tree that a file lies in, behind symbolic links; undefined where it lies in none. */
export function workTreeOf(world: World, path: string): string | undefined {
  for (let folder = folderOf(realPathOf(world, path));;) {
    if (world.fileInfo(inFolder(folder, ".git")) !== undefined) return folder;
    const above = folderOf(folder);
    if (above === folder || above === ".") return undefined;
    folder = above;
  }
}

/** What of a file can be added to a repository by accident. */
export interface Addable {
  readonly workTree: string;
  /** The line that keeps it out, in the `.gitignore` at the top. */
  readonly line: string;
}

/** Undefined where git would leave the file out. */
export function addable(world: World, path: string): Addable | undefined {
  const workTree = workTreeOf(world, path);
  if (workTree === undefined) return undefined;
  const parts = realPathOf(world, path).slice(workTree.length).split(/[/\\]/).filter((part) => part !== "");
  const folders = parts.map((_, i) => parts.slice(0, i));
  const below = (folder: readonly string[], name: string): string =>
    [...folder, ...name.split("/")].reduce((at, part) => inFolder(at, part), workTree);
  const files = [
    { folder: [], text: world.readText(below([], ".git/info/exclude")) ?? "" },
    ...folders.map((folder) => ({ folder, text: world.readText(below(folder, ".gitignore")) ?? "" })),
  ];
  return isGitIgnored(parts, files) ? undefined : { workTree, line: `/${parts.join("/")}` };
}
