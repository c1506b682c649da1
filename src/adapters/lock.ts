import { explainFileError, withFile } from "./file_errors.ts";
import { folderOf, makeFolder } from "./paths.ts";

/** Runs `work` under a lock of its own; `onWait` is called once if another process holds it. */
export async function withLock<T>(path: string, work: () => Promise<T>, onWait: () => void): Promise<T> {
  makeFolder(folderOf(path));
  using _lock = await lockBeside(path, onWait);
  return await work();
}

/** The lock lies beside the file for good: removing it would let two processes hold "the" lock. */
export async function lockBeside(path: string, onWait: () => void): Promise<Deno.FsFile> {
  const lockPath = `${path}.awsmfa.lock`;
  const file = withFile(
    "lock",
    path,
    () => Deno.openSync(lockPath, { read: true, write: true, create: true, mode: 0o600 }),
  );
  const notice = setTimeout(onWait, 1000);
  try {
    await file.lock(true);
    return file;
  } catch (error) {
    file.close();
    throw explainFileError(error, "lock", path) ?? error;
  } finally {
    clearTimeout(notice);
  }
}

/** The lock file beside a path, made if need be. Throws FileError. */
export function openLock(path: string): Deno.FsFile {
  const options = { read: true, write: true, create: true, mode: 0o600 };
  return withFile("save", path, () => Deno.openSync(`${path}.awsmfa.lock`, options));
}
