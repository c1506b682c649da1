import { Command, type CommandUnknownOpts } from "@commander-js/extra-typings";
import { formatProcessCredentials } from "../domain/variables.ts";
import { UsageError } from "../errors.ts";
import { getSilently } from "../workflows/get_credentials.ts";
import type { World } from "../world.ts";
import { type CommandContext, mergeOptions } from "./context.ts";
import { addSessionOptions, type SessionOptions } from "./session_options.ts";
import { readSessionRequest } from "./session_request.ts";

/** `credential_process = awsmfa credential-process -p NAME` in the config file. */
export function credentialProcessCommand(context: CommandContext): CommandUnknownOpts {
  const command = addSessionOptions(new Command("credential-process"));
  return command
    .description(
      "Prints a session as AWS's tools read it of a credential_process. Never asks anybody: a kept session is used,\n" +
        "else the code command, else it fails. awsmfa link NAME writes the line into the config file.",
    )
    .action(() =>
      runCredentialProcess(context.world, command.args, mergeOptions<SessionOptions>(command, context))
    );
}

async function runCredentialProcess(
  world: World,
  words: readonly string[],
  options: SessionOptions,
): Promise<void> {
  world.keepPermissions(["read", "write", "env", "net", "run"]);
  const request = await readSessionRequest(world, words, options);
  if (request.code !== undefined) {
    throw new UsageError(
      "credential-process takes no token code",
      "awsmfa 123456 logs in; or name a --code-command",
    );
  }
  const { credentials } = await getSilently(world, request);
  world.out(formatProcessCredentials(credentials));
}
