import type { Owner } from "./create_file.ts";
import { OWN_UID } from "../system/own_uid.ts";

/**
 * Who shall own what is made in a folder: root works for the folder's owner there (sudo that keeps HOME), who else
 * could neither read nor replace it afterwards. Undefined where that is whoever makes it.
 */
export function newOwner(folder: string): Owner | undefined {
  if (OWN_UID !== 0) return undefined;
  const { uid, gid } = Deno.statSync(folder);
  return uid === null || gid === null || uid === 0 ? undefined : { uid, gid };
}
