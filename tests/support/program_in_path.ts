import { findProgram } from "../../scripts/program.ts";
import { quotePosix } from "../../src/shells/posix.ts";
import type { Home } from "./home.ts";

/** Puts the program into a home's `bin` as `awsmfa`, and gives the PATH on which it comes first. */
export function putInPath(home: Home): string {
  const { command, args } = findProgram();
  const words = [command, ...args].map(quotePosix).join(" ");
  home.write("bin/awsmfa", `#!/bin/sh\nexec ${words} "$@"\n`);
  Deno.chmodSync(home.file("bin/awsmfa"), 0o755);
  return `${home.file("bin")}:${Deno.env.get("PATH") ?? ""}`;
}
