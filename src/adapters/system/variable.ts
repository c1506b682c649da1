import { unsetting } from "../../domain/shell/shell_commands.ts";
import { joinHints, UsageError } from "../../errors.ts";

/**
 * A variable of the environment. Throws {@linkcode UsageError} for one of which the bytes are no UTF-8 text, and for one
 * that is not among those that the program may read.
 */
export function readVariable(name: string): string | undefined {
  try {
    return Deno.env.get(name);
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable) {
      throw new UsageError(
        `the variable ${name} is not one that awsmfa may read`,
        `write what it stands for in its place, in AWS_SHARED_CREDENTIALS_FILE and AWS_CONFIG_FILE`,
      );
    }
    if (!(error instanceof Deno.errors.InvalidData)) throw error;
    throw new UsageError(
      `the variable ${name} holds bytes that are no UTF-8 text`,
      joinHints(unsetting(name), ", or name a file by a symbolic link in UTF-8"),
    );
  }
}
