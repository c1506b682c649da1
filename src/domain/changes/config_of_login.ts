import type { Ini } from "../aws_files/ini.ts";
import { withText } from "../aws_files/ini.ts";
import { setValues } from "../aws_files/ini_edit.ts";
import { sectionsOf } from "../aws_files/find_section.ts";
import { keysToRename, renameForSession } from "./renamed_keys.ts";
import type { Placement } from "../placement/placement.ts";
import { sourceKey } from "../placement/source_key.ts";

/**
 * The config file of a login. A new target gets its source's region; `remember` is --save; what decides between a role
 * and the session waits.
 */
export function configOfLogin(config: Ini, placement: Placement, remember: boolean): string {
  const { target, source } = placement;
  const values: [string, string][] = [];
  const region = placement.sourceProfile?.get("region");
  const isKnown = sectionsOf(config, target).length > 0 || placement.targetProfile?.unprefixed;
  if (!isKnown && target !== source.profile && region !== undefined) values.push(["region", region]);
  if (remember && target !== source.profile) {
    values.push([sourceKey(placement.targetProfile), source.profile]);
  }
  const text = values.length > 0 ? setValues(config, target, values) : config.text;
  // To read a long file again takes longer than all the rest.
  const isRole = placement.targetProfile?.own("role_arn") !== undefined;
  const isRenamed = remember || keysToRename(config, target, isRole).length > 0;
  return isRenamed ? renameForSession(withText(config, text), target, isRole) : text;
}
