import { folderOf } from "../../domain/paths/folder_of.ts";
import { movingAway, running, showingProcess } from "../../domain/shell/shell_commands.ts";
import { FileError, joinHints } from "../../errors.ts";
import { createFile } from "../disk/create_file.ts";
import { explainFileError, withFile } from "../disk/file_errors.ts";
import { giveBack, removeMade } from "./give_back_locks.ts";
import { takeLockFolder } from "./lock_folder.ts";
import { LOCK } from "./lock_path.ts";
import { newOwner } from "../disk/new_owner.ts";
import { exists, makeFolder } from "../disk/paths.ts";
import { tidyBeforeEnd } from "../system/signals.ts";
import { isUnsupported } from "../system/unsupported.ts";

/** How a lock is waited for. */
export interface Waiting {
  /** Called once, after a second, with who is waited for: "process 4711 (awsmfa edit)". */
  readonly onWait: (holder: string) => void;
  /** After so many seconds it is a failure; Infinity where a person can end it. */
  readonly seconds: number;
  /** What this process is, for those who wait for it: "awsmfa edit". */
  readonly command: string;
}

/**
 * Runs `work` under a lock of its own. Where the place takes no lock, nothing can be kept there for others, and there
 * is nothing to wait for. Throws {@linkcode FileError} where another keeps it for too long.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, waiting: Waiting): Promise<T> {
  const lockPath = `${path}${LOCK}`;
  const made: string[] = [];
  try {
    made.push(...makeFolder(folderOf(path)));
    checkLock(lockPath, path);
  } catch (error) {
    if (error instanceof FileError) return await work();
    throw error;
  }
  const lock = await takeLock(lockPath, waiting);
  const heed = made.length === 0 ? () => {} : tidyBeforeEnd(() => removeMade(made, [lockPath]));
  try {
    return await work();
  } finally {
    heed();
    giveBack([lock], made, [lockPath]);
  }
}

/**
 * Takes a lock that the operating system holds, so that a crash releases it; where it can't (NFS), a folder is made
 * for it. The lock's file stays for good. Throws FileError that names the lock.
 */
export async function takeLock(lockPath: string, { onWait, seconds, command }: Waiting): Promise<Disposable> {
  const start = performance.now();
  let isTold = false;
  for (let pause = 5;; pause = Math.min(pause * 2, 100)) {
    const lock = tryLock(lockPath, command);
    if (lock !== undefined) return lock;
    const waited = (performance.now() - start) / 1000;
    if (waited >= seconds) throw heldByAnother(lockPath, Math.round(waited));
    if (waited >= 1 && !isTold) {
      isTold = true;
      onWait(holderOf(lockPath));
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Makes the lock's file if need be. Throws FileError: that `realPath` can't be saved where its folder takes no file. */
export function checkLock(lockPath: string, realPath: string): void {
  openLock(lockPath, realPath).close();
}

/** Undefined where another process holds it. */
function tryLock(lockPath: string, command: string): Disposable | undefined {
  const file = openLock(lockPath);
  try {
    // Whoever held it may have removed it.
    if (file.tryLockSync(true) && isStill(lockPath, file)) return tellHolder(file, lockPath, command);
    file.close();
    return undefined;
  } catch (error) {
    file.close();
    if (isUnsupported(error)) return takeLockFolder(lockPath);
    throw explainFileError(error, "lock", lockPath) ?? error;
  }
}

/** The lock's file, made if need be. What is a link, or no file, was put there by somebody. */
function openLock(lockPath: string, realPath = lockPath): Deno.FsFile {
  for (;;) {
    if (!exists(lockPath)) makeLock(lockPath, realPath);
    const found = withFile("lock", lockPath, () => Deno.lstatSync(lockPath));
    if (found.isFile) {
      const file = withFile("lock", lockPath, () => Deno.openSync(lockPath, { read: true, write: true }));
      if (isStill(lockPath, file)) return file;
      file.close();
    } else {
      const kind = found.isDirectory ? "a directory" : found.isSymlink ? "a symbolic link" : "not a file";
      throw new FileError(
        `can't lock ${lockPath}: it is ${kind}`,
        joinHints("move it away: ", movingAway(lockPath)),
      );
    }
  }
}

function makeLock(lockPath: string, realPath: string): void {
  try {
    // Whoever held the lock, and had made the folder for it, takes both away.
    makeFolder(folderOf(lockPath));
    withFile("save", realPath, () => createFile(lockPath, 0o600, newOwner(folderOf(lockPath))))
      [Symbol.dispose]();
  } catch (error) {
    // Another process made it a moment ago.
    if (!exists(lockPath)) throw error;
  }
}

function isStill(lockPath: string, file: Deno.FsFile): boolean {
  if (!exists(lockPath)) return false;
  const [there, mine] = withFile("lock", lockPath, () => [Deno.lstatSync(lockPath), file.statSync()]);
  return there.isFile && there.dev === mine.dev && there.ino === mine.ino;
}

/** The lock's file says who holds it, for those who wait. */
function tellHolder(file: Deno.FsFile, lockPath: string, command: string): Disposable {
  const tell = (text: string): void => {
    try {
      file.seekSync(0, Deno.SeekMode.Start);
      file.truncateSync(0);
      file.writeSync(new TextEncoder().encode(text));
    } catch (error) {
      // On a full disk, or a failing one, nobody is told; the lock holds without it.
      if (explainFileError(error, "lock", lockPath) === undefined) throw error;
    }
  };
  tell(`${Deno.pid} ${command}\n`);
  return {
    [Symbol.dispose]: () => {
      tell("");
      file.close();
    },
  };
}

function heldByAnother(lockPath: string, seconds: number): FileError {
  const [pid] = /^\d+/.exec(toldBy(lockPath)) ?? [];
  return new FileError(
    `can't lock ${lockPath}: ${holderOf(lockPath)} has held it for ${seconds}s`,
    pid === undefined
      ? joinHints(running("fuser", lockPath), " shows which one")
      : joinHints(showingProcess(pid), " shows it"),
  );
}

function holderOf(lockPath: string): string {
  const [, pid, command] = /^(\d+)(?: (.*))?\n/.exec(toldBy(lockPath)) ?? [];
  if (pid === undefined) return "another process";
  return command === undefined ? `process ${pid}` : `process ${pid} (${command})`;
}

/** Windows lets nobody else read a file that is locked. */
function toldBy(lockPath: string): string {
  return Deno.build.os === "windows" ? "" : withFile("lock", lockPath, () => Deno.readTextFileSync(lockPath));
}
