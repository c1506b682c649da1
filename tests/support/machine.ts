import { works } from "./needs.ts";

const DROPPED = "--bounding-set=-dac_override,-dac_read_search,-fowner";

/** True where the tests run as the system's administrator. */
export const isRoot: boolean = Deno.uid() === 0;

/**
 * Words in front of a program for which file permissions count: none for an ordinary person, and for root, whom
 * they don't bind, a loss of the privileges that make it so. Undefined where root can't give these up.
 */
export const asOrdinaryPerson: readonly string[] | undefined = !isRoot
  ? []
  : works(["setpriv", DROPPED, "true"])
  ? ["setpriv", DROPPED]
  : undefined;

/** A small file system of its own, over a folder that must be there. */
export interface SmallDisk extends Disposable {
  readonly makeReadOnly: () => void;
}

/** Only root may mount, and not in every container. */
export function canMount(): boolean {
  const folder = Deno.makeTempDirSync();
  try {
    mountSmallDisk(folder, 64)[Symbol.dispose]();
    return true;
  } catch {
    return false;
  } finally {
    Deno.removeSync(folder);
  }
}

/** Mounts a disk of so many KiB; what was in the folder is hidden until the end. */
export function mountSmallDisk(folder: string, kib: number): SmallDisk {
  run("mount", "-t", "tmpfs", "-o", `size=${kib}k,mode=700`, "awsmfa-test", folder);
  return {
    makeReadOnly: () => run("mount", "-o", "remount,ro", folder),
    [Symbol.dispose]: () => run("umount", folder),
  };
}

function run(command: string, ...args: string[]): void {
  const { success, stderr } = new Deno.Command(command, { args }).outputSync();
  if (!success) throw new Error(`${command}: ${new TextDecoder().decode(stderr)}`);
}
