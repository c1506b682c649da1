import type { Setting } from "../../domain/placement/placement.ts";

/** What the command line and the environment say of a login, checked. */
export interface LoginSettings {
  /** Asked for where undefined. */
  readonly code: string | undefined;
  /** Of --serial or AWSMFA_SERIAL. */
  readonly serial: Setting | undefined;
  /** Of --duration. */
  readonly seconds: number | undefined;
  /** Of AWSMFA_DURATION: for a role it counts up to an hour, since a longer one takes a code each time. */
  readonly usualSeconds: number | undefined;
  /** Of --for: the user's session lasts at least this long. */
  readonly atLeast?: number | undefined;
  /** A program that prints the code: of --code-command or AWSMFA_CODE_COMMAND. */
  readonly codeCommand: string | undefined;
  /** Of AWSMFA_CODE_TIMEOUT: how long it may take, in seconds. */
  readonly codeSeconds?: number | undefined;
  /** --no-mfa: AWS is asked without a code. */
  readonly noMfa?: boolean;
}
