import { findCredentials, sameKeys } from "./credentials.ts";
import { type Ini, parseIni, type Section } from "./ini.ts";
import { appendBlock, findSection, putValues, removeKeys, replaceSection, sectionText } from "./ini_edit.ts";
import { BACKUP_TITLE, NO_LINE_END, OWNED_KEYS, REPLACED, unwrapBlock } from "./session_in_file.ts";

/** What became of one profile of the backup. */
export interface RestoredProfile {
  readonly profile: string;
  /**
   * `restored`: its long-term keys are back. `logged out`: it had none of its own, and is as before. `kept`: it holds
   * other long-term keys, and these were left alone, as was the backup.
   */
  readonly outcome: "restored" | "logged out" | "already there" | "kept";
}

/** Both files after a restore. `credentials` is to be saved first; no `backup` is left where nothing is in it. */
export interface RestoredFiles {
  readonly credentials: string;
  readonly backup: string | undefined;
  readonly profiles: readonly RestoredProfile[];
}

/** Puts back the keys of every profile in the backup, or of `only` one. */
export function restoreKeys(credentials: Ini, backup: Ini, only: string | undefined): RestoredFiles {
  const entries = profilesIn(backup).filter(({ name }) => only === undefined || name === only);
  if (only === undefined && isWholeFile(backup) && addsNothing(credentials, backup)) {
    const profiles = entries.map((entry) => ({ profile: entry.name, outcome: outcomeOf(entry) }));
    return { credentials: backup.text, backup: undefined, profiles };
  }
  const profiles: RestoredProfile[] = [];
  let file = only === undefined ? withPreamble(credentials, backup) : credentials;
  let rest = backup;
  // The last login first: what it did at the end of the file, such as a line end, it did to what the others left.
  for (const { name } of entries.toReversed()) {
    const entry = findSection(rest, name);
    if (entry === undefined) continue;
    const { text, outcome } = restoreSection(file, rest, entry);
    profiles.unshift({ profile: name, outcome });
    file = parseIni(text, "credentials", credentials.path);
    if (outcome !== "kept") rest = parseIni(replaceSection(rest, entry, ""), "credentials", backup.path);
  }
  return { credentials: file.text, backup: rest.sections.length > 0 ? rest.text : undefined, profiles };
}

/** The profiles whose keys are put aside, without former keys of theirs. */
export function profilesIn(backup: Ini): Section[] {
  return backup.sections.filter((section) =>
    (section.kind === "profile" || section.kind === "cli-profile") &&
    !backup.text.slice(section.bodyStart, section.end).startsWith(REPLACED)
  );
}

function restoreSection(
  file: Ini,
  backup: Ini,
  entry: Section,
): { text: string; outcome: RestoredProfile["outcome"] } {
  const wrapped = sectionText(backup, entry);
  const block = unwrapBlock(wrapped);
  const section = findSection(file, entry.name);
  const outcome = outcomeOf(entry);
  if (section === undefined) {
    return { text: block === undefined ? file.text : appendBlock(file, block), outcome };
  }
  const there = findCredentials([section]);
  const putAside = findCredentials([entry]);
  if (there.kind === "long-term") {
    const same = putAside.kind === "long-term" && sameKeys(there.keys, putAside.keys);
    return { text: file.text, outcome: same ? "already there" : "kept" };
  }
  if (block === undefined) return { text: removeSession(file, section, wrapped), outcome };
  const original = parseIni(block, "credentials", backup.path);
  const text = isUntouched(file, section, original)
    ? replaceSection(file, section, block)
    : restoreValues(file, entry, original);
  return { text, outcome };
}

function outcomeOf(entry: Section): "restored" | "logged out" {
  return findCredentials([entry]).kind === "long-term" ? "restored" : "logged out";
}

/** There was no section before the login: it goes, unless somebody wrote into it. */
function removeSession(file: Ini, section: Section, wrapped: string): string {
  const rest = sectionText(file, section, OWNED_KEYS);
  if (rest.trim().includes("\n")) return removeKeys(file, section.name, OWNED_KEYS);
  const text = replaceSection(file, section, "");
  if (section.end < file.text.length || !wrapped.endsWith(NO_LINE_END)) return text;
  const added = wrapped.endsWith(`\r\n${NO_LINE_END}`) ? "\r\n" : "\n";
  return text.endsWith(added) ? text.slice(0, -added.length) : text;
}

/** True where the section differs from the one put aside in nothing but the keys that a login writes. */
function isUntouched(file: Ini, section: Section, original: Ini): boolean {
  const [before] = original.sections;
  if (before === undefined) return false;
  const was = sectionText(original, before, OWNED_KEYS);
  const is = sectionText(file, section, OWNED_KEYS);
  return ["", "\n", "\r\n"].some((end) => was + end === is || was === is + end);
}

/** Somebody changed other lines of the section meanwhile: they stay, and only the keys go back. */
function restoreValues(file: Ini, entry: Section, original: Ini): string {
  const values = OWNED_KEYS.flatMap((key): [string, string][] => {
    const property = original.sections[0]?.properties.findLast((property) => property.key === key);
    return property === undefined ? [] : [[key, original.text.slice(property.valueStart, property.valueEnd)]];
  });
  const gone = OWNED_KEYS.filter((key) => !values.some(([kept]) => kept === key));
  const restored = parseIni(putValues(file, entry.name, values), "credentials", file.path);
  return removeKeys(restored, entry.name, gone);
}

/** What a whole-file backup says before its first section is in no entry of it: it goes back to the top. */
function withPreamble(credentials: Ini, backup: Ini): Ini {
  const preamble = backup.text.slice(0, backup.sections[0]?.start);
  if (!isWholeFile(backup) || preamble.trim() === "" || credentials.text.startsWith(preamble)) {
    return credentials;
  }
  return parseIni(preamble + credentials.text, "credentials", credentials.path);
}

/** luhring/awsmfa keeps the whole credentials file as backup, and leaves a reduced one. */
export function isWholeFile(backup: Ini): boolean {
  return !backup.text.startsWith(BACKUP_TITLE) && !backup.text.includes("# awsmfa: ");
}

/** True where the credentials file has no section, and no line in one, that the backup lacks, sessions apart. */
function addsNothing(credentials: Ini, backup: Ini): boolean {
  return credentials.sections.every((section) => {
    const before = backup.sections.find(({ name }) => name === section.name);
    if (before === undefined || findCredentials([section]).kind === "long-term") return false;
    const own = section.properties.filter(({ key }) => !OWNED_KEYS.includes(key));
    return own.every(({ key, value }) =>
      before.properties.some((property) => property.key === key && property.value === value)
    );
  });
}
