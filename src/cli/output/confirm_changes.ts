import { Cancelled, UsageError } from "../../errors.ts";
import type { PlannedChange } from "../../workflows/support/dry_run.ts";
import type { World } from "../../world.ts";
import { showChanges, writeChanges } from "./show_changes.ts";

/** Nothing is written unseen. Throws Cancelled for a no, and UsageError where nobody can be asked; `isSure` asks nobody. */
export async function confirmChanges(
  world: World,
  changes: readonly PlannedChange[],
  isSure: boolean,
  sentences: readonly string[] = [],
): Promise<void> {
  if (!isSure && !world.interactive) {
    throw new UsageError(
      "there is no terminal to ask on; nothing was written",
      "--yes writes it, --dry-run shows it",
    );
  }
  for (const sentence of sentences) world.err(`${sentence}\n`);
  world.err(writeChanges(showChanges(world, changes), world.colour));
  if (isSure) return;
  const answer = await world.ask("Write this? [y/N]: ");
  if (!/^y(es)?$/i.test(answer?.trim() ?? "")) throw new Cancelled("nothing was written");
}
