import { addEntry, addReplaced, entriesOf, formatEntry, isWholeFile } from "./backup_format.ts";
import { findCredentials, sameKeys, type SessionCredentials } from "../keys/credentials.ts";
import { type Ini, type Section, withText } from "../aws_files/ini.ts";
import { replaceSection, sectionText } from "../aws_files/ini_edit.ts";
import { ownershipOf } from "../keys/session_mark.ts";

/**
 * The backup with the keys of a section that a session will take the place of; `replaced`: the profile whose other
 * session made room, by its name in the backup.
 */
export function backUp(
  credentials: Ini,
  section: Section | undefined,
  backup: Ini,
  profile: string,
  cached: readonly SessionCredentials[] = [],
): { readonly backup: string; readonly replaced: string | undefined } {
  const former = entriesOf(backup).find(({ name }) => name === profile);
  if (section === undefined) {
    const added = former === undefined
      ? addEntry(backup, formatEntry(credentials, undefined, profile))
      : backup;
    return { backup: added.text, replaced: undefined };
  }
  const { own, foreign } = ownershipOf(section, cached);
  const found = findCredentials([section]);
  const isTheirs = foreign.length > 0;
  const replaced = isTheirs && found.kind !== "long-term" ? profile : undefined;
  if (former === undefined) {
    if (!isTheirs && own.length > 0) return { backup: backup.text, replaced };
    return { backup: addEntry(backup, formatEntry(credentials, section, profile, own)).text, replaced };
  }
  // luhring/awsmfa left its session where the keys were.
  const isOfItsTool = found.kind === "session" && isWholeFile(backup);
  if (!isTheirs || isOfItsTool) return { backup: backup.text, replaced: undefined };
  if (found.kind !== "long-term") {
    const body = bodyOf(credentials, section, own);
    const { backup: added, name } = addReplaced(backup, profile, foreign, body);
    return { backup: added.text, replaced: name };
  }
  const entry = formatEntry(credentials, section, profile, own);
  const formerKeys = findCredentials([former]);
  const isSame = formerKeys.kind === "long-term" && sameKeys(formerKeys.keys, found.keys);
  if (isSame || formerKeys.kind === "none") {
    return { backup: replaceSection(backup, former, entry), replaced };
  }
  return { backup: addEntry(renameFormer(backup, former, profile), entry).text, replaced };
}

/** What stands below a section's header, without the lines of some of its properties. */
export function bodyOf(
  ini: Ini,
  section: Section,
  without: readonly Section["properties"][number][],
): string {
  return sectionText(ini, section, without).slice(section.bodyStart - section.start);
}

/** The backup with an entry under a name of its own, in its place. */
function renameFormer(backup: Ini, former: Section, profile: string): Ini {
  const { foreign } = ownershipOf(former);
  const body = backup.text.slice(former.bodyStart, former.end);
  return addReplaced(withText(backup, replaceSection(backup, former, "")), profile, foreign, body).backup;
}
