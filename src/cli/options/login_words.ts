import type { Command, Given, Options } from "./command.ts";
import { DRY_RUN_OPTION } from "./dry_run_option.ts";
import { CODE_ARGUMENT, SESSION_OPTIONS } from "./session_options.ts";

/** Of a login, for the program itself and for the command word. */
export const LOGIN_OPTIONS = {
  ...SESSION_OPTIONS,
  to: {
    value: "<name>",
    description: "the profile that gets the session; with -f, other keys in it are put aside",
    completes: "profiles",
  },
  save: { description: "write --source-profile into the config file, for the next time" },
  legacyToken: { description: "write aws_security_token, too, for programs with boto 2" },
  choose: { description: "choose the profile out of a list" },
  json: { description: "print the result as JSON, without secrets" },
  ...DRY_RUN_OPTION,
} satisfies Options;

export type LoginOptions = Given<typeof LOGIN_OPTIONS>;

/** The other words of both. */
export const LOGIN_WORDS = {
  argument: CODE_ARGUMENT,
  behindDashes: "[-- STS-OPTIONS]",
} satisfies Partial<Command>;
