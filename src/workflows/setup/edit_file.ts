import type { Check } from "../../domain/checks/check.ts";
import type { Locations } from "../../domain/paths/locations.ts";
import type { FileKind } from "../../domain/aws_files/section_header.ts";
import { Cancelled, FileError, UsageError } from "../../errors.ts";
import type { FilesEdit, LeftCopy, World } from "../../world.ts";
import { locate } from "../support/aws_files.ts";
import { changedMeanwhile, findings } from "./edit_findings.ts";

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
    throw new UsageError("edit needs a terminal", "awsmfa edit --editor COMMAND");
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
    if (answer === undefined) throw new Cancelled("your changes were discarded");
    if (!answer.startsWith("n")) return left;
    await world.removeCopy(folder);
  }
  return undefined;
}

/** What doctor says of it, too. */
export function describeLeft(file: FileKind, folder: string): string {
  return `what was typed in an edit of the ${file} file that was cut off is in ${folder}`;
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
  if (answer === "x") throw new Cancelled("your changes were discarded");
  return answer === "e";
}

/** Until it is answered: a slip shall not cost somebody the whole edit. The end of input is an x. */
async function askWhatNow(world: World): Promise<string> {
  for (
    let question = "What now? e: edit again, x: discard the changes, i: save anyway [e]: ";;
    question = "e, x or i [e]: "
  ) {
    const typed = (await world.ask(question))?.trim().toLowerCase() ?? "x";
    if (typed === "") return "e";
    if (/^[exi]$/.test(typed)) return typed;
  }
}
