import { folderOf } from "../../domain/paths/folder_of.ts";
import { inFolder } from "../../domain/paths/in_folder.ts";
import type { World } from "../../world.ts";

/** What a path leads to, where its folders may be symbolic links, too. Throws FileError. */
export function realPathOf(world: World, path: string): string {
  const real = world.realPath(path);
  const folder = folderOf(real);
  if (folder === real || folder === ".") return real;
  const above = realPathOf(world, folder);
  return above === folder
    ? real
    : realPathOf(world, inFolder(above, real.slice(folder.length).replace(/^[/\\]/, "")));
}
