import { inFolder } from "../../domain/paths/in_folder.ts";
import { keysToRename, profilesWithRenamedKeys } from "../../domain/changes/renamed_keys.ts";
import type { World } from "../../world.ts";
import { isUsualPair } from "../support/usual_pair.ts";
import { addable, workTreeOf } from "../support/git_work_tree.ts";
import type { SessionOrder } from "../sessions/session_order.ts";

/** What is to be known of the places of the files that a login writes. */
export function noteFiles(
  world: World,
  { files: { at, config }, placement: { target, roles } }: SessionOrder,
  configStays: boolean,
): string[] {
  const notes: string[] = [];
  const open = addable(world, at.backup);
  if (open !== undefined) {
    notes.push(
      `${at.backup} is for long-term keys, and lies in the git work tree ${open.workTree}, which does not ignore it; ` +
        `add the line ${open.line} to ${inFolder(open.workTree, ".gitignore")}`,
    );
  }
  const isChanged = !configStays &&
    (keysToRename(config, target, roles.length > 0).length > 0 ||
      profilesWithRenamedKeys(config).includes(target));
  if (isChanged && isReadElsewhere(world, at.config)) {
    notes.push(
      `the session of profile '${target}' is in ${at.credentials}, and whoever reads ${at.config} with another ` +
        "credentials file has neither role nor session until awsmfa logout; awsmfa env, exec and link write neither",
    );
  }
  return notes;
}

/** True where the config file is read with another credentials file elsewhere. */
function isReadElsewhere(world: World, config: string): boolean {
  return !isUsualPair(world) || workTreeOf(world, config) !== undefined;
}
