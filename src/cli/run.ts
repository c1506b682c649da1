import { dispatch } from "./dispatch.ts";
import { EXIT, Failure } from "../errors.ts";
import type { World } from "../world.ts";

/** Runs the program: results to `world.out`, errors to `world.err`. Resolves to the exit code. */
export async function run(args: readonly string[], world: World): Promise<number> {
  try {
    return await dispatch(args, world);
  } catch (error) {
    return await printFailure(world, firstOf(error));
  }
}

/** Where what was in use could not be given back either, what went wrong before that counts. */
function firstOf(error: unknown): unknown {
  return error instanceof SuppressedError ? firstOf(error.suppressed) : error;
}

async function printFailure(world: World, error: unknown): Promise<number> {
  if (error instanceof Failure) {
    const hint = error.fix === undefined
      ? undefined
      : await (await import("./output/find_shell.ts")).hintFor(world, error.fix);
    world.err(`awsmfa: ${error.message}\n${hint === undefined ? "" : `hint: ${hint}\n`}`);
    return error.exitCode;
  }
  const [, refusal] = error instanceof Error
    ? /(?:^|: )([^:()]+) \(os error \d+\)/.exec(error.message) ?? []
    : [];
  if (refusal !== undefined) {
    world.err(
      `awsmfa: the system refused a call: ${refusal.toLowerCase()}\nhint: is the disk, or a limit, at its end? ulimit -a\n`,
    );
    return EXIT.file;
  }
  // A defect of awsmfa. The stack holds names and places of code only; a message could hold anything.
  const name = error instanceof Error ? error.name : typeof error;
  const [, place = ""] = error instanceof Error ? /\n\s+at (.*)/.exec(error.stack ?? "") ?? [] : [];
  world.err(
    `awsmfa: unexpected ${name} ${place}\nhint: please report this, with the command that you typed\n`,
  );
  return EXIT.unexpected;
}
