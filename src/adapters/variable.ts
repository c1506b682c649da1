import { unsetting } from "../domain/shell_commands.ts";
import { joinHints, UsageError } from "../errors.ts";

/** A variable of the environment. Throws {@linkcode UsageError} for one of which the bytes are no UTF-8 text. */
export function readVariable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (!(error instanceof Deno.errors.InvalidData)) throw error;
    throw new UsageError(
      `the variable ${name} holds bytes that are no UTF-8 text`,
      joinHints(unsetting(name), ", or name a file by a symbolic link in UTF-8"),
    );
  }
}
