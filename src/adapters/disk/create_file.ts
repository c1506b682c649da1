import { nodeFs } from "../system/node_fs.ts";
import { OWN_UID } from "../system/own_uid.ts";
import { isUnsupported } from "../system/unsupported.ts";

/** Who shall own a new file; undefined for whoever makes it. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** A file that was not there before, open for writing. Closed when it is disposed of. */
export interface NewFile extends Disposable {
  readonly path: string;
  /** Those who shall own it were refused by the system. */
  readonly isOwnerRefused: boolean;
  readonly write: (bytes: Uint8Array) => void;
  /** Returns once the bytes are on the disk, where the file system can tell. */
  readonly sync: () => void;
  /** False where another file has taken its place meanwhile. */
  readonly isStillThere: () => boolean;
}

/**
 * Makes a file of this mode, whatever the umask. Owner and mode are set by its descriptor: by its path, they would be
 * those of what somebody put there in the meantime. Where the owner is refused, the maker's group gets no right.
 */
export function createFile(path: string, mode: number, owner: Owner | undefined): NewFile {
  const isOwn = owner === undefined || owner.uid === OWN_UID;
  return (isOwn ? createPlain(path, mode, owner) : undefined) ?? createByDescriptor(path, mode, owner);
}

/** The usual case, without node:fs; undefined where that does not do. */
function createPlain(path: string, mode: number, owner: Owner | undefined): NewFile | undefined {
  const file = Deno.openSync(path, { write: true, createNew: true, mode });
  const info = file.statSync();
  const isMeant = Deno.build.os === "windows" ||
    (((info.mode ?? mode) & 0o777) === mode &&
      (owner === undefined || (owner.uid === info.uid && owner.gid === info.gid)));
  if (!isMeant) {
    file.close();
    Deno.removeSync(path);
    return undefined;
  }
  return {
    path,
    isOwnerRefused: false,
    write: (bytes) => {
      for (let at = 0; at < bytes.length;) at += file.writeSync(bytes.subarray(at));
    },
    sync: () => syncIfPossible(() => file.syncSync()),
    isStillThere: () => isSame(path, info),
    [Symbol.dispose]: once(() => file.close()),
  };
}

function createByDescriptor(path: string, mode: number, owner: Owner | undefined): NewFile {
  const fs = nodeFs();
  const fd = fs.openSync(path, "wx", 0o600);
  const { dev, ino } = fs.fstatSync(fd);
  let isOwnerRefused = false;
  const attempt = (action: () => void): boolean => {
    try {
      action();
      return true;
    } catch (error) {
      if (isRefused(error)) return false;
      fs.closeSync(fd);
      throw error;
    }
  };
  if (owner !== undefined) {
    isOwnerRefused = !attempt(() => fs.fchownSync(fd, owner.uid, owner.gid));
  }
  // A file system without modes refuses any other than its own.
  attempt(() => fs.fchmodSync(fd, isOwnerRefused ? mode & 0o707 : mode));
  return {
    path,
    isOwnerRefused,
    write: (bytes) => {
      for (let at = 0; at < bytes.length;) at += fs.writeSync(fd, bytes, at);
    },
    sync: () => syncIfPossible(() => fs.fsyncSync(fd)),
    isStillThere: () => isSame(path, { dev, ino }),
    [Symbol.dispose]: once(() => fs.closeSync(fd)),
  };
}

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}

/** Returns, too, where the file system has no such call: some in user space, and network drives. */
export function syncIfPossible(sync: () => void): void {
  try {
    sync();
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  }
}

function isSame(path: string, { dev, ino }: Pick<Deno.FileInfo, "dev" | "ino">): boolean {
  // Windows has none.
  if (ino === null) return true;
  try {
    const now = Deno.lstatSync(path);
    return now.isFile && now.dev === dev && now.ino === ino;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

function isRefused(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return code === "EPERM" || code === "EINVAL" || isUnsupported(error);
}
