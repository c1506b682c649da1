import { isWholeFile } from "./backup_format.ts";
import { findCredentials, type SessionCredentials } from "../keys/credentials.ts";
import { FileError } from "../../errors.ts";
import { commonEnds } from "../text/common_ends.ts";
import { type Ini, parseIni, type Section, withText } from "../aws_files/ini.ts";
import type { Property } from "../aws_files/property.ts";
import { lineAt } from "../aws_files/find_section.ts";
import { ownershipOf } from "../keys/session_mark.ts";

/** The two files that hold keys. */
interface KeyTexts {
  readonly credentials: string;
  /** Undefined for none. */
  readonly backup: string | undefined;
}

/**
 * The last look before a save: every value that authenticates somebody, and that awsmfa did not write, must be in one of
 * the two files after it. Throws {@linkcode FileError} that names the line of one that is not, so that a layout which
 * nobody thought of ends in a refusal, and not in a loss.
 */
export function refuseLoss(
  before: { readonly credentials: Ini; readonly backup: Ini },
  after: KeyTexts,
  cached: readonly SessionCredentials[] = [],
): void {
  const credentials = reached(before.credentials, after.credentials);
  const backup = reached(before.backup, after.backup ?? "");
  // A former credentials file that is put back takes the place of a session of the tool that kept it.
  const isReplaced = isWholeFile(before.backup) && before.backup.text !== "";
  for (const each of [credentials, backup]) refuseNewFaults(each);
  const inDanger: [Ini, Property[]][] = [
    [before.credentials, foreignIn(credentials.before, cached, isReplaced)],
    [before.backup, foreignIn(backup.before, cached)],
  ];
  const near = foreignIn([...credentials.after, ...backup.after], []);
  if (inDanger.every(([, properties]) => missing(properties, near) === undefined)) return;

  // Not where the change is: it may have stood elsewhere already.
  const all = [withText(before.credentials, after.credentials), withText(before.backup, after.backup)]
    .flatMap(({ sections }) => foreignIn(sections, []));
  for (const [ini, properties] of inDanger) {
    const lost = missing(properties, all);
    if (lost === undefined) continue;
    throw new FileError(
      `${ini.path}: ${lost.key} in line ${lineAt(ini, lost.start)} would be lost, so nothing was changed`,
      `copy what you need of it, then correct the file: awsmfa edit credentials`,
    );
  }
}

/** The sections that a change can reach, and one behind them, which would show that its header is none any more. */
interface Reached {
  readonly ini: Ini;
  readonly before: readonly Section[];
  readonly after: readonly Section[];
}

/** Of 10,000 sections, a login changes one. */
function reached(ini: Ini, after: string): Reached {
  const { text, sections } = ini;
  if (text === after) return { ini, before: [], after: [] };
  const common = commonEnds(text, after);
  const first = sections.findIndex(({ end }) => end >= common.start);
  const behind = sections.findIndex(({ start }) => start >= text.length - common.end);
  const before = behind < 0 ? sections.slice(first) : sections.slice(first, behind + 1);
  const start = before[0]?.start ?? 0;
  const rest = text.length - (before.at(-1)?.end ?? text.length);
  return {
    ini,
    before,
    after: parseIni(after.slice(start, after.length - rest), ini.file, ini.path).sections,
  };
}

/** What is saved has no line more that can't be read. */
function refuseNewFaults({ ini, before, after }: Reached): void {
  const was = before.flatMap(({ faults }) => faults);
  const is = after.flatMap(({ faults }) => faults);
  if (is.length <= was.length) return;
  throw new FileError(
    `${ini.path}: a line could not be read any more, so nothing was changed: ${is.at(-1)?.says}`,
    "awsmfa doctor shows what is odd in the two files",
  );
}

function missing(properties: readonly Property[], among: readonly Property[]): Property | undefined {
  const values = new Set(among.map(({ value }) => value));
  return properties.find(({ value }) => !values.has(value));
}

function foreignIn(
  sections: readonly Section[],
  cached: readonly SessionCredentials[],
  withoutSessions = false,
): Property[] {
  return sections
    .filter((section) => !(withoutSessions && findCredentials([section]).kind === "session"))
    .flatMap((section) => ownershipOf(section, cached).foreign);
}
