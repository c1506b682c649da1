import { readTokenCode } from "../../domain/aws/token_code.ts";
import { Cancelled, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";

/** The code of the command line: given there, or on stdin for "-". Throws UsageError where stdin holds none. */
export async function takeTokenCode(world: World, given: string | undefined): Promise<string | undefined> {
  if (given !== "-") return given;
  const code = readTokenCode(await world.readLine());
  if (code === undefined) {
    throw new UsageError("stdin has no MFA code", "six digits: echo 123456 | awsmfa -");
  }
  return code;
}

/**
 * Asks until six digits are typed. Throws UsageError where nobody can be asked, and Cancelled at the end of input.
 */
export async function askTokenCode(world: World, profile: string, serial: string): Promise<string> {
  refuseWithoutTerminal(world);
  const device = serial.slice(serial.lastIndexOf(":") + 1);
  for (let question = `Code of ${device} for profile '${profile}': `;; question = "Enter the six digits: ") {
    const typed = await world.ask(question);
    if (typed === undefined) throw new Cancelled("cancelled; nothing was changed");
    const code = readTokenCode(typed);
    if (code !== undefined) return code;
  }
}

/** Throws UsageError where nobody can be asked. */
export function refuseWithoutTerminal(world: World): void {
  if (!world.interactive) {
    throw new UsageError("an MFA code is required, but there is no terminal to ask for it", "awsmfa 123456");
  }
}
