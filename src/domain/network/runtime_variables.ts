import type { Hint } from "../../errors.ts";
import { unsetting } from "../shell/shell_commands.ts";

type Env = (name: string) => string | undefined;

/** What variables for the runtime change in what awsmfa does for safety: [what, what to type]. */
export function runtimeVariables(env: Env): [says: string, fix: Hint][] {
  const found: [string, Hint][] = [];
  if (env("SSLKEYLOGFILE")) {
    found.push([
      "SSLKEYLOGFILE is set: the keys of TLS connections are written to a file, and who reads it can read the session",
      unsetting("SSLKEYLOGFILE"),
    ]);
  }
  for (const name of ["DENO_CERT", "DENO_TLS_CA_STORE"]) {
    if (env(name)) {
      found.push([`${name} is set, and counts for whose TLS certificates are trusted`, unsetting(name)]);
    }
  }
  return found;
}
