import { addReplaced, entriesOf, isWholeFile, readEntry } from "./backup_format.ts";
import { findCredentials, sameKeys, type SessionCredentials } from "../keys/credentials.ts";
import { type Ini, parseIni, type Section, withText } from "../aws_files/ini.ts";
import { jointBefore, removeProperties, replaceSection, sectionText } from "../aws_files/ini_edit.ts";
import { findSection } from "../aws_files/find_section.ts";
import { renameBack } from "./renamed_keys.ts";
import { holdsSecret } from "../keys/holds_secret.ts";
import { refuseFaults } from "../aws_files/refuse_faults.ts";
import { removeSession } from "./remove_session.ts";
import { putBack } from "./put_back.ts";
import { WRITTEN_KEYS } from "./session_in_file.ts";
import { bodyOf } from "./back_up.ts";
import { ownershipOf } from "../keys/session_mark.ts";
import { type Joint, jointBehind, putsWholeFileBack, withJoint, withPreamble } from "./joint.ts";

/** What became of one profile of the backup. */
export interface RestoredProfile {
  readonly profile: string;
  /**
   * `restored`: its long-term keys are back. `logged out`: it had none of its own, and is as before. `left alone`: it holds
   * other long-term keys, or what was not there before the login, and these were left alone, as was the backup.
   */
  readonly outcome: "restored" | "logged out" | "already there" | "left alone";
  /** The section of the backup that has what stood in its place and was not awsmfa's; undefined where nothing did. */
  readonly replaced?: string;
  /** What was backed up of it waits in the backup, since other keys were left alone. */
  readonly waits?: true;
}

/** Both files after a restore. `credentials` is to be saved first; no `backup` is left where nothing is in it. */
export interface RestoredFiles {
  readonly credentials: string;
  readonly backup: string | undefined;
  readonly profiles: readonly RestoredProfile[];
}

/**
 * The backup with everything in it that a restore would replace and that awsmfa did not write: half a key, another
 * tool's session. It is to be saved before the restore, which would find no other place for it; the same where there
 * is nothing.
 */
export function backUpForeign(
  credentials: Ini,
  backup: Ini,
  only: string | undefined,
  cached?: readonly SessionCredentials[],
): Ini {
  if (only === undefined && putsWholeFileBack(credentials, backup)) return backup;
  return entriesFor(backup, only).reduce(
    (now, { name }) => backUpForeignOf(credentials, now, name, cached).backup,
    backup,
  );
}

/** Puts back the keys of every profile in the backup, or of `only` one. Throws FileError where a line of it can't be read. */
export function restoreKeys(
  credentials: Ini,
  backup: Ini,
  only: string | undefined,
  cached?: readonly SessionCredentials[],
): RestoredFiles {
  refuseFaults(backup, only);
  const entries = entriesFor(backup, only);
  if (only === undefined && putsWholeFileBack(credentials, backup)) {
    const profiles = entries.map((entry) => ({ profile: entry.name, outcome: outcomeOf(entry) }));
    return { credentials: backup.text, backup: undefined, profiles };
  }
  const profiles: RestoredProfile[] = [];
  let file = only === undefined ? withPreamble(credentials, backup) : credentials;
  let rest = backup;
  // The last login first: what it did at the end of the file, such as a line end, it did to what the others left.
  for (const { name } of entries.toReversed()) {
    const section = findSection(rest, name);
    if (section === undefined) continue;
    const done = restoreSection(file, rest, section, cached);
    profiles.unshift(done.profile);
    if (done.entry !== "waits") {
      const body = rest.text.slice(section.bodyStart, section.end);
      rest = withText(rest, replaceSection(rest, section, ""));
      if (done.entry === "renamed") rest = addReplaced(rest, name, ownershipOf(section).foreign, body).backup;
    }
    if (done.joint !== undefined) rest = withJoint(rest, done.joint);
    file = withText(file, done.text);
  }
  const isLeft = rest.sections.length > 0 || rest.faults.length > 0;
  return { credentials: file.text, backup: isLeft ? rest.text : undefined, profiles };
}

function entriesFor(backup: Ini, only: string | undefined): Section[] {
  return entriesOf(backup).filter(({ name }) => only === undefined || name === only);
}

interface RestoredSection {
  readonly text: string;
  readonly profile: RestoredProfile;
  /** `done`: the entry is of no more use. `renamed`: it has what is nowhere else, and no restore is to put it back. */
  readonly entry: "done" | "renamed" | "waits";
  /** What is to go with a section behind it that a login made, since it could not go with this one. */
  readonly joint?: Joint | undefined;
}

function restoreSection(
  before: Ini,
  backup: Ini,
  section: Section,
  cached: readonly SessionCredentials[] | undefined,
): RestoredSection {
  const { name } = section;
  const entry = readEntry(backup, section);
  const file = withText(before, renameBack(before, name, section.properties.map(({ key }) => key)));
  const there = findSection(file, name);
  const outcome = outcomeOf(section);
  if (there === undefined) {
    const text = entry.block === undefined ? file.text : file.text + jointBefore(file) + entry.block;
    return { text, profile: { profile: name, outcome }, entry: "done" };
  }
  const { own, foreign } = ownershipOf(there, cached);
  const found = findCredentials([there]);
  const backedUp = findCredentials([section]);
  if (found.kind === "long-term" && foreign.length > 0) {
    const same = backedUp.kind === "long-term" && sameKeys(found.keys, backedUp.keys);
    const waits = !same && backedUp.kind !== "none";
    return {
      text: removeProperties(file, own),
      profile: {
        profile: name,
        outcome: same ? "already there" : "left alone",
        ...(waits ? { waits } : {}),
      },
      entry: waits ? "waits" : "done",
    };
  }
  if (entry.block === undefined && foreign.length > 0) {
    return {
      text: removeProperties(file, own),
      profile: { profile: name, outcome: "left alone" },
      entry: "done",
    };
  }
  const { name: replaced } = backUpForeignOf(file, backup, name, cached);
  const profile = { profile: name, outcome, ...(replaced === undefined ? {} : { replaced }) };
  const original = entry.block === undefined ? undefined : parseIni(entry.block, "credentials", backup.path);
  const text = original === undefined
    ? removeSession(file, there, own, entry)
    : putBack(file, there, original, own);
  const joint = jointBehind(file, backup, there, text, entry);
  const isNowhereElse = original !== undefined && dropsSecret(original, text);
  return { text, profile, entry: isNowhereElse ? "renamed" : "done", joint };
}

function outcomeOf(entry: Section): "restored" | "logged out" {
  return findCredentials([entry]).kind === "long-term" ? "restored" : "logged out";
}

/** Half a key, or another tool's session, in the place of what is to be put back: in the backup, and its name there. */
function backUpForeignOf(
  before: Ini,
  backup: Ini,
  profile: string,
  cached: readonly SessionCredentials[] | undefined,
): { readonly backup: Ini; readonly name: string | undefined } {
  const entry = findSection(backup, profile);
  const kept = entry?.properties.map(({ key }) => key);
  const credentials = withText(before, renameBack(before, profile, kept));
  const section = findSection(credentials, profile);
  if (section === undefined || entry === undefined) return { backup, name: undefined };
  const { own, foreign } = ownershipOf(section, cached);
  const found = findCredentials([section]);
  const stays = found.kind === "long-term" || readEntry(backup, entry).block === undefined;
  // luhring/awsmfa left its session where the keys were.
  const isOfItsTool = found.kind === "session" && isWholeFile(backup);
  if (foreign.length === 0 || stays || isOfItsTool) return { backup, name: undefined };
  return addReplaced(backup, profile, foreign, bodyOf(credentials, section, own));
}

/**
 * True where somebody took lines out of a section since its login, and one of them looks like a secret: a password that
 * is nowhere else by then. Others are theirs to take out.
 */
function dropsSecret(original: Ini, text: string): boolean {
  const there = new Set(text.split("\n").map((line) => line.trim()));
  const [before] = original.sections;
  if (before === undefined) return false;
  const written = before.properties.filter(({ key }) => WRITTEN_KEYS.includes(key));
  const gone = sectionText(original, before, written).split("\n").slice(1).map((line) => line.trim())
    .filter((line) => line !== "" && !there.has(line)).map((line) => `${line}\n`).join("");
  return gone !== "" && holdsSecret(gone, original.path);
}
