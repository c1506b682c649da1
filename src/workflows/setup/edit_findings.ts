import type { Check } from "../../domain/checks/check.ts";
import { checkKeys } from "../../domain/checks/check_keys.ts";
import { checkText } from "../../domain/checks/check_text.ts";
import { type Ini, parseIni, type Section } from "../../domain/aws_files/ini.ts";
import type { Locations } from "../../domain/paths/locations.ts";
import type { ReaderFiles } from "../../domain/readers/reader.ts";
import { refuseSideEffects } from "../../domain/changes/refuse_side_effects.ts";
import type { FileKind } from "../../domain/aws_files/section_header.ts";
import { FileError } from "../../errors.ts";
import { misreadBy } from "../readers/misread_by.ts";

/** What there was when the editor began. */
interface BegunEdit {
  readonly file: FileKind;
  readonly at: Locations;
  readonly before: string;
  /** The text of the credentials file, also where the other one is edited. */
  readonly credentials: string;
}

/** What is wrong with a text: problems, and such warnings as the text before did not have. */
export function findings(text: string, begun: BegunEdit): Check[] {
  const { file, at, before } = begun;
  const path = at[file];
  const known = new Set(checkAll(before, file, path).map(wordsOf));
  const found = checkAll(text, file, path).filter((check) =>
    check.state === "problem" || !known.has(wordsOf(check))
  );
  if (found.some(({ state }) => state === "problem")) return found;
  const refused = refusals(text, file, path, before);
  return refused.length > 0 ? [...found, ...refused] : [...found, ...misreadings(text, begun)];
}

/** So many profiles of an edit at most: each is read as every reader reads it. */
const MOST_PROFILES = 10;

/** Usual readers that misread what they did not misread before, or one of the profiles that the edit changed. */
function misreadings(text: string, { file, at, before, credentials }: BegunEdit): Check[] {
  const [was, is] = [parseIni(before, file, at[file]), parseIni(text, file, at[file])];
  const [profile = "default", ...others] = changedProfiles(was, is);
  const names = [profile, ...others].slice(0, MOST_PROFILES);
  const checks = (edited: Ini): Check[] => {
    const files = {
      credentials: parseIni(credentials, "credentials", at.credentials),
      config: parseIni("", "config", at.config),
    };
    return names.flatMap((name) => misreadBy({ ...files, [file]: edited, at }, name));
  };
  const known = new Set(checks(was).map(wordsOf));
  const found = new Map(checks(is).map((check) => [wordsOf(check), check]));
  return [...found].flatMap(([words, check]) => known.has(words) ? [] : [check]);
}

/** By name, those of which some section is new or another one. */
function changedProfiles(was: Ini, is: Ini): string[] {
  const textOf = ({ text }: Ini, { start, end }: Section): string => text.slice(start, end).trimEnd();
  const before = new Set(was.sections.map((section) => textOf(was, section)));
  const changed = is.sections.filter((section) =>
    section.kind.endsWith("profile") && !before.has(textOf(is, section))
  );
  return [...new Set(changed.map(({ name }) => name))];
}

/** A usual tool that could read the file before, and could not after it. */
function refusals(text: string, file: FileKind, path: string, before: string): Check[] {
  const textsOf = (text: string): ReaderFiles => ({
    credentials: undefined,
    config: undefined,
    [file]: text,
  });
  try {
    refuseSideEffects(textsOf(before), textsOf(text), "any", { credentials: path, config: path });
    return [];
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return [{ what: file, state: "problem", says: error.message }];
  }
}

function checkAll(text: string, file: FileKind, path: string): Check[] {
  const checks = checkText(text, file, path).filter(({ state }) => state !== "ok");
  return [...checks, ...checkKeys(parseIni(text, file, path))];
}

/** Without line numbers, which change with every line above. */
function wordsOf({ says }: Check): string {
  return says.replace(/\blines? [\d and]+/g, "");
}

/** A file that another program saved while it was edited. */
export function changedMeanwhile(file: FileKind, path: string): Check {
  return { what: file, state: "problem", says: `${path} was changed by another program while it was edited` };
}
