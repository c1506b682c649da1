import { exists } from "./paths.ts";

/** What such folders are named with, before the process's id. */
const PREFIX = "exec-";

/**
 * Writes a file into a folder of its own that is for nobody else, below `folder` or, where that can't be, in the
 * system's folder for temporary files, and runs `work` with its path. Both are gone at the end; those of a process that
 * was killed go with the next one.
 */
export async function withPrivateFile<T>(
  folder: string,
  name: string,
  text: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const own = makeFolder(folder);
  try {
    const path = `${own}${Deno.build.os === "windows" ? "\\" : "/"}${name}`;
    Deno.writeTextFileSync(path, text, { mode: 0o600, createNew: true });
    return await work(path);
  } finally {
    Deno.removeSync(own, { recursive: true });
  }
}

function makeFolder(folder: string): string {
  const prefix = `${PREFIX}${Deno.pid}-`;
  try {
    Deno.mkdirSync(folder, { recursive: true, mode: 0o700 });
    sweep(folder);
    return Deno.makeTempDirSync({ dir: folder, prefix });
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error)) throw error;
    return Deno.makeTempDirSync({ prefix: `awsmfa-${prefix}` });
  }
}

/** Where the system does not tell who runs, the folders stay until they are a week old. */
function sweep(folder: string): void {
  for (const { name } of Deno.readDirSync(folder)) {
    const [, pid] = /^exec-(\d+)-/.exec(name) ?? [];
    if (pid === undefined) continue;
    const path = `${folder}/${name}`;
    const hasEnded = exists("/proc/self") ? !exists(`/proc/${pid}`) : isOld(path);
    if (hasEnded) Deno.removeSync(path, { recursive: true });
  }
}

function isOld(path: string): boolean {
  const { mtime } = Deno.statSync(path);
  return mtime !== null && Date.now() - mtime.getTime() > 7 * 24 * 3600 * 1000;
}
