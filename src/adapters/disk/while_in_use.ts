import { sleepSync } from "../system/sleep_sync.ts";

/** How long a file may be in use: a virus scanner and an indexer look at a new one for moments. */
const MOST_MS = 5_000;
const PAUSE_MS = 50;
/** ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION, ERROR_DIR_NOT_EMPTY. */
const IN_USE = /\(os error (5|32|33|145)\)/;

/** True for what Windows says of a file that another program has open. */
export function isInUse(error: unknown): boolean {
  return error instanceof Error && IN_USE.test(error.message);
}

/** Windows replaces and removes no file that another program has open: there it is tried again for a while. */
export function whileInUse<T>(action: () => T): T {
  if (Deno.build.os !== "windows") return action();
  const end = performance.now() + MOST_MS;
  for (;;) {
    try {
      return action();
    } catch (error) {
      if (!isInUse(error) || performance.now() >= end) throw error;
      sleepSync(PAUSE_MS);
    }
  }
}
