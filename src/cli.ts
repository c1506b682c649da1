import { CommanderError } from "commander";
import { loginCommand } from "./commands/login.ts";
import { EXIT, Failure, UsageError } from "./errors.ts";
import type { World } from "./world.ts";

/** Runs the program: results to `world.out`, errors to `world.err`. Resolves to the exit code. */
export async function run(args: readonly string[], world: World, version: string): Promise<number> {
  try {
    const command = loginCommand(world, version)
      .exitOverride()
      .configureOutput({
        writeOut: world.out,
        writeErr: () => {},
        // Asked of the process otherwise, which tests have no permission for.
        getOutHelpWidth: () => 110,
        getErrHelpWidth: () => 110,
        getOutHasColors: () => false,
        getErrHasColors: () => false,
      });
    await command.parseAsync([...args], { from: "user" });
    return EXIT.done;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    return printFailure(world, error instanceof CommanderError ? usageError(error) : error);
  }
}

function usageError({ message }: CommanderError): UsageError {
  const [what = "", suggestion] = message.replace(/^error: /, "").split("\n");
  const near = /Did you mean (?:one of )?(.+)\?/.exec(suggestion ?? "")?.[1];
  return new UsageError(what, near === undefined ? "awsmfa --help" : `did you mean ${near}?`);
}

function printFailure(world: World, error: unknown): number {
  if (error instanceof Failure) {
    world.err(`awsmfa: ${error.message}\n${error.hint === undefined ? "" : `hint: ${error.hint}\n`}`);
    return error.exitCode;
  }
  // A defect of awsmfa. The stack holds names and places of code only; a message could hold anything.
  const name = error instanceof Error ? error.name : typeof error;
  const [, place = ""] = error instanceof Error ? /\n\s+at (.*)/.exec(error.stack ?? "") ?? [] : [];
  world.err(
    `awsmfa: unexpected ${name} ${place}\nhint: please report this, with the command that you typed\n`,
  );
  return EXIT.unexpected;
}
