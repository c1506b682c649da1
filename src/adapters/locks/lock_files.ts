import { folderOf } from "../../domain/paths/folder_of.ts";
import { FileError } from "../../errors.ts";
import { giveBack } from "./give_back_locks.ts";
import { checkLock, takeLock, type Waiting } from "./lock.ts";
import { lockPathOf } from "./lock_path.ts";
import { makeFolder } from "../disk/paths.ts";

/** The locks of some files, by their real paths. */
export interface FileLocks extends Disposable {
  /** Throws FileError for a file whose lock can't be had: it can be read, and not be written. */
  readonly refuseUnlocked: (realPath: string) => void;
  readonly holds: (realPath: string) => boolean;
}

/**
 * Takes the lock of each file, in one order for every process, so that no two wait for each other. Where a place takes
 * no new file there is no lock, and nothing to be written. Throws FileError where another keeps one for too long.
 */
export async function lockFiles(realPaths: readonly string[], waiting: Waiting): Promise<FileLocks> {
  const byLock = new Map(realPaths.map((path) => [lockPathOf(path), path]));
  const locks: Disposable[] = [];
  const madeFolders: string[] = [];
  const refusals = new Map<string, FileError>();
  const release = (): void => giveBack(locks, madeFolders, [...byLock.keys()]);
  try {
    for (const [lockPath, realPath] of [...byLock].toSorted(([a], [b]) => a < b ? -1 : 1)) {
      try {
        madeFolders.unshift(...makeFolder(folderOf(lockPath)));
        checkLock(lockPath, realPath);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        refusals.set(lockPath, error);
        continue;
      }
      locks.unshift(await takeLock(lockPath, waiting));
    }
  } catch (error) {
    release();
    throw error;
  }
  return {
    refuseUnlocked: (realPath) => {
      const refusal = refusals.get(lockPathOf(realPath));
      if (refusal !== undefined) throw refusal;
    },
    holds: (realPath) => !refusals.has(lockPathOf(realPath)),
    [Symbol.dispose]: release,
  };
}
