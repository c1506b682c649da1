import { entriesOf, type Entry, formatAbsent, isWholeFile, readEntry } from "./backup_format.ts";
import { findCredentials } from "../keys/credentials.ts";
import { type Ini, type Section, withText } from "../aws_files/ini.ts";
import { replaceSection } from "../aws_files/ini_edit.ts";
import { findSection } from "../aws_files/find_section.ts";
import { lineEndsOf } from "./put_back.ts";
import { WRITTEN_KEYS } from "./session_in_file.ts";

/** The line ends before a section that a login made, which are to go with it. */
export interface Joint {
  readonly name: string;
  readonly lineEnds: string;
  readonly wasOpen: boolean;
}

/** What the entry of the section behind this one is to say from now on; undefined where it goes on as it is. */
export function jointBehind(
  file: Ini,
  backup: Ini,
  there: Section,
  after: string,
  entry: Entry,
): Joint | undefined {
  const next = file.sections.find(({ start }) => start === there.end);
  const ofNext = entriesOf(backup).find(({ name }) => name === next?.name);
  if (next === undefined || ofNext === undefined || readEntry(backup, ofNext).block !== undefined) {
    return undefined;
  }
  const { name } = next;
  const { block, lineEnds, wasOpen } = entry;
  const isGone = file.text.length - after.length === there.end - there.start;
  if (isGone) return { name, lineEnds, wasOpen };
  if (block === undefined || !wasOpen) return undefined;
  const text = after.slice(there.start, after.length - (file.text.length - there.end));
  return {
    name,
    lineEnds: text.startsWith(block) ? text.slice(block.length) : lineEndsOf(text, file),
    wasOpen,
  };
}

/** The backup with a joint noted in its entry. */
export function withJoint(backup: Ini, { name, lineEnds, wasOpen }: Joint): Ini {
  const section = findSection(backup, name);
  if (section === undefined) return backup;
  return withText(backup, replaceSection(backup, section, formatAbsent(name, lineEnds, wasOpen)));
}

/** What a whole-file backup says before its first section is in no entry of it: it goes back to the top. */
export function withPreamble(credentials: Ini, backup: Ini): Ini {
  const preamble = backup.text.slice(0, backup.sections[0]?.start);
  if (!isWholeFile(backup) || preamble.trim() === "" || credentials.text.startsWith(preamble)) {
    return credentials;
  }
  return withText(credentials, preamble + credentials.text);
}

/**
 * True for the backup of luhring/awsmfa where the credentials file has no section, and no line in one or above, that
 * the backup lacks, that tool's own sessions apart.
 */
export function putsWholeFileBack(credentials: Ini, backup: Ini): boolean {
  if (!isWholeFile(backup) || credentials.faults.length > 0) return false;
  const lines = new Set(backup.text.split("\n").map((line) => line.trim()));
  const comments = credentials.text.split("\n").map((line) => line.trim()).filter((line) =>
    /^[#;]/.test(line)
  );
  return comments.every((line) => lines.has(line)) && credentials.sections.every((section) => {
    const before = backup.sections.find(({ name }) => name === section.name);
    const { kind } = findCredentials([section]);
    if (before === undefined || kind === "long-term" || kind === "partial") return false;
    const own = section.properties.filter(({ key }) => !WRITTEN_KEYS.includes(key));
    return own.every(({ key, value }) =>
      before.properties.some((property) => property.key === key && property.value === value)
    );
  });
}
