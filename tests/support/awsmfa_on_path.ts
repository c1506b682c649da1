import { findProgram } from "../../scripts/program.ts";
import { quotePosix } from "../../src/shells/posix.ts";
import type { Home } from "./home.ts";

/**
 * Puts an `awsmfa` into a folder of the home that starts the program under test, and gives a PATH that begins with
 * it: for shells and tools that run awsmfa by its name.
 */
export function awsmfaOnPath({ file, write }: Home): { readonly PATH: string } {
  const { command, args } = findProgram();
  write("bin/awsmfa", `#!/bin/sh\nexec ${[command, ...args].map(quotePosix).join(" ")} "$@"\n`);
  Deno.chmodSync(file("bin/awsmfa"), 0o700);
  return { PATH: `${file("bin")}:${Deno.env.get("PATH") ?? "/usr/bin:/bin"}` };
}
