import { inFolder } from "../domain/in_folder.ts";
import { createFile } from "./create_file.ts";
import { withFile } from "./file_errors.ts";
import { newOwner } from "./new_owner.ts";
import { exists, nameOf } from "./paths.ts";

/** Sees to it that git leaves out what is in awsmfa's own folder: `~/.aws` may lie in somebody's repository. */
export function ignoreOwnFolder(folder: string): void {
  const path = inFolder(folder, ".gitignore");
  if (nameOf(folder) !== "awsmfa" || exists(path)) return;
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
