import type { Check } from "../../domain/checks/check.ts";
import { checkKeys } from "../../domain/checks/check_keys.ts";
import { checkText } from "../../domain/checks/check_text.ts";
import { type Ini, parseIni, type Section } from "../../domain/aws_files/ini.ts";
import type { Locations } from "../../domain/paths/locations.ts";
import type { ReaderFiles } from "../../domain/readers/reader.ts";
import { refuseSideEffects } from "../../domain/changes/refuse_side_effects.ts";
import type { FileKind } from "../../domain/aws_files/section_header.ts";
import { Cancelled, FileError, UsageError } from "../../errors.ts";
import type { FilesEdit, LeftCopy, World } from "../../world.ts";
import { locate } from "../support/aws_files.ts";
import { misreadBy } from "../readers/misread_by.ts";

/** What became of a file that somebody edited. */
export interface EditedFile {
  readonly path: string;
  readonly outcome: "saved" | "unchanged";
}

/**
 * Lets somebody edit one of the AWS files, as visudo does for sudoers: on a copy, which is installed once it is in
 * order, or somebody says so. `editor` goes before VISUAL and EDITOR, and the system's own needs a terminal. Throws a
 * Failure, and then the file is as before.
 */
export async function editFile(
  world: World,
  file: FileKind,
  editor: string | undefined,
): Promise<EditedFile> {
  const at = locate(world);
  const path = at[file];
  const named = [editor, world.env("VISUAL"), world.env("EDITOR")].find((each) => each?.trim());
  if (named === undefined && world.piped) {
    throw new UsageError("there is no terminal to edit on", "awsmfa edit --editor COMMAND");
  }
  const command = named ?? (world.windows ? "notepad" : "vi");
  const paths = [...new Set([at.credentials, path])];
  world.refuseReadOnly([path]);
  // Only another edit of this file waits for an editor; for all others there is a lock for the save alone.
  return await world.withLock(`${path}.edit`, () => editInOrder(world, file, at, paths, command));
}

async function editInOrder(
  world: World,
  file: FileKind,
  at: Locations,
  paths: readonly string[],
  command: string,
): Promise<EditedFile> {
  const path = at[file];
  const save = (edit: FilesEdit): Promise<void> => world.updateTexts(paths, edit);
  let there = world.readText(path);
  const before = there ?? "";
  const credentials = file === "credentials" ? before : world.readText(at.credentials) ?? "";
  const begun = { file, at, before, credentials };
  const left = await findLeft(world, file, path, before);
  for (let text = left?.text ?? before;;) {
    const edited = await world.editCopy(path, text, command, waiting(world));
    if (left !== undefined) await world.removeCopy(left.folder);
    if (edited === undefined) {
      throw new FileError(
        `the editor '${command}' failed, and ${path} is as before`,
        "awsmfa edit --editor vi",
      );
    }
    if (edited === before) return { path, outcome: "unchanged" };
    text = edited;
    // Another program than awsmfa heeds no lock.
    const now = world.readText(path);
    const found = findings(text, begun);
    if (now !== there) found.push(changedMeanwhile(file, path));
    if (await wantsAgain(world, found)) continue;
    there = now;
    await save((texts) => {
      if (texts[paths.indexOf(path)] === there) return [{ path, text }];
      throw new FileError(
        `${path} keeps being changed by another program`,
        "end that program, then try again",
      );
    });
    return { path, outcome: "saved" };
  }
}

/** An editor with a window may be back before anything was typed. */
function waiting(world: World): (() => Promise<void>) | undefined {
  return world.interactive
    ? async () =>
      void await world.ask("Does your editor go on in a window? Press Enter when you have saved: ")
    : undefined;
}

/** What an edit that was cut off has left is offered first: it is nowhere else. */
async function findLeft(
  world: World,
  file: FileKind,
  path: string,
  before: string,
): Promise<LeftCopy | undefined> {
  for (const left of await world.leftCopies(path)) {
    const { folder, text } = left;
    if (text === before) {
      await world.removeCopy(folder);
      continue;
    }
    if (!world.interactive) {
      world.err(
        `warning: ${describeLeft(file, folder)}\nhint: awsmfa edit ${file}, on a terminal, takes it over\n`,
      );
      continue;
    }
    world.err(`${describeLeft(file, folder)}.\n`);
    const answer = (await world.ask("Go on with it? n removes it [Y/n]: "))?.trim().toLowerCase();
    if (answer === undefined) throw new Cancelled("the file is as it was");
    if (!answer.startsWith("n")) return left;
    await world.removeCopy(folder);
  }
  return undefined;
}

/** What doctor says of it, too. */
export function describeLeft(file: FileKind, folder: string): string {
  return `what was typed in an edit of the ${file} file that was cut off is in ${folder}`;
}

/** What there was when the editor began. */
interface BegunEdit {
  readonly file: FileKind;
  readonly at: Locations;
  readonly before: string;
  /** The text of the credentials file, also where the other one is edited. */
  readonly credentials: string;
}

/** What is wrong with a text: problems, and such warnings as the text before did not have. */
function findings(text: string, begun: BegunEdit): Check[] {
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

/**
 * Tells what was found, and asks what is to be done about it: true for another edit. Where nobody can be asked, a
 * problem is a FileError, and a warning is only told. Throws Cancelled where the file is to stay as it was.
 */
async function wantsAgain(world: World, found: readonly Check[]): Promise<boolean> {
  if (found.length === 0) return false;
  const problem = found.find(({ state }) => state === "problem");
  if (!world.interactive && problem !== undefined) {
    throw new FileError(problem.says, "nothing was changed; edit again, and correct it");
  }
  for (const { state, says } of found) world.err(`${state}: ${says}\n`);
  if (!world.interactive) return false;
  const answer = await askWhatNow(world);
  if (answer === "x") throw new Cancelled("the file is as it was");
  return answer === "e";
}

/** Until it is answered: a slip shall not cost somebody the whole edit. The end of input is an x. */
async function askWhatNow(world: World): Promise<string> {
  for (
    let question = "What now? e: edit again, x: leave the file as it was, i: install it [e]: ";;
    question = "e, x or i [e]: "
  ) {
    const typed = (await world.ask(question))?.trim().toLowerCase() ?? "x";
    if (typed === "") return "e";
    if (/^[exi]$/.test(typed)) return typed;
  }
}

function changedMeanwhile(file: FileKind, path: string): Check {
  return { what: file, state: "problem", says: `${path} was changed by another program while it was edited` };
}
