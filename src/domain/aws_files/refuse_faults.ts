import { FileError } from "../../errors.ts";
import type { Fault, Ini } from "./ini.ts";
import { sectionsNamed } from "./section_index.ts";

/**
 * Throws {@linkcode FileError} that names the first line which can't be read: of the sections of a profile, those with a
 * broken header among them, or of the whole file.
 */
export function refuseFaults(ini: Ini, profile?: string): void {
  const [fault] = profile === undefined ? ini.faults : sectionsNamed(ini, profile).faults;
  if (fault === undefined) return;
  throw new FileError(sayFault(ini, fault), fault.hint ?? `correct line ${fault.line} of ${ini.path}`);
}

/** "PATH: line 3: what is wrong with it". */
export function sayFault({ path }: Pick<Ini, "path">, { line, says }: Fault): string {
  return `${path}: line ${line}: ${says}`;
}
