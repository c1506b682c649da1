import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { programVariables } from "../domain/variables.ts";
import { UsageError } from "../errors.ts";
import { getCredentials } from "../workflows/get_credentials.ts";
import type { World } from "../world.ts";
import { type CommandContext, mergeOptions } from "./context.ts";
import { addSessionOptions, type SessionOptions } from "./session_options.ts";
import { readSessionRequest } from "./session_request.ts";

/** `awsmfa exec -- PROGRAM`: one program with a session in its environment. Ends with that program's exit code. */
export function execCommand(context: CommandContext): CommandUnknownOpts {
  const { world, rest, endWith } = context;
  const command = addSessionOptions(new Command("exec"));
  return command
    .usage("[options] [code...] -- PROGRAM [ARGUMENTS]")
    .description(
      "Runs a program with a session in its environment, in this terminal, and ends with its exit code. The AWS\n" +
        "files are not changed; the session is kept for the next command.",
    )
    .action(async () => {
      endWith(await runExec(world, command.args, rest, mergeOptions<SessionOptions>(command, context)));
    });
}

async function runExec(
  world: World,
  words: readonly string[],
  program: readonly string[] | undefined,
  options: SessionOptions,
): Promise<number> {
  world.keepPermissions(["read", "write", "env", "net", "run"]);
  if (program === undefined || program.length === 0) {
    const example = program === undefined && words.length > 0
      ? words.join(" ")
      : "aws sts get-caller-identity";
    throw new UsageError("no program to run: it stands behind --", `awsmfa exec -- ${example}`);
  }
  const request = await readSessionRequest(world, words, options);
  const { credentials, region } = await getCredentials(world, { ...request, runsProgram: true });
  return await world.runProgram(program, programVariables(credentials, region));
}
