import { formatProcessCredentials } from "../domain/sessions/variables.ts";
import { UsageError } from "../errors.ts";
import { getCredentials } from "../workflows/sessions/get_credentials.ts";
import { whoActs } from "../workflows/sessions/who_is_here.ts";
import type { CommandContext, CommandWith } from "../cli/options/command.ts";
import { CODE_ARGUMENT, SESSION_OPTIONS, type SessionOptions } from "../cli/options/session_options.ts";
import { readSessionRequest } from "../cli/options/session_request.ts";

/** `credential_process = awsmfa credential-process -p NAME` in the config file. */
export const credentialProcess: CommandWith<typeof SESSION_OPTIONS> = {
  description:
    "Prints credentials for `credential_process` in ~/.aws/config. Never prompts: uses a cached session or the code " +
    "command. awsmfa link NAME writes the line into the config file.",
  argument: CODE_ARGUMENT,
  options: SESSION_OPTIONS,
  run: runCredentialProcess,
};

async function runCredentialProcess(
  options: SessionOptions,
  { world, words }: CommandContext,
): Promise<void> {
  world.keepPermissions(["read", "write", "env", "net", "run"]);
  const request = await readSessionRequest(world, words, options, whoActs);
  if (request.code !== undefined) {
    throw new UsageError(
      "credential-process doesn't take an MFA code",
      "awsmfa 123456 logs in; or name a --code-command",
    );
  }
  const { credentials, accountId } = await getCredentials(world, request, "silent");
  world.out(formatProcessCredentials(credentials, accountId));
}
