import { readTokenCode } from "../domain/token_code.ts";
import { Cancelled, UsageError } from "../errors.ts";
import type { World } from "../world.ts";

/** The code of the command line: given there, or on stdin for "-". Throws UsageError where it can't be had. */
export async function takeTokenCode(world: World, given: string | undefined): Promise<string | undefined> {
  if (given === "-") {
    const code = readTokenCode(await world.readLine());
    if (code === undefined) {
      throw new UsageError("stdin holds no token code", "six digits: echo 123456 | awsmfa -");
    }
    return code;
  }
  if (given === undefined && !world.interactive) {
    throw new UsageError("a token code is needed, and there is no terminal to ask on", "awsmfa 123456");
  }
  return given;
}

/** Asks until six digits are typed. Throws Cancelled at the end of input. */
export async function askTokenCode(world: World, profile: string, serial: string): Promise<string> {
  const device = serial.slice(serial.lastIndexOf(":") + 1);
  for (let question = `Code of ${device} for profile '${profile}': `;; question = "Six digits, please: ") {
    const typed = await world.ask(question);
    if (typed === undefined) throw new Cancelled("no token code was typed; nothing was changed");
    const code = readTokenCode(typed);
    if (code !== undefined) return code;
  }
}
