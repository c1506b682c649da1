import { createFile } from "../disk/create_file.ts";
import { trialBeside } from "./draft.ts";
import { explainFileError } from "../disk/file_errors.ts";

const known = new Map<string, boolean>();

/**
 * False for a folder on a file system without modes, where chmod has no effect (Windows drives in WSL, exFAT, CIFS,
 * shares of virtual machines): there a mode says nothing about who may do what. Tried with a file of its own; true
 * where that can't be tried.
 */
export function keepsModes(folder: string): boolean {
  const before = known.get(folder);
  if (before !== undefined) return before;
  const keeps = Deno.permissions.querySync({ name: "write", path: folder }).state !== "granted" ||
    tryMode(folder);
  known.set(folder, keeps);
  return keeps;
}

function tryMode(folder: string): boolean {
  const path = trialBeside(`${folder}/`);
  try {
    createFile(path, 0o600, undefined)[Symbol.dispose]();
  } catch (error) {
    // A folder that takes no file is judged by its mode.
    if (explainFileError(error, "save", path) !== undefined) return true;
    throw error;
  }
  const { mode } = Deno.lstatSync(path);
  Deno.removeSync(path);
  return mode === null || (mode & 0o777) === 0o600;
}
