import { type Check, warning } from "../../domain/checks/check.ts";
import { shellWord } from "../../domain/shell/shell_word.ts";
import { groupsThatRead } from "../../domain/checks/windows_access.ts";
import type { World } from "../../world.ts";
import { locate } from "../support/aws_files.ts";

/** On Windows: whether the access list of the credentials file lets everybody read it. */
export async function checkWindowsAccess(world: World): Promise<Check[]> {
  if (!world.windows) return [];
  const { credentials: path } = locate(world);
  if (world.fileInfo(path) === undefined) return [];
  const groups = groupsThatRead(await world.windowsAccessList(path) ?? "");
  if (groups.length === 0) return [];
  return [
    warning(
      "credentials",
      `${path} can be read by others (${groups.join(", ")})`,
      (shell) => {
        const user = shell === "powershell" ? "${env:USERNAME}:F" : "%USERNAME%:F";
        return `icacls ${shellWord(path, shell)} /inheritance:r /grant:r "${user}"`;
      },
    ),
  ];
}
