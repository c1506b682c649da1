import { type Ini, type Section, withText } from "../aws_files/ini.ts";
import type { Property } from "../aws_files/property.ts";
import { appendBlock, jointBefore, sectionText } from "../aws_files/ini_edit.ts";
import { sectionsOf } from "../aws_files/find_section.ts";
import { refuseFaults } from "../aws_files/refuse_faults.ts";
import { ownershipOf } from "../keys/session_mark.ts";
import { writeHeader } from "../aws_files/section_header.ts";

/** What begins a backup: words for a person, and the mark that it is awsmfa's. */
export const BACKUP_TITLE = "# Long-term keys backed up by awsmfa. `awsmfa --restore` puts them back.\n" +
  "# awsmfa: backup, form 1\n";
/** In a backup behind a section that was the end of a file without a last line end. */
export const NO_LINE_END = "# awsmfa: the line above had no line end\n";
/** In a backup below the empty line that a login put before a section of its own. */
const EMPTY_LINE = "# awsmfa: the empty line above came with it\n";
/** In a backup for a section that there was none of before the login. */
export const ABSENT = "# awsmfa: there was no such section\n";
/** In a backup in a section that another key of the same profile followed. */
export const REPLACED = "# awsmfa: replaced by a later key of profile";

/** 0.1.0 began its backups with a sentence alone. */
const TITLE_OF_010 = /^[ \t]*#[ \t]*Long-term keys that awsmfa put aside/m;
/** Every other line that awsmfa writes for itself. */
const OWN_LINE = /^[ \t]*#[ \t]*awsmfa: /m;

/**
 * True for a backup that is no other than a former credentials file: luhring/awsmfa keeps the whole of it under the
 * same name. awsmfa's own are known by any line of theirs, wherever it stands and however it ends.
 */
export function isWholeFile(backup: Ini): boolean {
  return !OWN_LINE.test(backup.text) && !isBegunBy010(backup);
}

/** True for a backup that was begun by 0.1.0, which did not mark the sessions that it wrote. */
export function isBegunBy010(backup: Ini): boolean {
  return TITLE_OF_010.test(backup.text);
}

/** The sections of a backup that wait to be put back, without those that a later key replaced. */
export function entriesOf(backup: Ini): Section[] {
  return backup.sections.filter((section) =>
    (section.kind === "profile" || section.kind === "cli-profile") &&
    !linesOf(backup.text.slice(section.bodyStart, section.end)).some((line) => line.startsWith(REPLACED))
  );
}

/** What an entry says of the section as it stood in the credentials file. */
export interface Entry {
  /** Its text; undefined where there was none. */
  readonly block: string | undefined;
  /** The line ends that are to go with it: behind a section that ended a file without one, before one of a login's own. */
  readonly lineEnds: string;
  /** The line before them had none. */
  readonly wasOpen: boolean;
}

/** Reads an entry, whatever line ends the backup has by now. */
export function readEntry(backup: Ini, section: Section): Entry {
  const text = sectionText(backup, section);
  const [, added] = text.split(ABSENT.trimEnd());
  const [above = "", below] = (added ?? text).split(NO_LINE_END.trimEnd());
  const wasOpen = below !== undefined;
  if (added !== undefined) {
    const [lineEnds = ""] = above.split(EMPTY_LINE.trimEnd());
    return { block: undefined, lineEnds: lineEnds.replace(/^\r?\n/, ""), wasOpen };
  }
  if (!wasOpen) return { block: text, lineEnds: "", wasOpen };
  // Where something gave the backup other line ends, this one is of them, and else a carriage return is the block's.
  const block = above.replace(below.startsWith("\r") ? /\r\n$/ : /\n$/, "");
  return { block, lineEnds: above.slice(block.length), wasOpen };
}

/** The entry for a section of the credentials file as it stands there, or for one that there is none of. */
export function formatEntry(
  credentials: Ini,
  section: Section | undefined,
  profile: string,
  own: readonly Property[] = [],
): string {
  const isOpen = !credentials.text.endsWith("\n");
  if (section === undefined) return formatAbsent(profile, jointBefore(credentials), isOpen);
  const block = sectionText(credentials, section, own);
  return isOpen && section.end === credentials.text.length ? `${block}\n${NO_LINE_END}` : block;
}

/** The entry for a section that there was none of, with the line ends that a login adds before it. */
export function formatAbsent(profile: string, lineEnds: string, wasOpen: boolean): string {
  const joint = lineEnds === "" ? "" : lineEnds + (wasOpen ? NO_LINE_END : EMPTY_LINE);
  return `${writeHeader(profile, "credentials")}\n${ABSENT}${joint}`;
}

/** The backup with an entry more; the first one begins it. */
export function addEntry(backup: Ini, entry: string): Ini {
  return withText(backup, appendBlock(backup, backup.text === "" ? BACKUP_TITLE + entry : entry));
}

/**
 * The backup with what another key replaces, under a name of its own, which no restore puts back: `body` is what
 * stands below its header. The same backup where it is there already. The name has the key's id, of `foreign`, where
 * there is one.
 */
export function addReplaced(
  backup: Ini,
  profile: string,
  foreign: readonly Property[],
  body: string,
): { readonly backup: Ini; readonly name: string } {
  const content = `${REPLACED} '${profile}'\n${body}`;
  // What stands in a key id's place may be a secret.
  const id = foreign.findLast(({ key, value }) =>
    key === "aws_access_key_id" && /^[A-Z0-9]{4,128}$/.test(value)
  );
  const stem = `${profile}@${id?.value ?? "other"}`;
  for (let n = 1;; n++) {
    const name = n === 1 ? stem : `${stem}@${n}`;
    const there = sectionsOf(backup, name);
    if (there.length === 0) {
      return { backup: addEntry(backup, `${writeHeader(name, "credentials")}\n${content}`), name };
    }
    const same = there.some((section) =>
      backup.text.slice(section.bodyStart, section.end).trimEnd() === content.trimEnd()
    );
    if (same) return { backup, name };
  }
}

/**
 * The backup with what a former one has and it has not: an entry of the same profile that says something else goes
 * beside the one that is there, under a name of its own. Throws FileError for one that begins with keys of no section.
 */
export function mergeBackups(backup: Ini, former: Ini): Ini {
  if (backup.text === "" || former.text === "") {
    return backup.text === "" ? withText(backup, former.text) : backup;
  }
  // What stands above the first section would be in neither.
  if (former.faults.some(({ line }) => line < (former.sections[0]?.line ?? Infinity))) refuseFaults(former);
  return former.sections.reduce((now, section) => {
    const text = sectionText(former, section);
    const there = sectionsOf(now, section.name);
    if (there.length === 0) return addEntry(now, text);
    if (there.some((each) => sectionText(now, each).trimEnd() === text.trimEnd())) return now;
    const { foreign } = ownershipOf(section);
    return addReplaced(now, section.name, foreign, former.text.slice(section.bodyStart, section.end)).backup;
  }, backup);
}

function linesOf(text: string): string[] {
  return text.split("\n").map((line) => line.trim());
}
