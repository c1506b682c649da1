import { programVariables } from "../domain/variables.ts";
import { UsageError } from "../errors.ts";
import { getCredentials } from "../workflows/get_credentials.ts";
import { whoActs } from "../workflows/who_is_here.ts";
import type { CommandContext, CommandWith } from "./command.ts";
import { CODE_ARGUMENT, SESSION_OPTIONS, type SessionOptions } from "./session_options.ts";
import { filesFor } from "./files_for.ts";
import { readSessionRequest } from "./session_request.ts";

/** `awsmfa exec -- PROGRAM`: one program with a session in its environment. Ends with that program's exit code. */
export const exec: CommandWith<typeof SESSION_OPTIONS> = {
  description:
    "Runs a program with a session in its environment, in this terminal, and ends with its exit code. " +
    "The AWS files are not changed; the session is kept for the next command.",
  argument: CODE_ARGUMENT,
  options: SESSION_OPTIONS,
  behindDashes: "-- PROGRAM [ARGUMENTS]",
  run: runExec,
};

async function runExec(
  options: SessionOptions,
  { world, env, words, rest: program }: CommandContext,
): Promise<number> {
  world.keepPermissions(["read", "write", "env", "net", "run"]);
  if (program === undefined || program.length === 0) {
    const example = program === undefined && words.length > 0
      ? words.join(" ")
      : "aws sts get-caller-identity";
    throw new UsageError("no program to run: it stands behind --", `awsmfa exec -- ${example}`);
  }
  const request = await readSessionRequest(world, words, options, whoActs);
  const given = await getCredentials(world, { ...request, runsProgram: true });
  return await world.runProgram(program, programVariables({ ...given, files: filesFor(world, env) }, env));
}
