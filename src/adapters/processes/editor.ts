import { decodeBytes, encodeText } from "../../domain/text/byte_text.ts";
import { commandWords } from "../../domain/shell/command_words.ts";
import { folderOf } from "../../domain/paths/folder_of.ts";
import { inFolder } from "../../domain/paths/in_folder.ts";
import { waitingEditor } from "../../domain/shell/waiting_editor.ts";
import { createFile } from "../disk/create_file.ts";
import { draftBeside, isDraftOf } from "../files/draft.ts";
import { withFile } from "../disk/file_errors.ts";
import { listFolder } from "../files/files.ts";
import { makeFolder, makePrivateFolder, nameOf, resolveLinks } from "../disk/paths.ts";
import { readPrivateText } from "../files/private_folder.ts";
import { readBytes } from "../disk/regular_file.ts";
import { catchSignals, runProgram } from "./run_program.ts";
import { tidyBeforeEnd } from "../system/signals.ts";

/** An editor that was closed without a change after less than this has hardly been seen by anybody. */
const AT_ONCE_MS = 2000;

/**
 * Lets a person edit a text on the terminal, in a copy of mode 0600 that lies in a folder of its own beside `path`; the
 * folder, and what an editor may leave there, is removed afterwards. `whenAtOnce` asks a person where the editor was
 * back at once without a change: it may go on in a window. Undefined where the editor fails, or leaves no copy. Throws
 * ProgramError and FileError.
 */
export async function editCopy(
  path: string,
  text: string,
  editor: string,
  whenAtOnce: (() => Promise<void>) | undefined,
): Promise<string | undefined> {
  const real = resolveLinks(path);
  makeFolder(folderOf(real));
  const folder = draftBeside(real);
  const copy = inFolder(folder, nameOf(real));
  const isWindows = Deno.build.os === "windows";
  const command = commandWords(waitingEditor(editor, isWindows), "the editor's command", isWindows, copy);
  // From before there is a copy: no signal shall leave one.
  using signals = catchSignals();
  try {
    withFile("save", path, () => makePrivateFolder(folder));
    writeCopy(path, copy, text);
    const start = performance.now();
    if (await runProgram(command.words, new Map(), { signals, raw: command.raw }) !== 0) return undefined;
    const isAtOnce = performance.now() - start < AT_ONCE_MS && readCopy(copy) === text;
    if (isAtOnce && whenAtOnce !== undefined) {
      signals[Symbol.dispose]();
      await askMeanwhile(whenAtOnce, () => {
        // What was typed is kept for another edit.
        if (readCopy(copy) === text) removeCopy(folder);
      });
    }
    return readCopy(copy);
  } finally {
    removeCopy(folder);
  }
}

/** What an edit that was cut off has left of a file, the newest first. */
export function leftCopies(path: string): { readonly folder: string; readonly text: string }[] {
  const real = resolveLinks(path);
  const beside = folderOf(real);
  return listFolder(beside).filter((name) => isDraftOf(nameOf(real), name))
    .map((name) => inFolder(beside, name))
    .filter((folder) => Deno.lstatSync(folder).isDirectory)
    .flatMap((folder) => {
      const text = readPrivateText(inFolder(folder, nameOf(real)));
      return text === undefined ? [] : [{ folder, text, at: Deno.statSync(folder).mtime?.getTime() ?? 0 }];
    })
    .toSorted((a, b) => b.at - a.at);
}

/** Removes the folder of a copy, with all that an editor made there; a window that saves it later fails. */
export function removeCopy(folder: string): void {
  withFile("remove", folder, () => {
    try {
      Deno.removeSync(folder, { recursive: true });
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  });
}

function writeCopy(path: string, copy: string, text: string): void {
  withFile("save", path, () => {
    using file = createFile(copy, 0o600, undefined);
    file.write(encodeText(text));
  });
}

function readCopy(copy: string): string | undefined {
  const bytes = readBytes(copy);
  return bytes && decodeBytes(bytes);
}

async function askMeanwhile(ask: () => Promise<void>, tidy: () => void): Promise<void> {
  const stop = tidyBeforeEnd(tidy);
  try {
    await ask();
  } finally {
    stop();
  }
}
