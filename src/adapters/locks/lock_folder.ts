import { withFile } from "../disk/file_errors.ts";
import { exists } from "../disk/paths.ts";

/** A holder writes a new line this often ... */
const BEAT_MS = 5_000;
/** ... and one that wrote none for this long has ended, or sleeps: its file is compared before it is written. */
const STALE_MS = 30_000;

/** What each waiting process has seen of a holder, by its own clock. */
const seen = new Map<string, { line: string; at: number }>();

/**
 * A lock where the system has none: only one process can make a folder. It says who made it, and is alive as long as
 * that changes. Undefined where another process holds it. Throws FileError.
 */
export function takeLockFolder(lockPath: string): Disposable | undefined {
  const folder = `${lockPath}.d`;
  if (!make(folder)) {
    removeIfStale(folder);
    return undefined;
  }
  const holder = `${folder}/holder`;
  const id = `${Deno.pid} ${crypto.randomUUID()}`;
  let beats = 0;
  const beat = (): void =>
    withFile("lock", holder, () => Deno.writeTextFileSync(holder, `${id} ${++beats}\n`));
  beat();
  const timer = setInterval(() => {
    // Taken over by another, after this process had been stopped.
    if (lineOf(folder).startsWith(id)) beat();
  }, BEAT_MS);
  Deno.unrefTimer(timer);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      if (lineOf(folder).startsWith(id)) {
        withFile("remove", folder, () => Deno.removeSync(folder, { recursive: true }));
      }
    },
  };
}

function make(folder: string): boolean {
  try {
    Deno.mkdirSync(folder, { mode: 0o700 });
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AlreadyExists) return false;
    return withFile("lock", folder, () => {
      throw error;
    });
  }
}

function removeIfStale(folder: string): void {
  const line = lineOf(folder);
  const before = seen.get(folder);
  const now = performance.now();
  if (before === undefined || before.line !== line) {
    seen.set(folder, { line, at: now });
    return;
  }
  if (now - before.at < STALE_MS) return;
  seen.delete(folder);
  // In one step, so that of several who wait only one removes it.
  const aside = `${folder}-${crypto.randomUUID()}`;
  try {
    Deno.renameSync(folder, aside);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return;
    throw error;
  }
  // Another had removed it already, and this is the next holder's.
  if (lineOf(aside) !== line && !exists(folder)) Deno.renameSync(aside, folder);
  else Deno.removeSync(aside, { recursive: true });
}

function lineOf(folder: string): string {
  try {
    return Deno.readTextFileSync(`${folder}/holder`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return "";
    throw error;
  }
}
