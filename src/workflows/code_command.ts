import { nameCodeCommand } from "../domain/command_words.ts";
import { type Placement, setting } from "../domain/placement.ts";
import { readTokenCode } from "../domain/token_code.ts";
import { NoCredentialsError } from "../errors.ts";
import type { World } from "../world.ts";
import type { LoginWishes } from "./login_wishes.ts";

/** The program that knows the code: of the command line or the environment, else the profile's (aws-vault's key). */
export function codeCommandOf(placement: Placement, { code, codeCommand }: LoginWishes): string | undefined {
  if (code !== undefined) return undefined;
  return codeCommand ?? setting(placement, "mfa_process")?.value;
}

/** The code that a program prints, which is told these variables. Throws NoCredentialsError that names the program, and never repeats what it printed. */
export async function codeFrom(
  world: World,
  command: string,
  told: Readonly<Record<string, string>>,
): Promise<string> {
  const printed = await world.runForText(command, 30, told);
  const lines = printed.split("\n").map((line) => line.trim()).filter((line) => line !== "");
  const code = lines.length === 1 ? readTokenCode(lines[0] ?? "") : undefined;
  if (code !== undefined) return code;
  const what = lines.length === 0 ? "nothing" : lines.length > 1 ? `${lines.length} lines` : "no six digits";
  throw new NoCredentialsError(
    `${nameCodeCommand(command)} printed ${what}`,
    "it must print the six digits of a token code, in one line, on stdout",
  );
}
