import { nameCodeCommand } from "../../domain/shell/command_words.ts";
import { type Placement, setting } from "../../domain/placement/placement.ts";
import { tokenCodesIn } from "../../domain/aws/token_code.ts";
import { NoCredentialsError } from "../../errors.ts";
import type { World } from "../../world.ts";
import type { LoginSettings } from "../support/login_settings.ts";

/** The program that knows the code: of the command line or the environment, else the profile's (aws-vault's key). */
export function codeCommandOf(
  placement: Placement,
  { code, codeCommand }: LoginSettings,
): string | undefined {
  if (code !== undefined) return undefined;
  return codeCommand ?? setting(placement, "mfa_process")?.value;
}

/** A program that nobody answers is done by then. */
const USUAL_SECONDS = 30;

/**
 * The code that a program prints within `seconds`, 30 where undefined; it is told these variables. Throws
 * NoCredentialsError that names the program, and never repeats what it printed.
 */
export async function codeFrom(
  world: World,
  command: string,
  told: Readonly<Record<string, string>>,
  seconds: number | undefined,
): Promise<string> {
  const printed = await world.runForText(command, seconds ?? USUAL_SECONDS, told);
  const codes = tokenCodesIn(printed);
  const [code] = codes;
  if (code !== undefined && codes.length === 1) return code;
  const what = printed.trim() === ""
    ? "nothing"
    : code === undefined
    ? "no six digits"
    : `${codes.length} different codes`;
  throw new NoCredentialsError(
    `${nameCodeCommand(command)} printed ${what}`,
    "it must print one six-digit code on stdout",
  );
}
