import { folderOf } from "../../domain/paths/folder_of.ts";
import { inFolder } from "../../domain/paths/in_folder.ts";
import { createFile } from "../disk/create_file.ts";
import { withFile } from "../disk/file_errors.ts";
import { isKeptByAwsmfa } from "../locks/lock_path.ts";
import { newOwner } from "../disk/new_owner.ts";
import { exists } from "../disk/paths.ts";

/** Sees to it that git leaves out the folder of a file that awsmfa keeps: `~/.aws` may lie in somebody's repository. */
export function ignoreOwnFolder(realPath: string): void {
  if (!isKeptByAwsmfa(realPath)) return;
  const folder = folderOf(realPath);
  const path = inFolder(folder, ".gitignore");
  if (exists(path)) return;
  withFile("save", path, () => {
    try {
      using file = createFile(path, 0o600, newOwner(folder));
      file.write(new TextEncoder().encode("*\n"));
    } catch (error) {
      // Another awsmfa made it a moment ago.
      if (!(error instanceof Deno.errors.AlreadyExists)) throw error;
    }
  });
}
