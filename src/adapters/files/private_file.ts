import { kill } from "node:process";

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

function sweep(folder: string): void {
  for (const { name } of Deno.readDirSync(folder)) {
    const [, pid] = /^exec-(\d+)-/.exec(name) ?? [];
    if (pid !== undefined && !isRunning(Number(pid))) {
      Deno.removeSync(`${folder}/${name}`, { recursive: true });
    }
  }
}

/** Signal 0 is none: it asks only (kill(2)). True also for another user's process. */
function isRunning(pid: number): boolean {
  try {
    return kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && "code" in error) return error.code !== "ESRCH";
    throw error;
  }
}
