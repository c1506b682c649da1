import { Cancelled, type Failure, hintIn, UsageError } from "../../errors.ts";
import type { World } from "../../world.ts";

/** How often somebody may answer a question wrongly. */
export const CHANCES = 3;

/**
 * Asks on the terminal until `check` takes the answer; an empty one is `usual`, which the question shows. Throws
 * Cancelled at the end of input, and what `check` throws at last.
 */
export async function askFor(
  world: World,
  question: string,
  usual: string | undefined,
  check: (answer: string) => string,
  how: "line" | "key id" | "hidden" = "line",
): Promise<string> {
  const shown = usual === undefined ? `${question}: ` : `${question} [${usual}]: `;
  for (let chances = CHANCES;;) {
    const answer = await askAs(world, how, shown);
    if (answer === undefined) throw new Cancelled("cancelled; nothing was changed");
    if (usual !== undefined && answer.trim() === "") return usual;
    try {
      return check(answer.trim());
    } catch (error) {
      if (!(error instanceof UsageError) || --chances === 0) throw error;
      sayFailure(world, error);
    }
  }
}

async function askAs(
  world: World,
  how: "line" | "key id" | "hidden",
  shown: string,
): Promise<string | undefined> {
  switch (how) {
    case "line":
      return await world.ask(shown);
    case "key id":
      return await world.askKeyId(shown);
    case "hidden":
      return await world.askHidden(shown);
  }
}

/** Says in a line why something is asked for again. */
export function sayFailure(world: World, { message, fix }: Failure): void {
  world.err(`${message}${fix === undefined ? "" : ` (${hintIn(fix, world.syntaxSoFar())})`}.\n`);
}
