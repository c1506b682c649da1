import { BACKUP_TITLE } from "./backup_format.ts";
import { type Ini, withText } from "../aws_files/ini.ts";
import type { FileKind } from "../aws_files/section_header.ts";

/** What a login made where there was nothing, and what is to go with its session. */
export interface MadeByLogin {
  /** The files that there were none of. */
  readonly files: readonly FileKind[];
  /** The texts that it added to the config file for new profiles, byte for byte. */
  readonly added: ReadonlyMap<string, string>;
}

const MADE_FILE = "# awsmfa: made the file: ";
const ADDED = "# awsmfa: added to config: ";
/** Before the first section of a backup of awsmfa's own. */
const LINE = /^# awsmfa: (made the file|added to config): (.*)$/gm;

/** What the head of a backup says. */
export function madeByLogin(backup: Ini): MadeByLogin {
  const files: FileKind[] = [];
  const added = new Map<string, string>();
  const head = backup.text.slice(0, backup.sections[0]?.start);
  for (const [, what, text = ""] of head.replaceAll("\r", "").matchAll(LINE)) {
    if (what === "made the file") {
      if (text === "credentials" || text === "config") files.push(text);
      continue;
    }
    const entry: unknown = parse(text);
    if (!Array.isArray(entry)) continue;
    const [profile, more] = entry;
    if (typeof profile === "string" && typeof more === "string") added.set(profile, more);
  }
  return { files, added };
}

/** The backup with that in its head; the same where it is not one of awsmfa's own. */
export function rememberMade(backup: string, { files, added }: MadeByLogin): string {
  if (!backup.startsWith(BACKUP_TITLE)) return backup;
  const lines = [
    ...files.map((file) => `${MADE_FILE}${file}\n`),
    ...[...added].map((entry) => `${ADDED}${JSON.stringify(entry)}\n`),
  ].filter((line) => !backup.includes(line));
  return BACKUP_TITLE + lines.join("") + backup.slice(BACKUP_TITLE.length);
}

/** The config file without what logins added for these profiles, where nobody has touched it since. */
export function withoutAdded(config: Ini, backup: Ini, profiles: readonly string[]): Ini {
  const { added } = madeByLogin(backup);
  return profiles.reduce((now, profile) => {
    const text = added.get(profile);
    return text === undefined ? now : withText(now, without(now.text, text));
  }, config);
}

function without(text: string, added: string): string {
  if (text.endsWith(added)) return text.slice(0, -added.length);
  // Somebody added a section behind it: where that has an empty line above, the one of this section goes with it.
  const whole = text.indexOf(added);
  const behind = text.slice(whole + added.length);
  if (whole >= 0 && /^\r?\n\s*\[/.test(behind)) return text.slice(0, whole) + behind;
  // Else the line above keeps its end.
  const block = added.replace(/^[\r\n]+/, "");
  const at = text.indexOf(`\n${block}`);
  const isWhole = at >= 0 && /^\s*\[/.test(text.slice(at + 1 + block.length));
  return isWhole ? text.slice(0, at + 1) + text.slice(at + 1 + block.length) : text;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
