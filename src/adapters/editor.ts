import { folderOf } from "../domain/folder_of.ts";
import { inFolder } from "../domain/in_folder.ts";
import { decodeBytes, encodeText } from "../domain/byte_text.ts";
import { commandWords } from "../domain/command_words.ts";
import { draftBeside } from "./draft.ts";
import { withFile } from "./file_errors.ts";
import { listFolder } from "./files.ts";
import { makeFolder, nameOf, resolveLinks } from "./paths.ts";
import { readBytes } from "./regular_file.ts";
import { runProgram } from "./run_program.ts";

/**
 * Lets a person edit a text on the terminal, in a copy that lies beside `path` with mode 0600 and is removed
 * afterwards. Undefined where the editor fails, or leaves no copy. Throws ProgramError and FileError.
 */
export async function editCopy(path: string, text: string, editor: string): Promise<string | undefined> {
  const real = resolveLinks(path);
  makeFolder(folderOf(real));
  const copy = draftBeside(real);
  const command = commandWords(editor, "the editor's command", Deno.build.os === "windows", copy);
  try {
    withFile(
      "save",
      path,
      () => Deno.writeFileSync(copy, encodeText(text), { createNew: true, mode: 0o600 }),
    );
    if (await runProgram(command.words, new Map(), command.raw) !== 0) return undefined;
    const bytes = readBytes(copy);
    return bytes && decodeBytes(bytes);
  } finally {
    removeAll(copy);
  }
}

/** An editor may leave a backup or its own copy beside the one that it was given, with the keys in it. */
function removeAll(copy: string): void {
  const folder = folderOf(copy);
  for (const name of listFolder(folder)) {
    if (name.includes(nameOf(copy))) withFile("remove", name, () => Deno.removeSync(inFolder(folder, name)));
  }
}
