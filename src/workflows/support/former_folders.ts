import { isDisposable } from "../../domain/paths/own_names.ts";
import type { Companions, Locations } from "../../domain/paths/locations.ts";
import { FileError } from "../../errors.ts";
import type { World } from "../../world.ts";

/**
 * The folders of sessions that an earlier awsmfa left in another place. What has anything in it that awsmfa does not
 * make is somebody else's, and what others may write into is not looked at.
 */
export function formerFolders(world: World, { formerSessions }: Locations): Pick<Companions, "sessions">[] {
  return formerSessions.filter((folder) => isOwn(world, folder)).map((sessions) => ({ sessions }));
}

function isOwn(world: World, folder: string): boolean {
  try {
    const names = world.listFolder(folder);
    if (names.length === 0 || !names.every(isDisposable)) return false;
    world.checkPrivateFolder(folder);
    return true;
  } catch (error) {
    // A file, or a folder that can't be read.
    if (error instanceof FileError) return false;
    throw error;
  }
}
