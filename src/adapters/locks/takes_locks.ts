import { exists, resolveLinks } from "../disk/paths.ts";
import { isUnsupported } from "../system/unsupported.ts";

/**
 * False for a file on a file system that takes no locks (flock on NFS, some in user space), as far as that can be told
 * without changing anything: true where there is no such file, or it can't be opened.
 */
export function takesLocks(path: string): boolean {
  const place = resolveLinks(path);
  if (!exists(place)) return true;
  try {
    // Opening a pipe would wait for whoever writes into it.
    if (!Deno.statSync(place).isFile) return true;
    using file = Deno.openSync(place);
    // Shared, and not waited for: a save that holds it is not disturbed.
    file.tryLockSync(false);
    return true;
  } catch (error) {
    return !isUnsupported(error);
  }
}
