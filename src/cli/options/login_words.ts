import type { Command, Given, Options } from "./command.ts";
import { DRY_RUN_OPTION } from "./dry_run_option.ts";
import { CODE_ARGUMENT, SESSION_OPTIONS } from "./session_options.ts";

/** Of a login, for the program itself and for the command word. */
export const LOGIN_OPTIONS = {
  ...SESSION_OPTIONS,
  to: {
    value: "<name>",
    description: "Profile to write the session to; with -f, other keys in it are backed up",
    completes: "profiles",
  },
  save: { description: "Save --source-profile in the config file for next time" },
  legacyToken: { description: "Also write aws_security_token, for programs that use boto 2" },
  choose: { usual: true, description: "Pick the profile from a list" },
  json: { description: "Print the result as JSON, without secrets" },
  ...DRY_RUN_OPTION,
} satisfies Options;

export type LoginOptions = Given<typeof LOGIN_OPTIONS>;

/** The other words of both. */
export const LOGIN_WORDS = {
  argument: CODE_ARGUMENT,
  behindDashes: "[-- STS-OPTIONS]",
} satisfies Partial<Command>;
