import type { CommandUnknownOpts } from "@commander-js/extra-typings";
import { CommanderError } from "commander";
import { runProgram } from "./commands/root.ts";
import { EXIT, Failure, UsageError } from "./errors.ts";
import type { World } from "./world.ts";

/** Runs the program: results to `world.out`, errors to `world.err`. Resolves to the exit code. */
export async function run(args: readonly string[], world: World, version: string): Promise<number> {
  try {
    let exitCode: number = EXIT.done;
    const dashes = args.indexOf("--");
    const [words, rest] = dashes < 0 ? [args, undefined] : [args.slice(0, dashes), args.slice(dashes + 1)];
    const context = { world, rest, endWith: (code: number) => void (exitCode = code) };
    await runProgram(words, context, version, (command) => configure(command, world));
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.done;
    return printFailure(world, error instanceof CommanderError ? usageError(error) : error);
  }
}

function configure(command: CommandUnknownOpts, world: World): void {
  command.exitOverride().configureOutput({
    writeOut: world.out,
    writeErr: () => {},
    // Asked of the process otherwise, which tests have no permission for.
    getOutHelpWidth: () => world.columns,
    getErrHelpWidth: () => world.columns,
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
}

function usageError({ message }: CommanderError): UsageError {
  // A value behind the flag may be a secret that went astray.
  const [what = "", suggestion] = message.replace(/^error: /, "").replace(/(--[\w-]+)=[^']*'/, "$1'").split(
    "\n",
  );
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
