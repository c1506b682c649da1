import { running } from "../../domain/shell/shell_commands.ts";
import { type Check, problem, warning } from "../../domain/checks/check.ts";
import { inFolder } from "../../domain/paths/in_folder.ts";
import type { World } from "../../world.ts";
import { addable } from "../support/git_work_tree.ts";

/** Keys that the next `git add -A` would take. */
export function checkAddable(world: World, path: string): Check[] {
  const found = world.fileInfo(path) === undefined ? undefined : addable(world, path);
  if (found === undefined) return [];
  return [problem(
    "backup",
    `${path} lies in the git work tree ${found.workTree}, which does not ignore it: git add -A takes it`,
    `add the line ${found.line} to ${inFolder(found.workTree, ".gitignore")}`,
  )];
}

/** Whether others can read a file that holds keys. */
export function checkMode(world: World, what: string, path: string): Check[] {
  const loose = world.looseMode(path);
  if (loose === undefined) return [];
  const says = `${path} can be read by other users (mode 0${loose.toString(8)})`;
  return [warning(what, says, running("chmod 600", path))];
}
